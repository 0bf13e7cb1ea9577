"""All wordlists in one Aho-Corasick automaton: normal text in, matches out.

pyahocorasick scans the latin-1 view of the UTF-8 bytes: with at most 256 children a node the root stays cheap, and
UTF-8 is self-synchronising, so that a match in bytes is a match in characters. The automaton holds whole entries,
exceptions, and the rarest part of each combination; where that part is seen, the others are looked for around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from moderation.match.wordlist import Entry, Wordlist


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry and the id of its wordlist."""

    wordlist: str
    entry: Entry


class Match(NamedTuple):
    """An entry seen at a half-open range of the normal text.

    `term` is what was looked for: the entry as it is written, of a combination the spellings that were
    seen, joined by + where they stand apart.
    """

    start: int
    end: int
    listed: ListedEntry
    term: str


@dataclass(slots=True)
class _Roles:
    """What one spelling stands for: whole entries, rarest parts of combinations, and exceptions, by entry index."""

    terms: list[int]
    triggers: list[int]
    exceptions: list[int]


@dataclass(frozen=True, slots=True)
class _Combination:
    """How to complete a combination: a finder per part, which part is in the automaton, the numbers of the others.

    `longest` is the length of its longest spelling.
    """

    finders: tuple[re.Pattern[str], ...]
    others: tuple[int, ...]
    trigger: int
    window: int
    longest: int


Range = tuple[int, int]


class Automaton:
    """An immutable matcher over a set of wordlists; safe to share between threads."""

    def __init__(self, wordlists: Iterable[Wordlist]) -> None:
        self.entries = tuple(ListedEntry(wordlist.id, entry) for wordlist in wordlists for entry in wordlist.entries)
        self._roles: list[_Roles] = []
        self._lengths: list[int] = []
        self._combinations: dict[int, _Combination] = {}
        self._parts: list[tuple[str, ...]] = []
        self._near: dict[int, re.Pattern[str]] = {}
        self._trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._build()

    @property
    def spellings(self) -> int:
        """How many different strings the automaton looks for."""
        return len(self._roles)

    def scan(self, text: str) -> list[Match]:
        """Return the matches in a normal text in order; one inside a longer match of the same wordlist is left out.

        Exceptions, combinations and near words are resolved here; word edges are not.
        """
        if not self._roles:
            return []
        content = text.encode("utf-8", "replace")
        seen = self._relevant(content, text)
        if not seen:
            return []
        found: dict[int, list[Range]] = defaultdict(list)
        exceptions: dict[int, list[Range]] = defaultdict(list)
        terms: dict[tuple[int, int, int], str] = {}
        octets, characters = 0, 0
        for last, spelling, triggers in seen:
            characters += len(content[octets : last + 1].decode())
            octets = last + 1
            where = (characters - self._lengths[spelling], characters)
            for index in self._roles[spelling].terms:
                found[index].append(where)
            for index in triggers:
                for start, end, term in self._complete(index, text, where):
                    found[index].append((start, end))
                    terms[index, start, end] = term
            for index in self._roles[spelling].exceptions:
                exceptions[index].append(where)
        matches = [
            Match(start, end, self.entries[index], terms.get((index, start, end)) or self.entries[index].entry.text)
            for index, ranges in found.items()
            for start, end in self._allowed(index, ranges, exceptions, text)
        ]
        return _longest(matches) if len(matches) > 1 else matches

    def _relevant(self, content: bytes, text: str) -> list[tuple[int, int, Sequence[int]]]:
        """Return what the automaton sees, but for parts of combinations whose other parts the text lacks.

        Each item holds the last byte, the spelling and the combinations to complete there; the list is empty where all
        that is seen is exceptions.
        """
        seen: list[tuple[int, int, Sequence[int]]] = []
        lacking: dict[int, bool] = {}
        is_idle = True
        for last, spelling in self._trie.iter(content.decode("latin-1")):
            roles = self._roles[spelling]
            triggers: Sequence[int] = roles.triggers
            if triggers:
                triggers = [index for index in triggers if not self._lacks_part(index, text, lacking)]
            if triggers or roles.terms:
                is_idle = False
            elif not roles.exceptions:
                continue
            seen.append((last, spelling, triggers))
        return [] if is_idle else seen

    def _lacks_part(self, index: int, text: str, lacking: dict[int, bool]) -> bool:
        """Return whether the text has no spelling of some part; `lacking` remembers what was looked for."""
        for part in self._combinations[index].others:
            lacks = lacking.get(part)
            if lacks is None:
                lacks = lacking[part] = not any(spelling in text for spelling in self._parts[part])
            if lacks:
                return True
        return False

    def _build(self) -> None:
        indices: dict[str, int] = {}
        numbers: dict[tuple[str, ...], int] = {}

        def roles_of(spelling: str) -> _Roles:
            index = indices.setdefault(spelling, len(self._roles))
            if index == len(self._roles):
                self._roles.append(_Roles([], [], []))
                self._lengths.append(len(spelling))
                self._trie.add_word(spelling.encode("utf-8", "replace").decode("latin-1"), index)
            return self._roles[index]

        for index, listed in enumerate(self.entries):
            entry = listed.entry
            if len(entry.parts) == 1:
                for spelling in entry.parts[0]:
                    roles_of(spelling).terms.append(index)
            else:
                combination = self._combinations[index] = _combination(entry, numbers)
                for spelling in entry.parts[combination.trigger]:
                    roles_of(spelling).triggers.append(index)
            for spelling in entry.exceptions:
                roles_of(spelling).exceptions.append(index)
            if entry.near:
                self._near[index] = _finder(entry.near)
        self._parts = list(numbers)
        if self._roles:
            self._trie.make_automaton()

    def _complete(self, index: int, text: str, seen: Range) -> Iterator[tuple[int, int, str]]:
        """Yield the hulls of the combination around its rarest part, and the spellings seen joined by +.

        The window counts from the first part.
        """
        combination = self._combinations[index]
        finders, window = combination.finders, combination.window
        firsts = [seen] if combination.trigger == 0 else _around(finders[0], text, seen, window, combination.longest)
        for first in firsts:
            start, end = first
            spellings = [text[start:end]]
            for finder in finders[1:]:
                other = _nearest(first, _around(finder, text, first, window, combination.longest))
                if other is None:
                    break
                start, end = min(start, other[0]), max(end, other[1])
                spellings.append(text[other[0] : other[1]])
            else:
                is_unbroken = sum(map(len, spellings)) == end - start
                yield start, end, text[start:end] if is_unbroken else "+".join(spellings)

    def _allowed(
        self, index: int, ranges: list[Range], exceptions: dict[int, list[Range]], text: str
    ) -> Iterable[Range]:
        """Return the ranges that no exception covers and that have a near word, where the entry asks for one."""
        entry = self.entries[index].entry
        if len(entry.parts) > 1:
            ranges = _shortest(ranges)
        if entry.exceptions and index in exceptions:
            covers = exceptions[index]
            if len(entry.parts) > 1:
                ranges = [one for one in ranges if not any(start < one[1] and one[0] < end for start, end in covers)]
            else:
                ranges = [one for one in ranges if not _is_covered(one, covers)]
        if entry.near:
            finder, window = self._near[index], entry.near_window
            longest = max(map(len, entry.near))
            ranges = [one for one in ranges if any(_around(finder, text, one, window, longest))]
        return ranges


