"""The variant compiler: other spellings of a listed word, each with the kinds that lead to it and a confidence.

Spellings are made when the automaton is built. Those that differ by single characters of one class of the alphabet
are not spelt out: the automaton reads them as they are (`Readings`), whatever their number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Protocol

from moderation.match.dialect import Dialect
from moderation.match.readings import PLAIN, FormTables, Reading, Readings
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

BEST_FORMS = {"split": 2}
"""Forms of a character that are always spelt out, where that is not the best one: a radical is written in two ways."""

PAIRED_FORMS = 2
"""Forms of a character that are tried together with those of another one, besides the best one of each kind."""

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


GUESSED = frozenset(("homophone", "letter", "look-alike"))
"""Kinds that put a Han character for another one or for a letter: what is written may be another word as it stands."""


class Dictionary(Protocol):
    """What tells ordinary words."""

    def is_word(self, text: str, start: int, end: int) -> bool:
        """Return whether a range of a text begins and ends at word edges."""

    def is_known(self, word: str) -> bool:
        """Return whether a word is in the dictionary."""


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
        self._digits = forms.characters.get("digit", {}).keys()
        self._spelt_out: dict[tuple[str, frozenset[str]], list[tuple[str, str, float]]] = {}
        self._multiple: dict[str, list[tuple[str, str, float]]] = {}
        self._pinyin = {character: forms_[0][0] for character, forms_ in forms.characters.get("pinyin", {}).items()}
        for kind, of_kind in forms.characters.items():
            for character, weighted in of_kind.items():
                longer = ((form, kind, weight) for form, weight in weighted if len(form) > 1)
                self._multiple.setdefault(character, []).extend(longer)
        self._words: dict[str, list[tuple[str, str, float]]] = {}
        for kind, of_kind in forms.words.items():
            for word, weighted in of_kind.items():
                self._words.setdefault(word, []).extend((form, kind, weight) for form, weight in weighted)
        self._standards: dict[str, list[tuple[str, str, bool]]] = {}
        for dialect in dialects:
            for equivalent in dialect.equivalents:
                if equivalent.standard:
                    known = self._standards.setdefault(equivalent.standard, [])
                    known.append((equivalent.word, f"dialect:{dialect.id}", equivalent.is_ambiguous))
        self._longest_standard = max(map(len, self._standards), default=0)
        self._longest_word = max(map(len, self._words), default=0)

    def variants(self, spelling: str, kinds: Collection[str], most: int = MOST_VARIANTS) -> list[Variant]:
        """Return the variants of a folded spelling by these kinds, the surest first; none is the spelling itself."""
        if all(character in self._digits for character in spelling):
            kinds = frozenset(kinds) - {"digit"}
        least = least_confidence(len(spelling))
        found: dict[str, Reading] = {}
        spoken = self._in_dialect(spelling) if "dialect" in kinds else []
        options = list(self._options(spelling, frozenset(kinds), max(least, LEAST_WEIGHT)))
        for variant in (
            Variant(spelling, PLAIN),
            *spoken,
            *_substituted(spelling, options, least),
            *self._whole(spelling, kinds),
        ):
            known = found.get(variant.text)
            if known is None or known.confidence < variant.reading.confidence:
                found[variant.text] = variant.reading
        found.pop(spelling, None)
        chosen = sorted(
            (
                Variant(text, reading)
                for text, reading in found.items()
                if reading.confidence >= least and len(text) > 1
            ),
            key=lambda variant: (-variant.reading.confidence, len(variant.reading.kinds), variant.text),
        )
        allowed = [one for one in chosen if GUESSED.isdisjoint(one.reading.kinds) or not self._is_known(one.text)]
        best = {option.replaced(spelling) for option in _best(options)}
        kept = best.union(variant.text for variant in spoken)
        others = [one.text for one in allowed if one.text not in kept]
        kept.update(others[: max(most - len(best), 0)])
        return [one for one in allowed if one.text in kept]

    def _in_dialect(self, spelling: str) -> list[Variant]:
        """Return the spelling with standard words replaced by those of one dialect, one or two of them."""
        places: dict[str, list[_Spoken]] = {}
        for start, end in _ranges(spelling, self._standards, self._longest_standard):
            if (start, end) != (0, len(spelling)) and not self._dictionary.is_word(spelling, start, end):
                continue
            is_settled = len(spelling) >= SHORTEST_AMBIGUOUS and len(spelling) - (end - start) >= BESIDE_AMBIGUOUS
            for word, kind, is_ambiguous in self._standards[spelling[start:end]]:
                if is_settled or not is_ambiguous:
                    confidence = AMBIGUOUS_CONFIDENCE if is_ambiguous else DIALECT_CONFIDENCE
                    places.setdefault(kind, []).append(_Spoken(start, end, word, confidence))
        return [variant for kind, replacements in places.items() for variant in _spoken(spelling, kind, replacements)]

    def _options(self, text: str, kinds: frozenset[str], least: float) -> Iterator[Option]:
        """Yield what is spelt out in the place of each character or word, from a weight on."""
        for index, character in enumerate(text):
            for form, kind, weight in self._forms_of(character, kinds):
                if weight >= least:
                    yield Option(index, index + 1, form, kind, weight)
        for start, end in _ranges(text, self._words, self._longest_word):
            for form, kind, weight in self._words[text[start:end]]:
                if kind in kinds and weight >= least:
                    yield Option(start, end, form, kind, weight)

    def _forms_of(self, character: str, kinds: frozenset[str]) -> list[tuple[str, str, float]]:
        """Return what is spelt out for a character: forms, kinds and weights."""
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

    def _is_known(self, word: str) -> bool:
        return self._dictionary.is_known(word)


def least_confidence(length: int) -> float:
    """Return the confidence below which variants of a spelling of so many characters are neither made nor read."""
    return LEAST_CONFIDENCE.get(length, 0.3)


def _ranges(text: str, words: Collection[str], longest: int) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text."""
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            if text[start:end] in words:
                yield start, end


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


