"""Combinations: entries of several parts, completed around the rarest of them where all have been seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from moderation.match.readings import PLAIN, Reading
from moderation.match.wordlist import Entry

SHORTEST_MARK = 2
"""Characters of the shortest spelling of a part that the automaton looks for; shorter ones stand nearly everywhere."""

APART = "+"
"""What joins the parts of a combination that are apart."""

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

    `parts` are the numbers of the parts, `trigger` tells which of them is the rarest. The window counts from the first.
    """

    parts: tuple[int, ...]
    trigger: int
    window: int

    @property
    def needed(self) -> tuple[int, ...]:
        """The parts that must stand beside the rarest one."""
        return tuple(part for place, part in enumerate(self.parts) if place != self.trigger)


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
    )


def hull(places: Sequence[Place]) -> Place:
    """Return the place of a combination by those of its parts; its term joins them by + if they are apart."""
    start, end = min([place[0] for place in places]), max([place[1] for place in places])
    is_unbroken = sum([place[1] - place[0] for place in places]) == end - start
    ordered = tuple(sorted(places) if is_unbroken else places)
    term = ("" if is_unbroken else APART).join([place[2] for place in ordered])
    kinds = tuple(dict.fromkeys([kind for place in places for kind in place[3][0]]))
    reading = Reading(kinds, min([place[3][1] for place in places])) if kinds else PLAIN
    return Place(start, end, term, reading, ordered)
