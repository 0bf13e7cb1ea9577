"""Fixtures that every test file shares."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from hypothesis import settings

from moderation import ruleset, shipped
from moderation.engine import Engine, Ruleset
from moderation.ruleset import load_ruleset

os.environ["MODERATION_STORE"] = "none"
"""No test writes to the user's own store; those that need one name it."""

typer.testing._get_command = lru_cache(typer.testing._get_command)  # type: ignore[attr-defined]
"""Commands are made once in a process, as people's are, and not for each that a test runs."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine over the shipped ruleset."""
    return Engine(load_ruleset(records_shadow=True))


@lru_cache
def shipped_ruleset(load: Callable[..., Ruleset], *, records_shadow: bool) -> Ruleset:
    """Return the shipped ruleset, the same one each time."""
    return load(records_shadow=records_shadow)


@pytest.fixture
def loads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that are run in this process share one loaded ruleset where they take the shipped one."""
    load = ruleset.load_ruleset

    def load_ruleset(*given: Path | None, records_shadow: bool = False, **further: Any) -> Ruleset:  # noqa: ANN401
        if any(given) or any(further.values()):
            return load(*given, records_shadow=records_shadow, **further)
        return shipped_ruleset(load, records_shadow=records_shadow)

    monkeypatch.setattr(ruleset, "load_ruleset", load_ruleset)
    monkeypatch.setattr(ruleset, "settle", lambda: None)


@pytest.fixture(scope="session")
def small_lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with every shipped wordlist, cut to its header and its first entries, which is built in no time."""
    source, target = shipped.directory("wordlists"), tmp_path_factory.mktemp("wordlists")
    for path in source.rglob("*.txt"):
        header, _, listed = path.read_text(encoding="utf-8").rpartition("\n+++\n")
        entries = [line for line in listed.split("\n") if line and not line.startswith("#")]
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("\n".join((header, "+++", *entries[:2], "")), encoding="utf-8")
    return target


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be rewritten, so that the difference is seen in version control."""
    parser.addoption("--write-golden", action="store_true", help="rewrite the golden files")
