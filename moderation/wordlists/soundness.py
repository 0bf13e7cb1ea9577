"""Which rulesets keep the examples of their rules, noted in the directory of automata by the plan that tried them."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import moderation
from moderation.match.cache_file import latest_first, make_directory

SUFFIX = ".sound"
KEPT = 64
"""Notes that a directory keeps, the latest ones."""


class Soundness:
    """Notes in a directory; one that cannot be written is no note. It is as trusted as the automata there."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def note(self, before: str, after: str) -> None:
        """Note that the ruleset of a digest breaks no example that holds in another one, by this code."""
        with suppress(OSError):
            make_directory(self._directory)
            self._path(before, after).touch(mode=0o600)
            for path in latest_first(self._directory, f"*{SUFFIX}")[KEPT:]:
                path.unlink(missing_ok=True)

    def is_noted(self, before: str, after: str) -> bool:
        """Return whether that is noted."""
        return self._path(before, after).exists()

    def _path(self, before: str, after: str) -> Path:
        named = hashlib.sha256(f"{before} {after} {_code()}".encode()).hexdigest()
        return self._directory / f"{named[:48]}{SUFFIX}"


@lru_cache(maxsize=1)
def _code() -> str:
    """Return the digest of all code that may decide what a rule finds."""
    digest = hashlib.sha256("".join(version(package) for package in ("jieba", "onnxruntime", "google-re2")).encode())
    for path in sorted(Path(moderation.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
