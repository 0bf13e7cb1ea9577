"""Combinations in many texts at once: which of them may be complete, and where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.match.alphabet import Encoded
from moderation.match.combinations import APART, Place, hull
from moderation.match.compiled import Hits
from moderation.match.part_places import NOWHERE, PartPlaces
from moderation.match.ragged import Numbers, Ragged
from moderation.match.readings import PLAIN, Reading, Readings
from moderation.match.remembered import remembered
from moderation.match.role_table import RoleTable
from moderation.match.section import NO_PART, Spelling
from moderation.match.spellings import Spellings

SLOTS_PER_KEY = 16
"""How much room a table of keys has; two that share a slot cost a look in vain, nothing else."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_NONE = np.zeros(0, dtype=np.int64)
_NO_KEY, _NO_ROLE = -1, np.iinfo(np.int64).min

Meaning = Callable[[int], tuple[str, Reading]]
"""What a role of a part says: the spelling that is meant, and the reading."""


class Completed:
    """Combinations that stand in texts, as columns; `completed[number]` tells where one stands and of what parts.

    `pieces` are the numbers of the places of the parts among those `seen`, as many as the combination has.
    """

    def __init__(self, texts: Numbers, entries: Numbers, pieces: Numbers, seen: PartPlaces, meaning: Meaning) -> None:
        self.texts, self.entries = texts, entries
        self._pieces, self._seen, self._meaning = pieces, seen, meaning
        is_piece = pieces != NOWHERE
        self.starts: Numbers = seen.starts[pieces].min(axis=1, initial=np.iinfo(np.int64).max, where=is_piece)
        self.ends: Numbers = seen.ends[pieces].max(axis=1, initial=0, where=is_piece)
        self.confidences: NDArray[np.float64] = seen.confidences[pieces].min(axis=1, initial=1.0, where=is_piece)
        self.is_variant: NDArray[np.bool_] = (is_piece & seen.is_variant[pieces]).any(axis=1)

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, number: int) -> Place:
        starts, ends, roles = self._starts[number], self._ends[number], self._roles[number]
        return hull(
            [
                Place(start, end, *self._meaning(role))
                for start, end, role in zip(starts, ends, roles, strict=True)
                if role != _NO_ROLE
            ]
        )

    def term(self, number: int) -> str:
        """Return what a combination says, as its place tells it."""
        if self._is_unbroken[number]:
            return self[number].term
        return APART.join([self._meaning(role)[0] for role in self._roles[number] if role != _NO_ROLE])

    @cached_property
    def _starts(self) -> list[list[int]]:
        return self._of_pieces(self._seen.starts)

    @cached_property
    def _ends(self) -> list[list[int]]:
        return self._of_pieces(self._seen.ends)

    @cached_property
    def _roles(self) -> list[list[int]]:
        return self._of_pieces(np.append(self._seen.roles, _NO_ROLE))

    @cached_property
    def _is_unbroken(self) -> list[bool]:
        """Of each whether nothing stands between its parts."""
        lengths = np.where(self._pieces == NOWHERE, 0, (self._seen.ends - self._seen.starts)[self._pieces])
        is_unbroken: list[bool] = (lengths.sum(axis=1) == self.ends - self.starts).tolist()
        return is_unbroken

    def _of_pieces(self, column: Numbers) -> list[list[int]]:
        """Return what a column says of the pieces of each; its last number where there is no piece any more."""
        rows: list[list[int]] = column[self._pieces].tolist()
        return rows

    def apart(self) -> Completed:
        """Return the combinations without those that overlap a shorter one of the same entry in the same text."""
        is_first = np.ones(len(self) + 1, dtype=np.bool_)
        is_first[1:-1] = (self.texts[1:] != self.texts[:-1]) | (self.entries[1:] != self.entries[:-1])
        if is_first.all():
            return self
        is_kept = is_first[:-1] & is_first[1:]
        firsts = np.flatnonzero(is_first)
        several = np.flatnonzero(np.diff(firsts) > 1)
        for first, last in zip(firsts[several].tolist(), firsts[several + 1].tolist(), strict=True):
            is_kept[self._shortest(first, last)] = True
        return self._only(is_kept)

    def _shortest(self, first: int, last: int) -> list[int]:
        """Return the numbers of the shortest ones among those that overlap; of two at one range that of a place."""
        kept: list[tuple[int, int, int]] = []
        ranges = zip(self.starts[first:last].tolist(), self.ends[first:last].tolist(), range(first, last), strict=True)
        for one in sorted(ranges):
            if not kept or one[0] >= kept[-1][1]:
                kept.append(one)
            elif one[:2] == kept[-1][:2]:
                kept[-1] = min(kept[-1], one, key=lambda other: self[other[2]])
            elif one[1] - one[0] < kept[-1][1] - kept[-1][0]:
                kept[-1] = one
        return [number for _, _, number in kept]

    def _only(self, chosen: NDArray[np.bool_]) -> Completed:
        return Completed(self.texts[chosen], self.entries[chosen], self._pieces[chosen], self._seen, self._meaning)


