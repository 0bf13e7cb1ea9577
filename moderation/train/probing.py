"""Can a text's source be guessed? A probe on the features tells how much of it they give away."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from moderation.match.classifier import LAWFUL
from moderation.train.dataset import PLAIN, Dataset, Sample
from moderation.train.fitting import matrix_of

MOST_OF_A_SOURCE = 1_500
"""Texts of each source that the probe learns from and is tried on."""

EQUALISED = "readdressed"
"""The way of writing in which every source's numbers, links and accounts are drawn from one hat."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How often the source of a lawful text was guessed right from some features; `majority` is what luck gives."""

    features: str
    accuracy: float
    majority: float


def probe(dataset: Dataset, seed: int) -> list[Probe]:
    """Return the probes on lawful texts, whose sources the model must not tell apart.

    All characters as they come, the features of the model, and these after numbers, links and accounts were replaced.
    """
    plain = _chosen([one for one in dataset.samples if one.way == PLAIN])
    other = _chosen([one for one in dataset.samples if one.way == EQUALISED])
    return [
        _probed("all characters, as they come", _all_characters(plain), plain, seed),
        _probed("features of the model", matrix_of([one.normal for one in plain]), plain, seed),
        _probed("features, values replaced", matrix_of([one.normal for one in other]), other, seed),
    ]


def _chosen(samples: Sequence[Sample]) -> list[Sample]:
    taken: Counter[str] = Counter()
    chosen = []
    for sample in sorted((one for one in samples if one.risk == LAWFUL), key=_drawn):
        taken[sample.source] += 1
        if taken[sample.source] <= MOST_OF_A_SOURCE:
            chosen.append(sample)
    return chosen


def _drawn(sample: Sample) -> bytes:
    """Return what orders texts without regard to what they say, the same in every process."""
    return hashlib.sha256(sample.normal.encode("utf-8", "replace")).digest()


def _all_characters(samples: Sequence[Sample]) -> csr_matrix:
    vectorizer = HashingVectorizer(analyzer="char", ngram_range=(1, 2), n_features=2**17, alternate_sign=False)
    return vectorizer.transform([one.normal for one in samples])


def _probed(features: str, matrix: csr_matrix, samples: Sequence[Sample], seed: int) -> Probe:
    """Return the accuracy on the half of the groups that the probe did not learn from."""
    sources = np.array([one.source for one in samples])
    learnt = np.array([one.group % 2 == 0 for one in samples])
    model = LogisticRegression(C=10.0, max_iter=100, random_state=seed)
    model.fit(matrix[np.flatnonzero(learnt)], sources[learnt])
    tried = sources[~learnt]
    accuracy = float((model.predict(matrix[np.flatnonzero(~learnt)]) == tried).mean())
    return Probe(features, accuracy, max(Counter(tried.tolist()).values()) / len(tried))
