"""Wordlists compiled for scanning: every string to look for, and what it stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import ahocorasick
import numpy as np

from moderation.match.alphabet import Alphabet, Encoded
from moderation.match.dialect import Dialect
from moderation.match.forms import Forms
from moderation.match.lines import Lines, encoded
from moderation.match.ragged import Numbers
from moderation.match.readings import PLAIN, FormTables, Reading, Readings, is_simplified
from moderation.match.spellings import Role, Spelling, Spellings
from moderation.match.spelt import NO_VARIANTS, Expansions, expanded
from moderation.match.uncollected import uncollected
from moderation.match.variants import Dictionary, VariantCompiler, least_confidence
from moderation.match.wordlist import Wordlist

NO_FORMS = Forms({}, {})

BLOCK = 100_000
"""Strings whose codes are held at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """What variants are made from: forms of characters and words, dialects, and a dictionary.

    `readings` are those of the forms, where they are at hand.
    """

    forms: FormTables
    dialects: tuple[Dialect, ...]
    dictionary: Dictionary
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings to look for, grouped by their codes.

    Group n has those from `first[n]` to `first[n + 1]`, `lengths[n]` characters long. String i is `written[i]`, a way
    to write the spelling numbered `spelling[i]`; `kinds_of[i]` says which of `kinds` led to it, `confidence[i]` how
    surely, in thousandths.
    """

    written: Lines
    lengths: memoryview
    first: memoryview
    spelling: memoryview
    kinds: list[tuple[str, ...]]
    kinds_of: memoryview
    confidence: memoryview


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
        if not len(self.strings.written):
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
def compile_wordlists(wordlists: Iterable[Wordlist], source: Source | None, kept: Expansions | None = None) -> Compiled:
    """Return the strings of some wordlists, with the variants that they ask for where there is a source of them.

    What spellings expand to is taken from what is kept, and kept there.
    """
    spellings, readings = Spellings(wordlists), readings_of(source)
    classes = classes_of(spellings, readings)
    numbers: list[int] = []
    spelt = NO_VARIANTS
    if source is not None:
        compiler = VariantCompiler(source.forms, source.dialects, readings, classes, source.dictionary)
        numbers, spelt = expanded(spellings, compiler, kept)
    texts = [spelling for spelling, _ in spellings]
    count = len(texts)
    texts += spelt.texts
    alphabet = Alphabet(_characters(texts), classes)
    trie, groups = _trie(alphabet, texts)
    columns = (
        np.concatenate((np.arange(count), np.repeat(np.array(numbers, dtype=np.int64), spelt.counts))),
        np.concatenate((np.zeros(count, dtype=np.int64), spelt.kinds_of + 1)),
        np.concatenate((np.full(count, 1000, dtype=np.int64), spelt.confidence)),
    )
    return Compiled(spellings, readings, alphabet, _grouped(texts, groups, [(), *spelt.kinds], columns), trie)


def readings_of(source: Source | None) -> Readings:
    """Return how characters may be read by the forms of a source."""
    return (source.readings if source else None) or Readings(source.forms if source else NO_FORMS)


def classes_of(spellings: Spellings, readings: Readings) -> Mapping[str, str]:
    """Return which rare characters share the codes of those that these spellings are made of."""
    return readings.classes({one for spelling, _ in spellings for one in spelling if is_simplified(one)})


def _characters(texts: Sequence[str]) -> str:
    """Return the different characters of texts."""
    is_used = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    for start in range(0, len(texts), BLOCK):
        is_used[np.frombuffer(encoded(texts[start : start + BLOCK]), dtype=np.uint32)] = True
    return "".join(map(chr, np.flatnonzero(is_used).tolist()))


def _trie(alphabet: Alphabet, texts: Sequence[str]) -> tuple[ahocorasick.Automaton, Numbers]:
    """Return a trie over the codes of texts, and the number of the code of each text: they come as they are met."""
    trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    numbers: dict[str, int] = {}
    numbered, add_word = numbers.setdefault, trie.add_word
    groups = np.zeros(len(texts), dtype=np.int64)
    for start in range(0, len(texts), BLOCK):
        found = []
        count = len(numbers)
        for code in alphabet.encode_each(texts[start : start + BLOCK]):
            group = numbered(code, count)
            if group == count:
                add_word(code, group)
                count += 1
            found.append(group)
        groups[start : start + BLOCK] = found
    if numbers:
        trie.make_automaton()
    return trie, groups


def _grouped(
    texts: Sequence[str], groups: Numbers, kinds: Sequence[tuple[str, ...]], columns: Iterable[Numbers]
) -> Strings:
    """Return the strings in order of their groups, which are numbered without gaps, with kinds as they come first."""
    order = np.argsort(groups, kind="stable")
    first = np.searchsorted(groups[order], np.arange(groups.max(initial=-1) + 2))
    spelling, kinds_of, confidence = columns
    places = np.full(len(kinds), len(kinds_of), dtype=np.int64)
    places[kinds_of[::-1]] = np.arange(len(kinds_of))[::-1]
    used = np.argsort(places, kind="stable")[: int((places < len(kinds_of)).sum())]
    ranks = np.zeros(len(kinds), dtype=np.int64)
    ranks[used] = np.arange(len(used))
    written = list(map(texts.__getitem__, order.tolist()))
    return Strings(
        Lines.of(written),
        _array([len(written[index]) for index in first[:-1].tolist()]),
        _array(first),
        _array(spelling[order]),
        [kinds[number] for number in used.tolist()],
        _array(ranks[kinds_of][order]),
        _array(confidence[order]),
    )


def _array(numbers: Numbers | Sequence[int]) -> memoryview:
    return np.asarray(numbers, dtype=np.int32).data
