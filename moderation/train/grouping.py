"""Near-duplicates: texts that share most of their characters form a group, which is trained on or held out as one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from moderation.match.features import Grams, han_grams_of

BANDS, ROWS = 12, 4
"""Minhash bands and rows in a band: two texts that share 3 in 4 of their 3-grams meet with probability 0.99."""

HELD_OUT_SHARE = 0.2
LARGEST_HELD_OUT = 300
"""Texts of the largest group that is held out: one campaign must not decide a measured rate."""

NO_FAMILIES: Mapping[int, str] = MappingProxyType({})
_PRIME = np.uint64(4_294_967_311)


@dataclass(frozen=True, slots=True)
class Group:
    """A group's number, and whether it is held out of training."""

    number: int
    held_out: bool


def group(
    texts: Sequence[str], pairs: Iterable[tuple[int, int]] = (), families: Mapping[int, str] = NO_FAMILIES
) -> list[Group]:
    """Return the group of each normal text; the two texts of a pair share theirs, and so do those of a family.

    Whether a group is held out depends on its texts alone, so that it stays so when others are added. `families` names
    the family of a text by its position: a group with such texts is held out or not by their names, whatever its size.
    """
    leaders = list(range(len(texts)))

    def leader_of(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = leaders[leaders[index]]
            index = leaders[index]
        return index

    def join(one: int, other: int) -> None:
        one, other = sorted((leader_of(one), leader_of(other)))
        leaders[other] = one

    for one, other in pairs:
        join(one, other)
    first: dict[str, int] = {}
    for index, name in families.items():
        join(first.setdefault(name, index), index)
    for bucket in _meetings(han_grams_of(texts, 3)):
        for index in bucket[1:]:
            join(bucket[0], index)
    members: dict[int, list[str]] = {}
    named: dict[int, set[str]] = {}
    for index, text in enumerate(texts):
        members.setdefault(leader_of(index), []).append(text)
        if index in families:
            named.setdefault(leader_of(index), set()).add(families[index])
    groups = {
        leader: Group(leader, _is_drawn(min(named[leader])) if leader in named else _is_held_out(group))
        for leader, group in members.items()
    }
    return [groups[leader_of(index)] for index in range(len(texts))]


def _is_held_out(texts: Sequence[str]) -> bool:
    return len(texts) <= LARGEST_HELD_OUT and _is_drawn(min(texts))


def _is_drawn(name: str) -> bool:
    digest = hashlib.sha256(name.encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < HELD_OUT_SHARE


def _meetings(grams: Grams) -> Iterable[list[int]]:
    """Yield the positions of texts that share a band of their minhash."""
    random = np.random.default_rng(20_261_123)
    factors = random.integers(1, 2**32, size=(BANDS * ROWS, 2), dtype=np.uint64)
    filled = np.flatnonzero(grams.counts)
    starts = grams.offsets[:-1][filled]
    values = grams.buckets.astype(np.uint64)
    signature = (
        np.stack(
            [np.minimum.reduceat((values * factor + shift) % _PRIME, starts) for factor, shift in factors.tolist()],
            axis=1,
        )
        if len(filled)
        else np.empty((0, BANDS * ROWS), dtype=np.uint64)
    )
    for band in range(BANDS):
        met: dict[bytes, list[int]] = {}
        for row, index in enumerate(filled.tolist()):
            met.setdefault(signature[row, band * ROWS : (band + 1) * ROWS].tobytes(), []).append(index)
        yield from (bucket for bucket in met.values() if len(bucket) > 1)
