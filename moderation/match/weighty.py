"""The passages of a text that weighed most with the model: its heaviest n-grams, joined where they touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_PASSAGES = 3
SHARE = 0.8
"""Share of all that speaks for the risk which the chosen n-grams make up at least."""

MOST_GRAMS = 12
LONGEST_GAP = 1
"""Characters between two n-grams that are still told as one passage."""


class Passage(NamedTuple):
    """A half-open range of a normal text, and what its n-grams add to the logit."""

    start: int
    end: int
    weight: float


def weightiest(weights: NDArray[np.float32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[Passage]:
    """Return at most MOST_PASSAGES passages, the weightiest first; none where nothing speaks for the risk."""
    order = np.argsort(-weights, kind="stable")[:MOST_GRAMS]
    order = order[weights[order] > 0]
    if not len(order):
        return []
    total = float(weights[weights > 0].sum())
    enough = int(np.searchsorted(np.cumsum(weights[order]), SHARE * total)) + 1
    chosen = order[:enough]
    grams = sorted(zip(starts[chosen].tolist(), ends[chosen].tolist(), weights[chosen].tolist(), strict=True))
    return sorted(_joined(grams), key=lambda one: (-one.weight, one.start))[:MOST_PASSAGES]


def _joined(grams: Sequence[tuple[int, int, float]]) -> list[Passage]:
    passages: list[Passage] = []
    for start, end, weight in grams:
        if passages and start <= passages[-1].end + LONGEST_GAP:
            last = passages[-1]
            passages[-1] = Passage(last.start, max(last.end, end), last.weight + weight)
        else:
            passages.append(Passage(start, end, weight))
    return passages
