"""Whole sources left out of training: what a model understands of texts that nobody like them taught it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from moderation.match.classifier import LAWFUL
from moderation.train.corpus import LAWFUL_SOURCE, MIXED, OWN_SOURCES
from moderation.train.dataset import PLAIN, Dataset, Report, Sample, teaching_risk
from moderation.train.fitting import Array, Bools, fit_sides, matrix_of, unlawful_of, weights_of
from moderation.train.measuring import Rate, kind_of

FALSE_SHARE = 0.01
"""Share of lawful held-out texts of the sources that stayed that may be flagged."""

OWN_ALONE = "all collections"

Rules = Callable[[Sequence[str]], Bools]
"""Tells of each folded text whether the rules alone find it unlawful."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How a model did on sources that it never saw: of each kind of text, what it flags, and what rules and model do.

    `accuracy` is the share judged right with even odds.
    """

    sources: str
    model: tuple[Rate, ...]
    together: tuple[Rate, ...]
    accuracy: Rate


def leave_out(dataset: Dataset, rules: Rules, *, seed: int, report: Report) -> list[LeftOut]:
    """Return what is found in each collection by a model without it, and in all of them by one of our texts alone."""
    collections = sorted({sample.source for sample in dataset.samples if sample.unlawful and not _is_own(sample)})
    lawful = sorted({one.source for one in dataset.samples if one.risk == LAWFUL and not _is_own(one)} - {*collections})
    found = []
    for sources in ([one] for one in (*collections, *lawful)):
        report(f"leaving out {sources[0]}")
        found.append(_left_out(dataset, sources, sources[0], rules, seed))
    report("learning from our own texts alone")
    found.append(_left_out(dataset, [*collections, *lawful], OWN_ALONE, rules, seed))
    return found


def _left_out(dataset: Dataset, sources: Collection[str], name: str, rules: Rules, seed: int) -> LeftOut:
    risky = teaching_risk(dataset.samples)
    seen = [one for one in teaching_risk(dataset.training) if one.source not in sources]
    fitted = fit_sides(matrix_of([one.normal for one in seen]), unlawful_of(seen), weights_of(seen), seed)

    def logits(samples: Sequence[Sample]) -> Array:
        found: Array = fitted.logits(matrix_of([one.normal for one in samples]))[:, 0]
        return found

    threshold = _threshold(logits, [one for one in risky if one.source not in sources])
    unseen = [one for one in risky if one.source in sources and one.way == PLAIN]
    scores, by_rules = logits(unseen), rules([one.normal for one in unseen])
    right = (scores > 0) == unlawful_of(unseen)
    return LeftOut(
        name,
        tuple(_rates("model alone", unseen, scores > threshold)),
        tuple(_rates("rules and model", unseen, (scores > threshold) | by_rules)),
        Rate("risk right", name, int(right.sum()), len(right)),
    )


def _threshold(logits: Callable[[Sequence[Sample]], Array], stayed: Sequence[Sample]) -> float:
    """Return the logit above which FALSE_SHARE of lawful held-out texts lies: real ones, or ours where none stayed."""
    lawful = [one for one in stayed if one.held_out and one.risk == LAWFUL]
    real = [one for one in lawful if not _is_own(one)]
    own = [one for one in lawful if one.source == LAWFUL_SOURCE]
    return float(np.quantile(logits(real or own), 1.0 - FALSE_SHARE))


def _rates(what: str, samples: Sequence[Sample], flagged: Bools) -> Iterator[Rate]:
    groups: dict[str, list[int]] = {}
    for sample, is_flagged in zip(samples, flagged.tolist(), strict=True):
        side = "lawful" if sample.risk == LAWFUL else "unlawful"
        for name in (kind_of(sample), f"{MIXED if sample.label == MIXED else sample.source}, {side}"):
            groups.setdefault(name, []).append(int(is_flagged))
    yield from (Rate(what, name, sum(hits), len(hits)) for name, hits in sorted(groups.items()))


def _is_own(sample: Sample) -> bool:
    return sample.source in OWN_SOURCES
