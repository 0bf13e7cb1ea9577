"""What the automaton looks for: every spelling of every entry, and what a text that holds it may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from moderation.match.combinations import SHORTEST_MARK, Combination, Part, combination_of
from moderation.match.readings import Reading
from moderation.match.wordlist import Entry, Wordlist

_NONE: list[int] = []
"""Stands for every list that is empty; nothing is added to it."""


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


class _Uses:
    """What a spelling is used for; most are used once, so that lists are made when they are needed."""

    __slots__ = ("exceptions", "parts", "terms", "triggers")

    def __init__(self) -> None:
        self.terms = self.triggers = self.exceptions = self.parts = _NONE

    def add(self, use: str, number: int) -> None:
        known: list[int] = getattr(self, use)
        if known:
            known.append(number)
        else:
            setattr(self, use, [number])


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
                    self._used((spelling, kinds)).add("parts", number)
                else:
                    self.short.append((number, (spelling, kinds)))

    def __iter__(self) -> Iterator[Spelling]:
        return iter(self._uses)

    def __len__(self) -> int:
        return len(self._uses)

    def listed_beside(self, spelling: Spelling) -> Sequence[Set[str]]:
        """Return the whole entries of each wordlist that a spelling is an entry of: no variants of it, but words."""
        terms = self._uses[spelling].terms
        if len(terms) == 1:
            return (self._whole[self.entries[terms[0]].wordlist],)
        return [self._whole[wordlist] for wordlist in {self.entries[index].wordlist for index in terms}]

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
                self._used((spelling, kinds)).add("terms", index)
        else:
            combination = self.combinations[index] = combination_of(entry, kinds, numbers)
            for spelling in entry.parts[combination.trigger]:
                uses = self._used((spelling, kinds))
                uses.add("triggers", index)
                uses.add("parts", combination.parts[combination.trigger])
        for spelling in entry.exceptions:
            self._used((spelling, kinds & EXCEPTION_KINDS)).add("exceptions", index)

    def _used(self, spelling: Spelling) -> _Uses:
        known = self._uses.get(spelling)
        if known is None:
            known = self._uses[spelling] = _Uses()
        return known


def _listed(wordlists: Iterable[Wordlist]) -> Iterator[ListedEntry]:
    for wordlist in wordlists:
        signal, usual = f"words:{wordlist.id}", frozenset(wordlist.variants)
        for entry in wordlist.entries:
            is_usual = entry.variants is None and not entry.not_variants
            yield ListedEntry(wordlist.id, entry, signal, usual if is_usual else kinds_of(wordlist, entry))


def kinds_of(wordlist: Wordlist, entry: Entry) -> frozenset[str]:
    """Return the kinds of variant that an entry of a wordlist is read in."""
    return frozenset(wordlist.variants if entry.variants is None else entry.variants) - entry.not_variants
