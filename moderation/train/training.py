"""A training set to a model: fit the parts, calibrate, choose thresholds, export, and write manifest and model card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from moderation.match.classifier import FORMAT, HEADS, LAWFUL, MANIFEST_FILE, MODEL_FILE, NEVER, Classifier, Thresholds
from moderation.match.plain import plain_digest
from moderation.train.calibration import calibrate, choose_thresholds, temperature
from moderation.train.corpus import OWN_SOURCES
from moderation.train.dataset import PLAIN, Dataset, Report, Sample, teaching_risk
from moderation.train.fitting import (
    Array,
    Bools,
    Weights,
    fit_labels,
    fit_sides,
    label_weights,
    matrix_of,
    unlawful_of,
    weights_of,
)
from moderation.train.graph import KINDS, OPSET, SIDES, export
from moderation.train.measuring import Rate, measure

FOLDS = 4

SMS_WEIGHTS = {"personal": 0.0, "marketing": 0.0, "variant": 0.0, **dict.fromkeys(OWN_SOURCES, 0.02)}
"""How much a lawful text of a source counts for the false-positive targets, 1 unless listed.

Chat is no SMS of a sender of templates; what is lawful of ordinary advertising and of the messages of 2021 we know by
readers only, who err more often than the model may. Of ours there are many of one family.
"""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model as it is shipped, before it is written: the ONNX file, its labels and its thresholds."""

    content: bytes
    labels: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, Thresholds]

    @property
    def sha256(self) -> str:
        """The digest of the ONNX file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came out of a training: digests, sizes, thresholds, and the rates on held-out texts."""

    sha256: str
    training: str
    size: int
    trained_on: int
    thresholds: Mapping[str, Thresholds]
    rates: tuple[Rate, ...]


def train(dataset: Dataset, output: Path, *, seed: int = 1, report: Report) -> TrainingReport:
    """Train on a prepared set, and write model and manifest; the same set and seed give the same bytes.

    Sums by several threads would be rounded by their number, so that one does them all.
    """
    with threadpool_limits(1):
        model = build(dataset.training, seed=seed, report=report)
    digest = dataset.digest
    output.mkdir(parents=True, exist_ok=True)
    (output / MODEL_FILE).write_bytes(model.content)
    (output / MANIFEST_FILE).write_text(_manifest(model, digest, seed), encoding="utf-8")
    report("measuring on what is held out")
    rates = tuple(measure(dataset.held_out, Classifier.load(output)))
    return TrainingReport(model.sha256, digest, len(model.content), len(dataset.training), model.thresholds, rates)


def build(samples: Sequence[Sample], *, seed: int, report: Report) -> Model:
    """Return a model of the samples."""
    parts: dict[str, Weights] = {}
    report(f"{len(samples):,} texts to learn from")
    risky = teaching_risk(samples)
    matrix, weights, unlawful = matrix_of([sample.normal for sample in risky]), weights_of(risky), unlawful_of(risky)
    report(f"fitting the sides, {FOLDS + 1} times")
    sides = fit_sides(matrix, unlawful, weights, seed)
    honest = [one for one in samples if one.risk in ("", LAWFUL) and one.way == PLAIN]
    for head in ("type", "industry"):
        report(f"fitting {head}")
        parts[head] = _fit_known(honest, head, seed)
    report("fitting the kinds of prohibited content")
    wrong = [one for one in samples if one.risk not in ("", LAWFUL) and one.way == PLAIN]
    parts[KINDS] = _fit_known(wrong, "risk", seed)

    logits = unseen_logits(risky, matrix, unlawful, weights, seed)
    plain = np.array([sample.way == PLAIN for sample in risky])
    calibration = calibrate(logits[plain], unlawful[plain], weights[plain])
    parts[SIDES] = calibration.applied(sides)
    seen = parts[KINDS].logits(matrix[np.flatnonzero(plain)]).argmax(axis=1)
    names = parts[KINDS].labels
    thresholds = choose_thresholds(
        calibration.probabilities(logits[plain]),
        [names[number] for number in seen.tolist()],
        unlawful[plain],
        np.array([SMS_WEIGHTS.get(one.source, 1.0) * (one.risk == LAWFUL) for one in risky])[plain],
        names,
    )
    labels = {"type": parts["type"].labels, "industry": parts["industry"].labels, "risk": (*names, LAWFUL)}
    return Model(export(parts), labels, thresholds)


def _fit_known(samples: Sequence[Sample], head: str, seed: int) -> Weights:
    """Return the weights of one head, cooled so that its probabilities are right on groups that it did not see."""
    known = [sample for sample in samples if getattr(sample, head)]
    labels = [str(getattr(sample, head)) for sample in known]
    own = np.array([sample.source in OWN_SOURCES for sample in known])
    matrix = matrix_of([sample.normal for sample in known])
    weights = label_weights(weights_of(known), labels, own)
    is_unseen = np.array([_fold(sample.group) == 0 for sample in known])
    seen, unseen = np.flatnonzero(~is_unseen), np.flatnonzero(is_unseen)
    trial = fit_labels(matrix[seen], [labels[number] for number in seen.tolist()], weights[seen], seed)
    heat = temperature(
        trial.logits(matrix[unseen]), [labels[number] for number in unseen.tolist()], trial.labels, weights[unseen]
    )
    return fit_labels(matrix, labels, weights, seed).scaled(1.0 / heat)


def unseen_logits(samples: Sequence[Sample], matrix: csr_matrix, unlawful: Bools, weights: Array, seed: int) -> Array:
    """Return the logit of each sample's being unlawful by a model that saw no text of its group."""
    folds = np.array([_fold(sample.group) for sample in samples])
    logits = np.zeros(len(samples))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
        fitted = fit_sides(matrix[outside], unlawful[outside], weights[outside], seed)
        logits[inside] = fitted.logits(matrix[inside])[:, 0]
    return logits


def _fold(group: int) -> int:
    return int(hashlib.sha256(str(group).encode()).hexdigest(), 16) % FOLDS


def _manifest(model: Model, training: str, seed: int) -> str:
    labels = "\n".join(f"{head} = {json.dumps(model.labels[head])}" for head in HEADS)
    thresholds = "\n".join(
        f"{kind} = {{ review = {one.review}{f', reject = {one.reject}' if one.reject < NEVER else ''} }}"
        for kind, one in model.thresholds.items()
    )
    return (
        f'format = {FORMAT}\nopset = {OPSET}\nsha256 = "{model.sha256}"\ntraining = "{training}"\n'
        f'characters = "{plain_digest()}"\nseed = {seed}\n\n'
        f"[labels]\n{labels}\n\n[thresholds]\n{thresholds}\n"
    )
