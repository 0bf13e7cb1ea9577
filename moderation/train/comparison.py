"""Kinds of models compared on the question whether a text is unlawful: quality on held-out groups, size and speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.metrics import f1_score
from sklearn.neural_network import MLPClassifier

from moderation.match.classifier import LAWFUL
from moderation.match.features import BUCKETS
from moderation.train.calibration import Bools, calibration_error
from moderation.train.corpus import OWN_SOURCES
from moderation.train.dataset import PLAIN, Dataset, Sample
from moderation.train.fitting import Array, fit_sides, matrix_of
from moderation.train.static_vectors import static_vectors
from moderation.train.trial_graphs import bag_of_embeddings, linear, timed
from moderation.train.words import word_matrix_of

HIDDEN = 32
EPOCHS = 6
BAG_BUCKETS = 1 << 15
"""Buckets of the network: its embeddings are dense, and each takes a step at every batch."""

Report = Callable[[str], None]


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
class _Split:
    """What all kinds learn from, and what they are measured on."""

    learnt: list[Sample]
    held_out: list[Sample]

    @property
    def target(self) -> Bools:
        found: Bools = np.array([one.risk != LAWFUL for one in self.learnt])
        return found

    @property
    def weights(self) -> Array:
        return np.array([one.weight for one in self.learnt])


def compare(dataset: Dataset, *, seed: int, report: Report) -> list[Compared]:
    """Return what each kind of model does."""
    split = _Split(
        [one for one in dataset.training if one.risk and not one.disputed],
        [one for one in dataset.held_out if one.risk and one.way == PLAIN and one.source not in OWN_SOURCES],
    )
    learnt, held = (matrix_of([one.normal for one in samples]) for samples in (split.learnt, split.held_out))
    texts = [one.normal for one in split.held_out]
    compared = []
    for name, run in (
        ("hashed character n-grams, logistic regression", _characters),
        ("the same with words by jieba", _words),
        ("bag of embeddings, one hidden layer", _bag),
        ("static vectors of a sentence encoder", _static),
        ("hashed n-grams with static vectors", _both),
    ):
        report(f"comparing: {name}")
        probabilities, content, words = run(split, learnt, held, seed)
        alone, batch = timed(content, texts, words=words)
        compared.append(_compared(name, probabilities, split.held_out, len(content), alone, batch))
    return compared


def _compared(
    name: str, probabilities: Array, samples: Sequence[Sample], size: int, alone: float, batch: float
) -> Compared:
    unlawful = np.array([one.risk != LAWFUL for one in samples])
    told = probabilities >= 0.5
    return Compared(
        name,
        float((told == unlawful).mean()),
        float(f1_score(unlawful, told, average="macro")),
        calibration_error(probabilities, unlawful),
        size / 1e6,
        alone,
        batch,
    )


_Tried = tuple[Array, bytes, bool]
"""Probabilities of the held-out texts, the ONNX file, and whether words are needed besides n-grams."""


def _characters(split: _Split, learnt: csr_matrix, held: csr_matrix, seed: int) -> _Tried:
    fitted = fit_sides(learnt, split.target, split.weights, seed)
    return _sigmoid(fitted.logits(held)[:, 0]), linear(fitted.coefficients, fitted.intercepts), False


def _words(split: _Split, learnt: csr_matrix, held: csr_matrix, seed: int) -> _Tried:
    more, told = (word_matrix_of([one.normal for one in samples]) for samples in (split.learnt, split.held_out))
    fitted = fit_sides(hstack([learnt, more]).tocsr(), split.target, split.weights, seed)
    logits = fitted.logits(hstack([held, told]).tocsr())[:, 0]
    return _sigmoid(logits), linear(fitted.coefficients, fitted.intercepts), True


def _bag(split: _Split, learnt: csr_matrix, held: csr_matrix, seed: int) -> _Tried:
    model = MLPClassifier((HIDDEN,), alpha=1e-5, max_iter=1, batch_size=256, random_state=seed)
    chance = np.random.default_rng(seed)
    small, target = _folded(learnt), split.target
    for _ in range(EPOCHS):
        share = split.weights / split.weights.sum()
        drawn = chance.choice(len(target), size=min(len(target), 80_000), p=share)
        model.partial_fit(small[drawn], target[drawn], classes=[False, True])
    return model.predict_proba(_folded(held))[:, 1], bag_of_embeddings(model.coefs_, model.intercepts_), False


def _static(split: _Split, learnt: csr_matrix, held: csr_matrix, seed: int) -> _Tried:
    vectors = static_vectors([one.normal for one in split.learnt if one.way == PLAIN])
    fitted = fit_sides(csr_matrix(learnt @ vectors), split.target, split.weights, seed, is_weighted=False)
    logits = fitted.logits(csr_matrix(held @ vectors))[:, 0]
    return _sigmoid(logits), linear(vectors @ fitted.coefficients, fitted.intercepts), False


def _both(split: _Split, learnt: csr_matrix, held: csr_matrix, seed: int) -> _Tried:
    vectors = static_vectors([one.normal for one in split.learnt if one.way == PLAIN])
    joined = hstack([learnt, csr_matrix(learnt @ vectors)]).tocsr()
    fitted = fit_sides(joined, split.target, split.weights, seed)
    logits = fitted.logits(hstack([held, csr_matrix(held @ vectors)]).tocsr())[:, 0]
    table = fitted.coefficients[:BUCKETS] + vectors @ fitted.coefficients[BUCKETS:]
    return _sigmoid(logits), linear(table, fitted.intercepts), False


def _folded(matrix: csr_matrix) -> csr_matrix:
    """Return the features with fewer buckets, several put into one."""
    parts = (matrix.data * 3, matrix.indices % BAG_BUCKETS, matrix.indptr.copy())
    folded = csr_matrix(parts, (matrix.shape[0], BAG_BUCKETS))
    folded.sum_duplicates()
    return folded.astype(np.float32)


def _sigmoid(logits: Array) -> Array:
    found: Array = 1.0 / (1.0 + np.exp(-logits))
    return found
