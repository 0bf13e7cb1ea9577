"""The passages of a text that weighed most with the model: its heaviest n-grams, joined where they touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class GramWeights:
    """What each n-gram alone adds to the logit; asked of a model once, then remembered.

    `score` returns the logits of texts of one n-gram each, `size` is the number of n-grams.
    """

    def __init__(self, score: Callable[[NDArray[np.int32]], NDArray[np.float32]], size: int, nothing: int) -> None:
        self._score = score
        self._nothing = np.array([nothing], dtype=np.int32)
        self._known = np.full(size, np.nan, dtype=np.float32)

    def of(self, grams: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the weight of each n-gram."""
        weights = self._known[grams]
        missing = np.isnan(weights)
        if missing.any():
            asked = np.unique(grams[missing])
            logits = self._score(np.append(asked, self._nothing))
            self._known[asked] = logits[:-1] - logits[-1]
            weights = self._known[grams]
        return weights


def weightiest(
    weights: NDArray[np.float32], starts: NDArray[np.int64], ends: NDArray[np.int64], offsets: NDArray[np.int64]
) -> list[list[Passage]]:
    """Return of each text at most MOST_PASSAGES passages, the weightiest first; none where nothing speaks for the risk.

    The n-grams of text i are those from `offsets[i]` to `offsets[i + 1]`.
    """
    owners = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    speaking = np.flatnonzero(weights > 0)
    order = speaking[np.lexsort((-weights[speaking], owners[speaking]))]
    texts, heavy = owners[order], weights[order].astype(np.float64)
    counts = np.bincount(texts, minlength=len(offsets) - 1)
    firsts = np.cumsum(counts) - counts
    before = np.cumsum(heavy) - heavy
    before -= before[firsts[texts]]
    total = np.bincount(texts, weights=heavy, minlength=len(offsets) - 1)
    is_chosen = (np.arange(len(order)) - firsts[texts] < MOST_GRAMS) & (before < SHARE * total[texts])
    chosen = order[is_chosen]
    chosen = chosen[np.lexsort((ends[chosen], starts[chosen], owners[chosen]))]
    grams: list[list[Passage]] = [[] for _ in range(len(offsets) - 1)]
    for text, *gram in zip(
        owners[chosen].tolist(),
        starts[chosen].tolist(),
        ends[chosen].tolist(),
        weights[chosen].tolist(),
        strict=True,
    ):
        grams[text].append(Passage(*gram))
    return [sorted(_joined(of_text), key=_weight)[:MOST_PASSAGES] for of_text in grams]


def _weight(passage: Passage) -> tuple[float, int]:
    return -passage.weight, passage.start


def _joined(grams: Sequence[Passage]) -> list[Passage]:
    passages: list[Passage] = []
    for start, end, weight in grams:
        if passages and start <= passages[-1].end + LONGEST_GAP:
            last = passages[-1]
            passages[-1] = Passage(last.start, max(last.end, end), last.weight + weight)
        else:
            passages.append(Passage(start, end, weight))
    return passages