class _Marks(NamedTuple):
    """Parts seen in joined texts: columns with the key, the role as `PartPlaces` has it, and the half-open range."""

    keys: Numbers
    roles: Numbers
    starts: Numbers
    ends: Numbers

    def only(self, chosen: NDArray[np.bool_]) -> _Marks:
        """Return some of the marks."""
        return _Marks(*(column[chosen] for column in self))


class Completion:
    """Completes the combinations of some spellings; immutable, safe to share between threads."""

    def __init__(self, spellings: Spellings, readings: Readings) -> None:
        self._count = max(spellings.parts, 1)
        sections = [(one.combined, first, part) for one, first, part in spellings.placed if len(one.combined.entries)]
        self._entries: Numbers = np.concatenate([_NONE, *(own.entries + first for own, first, _ in sections)])
        self._windows: Numbers = np.concatenate([_NONE, *(own.windows for own, _, _ in sections)])
        self.ranks = dict(zip(self._entries.tolist(), range(len(self._entries)), strict=True))
        width = max((own.parts.shape[1] for own, _, _ in sections), default=1)
        self._parts = np.full((len(self._entries), width), _NO_KEY, dtype=np.int64)
        rank = 0
        for own, _, part in sections:
            count, of_own = own.parts.shape
            self._parts[rank : rank + count, :of_own] = np.where(own.parts == NO_PART, _NO_KEY, own.parts + part)
            rank += count
        self._short = _short_parts(tuple(spellings.short), readings)
        self._none = _no_combinations()

    def complete(self, hits: Hits, sets: Numbers, table: RoleTable, encoded: Encoded) -> Completed:
        """Return the combinations that stand in the texts; of one entry those that do not overlap a shorter one."""
        triggers, owners = table.triggers.joined(sets)
        if not len(owners):
            return self._none
        texts, ranks = hits.texts[owners], triggers[:, 0]
        keys = self._keys(texts, ranks)
        marks = self._marks(_Slots(keys), hits, sets, table, encoded)
        is_possible = (_Slots(marks.keys).hold(keys) | (keys == _NO_KEY)).all(axis=1)
        if not is_possible.any():
            return self._none
        possible = np.unique((texts * len(self._entries) + ranks)[is_possible])
        texts, ranks = np.divmod(possible, len(self._entries))
        keys = self._keys(texts, ranks)
        seen = self._placed(marks.only(_Slots(keys).hold(marks.keys)), table, encoded).outermost()
        numbers, pieces = _around_first(keys, self._windows[ranks], seen)
        roles, short = table.roles, self._short.meanings

        def meaning(role: int) -> tuple[str, Reading]:
            return (roles[role].meant, roles[role].reading) if role >= 0 else short[-1 - role]

        return Completed(texts[numbers], self._entries[ranks[numbers]], pieces, seen, meaning).apart()

    def _keys(self, texts: Numbers, ranks: Numbers) -> Numbers:
        """Return the keys of the parts of combinations in texts, and _NO_KEY behind the last."""
        parts = self._parts[ranks]
        return np.where(parts == _NO_KEY, _NO_KEY, texts[:, None] * self._count + parts)

    def _marks(self, wanted: _Slots, hits: Hits, sets: Numbers, table: RoleTable, encoded: Encoded) -> _Marks:
        """Return where parts stand whose keys are wanted, the short ones last."""
        parts, holders = table.parts.joined(sets)
        places, short = self._short.seen(encoded)
        texts = np.concatenate((hits.texts[holders], encoded.texts_at(places)))
        keys = texts * self._count + np.concatenate((parts[:, 0], short[:, 0]))
        chosen = np.flatnonzero(wanted.hold(keys))
        first_short = int(np.searchsorted(chosen, len(holders)))
        of_hits, of_short = chosen[:first_short], chosen[first_short:] - len(holders)
        holders, places = holders[of_hits], places[of_short]
        return _Marks(
            keys[chosen],
            np.concatenate((parts[of_hits, 1], short[of_short, 1])),
            np.concatenate((hits.starts[holders], places)),
            np.concatenate((hits.ends[holders], places + 1)),
        )

    def _placed(self, marks: _Marks, table: RoleTable, encoded: Encoded) -> PartPlaces:
        """Return where parts stand in their texts, and how surely."""
        begins = encoded.starts[marks.keys // self._count]
        is_long = marks.roles >= 0
        roles, short = np.where(is_long, marks.roles, 0), np.where(is_long, 0, -1 - marks.roles)
        return PartPlaces(
            keys=marks.keys,
            starts=marks.starts - begins,
            ends=marks.ends - begins,
            roles=marks.roles,
            confidences=np.where(is_long, table.confidences[roles], self._short.confidences[short]),
            is_variant=np.where(is_long, table.is_variant[roles], self._short.is_variant[short]),
        )


def _around_first(keys: Numbers, windows: Numbers, seen: PartPlaces) -> tuple[Numbers, Numbers]:
    """Return the combinations whose other parts stand near one of their first part, by number, and the places of all.

    Of each other part the nearest to the first one counts. NOWHERE stands behind the last part of one that has fewer.
    """
    firsts, numbers = seen.of_keys(keys[:, 0])
    pieces = firsts[:, None]
    for part in range(1, keys.shape[1]):
        wanted = keys[numbers, part]
        if (wanted == _NO_KEY).all():
            break
        others = seen.nearest(wanted, pieces[:, 0], windows[numbers])
        is_near = (others != NOWHERE) | (wanted == _NO_KEY)
        numbers, pieces = numbers[is_near], np.column_stack((pieces, others))[is_near]
    return numbers, pieces


def _no_combinations() -> Completed:
    """Return no combinations."""
    none = np.zeros(0, dtype=np.int64)
    seen = PartPlaces(none, none, none, none, np.zeros(0, dtype=np.float64), np.zeros(0, dtype=np.bool_))
    return Completed(none, none, np.zeros((0, 1), dtype=np.int64), seen, lambda role: ("", PLAIN))


class _ShortParts:
    """The parts that may be written with one character, which the automaton does not look for.

    `meanings` are what such parts say, each with the reading; `confidences` and `is_variant` are of the readings.
    """

    def __init__(self, short: Iterable[tuple[int, Spelling]], readings: Readings) -> None:
        surest: dict[tuple[str, int], tuple[str, Reading]] = {}
        for part, (spelling, kinds) in short:
            for form, reading in readings.sure_forms(spelling, kinds):
                known = surest.get((form, part))
                if known is None or reading.confidence > known[1].confidence:
                    surest[form, part] = spelling, reading
        self.meanings = tuple(surest.values())
        # What is looked up for a place that has no short part is not used, but must be there.
        read = [reading for _, reading in self.meanings] or [PLAIN]
        self.confidences = np.array([reading.confidence for reading in read])
        self.is_variant = np.array([bool(reading.kinds) for reading in read])
        parts_of: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, (form, part) in enumerate(surest):
            parts_of[form].append((part, -1 - number))
        self._numbers = np.zeros(0x110000, dtype=np.uint16)
        self._parts = Ragged(2)
        self._parts.append([])
        for number, (form, parts) in enumerate(parts_of.items(), 1):
            self._numbers[ord(form)] = number
            self._parts.append(parts)

    def seen(self, encoded: Encoded) -> tuple[Numbers, Numbers]:
        """Return the places in joined texts at which short parts stand, and the parts with their roles."""
        numbers = self._numbers[encoded.characters]
        places = np.flatnonzero(numbers)
        parts, owners = self._parts.joined(numbers[places].astype(np.int64))
        return places[owners], parts


@remembered
def _short_parts(short: tuple[tuple[int, Spelling], ...], readings: Readings) -> _ShortParts:
    return _ShortParts(short, readings)


class _Slots:
    """Keys in a table by a hash."""

    def __init__(self, keys: Numbers) -> None:
        bits = (SLOTS_PER_KEY * keys.size).bit_length()
        self._shift = np.uint64(64 - bits)
        self._taken = np.zeros(1 << bits, dtype=np.bool_)
        self._taken[self._slots(keys)] = True

    def hold(self, keys: Numbers) -> NDArray[np.bool_]:
        """Return which keys are among those in the table; seldom one is taken to be that is not."""
        return self._taken[self._slots(keys)]

    def _slots(self, keys: Numbers) -> NDArray[np.uint64]:
        return (keys.view(np.uint64) * _FACTOR) >> self._shift
