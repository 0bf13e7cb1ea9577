"""Fitting the heads: one multinomial logistic regression each, over hashed n-grams, by scikit-learn."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from moderation.match.classifier import HEADS
from moderation.match.features import BUCKETS, grams_of, scales_of
from moderation.train.corpus import Example
from moderation.train.graph import Weights

INVERSE_REGULARISATION = {"type": 30.0, "industry": 30.0, "risk": 1000.0}
MAX_ITERATIONS = 200
ADDRESSES = re.compile(r"[a-z0-9./:@]+")


def fit(examples: Sequence[Example], head: str, seed: int) -> Weights:
    """Return the fitted weights of one head over the examples whose label for it is known.

    Each group of near-duplicates weighs as the square root of its size, so that a campaign does not drown the rest.
    Each text with addresses is learnt from without them too, since some collections mask them and some do not.
    """
    if head not in HEADS:
        raise ValueError(f"no head {head!r}: the heads are {', '.join(HEADS)}")
    known = [(example, example.normal) for example in examples if getattr(example, head)]
    masked = [(example, ADDRESSES.sub("", normal)) for example, normal in known if ADDRESSES.search(normal)]
    learnt = [*known, *masked]
    labels = tuple(sorted({str(getattr(example, head)) for example, _ in learnt}))
    numbers = {label: index for index, label in enumerate(labels)}
    target = np.array([numbers[getattr(example, head)] for example, _ in learnt])
    _, inverse, sizes = np.unique([example.group for example, _ in learnt], return_inverse=True, return_counts=True)
    model = LogisticRegression(
        C=INVERSE_REGULARISATION[head], max_iter=MAX_ITERATIONS, random_state=seed, solver="lbfgs", tol=1e-3
    )
    model.fit(matrix_of([normal for _, normal in learnt]), target, sample_weight=1.0 / np.sqrt(sizes[inverse]))
    coefficients, intercepts = model.coef_.T, model.intercept_
    if len(labels) == 2:
        coefficients, intercepts = np.hstack([-coefficients, coefficients]) / 2, np.array([-1, 1]) * intercepts / 2
    return Weights(labels, coefficients, intercepts)


def matrix_of(normals: Sequence[str]) -> csr_matrix:
    """Return the scaled n-gram counts of normal texts as a sparse matrix, a row per text."""
    grams = grams_of(normals)
    values = np.repeat(scales_of(grams.counts), grams.counts).astype(np.float64)
    matrix = csr_matrix((values, grams.buckets, grams.offsets), shape=(len(normals), BUCKETS))
    matrix.sum_duplicates()
    return matrix
