"""Which characters pass for which: what a character may be read as, by what kind of variant, and how surely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from moderation.match.forms import Table

EXACT_KIND = "traditional"
"""The kind that says the same in other characters: they share a code whatever else they stand for."""

SURE, SURE_RARE = 0.9, 0.7
"""Weights of a common and of a rare form by which a single character is known beside what else must stand there."""


class Reading(NamedTuple):
    """How what is written differs from what is meant: kinds of variant in order, and the confidence in it (0-1)."""

    kinds: tuple[str, ...]
    confidence: float


PUNCTUATION = frozenset(("Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc"))
"""Categories of signs that part words or name a currency."""

PLAIN = Reading((), 1.0)


class FormTables(Protocol):
    """Where forms come from: tables in memory, or in files."""

    @property
    def characters(self) -> Table:
        """Forms of characters."""

    @property
    def words(self) -> Table:
        """Forms of words."""


class Readings:
    """Pairs of a character and another that is written for it; immutable, safe to share between threads."""

    def __init__(self, forms: FormTables) -> None:
        self._forms = forms
        self._sure: dict[tuple[str, frozenset[str]], tuple[tuple[str, Reading], ...]] = {}

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], tuple[tuple[str, float], ...]]:
        """Kinds and weights of each form of a character; what is listed in rare characters is a disguise already."""
        pairs: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}
        for kind, of_kind in self._forms.characters.items():
            for character, weighted in of_kind.items():
                if not (character.isascii() or is_simplified(character)):
                    continue
                for form, weight in weighted:
                    if len(form) == 1 and (kind == "digit" or not _is_punctuation(form)):
                        known = pairs.get((character, form), ())
                        pairs[character, form] = tuple(sorted((*known, (kind, weight)), key=lambda one: -one[1]))
        return pairs

    @cached_property
    def _of(self) -> dict[str, list[str]]:
        """The forms of each character."""
        found: dict[str, list[str]] = {}
        for character, form in self._pairs:
            found.setdefault(character, []).append(form)
        return found

    def read(self, meant: str, written: str, kinds: Collection[str]) -> Reading | None:
        """Return how a string of the same length may be read as what is meant by these kinds; None where it may not.

        What surely says the same takes nothing from the confidence.
        """
        confidence = 1.0
        seen: list[str] = []
        for character, form in zip(meant, written, strict=True):
            if character == form:
                continue
            pair = next((one for one in self._pairs.get((character, form), ()) if one[0] in kinds), None)
            if pair is None:
                return None
            kind, weight = pair
            if kind != EXACT_KIND or weight < SURE:
                confidence *= weight
            if kind not in seen:
                seen.append(kind)
        return Reading(tuple(seen), confidence)

    def forms_of(self, character: str, kinds: Collection[str]) -> list[tuple[str, str, float]]:
        """Return what is written for a character by these kinds: form, and of its kinds the surest, with the weight."""
        found: list[tuple[str, str, float]] = []
        for form in self._of.get(character, ()):
            allowed = (pair for pair in self._pairs[character, form] if pair[0] in kinds)
            if surest := next(allowed, None):
                found.append((form, *surest))
        return found

    def sure_forms(self, character: str, kinds: frozenset[str]) -> tuple[tuple[str, Reading], ...]:
        """Return a character and what surely stands for it, each with its reading."""
        known = self._sure.get((character, kinds))
        if known is None:
            forms = self.forms_of(character, kinds)
            sure = (
                (form, Reading((kind,), weight))
                for form, kind, weight in forms
                if weight >= (SURE_RARE if _is_telling(form, kind) else SURE)
            )
            known = self._sure[character, kinds] = ((character, PLAIN), *sure)
        return known

    def expression(self, word: str, kinds: Collection[str]) -> str:
        """Return a regular expression for a word as it may be written by these kinds, but for common characters."""
        found: list[str] = []
        for character in word:
            forms = [form for form, kind, _ in self.forms_of(character, kinds) if _is_telling(form, kind)]
            found.append(f"[{re.escape(''.join((character, *forms)))}]" if forms else re.escape(character))
        return "".join(found)

    def classes(self, characters: Collection[str]) -> Mapping[str, str]:
        """Return for each character that shares the code of another one which that is.

        `characters` are those that are looked for; none of them shares a code with another. A form joins the character
        that it most probably stands for, unless it is a common character, which every text has. What is left apart is
        spelt out by the compiler.
        """
        best: dict[str, tuple[float, str]] = {}
        pairs = ((*pair, *one) for pair, kinds in self._pairs.items() for one in kinds)
        for character, form, kind, weight in pairs:
            if form not in characters and _is_telling(form, kind) and (character in characters or is_common(character)):
                rank = (2.0 if kind == EXACT_KIND else weight, character)
                if rank > best.get(form, (0.0, "")):
                    best[form] = rank
        return {form: character for form, (_, character) in best.items() if character not in best}


def is_simplified(character: str) -> bool:
    """Return whether simplified text uses a character; what is listed in others is a disguise already."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_common(character: str) -> bool:
    """Return whether a character is a letter, digit or sign, or among the 3,755 most usual (GB 2312, level 1)."""
    if character.isascii():
        return True
    try:
        return b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False


def _is_punctuation(form: str) -> bool:
    """Return whether a form stands in ordinary text for itself: 。 for no dot, ¥ for no 元."""
    if form.isascii():
        return not form.isalpha() and form != "+"
    return unicodedata.category(form) in PUNCTUATION


def _is_telling(form: str, kind: str) -> bool:
    """Return whether a form hardly stands for itself: a traditional character, or one that is not common."""
    return kind == EXACT_KIND or not is_common(form)
