"""Calibration: probabilities that mean what they say, and thresholds that keep the target on lawful SMS."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from moderation.match.classifier import NEVER, Thresholds
from moderation.train.calibration import (
    LEAST_REJECTED,
    REJECT_SHARE,
    REVIEW_SHARE,
    Calibration,
    calibrate,
    calibration_error,
    choose_thresholds,
    temperature,
)
from moderation.train.fitting import Weights


def test_logits_that_are_too_sure_are_pulled_back() -> None:
    chance = np.random.default_rng(1)
    truth = chance.normal(size=20_000) * 2
    unlawful = chance.random(20_000) < 1 / (1 + np.exp(-truth))
    found = calibrate(truth * 3 + 1, unlawful, np.ones(20_000))
    assert found.slope == pytest.approx(1 / 3, abs=0.03)
    assert calibration_error(found.probabilities(truth * 3 + 1), unlawful) < 0.01
    assert calibration_error(1 / (1 + np.exp(-(truth * 3 + 1))), unlawful) > 0.05


def test_calibrated_weights_give_calibrated_logits() -> None:
    weights = Weights(("unlawful",), np.array([[2.0], [-1.0]]), np.array([0.5]))
    applied = Calibration(0.5, 0.25).applied(weights)
    assert applied.coefficients[:, 0].tolist() == [1.0, -0.5]
    assert applied.intercepts.tolist() == [0.5]


@pytest.mark.parametrize(
    ("probabilities", "unlawful", "error"),
    [
        ([0.0, 1.0], [False, True], 0.0),
        ([1.0, 1.0], [False, False], 1.0),
        ([0.5, 0.5], [True, False], 0.0),
        ([], [], 0),
    ],
)
def test_the_calibration_error_is_the_gap_in_each_bin(
    probabilities: list[float], unlawful: list[bool], error: float
) -> None:
    assert calibration_error(np.array(probabilities), np.array(unlawful, dtype=bool)) == pytest.approx(error)


def thresholds(
    lawful: int = 20_000, wrong: int = 2_000, overlap: float = 0.6
) -> tuple[dict[str, Thresholds], NDArray[np.float64]]:
    chance = np.random.default_rng(2)
    probabilities = np.concatenate([chance.random(lawful) * overlap, 0.4 + chance.random(wrong) * 0.6])
    unlawful = np.arange(lawful + wrong) >= lawful
    kinds = chance.choice(["gambling", "fraud"], lawful + wrong).tolist()
    chosen = choose_thresholds(probabilities, kinds, unlawful, (~unlawful).astype(float), ("fraud", "gambling"))
    sent = np.array([one >= chosen[kind].review for one, kind in zip(probabilities, kinds, strict=True)])
    refused = np.array([one >= chosen[kind].reject for one, kind in zip(probabilities, kinds, strict=True)])
    rates = np.array(
        [sent[~unlawful].mean(), refused[~unlawful].mean(), sent[unlawful].mean(), refused[unlawful].mean()]
    )
    return dict(chosen), rates


def test_thresholds_keep_the_targets_on_lawful_sms_and_find_what_they_can() -> None:
    _, (sent, refused, found, surely) = thresholds()
    assert sent <= REVIEW_SHARE * 1.05
    assert refused <= REJECT_SHARE * 1.05
    assert found > 0.6
    assert surely > 0.6


def test_a_kind_without_texts_enough_is_never_refused() -> None:
    chosen, _ = thresholds(wrong=LEAST_REJECTED)
    assert {one.reject for one in chosen.values()} == {NEVER}


def test_a_kind_that_is_never_found_has_no_threshold() -> None:
    nothing = choose_thresholds(np.array([0.1]), ["fraud"], np.array([False]), np.array([1.0]), ("fraud", "gambling"))
    assert {one.review for one in nothing.values()} == {NEVER}


@pytest.mark.parametrize("heat", [0.5, 1.0, 4.0])
def test_the_temperature_of_logits_is_found_again(heat: float) -> None:
    chance = np.random.default_rng(5)
    true = chance.normal(size=(20_000, 3)) * 2
    chances = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    drawn = (chances.cumsum(axis=1) < chance.random((len(true), 1))).sum(axis=1)
    labels = ["abc"[number] for number in drawn.tolist()]
    found = temperature(true * heat, labels, "abc", np.ones(len(labels)))
    assert found == pytest.approx(heat, rel=0.05)
    assert temperature(true, ["d"] * len(true), "abc", np.ones(len(true))) == 1.0
