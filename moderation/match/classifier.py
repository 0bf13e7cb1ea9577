"""The ONNX classifier: type, industry and risk probabilities of normal texts."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.match.features import grams_of, padded, scales_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FILE, MANIFEST_FILE = "classifier.onnx", "MANIFEST.toml"
FORMAT = 1
"""The version of model input and graph that this code runs."""

HEADS = ("type", "industry", "risk")
LAWFUL = "normal"
"""The label of the risk head for what is lawful; the others name kinds of prohibited content."""

ROWS_PER_RUN = 32
"""Texts that go through the graph together; they are sorted by length, so that little is padded."""

DECIMALS = 4


class ModelError(ValueError):
    """The model's files are missing, altered, or of another format."""


class Probabilities(Mapping[str, float]):
    """The probabilities of one head by label, in the model's order; `best` is the likeliest label, if any.

    `most` is that label's probability.
    """

    __slots__ = ("_numbers", "_values", "best", "most")

    def __init__(self, numbers: Mapping[str, int], values: Sequence[float], best: str, most: float = 0.0) -> None:
        self._numbers = numbers
        self._values = values
        self.best = best
        self.most = most

    def __getitem__(self, label: str) -> float:
        return self._values[self._numbers[label]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __hash__(self) -> int:
        return hash(tuple(self._values))

    def __repr__(self) -> str:
        return repr(dict(self))


NOT_RUN = Probabilities({}, (), "")


class Classification(NamedTuple):
    """The classifier's probabilities by label; a head is empty where the classifier did not run.

    `prohibited` is the likeliest kind of prohibited content, and the probability that the text is of any such kind.
    """

    type: Probabilities = NOT_RUN
    industry: Probabilities = NOT_RUN
    risk: Probabilities = NOT_RUN
    prohibited: tuple[str, float] = ("", 0.0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model file is: its digest, the labels of its heads in output order, and its threshold.

    From `review_threshold` on, the probability of prohibited content is reported.
    """

    sha256: str
    labels: Mapping[str, tuple[str, ...]]
    review_threshold: float

    @classmethod
    def parse(cls, content: str) -> Manifest:
        """Return the manifest written in TOML; raise ModelError with what is wrong in it."""
        try:
            table = tomllib.loads(content)
            if table["format"] != FORMAT:
                raise ModelError(f"{MANIFEST_FILE}: format {table['format']}, expected {FORMAT}; train the model again")
            labels = {head: tuple(map(str, table["labels"][head])) for head in HEADS}
            if LAWFUL not in labels["risk"]:
                raise ModelError(f"{MANIFEST_FILE}: the risk head lacks {LAWFUL!r}; train the model again")
            threshold = table["thresholds"]["review"]
            if not (isinstance(threshold, float) and 0.0 < threshold <= 1.0):
                raise ModelError(f"{MANIFEST_FILE}: threshold {threshold!r}, expected 0 to 1; train the model again")
            return cls(str(table["sha256"]), labels, threshold)
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise ModelError(f"{MANIFEST_FILE}: {error}; train the model again") from error


class Classifier:
    """A model that maps normal texts to probabilities; immutable, safe to share between threads.

    Its sums are of whole numbers, so that a text's probabilities do not depend on the batch that it is in.
    """

    def __init__(self, content: bytes, manifest: Manifest) -> None:
        self.manifest = manifest
        self.digest = manifest.sha256
        self._numbers = {head: {name: n for n, name in enumerate(names)} for head, names in manifest.labels.items()}
        self._content = content
        self._session: InferenceSession | None = None
        self._lock = Lock()

    @classmethod
    def load(cls, directory: Path) -> Classifier:
        """Return the model of a directory; raise ModelError where it lacks a file or the digest differs."""
        try:
            manifest = Manifest.parse((directory / MANIFEST_FILE).read_text(encoding="utf-8"))
            content = (directory / MODEL_FILE).read_bytes()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"no readable model in {directory}: {error}; run moderation train model") from error
        if hashlib.sha256(content).hexdigest() != manifest.sha256:
            raise ModelError(f"{MODEL_FILE} is not the file that {MANIFEST_FILE} names; restore both or train again")
        return cls(content, manifest)

    @property
    def review_threshold(self) -> float:
        """The probability of prohibited content from which a person should look."""
        return self.manifest.review_threshold

    def classify(self, texts: Sequence[str]) -> list[Classification]:
        """Return the classification of each normal text, in order."""
        if not texts:
            return []
        grams = grams_of(texts)
        scales = scales_of(grams.counts)
        order = np.argsort(grams.counts, kind="stable")
        outputs = [np.empty((len(texts), len(self.manifest.labels[head])), dtype=np.float64) for head in HEADS]
        for first in range(0, len(texts), ROWS_PER_RUN):
            rows = order[first : first + ROWS_PER_RUN]
            for output, probabilities in zip(outputs, self._run(padded(grams, rows), scales[rows]), strict=True):
                output[rows] = probabilities
        heads = [self._read(head, np.round(output, DECIMALS)) for head, output in zip(HEADS, outputs, strict=True)]
        return list(map(Classification, *heads, self._prohibited(np.round(outputs[-1], DECIMALS))))

    def _read(self, head: str, output: NDArray[np.float64]) -> list[Probabilities]:
        labels, numbers = self.manifest.labels[head], self._numbers[head]
        best = output.argmax(axis=1).tolist()
        return [
            Probabilities(numbers, row, labels[top], row[top]) for row, top in zip(output.tolist(), best, strict=True)
        ]

    def _prohibited(self, risk: NDArray[np.float64]) -> list[tuple[str, float]]:
        labels = self.manifest.labels["risk"]
        lawful = labels.index(LAWFUL)
        probabilities = np.round(1.0 - risk[:, lawful], DECIMALS).tolist()
        risk[:, lawful] = -1.0
        kinds = risk.argmax(axis=1).tolist()
        return [(labels[kind], probability) for kind, probability in zip(kinds, probabilities, strict=True)]

    def warm(self) -> None:
        """Load the runtime now instead of at the first text."""
        self._loaded()

    def _run(self, buckets: NDArray[np.int32], scales: NDArray[np.float32]) -> list[NDArray[Any]]:
        found: list[NDArray[Any]] = self._loaded().run(None, {"buckets": buckets, "scale": scales[:, None]})
        return found

    def _loaded(self) -> InferenceSession:
        with self._lock:
            if self._session is None:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                options.log_severity_level = 3
                self._session = onnxruntime.InferenceSession(self._content, options, ["CPUExecutionProvider"])
            return self._session
