"""What may be matches in many texts, as columns, and which of them are left of those inside one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moderation.match.combinations import Place
from moderation.match.ragged import Numbers


class Places(Protocol):
    """Places of combinations by number, and what they say."""

    def term(self, number: int, /) -> str:
        """Return the term of a place."""

    def __getitem__(self, number: int, /) -> Place:
        """Return the place of a combination."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Entries seen in texts: which entry, where in which text, by which role, how surely, and whether in a variant.

    A role below zero stands for the place of a combination: -1 for the first of `places`.
    """

    texts: Numbers
    starts: Numbers
    ends: Numbers
    entries: Numbers
    roles: Numbers
    confidences: NDArray[np.float64]
    is_variant: NDArray[np.bool_]
    places: Places

    def only(self, chosen: NDArray[np.bool_] | Numbers) -> Candidates:
        """Return some of the candidates, by a mask or by their numbers in the order wanted."""
        return Candidates(
            self.texts[chosen],
            self.starts[chosen],
            self.ends[chosen],
            self.entries[chosen],
            self.roles[chosen],
            self.confidences[chosen],
            self.is_variant[chosen],
            self.places,
        )


def longest(candidates: Candidates, wordlists: Numbers, lines: Numbers) -> Candidates:
    """Return candidates in text order, without what lies inside something longer of the same wordlist.

    A variant does not count as longer than what is written plainly: it may yet turn out to be another word.
    `wordlists` and `lines` tell the wordlist of each entry and its line there.
    """
    if not len(candidates.texts):
        return candidates
    own = wordlists[candidates.entries]
    span, lists = int(candidates.ends.max()) + 1, int(own.max()) + 1
    ranges = (candidates.texts * span + candidates.starts) * span - candidates.ends
    order = np.lexsort((lines[candidates.entries], -candidates.confidences, own, ranges))
    one, own = candidates.only(order), own[order]
    by_list = np.argsort(one.texts * lists + own, kind="stable")
    ends, texts, own = one.ends[by_list], one.texts[by_list], own[by_list]
    is_first = np.ones(len(own), dtype=np.bool_)
    is_first[1:] = (texts[1:] != texts[:-1]) | (own[1:] != own[:-1])
    floor = (np.cumsum(is_first) - 1) * (int(ends.max()) + 1)
    plain = np.where(one.is_variant[by_list], floor, floor + ends)
    reached = np.where(one.is_variant[by_list], _reached(floor + ends, floor), _reached(plain, floor))
    return one.only(np.sort(by_list[floor + ends > reached]))


def _reached(values: Numbers, floor: Numbers) -> Numbers:
    """Return for each place the largest value before it in its group; `floor` grows from group to group."""
    before = np.empty_like(values)
    before[0] = floor[0]
    before[1:] = np.maximum.accumulate(values)[:-1]
    return np.maximum(before, floor)
