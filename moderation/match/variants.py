"""The variant compiler: other spellings of a listed word, each with the kinds that lead to it and a confidence.

Spellings are made when the automaton is built. Those that differ by single characters of one class of the alphabet
are not spelt out: the automaton reads them as they are (`Readings`), whatever their number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Protocol

from moderation.match.dialect import Dialect
from moderation.match.readings import FormTables, Reading, Readings
from moderation.match.substitution import Form, Found, Option, Place, Row, paired_of, place_of, substituted
from moderation.match.wordlist import VARIANT_KINDS

DISGUISES = VARIANT_KINDS - {"dialect", "digit", "slang", "traditional"}
"""Kinds by which a word is hidden; the others are how honest people write too."""

DIALECT_CONFIDENCE, AMBIGUOUS_CONFIDENCE = 0.95, 0.75
"""Of a dialect's words that say nothing else in standard Chinese, and of those that do but for what is around them."""

SHORTEST_AMBIGUOUS, BESIDE_AMBIGUOUS = 4, 2
"""Characters of a spelling, and of what else is in it, from which on they settle the sense of an ambiguous word."""

REVERSED_CONFIDENCE = 0.7
PINYIN_CONFIDENCE = 0.8

LEAST_WEIGHT = 0.55
"""Weight of a form below which it is not spelt out."""

MOST_VARIANTS = 40
"""Spelt-out variants of one spelling, the surest ones, unless the best form of every kind in every place needs more."""

MOST_SYLLABLES = 4
"""Characters of the longest word that is looked for in pinyin throughout; longer ones hold shorter ones."""

MOST_IN_DIALECT = 8
"""Spellings of one word in one dialect."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
SHORTEST_REVERSED, SHORTEST_PINYIN = 3, 6
"""Characters of a word that is looked for backwards, letters of one that is looked for in pinyin; shorter ones stand
in honest text by chance."""

LEAST_CONFIDENCE = {1: 0.9, 2: 0.7, 3: 0.5}
"""By length of the spelling; in a short word a single character decides which word it is."""


class Variant(NamedTuple):
    """Another spelling of a word, and how it may be read as that word."""

    text: str
    reading: Reading


class Dictionary(Protocol):
    """What tells ordinary words."""

    def is_word(self, text: str, start: int, end: int) -> bool:
        """Return whether a range of a text begins and ends at word edges."""

    def is_known(self, word: str) -> bool:
        """Return whether a word is in the dictionary."""


class _Spoken(NamedTuple):
    """A dialect's word in the place of a range of characters."""

    start: int
    end: int
    word: str
    confidence: float

    def put_into(self, spelling: str) -> str:
        """Return a spelling with the word in the place of the range."""
        return spelling[: self.start] + self.word + spelling[self.end :]


