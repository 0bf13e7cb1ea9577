"""The wordlists of a directory under changing versions: what did not change is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from moderation.match.wordlist import Wordlist
from moderation.wordlists.change import Overlay
from moderation.wordlists.overlay import Shipped, load_shipped, overlaid

Lines = Mapping[str, str | None]


class LatestLists:
    """Remembers the wordlists that it returned last; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = Lock()
        self._signature: frozenset[tuple[Path, int, int]] | None = None
        self._shipped: Shipped = {}
        self._overlaid: dict[str, tuple[Lines, Wordlist]] = {}

    def shipped(self) -> Shipped:
        """Return the lists as their files have them now; raise as `load_shipped` does."""
        with self._lock:
            return self._read()

    def overlaid(self, overlay: Overlay) -> tuple[Wordlist, ...]:
        """Return the lists by id with what is laid over them; raise as `load_shipped` and `overlaid` do."""
        with self._lock:
            shipped = self._read()
            known = {name: one for name, (lines, one) in self._overlaid.items() if overlay.get(name) == lines}
            made = overlaid(shipped, {name: lines for name, lines in overlay.items() if name not in known})
            lists = tuple(known.get(one.id, one) for one in made)
            self._overlaid = {one.id: (overlay[one.id], one) for one in lists if overlay.get(one.id)}
            return lists

    def _read(self) -> Shipped:
        paths = self._directory.rglob("*.txt")
        told = ((path, path.stat()) for path in paths)
        signature = frozenset((path, one.st_mtime_ns, one.st_size) for path, one in told)
        if signature != self._signature:
            self._shipped, self._overlaid = load_shipped(self._directory), {}
            self._signature = signature
        return self._shipped
