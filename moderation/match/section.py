"""The spellings of one wordlist, by numbers of its own: made once, and shared by all that look for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from moderation.match.combinations import SHORTEST_MARK, Combination, Part, combination_of
from moderation.match.ragged import Numbers
from moderation.match.wordlist import Entry, Wordlist

_NONE: list[int] = []
"""Stands for every list that is empty; nothing is added to it."""

Spelling = tuple[str, frozenset[str]]
"""A spelling of an entry, and the kinds of variant that its wordlist asks for."""

NO_PART = -1

EXCEPTION_KINDS = frozenset(("traditional",))
"""Kinds that exceptions are read in; a disguise excuses nothing."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, the id of its wordlist, the signal that it gives, and the kinds of variant that it is read in."""

    wordlist: str
    entry: Entry
    signal: str
    kinds: frozenset[str] = frozenset()


class Uses:
    """What a spelling is used for; most are used once, so that lists are made when they are needed."""

    __slots__ = ("exceptions", "parts", "terms", "triggers")

    def __init__(self) -> None:
        self.terms = self.triggers = self.exceptions = self.parts = _NONE

    def add(self, use: str, number: int) -> None:
        """Note the number of an entry or a part."""
        known: list[int] = getattr(self, use)
        if known:
            known.append(number)
        else:
            setattr(self, use, [number])


class Combined(NamedTuple):
    """Combinations as columns: their entries and windows, and rows of their parts, with NO_PART behind the last."""

    entries: Numbers
    windows: Numbers
    parts: Numbers

    @classmethod
    def of(cls, combinations: Mapping[int, Combination]) -> Combined:
        """Return combinations by their entries as columns."""
        width = max((len(one.parts) for one in combinations.values()), default=1)
        rows = [one.parts + (NO_PART,) * (width - len(one.parts)) for one in combinations.values()]
        return cls(
            np.array(list(combinations), dtype=np.int64),
            np.array([one.window for one in combinations.values()], dtype=np.int64),
            np.array(rows, dtype=np.int64).reshape(-1, width),
        )


class Section:
    """The entries of some wordlists and what their spellings are used for; entries and parts are numbered from 0.

    `parts` counts the parts of combinations; `short` are spellings of parts, by their numbers, that are too short to be
    looked for; `whole` has by wordlist what is an entry by itself. The columns tell of each entry the number of its
    wordlist, its line, and whether it keeps to word edges, has exceptions, and asks for near words.
    """

    def __init__(self, wordlists: Sequence[Wordlist]) -> None:
        self.wordlists = tuple(wordlists)
        self.entries = tuple(_listed(wordlists))
        self.uses: dict[Spelling, Uses] = {}
        self.whole: dict[str, set[str]] = {}
        combinations = self._number_spellings()
        self.combined = Combined.of(combinations)
        own = [entry for wordlist in wordlists for entry in wordlist.entries]
        self.lists = np.repeat(np.arange(len(self.wordlists)), [len(one.entries) for one in wordlists])
        self.lines = [entry.line for entry in own]
        self.word_edges = [entry.word_edges for entry in own]
        self.has_exceptions = [bool(entry.exceptions) for entry in own]
        self.has_near = [bool(entry.near) for entry in own]
        self.signals = [listed.signal for listed in self.entries]
        self.terms = [entry.text for entry in own]
        self.weights = [entry.weight for entry in own]

    def _number_spellings(self) -> Mapping[int, Combination]:
        """Note what spellings are used for; return the combinations by their entries."""
        numbers: dict[Part, int] = {}
        combinations: dict[int, Combination] = {}
        for index, listed in enumerate(self.entries):
            self._add(index, listed, numbers, combinations)
        self.parts = len(numbers)
        self.short: list[tuple[int, Spelling]] = []
        for (part, kinds), number in numbers.items():
            for spelling in part:
                if len(spelling) >= SHORTEST_MARK:
                    self._used((spelling, kinds)).add("parts", number)
                else:
                    self.short.append((number, (spelling, kinds)))
        return combinations

    def _add(
        self, index: int, listed: ListedEntry, numbers: dict[Part, int], combinations: dict[int, Combination]
    ) -> None:
        entry, kinds = listed.entry, listed.kinds
        if len(entry.parts) == 1:
            self.whole.setdefault(listed.wordlist, set()).update(entry.parts[0])
            for spelling in entry.parts[0]:
                self._used((spelling, kinds)).add("terms", index)
        else:
            combination = combinations[index] = combination_of(entry, kinds, numbers)
            for spelling in entry.parts[combination.trigger]:
                uses = self._used((spelling, kinds))
                uses.add("triggers", index)
                uses.add("parts", combination.parts[combination.trigger])
        for spelling in entry.exceptions:
            self._used((spelling, kinds & EXCEPTION_KINDS)).add("exceptions", index)

    def _used(self, spelling: Spelling) -> Uses:
        known = self.uses.get(spelling)
        if known is None:
            known = self.uses[spelling] = Uses()
        return known


def _listed(wordlists: Sequence[Wordlist]) -> Iterator[ListedEntry]:
    for wordlist in wordlists:
        signal, usual = f"words:{wordlist.id}", frozenset(wordlist.variants)
        for entry in wordlist.entries:
            is_usual = entry.variants is None and not entry.not_variants
            yield ListedEntry(wordlist.id, entry, signal, usual if is_usual else kinds_of(wordlist, entry))


def kinds_of(wordlist: Wordlist, entry: Entry) -> frozenset[str]:
    """Return the kinds of variant that an entry of a wordlist is read in."""
    return frozenset(wordlist.variants if entry.variants is None else entry.variants) - entry.not_variants
