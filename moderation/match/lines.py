"""Very many short texts in one block of octets, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np

from moderation.match.ragged import Numbers

WIDTH = 4
"""Octets of a character, whichever it is."""


MANY = 0.1
"""Share of the texts from which on all are read to have some."""


class Lines(Sequence[str]):
    """Texts one after another in UTF-32; `ends` tells behind which character each of them ends."""

    __slots__ = ("_block", "_ends")

    def __init__(self, block: memoryview, ends: Numbers) -> None:
        self._block = block
        self._ends = ends.data

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lines:
        """Return texts as lines."""
        ends = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)).cumsum()
        return cls(memoryview(encoded(texts)), ends)

    @property
    def block(self) -> memoryview:
        """The octets of all texts."""
        return self._block

    @property
    def lengths(self) -> Numbers:
        """How many characters each text has."""
        return np.diff(np.asarray(self._ends), prepend=0)

    def all(self) -> list[str]:
        """Return the texts, which takes less time than one by one."""
        whole = str(self._block, "utf-32-le", "surrogatepass")
        ends = self._ends.tolist()
        return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def some(self, numbers: Numbers) -> list[str]:
        """Return texts by their numbers."""
        if len(numbers) > MANY * len(self):
            return list(map(self.all().__getitem__, numbers.tolist()))
        return list(map(self.__getitem__, numbers.tolist()))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        end = self._ends[index]
        start = self._ends[index - 1] if index % len(self) else 0
        return str(self._block[WIDTH * start : WIDTH * end], "utf-32-le", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lines) and (self._ends, self._block) == (other._ends, other._block)

    def __hash__(self) -> int:
        return hash((len(self), bytes(self._block)))


def encoded(texts: Iterable[str]) -> bytes:
    """Return texts one after another in UTF-32, without anything between them."""
    return "".join(texts).encode("utf-32-le", "surrogatepass")
