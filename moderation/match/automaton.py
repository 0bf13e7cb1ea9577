"""All wordlists in one Aho-Corasick automaton: normal text in, matches out.

pyahocorasick scans the latin-1 view of the UTF-8 bytes: with at most 256 children a node the root stays cheap, and
UTF-8 is self-synchronising, so that a match in bytes is a match in characters. The automaton holds whole entries,
exceptions, and the rarest part of each combination; where that part is seen, the others are looked for around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from moderation.match.wordlist import Entry, Wordlist


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry, the id of its wordlist, and the name of the signal that it gives."""

    wordlist: str
    entry: Entry
    signal: str


class Match(NamedTuple):
    """An entry seen at a half-open range of the normal text.

    `term` is what was looked for: the entry as it is written, of a combination the spellings that were
    seen, joined by + where they stand apart.
    """

    start: int
    end: int
    listed: ListedEntry
    term: str


class _Roles(NamedTuple):
    """What one spelling of some length stands for.

    Entry indices: of whole entries, of combinations whose rarest part it is (with the parts that they need besides),
    of entries that it is an exception to; and the numbers of parts that it is a spelling of.
    """

    length: int
    terms: Sequence[int]
    triggers: Sequence[tuple[int, frozenset[int]]]
    exceptions: frozenset[int]
    parts: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Combination:
    """How to complete a combination: a finder per part, which part is in the automaton, the numbers of the others.

    `needed` are those that the automaton finds in whatever spelling, `others` those with spellings too short for it.
    `longest` is the length of its longest spelling.
    """

    finders: tuple[re.Pattern[str], ...]
    needed: frozenset[int]
    others: tuple[tuple[int, tuple[str, ...]], ...]
    trigger: int
    window: int
    longest: int


Range = tuple[int, int]
SHORTEST_MARK = 2
"""Characters of the shortest spelling of a part that the automaton looks for; shorter ones stand nearly everywhere."""


class Automaton:
    """An immutable matcher over a set of wordlists; safe to share between threads."""

    def __init__(self, wordlists: Iterable[Wordlist]) -> None:
        self.entries = tuple(
            ListedEntry(wordlist.id, entry, f"words:{wordlist.id}")
            for wordlist in wordlists
            for entry in wordlist.entries
        )
        self._combinations: dict[int, _Combination] = {}
        self._near: dict[int, re.Pattern[str]] = {}
        self._with_short_parts: set[int] = set()
        self._trie = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        self._build()

    @property
    def spellings(self) -> int:
        """How many different strings the automaton looks for."""
        return len(self._trie)

    def scan(self, text: str) -> list[Match]:
        """Return the matches in a normal text in order; one inside a longer match of the same wordlist is left out.

        Exceptions, combinations and near words are resolved here; word edges are not.
        """
        if not len(self._trie):
            return []
        content = text.encode("utf-8", "replace")
        seen = list(self._trie.iter(content.decode("latin-1")))
        present: set[int] = set().union(*[roles.parts for _, roles in seen])
        with_short_parts = self._with_short_parts
        found: dict[int, list[Range]] = {}
        exceptions: list[tuple[Range, frozenset[int]]] = []
        terms: dict[tuple[int, int, int], str] = {}
        octets, characters = 0, 0
        for last, (length, whole, triggers, excepted, _) in seen:
            complete = triggers and [
                index
                for index, needed in triggers
                if needed <= present and (index not in with_short_parts or self._has_short_parts(index, text, present))
            ]
            if not (whole or complete or excepted):
                continue
            characters += len(content[octets : last + 1].decode())
            octets = last + 1
            where = (characters - length, characters)
            for index in whole:
                found.setdefault(index, []).append(where)
            for index in complete:
                for start, end, term in self._complete(index, text, where):
                    found.setdefault(index, []).append((start, end))
                    terms[index, start, end] = term
            if excepted:
                exceptions.append((where, excepted))
        if not found:
            return []
        matches = [
            Match(start, end, self.entries[index], terms.get((index, start, end)) or self.entries[index].entry.text)
            for index, ranges in found.items()
            for start, end in self._allowed(index, ranges, exceptions, text)
        ]
        return _longest(matches) if len(matches) > 1 else matches

    def _has_short_parts(self, index: int, text: str, present: set[int]) -> bool:
        """Return whether the text has the parts of a combination whose spellings the automaton does not all look for.

        `present` holds the parts that were seen, and grows.
        """
        for part, short in self._combinations[index].others:
            if part not in present:
                if not any(spelling in text for spelling in short):
                    return False
                present.add(part)
        return True

    def _build(self) -> None:
        roles: dict[str, tuple[list[int], list[tuple[int, frozenset[int]]], list[int], list[int]]] = {}
        numbers: dict[tuple[str, ...], int] = {}

        def roles_of(spelling: str) -> tuple[list[int], list[tuple[int, frozenset[int]]], list[int], list[int]]:
            return roles.setdefault(spelling, ([], [], [], []))

        for index, listed in enumerate(self.entries):
            entry = listed.entry
            if len(entry.parts) == 1:
                for spelling in entry.parts[0]:
                    roles_of(spelling)[0].append(index)
            else:
                combination = self._combinations[index] = _combination(entry, numbers)
                if combination.others:
                    self._with_short_parts.add(index)
                for spelling in entry.parts[combination.trigger]:
                    roles_of(spelling)[1].append((index, combination.needed))
            for spelling in entry.exceptions:
                roles_of(spelling)[2].append(index)
            if entry.near:
                self._near[index] = _finder(entry.near)
        for part, number in numbers.items():
            for spelling in part:
                if len(spelling) >= SHORTEST_MARK:
                    roles_of(spelling)[3].append(number)
        for spelling, (terms, triggers, exceptions, parts) in roles.items():
            known = _Roles(len(spelling), tuple(terms), tuple(triggers), frozenset(exceptions), tuple(parts))
            self._trie.add_word(spelling.encode("utf-8", "replace").decode("latin-1"), known)
        if roles:
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
        self, index: int, ranges: list[Range], exceptions: Sequence[tuple[Range, frozenset[int]]], text: str
    ) -> Iterable[Range]:
        """Return the ranges that no exception covers and that have a near word, where the entry asks for one."""
        entry = self.entries[index].entry
        if len(entry.parts) > 1:
            ranges = _shortest(ranges)
        covers = [where for where, excepted in exceptions if index in excepted] if entry.exceptions else []
        if covers:
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
    others = [
        (numbers.setdefault(part, len(numbers)), tuple(one for one in part if len(one) < SHORTEST_MARK))
        for part in entry.parts[:trigger] + entry.parts[trigger + 1 :]
    ]
    needed = frozenset(number for number, short in others if not short)
    short_ones = tuple((number, short) for number, short in others if short)
    return _Combination(finders, needed, short_ones, trigger, entry.window, longest)


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
