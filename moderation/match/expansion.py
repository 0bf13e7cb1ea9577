"""The spellings in which a word is found, one by one: those that are spelt out and those that the alphabet covers."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from moderation.match.combinations import SHORTEST_MARK
from moderation.match.compiled import Source
from moderation.match.readings import PLAIN, Reading, Readings, is_simplified
from moderation.match.section import ListedEntry
from moderation.match.spellings import Spellings
from moderation.match.variants import Variant, VariantCompiler, least_confidence
from moderation.match.wordlist import Wordlist


class Expanded(NamedTuple):
    """A spelling of a word, how it may be read as the word, and the wordlists that look for it."""

    spelling: str
    reading: Reading
    wordlists: tuple[str, ...]


class Expander:
    """Tells the spellings of words as some wordlists look for them; the source is what their variants are made from."""

    def __init__(self, wordlists: Iterable[Wordlist], source: Source) -> None:
        spellings = Spellings(wordlists)
        self._listed: dict[str, list[ListedEntry]] = {}
        for listed in spellings.entries:
            for spelling in {spelling for part in listed.entry.parts for spelling in part}:
                self._listed.setdefault(spelling, []).append(listed)
        self._characters = {
            character for spelling, _ in spellings for character in spelling if is_simplified(character)
        }
        self._readings = Readings(source.forms)
        self._source = source

    def holders(self, word: str) -> Sequence[ListedEntry]:
        """Return the entries that a folded word is a spelling of, or a part's spelling."""
        return self._listed.get(word, ())

    def expand(self, word: str, kinds: Mapping[str, Collection[str]]) -> list[Expanded]:
        """Return the spellings of a folded word, the surest first, by wordlist ids and the kinds that each asks for.

        A word that is too short to vary has none. Those with more than two characters changed by the alphabet are
        found as well, but not told.
        """
        if len(word) < SHORTEST_MARK:
            return []
        classes = self._readings.classes({*self._characters, *filter(is_simplified, word)})
        spelt_out, all_spelt = (
            VariantCompiler(self._source.forms, self._source.dialects, self._readings, some, self._source.dictionary)
            for some in (classes, {})
        )
        found: dict[str, Reading] = {}
        holders: dict[str, list[str]] = {}
        for asked in dict.fromkeys(map(frozenset, kinds.values())):
            looked_for = _LookedFor(word, spelt_out.variants(word, asked), self._readings, asked, classes)
            asking = [wordlist for wordlist, of_wordlist in kinds.items() if frozenset(of_wordlist) == asked]
            for variant in (*spelt_out.variants(word, asked), *all_spelt.variants(word, asked, sys.maxsize)):
                reading = looked_for.read(variant.text)
                if reading is None:
                    continue
                if variant.text not in found or found[variant.text].confidence < reading.confidence:
                    found[variant.text] = reading
                known = holders.setdefault(variant.text, [])
                known.extend(one for one in asking if one not in known)
        expanded = [Expanded(text, reading, tuple(sorted(holders[text]))) for text, reading in found.items()]
        return sorted(expanded, key=lambda one: (-one.reading.confidence, len(one.reading.kinds), one.spelling))


class _LookedFor:
    """The strings by which a word is found, under their codes."""

    def __init__(
        self,
        word: str,
        variants: Iterable[Variant],
        readings: Readings,
        kinds: Collection[str],
        classes: Mapping[str, str],
    ) -> None:
        self._word = word
        self._readings = readings
        self._kinds = kinds
        self._plain = {ord(form): character for form, character in classes.items()}
        self._by_code: dict[str, list[Variant]] = {}
        for variant in (Variant(word, PLAIN), *variants):
            self._by_code.setdefault(variant.text.translate(self._plain), []).append(variant)

    def read(self, written: str) -> Reading | None:
        """Return the surest way in which what is written is found as the word; None where it is not."""
        ways: list[Reading] = []
        for text, (kinds, confidence) in self._by_code.get(written.translate(self._plain), ()):
            if written == text:
                ways.append(Reading(kinds, confidence))
            elif (further := self._readings.read(text, written, self._kinds)) is not None:
                both = tuple(dict.fromkeys((*kinds, *further.kinds)))
                ways.append(Reading(both, confidence * further.confidence))
        surest = max(ways, key=lambda way: way.confidence, default=None)
        return surest if surest and surest.confidence >= least_confidence(len(self._word)) else None
