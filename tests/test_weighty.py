"""The passages that weighed most: heavy n-grams, joined where they touch."""

from __future__ import annotations

import numpy as np
import pytest

from moderation.match.weighty import MOST_PASSAGES, Passage, weightiest


@pytest.mark.parametrize(
    ("grams", "passages"),
    [
        ([], []),
        ([(-1.0, 0, 2)], []),
        ([(1.0, 0, 2)], [(0, 2, 1.0)]),
        ([(1.0, 0, 2), (2.0, 1, 3)], [(0, 3, 3.0)]),
        ([(1.0, 0, 2), (2.0, 3, 5)], [(0, 5, 3.0)]),
        ([(0.4, 0, 2), (2.0, 6, 8)], [(6, 8, 2.0)]),
        ([(1.0, 0, 2), (1.1, 6, 8)], [(6, 8, 1.1), (0, 2, 1.0)]),
        ([(2.0, 0, 2), (-9.0, 0, 2)], [(0, 2, 2.0)]),
    ],
)
def test_passages(grams: list[tuple[float, int, int]], passages: list[tuple[int, int, float]]) -> None:
    weights, starts, ends = (np.array([gram[column] for gram in grams]) for column in range(3))
    twice = [np.concatenate((column, column)) for column in (weights, starts, ends)]
    offsets = np.array([0, len(grams), len(grams), 2 * len(grams)])
    found, nothing, again = weightiest(
        twice[0].astype(np.float32), twice[1].astype(np.int64), twice[2].astype(np.int64), offsets
    )
    assert (nothing, again) == ([], found)
    assert [(one.start, one.end) for one in found] == [(start, end) for start, end, _ in passages]
    assert [one.weight for one in found] == pytest.approx([weight for _, _, weight in passages])


def test_there_are_few_passages_the_weightiest_first() -> None:
    starts = np.arange(0, 50, 10)
    (found,) = weightiest(np.arange(1, 6).astype(np.float32), starts, starts + 2, np.array([0, 5]))
    assert len(found) == MOST_PASSAGES
    assert found == sorted(found, key=lambda one: -one.weight)
    assert found[0] == Passage(40, 42, 5.0)
