"""The automaton's alphabet: characters as short codes, those that are written for one another under one code.

A code is a string of octets whose first is below 128 and whose others are not, so that the codes of a text are
searched octet by octet and every match of a code sequence is a match of characters. A node of the automaton then has
at most 128 children, and one place in the codes is one place in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 7
"""Bits of the number of a code that one octet holds."""

SEPARATOR = "\0"
"""Parts joined texts; folding drops it, so no text holds it, and it has no code of its own."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts joined by one character each.

    `starts` tells where each begins, and behind the last one where another would; `is_form` tells which of the
    `characters`, as code points, are forms of others.
    """

    texts: Sequence[str]
    starts: NDArray[np.int64]
    characters: NDArray[np.uint32]
    is_form: NDArray[np.bool_]

    def texts_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which text each place of the joined ones lies in."""
        return np.searchsorted(self.starts, places, side="right") - 1


class Alphabet:
    """The codes of characters; immutable, safe to share between threads.

    `characters` are those that are looked for. `classes` maps a character to the one whose code it shares. All
    others share the code 0, which no string that is looked for holds.
    """

    def __init__(self, characters: Iterable[str], classes: Mapping[str, str]) -> None:
        known = sorted({classes.get(character, character) for character in characters})
        self.characters = "".join(known)
        self.classes = classes
        self.width = 2 if len(known) < 1 << 2 * BITS else 4
        self._table = np.full(0x110000, self._code(0), dtype=np.uint16 if self.width == 2 else np.uint32)
        self._table[_points(self.characters)] = [self._code(number) for number in range(1, len(known) + 1)]
        forms, heads = "".join(classes), "".join(classes.values())
        self._table[_points(forms)] = self._table[_points(heads)]
        self._is_form = np.zeros(0x110000, dtype=np.bool_)
        self._is_form[_points(forms)] = True
        self._translation = str.maketrans(forms, heads)

    def plain(self, text: str) -> str:
        """Return the text of the same codes that holds no form of another character."""
        return text.translate(self._translation)

    def encode(self, text: str) -> str:
        """Return the codes of a text."""
        return self.codes(_points(text))

    def codes(self, characters: NDArray[np.uint32]) -> str:
        """Return the codes of code points, as characters below 256; each takes `width` of them."""
        return self._table[characters].tobytes().decode("latin-1")

    def encode_many(self, texts: Sequence[str]) -> Encoded:
        """Return texts joined by `SEPARATOR`."""
        characters = _points(SEPARATOR.join(texts))
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(text) + 1 for text in texts], out=starts[1:])
        return Encoded(texts, starts, characters, self._is_form[characters])

    def plain_many(self, texts: Sequence[str]) -> list[str]:
        """Return texts of the same codes that hold no form of another character."""
        characters = _points(SEPARATOR.join(texts))
        plain = list(texts)
        forms = np.flatnonzero(self._is_form[characters])
        if len(forms):
            characters = characters.copy()
            characters[forms] = [self._translation[form] for form in characters[forms].tolist()]
            joined = characters.tobytes().decode("utf-32-le", "surrogatepass")
            ends = np.cumsum([len(text) + 1 for text in texts])
            for index in np.unique(np.searchsorted(ends, forms, side="right")).tolist():
                end = int(ends[index]) - 1
                plain[index] = joined[end - len(texts[index]) : end]
        return plain

    def encode_each(self, texts: Sequence[str]) -> list[str]:
        """Return the codes of each text."""
        codes = self.encode("".join(texts))
        ends = (np.cumsum([len(text) for text in texts], dtype=np.int64) * self.width).tolist()
        return [codes[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def _code(self, number: int) -> int:
        """Return the code of a number as an integer whose little-endian octets are those of the code."""
        code, place = number & 0x7F, 1
        while place < self.width:
            number >>= BITS
            code |= (0x80 | number & 0x7F) << 8 * place
            place += 1
        return code


def _points(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
