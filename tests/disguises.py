"""Ten ways in which senders hide words, to be put on what a finding quotes; each keeps what a reader understands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from moderation import shipped
from moderation.match.forms import Form, load_forms


class Cell(NamedTuple):
    """A character as it is written, whether it is no longer written plainly, and how surely it can still be read."""

    written: str
    is_changed: bool = False
    confidence: float = 1.0


Cells = list[Cell]

CIRCLED = dict(zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True))
SIGN, INVISIBLE, COMBINING = "·", "\u200b", "\u0336"


@cache
def _forms(kind: str) -> dict[str, tuple[Form, ...]]:
    return dict(load_forms(shipped.directory("variants")).characters[kind])


@cache
def _opencc() -> OpenCC:
    return OpenCC("s2t")


def _substituted(kind: str, cells: Cells) -> Cells:
    """Return a word with one character in another form: the likeliest form of all that the word's characters have."""
    forms = _forms(kind)
    likeliest = [
        (forms[cell.written][0].weight, -place, forms[cell.written][0].text)
        for place, cell in enumerate(cells)
        if not cell.is_changed and cell.written in forms
    ]
    if not likeliest:
        return cells
    weight, place, form = max(likeliest)
    return [*cells[:-place], Cell(form, True, weight), *cells[-place + 1 :]]


def _each(change: Callable[[str], str], cells: Cells) -> Cells:
    return [
        Cell(change(cell.written), cell.is_changed or change(cell.written) != cell.written, cell.confidence)
        for cell in cells
    ]


def _traditional(cells: Cells) -> Cells:
    return [cell if cell.is_changed else cell._replace(written=_opencc().convert(cell.written)) for cell in cells]


def _parted(sign: str, cells: Cells) -> Cells:
    return [*(cell._replace(written=cell.written + sign) for cell in cells[:-1]), cells[-1]]


def _wide(written: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in written)


DISGUISES: dict[str, Callable[[Cells], Cells]] = {
    "homophone": lambda cells: _substituted("homophone", cells),
    "look-alike": lambda cells: _substituted("look-alike", cells),
    "split": lambda cells: _substituted("split", cells),
    "digits": lambda cells: _each(lambda one: CIRCLED.get(one, one), cells),
    "traditional": _traditional,
    "full width": lambda cells: _each(_wide, cells),
    "repeated": lambda cells: _each(lambda one: "".join(sign * 2 for sign in one), cells),
    "separators": lambda cells: _parted(SIGN, cells),
    "invisible": lambda cells: _parted(INVISIBLE, cells),
    "combining": lambda cells: _each(lambda one: one + COMBINING, cells),
}
"""By name, in the order in which they are put on a word."""


class Disguised(NamedTuple):
    """A word in disguise, and how surely it can still be read: the product of the weights of its forms."""

    text: str
    confidence: float


def disguised(word: str, names: Collection[str]) -> Disguised:
    """Return a word in these disguises together."""
    cells = [Cell(character) for character in word]
    for name, disguise in DISGUISES.items():
        if name in names:
            cells = disguise(cells)
    confidence = 1.0
    for cell in cells:
        confidence *= cell.confidence
    return Disguised("".join(cell.written for cell in cells), confidence)
