"""Commands of the command line over a real store in SQLite, by anybody."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from stores import RING, SQLITE, Store, fresh
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.review.keys import write_key_ring

BAD_INPUT = 2


@dataclass(slots=True)
class Commands:
    """Runs commands over one store; Zhang does unless another is named."""

    store: Store

    @property
    def keys(self) -> Path:
        return self.store.path.with_name(self.store.path.name + ".keys")

    @property
    def checkpoints(self) -> Path:
        return self.store.path.with_name(self.store.path.name + ".checkpoints")

    def run(self, *arguments: str, code: int = 0, **environment: str) -> tuple[str, str]:
        """Return what a command that ends with this code wrote to its two outputs."""
        said = {"MODERATION_STORE": str(self.store.path), "MODERATION_ACTOR": "zhang", "COLUMNS": "200"}
        done = CliRunner(env=said | environment).invoke(app, arguments)
        assert done.exit_code == code, (arguments, done.output, done.exception)
        return done.stdout, done.stderr

    def table(self, *arguments: str, **environment: str) -> str:
        return self.run(*arguments, code=0, **environment)[0]

    def record(self, *arguments: str, code: int = 0, **environment: str) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.run(*arguments, "--format", "json", code=code, **environment)[0])

    def refused(self, *arguments: str, **environment: str) -> str:
        """Return the error of a command that has to fail, and that prints nothing else."""
        told, error = self.run(*arguments, code=BAD_INPUT, **environment)
        assert told == ""
        return error


@pytest.fixture(name="commands")
def commands_over_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Commands]:
    """Commands over an empty store, whose clock stands at the moment now."""
    for name in os.environ:
        if name.startswith("MODERATION_"):
            monkeypatch.delenv(name)
    with closing(fresh(SQLITE, tmp_path)) as store:
        store.clock.now = datetime.now(UTC)
        commands = Commands(store)
        commands.keys.write_text(write_key_ring(RING))
        yield commands
