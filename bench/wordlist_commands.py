"""The commands that change wordlists, as people call them, on a store and a cache of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import generated_entries

from moderation import shipped
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.store.database import open_engine, reading
from moderation.store.wordlist_reading import head


@dataclass(frozen=True, slots=True)
class Place:
    """A store and a cache of automata, and the files of batches, in a directory of their own."""

    directory: Path

    @property
    def variables(self) -> dict[str, str]:
        """What names them to every command."""
        return {
            "MODERATION_STORE": str(self.directory / "store.db"),
            "MODERATION_CACHE": str(self.directory / "cache"),
            "MODERATION_ACTOR": "bench",
        }

    def run(self, *arguments: str, may_warn: bool = False) -> tuple[float, dict[str, Any]]:
        """Run a command of the command line; return its seconds and what it answers."""
        command = [sys.executable, "-m", "moderation.cli.main", *arguments]
        start = time.perf_counter()
        done = subprocess.run(command, env={**os.environ, **self.variables}, capture_output=True, check=False)
        seconds = time.perf_counter() - start
        assert done.returncode in ((0, 1) if may_warn else (0,)), done.stderr.decode()
        return seconds, json.loads(done.stdout) if "--format" in arguments else {}

    @property
    def settings(self) -> dict[str, str]:
        """What names them to a service."""
        return {"store": self.variables["MODERATION_STORE"], "cache": self.variables["MODERATION_CACHE"]}

    def committed(self, version: int) -> float:
        """Wait until a version is in force; return the moment."""
        engine = open_engine(self.variables["MODERATION_STORE"])
        while True:
            with reading(engine) as connection:
                if head(connection) >= version:
                    return time.perf_counter()
            time.sleep(0.005)

    def plan(self, file: Path, wordlist: str, operation: str = "add") -> tuple[float, int]:
        """Upload and plan a batch; return the seconds and its number."""
        of = ("--wordlist", wordlist, "--source", source_of(wordlist), "--operation", operation)
        told = ("--reason", "bench", "--format", "json")
        seconds, answer = self.run("wordlist", "plan", str(file), *of, *told, may_warn=True)
        return seconds, answer["batch"]["number"]

    def apply(self, batch: int, expect: int) -> float:
        """Apply a batch; return the seconds."""
        return self.run("wordlist", "apply", str(batch), "--expect", str(expect), "--approval-above", "1000000")[0]

    def rollback(self, version: int, expect: int) -> float:
        """Restore a version; return the seconds."""
        return self.run("wordlist", "rollback", str(version), "--expect", str(expect), "--reason", "bench")[0]


def source_of(wordlist: str) -> str:
    """Return a source that the header of a shipped list names."""
    return min(next(one for one in listed() if one.id == wordlist).sources)


@cache
def listed() -> Sequence[Wordlist]:
    """Return the shipped lists."""
    return load_directory(shipped.directory("wordlists"))


def batch_file(place: Place, number: int, first: int = 0) -> Path:
    """Write a file of so many generated words that no shipped list has."""
    known = {entry.text for one in listed() for entry in one.entries}
    path = place.directory / f"{first}-{number}.txt"
    words = [word for word in generated_entries.entries(first + number + 2_000) if word not in known]
    path.write_text("".join(f"{word}\n" for word in words[first : first + number]), encoding="utf-8")
    return path
