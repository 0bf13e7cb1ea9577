"""All wordlists in one Aho-Corasick automaton: normal text in, matches out.

pyahocorasick scans the latin-1 view of the UTF-8 bytes: with at most 256 children a node the root stays cheap, and
UTF-8 is self-synchronising, so that a match in bytes is a match in characters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick
import numpy as np

from moderation.match.wordlist import Entry, Wordlist


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry and the id of its wordlist."""

    wordlist: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Match:
    """An entry seen at a half-open range of the normal text."""

    start: int
    end: int
    listed: ListedEntry


@dataclass(slots=True)
class _Roles:
    """What one spelling stands for: whole entries, parts of combinations, exceptions and near words, by index."""

    terms: list[int]
    parts: list[int]
    exceptions: list[int]
    near: list[int]


Ranges = list[tuple[int, int]]


class Automaton:
    """An immutable matcher over a set of wordlists; safe to share between threads."""

    def __init__(self, wordlists: Iterable[Wordlist]) -> None:
        self.entries = tuple(ListedEntry(wordlist.id, entry) for wordlist in wordlists for entry in wordlist.entries)
        self._roles: list[_Roles] = []
        self._lengths: list[int] = []
        self._combinations: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
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
        found = list(self._trie.iter(content.decode("latin-1")))
        if not found:
            return []
        terms, parts, exceptions, near = self._collect(content, found)
        matches = [
            Match(start, end, self.entries[index])
            for index, ranges in terms.items()
            for start, end in self._allowed(index, ranges, exceptions, near)
        ]
        for anchor in parts.keys() & self._combinations.keys():
            for index, others in self._combinations[anchor]:
                if all(other in parts for other in others):
                    joined = _combine(
                        parts[anchor], [parts[other] for other in others], self.entries[index].entry.window
                    )
                    allowed = self._allowed(index, joined, exceptions, near)
                    matches.extend(Match(start, end, self.entries[index]) for start, end in allowed)
        return _longest(matches)

    def _build(self) -> None:
        indices: dict[str, int] = {}
        groups: dict[tuple[str, ...], int] = {}

        def roles_of(spelling: str) -> _Roles:
            index = indices.setdefault(spelling, len(self._roles))
            if index == len(self._roles):
                self._roles.append(_Roles([], [], [], []))
                self._lengths.append(len(spelling))
                self._trie.add_word(spelling.encode("utf-8", "replace").decode("latin-1"), index)
            return self._roles[index]

        def group_of(part: tuple[str, ...]) -> int:
            group = groups.get(part)
            if group is None:
                group = groups[part] = len(groups)
                for spelling in part:
                    roles_of(spelling).parts.append(group)
            return group

        for index, listed in enumerate(self.entries):
            entry = listed.entry
            if len(entry.parts) == 1:
                for spelling in entry.parts[0]:
                    roles_of(spelling).terms.append(index)
            else:
                anchor, *others = (group_of(part) for part in entry.parts)
                self._combinations[anchor].append((index, tuple(others)))
            for spelling in entry.exceptions:
                roles_of(spelling).exceptions.append(index)
            for spelling in entry.near:
                roles_of(spelling).near.append(index)
        if self._roles:
            self._trie.make_automaton()

    def _collect(
        self, content: bytes, found: Sequence[tuple[int, int]]
    ) -> tuple[dict[int, Ranges], dict[int, Ranges], dict[int, Ranges], dict[int, Ranges]]:
        """Sort the scanner's hits by role, as ranges of characters in order of their ends."""
        octets = np.frombuffer(content, dtype=np.uint8)
        characters = np.cumsum((octets & 0xC0) != 0x80)
        ends: list[int] = characters[[last for last, _ in found]].tolist()
        terms: dict[int, Ranges] = defaultdict(list)
        parts: dict[int, Ranges] = defaultdict(list)
        exceptions: dict[int, Ranges] = defaultdict(list)
        near: dict[int, Ranges] = defaultdict(list)
        for end, (_, spelling) in zip(ends, found, strict=True):
            where = (end - self._lengths[spelling], end)
            roles = self._roles[spelling]
            for collected, indices in (
                (terms, roles.terms),
                (parts, roles.parts),
                (exceptions, roles.exceptions),
                (near, roles.near),
            ):
                for index in indices:
                    collected[index].append(where)
        return terms, parts, exceptions, near

    def _allowed(
        self, index: int, ranges: Ranges, exceptions: dict[int, Ranges], near: dict[int, Ranges]
    ) -> Iterable[tuple[int, int]]:
        """Return the ranges that no exception covers and that have a near word, where the entry asks for one."""
        entry = self.entries[index].entry
        if entry.exceptions and index in exceptions:
            covers = exceptions[index]
            if len(entry.parts) > 1:
                ranges = [one for one in ranges if not any(start < one[1] and one[0] < end for start, end in covers)]
            else:
                ranges = [one for one in ranges if not _is_covered(one, covers)]
        if entry.near:
            around = sorted(near.get(index, ()))
            ranges = [one for one in ranges if _nearest(one, around, entry.near_window) is not None]
        return ranges


def _is_covered(one: tuple[int, int], covers: Ranges) -> bool:
    """Return whether a longer range contains this one; `covers` is in order of ends."""
    for index in range(bisect_left(covers, one[1], key=lambda cover: cover[1]), len(covers)):
        start, end = covers[index]
        if start <= one[0] and end - start > one[1] - one[0]:
            return True
        if start >= one[1]:
            return False
    return False


def _combine(anchors: Ranges, others: list[Ranges], window: int) -> Ranges:
    """Return the hulls of each anchor and its nearest other parts; of overlapping hulls the shortest."""
    hulls: Ranges = []
    ordered = [sorted(ranges) for ranges in others]
    for anchor in anchors:
        start, end = anchor
        for ranges in ordered:
            nearest = _nearest(anchor, ranges, window)
            if nearest is None:
                break
            start, end = min(start, nearest[0]), max(end, nearest[1])
        else:
            if hulls and start < hulls[-1][1]:
                if end - start < hulls[-1][1] - hulls[-1][0]:
                    hulls[-1] = (start, end)
            else:
                hulls.append((start, end))
    return hulls


def _nearest(anchor: tuple[int, int], ranges: Ranges, window: int) -> tuple[int, int] | None:
    """Return the range that stands nearest to the anchor without overlapping it, at most `window` characters away.

    `ranges` is in order of starts; only the neighbours within the window are looked at.
    """
    best, best_gap = None, window + 1
    first = bisect_left(ranges, (anchor[0], -1))
    for index in range(first, len(ranges)):
        gap = ranges[index][0] - anchor[1]
        if gap >= best_gap:
            break
        if gap >= 0:
            best, best_gap = ranges[index], gap
            break
    for index in range(first - 1, -1, -1):
        gap = anchor[0] - ranges[index][1]
        if 0 <= gap < best_gap:
            best, best_gap = ranges[index], gap
        if anchor[0] - ranges[index][0] > window + 64:
            break
    return best


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
