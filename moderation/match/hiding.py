"""Where signs, brackets or repetition may hide a word: the few places of a text at which a closer look pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

_HAN = r"〇\u3400-\u9fff"
_STOPS = re.escape(",.。!;:、/()《》<>【】「」[]{}\u201c\u201d\u2018\u2019\"'")
"""Signs that end a clause or enclose a word; they part words only where they part every character."""

_ODD = rf"(?:[^\w\n\ufffc{_STOPS}]|[_ー])"
_MARK = rf"(?:[^\w\s\ufffc{_STOPS}%‰¥$+~\-℃…×]|[_ー])"
"""Signs that stand beside letters and digits for no other purpose than to part them."""

_ANY = r"[^\w\n\ufffc]{1,3}"
REPEATED = rf"(?:(?P<one>[{_HAN}])(?P=one)+){{2,}}|(?P<thrice>[{_HAN}])(?P=thrice){{2,}}"
HIDING = re.compile(
    rf"(?P<gap>(?<=[{_HAN}]){_ODD}{{1,3}}(?=[{_HAN}])|(?<=[a-z]) (?=[a-z])"
    rf"|(?<=[{_HAN}]){_MARK}{{1,3}}(?=[a-z0-9])|(?<=[a-z0-9]){_MARK}{{1,3}}(?=[{_HAN}])"
    rf"|(?<=[^\w\s][a-z0-9]){_MARK}{{1,3}}(?=[a-z0-9][^\w\s])"
    rf"|(?<=[{_HAN}])[(\[{{](?=[{_HAN}0-9][)\]}}](?![a-z0-9]))"
    rf"|(?<=[{_HAN}][(\[{{][{_HAN}0-9])[)\]}}](?![a-z0-9]))"
    rf"|(?P<repeat>{REPEATED})"
    rf"|(?P<parted>(?<![{_HAN}])[{_HAN}](?:{_ANY}[{_HAN}]){{2,}}(?![{_HAN}])|(?<!\w)[{_HAN}]{_ANY}[{_HAN}](?!\w)"
    rf"|[{_HAN}](?P<sign>{_ANY})[{_HAN}](?:(?P=sign)[{_HAN}]){{2,}})"
    rf"|(?P<laced>[{_HAN}](?:[a-z0-9][{_HAN}]){{2,}})"
)
"""What hides between characters, as a regular expression; it is slow to search for as it is."""


class _Sign(IntEnum):
    """What a character is to what hides: each kind tells which parts of the expression it can be."""

    OTHER, HAN, LETTER, DIGIT, MARK, ODD, BRACKET, STOP, UNKNOWN = range(9)


_KINDS = (
    (_Sign.HAN, re.compile(f"[{_HAN}]")),
    (_Sign.LETTER, re.compile("[a-z]")),
    (_Sign.DIGIT, re.compile("[0-9]")),
    (_Sign.MARK, re.compile(_MARK)),
    (_Sign.ODD, re.compile(_ODD)),
    (_Sign.BRACKET, re.compile(r"[()\[\]{}]")),
    (_Sign.STOP, re.compile(r"[^\w\n\ufffc]")),
)
_TABLE = np.full(0x110000, _Sign.UNKNOWN, dtype=np.uint8)
"""What each code point that was met is; it only grows, by values that depend on the code point alone."""

_MARGIN = 5
"""Characters before and after a place that tell whether it pays to look there."""


def hiding_places(text: str) -> Iterator[re.Match[str]]:
    """Yield what hides between characters in order; `gap`, `repeat`, `parted` or `laced` tells what kind it is."""
    end = 0
    for start in _candidates(text):
        if start >= end and (match := HIDING.match(text, start)):
            yield match
            end = match.end()


def _candidates(text: str) -> list[int]:
    """Return in order where the expression may match; it need not."""
    padded = "\n" * _MARGIN + text + "\n" * _MARGIN
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _TABLE[codes]
    if (unknown := codes[kinds == _Sign.UNKNOWN]).size:
        for code in np.unique(unknown).tolist():
            _TABLE[code] = next((kind for kind, expression in _KINDS if expression.match(chr(code))), _Sign.OTHER)
        kinds = _TABLE[codes]

    def at(mask: NDArray[np.bool_], distance: int = 0) -> NDArray[np.bool_]:
        return mask[_MARGIN + distance : len(mask) - _MARGIN + distance]

    han, mark = kinds == _Sign.HAN, kinds == _Sign.MARK
    letter, sign = kinds == _Sign.LETTER, (kinds >= _Sign.MARK) & (kinds < _Sign.UNKNOWN)
    written = (kinds >= _Sign.HAN) & (kinds <= _Sign.DIGIT)
    odd = mark | (kinds == _Sign.ODD)
    ends = at(written, 1) | (at(odd, 1) & (at(written, 2) | (at(odd, 2) & at(written, 3))))
    near_han = at(han, -1) & (at(han, 1) | at(odd, 1) | at(mark))
    gaps = at(odd) & ends & (near_han | (at(written, -1) & (at(mark) | (at(letter, -1) & at(letter, 1)))))
    bracket = kinds == _Sign.BRACKET
    brackets = at(bracket) & at(written, -1) & (at(written, 1) | at(bracket, -2))
    followed = [at(han, 2), at(sign, 2) & at(han, 3), at(sign, 2) & at(sign, 3) & at(han, 4)]
    again = [one & at(sign, distance) for distance, one in enumerate(followed, 3)]
    parted = at(han) & at(sign, 1) & np.where(at(han, -1), np.any(again, axis=0), np.any(followed, axis=0))
    latin = letter | (kinds == _Sign.DIGIT)
    laced = at(han) & at(latin, 1) & at(han, 2) & at(latin, 3) & at(han, 4)
    same = np.zeros(len(codes), dtype=np.bool_)
    same[:-1] = (codes[1:] == codes[:-1]) & han[:-1]
    repeats = at(same) & (at(same, 1) | at(same, 2))
    found: list[int] = np.flatnonzero(gaps | brackets | parted | laced | repeats).tolist()
    return found
