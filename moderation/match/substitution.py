"""A spelling with one or two of its characters or words written otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

GUESSED = frozenset(("homophone", "letter", "look-alike"))
"""Kinds that put a Han character for another one or for a letter: what is written may be another word as it stands."""

BEST_FORMS = {"split": 2}
"""Forms of a character that are always spelt out, where that is not the best one: a radical is written in two ways."""

PAIRED_FORMS = 2
"""Forms of a character that are tried together with those of another one, besides the best one of each kind."""

Form = tuple[str, str, float]
"""What is written for a character or word, by what kind of variant, and how surely."""

Row = tuple[float, int, str, tuple[str, ...], bool]
"""Another spelling as it is chosen: the confidence below zero, how many kinds, the text, the kinds, whether one of them
is guessed."""

Found = dict[str, Row]
"""Other spellings by their texts."""


class Option(NamedTuple):
    """What may be written in the place of a range of characters, by what kind of variant, and how surely."""

    start: int
    end: int
    form: str
    kind: str
    weight: float

    def replaced(self, spelling: str) -> str:
        """Return a spelling with the form in the place of the range."""
        return spelling[: self.start] + self.form + spelling[self.end :]


class Written(NamedTuple):
    """A form as it is put into spellings: in the place of so many characters."""

    form: str
    kinds: tuple[str, ...]
    weight: float
    is_guessed: bool
    length: int = 1


class Place(NamedTuple):
    """What may be written for a character wherever it stands.

    `best` are the forms that are always spelt out, `paired` what is tried together with another one, the surest first.
    """

    options: Sequence[Written]
    best: Sequence[str]
    paired: Sequence[Written]


def place_of(forms: Iterable[Form], least: float) -> Place:
    """Return what may be written for a character from a weight on, by all its forms."""
    options = tuple(_written(*form) for form in forms if form[2] >= least)
    return Place(options, _best(options), paired_of(options, ()))


def paired_of(options: Iterable[Written], words: Iterable[Option]) -> tuple[Written, ...]:
    """Return what is tried in one place together with what stands in another, where words may begin there as well."""
    ranks: Counter[str] = Counter()
    paired: list[Written] = []
    spelt = (_written(one.form, one.kind, one.weight, one.end - one.start) for one in words)
    for option in sorted((*options, *spelt), key=lambda option: -option.weight):
        (kind,) = option.kinds
        if kind != "pinyin":
            any_kind = "digit" if kind == "digit" else ""
            if ranks[any_kind] < PAIRED_FORMS or not ranks[kind]:
                paired.append(option)
            ranks[any_kind] += 1
            ranks[kind] += kind != any_kind
    return tuple(paired)


def substituted(spelling: str, places: Sequence[Place], words: Sequence[Option], least: float, found: Found) -> None:
    """Add the spelling with one or two of its characters or words written otherwise, by the places of its characters.

    A text that is found already stays as it is, unless it is surer now.
    """
    known = found.get
    for index, place in enumerate(places):
        before, after = spelling[:index], spelling[index + 1 :]
        for form, kinds, weight, is_guessed, _ in place.options:
            text = before + form + after
            if (one := known(text)) is None or one[0] > -weight:
                found[text] = -weight, 1, text, kinds, is_guessed
    for option in words:
        text = option.replaced(spelling)
        if (one := known(text)) is None or one[0] > -option.weight:
            found[text] = -option.weight, 1, text, (option.kind,), option.kind in GUESSED
    for index, place in enumerate(places):
        for first in place.paired:
            _pair(spelling, index, first, places, least, found)


def _pair(spelling: str, index: int, first: Written, places: Sequence[Place], least: float, found: Found) -> None:
    """Add the spelling with something written in one place and something else in a place behind it."""
    known = found.get
    form, kinds, weight, is_guessed, length = first
    begun = spelling[:index] + form
    for other in range(index + length, len(places)):
        before, after = begun + spelling[index + length : other], spelling[other:]
        for one in places[other].paired:
            confidence = weight * one.weight
            if confidence < least:
                break
            text = before + one.form + after[one.length :]
            if (twin := known(text)) is None or twin[0] > -confidence:
                both = kinds if kinds == one.kinds else kinds + one.kinds
                found[text] = -confidence, len(both), text, both, is_guessed or one.is_guessed


def _written(form: str, kind: str, weight: float, length: int = 1) -> Written:
    return Written(form, (kind,), weight, kind in GUESSED, length)


def _best(options: Iterable[Written]) -> tuple[str, ...]:
    """Return the surest forms of each kind."""
    best: list[str] = []
    ranks: Counter[str] = Counter()
    for option in sorted(options, key=lambda option: -option.weight):
        (kind,) = option.kinds
        if ranks[kind] < BEST_FORMS.get(kind, 1):
            best.append(option.form)
        ranks[kind] += 1
    return tuple(best)
