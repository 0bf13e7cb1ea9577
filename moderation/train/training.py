"""Data to model: fit the heads, choose the threshold, export, and write the manifest and the model card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from moderation.match.classifier import FORMAT, HEADS, LAWFUL, MANIFEST_FILE, MODEL_FILE, Classifier
from moderation.train import card
from moderation.train.corpus import Example, load
from moderation.train.fitting import fit, matrix_of
from moderation.train.graph import Weights, export

FOLDS = 3
SERVICE_LIMIT, MARKETING_LIMIT = 0.005, 0.018
"""Share of service and of marketing texts, all unseen in training, that the threshold may report.

Marketing holds unlawful messages; of the 2 % that may be reported there, the wordlists
find some that the model does not.
"""

LOWEST_THRESHOLD = 0.5

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some texts, all unseen in training, were judged as they should be (or reported, for risk)."""

    head: str
    texts: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """The hits as a share of the total."""
        return self.hits / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came out of a training: the model's digest, its threshold, and its rates on held-out texts.

    `left_out` holds the rates on each collection by a model that never saw that collection.
    """

    sha256: str
    size: int
    threshold: float
    trained_on: int
    rates: tuple[Rate, ...]
    left_out: tuple[Rate, ...]


def train(data: Path, output: Path, *, seed: int = 1, leave_one_out: bool = True, report: Report) -> TrainingReport:
    """Train on a data directory and write model, manifest and card; raise CorpusError for what cannot be read."""
    examples = load(data)
    seen = [example for example in examples if not example.held_out]
    report(f"{len(examples)} texts, {len(seen)} to train on, {len(examples) - len(seen)} held out")
    heads: dict[str, Weights] = {}
    for head in HEADS:
        report(f"fitting {head}")
        heads[head] = fit(seen, head, seed)
    report(f"choosing the threshold, {FOLDS} fits")
    threshold = choose_threshold(seen, seed)
    content = export(heads)
    output.mkdir(parents=True, exist_ok=True)
    (output / MODEL_FILE).write_bytes(content)
    (output / MANIFEST_FILE).write_text(_manifest(content, heads, threshold, seed), encoding="utf-8")
    rates = tuple(measure([example for example in examples if example.held_out], Classifier.load(output)))
    sources = sorted({example.source for example in seen}) if leave_one_out else []
    left_out = tuple(rate for source in sources for rate in _left_out(seen, source, threshold, seed, report))
    finished = TrainingReport(hashlib.sha256(content).hexdigest(), len(content), threshold, len(seen), rates, left_out)
    (output / "README.md").write_text(card.render(finished), encoding="utf-8")
    return finished


def choose_threshold(examples: Sequence[Example], seed: int) -> float:
    """Return the lowest threshold within both limits, by cross-fitting: no text is judged by a model that saw it."""
    probabilities = np.zeros(len(examples))
    folds = np.array([_fold(example.group) for example in examples])
    for fold in range(FOLDS):
        weights = fit([example for example, own in zip(examples, folds, strict=True) if own != fold], "risk", seed)
        chosen = np.flatnonzero(folds == fold).tolist()
        probabilities[chosen] = prohibited([examples[index] for index in chosen], weights)
    sources = np.array([example.source for example in examples])
    limits = (("service", SERVICE_LIMIT), ("marketing", MARKETING_LIMIT))
    needed = [float(np.quantile(probabilities[sources == source], 1.0 - limit)) for source, limit in limits]
    return round(max(LOWEST_THRESHOLD, *needed), 3)


def prohibited(examples: Sequence[Example], weights: Weights) -> NDArray[np.float64]:
    """Return the probability of prohibited content of each text under the weights of the risk head."""
    logits = matrix_of([example.normal for example in examples]) @ weights.coefficients + weights.intercepts
    likelihoods = np.exp(logits - logits.max(axis=1, keepdims=True))
    lawful: NDArray[np.float64] = likelihoods[:, weights.labels.index(LAWFUL)] / likelihoods.sum(axis=1)
    return 1.0 - lawful


def measure(examples: Sequence[Example], classifier: Classifier) -> list[Rate]:
    """Return the accuracy of type and industry, and how often prohibited content is reported, by kind of text."""
    counts: dict[tuple[str, str], list[int]] = {}
    classified = classifier.classify([example.normal for example in examples])
    for example, classification in zip(examples, classified, strict=True):
        for head, found in (("type", classification.type), ("industry", classification.industry)):
            if expected := getattr(example, head):
                right = max(found, key=lambda label: found[label]) == expected
                counts.setdefault((head, f"{example.source}: {expected}"), []).append(int(right))
        reported = classification.prohibited[1] >= classifier.review_threshold
        counts.setdefault(("risk", _kind(example)), []).append(int(reported))
    return [Rate(head, texts, sum(hits), len(hits)) for (head, texts), hits in sorted(counts.items())]


def _left_out(examples: Sequence[Example], source: str, threshold: float, seed: int, report: Report) -> list[Rate]:
    """Return the rates of prohibited content on one collection by a model that was fitted on the others."""
    report(f"leaving out {source}")
    weights = fit([example for example in examples if example.source != source], "risk", seed)
    own = [example for example in examples if example.source == source]
    counts: dict[str, list[int]] = {}
    for example, probability in zip(own, prohibited(own, weights), strict=True):
        counts.setdefault(_kind(example), []).append(int(probability >= threshold))
    return [Rate("risk", texts, sum(hits), len(hits)) for texts, hits in sorted(counts.items())]


def _kind(example: Example) -> str:
    return f"{example.source}: {example.side if example.source == 'variant' else example.label}"


def _fold(group: int) -> int:
    return int(hashlib.sha256(str(group).encode()).hexdigest(), 16) % FOLDS


def _manifest(content: bytes, heads: dict[str, Weights], threshold: float, seed: int) -> str:
    labels = "\n".join(f"{head} = {json.dumps(heads[head].labels)}" for head in HEADS)
    return (
        f'format = {FORMAT}\nsha256 = "{hashlib.sha256(content).hexdigest()}"\nseed = {seed}\n\n'
        f"[labels]\n{labels}\n\n[thresholds]\nreview = {threshold}\n"
    )
