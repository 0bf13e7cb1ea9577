"""Many normal texts searched as one: what a search costs to start is paid once a batch, not once a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

SEPARATOR = "\n" + "\0" * 8 + "\n"
"""Stands between joined texts. Folding drops U+0000, so no text holds it, and no expression reaches across it: those
that skip characters skip fewer than eight, or none that end a line."""


class Joined:
    """Texts in one string, and the way back from a place in it to a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = SEPARATOR.join(texts)
        self._starts: list[int] = []
        position = 0
        for text in texts:
            self._starts.append(position)
            position += len(text) + len(SEPARATOR)

    def locate(self, position: int) -> tuple[int, int]:
        """Return which text a place lies in, and where that text begins."""
        index = bisect_right(self._starts, position) - 1
        return index, self._starts[index]
