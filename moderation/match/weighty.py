"""The passages of a text that weighed most with the model: its heaviest n-grams, joined where they touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    count = len(offsets) - 1
    owners = np.repeat(np.arange(count), np.diff(offsets))
    chosen = _heaviest(weights, owners, count)
    chosen = chosen[np.lexsort((ends[chosen], starts[chosen], owners[chosen]))]
    passages: list[list[Passage]] = [[] for _ in range(count)]
    for text, start, end, weight in _joined(owners[chosen], starts[chosen], ends[chosen], weights[chosen]):
        if len(passages[text]) < MOST_PASSAGES:
            passages[text].append(Passage(start, end, weight))
    return passages


def _heaviest(weights: NDArray[np.float32], owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the n-grams of each text that make up most of what speaks for the risk."""
    speaking = np.flatnonzero(weights > 0)
    own = owners[speaking]
    heavy = weights[speaking].astype(np.float32)
    # Numbers above zero are in the order of their bits. One key is sorted several times faster than two.
    order = np.argsort((own << 32) - heavy.view(np.uint32), kind="stable")
    texts, heavy = own[order], heavy[order].astype(np.float64)
    firsts = np.searchsorted(texts, np.arange(count))
    before = np.cumsum(heavy) - heavy
    before -= before[firsts[texts]]
    total = np.bincount(texts, weights=heavy, minlength=count)
    is_chosen = (np.arange(len(order)) - firsts[texts] < MOST_GRAMS) & (before < SHARE * total[texts])
    return speaking[order[is_chosen]]


def _joined(
    texts: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], weights: NDArray[np.float32]
) -> Iterable[tuple[int, int, int, float]]:
    """Return n-grams joined where they touch: the text of each passage, the range, the weight; weightiest first."""
    if not len(texts):
        return ()
    span = int(ends.max()) + LONGEST_GAP + 1
    reached = np.maximum.accumulate(texts * span + ends)
    opens = np.ones(len(texts), dtype=np.bool_)
    opens[1:] = texts[1:] * span + starts[1:] > reached[:-1] + LONGEST_GAP
    firsts = np.flatnonzero(opens)
    summed = np.bincount(np.cumsum(opens) - 1, weights=weights)
    texts, starts = texts[firsts], starts[firsts]
    ends = np.append(reached[firsts[1:] - 1], reached[-1]) - texts * span
    order = np.lexsort((starts, -summed, texts))
    return zip(*(column[order].tolist() for column in (texts, starts, ends, summed)), strict=True)
