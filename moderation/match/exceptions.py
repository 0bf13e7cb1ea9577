"""Exceptions seen in many texts at once, and which matches they speak against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from moderation.match.ragged import Numbers

NOWHERE = -1


class Exceptions:
    """Where exceptions to entries stand in joined texts: half-open ranges of the joined ones, by entry."""

    def __init__(self, entries: Numbers, starts: Numbers, ends: Numbers) -> None:
        order = np.lexsort((starts, entries))
        self._entries = entries[order]
        self._span = int(ends.max(initial=0)) + 2
        self._keys = self._entries * self._span + starts[order]
        floor = self._entries * self._span
        self._reached: Numbers = np.maximum.accumulate(ends[order] + floor) - floor

    def cover(self, entries: Numbers, starts: Numbers, ends: Numbers) -> NDArray[np.bool_]:
        """Return which matches of entries lie inside a longer exception."""
        before, at = self._furthest(entries, starts), self._furthest(entries, starts + 1)
        covered: NDArray[np.bool_] = (before >= ends) | (at > ends)
        return covered

    def touch(self, entries: Numbers, starts: Numbers, ends: Numbers) -> NDArray[np.bool_]:
        """Return which matches of entries share a character with an exception."""
        touched: NDArray[np.bool_] = self._furthest(entries, ends) > starts
        return touched

    def _furthest(self, entries: Numbers, places: Numbers) -> Numbers:
        """Return the furthest end of the exceptions to each entry that begin before a place, or NOWHERE."""
        if not len(self._keys):
            return np.full(len(entries), NOWHERE, dtype=np.int64)
        last = np.searchsorted(self._keys, entries * self._span + np.minimum(places, self._span - 1)) - 1
        is_own = (last >= 0) & (self._entries[last] == entries)
        return np.where(is_own, self._reached[last], NOWHERE)
