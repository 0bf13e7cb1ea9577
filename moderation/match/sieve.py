"""Which of many expressions a text may match, by the characters and pairs that each needs: table look-ups a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from moderation.match.ragged import Numbers
from moderation.match.required import required

WORD = 64
"""Sets of characters and pairs that one number tells the presence of."""

LAST_CODE = 0x1FFFF
"""Code points from here on count as one."""

_FIRST, _SECOND, _SHIFT = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77), np.uint32(16)
"""Two pairs that hash alike cost a search in vain, nothing else."""


class Sieve:
    """Texts by the expressions that they may match; immutable, safe to share between threads.

    Characters and pairs have the number of a row that tells which sets they are in, most of them that of the empty row.
    """

    def __init__(self, expressions: Sequence[str]) -> None:
        needed = [required(expression) for expression in expressions]
        bits = {one: 1 << number for number, one in enumerate(dict.fromkeys(s for each in needed for s in each))}
        words = -(-len(bits) // WORD)
        self._needed = _in_words([sum(bits[one] for one in each) for each in needed], words)[:, :, None]
        characters: dict[int, int] = {}
        pairs: dict[int, int] = {}
        for one, bit in bits.items():
            for code in _codes("".join(sign for sign in one if len(sign) == 1)).tolist():
                characters[code] = characters.get(code, 0) | bit
            codes = _codes("".join(sign for sign in one if len(sign) == 2))
            for code in _hashed(codes[::2], codes[1::2]).tolist():
                pairs[code] = pairs.get(code, 0) | bit
        rows = {row: number for number, row in enumerate(dict.fromkeys((0, *characters.values(), *pairs.values())))}
        self._sets = _in_words(rows, words)
        self._by_character = _table(characters, rows, LAST_CODE + 1)
        self._by_pair = _table(pairs, rows, 1 << 16)

    def candidates(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the expressions that texts may match by their numbers, in order, and the position of each text."""
        may_match = np.ones((self._needed.shape[1], len(texts)), dtype=np.bool_)
        for needed, held in zip(self._needed, self._held_by(texts), strict=True):
            may_match &= (held & needed) == needed
        numbers, positions = np.nonzero(may_match)
        return numbers, positions

    def _held_by(self, texts: Sequence[str]) -> Iterator[NDArray[np.uint64]]:
        """Yield, word by word, which sets each text holds a character or pair of."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
        starts = np.cumsum(lengths) - lengths
        codes = _codes("\n".join([*texts, "\n"]))
        characters = self._by_character[codes[:-1]]
        pairs = self._by_pair[_hashed(codes[:-1], codes[1:])]
        is_held = (characters | pairs) != 0
        is_held[starts] = True
        places = np.flatnonzero(is_held)
        characters, pairs, firsts = characters[places], pairs[places], np.searchsorted(places, starts)
        for sets in self._sets:
            yield np.bitwise_or.reduceat(sets[characters] | sets[pairs], firsts)


def _in_words(numbers: Iterable[int], words: int) -> NDArray[np.uint64]:
    """Return the bits of numbers as words: of each number the lowest ones first, then the next, and so on."""
    octets = b"".join(number.to_bytes(words * WORD // 8, "little") for number in numbers)
    return np.ascontiguousarray(np.frombuffer(octets, dtype="<u8").reshape(-1, words).T)


def _table(sets: Mapping[int, int], rows: Mapping[int, int], size: int) -> NDArray[np.uint16]:
    table = np.zeros(size, dtype=np.uint16)
    table[list(sets)] = [rows[row] for row in sets.values()]
    return table


def _codes(text: str) -> NDArray[np.uint32]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.minimum(codes, np.uint32(LAST_CODE))


def _hashed(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return ((first * _FIRST) ^ (second * _SECOND)) >> _SHIFT
