"""The characters of many texts in one row, so that one look-up in a table tells which texts hold any of some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

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
    """The code points of some texts, one text after another; `starts` and `ends` tell where each text stands."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = "".join(texts)
        self.lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        self.ends = self.lengths.cumsum()
        self.starts = self.ends - self.lengths
        codes = np.frombuffer(self.joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self.codes = np.minimum(codes, LAST_CODE).astype(np.intp)
        self._filled = self.lengths.nonzero()[0]
        self._firsts = self.starts[self._filled]

    def holding(self, table: Table) -> list[int]:
        """Return the positions of the texts that hold a character of a set, in order."""
        positions: list[int] = self.any(table[self.codes]).nonzero()[0].tolist()
        return positions

    def texts_at(self, places: NDArray[np.intp]) -> list[int]:
        """Return the positions of the texts in which some places of the row lie, in order."""
        return sorted(set(np.searchsorted(self.ends, places, side="right").tolist()))

    def united(self, bits: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return for each text the bits that any of its places has."""
        united = np.zeros(len(self.lengths), dtype=np.uint8)
        united[self._filled] = np.bitwise_or.reduceat(bits, self._firsts)
        return united

    def sums(self, numbers: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return for each text the sum of the numbers at its places."""
        sums = np.zeros(len(self.lengths), dtype=np.int64)
        sums[self._filled] = np.add.reduceat(numbers, self._firsts, dtype=np.int64)
        return sums

    def any(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for each text whether some place of it is marked."""
        found = np.zeros(len(self.lengths), dtype=np.bool_)
        found[self._filled] = np.logical_or.reduceat(marked, self._firsts)
        return found


class Texts(tuple[str, ...]):
    """Texts that several steps look at: their characters are put in a row once, when the first of them asks."""

    @cached_property
    def characters(self) -> Characters:
        """The characters of the texts."""
        return Characters(self)


def characters_of(texts: Sequence[str]) -> Characters:
    """Return the characters of some texts."""
    return texts.characters if isinstance(texts, Texts) else Characters(texts)
