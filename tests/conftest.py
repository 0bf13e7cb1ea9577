"""Fixtures that every test file shares."""

from __future__ import annotations

import pytest

from moderation.engine import Engine
from moderation.ruleset import load_ruleset


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine over the shipped ruleset."""
    return Engine(load_ruleset(records_shadow=True))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be rewritten, so that the difference is seen in version control."""
    parser.addoption("--write-golden", action="store_true", help="rewrite the golden files")
