"""Combinations: entries of several parts, completed around the rarest of them where all have been seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from moderation.match.readings import PLAIN, Reading
from moderation.match.wordlist import Entry

SHORTEST_MARK = 2
"""Characters of the shortest spelling of a part that the automaton looks for; shorter ones stand nearly everywhere."""

FEW = 8
"""Places up to which it is not worth while to leave out those that are too far before another."""

Part = tuple[tuple[str, ...], frozenset[str]]
"""The spellings of a part and the kinds of variant that it may be written in."""


class Place(NamedTuple):
    """A spelling seen at a half-open range of a text: what was meant, and how what is written may be read as it.

    `pieces` are the parts of a combination.
    """

    start: int
    end: int
    term: str
    reading: Reading = PLAIN
    pieces: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Combination:
    """How to complete a combination.

    `parts` are the numbers of the parts, `trigger` tells which of them is the rarest. `needed` are the others that the
    automaton finds in whatever spelling, `short` those with spellings too short for it. `longest` is the length of the
    longest spelling.
    """

    parts: tuple[int, ...]
    trigger: int
    needed: frozenset[int]
    short: tuple[tuple[int, tuple[str, ...]], ...]
    window: int
    longest: int

    def complete(self, places: Callable[[int], Sequence[Place]]) -> list[Place]:
        """Return the hulls of the combination around its rarest part; the term joins the parts by + if they are apart.

        `places` returns where a part was seen, in order. The window counts from the first part.
        """
        firsts = places(self.parts[0])
        if self.trigger != 0:
            rarest = places(self.parts[self.trigger])
            firsts = [one for one in firsts if any(0 <= _gap(seen, one) <= self.window for seen in rarest)]
        found: list[Place] = []
        for first in firsts:
            chosen = [first]
            for part in self.parts[1:]:
                other = self._nearest(first, places(part))
                if other is None:
                    break
                chosen.append(other)
            else:
                found.append(_hull(chosen))
        return found

    def _nearest(self, centre: Place, places: Sequence[Place]) -> Place | None:
        """Return the place nearest to one, within a window and without overlapping it; the first of several."""
        nearest: Place | None = None
        least = self.window + 1
        first = 0
        if len(places) > FEW:
            first = bisect_left(places, centre.start - self.window - 2 * self.longest, key=lambda place: place.start)
        for index in range(first, len(places)):
            place = places[index]
            gap = _gap(centre, place)
            if 0 <= gap < least:
                nearest, least = place, gap
            elif place.start > centre.end + self.window:
                break
        return nearest


def combination_of(entry: Entry, kinds: frozenset[str], numbers: dict[Part, int]) -> Combination:
    """Return how to complete a combination; its rarest part is the one whose shortest spelling is longest.

    `numbers` gives each part its number, and grows.
    """
    trigger = max(
        range(len(entry.parts)), key=lambda part: (min(map(len, entry.parts[part])), -len(entry.parts[part]), -part)
    )
    parts = tuple(numbers.setdefault((part, kinds), len(numbers)) for part in entry.parts)
    others = [
        (number, tuple(one for one in part if len(one) < SHORTEST_MARK))
        for number, part in zip(parts, entry.parts, strict=True)
        if number != parts[trigger]
    ]
    return Combination(
        parts=parts,
        trigger=trigger,
        needed=frozenset(number for number, short in others if not short),
        short=tuple((number, short) for number, short in others if short),
        window=entry.window,
        longest=max(len(spelling) for part in entry.parts for spelling in part),
    )


def shortest(places: Sequence[Place]) -> list[Place]:
    """Return places in order, of those that overlap the shortest."""
    kept: list[Place] = []
    for place in sorted(set(places)):
        if kept and place.start < kept[-1].end:
            if place.end - place.start < kept[-1].end - kept[-1].start:
                kept[-1] = place
        else:
            kept.append(place)
    return kept


def outermost(places: Iterable[Place]) -> list[Place]:
    """Return places in order, without those inside a longer one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: (one.start, -one.end, -one.reading.confidence)):
        if not kept or place.end > kept[-1].end:
            kept.append(place)
    return kept


def _gap(centre: Place, place: Place) -> int:
    """Return how many characters part two places; negative where they overlap."""
    after = place.start - centre.end
    return after if after >= 0 else centre.start - place.end


def _hull(places: Sequence[Place]) -> Place:
    start, end = min(place.start for place in places), max(place.end for place in places)
    is_unbroken = sum(place.end - place.start for place in places) == end - start
    ordered = sorted(places) if is_unbroken else places
    kinds = tuple(dict.fromkeys(kind for place in places for kind in place.reading.kinds))
    confidence = min(place.reading.confidence for place in places)
    term = ("" if is_unbroken else "+").join(place.term for place in ordered)
    return Place(start, end, term, Reading(kinds, confidence) if kinds else PLAIN, tuple(ordered))
