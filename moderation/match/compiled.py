"""Wordlists compiled for scanning: layers of strings to look for, and what a text that holds one may mean.

Most changes touch few words. What they add, or make to be found otherwise, is a small layer upon a large one that stays
as it is; what they take away has no use any more. Two layers find just what one of all would find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from moderation.match.alphabet import Encoded
from moderation.match.dialect import Dialect
from moderation.match.forms import Forms
from moderation.match.layer import Layer
from moderation.match.ragged import Numbers
from moderation.match.readings import FormTables, Reading, Readings, is_simplified
from moderation.match.section import Spelling
from moderation.match.spellings import Role, Spellings
from moderation.match.variants import Dictionary

NO_FORMS = Forms({}, {})


@dataclass(frozen=True, slots=True)
class Source:
    """What variants are made from: forms of characters and words, dialects, and a dictionary.

    `readings` are those of the forms, where they are at hand.
    """

    forms: FormTables
    dialects: tuple[Dialect, ...]
    dictionary: Dictionary
    readings: Readings | None = None


class Hits(NamedTuple):
    """Where groups stand in joined texts: columns with the text, the half-open range in the joined ones, the group."""

    texts: Numbers
    starts: Numbers
    ends: Numbers
    groups: Numbers


class Compiled:
    """A layer, the one that it is put upon, and what the spellings stand for; immutable, safe to share.

    The alphabet is that of the layer, which has the classes of all spellings.
    """

    def __init__(self, spellings: Spellings, readings: Readings, layer: Layer) -> None:
        self.spellings = spellings
        self.readings = readings
        self.layers: tuple[Layer, ...] = (layer.upon, layer) if layer.upon is not None else (layer,)
        self.alphabet = layer.alphabet
        self._firsts = [0, *np.cumsum([one.groups for one in self.layers]).tolist()]

    @property
    def groups(self) -> int:
        """How many groups of strings there are."""
        return int(self._firsts[-1])

    @property
    def strings(self) -> int:
        """How many strings are looked for."""
        return sum(len(layer.strings.written) for layer in self.layers)

    def hits(self, encoded: Encoded) -> Hits:
        """Return where groups stand in joined texts, in order of ends."""
        found = [layer.found(layer.alphabet.codes(encoded.characters)) for layer in self.layers]
        starts, ends, groups = found[0]
        if len(found) > 1 and len(found[1][0]):
            starts, ends = (np.concatenate((one, other)) for one, other in zip(found[0][:2], found[1][:2], strict=True))
            groups = np.concatenate((groups, found[1][2] + self._firsts[1]))
            order = np.argsort(ends, kind="stable")
            starts, ends, groups = starts[order], ends[order], groups[order]
        return Hits(encoded.texts_at(ends - 1), starts, ends, groups)

    def plain(self, group: int) -> str:
        """Return how what has the codes of a group is written without forms of other characters."""
        layer, own = self._place(group)
        return self.layers[layer].plain(own)

    def roles(self, group: int, written: str) -> tuple[Role, ...]:
        """Return what a stretch of text that has the codes of a group stands for, in each way to read it."""
        number, own = self._place(group)
        layer, spellings = self.layers[number], self.spellings
        overruled = self.layers[-1].overruled if layer is not self.layers[-1] else ()
        meant: dict[tuple[str, Reading], list[Spelling]] = {}
        for way in layer.ways(own, written, self.readings):
            spelling = layer.spelled[way.spelling]
            if way.spelling in overruled or spelling not in spellings:
                continue
            if not (way.is_variant and spellings.is_listed_beside(way.string, spelling)):
                meant.setdefault((spelling[0], way.reading), []).append(spelling)
        return tuple(spellings.role(dict.fromkeys(one), reading) for (_, reading), one in meant.items())

    def _place(self, group: int) -> tuple[int, int]:
        """Return the number of the layer that has a group, and the group's number there."""
        for number, (first, last) in enumerate(pairwise(self._firsts)):
            if group < last:
                return number, group - first
        raise IndexError(group)


def readings_of(source: Source | None) -> Readings:
    """Return how characters may be read by the forms of a source."""
    return (source.readings if source else None) or Readings(source.forms if source else NO_FORMS)


def classes_of(spellings: Iterable[Spelling], readings: Readings) -> Mapping[str, str]:
    """Return which rare characters share the codes of those that these spellings are made of."""
    characters = set("".join(spelling for spelling, _ in spellings))
    return readings.classes(set(filter(is_simplified, characters)))