def _substituted(spelling: str, options: Sequence[Option], least: float) -> Iterator[Variant]:
    """Yield the spelling with one or two of its characters or words written otherwise."""
    for option in options:
        yield Variant(option.replaced(spelling), Reading((option.kind,), option.weight))
    ranks: Counter[tuple[int, str]] = Counter()
    paired: list[Option] = []
    for option in sorted(options, key=lambda option: -option.weight):
        if option.kind != "pinyin":
            any_kind = "digit" if option.kind == "digit" else ""
            if ranks[option.start, any_kind] < PAIRED_FORMS or not ranks[option.start, option.kind]:
                paired.append(option)
            ranks[option.start, any_kind] += 1
            ranks[option.start, option.kind] += option.kind != any_kind
    paired.sort(key=lambda option: option.start)
    for first, second in combinations(paired, 2):
        if first.end <= second.start and first.weight * second.weight >= least:
            yield _replaced(spelling, first, second)


def _best(options: Iterable[Option]) -> list[Option]:
    """Return the surest options of each kind in each place, and all that are known of whole words."""
    best: list[Option] = []
    ranks: Counter[tuple[int, str]] = Counter()
    for option in sorted(options, key=lambda option: -option.weight):
        place = option.start, option.kind
        is_word = option.end - option.start > 1
        if is_word or ranks[place] < BEST_FORMS.get(option.kind, 1):
            best.append(option)
        ranks[place] += not is_word
    return best


def _replaced(spelling: str, first: Option, second: Option) -> Variant:
    """Return a spelling with two ranges, which are in order and apart, written otherwise."""
    kinds = (first.kind,) if first.kind == second.kind else (first.kind, second.kind)
    return Variant(first.replaced(second.replaced(spelling)), Reading(kinds, first.weight * second.weight))
