"""How much the words in a text can score at most, by how they begin: a few steps over the characters of many texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from moderation.text.characters import LAST_CODE, characters_of

LONGEST = 3
"""Characters of a word that are looked at."""

_BITS = 17
_FACTORS = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(0xC2B2AE3D))
_SHIFT, _LOW = np.uint32(32 - _BITS), np.uint32((1 << _BITS) - 1)


class WordStarts:
    """Words with their scores, 127 at most; words that begin alike score as the best of them.

    The beginning of a longer word has a place in two tables, so that what begins otherwise seldom shares both.
    """

    def __init__(self, scores: Mapping[str, int]) -> None:
        self._alone, self._one, self._other = (np.zeros(1 << _BITS, dtype=np.int8) for _ in range(3))
        for word, score in scores.items():
            codes = np.array([min(ord(character), LAST_CODE) for character in word[:LONGEST]], dtype=np.uint32)
            if len(codes) == 1:
                self._alone[codes] = score
                continue
            *_, places = _places(codes)
            for table, place in zip((self._one, self._other), places, strict=True):
                table[place] = np.maximum(table[place], score)

    def at_most(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return for each text a bound on the sum of the scores of its words, of which one begins at a place."""
        row = characters_of(texts)
        scores = self._alone[row.codes]
        codes = row.codes.astype(np.uint32)
        for one, other in _places(codes):
            found = np.minimum(self._one[one], self._other[other])
            np.maximum(scores[: len(found)], found, out=scores[: len(found)])
        return row.sums(scores)


def _places(codes: NDArray[np.uint32]) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
    """Yield the places in two tables of each two characters in a row, then of each three, while there are so many."""
    hashed = codes * _FACTORS[0]
    for length in range(2, min(LONGEST, len(codes)) + 1):
        hashed = hashed[:-1] ^ codes[length - 1 :] * _FACTORS[length - 1]
        yield hashed >> _SHIFT, hashed & _LOW
