"""Which normal texts may hold a link, however it is written: a few steps over the characters of all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from moderation.text.characters import LAST_CODE, characters_of

Places = NDArray[np.intp]

_DOT, _LABEL, _SUFFIX, _CLOSING, _SPELT, _PROTOCOL, _SLASH = (np.uint8(1 << bit) for bit in range(7))
"""What a character may be in a link: a dot, a part of a label, the first of a suffix, a bracket after a dot, what is
spelt with blanks, the last of a protocol, and what follows its colon."""

_AROUND = 3
"""Characters on either side of a place that are looked at."""

_MARGIN = np.zeros(_AROUND, dtype=np.intp)

_BLANK, _PLAIN_DOT, _COLON, _ZERO, _NINE = map(ord, " .:09")
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
    row = characters_of(texts)
    codes = np.concatenate((_MARGIN, row.codes, _MARGIN))
    classes = _CLASSES[codes]
    places = [_dots(codes, classes)]
    if "." in row.joined:
        places.append(_addresses(codes))
    if "ww." in row.joined:
        places.append(_after_www(codes))
    if " dot" in row.joined:
        places.append(_words(codes))
    if ":" in row.joined:
        places.append(_schemes(codes, classes))
    if " " in row.joined:
        places.append(_spelt(codes, classes))
    return row.texts_at(np.concatenate(places) - _AROUND)


def _dots(codes: Places, classes: NDArray[np.uint8]) -> Places:
    """Return dots of any kind between a label and a suffix, perhaps with blanks beside them or in brackets."""
    at = np.flatnonzero(classes[:-_AROUND] & (_DOT | _CLOSING))
    after = np.where(codes[at + 1] == _BLANK, at + 2, at + 1)
    at = at.compress((classes[after] & _SUFFIX > 0) | ((codes[after] == _ZERO) & (codes[after + 1] == ord("r"))))
    if not len(at):
        return at
    before = classes[at - 1] | np.where(codes[at - 1] == _BLANK, classes[at - 2], np.uint8(0))
    is_dot = (classes[at] & _DOT > 0) & (before & _LABEL > 0)
    is_bracket = (classes[at] & _CLOSING > 0) & ((classes[at - 1] & _DOT > 0) | (codes[at - 1] == ord("t")))
    return at.compress(is_dot | is_bracket)


def _addresses(codes: Places) -> Places:
    """Return the first of three dots that stand near each other with digits beside them."""
    at = np.flatnonzero(codes == _PLAIN_DOT)
    before, after = codes[at - 1], codes[at + 1]
    at = at.compress((before >= _ZERO) & (before <= _NINE) & (after >= _ZERO) & (after <= _NINE))
    return at[:-2].compress(at[2:] - at[:-2] <= 2 * (LONGEST_OCTET + 1))


def _after_www(codes: Places) -> Places:
    """Return the dot after www."""
    dots = np.flatnonzero(codes == _PLAIN_DOT)
    return dots.compress((codes[dots - 1] == ord("w")) & (codes[dots - 2] == ord("w")))


def _words(codes: Places) -> Places:
    """Return where a dot is written out after a blank."""
    at = np.flatnonzero(codes[:-_AROUND] == ord("d"))
    return at.compress((codes[at - 1] == _BLANK) & (codes[at + 1] == ord("o")) & (codes[at + 2] == ord("t")))


def _schemes(codes: Places, classes: NDArray[np.uint8]) -> Places:
    """Return what is written after http and https."""
    colons = np.flatnonzero(codes == _COLON)
    return colons.compress((classes[colons - 1] & _PROTOCOL > 0) & (classes[colons + 1] & _SLASH > 0))


def _spelt(codes: Places, classes: NDArray[np.uint8]) -> Places:
    """Return where four letters or signs of a host stand with a blank after each."""
    is_apart = (classes[:-1] & _SPELT > 0) & (codes[1:] == _BLANK)
    return np.flatnonzero(is_apart[:-6] & is_apart[2:-4] & is_apart[4:-2] & is_apart[6:])
