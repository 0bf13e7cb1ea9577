"""The ONNX classifier: type, industry and risk probabilities of normal texts, and what speaks for the risk."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.match.features import BUCKETS, MAX_CHARACTERS, PADDING, grams_of, in_length_order
from moderation.match.plain import PLAIN_FILE, plain_digest
from moderation.match.weighty import GramWeights, Passage, weightiest

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FILE, MANIFEST_FILE = "classifier.onnx", "MANIFEST.toml"
FORMAT = 3
"""The version of model input and graph that this code runs."""

HEADS = ("type", "industry", "risk")
SCORE = "score"
"""The output that holds the logit of a text's being unlawful."""

LAWFUL = "normal"
"""The label of the risk head for what is lawful; the others name kinds of prohibited content."""

ROWS_PER_RUN = 32
"""Texts that go through the graph together; they are sorted by length, so that little is padded."""

DECIMALS = 4
NEVER = 2.0
"""A threshold that no probability reaches."""

TIMEOUT_SECONDS = 1.0
"""Time after which the texts of a batch that have not been judged yet are given back unjudged."""


class ModelError(ValueError):
    """The model's files are missing, altered, or of another format."""


class Probabilities(Mapping[str, float]):
    """The probabilities of one head by label, in the model's order; `best` is the likeliest label, if any.

    `most` is that label's probability.
    """

    __slots__ = ("_numbers", "_values", "best", "most")

    def __init__(
        self, numbers: Mapping[str, int], values: Sequence[float] | NDArray[np.float64], best: str, most: float = 0.0
    ) -> None:
        self._numbers = numbers
        self._values = values
        self.best = best
        self.most = most

    def __getitem__(self, label: str) -> float:
        if isinstance(self._values, np.ndarray):
            self._values = self._values.tolist()
        return self._values[self._numbers[label]]

    def as_dict(self) -> dict[str, float]:
        """Return all probabilities at once."""
        values = self._values.tolist() if isinstance(self._values, np.ndarray) else self._values
        return dict(zip(self._numbers, values, strict=True))

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __hash__(self) -> int:
        return hash(tuple(self.values()))

    def __repr__(self) -> str:
        return repr(dict(self))


NOT_RUN = Probabilities({}, (), "")


class Head(NamedTuple):
    """What one head says of a batch: the numbers of its labels, its output, and the likeliest label of each text."""

    numbers: Mapping[str, int]
    output: NDArray[np.float64]
    best: list[str]
    most: list[float]


NO_HEADS: Mapping[str, Head] = MappingProxyType({})


class Classification:
    """The classifier's probabilities by label; a head is empty where the classifier did not run.

    `prohibited` is the likeliest kind of prohibited content, and the probability that the text is of any such kind.
    The heads are those of the whole batch, of which probabilities are made when they are asked for: most never are.
    """

    __slots__ = ("_heads", "_row", "prohibited")

    def __init__(
        self, heads: Mapping[str, Head] = NO_HEADS, row: int = 0, prohibited: tuple[str, float] = ("", 0.0)
    ) -> None:
        self._heads = heads
        self._row = row
        self.prohibited = prohibited

    @property
    def type(self) -> Probabilities:
        """The template type."""
        return self._of("type")

    @property
    def industry(self) -> Probabilities:
        """The sender's line of business."""
        return self._of("industry")

    @property
    def risk(self) -> Probabilities:
        """The kinds of prohibited content, and LAWFUL."""
        return self._of("risk")

    def best(self, head: str) -> tuple[str, float]:
        """Return the likeliest label of a head and its probability; no label where the classifier did not run."""
        told = self._heads.get(head)
        return ("", 0.0) if told is None else (told.best[self._row], told.most[self._row])

    def _of(self, name: str) -> Probabilities:
        head = self._heads.get(name)
        if head is None:
            return NOT_RUN
        row = self._row
        return Probabilities(head.numbers, head.output[row], head.best[row], head.most[row])

    def _told(self) -> tuple[object, ...]:
        return self.type, self.industry, self.risk, self.prohibited

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Classification) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return f"Classification(type={self.type}, industry={self.industry}, risk={self.risk})"