class VariantCompiler:
    """Makes the variants of spellings; `classes` are those of the automaton's alphabet, empty to spell out all."""

    def __init__(
        self,
        forms: FormTables,
        dialects: Iterable[Dialect],
        readings: Readings,
        classes: Mapping[str, str],
        dictionary: Dictionary,
    ) -> None:
        self._readings = readings
        self._classes = classes
        self._dictionary = dictionary
        self._digits = frozenset(forms.characters.get("digit", {}))
        self._spelt_out: dict[tuple[str, frozenset[str]], list[Form]] = {}
        self._multiple: dict[str, list[Form]] = {}
        self._pinyin = {character: forms_[0][0] for character, forms_ in forms.characters.get("pinyin", {}).items()}
        for kind, of_kind in forms.characters.items():
            for character, weighted in of_kind.items():
                longer = ((form, kind, weight) for form, weight in weighted if len(form) > 1)
                self._multiple.setdefault(character, []).extend(longer)
        self._words: dict[str, list[Form]] = {}
        for kind, of_kind in forms.words.items():
            for word, weighted in of_kind.items():
                self._words.setdefault(word, []).extend((form, kind, weight) for form, weight in weighted)
        self._standards: dict[str, list[tuple[str, str, bool]]] = {}
        for dialect in dialects:
            for equivalent in dialect.equivalents:
                if equivalent.standard:
                    known = self._standards.setdefault(equivalent.standard, [])
                    known.append((equivalent.word, f"dialect:{dialect.id}", equivalent.is_ambiguous))
        self._standard_lengths, self._word_lengths = _lengths(self._standards), _lengths(self._words)
        self._places: dict[tuple[frozenset[str], float], dict[str, Place]] = {}

    def variants(self, spelling: str, kinds: Collection[str], most: int = MOST_VARIANTS) -> list[Variant]:
        """Return the variants of a folded spelling by these kinds, the surest first; none is the spelling itself."""
        rows = self.rows(spelling, frozenset(kinds), most)
        return [Variant(text, Reading(of_text, -minus)) for minus, _, text, of_text, _ in rows]

    def rows(self, spelling: str, kinds: frozenset[str], most: int = MOST_VARIANTS) -> list[Row]:
        """Return the same as rows, which take less time to make."""
        if self._digits.issuperset(spelling):
            kinds = kinds - {"digit"}
        least = least_confidence(len(spelling))
        spoken = self._in_dialect(spelling) if "dialect" in kinds else []
        places, words = self._options(spelling, kinds, max(least, LEAST_WEIGHT))
        found: Found = {spelling: (-1.0, 0, spelling, (), False)}
        for variant in spoken:
            _offer(found, variant, least)
        substituted(spelling, places, words, least, found)
        for variant in self._whole(spelling, kinds):
            _offer(found, variant, least)
        del found[spelling]
        kept = {
            spelling[:index] + form + spelling[index + 1 :] for index, place in enumerate(places) for form in place.best
        }
        kept.update(option.replaced(spelling) for option in words)
        room = max(most - len(kept), 0)
        kept.update(variant.text for variant in spoken)
        chosen = sorted(found.values())
        if words or len(spelling) == 1:
            chosen = [row for row in chosen if len(row[2]) > 1]
        return self._kept(chosen, kept, room)

    def _kept(self, chosen: Iterable[Row], kept: Collection[str], room: int) -> list[Row]:
        """Return the rows of texts to keep, and so many others; what is guessed must not be another word."""
        is_known = self._dictionary.is_known
        rows: list[Row] = []
        for row in chosen:
            is_other = row[2] not in kept
            if (is_other and not room) or (row[4] and is_known(row[2])):
                continue
            room -= is_other
            rows.append(row)
        return rows

    def _in_dialect(self, spelling: str) -> list[Variant]:
        """Return the spelling with standard words replaced by those of one dialect, one or two of them."""
        places: dict[str, list[_Spoken]] = {}
        for start, end in _ranges(spelling, self._standards, self._standard_lengths):
            if (start, end) != (0, len(spelling)) and not self._dictionary.is_word(spelling, start, end):
                continue
            is_settled = len(spelling) >= SHORTEST_AMBIGUOUS and len(spelling) - (end - start) >= BESIDE_AMBIGUOUS
            for word, kind, is_ambiguous in self._standards[spelling[start:end]]:
                if is_settled or not is_ambiguous:
                    confidence = AMBIGUOUS_CONFIDENCE if is_ambiguous else DIALECT_CONFIDENCE
                    places.setdefault(kind, []).append(_Spoken(start, end, word, confidence))
        return [variant for kind, replacements in places.items() for variant in _spoken(spelling, kind, replacements)]

    def _options(self, text: str, kinds: frozenset[str], least: float) -> tuple[list[Place], list[Option]]:
        """Return what is spelt out in the place of each character, and of words, from a weight on."""
        known = self._places.setdefault((kinds, least), {})
        places = [known.get(one) or known.setdefault(one, place_of(self.forms_of(one, kinds), least)) for one in text]
        words = [
            Option(start, end, form, kind, weight)
            for start, end in _ranges(text, self._words, self._word_lengths)
            for form, kind, weight in self._words[text[start:end]]
            if kind in kinds and weight >= least
        ]
        for start in {option.start for option in words}:
            beside = [option for option in words if option.start == start]
            places[start] = places[start]._replace(paired=paired_of(places[start].options, beside))
        return places, words

    def forms_of(self, character: str, kinds: frozenset[str]) -> list[Form]:
        """Return what is spelt out for a character, in whatever spelling: forms, kinds and weights."""
        known = self._spelt_out.get((character, kinds))
        if known is None:
            longer = (one for one in self._multiple.get(character, ()) if one[1] in kinds)
            code = self._classes.get(character, character)
            single = (
                one
                for one in self._readings.forms_of(character, kinds)
                if not self._classes or self._classes.get(one[0], one[0]) != code
            )
            known = self._spelt_out[character, kinds] = [*longer, *single]
        return known

    def _whole(self, spelling: str, kinds: Collection[str]) -> Iterator[Variant]:
        """Yield the spelling backwards and in pinyin."""
        if "reversed" in kinds and len(spelling) >= SHORTEST_REVERSED and _HAN.fullmatch(spelling):
            yield Variant(spelling[::-1], Reading(("reversed",), REVERSED_CONFIDENCE))
        if "pinyin" in kinds and len(spelling) <= MOST_SYLLABLES and all(one in self._pinyin for one in spelling):
            spelt = "".join(map(self._pinyin.__getitem__, spelling))
            if len(spelt) >= SHORTEST_PINYIN:
                yield Variant(spelt, Reading(("pinyin",), PINYIN_CONFIDENCE))


def least_confidence(length: int) -> float:
    """Return the confidence below which variants of a spelling of so many characters are neither made nor read."""
    return LEAST_CONFIDENCE.get(length, 0.3)


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of the words that begin with a character, in order."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {character: tuple(sorted(lengths)) for character, lengths in found.items()}


def _ranges(text: str, words: Collection[str], lengths: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text."""
    for start, character in enumerate(text):
        for length in lengths.get(character, ()):
            if text[start : start + length] in words and start + length <= len(text):
                yield start, start + length


def _offer(found: Found, variant: Variant, least: float) -> None:
    """Put a variant among those found unless it is known as surely, or not sure enough."""
    text, (kinds, confidence) = variant
    known = found.get(text)
    if confidence >= least and (known is None or known[0] > -confidence):
        found[text] = -confidence, len(kinds), text, kinds, False


def _spoken(spelling: str, kind: str, replacements: Sequence[_Spoken]) -> list[Variant]:
    """Return the surest spellings with one or two words of a dialect."""
    found: dict[str, Reading] = {}
    for one in replacements:
        found.setdefault(one.put_into(spelling), Reading((kind,), one.confidence))
    for first, second in combinations(replacements, 2):
        if first.end <= second.start:
            text = first.put_into(second.put_into(spelling))
            found.setdefault(text, Reading((kind,), min(first.confidence, second.confidence)))
    variants = [Variant(text, reading) for text, reading in found.items() if len(text) > 1]
    return sorted(variants, key=lambda variant: -variant.reading.confidence)[:MOST_IN_DIALECT]
