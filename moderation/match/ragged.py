"""Lists of whole numbers of different lengths in two arrays: many are joined at once, and more can be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Item = TypeVar("Item", bound=np.generic)


class Ragged:
    """Numbered lists of rows of `width` whole numbers; one thread may add while others read what they know of."""

    def __init__(self, width: int = 1) -> None:
        self._ends = np.zeros(1, dtype=np.int64)
        self._rows = np.zeros((0, width), dtype=np.int64)
        self._count = 0

    def append(self, rows: Sequence[Sequence[int]]) -> None:
        """Add a list; it gets the next number."""
        number, first = self._count, int(self._ends[self._count])
        self._rows = roomier(self._rows, first + len(rows))
        self._ends = roomier(self._ends, number + 2)
        if rows:
            self._rows[first : first + len(rows)] = rows
        self._ends[number + 1] = first + len(rows)
        self._count = number + 1

    def joined(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the rows of some lists one after another, and of each row which of `numbers` it belongs to."""
        ends, rows = self._ends, self._rows
        firsts = ends[numbers]
        counts = ends[numbers + 1] - firsts
        owners = np.arange(len(numbers)).repeat(counts)
        places = (firsts - counts.cumsum() + counts).repeat(counts)
        places += np.arange(len(places))
        return rows.take(places, axis=0), owners


def roomier(array: NDArray[Item], needed: int) -> NDArray[Item]:
    """Return an array, or where it has fewer than the needed rows a longer copy of it."""
    if needed <= len(array):
        return array
    longer = np.zeros((max(needed, 2 * len(array), 1024), *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer
