"""Ten ways in which senders hide words, to be put on what a finding quotes; each keeps what a reader understands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from opencc import OpenCC

from moderation import shipped
from moderation.match.forms import Form, load_forms

Cells = list[tuple[str, bool]]
"""The characters of a word as they are written, and whether one is no longer written plainly."""

CIRCLED = dict(zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True))
SIGN, INVISIBLE, COMBINING = "·", "\u200b", "\u0336"


@cache
def _forms(kind: str) -> dict[str, tuple[Form, ...]]:
    return dict(load_forms(shipped.directory("variants")).characters[kind])


@cache
def _opencc() -> OpenCC:
    return OpenCC("s2t")


def _substituted(kind: str, cells: Cells) -> Cells:
    """Return a word with the one character written in another way that is most likely written so."""
    forms = _forms(kind)
    likeliest = [
        (forms[character][0].weight, -place, forms[character][0].text)
        for place, (character, is_changed) in enumerate(cells)
        if not is_changed and character in forms
    ]
    if not likeliest:
        return cells
    _, place, form = max(likeliest)
    return [*cells[:-place], (form, True), *cells[-place + 1 :]]


def _each(change: Callable[[str], str], cells: Cells) -> Cells:
    return [(change(written), is_changed or change(written) != written) for written, is_changed in cells]


def _parted(sign: str, cells: Cells) -> Cells:
    return [(written + (sign if place < len(cells) - 1 else ""), True) for place, (written, _) in enumerate(cells)]


def _wide(written: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in written)


DISGUISES: dict[str, Callable[[Cells], Cells]] = {
    "homophone": lambda cells: _substituted("homophone", cells),
    "look-alike": lambda cells: _substituted("look-alike", cells),
    "split": lambda cells: _substituted("split", cells),
    "digits": lambda cells: _each(lambda one: CIRCLED.get(one, one), cells),
    "traditional": lambda cells: [(one if changed else _opencc().convert(one), changed) for one, changed in cells],
    "full width": lambda cells: _each(_wide, cells),
    "repeated": lambda cells: _each(lambda one: one * 2, cells),
    "separators": lambda cells: _parted(SIGN, cells),
    "invisible": lambda cells: _parted(INVISIBLE, cells),
    "combining": lambda cells: _each(lambda one: one + COMBINING, cells),
}
"""By name, in the order in which they are put on a word."""


def disguised(word: str, names: Sequence[str]) -> str:
    """Return a word in these disguises together."""
    cells = [(character, False) for character in word]
    for name, disguise in DISGUISES.items():
        if name in names:
            cells = disguise(cells)
    return "".join(written for written, _ in cells)
