"""Which normal texts may hold a link, however it is written: a few steps over the characters of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from moderation.text.characters import LAST_CODE, Characters

_DOT, _LABEL, _SUFFIX, _CLOSING, _SPELT, _PROTOCOL, _SLASH = (np.uint8(1 << bit) for bit in range(7))
"""What a character may be in a link: a dot, a part of a label, the first of a suffix, a bracket after a dot, what is
spelt with blanks, the last of a protocol, and what follows its colon."""

_AROUND = 3
"""Characters on either side of a place that are looked at."""

_MARGIN = np.zeros(_AROUND, dtype=np.intp)

_BLANK, _PLAIN_DOT, _COLON, _ZERO = ord(" "), ord("."), ord(":"), ord("0")
LONGEST_OCTET = 3
"""Digits between the dots of an address."""

_LATIN, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_LIKE_LATIN = [(0xDF, 0x24F), (0x370, 0x52F), (0x1F150, 0x1F189), (0x1F1E6, 0x1F1FF)]
_ROUND = "○〇◯"


def _classes() -> NDArray[np.uint8]:
    table = np.zeros(LAST_CODE + 1, dtype=np.uint8)
    for kind, characters in (
        (_DOT, ".。·•・‧∙⋅●丶、,点點嚸电"),
        (_LABEL, _LATIN + _DIGITS + "\ufffc_-❶❷❸❹❺❻❼❽❾"),
        (_SUFFIX, _LATIN + _ROUND + "中公网商手集我在"),
        (_CLOSING, ")]}】>"),
        (_SPELT, _LATIN + _DIGITS + "./:。·点點"),
        (_PROTOCOL, "ps "),
        (_SLASH, "/\\ "),
    ):
        table[[ord(character) for character in characters]] |= kind
    for first, last in _LIKE_LATIN:
        table[first : last + 1] |= _LABEL | _SUFFIX
    return table


_CLASSES = _classes()


def may_link(texts: Sequence[str]) -> list[int]:
    """Return the positions of the texts that may hold a link; those that it leaves out hold none."""
    row = Characters(texts)
    codes = np.concatenate((_MARGIN, row.codes, _MARGIN))
    classes = _CLASSES[codes]
    marked = np.zeros(len(codes), dtype=np.bool_)
    for places in (_dots(codes, classes), _addresses(codes), _schemes(codes, classes), _spelt(codes, classes)):
        marked[places] = True
    return row.around(marked[_AROUND:-_AROUND])


def _dots(codes: NDArray[np.intp], classes: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return dots of any kind between a label and a suffix, perhaps with blanks beside them or in brackets."""
    at = np.flatnonzero(classes[:-_AROUND] & (_DOT | _CLOSING))
    before = classes[at - 1] | np.where(codes[at - 1] == _BLANK, classes[at - 2], np.uint8(0))
    after = np.where(codes[at + 1] == _BLANK, at + 2, at + 1)
    is_suffix = (classes[after] & _SUFFIX > 0) | ((codes[after] == _ZERO) & (codes[after + 1] == ord("r")))
    is_dot = (classes[at] & _DOT > 0) & (before & _LABEL > 0)
    is_bracket = (classes[at] & _CLOSING > 0) & ((classes[at - 1] & _DOT > 0) | (codes[at - 1] == ord("t")))
    written = at[(is_dot | is_bracket) & is_suffix]
    words = np.flatnonzero(codes[:-_AROUND] == ord("d"))
    is_word = (codes[words - 1] == _BLANK) & (codes[words + 1] == ord("o")) & (codes[words + 2] == ord("t"))
    return np.concatenate((written, words[is_word]))


def _addresses(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the first of three dots that stand near each other with digits beside them."""
    at = np.flatnonzero(codes == _PLAIN_DOT)
    is_digit = (codes >= ord("0")) & (codes <= ord("9"))
    at = at[is_digit[at - 1] & is_digit[at + 1]]
    return at[:-2][at[2:] - at[:-2] <= 2 * (LONGEST_OCTET + 1)]


def _schemes(codes: NDArray[np.intp], classes: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return what is written after http and https, and the dot after www."""
    colons = np.flatnonzero(codes == _COLON)
    is_scheme = (classes[colons - 1] & _PROTOCOL > 0) & (classes[colons + 1] & _SLASH > 0)
    dots = np.flatnonzero(codes == _PLAIN_DOT)
    is_www = (codes[dots - 1] == ord("w")) & (codes[dots - 2] == ord("w"))
    return np.concatenate((colons[is_scheme], dots[is_www]))


def _spelt(codes: NDArray[np.intp], classes: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return where four letters or signs of a host stand with a blank after each."""
    is_apart = (classes[:-1] & _SPELT > 0) & (codes[1:] == _BLANK)
    return np.flatnonzero(is_apart[:-6] & is_apart[2:-4] & is_apart[4:-2] & is_apart[6:])
