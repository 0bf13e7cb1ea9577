"""The characters of many texts in one row, so that one look-up in a table tells which texts hold any of some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

LAST_CODE = 0x1FFFF
"""Code points from here on count as one."""

Table = NDArray[np.bool_]
"""A set of characters: by code point, whether it is one of them."""


def table_of(characters: Iterable[str]) -> Table:
    """Return a set of characters as a table."""
    table = np.zeros(LAST_CODE + 1, dtype=np.bool_)
    table[[min(ord(character), LAST_CODE) for character in characters]] = True
    return table


class Characters:
    """The code points of some texts, one text after another; `ends` tells where each text ends."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.ends = np.cumsum(self.lengths)
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self.codes = np.minimum(codes, LAST_CODE).astype(np.intp)

    def holding(self, table: Table) -> list[int]:
        """Return the positions of the texts that hold a character of a set, in order."""
        return self.around(table[self.codes])

    def around(self, marked: NDArray[np.bool_]) -> list[int]:
        """Return the positions of the texts in which some place of the row is marked, in order."""
        return np.flatnonzero(self.any(marked)).tolist()

    def united(self, bits: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return for each text the bits that any of its places has."""
        united = np.bitwise_or.reduceat(np.append(bits, np.uint8(0)), self.ends - self.lengths)
        return np.where(self.lengths > 0, united, np.uint8(0))

    def sums(self, numbers: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return for each text the sum of the numbers at its places."""
        starts = self.ends - self.lengths
        sums: NDArray[np.int64] = np.add.reduceat(np.append(numbers, np.int8(0)), starts, dtype=np.int64)
        return np.where(self.lengths > 0, sums, 0)

    def any(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each text whether some place of it is marked."""
        starts = self.ends - self.lengths
        return np.logical_or.reduceat(np.append(marked, False), starts) & (self.lengths > 0)
