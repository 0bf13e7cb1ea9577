"""Combinations in many texts at once: which of them may be complete, and where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from moderation.match.alphabet import Encoded
from moderation.match.combinations import Combination, Place, outermost, shortest
from moderation.match.compiled import Hits
from moderation.match.ragged import Numbers, Ragged
from moderation.match.readings import Reading, Readings
from moderation.match.role_table import RoleTable
from moderation.match.spellings import Spellings

SLOTS_PER_KEY = 16
"""Size of the table that tells what was seen; two that share a slot cost a look in vain, nothing else."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_NOT_NEEDED = -1


class Completion:
    """Completes the combinations of some spellings; immutable, safe to share between threads."""

    def __init__(self, spellings: Spellings, readings: Readings) -> None:
        self._parts = max(spellings.parts, 1)
        self._entries = tuple(spellings.combinations)
        self._combinations: tuple[Combination, ...] = tuple(spellings.combinations.values())
        self.ranks: Mapping[int, int] = {entry: rank for rank, entry in enumerate(self._entries)}
        width = max((len(one.parts) for one in self._combinations), default=1) - 1
        self._needed = np.full((len(self._combinations), max(width, 1)), _NOT_NEEDED, dtype=np.int64)
        for rank, one in enumerate(self._combinations):
            self._needed[rank, : len(one.needed)] = one.needed
        self._short = _ShortParts(spellings, readings)

    def complete(
        self, hits: Hits, sets: Numbers, table: RoleTable, encoded: Encoded
    ) -> Iterator[tuple[int, int, Place]]:
        """Yield the combinations that stand in the texts: the text, the entry, and where, in the text."""
        triggers, owners = table.triggers.joined(sets)
        if not len(owners):
            return
        parts, holders = table.parts.joined(sets)
        places, short = self._short.seen(encoded)
        seen = hits.texts[holders] * self._parts + parts[:, 0]
        seen_short = encoded.texts_at(places) * self._parts + short
        texts, ranks = self._possible(hits.texts[owners], triggers[:, 0], np.concatenate((seen, seen_short)))
        if not texts:
            return
        known: dict[int, list[Place]] = {
            text * self._parts + part: []
            for text, rank in zip(texts, ranks, strict=True)
            for part in self._combinations[rank].parts
        }
        wanted = np.fromiter(known, dtype=np.int64, count=len(known))
        chosen = _among(seen, wanted)
        _add_seen(known, seen[chosen], parts[chosen, 1], holders[chosen], hits, table, encoded)
        chosen = _among(seen_short, wanted)
        self._add_short(known, seen_short[chosen], places[chosen], encoded)
        for key, found in known.items():
            if len(found) > 1:
                known[key] = outermost(found)
        for text, rank in zip(texts, ranks, strict=True):
            first = text * self._parts
            of_parts = [known[first + part] for part in self._combinations[rank].parts]
            for place in shortest(self._combinations[rank].complete(of_parts)):
                yield text, self._entries[rank], place

    def _add_short(self, known: Mapping[int, list[Place]], keys: Numbers, places: Numbers, encoded: Encoded) -> None:
        """Add the places of parts that are written with one character."""
        for key, place in zip(keys.tolist(), places.tolist(), strict=True):
            found = known.get(key)
            if found is not None:
                text, part = divmod(key, self._parts)
                start = place - int(encoded.starts[text])
                found.append(self._short.place(part, encoded.texts[text][start], start))

    def _possible(self, texts: Numbers, ranks: Numbers, seen: Numbers) -> tuple[list[int], list[int]]:
        """Return the combinations, each once a text, all of whose other parts may have been seen there."""
        needed = self._needed[ranks]
        is_seen = _among(texts[:, None] * self._parts + needed, seen) | (needed == _NOT_NEEDED)
        possible = np.unique((texts * len(self._entries) + ranks)[is_seen.all(axis=1)])
        return (possible // len(self._entries)).tolist(), (possible % len(self._entries)).tolist()


def _add_seen(
    known: Mapping[int, list[Place]],
    keys: Numbers,
    roles: Numbers,
    owners: Numbers,
    hits: Hits,
    table: RoleTable,
    encoded: Encoded,
) -> None:
    """Add the places of parts that hits stand for."""
    begins = encoded.starts[hits.texts[owners]]
    starts, ends = (hits.starts[owners] - begins).tolist(), (hits.ends[owners] - begins).tolist()
    for key, start, end, number in zip(keys.tolist(), starts, ends, roles.tolist(), strict=True):
        found = known.get(key)
        if found is not None:
            role = table.roles[number]
            found.append(Place(start, end, role.meant, role.reading))


class _ShortParts:
    """The parts that may be written with one character, which the automaton does not look for."""

    def __init__(self, spellings: Spellings, readings: Readings) -> None:
        self._places: dict[tuple[int, str], tuple[str, Reading]] = {}
        parts_of: defaultdict[str, list[int]] = defaultdict(list)
        for part, (spelling, kinds) in spellings.short:
            for form, reading in readings.sure_forms(spelling, kinds):
                known = self._places.get((part, form))
                if known is None:
                    parts_of[form].append(part)
                if known is None or reading.confidence > known[1].confidence:
                    self._places[part, form] = spelling, reading
        self._numbers = np.zeros(0x110000, dtype=np.uint16)
        self._parts = Ragged()
        self._parts.append([])
        for number, (form, parts) in enumerate(parts_of.items(), 1):
            self._numbers[ord(form)] = number
            self._parts.append([(part,) for part in parts])

    def seen(self, encoded: Encoded) -> tuple[Numbers, Numbers]:
        """Return the places in joined texts at which short parts stand, and the parts."""
        numbers = self._numbers[encoded.characters]
        places = np.flatnonzero(numbers)
        parts, owners = self._parts.joined(numbers[places].astype(np.int64))
        return places[owners], parts[:, 0]

    def place(self, part: int, form: str, start: int) -> Place:
        """Return where a part stands that is written as a form."""
        spelling, reading = self._places[part, form]
        return Place(start, start + 1, spelling, reading)


def _among(keys: Numbers, known: Numbers) -> NDArray[np.bool_]:
    """Return which keys are among the known ones; seldom one is taken to be that is not."""
    size = 1 << (SLOTS_PER_KEY * len(known)).bit_length()
    bits = np.uint64(64 - (size.bit_length() - 1))
    slots = np.zeros(size, dtype=np.bool_)
    slots[(known.astype(np.uint64) * _FACTOR) >> bits] = True
    found: NDArray[np.bool_] = slots[(keys.astype(np.uint64) * _FACTOR) >> bits]
    return found