class Thresholds(NamedTuple):
    """Probabilities of being unlawful from which a text of one kind goes to a person, or is refused by model alone."""

    review: float
    reject: float = NEVER


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model file is: its digest, the labels of its heads in output order, and the thresholds by kind.

    `training` is the digest of the set that it was trained on, `characters` that of the table of rare characters.
    """

    sha256: str
    labels: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, Thresholds]
    training: str
    characters: str

    @classmethod
    def parse(cls, content: str) -> Manifest:
        """Return the manifest written in TOML; raise ModelError with what is wrong in it."""
        try:
            table = tomllib.loads(content)
            if table["format"] != FORMAT:
                raise ModelError(f"{MANIFEST_FILE}: format {table['format']}, expected {FORMAT}; train the model again")
            labels = {head: tuple(map(str, table["labels"][head])) for head in HEADS}
            if labels["risk"][-1:] != (LAWFUL,):
                raise ModelError(f"{MANIFEST_FILE}: the last risk is not {LAWFUL!r}; train the model again")
            thresholds = {kind: _thresholds(kind, table["thresholds"][kind]) for kind in labels["risk"][:-1]}
            digests = (str(table[name]) for name in ("training", "characters"))
            return cls(str(table["sha256"]), labels, thresholds, *digests)
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise ModelError(f"{MANIFEST_FILE}: {error}; train the model again") from error


def _thresholds(kind: str, table: Mapping[str, object]) -> Thresholds:
    review, reject = table.get("review"), table.get("reject", NEVER)
    if isinstance(review, float) and isinstance(reject, float) and 0.0 < review <= reject:
        return Thresholds(review, reject)
    raise ModelError(
        f"{MANIFEST_FILE}: thresholds of {kind} are {dict(table)!r}, expected review, and perhaps a higher reject; "
        "train the model again"
    )


class Classifier:
    """A model that maps normal texts to probabilities; immutable, safe to share between threads.

    Its sums are of whole numbers, so that a text's probabilities do not depend on the batch that it is in. One session
    of one thread is kept, made at the first text or by `warm`.
    """

    def __init__(
        self,
        content: bytes,
        manifest: Manifest,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.manifest = manifest
        self.digest = manifest.sha256
        self._numbers = {head: {name: n for n, name in enumerate(names)} for head, names in manifest.labels.items()}
        self._content = content
        self._timeout_seconds = timeout_seconds
        self._clock = clock
        self._session: InferenceSession | None = None
        self._weights = GramWeights(self._alone, BUCKETS, PADDING)
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
        if manifest.characters != plain_digest():
            raise ModelError(f"{MODEL_FILE} was trained with another {PLAIN_FILE}; train the model again")
        return cls(content, manifest)

    def thresholds(self, kind: str) -> Thresholds:
        """Return the thresholds of a kind of prohibited content."""
        return self.manifest.thresholds[kind]

    def classify(self, texts: Sequence[str]) -> list[Classification | None]:
        """Return the classification of each normal text, in order; None for those that the time did not suffice for."""
        if not texts:
            return []
        deadline = self._clock() + self._timeout_seconds
        outputs = [np.zeros((len(texts), len(self.manifest.labels[head])), dtype=np.float32) for head in HEADS]
        done = np.zeros(len(texts), dtype=np.bool_)
        for number, (rows, buckets, scales) in enumerate(in_length_order(grams_of(texts), ROWS_PER_RUN)):
            if number and self._clock() > deadline:
                break
            for output, found in zip(outputs, self._run(buckets, scales, HEADS), strict=True):
                output[rows] = found
            done[rows] = True
        heads = {head: self._read(head, _rounded(output)) for head, output in zip(HEADS, outputs, strict=True)}
        judged = map(Classification, repeat(heads), range(len(texts)), self._prohibited(heads["risk"].output))
        return (
            list(judged)
            if done.all()
            else [one if is_done else None for one, is_done in zip(judged, done, strict=True)]
        )

    def passages_many(self, texts: Sequence[str]) -> list[list[Passage]]:
        """Return the passages of each normal text that speak most for its being unlawful, the weightiest first.

        An n-gram's weight is the logit of a text of that n-gram alone, less that of an empty text.
        """
        grams = grams_of(texts, with_places=True)
        lengths = np.array([len(text[:MAX_CHARACTERS]) for text in texts], dtype=np.int64)
        begins = np.repeat(np.cumsum(lengths) - lengths, np.diff(grams.offsets))
        weights = self._weights.of(grams.buckets)
        return weightiest(weights, grams.starts - begins, grams.ends - begins, grams.offsets)

    def _alone(self, grams: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the logits of texts of one n-gram each."""
        (logits,) = self._run(grams[:, None], np.ones((len(grams), 1), dtype=np.float32), (SCORE,))
        return logits[:, 0]

    def _read(self, name: str, output: NDArray[np.float64]) -> Head:
        labels = self.manifest.labels[name]
        best = [labels[top] for top in output.argmax(axis=1).tolist()]
        return Head(self._numbers[name], output, best, output.max(axis=1).tolist())

    def _prohibited(self, risk: NDArray[np.float64]) -> list[tuple[str, float]]:
        labels = self.manifest.labels["risk"]
        probabilities = np.round(1.0 - risk[:, -1], DECIMALS).tolist()
        kinds = risk[:, :-1].argmax(axis=1).tolist()
        return [(labels[kind], probability) for kind, probability in zip(kinds, probabilities, strict=True)]

    def warm(self) -> None:
        """Load the runtime and run it once now instead of at the first text."""
        self.classify(["0"] * ROWS_PER_RUN)

    def _run(
        self, buckets: NDArray[np.int32], scales: NDArray[np.float32], outputs: Sequence[str]
    ) -> list[NDArray[Any]]:
        found: list[NDArray[Any]] = self._loaded().run(outputs, {"buckets": buckets, "scale": scales})
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


def _rounded(output: NDArray[np.float32]) -> NDArray[np.float64]:
    rounded: NDArray[np.float64] = np.round(output, DECIMALS, out=np.empty(output.shape, dtype=np.float64))
    return rounded
