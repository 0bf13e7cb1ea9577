"""What a classification costs: microseconds of processor time a text, one core, by batch size, and of its reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import part
from process import best_times
from texts import described, texts_of

from moderation import shipped
from moderation.match.classifier import MODEL_FILE, Classifier
from moderation.match.features import grams_of
from moderation.text.normal import fold

BATCHES = (1, 16, 128, 1024)
ROUNDS = 7
TEXTS = 2_048


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return the figures, and the size of the model."""
    texts = texts_of(data, quick=quick)[:TEXTS]
    directory = shipped.directory("models")
    figures = costs(Classifier.load(directory), [fold(text).text for text in texts], 1 if quick else ROUNDS)
    return {
        "texts": described(texts, data),
        "microseconds_a_text": {name: round(figure, 2) for name, figure in figures.items()},
        "megabytes_on_disk": round((directory / MODEL_FILE).stat().st_size / 1e6, 2),
    }


def costs(classifier: Classifier, normals: Sequence[str], rounds: int) -> dict[str, float]:
    """Return microseconds a text by what is done with it: the best of some rounds."""
    classifier.warm()
    runs = {
        f"classify, batches of {size}": in_batches(lambda batch: classifier.classify(batch), normals, size)
        for size in BATCHES
    }
    runs["n-grams alone, batches of 128"] = in_batches(grams_of, normals, 128)
    runs["passages, batches of 128"] = in_batches(classifier.passages_many, normals, 128)
    return {name: taken / len(normals) * 1e6 for name, taken in best_times(runs, rounds).items()}


def in_batches(run: Callable[[Sequence[str]], object], normals: Sequence[str], size: int) -> Callable[[], object]:
    """Return what does something with all texts in batches."""
    return lambda: [run(normals[first : first + size]) for first in range(0, len(normals), size)]


if __name__ == "__main__":
    part.main(__doc__, measure)
