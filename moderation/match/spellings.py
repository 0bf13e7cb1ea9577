"""What the automaton looks for: every spelling of every entry, and what a text that holds it may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from moderation.match.combinations import SHORTEST_MARK, Combination, Part, combination_of
from moderation.match.readings import Reading
from moderation.match.wordlist import Entry, Wordlist


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, the id of its wordlist, the signal that it gives, and the kinds of variant that it is read in."""

    wordlist: str
    entry: Entry
    signal: str
    kinds: frozenset[str] = frozenset()


class Role(NamedTuple):
    """What a string stands for, read in one way.

    `meant` is the spelling that it is, or that it is a variant of; `parts` are the numbers of parts that it is a
    spelling of. Then entry indices: of whole entries, of combinations whose rarest part it is, of entries that it is
    an exception to.
    """

    reading: Reading
    meant: str
    parts: Sequence[int]
    terms: Sequence[int]
    triggers: Sequence[int]
    exceptions: frozenset[int]


@dataclass(slots=True)
class _Uses:
    terms: list[int] = field(default_factory=list)
    triggers: list[int] = field(default_factory=list)
    exceptions: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


Spelling = tuple[str, frozenset[str]]
"""A spelling of an entry, and the kinds of variant that its wordlist asks for."""

EXCEPTION_KINDS = frozenset(("traditional",))
"""Kinds that exceptions are read in; a disguise excuses nothing."""


class Spellings:
    """The spellings of the entries of some wordlists, and what each stands for.

    `parts` counts the parts of combinations; `short` are spellings of parts, by their numbers, that are too short to be
    looked for.
    """

    def __init__(self, wordlists: Iterable[Wordlist]) -> None:
        self.entries = tuple(_listed(wordlists))
        self.combinations: dict[int, Combination] = {}
        self._uses: dict[Spelling, _Uses] = {}
        self._whole: dict[str, set[str]] = {}
        numbers: dict[Part, int] = {}
        for index, listed in enumerate(self.entries):
            self._add(index, listed, numbers)
        self.parts = len(numbers)
        self.short: list[tuple[int, Spelling]] = []
        for (part, kinds), number in numbers.items():
            for spelling in part:
                if len(spelling) >= SHORTEST_MARK:
                    self._used((spelling, kinds)).parts.append(number)
                else:
                    self.short.append((number, (spelling, kinds)))

    def __iter__(self) -> Iterator[Spelling]:
        return iter(self._uses)

    def __len__(self) -> int:
        return len(self._uses)

    def listed_beside(self, spelling: Spelling) -> frozenset[str]:
        """Return the whole entries of the wordlists that a spelling is an entry of: no variant of it, but words."""
        wordlists = {self.entries[index].wordlist for index in self._uses[spelling].terms}
        return frozenset().union(*(self._whole[wordlist] for wordlist in wordlists))

    def role(self, spellings: Iterable[Spelling], reading: Reading) -> Role:
        """Return what a string stands for that may be read as some spellings, which differ in their kinds alone."""
        meant = tuple(spellings)
        uses = [self._uses[spelling] for spelling in meant]
        is_excused = EXCEPTION_KINDS.issuperset(reading.kinds)
        return Role(
            reading=reading,
            meant=meant[0][0],
            parts=tuple(dict.fromkeys(part for one in uses for part in one.parts)),
            terms=tuple(term for one in uses for term in one.terms),
            triggers=tuple(trigger for one in uses for trigger in one.triggers),
            exceptions=frozenset(entry for one in uses for entry in one.exceptions) if is_excused else frozenset(),
        )

    def _add(self, index: int, listed: ListedEntry, numbers: dict[Part, int]) -> None:
        entry, kinds = listed.entry, listed.kinds
        if len(entry.parts) == 1:
            self._whole.setdefault(listed.wordlist, set()).update(entry.parts[0])
            for spelling in entry.parts[0]:
                self._used((spelling, kinds)).terms.append(index)
        else:
            combination = self.combinations[index] = combination_of(entry, kinds, numbers)
            for spelling in entry.parts[combination.trigger]:
                uses = self._used((spelling, kinds))
                uses.triggers.append(index)
                uses.parts.append(combination.parts[combination.trigger])
        for spelling in entry.exceptions:
            self._used((spelling, kinds & EXCEPTION_KINDS)).exceptions.append(index)

    def _used(self, spelling: Spelling) -> _Uses:
        return self._uses.setdefault(spelling, _Uses())


def _listed(wordlists: Iterable[Wordlist]) -> Iterator[ListedEntry]:
    for wordlist in wordlists:
        for entry in wordlist.entries:
            yield ListedEntry(wordlist.id, entry, f"words:{wordlist.id}", kinds_of(wordlist, entry))


def kinds_of(wordlist: Wordlist, entry: Entry) -> frozenset[str]:
    """Return the kinds of variant that an entry of a wordlist is read in."""
    return frozenset(wordlist.variants if entry.variants is None else entry.variants) - entry.not_variants
