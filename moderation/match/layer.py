"""Strings to look for in a trie over the codes of an alphabet, and the spellings that each may be read as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from moderation.match.alphabet import Alphabet
from moderation.match.lines import Lines
from moderation.match.ragged import Numbers
from moderation.match.readings import PLAIN, Reading, Readings
from moderation.match.section import Spelling
from moderation.match.variants import least_confidence

CODES = 0x110000
"""Code points that there may be."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """Spellings by number: `texts[n]`, in the kinds of variant that number `kinds_of[n]` of `kinds` tells."""

    texts: Lines
    kinds: Sequence[frozenset[str]]
    kinds_of: memoryview

    @classmethod
    def of(cls, spellings: Sequence[Spelling]) -> Spelled:
        """Return spellings in columns."""
        kinds: dict[frozenset[str], int] = {}
        numbers = [kinds.setdefault(one, len(kinds)) for _, one in spellings]
        return cls(Lines.of([text for text, _ in spellings]), list(kinds), column(numbers))

    def __len__(self) -> int:
        return len(self.kinds_of)

    def __getitem__(self, number: int) -> Spelling:
        return self.texts[number], self.kinds[self.kinds_of[number]]

    def __iter__(self) -> Iterator[Spelling]:
        return zip(self.texts.all(), map(self.kinds.__getitem__, self.kinds_of), strict=True)


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


class Way(NamedTuple):
    """One way to read a stretch of text: as a spelling, by its number, by way of a string."""

    spelling: int
    string: str
    is_variant: bool
    reading: Reading


class Layer:
    """Some spellings and their variants; immutable, safe to share between threads.

    One that is put `upon` another one looks for what that has not. `overruled` are numbers of those spellings of the
    other one that this one looks for in its own way. `name` is that of its file, where it has one.
    """

    def __init__(
        self,
        spelled: Spelled,
        alphabet: Alphabet,
        strings: Strings,
        trie: ahocorasick.Automaton,
        name: str = "",
        upon: Layer | None = None,
        overruled: Iterable[int] = (),
    ) -> None:
        self.spelled = spelled
        self.alphabet = alphabet
        self.strings = strings
        self.trie = trie
        self.name = name
        self.upon = upon
        self.overruled = frozenset(overruled)
        self._shift = alphabet.width.bit_length() - 1
        self._lengths = np.array(strings.lengths, dtype=np.int64)

    @property
    def groups(self) -> int:
        """How many groups of strings there are."""
        return len(self._lengths)

    def found(self, codes: str) -> tuple[Numbers, Numbers, Numbers]:
        """Return where groups stand in codes, by half-open ranges of characters and in order of their ends."""
        if not self.groups:
            none = np.zeros(0, dtype=np.int64)
            return none, none, none
        found = np.fromiter(chain.from_iterable(self.trie.iter(codes)), dtype=np.int64).reshape(-1, 2)
        ends, groups = (found[:, 0] >> self._shift) + 1, found[:, 1]
        return ends - self._lengths[groups], ends, groups

    def plain(self, group: int) -> str:
        """Return how what has the codes of a group is written without forms of other characters."""
        return self.alphabet.plain(self.strings.written[self.strings.first[group]])

    def ways(self, group: int, written: str, readings: Readings) -> Iterator[Way]:
        """Yield in which ways a stretch of text that has the codes of a group may be read."""
        strings, first = self.strings, self.strings.first
        for index in range(first[group], first[group + 1]):
            number, string = strings.spelling[index], strings.written[index]
            kinds = strings.kinds[strings.kinds_of[index]]
            reading = Reading(kinds, strings.confidence[index] / 1000) if kinds else PLAIN
            read = _further(self.spelled[number], string, reading, written, readings)
            if read is not None:
                yield Way(number, string, bool(kinds), read)

    def holding(self, characters: Iterable[str]) -> NDArray[np.bool_]:
        """Return which spellings are looked for by a string that holds one of some characters."""
        is_held = np.zeros(CODES, dtype=np.bool_)
        is_held[[ord(one) for one in characters]] = True
        strings = self.strings
        lengths = np.repeat(np.asarray(strings.lengths), np.diff(np.asarray(strings.first)))
        rows = np.repeat(np.arange(len(lengths)), lengths)
        touched = rows[is_held[np.frombuffer(strings.written.block, dtype=np.uint32)]]
        held = np.zeros(len(self.spelled), dtype=np.bool_)
        held[np.asarray(strings.spelling)[touched]] = True
        return held


def _further(spelling: Spelling, string: str, reading: Reading, written: str, readings: Readings) -> Reading | None:
    """Return how what is written may be read as a spelling by way of a string; None where it may not."""
    meant, allowed = spelling
    if written == string:
        return reading
    further = readings.read(string, written, allowed) if written != meant else None
    if further is None:
        return None
    confidence = reading.confidence * further.confidence
    if confidence < least_confidence(len(meant)):
        return None
    return Reading(tuple(dict.fromkeys((*reading.kinds, *further.kinds))), confidence)


def column(numbers: Numbers | Sequence[int]) -> memoryview:
    """Return whole numbers as they are kept."""
    return np.asarray(numbers, dtype=np.int32).data
