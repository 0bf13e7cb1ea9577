"""Where parts of combinations stand in many texts, as columns, and which place is the nearest to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.match.ragged import Numbers

NOWHERE = -1
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class PartPlaces:
    """Places of parts by key, which tells the text and the part: half-open ranges of the text, and how each is read.

    A role below zero stands for a short spelling: -1 for the first of those that there are.
    """

    keys: Numbers
    starts: Numbers
    ends: Numbers
    roles: Numbers
    confidences: NDArray[np.float64]
    is_variant: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.bool_] | Numbers) -> PartPlaces:
        """Return some of the places, by a mask or by their numbers in the order wanted."""
        return PartPlaces(
            self.keys[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.roles[chosen],
            self.confidences[chosen],
            self.is_variant[chosen],
        )

    def outermost(self) -> PartPlaces:
        """Return the places in order of keys and starts, without those inside a longer one of the same key."""
        span = self._span
        order = np.lexsort((-self.confidences, -self.ends, self.keys * span + self.starts))
        reached = self.keys[order] * span + self.ends[order]
        is_outer = np.ones(len(order), dtype=np.bool_)
        is_outer[1:] = reached[1:] > np.maximum.accumulate(reached)[:-1]
        return self.only(order[is_outer])

    def of_keys(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places of some keys, one key after another, and of each which of the keys it has."""
        firsts = np.searchsorted(self.keys, keys)
        counts = np.searchsorted(self.keys, keys, side="right") - firsts
        owners = np.repeat(np.arange(len(keys)), counts)
        return np.arange(len(owners)) + (firsts - np.cumsum(counts) + counts)[owners], owners

    def nearest(self, keys: Numbers, centres: Numbers, windows: Numbers) -> Numbers:
        """Return the place of each key that is nearest to another one within a window; the first of two, or NOWHERE.

        The places are the outermost ones: of one key those in order of starts are in order of ends.
        """
        span, last = self._span, len(self.keys) - 1
        starts, ends = self.starts[centres], self.ends[centres]
        after = np.minimum(np.searchsorted(self.keys * span + self.starts, keys * span + ends), last)
        before = np.maximum(np.searchsorted(self.keys * span + self.ends, keys * span + starts, side="right") - 1, 0)
        to_after, to_before = self.starts[after] - ends, starts - self.ends[before]
        to_after[(self.keys[after] != keys) | (to_after < 0)] = _FAR
        to_before[(self.keys[before] != keys) | (to_before < 0)] = _FAR
        nearest = np.where(to_before <= to_after, before, after)
        return np.where(np.minimum(to_before, to_after) <= windows, nearest, NOWHERE)

    @property
    def _span(self) -> int:
        """What a key is multiplied by so that it can be told apart with a place behind it."""
        return int(self.ends.max(initial=0)) + 1
