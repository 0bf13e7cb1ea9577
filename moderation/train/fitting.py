"""Fitting by scikit-learn: logistic regression over hashed n-grams, each weighted by how unevenly it is spread.

The weighting is that of Wang & Manning, "Baselines and Bigrams" (ACL 2012): a feature is multiplied by the logarithm of
the ratio of its shares in the two sides. It is folded into the coefficients, so that serving knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from moderation.match.classifier import LAWFUL
from moderation.match.features import BUCKETS, grams_of, scales_of
from moderation.train.dataset import Sample

INVERSE_REGULARISATION = 300.0
OWN_SHARE = 0.3
TOTAL_LABEL_WEIGHT = 10_000.0
"""What all texts weigh together where type, industry or kind are learnt: with it the regularisation is the same."""

SMOOTHING = 0.5
"""Texts in which a feature is taken to have been seen on each side, besides those that it was seen in."""

LEAST_RATIO = 0.1
"""Weight of a feature that is spread evenly."""

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: `coefficients` by bucket and label, `intercepts` by label."""

    labels: tuple[str, ...]
    coefficients: Array
    intercepts: Array

    def logits(self, matrix: csr_matrix) -> Array:
        """Return a logit per text and label."""
        found: Array = np.asarray(matrix @ self.coefficients) + self.intercepts
        return found

    def scaled(self, factor: float, shift: float = 0.0) -> Weights:
        """Return the weights whose logits are these, multiplied and shifted."""
        return Weights(self.labels, self.coefficients * factor, self.intercepts * factor + shift)


def matrix_of(normals: Sequence[str]) -> csr_matrix:
    """Return the scaled n-gram counts of normal texts as a sparse matrix, a row per text."""
    grams = grams_of(normals)
    values = np.repeat(scales_of(grams.counts), grams.counts).astype(np.float64)
    matrix = csr_matrix((values, grams.buckets, grams.offsets), shape=(len(normals), BUCKETS))
    matrix.sum_duplicates()
    return matrix


def unlawful_of(samples: Sequence[Sample]) -> Bools:
    """Return whether each sample is prohibited content; its risk must be known."""
    return np.array([sample.risk != LAWFUL for sample in samples], dtype=np.bool_)


def weights_of(samples: Sequence[Sample]) -> Array:
    """Return the weight of each sample."""
    return np.array([sample.weight for sample in samples], dtype=np.float64)


def likelihoods(logits: Array) -> Array:
    """Return the probability of each logit."""
    found: Array = 1.0 / (1.0 + np.exp(-logits))
    return found


def fit_sides(matrix: csr_matrix, unlawful: Bools, weights: Array, seed: int, *, is_weighted: bool = True) -> Weights:
    """Return one column of weights, the logit of a text's being unlawful; only counts are weighted."""
    ratios = _ratios(matrix, unlawful, weights) if is_weighted else np.ones(matrix.shape[1])
    weighted = matrix.copy()
    weighted.data = weighted.data * ratios[weighted.indices]
    model = LogisticRegression(C=INVERSE_REGULARISATION, solver="liblinear", random_state=seed)
    model.fit(weighted, unlawful, sample_weight=weights)
    return Weights(("unlawful",), (model.coef_[0] * ratios)[:, None], np.array(model.intercept_))


def _ratios(matrix: csr_matrix, unlawful: Bools, weights: Array) -> Array:
    """Return how unevenly each feature is spread over the sides: the absolute log of the ratio of its shares."""
    present = matrix.copy()
    present.data = np.ones_like(present.data)
    shares = []
    for side in (unlawful, ~unlawful):
        seen = np.asarray(present.T @ (weights * side)).ravel() + SMOOTHING
        shares.append(seen / seen.sum())
    ratios: Array = np.abs(np.log(shares[0] / shares[1])) + LEAST_RATIO
    return ratios


def fit_labels(matrix: csr_matrix, labels: Sequence[str], weights: Array, seed: int) -> Weights:
    """Return one column of weights per label, the labels in order: each label against all others."""
    names = tuple(sorted(set(labels)))
    told = np.array(labels)
    columns = [fit_sides(matrix, told == name, weights, seed) for name in names]
    return Weights(
        names,
        np.concatenate([column.coefficients for column in columns], axis=1),
        np.concatenate([column.intercepts for column in columns]),
    )


def label_weights(weights: Array, labels: Sequence[str], own: Bools) -> Array:
    """Return weights by which texts of ours make up OWN_SHARE of all, and rare labels count for more than they are.

    On each side a label weighs as the square root of what its texts weigh.
    """
    told = np.array(labels)
    balanced = np.zeros(len(weights))
    for side, share in ((own, OWN_SHARE), (~own, 1.0 - OWN_SHARE)):
        sums = {name: float(weights[side & (told == name)].sum()) for name in sorted(set(told[side].tolist()))}
        total = sum(one**0.5 for one in sums.values())
        for name, one in sums.items():
            chosen = side & (told == name)
            balanced[chosen] = weights[chosen] * share * one**-0.5 / total
    balanced *= TOTAL_LABEL_WEIGHT / balanced.sum()
    return balanced
