"""From logits to probabilities that mean what they say, and to thresholds that keep a false-positive target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from moderation.match.classifier import DECIMALS, NEVER, Thresholds
from moderation.train.fitting import Array, Bools, Weights, likelihoods

REVIEW_SHARE, REJECT_SHARE = 0.003, 0.0005
"""Shares of lawful SMS that the model may send to a person, and may refuse by itself."""

REJECT_PRECISION = 0.98
"""Precision that the texts of a kind must have which the model refuses by itself."""

LEAST_REJECTED = 50
"""Texts of a kind that a precision must rest on."""

LOWEST_REVIEW = 0.5
LEAST_HEAT, MOST_HEAT = 0.2, 20.0
BINS = 15


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line through logits: Platt, "Probabilistic Outputs for Support Vector Machines" (1999)."""

    slope: float
    shift: float

    def probabilities(self, logits: Array) -> Array:
        """Return the calibrated probabilities."""
        return likelihoods(self.slope * logits + self.shift)

    def applied(self, weights: Weights) -> Weights:
        """Return the weights whose logits are calibrated."""
        return weights.scaled(self.slope, self.shift)


def calibrate(logits: Array, unlawful: Bools, weights: Array) -> Calibration:
    """Return the line that makes the logits of texts that the model did not see likeliest."""
    model = LogisticRegression(C=1e6).fit(logits[:, None], unlawful, sample_weight=weights)
    return Calibration(float(model.coef_[0, 0]), float(model.intercept_[0]))


def temperature(logits: Array, labels: Sequence[str], names: Sequence[str], weights: Array) -> float:
    """Return what logits by name are to be divided by so that the labels of texts not seen are likeliest.

    1 where none of the texts has a label that is known (Guo et al., ICML 2017).
    """
    numbers = {name: number for number, name in enumerate(names)}
    known = np.array([number for number, label in enumerate(labels) if label in numbers], dtype=np.int64)
    if not len(known):
        return 1.0
    right = np.array([numbers[labels[number]] for number in known.tolist()])
    chosen, shares = logits[known], weights[known] / weights[known].sum()

    def loss(logarithm: float) -> float:
        cooled = chosen / exp(logarithm)
        return float(shares @ (logsumexp(cooled, axis=1) - cooled[np.arange(len(right)), right]))

    return exp(float(minimize_scalar(loss, bounds=(log(LEAST_HEAT), log(MOST_HEAT)), method="bounded").x))


def calibration_error(probabilities: Array, unlawful: Bools) -> float:
    """Return the expected calibration error over BINS bins of equal width (Guo et al., ICML 2017)."""
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    gaps = np.abs(np.bincount(bins, probabilities, BINS) - np.bincount(bins, unlawful, BINS))
    return float(gaps.sum() / max(counts.sum(), 1))


def choose_thresholds(
    probabilities: Array, kinds: Sequence[str], unlawful: Bools, lawful_sms: Array, names: Sequence[str]
) -> dict[str, Thresholds]:
    """Return the thresholds of each kind by the probabilities of texts that the model did not see.

    `kinds` are the kinds that the texts are taken for, `lawful_sms` what each counts as lawful SMS. Of all thresholds
    whose false positives stay within the target in total, those with the most true positives are taken: each kind pays
    the same for one.
    """
    taken_for = np.array(kinds)
    curves = {name: _curve(probabilities, taken_for == name, unlawful, lawful_sms) for name in names}
    total = float(lawful_sms.sum())
    review = _within(curves, REVIEW_SHARE * total, LOWEST_REVIEW)
    reject = _within({name: _precise(curve) for name, curve in curves.items()}, REJECT_SHARE * total, 0.0)
    return {name: Thresholds(review[name], max(review[name], reject[name])) for name in names}


@dataclass(frozen=True, slots=True)
class _Curve:
    """True and false positives of one kind from each threshold on, the highest first."""

    thresholds: Array
    hits: Array
    false: Array


def _curve(probabilities: Array, chosen: Bools, unlawful: Bools, lawful_sms: Array) -> _Curve:
    own, hits, false = probabilities[chosen], unlawful[chosen], lawful_sms[chosen]
    order = np.argsort(-own, kind="stable")
    last = np.flatnonzero(np.append(np.diff(own[order]) != 0, True)) if len(own) else np.empty(0, dtype=np.int64)
    return _Curve(own[order][last], _summed(hits[order])[last], _summed(false[order])[last])


def _summed(marks: Bools | Array) -> Array:
    return np.cumsum(marks, dtype=np.float64)


def _precise(curve: _Curve) -> _Curve:
    """Return the part of a curve on which the precision is high enough."""
    found = curve.hits + curve.false
    good = (curve.hits >= REJECT_PRECISION * found) & (curve.hits >= LEAST_REJECTED)
    return _Curve(curve.thresholds[good], curve.hits[good], curve.false[good])


def _within(curves: Mapping[str, _Curve], budget: float, lowest: float) -> dict[str, float]:
    """Return the thresholds at the lowest price of a false positive at which all kinds together keep the budget."""
    low, high = 0.0, 1e6
    for _ in range(60):
        price = (low + high) / 2
        spent = sum(_at(curve, price, lowest)[1] for curve in curves.values())
        low, high = (low, price) if spent <= budget else (price, high)
    return {name: _at(curve, high, lowest)[0] for name, curve in curves.items()}


def _at(curve: _Curve, price: float, lowest: float) -> tuple[float, float]:
    """Return the threshold with the most hits less the price of its false positives, and how many of these it has."""
    usable = curve.thresholds >= lowest
    if not usable.any():
        return NEVER, 0.0
    gains = np.where(usable, curve.hits - price * curve.false, -np.inf)
    best = len(gains) - 1 - int(gains[::-1].argmax())
    if gains[best] <= 0:
        return NEVER, 0.0
    digits = 10**DECIMALS
    return float(np.floor(curve.thresholds[best] * digits) / digits), float(curve.false[best])
