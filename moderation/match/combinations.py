"""Combinations: entries of several parts, completed around the rarest of them where all have been seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
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

    `parts` are the numbers of the parts, `trigger` tells which of them is the rarest. `longest` is the length of the
    longest spelling.
    """

    parts: tuple[int, ...]
    trigger: int
    window: int
    longest: int

    @property
    def needed(self) -> tuple[int, ...]:
        """The parts that must stand beside the rarest one."""
        return tuple(part for place, part in enumerate(self.parts) if place != self.trigger)

    def complete(self, places: Sequence[Sequence[Place]]) -> list[Place]:
        """Return the hulls of the combination around its rarest part; the term joins the parts by + if they are apart.

        `places` are where each part was seen, in order. The window counts from the first part.
        """
        firsts = places[0]
        if self.trigger != 0:
            rarest = places[self.trigger]
            firsts = [one for one in firsts if self._nearest(one, rarest) is not None]
        found: list[Place] = []
        for first in firsts:
            chosen = [first]
            for of_part in places[1:]:
                other = self._nearest(first, of_part)
                if other is None:
                    break
                chosen.append(other)
            else:
                found.append(_hull(chosen))
        return found

    def _nearest(self, centre: Place, places: Sequence[Place]) -> Place | None:
        """Return the place nearest to one, within a window and without overlapping it; the first of several."""
        nearest: Place | None = None
        start, end = centre[0], centre[1]
        least, last = self.window + 1, end + self.window
        if len(places) > FEW:
            first = bisect_left(places, start - self.window - 2 * self.longest, key=itemgetter(0))
            places = places[first : bisect_right(places, last, lo=first, key=itemgetter(0))]
        for place in places:
            after = place[0] - end
            gap = after if after >= 0 else start - place[1]
            if 0 <= gap < least:
                nearest, least = place, gap
            elif place[0] > last:
                break
        return nearest


def combination_of(entry: Entry, kinds: frozenset[str], numbers: dict[Part, int]) -> Combination:
    """Return how to complete a combination; its rarest part is the one whose shortest spelling is longest.

    `numbers` gives each part its number, and grows.
    """
    trigger = max(
        range(len(entry.parts)), key=lambda part: (min(map(len, entry.parts[part])), -len(entry.parts[part]), -part)
    )
    return Combination(
        parts=tuple(numbers.setdefault((part, kinds), len(numbers)) for part in entry.parts),
        trigger=trigger,
        window=entry.window,
        longest=max(len(spelling) for part in entry.parts for spelling in part),
    )


def shortest(places: Sequence[Place]) -> Sequence[Place]:
    """Return places in order, of those that overlap the shortest."""
    if len(places) <= 1:
        return places
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


def _hull(places: Sequence[Place]) -> Place:
    start, end = min([place[0] for place in places]), max([place[1] for place in places])
    is_unbroken = sum([place[1] - place[0] for place in places]) == end - start
    ordered = tuple(sorted(places) if is_unbroken else places)
    term = ("" if is_unbroken else "+").join([place[2] for place in ordered])
    kinds = tuple(dict.fromkeys([kind for place in places for kind in place[3][0]]))
    reading = Reading(kinds, min([place[3][1] for place in places])) if kinds else PLAIN
    return Place(start, end, term, reading, ordered)
