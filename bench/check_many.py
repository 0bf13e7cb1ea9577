"""How many templates a second one core checks, and where the time goes; `make bench` runs it.

With --data DIR the texts are the real SMS of that directory, else invented ones from the project's own patterns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from moderation.detection import detect, prepare
from moderation.engine import DEFAULT_POLICY, Engine
from moderation.match import patterns
from moderation.ruleset import load_ruleset
from moderation.text.template import Template, TemplateType
from moderation.train import authored

BATCH = 256
ROUNDS = 5


def texts_of(data: Path | None) -> list[str]:
    """Return the texts of every collection of a directory, or invented ones."""
    if data is None:
        return [line.text for line in authored.texts()] * 5
    rows = [json.loads(line) for path in sorted(data.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [row.get("text") or row["variant"] for row in rows]


def seconds(run: Callable[[], object]) -> float:
    """Return the median time of some rounds, after one that does not count."""
    run()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Return microseconds a text by stage, of the whole check, and templates a second."""
    engine = Engine(load_ruleset())
    detectors = engine.ruleset.detectors
    assert detectors.classifier is not None
    templates = [Template(text, type=TemplateType.MARKETING) for text in texts]
    batches = [templates[start : start + BATCH] for start in range(0, len(templates), BATCH)]
    prepared = [prepare(template) for template in templates]
    normals = [one.normal.text for one in prepared]
    classified = detectors.classifier.classify(normals)
    classify = detectors.classifier.classify
    stages: dict[str, Callable[[], object]] = {
        "reference: str.lower": lambda: [text.lower() for text in texts],
        "prepare": lambda: [prepare(template) for template in templates],
        "classify": lambda: [classify(normals[start : start + BATCH]) for start in range(0, len(normals), BATCH)],
        "words": lambda: [detectors.automaton.scan(normal) for normal in normals],
        "links": lambda: [detectors.links.find(normal) for normal in normals],
        "patterns": lambda: [list(patterns.find(normal)) for normal in normals],
        "detect": lambda: [
            detect(one, DEFAULT_POLICY, detectors, found) for one, found in zip(prepared, classified, strict=True)
        ],
        "check_many": lambda: [engine.check_many(batch) for batch in batches],
    }
    figures = {name: seconds(run) / len(texts) * 1e6 for name, run in stages.items()}
    figures["templates a second"] = 1e6 / figures["check_many"]
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a directory of .jsonl files with real SMS")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = texts_of(given.data)
    figures = measure(texts)
    if given.json:
        print(json.dumps({"texts": len(texts)} | {name: round(figure, 2) for name, figure in figures.items()}))
        return
    print(f"{len(texts)} texts, {sum(map(len, texts)) / len(texts):.0f} characters each, batches of {BATCH}, one core")
    for name, figure in figures.items():
        unit = "" if name.endswith("second") else "µs a text"
        share = "" if unit == "" else f"{figure / figures['check_many']:7.1%} of check_many"
        print(f"{name:<24} {figure:10.1f} {unit:<10}{share}")


if __name__ == "__main__":
    main()
