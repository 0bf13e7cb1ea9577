"""What the automaton looks for: every spelling of every entry, and what a text that holds it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import accumulate, chain, groupby
from typing import NamedTuple, TypeVar

import numpy as np

from moderation.match.ragged import Numbers
from moderation.match.readings import Reading
from moderation.match.section import EXCEPTION_KINDS, ListedEntry, Section, Spelling, Uses
from moderation.match.wordlist import Wordlist

Item = TypeVar("Item")

LARGE = 10_000
"""Spellings of a section whose spellings are not noted among those of others: it is asked itself."""

NO_NUMBERS = np.zeros(0, dtype=np.int64)


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


class Spellings:
    """The spellings of the entries of some wordlists, and what each stands for.

    Sections of the spellings `like` are taken from there, where their wordlists are the same objects. `lists` tells the
    number of each entry's wordlist; `parts` counts the parts of combinations.
    """

    def __init__(self, wordlists: Iterable[Wordlist], like: Spellings | None = None) -> None:
        self.sections: tuple[Section, ...] = tuple(_sections(wordlists, like.sections if like is not None else ()))
        self._find_holders()
        self.entries = tuple(chain.from_iterable(one.entries for one in self.sections))
        self.first_entries = [0, *accumulate(len(one.entries) for one in self.sections)]
        self.first_parts = [0, *accumulate(one.parts for one in self.sections)]
        self.parts = self.first_parts[-1]
        first_lists = accumulate((len(one.wordlists) for one in self.sections), initial=0)
        lists = [one.lists + first for one, first in zip(self.sections, first_lists, strict=False)]
        self.lists: Numbers = np.concatenate([NO_NUMBERS, *lists])

    def __iter__(self) -> Iterator[Spelling]:
        return iter(dict.fromkeys(chain.from_iterable(one.uses for one in self.sections)))

    def __len__(self) -> int:
        return len(set(chain.from_iterable(one.uses for one in self.sections)))

    def __contains__(self, spelling: Spelling) -> bool:
        return next(self._holders(spelling), None) is not None

    @property
    def placed(self) -> Iterator[tuple[Section, int, int]]:
        """The sections, with the first numbers of their entries and parts."""
        return zip(self.sections, self.first_entries, self.first_parts, strict=False)

    @property
    def short(self) -> Sequence[tuple[int, Spelling]]:
        """Spellings of parts, by their numbers, that are too short to be looked for."""
        return [(number + first, spelling) for section, _, first in self.placed for number, spelling in section.short]

    def column(self, of: Callable[[Section], Sequence[Item]]) -> list[Item]:
        """Return what sections tell of their entries, one after another."""
        return list(chain.from_iterable(map(of, self.sections)))

    def entries_of(self, wordlists: Set[str]) -> Iterator[ListedEntry]:
        """Yield the entries of some wordlists by their ids, and perhaps some others."""
        for section in self.sections:
            if not wordlists.isdisjoint(one.id for one in section.wordlists):
                yield from section.entries

    def is_listed_beside(self, text: str, spelling: Spelling) -> bool:
        """Return whether a text is an entry by itself of a wordlist of which a spelling is one."""
        return any(text in listed for listed in self._listed_beside(spelling))

    def _listed_beside(self, spelling: Spelling) -> Iterator[Set[str]]:
        for section in map(self.sections.__getitem__, self._holders(spelling)):
            for wordlist in {section.entries[index].wordlist for index in section.uses[spelling].terms}:
                yield section.whole[wordlist]

    def role(self, spellings: Iterable[Spelling], reading: Reading) -> Role:
        """Return what a string stands for that may be read as some spellings, which differ in their kinds alone."""
        meant = tuple(spellings)
        uses = [one for spelling in meant for one in self._uses(spelling)]
        is_excused = EXCEPTION_KINDS.issuperset(reading.kinds)
        return Role(
            reading=reading,
            meant=meant[0][0],
            parts=tuple(dict.fromkeys(part + first for one, _, first in uses for part in one.parts)),
            terms=tuple(term + first for one, first, _ in uses for term in one.terms),
            triggers=tuple(trigger + first for one, first, _ in uses for trigger in one.triggers),
            exceptions=frozenset(entry + first for one, first, _ in uses for entry in one.exceptions)
            if is_excused
            else frozenset(),
        )

    def _uses(self, spelling: Spelling) -> Iterator[tuple[Uses, int, int]]:
        """Yield what a spelling is used for in each section, with the first numbers of its entries and parts."""
        for number in self._holders(spelling):
            yield self.sections[number].uses[spelling], self.first_entries[number], self.first_parts[number]

    def _holders(self, spelling: Spelling) -> Iterator[int]:
        """Yield the numbers of the sections that have a spelling."""
        if (several := self._several.get(spelling)) is not None:
            yield from several
        elif (single := self._single.get(spelling)) is not None:
            yield single
        for number in self._large:
            if spelling in self.sections[number].uses:
                yield number

    def _find_holders(self) -> None:
        """Note which small section has a spelling, or which have; large ones are asked one by one."""
        self._large: list[int] = []
        self._single: dict[Spelling, int] = {}
        self._several: dict[Spelling, list[int]] = {}
        for number, section in enumerate(self.sections):
            if len(section.uses) > LARGE:
                self._large.append(number)
                continue
            for spelling in self._single.keys() & section.uses.keys():
                self._several.setdefault(spelling, [self._single[spelling]]).append(number)
            self._single.update(dict.fromkeys(section.uses, number))


def _sections(wordlists: Iterable[Wordlist], known: Iterable[Section]) -> Iterator[Section]:
    """Yield the sections of wordlists; those of the same objects are taken from the known ones."""
    by_objects = {tuple(map(id, one.wordlists)): one for one in known}
    for together in map(tuple, _together(wordlists)):
        yield by_objects.get(tuple(map(id, together))) or Section(together)


def _together(wordlists: Iterable[Wordlist]) -> Iterator[Iterable[Wordlist]]:
    """Yield the wordlists of each section: one, or as many of one entry as follow one another."""
    for is_single, some in groupby(wordlists, key=lambda one: len(one.entries) == 1):
        if is_single:
            yield some
        else:
            for one in some:
                yield (one,)
