"""Which of many expressions a text may match, by the characters and pairs that each needs: table look-ups a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from moderation.match.required import required

WORD = 64
"""Sets of characters and pairs that one number tells the presence of."""

LAST_CODE = 0x1FFFF
"""Code points from here on count as one."""

_FIRST, _SECOND, _SHIFT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(16)
"""Two pairs that hash alike cost a search in vain, nothing else."""


class Sieve:
    """Texts by the expressions that they may match; immutable, safe to share between threads."""

    def __init__(self, expressions: Sequence[str]) -> None:
        needed = [required(expression) for expression in expressions]
        bits = {
            one: divmod(number, WORD) for number, one in enumerate(dict.fromkeys(s for each in needed for s in each))
        }
        words = -(-len(bits) // WORD)
        self._needed = np.zeros((words, len(expressions), 1), dtype=np.uint64)
        for number, each in enumerate(needed):
            for word, bit in map(bits.__getitem__, each):
                self._needed[word, number] |= np.uint64(1 << bit)
        self._by_character = np.zeros((words, LAST_CODE + 1), dtype=np.uint64)
        self._by_pair = np.zeros((words, 1 << 16), dtype=np.uint64)
        for one, (word, bit) in bits.items():
            singles = _codes("".join(sign for sign in one if len(sign) == 1))
            pairs = _codes("".join(sign for sign in one if len(sign) == 2))
            self._by_character[word, singles] |= np.uint64(1 << bit)
            self._by_pair[word, _hashed(pairs[::2], pairs[1::2])] |= np.uint64(1 << bit)

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
        """Yield each expression that a text may match, by its number, with the positions of those texts."""
        may_match = np.ones((self._needed.shape[1], len(texts)), dtype=np.bool_)
        for needed, held in zip(self._needed, self._held_by(texts), strict=True):
            may_match &= (held & needed) == needed
        numbers, positions = np.nonzero(may_match)
        places, first = positions.tolist(), 0
        for number, count in enumerate(np.bincount(numbers, minlength=len(may_match)).tolist()):
            if count:
                yield number, places[first : first + count]
                first += count

    def _held_by(self, texts: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
        """Yield, word by word, which sets each text holds a character or pair of."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        starts = np.cumsum(lengths) - lengths
        codes = _codes("\n".join([*texts, "\n"]))
        pairs = _hashed(codes[:-1], codes[1:])
        for by_character, by_pair in zip(self._by_character, self._by_pair, strict=True):
            yield np.bitwise_or.reduceat(by_character[codes[:-1]] | by_pair[pairs], starts)


def _codes(text: str) -> NDArray[np.uint32]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, np.uint32(LAST_CODE))


def _hashed(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return ((first * _FIRST) ^ (second * _SECOND)) >> _SHIFT