def _combination(entry: Entry, numbers: dict[tuple[str, ...], int]) -> _Combination:
    """Return how to complete a combination; its rarest part is the one whose shortest spelling is longest.

    `numbers` gives each set of spellings its number, and grows.
    """
    trigger = max(
        range(len(entry.parts)), key=lambda part: (min(map(len, entry.parts[part])), -len(entry.parts[part]), -part)
    )
    longest = max(len(spelling) for part in entry.parts for spelling in part)
    finders = tuple(map(_finder, entry.parts))
    others = tuple(
        numbers.setdefault(part, len(numbers)) for part in entry.parts[:trigger] + entry.parts[trigger + 1 :]
    )
    return _Combination(finders, others, trigger, entry.window, longest)


def _finder(spellings: Iterable[str]) -> re.Pattern[str]:
    """Return an expression that finds the longest of some literal strings; it cannot backtrack beyond their length."""
    return re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))


def _around(finder: re.Pattern[str], text: str, centre: Range, window: int, longest: int) -> list[Range]:
    """Return what is found at most `window` characters before or after a range, without overlapping it."""
    start, end = centre
    before = finder.finditer(text, max(start - window - longest, 0), start)
    after = finder.finditer(text, end, end + window + longest)
    found = [match.span() for match in before if start - match.end() <= window]
    found.extend(match.span() for match in after if match.start() - end <= window)
    return found


def _nearest(centre: Range, ranges: list[Range]) -> Range | None:
    """Return the range with the smallest gap to the centre; the earlier one of two with the same."""
    return min(ranges, key=lambda one: max(one[0] - centre[1], centre[0] - one[1]), default=None)


def _shortest(ranges: list[Range]) -> list[Range]:
    """Return the ranges in order, of those that overlap the shortest."""
    kept: list[Range] = []
    for start, end in sorted(set(ranges)):
        if kept and start < kept[-1][1]:
            if end - start < kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
        else:
            kept.append((start, end))
    return kept


def _is_covered(one: Range, covers: list[Range]) -> bool:
    """Return whether a longer range contains this one; `covers` is in order of ends."""
    for index in range(bisect_left(covers, one[1], key=lambda cover: cover[1]), len(covers)):
        start, end = covers[index]
        if start <= one[0] and end - start > one[1] - one[0]:
            return True
        if start >= one[1]:
            return False
    return False


def _longest(matches: list[Match]) -> list[Match]:
    """Return the matches in text order, without those inside a longer match of the same wordlist."""
    matches.sort(key=lambda match: (match.start, -match.end, match.listed.wordlist, match.listed.entry.line))
    kept: list[Match] = []
    reached: dict[str, int] = {}
    for match in matches:
        if match.end > reached.get(match.listed.wordlist, -1):
            reached[match.listed.wordlist] = match.end
            kept.append(match)
    return kept
