"""What a classification costs: microseconds of processor time a text, one core, by batch size, and of its reasons.

Run `python bench/classify.py --data DIR` for real SMS; without, invented texts. The best of several rounds counts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from check_many import texts_of

from moderation import shipped
from moderation.match.classifier import MODEL_FILE, Classifier
from moderation.match.features import grams_of
from moderation.text.normal import fold

BATCHES = (1, 16, 128, 1024)
ROUNDS = 7
TEXTS = 2_048


def main() -> None:
    """Print the figures, as a table or as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="a directory of .jsonl files with real SMS")
    options.add_argument("--json", action="store_true", help="write JSON")
    chosen = options.parse_args()
    normals = [fold(text).text for text in texts_of(chosen.data)[:TEXTS]]
    directory = shipped.directory("models")
    figures = measure(Classifier.load(directory), normals)
    figures["megabytes on disk"] = (directory / MODEL_FILE).stat().st_size / 1e6
    figures["characters a text"] = sum(map(len, normals)) / len(normals)
    if chosen.json:
        print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}, indent=2))
        return
    for name, figure in figures.items():
        print(f"{name:<36} {figure:8.2f}")


def measure(classifier: Classifier, normals: Sequence[str]) -> dict[str, float]:
    """Return microseconds a text by what is done with it."""
    classifier.warm()
    figures = {
        f"classify, batch of {size}": best(lambda batch: classifier.classify(batch), normals, size) for size in BATCHES
    }
    figures["n-grams alone, batch of 128"] = best(grams_of, normals, 128)
    figures["passages, batch of 128"] = best(classifier.passages_many, normals, 128)
    return figures


def best(run: Callable[[Sequence[str]], object], normals: Sequence[str], size: int) -> float:
    """Return the fewest microseconds of processor time a text in several rounds over all texts."""
    taken = []
    for _ in range(ROUNDS):
        started = process_time()
        for first in range(0, len(normals), size):
            run(normals[first : first + size])
        taken.append(process_time() - started)
    return min(taken) / len(normals) * 1e6


if __name__ == "__main__":
    main()
