"""What a model card tells besides rates on held-out texts: whole sources left out, sources guessed, models compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from moderation.text.template import MAX_TEXT_LENGTH, Template
from moderation.train.comparison import Compared, compare
from moderation.train.dataset import Dataset, Report
from moderation.train.disputes import rules_alone, unlawful
from moderation.train.fitting import Bools
from moderation.train.leaving_out import LeftOut, leave_out
from moderation.train.probing import Probe, probe


@dataclass(frozen=True, slots=True)
class Study:
    """What was found of a training set."""

    left_out: tuple[LeftOut, ...]
    probes: tuple[Probe, ...]
    compared: tuple[Compared, ...]


def study_of(dataset: Dataset, *, seed: int, report: Report) -> Study:
    """Return the study of a training set; it takes some minutes."""
    engine = rules_alone()

    def by_rules(normals: Sequence[str]) -> Bools:
        templates = [Template(normal[:MAX_TEXT_LENGTH]) for normal in normals]
        return np.fromiter(unlawful(templates, engine), dtype=np.bool_, count=len(templates))

    left_out = leave_out(dataset, by_rules, seed=seed, report=report)
    report("guessing the sources")
    probes = probe(dataset, seed)
    return Study(tuple(left_out), tuple(probes), tuple(compare(dataset, seed=seed, report=report)))
