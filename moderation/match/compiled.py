"""Wordlists compiled for scanning: every string to look for, and what it stands for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import ahocorasick
import numpy as np

from moderation.match.alphabet import Alphabet, Encoded
from moderation.match.combinations import SHORTEST_MARK
from moderation.match.dialect import Dialect
from moderation.match.forms import Forms
from moderation.match.ragged import Numbers
from moderation.match.readings import PLAIN, FormTables, Reading, Readings, is_simplified
from moderation.match.spellings import Role, Spelling, Spellings
from moderation.match.uncollected import uncollected
from moderation.match.variants import Dictionary, VariantCompiler, least_confidence
from moderation.match.wordlist import Wordlist

NO_FORMS = Forms({}, {})


@dataclass(frozen=True, slots=True)
class Source:
    """What variants are made from: forms of characters and words, dialects, and a dictionary."""

    forms: FormTables
    dialects: tuple[Dialect, ...]
    dictionary: Dictionary


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings to look for, grouped by their codes.

    Group n has those from `first[n]` to `first[n + 1]`, `lengths[n]` characters long. String i is `written[i]`, a way
    to write the spelling numbered `spelling[i]`; `kinds_of[i]` says which of `kinds` led to it, `confidence[i]` how
    surely, in thousandths.
    """

    written: list[str]
    lengths: array[int]
    first: array[int]
    spelling: array[int]
    kinds: list[tuple[str, ...]]
    kinds_of: array[int]
    confidence: array[int]


class Hits(NamedTuple):
    """Where groups stand in joined texts: columns with the text, the half-open range in the joined ones, the group."""

    texts: Numbers
    starts: Numbers
    ends: Numbers
    groups: Numbers

    @classmethod
    def none(cls) -> Hits:
        """Return no hits."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(4)))


class Compiled:
    """Strings in a trie over the codes of an alphabet; immutable, safe to share between threads."""

    def __init__(
        self,
        spellings: Spellings,
        readings: Readings,
        alphabet: Alphabet,
        strings: Strings,
        trie: ahocorasick.Automaton,
    ) -> None:
        self.spellings = spellings
        self.readings = readings
        self.strings = strings
        self.alphabet = alphabet
        self.trie = trie
        self._numbered = tuple(spellings)
        self._shift = alphabet.width.bit_length() - 1
        self._lengths = np.array(strings.lengths, dtype=np.int64)

    def hits(self, encoded: Encoded) -> Hits:
        """Return where groups stand in joined texts, in order of ends."""
        if not self.strings.written:
            return Hits.none()
        found = np.fromiter(chain.from_iterable(self.trie.iter(encoded.codes)), dtype=np.int64).reshape(-1, 2)
        ends, groups = (found[:, 0] >> self._shift) + 1, found[:, 1]
        return Hits(encoded.texts_at(ends - 1), ends - self._lengths[groups], ends, groups)

    def plain(self, group: int) -> str:
        """Return how what has the codes of a group is written without forms of other characters."""
        return self.alphabet.plain(self.strings.written[self.strings.first[group]])

    def roles(self, group: int, written: str) -> tuple[Role, ...]:
        """Return what a stretch of text that has the codes of a group stands for, in each way to read it."""
        first = self.strings.first
        meant: dict[tuple[str, Reading], list[Spelling]] = {}
        for index in range(first[group], first[group + 1]):
            spelling = self._numbered[self.strings.spelling[index]]
            reading = self._read(index, spelling, written)
            if reading is not None:
                meant.setdefault((spelling[0], reading), []).append(spelling)
        return tuple(self.spellings.role(dict.fromkeys(one), reading) for (_, reading), one in meant.items())

    def _read(self, index: int, spelling: Spelling, written: str) -> Reading | None:
        """Return how what is written may be read as a spelling by way of a string; None where it may not."""
        meant, allowed = spelling
        strings = self.strings
        kinds, confidence = strings.kinds[strings.kinds_of[index]], strings.confidence[index] / 1000
        if written == strings.written[index]:
            return Reading(kinds, confidence) if kinds else PLAIN
        further = self.readings.read(strings.written[index], written, allowed) if written != meant else None
        if further is None:
            return None
        confidence *= further.confidence
        if confidence < least_confidence(len(meant)):
            return None
        return Reading(tuple(dict.fromkeys((*kinds, *further.kinds))), confidence)


@uncollected()
def compile_wordlists(wordlists: Iterable[Wordlist], source: Source | None) -> Compiled:
    """Return the strings of some wordlists, with the variants that they ask for where there is a source of them."""
    spellings, readings = Spellings(wordlists), readings_of(source)
    classes = classes_of(spellings, readings)
    spelt = _Spelt()
    for number, (spelling, _) in enumerate(spellings):
        spelt.add(number, spelling, PLAIN)
    if source is not None:
        compiler = VariantCompiler(source.forms, source.dialects, readings, classes, source.dictionary)
        for number, (spelling, kinds) in enumerate(spellings):
            if kinds and len(spelling) >= SHORTEST_MARK:
                listed = spellings.listed_beside((spelling, kinds))
                for text, reading in compiler.variants(spelling, kinds):
                    if text not in listed:
                        spelt.add(number, text, reading)
    alphabet = Alphabet({character for text in spelt.texts for character in text}, classes)
    trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    groups: dict[str, int] = {}
    group_of = array("i")
    for code in alphabet.encode_each(spelt.texts):
        group = groups.setdefault(code, len(groups))
        group_of.append(group)
        if group == len(groups) - 1:
            trie.add_word(code, group)
    del groups
    if group_of:
        trie.make_automaton()
    return Compiled(spellings, readings, alphabet, spelt.grouped(group_of), trie)


def readings_of(source: Source | None) -> Readings:
    """Return how characters may be read by the forms of a source."""
    return Readings(source.forms if source else NO_FORMS)


def classes_of(spellings: Spellings, readings: Readings) -> Mapping[str, str]:
    """Return which rare characters share the codes of those that these spellings are made of."""
    return readings.classes({one for spelling, _ in spellings for one in spelling if is_simplified(one)})


class _Spelt:
    """Strings as they come to be: column by column, for there are hundreds of thousands."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._spelling, self._kinds_of, self._confidence = array("i"), array("i"), array("i")
        self._kinds: dict[tuple[str, ...], int] = {}

    def add(self, number: int, text: str, reading: Reading) -> None:
        """Add a way to write the spelling of a number."""
        self.texts.append(text)
        self._spelling.append(number)
        self._kinds_of.append(self._kinds.setdefault(reading.kinds, len(self._kinds)))
        self._confidence.append(round(reading.confidence * 1000))

    def grouped(self, group_of: array[int]) -> Strings:
        """Return the strings in order of their groups, which are numbered without gaps."""
        groups = np.frombuffer(group_of, dtype=np.int32) if group_of else np.zeros(0, dtype=np.int32)
        order = np.argsort(groups, kind="stable")
        firsts = np.searchsorted(groups[order], np.arange(groups.max(initial=-1) + 2))
        places = order.tolist()
        written = [self.texts[place] for place in places]
        ordered = [
            array("i", np.frombuffer(column, dtype=np.int32)[order].tobytes()) if column else array("i")
            for column in (self._spelling, self._kinds_of, self._confidence)
        ]
        first = array("i", firsts.tolist())
        lengths = array("i", [len(written[index]) for index in first[:-1]])
        return Strings(written, lengths, first, ordered[0], list(self._kinds), ordered[1], ordered[2])
