"""Kinds of models compared on the question whether a text is unlawful: quality on held-out groups, size and speed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.metrics import f1_score
from sklearn.neural_network import MLPClassifier

from moderation.match.features import BUCKETS
from moderation.train.calibration import calibration_error
from moderation.train.corpus import OWN_SOURCES
from moderation.train.dataset import PLAIN, Dataset, Report, teaching_risk
from moderation.train.fitting import Array, Bools, Weights, fit_sides, likelihoods, matrix_of, unlawful_of, weights_of
from moderation.train.measuring import EVEN
from moderation.train.static_vectors import static_vectors
from moderation.train.trial_graphs import bag_of_embeddings, linear, timed
from moderation.train.words import word_matrix_of

HIDDEN = 32
EPOCHS, DRAWN = 6, 80_000
BAG_SCALE = 3
"""Factor of the network's features, which learn faster so."""

BAG_BUCKETS = 1 << 15
"""Buckets of the network: its embeddings are dense, and each takes a step at every batch."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How one kind of model does on real held-out texts, how large it is, and how long a text takes.

    That is from the folded text to the probability, in microseconds, alone and in a batch of 128.
    """

    name: str
    accuracy: float
    macro_f1: float
    calibration_error: float
    megabytes: float
    microseconds_alone: float
    microseconds_in_batch: float


@dataclass(frozen=True, slots=True)
class _Trial:
    """What all kinds learn from and are measured on, as texts and as n-grams, and the vectors of the n-grams."""

    learnt_normals: list[str]
    held_normals: list[str]
    learnt: csr_matrix
    held: csr_matrix
    target: Bools
    weights: Array
    vectors: Array
    seed: int


class _Tried(NamedTuple):
    """Probabilities of the held-out texts, the ONNX file, whether it needs words, and the buckets of its table."""

    probabilities: Array
    content: bytes
    words: bool = False
    buckets: int = BUCKETS


def compare(dataset: Dataset, *, seed: int, report: Report) -> list[Compared]:
    """Return what each kind of model does."""
    samples = teaching_risk(dataset.training)
    held = [one for one in dataset.held_out if one.risk and one.way == PLAIN and one.source not in OWN_SOURCES]
    learnt_normals, held_normals = ([one.normal for one in some] for some in (samples, held))
    report("asking the sentence encoder")
    trial = _Trial(
        learnt_normals,
        held_normals,
        matrix_of(learnt_normals),
        matrix_of(held_normals),
        unlawful_of(samples),
        weights_of(samples),
        static_vectors([one.normal for one in samples if one.way == PLAIN]),
        seed,
    )
    compared = []
    for name, run in (
        ("hashed character n-grams, logistic regression", _characters),
        ("the same with words by jieba", _words),
        ("bag of embeddings, one hidden layer", _bag),
        ("static vectors of a sentence encoder", _static),
        ("hashed n-grams with static vectors", _both),
    ):
        report(f"comparing: {name}")
        compared.append(_compared(name, run(trial), unlawful_of(held), held_normals))
    return compared


def _compared(name: str, tried: _Tried, unlawful: Bools, texts: Sequence[str]) -> Compared:
    told = tried.probabilities >= EVEN
    alone, batch = timed(tried.content, texts, words=tried.words, buckets=tried.buckets)
    return Compared(
        name,
        float((told == unlawful).mean()),
        float(f1_score(unlawful, told, average="macro")),
        calibration_error(tried.probabilities, unlawful),
        len(tried.content) / 1e6,
        alone,
        batch,
    )


def _characters(trial: _Trial) -> _Tried:
    fitted = fit_sides(trial.learnt, trial.target, trial.weights, trial.seed)
    return _Tried(_told(fitted, trial.held), linear(fitted.coefficients, fitted.intercepts))


def _words(trial: _Trial) -> _Tried:
    learnt, held = (
        hstack([grams, word_matrix_of(normals)]).tocsr()
        for grams, normals in ((trial.learnt, trial.learnt_normals), (trial.held, trial.held_normals))
    )
    fitted = fit_sides(learnt, trial.target, trial.weights, trial.seed)
    return _Tried(_told(fitted, held), linear(fitted.coefficients, fitted.intercepts), words=True)


def _bag(trial: _Trial) -> _Tried:
    model = MLPClassifier((HIDDEN,), alpha=1e-5, max_iter=1, batch_size=256, random_state=trial.seed)
    chance = np.random.default_rng(trial.seed)
    small, share = _folded(trial.learnt), trial.weights / trial.weights.sum()
    for _ in range(EPOCHS):
        drawn = chance.choice(len(share), size=min(len(share), DRAWN), p=share)
        model.partial_fit(small[drawn], trial.target[drawn], classes=[False, True])
    told = model.predict_proba(_folded(trial.held))[:, 1]
    embeddings = [model.coefs_[0] * BAG_SCALE, model.coefs_[1]]
    return _Tried(told, bag_of_embeddings(embeddings, model.intercepts_), buckets=BAG_BUCKETS)


def _static(trial: _Trial) -> _Tried:
    learnt, held = (csr_matrix(matrix @ trial.vectors) for matrix in (trial.learnt, trial.held))
    fitted = fit_sides(learnt, trial.target, trial.weights, trial.seed, is_weighted=False)
    return _Tried(_told(fitted, held), linear(trial.vectors @ fitted.coefficients, fitted.intercepts))


def _both(trial: _Trial) -> _Tried:
    learnt, held = (
        hstack([matrix, csr_matrix(matrix @ trial.vectors)]).tocsr() for matrix in (trial.learnt, trial.held)
    )
    fitted = fit_sides(learnt, trial.target, trial.weights, trial.seed)
    table = fitted.coefficients[:BUCKETS] + trial.vectors @ fitted.coefficients[BUCKETS:]
    return _Tried(_told(fitted, held), linear(table, fitted.intercepts))


def _told(fitted: Weights, matrix: csr_matrix) -> Array:
    return likelihoods(fitted.logits(matrix)[:, 0])


def _folded(matrix: csr_matrix) -> csr_matrix:
    """Return the features with fewer buckets, several put into one."""
    parts = (matrix.data * BAG_SCALE, matrix.indices % BAG_BUCKETS, matrix.indptr.copy())
    folded = csr_matrix(parts, (matrix.shape[0], BAG_BUCKETS))
    folded.sum_duplicates()
    return folded.astype(np.float32)
