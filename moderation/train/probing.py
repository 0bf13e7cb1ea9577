"""Can a text's source be guessed? A probe on the features tells how much of it they give away."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    probes = [
        _probed("all characters, as they come", _all_characters, plain, seed),
        _probed("features of the model", matrix_of, plain, seed),
        _probed("features, values replaced", matrix_of, other, seed),
    ]
    return [one for one in probes if one is not None]


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


def _all_characters(normals: Sequence[str]) -> csr_matrix:
    vectorizer = HashingVectorizer(analyzer="char", ngram_range=(1, 2), n_features=2**17, alternate_sign=False)
    return vectorizer.transform(normals)


def _probed(
    features: str, matrix_for: Callable[[Sequence[str]], csr_matrix], samples: Sequence[Sample], seed: int
) -> Probe | None:
    """Return the accuracy on the half of the groups that the probe did not learn from; None for a single source."""
    learnt, tried = ([one for one in samples if one.group % 2 == half] for half in (0, 1))
    if len({one.source for one in learnt}) < 2 or not tried:
        return None
    model = LogisticRegression(C=10.0, max_iter=100, random_state=seed)
    model.fit(matrix_for([one.normal for one in learnt]), [one.source for one in learnt])
    guessed = model.predict(matrix_for([one.normal for one in tried]))
    sources = [one.source for one in tried]
    right = sum(guess == source for guess, source in zip(guessed, sources, strict=True))
    return Probe(features, right / len(tried), max(Counter(sources).values()) / len(tried))
