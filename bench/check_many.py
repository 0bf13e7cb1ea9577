"""How many templates a second one core checks, and where the time goes; `make bench` runs it.

With --data DIR the texts are the real SMS of that directory, else invented ones from the project's own patterns. Every
round runs every stage, so that a busy machine slows all of them alike; the ratios hold where the times do not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from moderation.detection import detect_many
from moderation.engine import DEFAULT_POLICY, Engine
from moderation.match.views import squeezed
from moderation.phrases import find_stretches
from moderation.preparation import prepare_many
from moderation.ruleset import load_ruleset, settle
from moderation.text.template import MAX_TEXT_LENGTH, Template, TemplateType
from moderation.train.families.family import lawful_texts
from moderation.wording import word_signals

BATCH = 256
TEXTS = 4096
ROUNDS = 5
REFERENCE = "reference: str.translate"
WIDTH_AND_CASE = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)} | {
    code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)
}
"""What the reference folds: the least that any matcher must do to a text, one table look-up a character."""


def texts_of(data: Path | None) -> list[str]:
    """Return a sample of the texts of a directory's collections, or invented ones; the same ones in every run."""
    if data is None:
        found = lawful_texts()
        return (found * (TEXTS // len(found) + 1))[:TEXTS]
    rows = (json.loads(line) for path in sorted(data.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    found = [text for row in rows if (text := row.get("text") or row.get("variant")) and len(text) <= MAX_TEXT_LENGTH]
    if not found:
        sys.exit(f"{data}: no .jsonl file with a field text or variant")
    return random.Random(1).sample(found, min(TEXTS, len(found)))  # noqa: S311


def stages_of(engine: Engine, texts: Sequence[str]) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name; each runs over all texts, with what the stages before it made."""
    detectors = engine.ruleset.detectors
    classifier = detectors.classifier
    assert classifier is not None
    templates = [Template(text, type=TemplateType.MARKETING) for text in texts]
    batches = [templates[start : start + BATCH] for start in range(0, len(templates), BATCH)]
    prepared = prepare_many(templates)
    normals = [one.normal.text for one in prepared]
    searched = list(zip([one.normal for one in prepared], squeezed(normals), strict=True))
    starts = range(0, len(normals), BATCH)
    return {
        REFERENCE: lambda: [text.translate(WIDTH_AND_CASE) for text in texts],
        "check_many": lambda: [engine.check_many(batch) for batch in batches],
        "prepare": lambda: [prepare_many(batch) for batch in batches],
        "detect": lambda: [
            list(detect_many(prepared[at : at + BATCH], [DEFAULT_POLICY] * len(batch), detectors))
            for at, batch in zip(starts, batches, strict=True)
        ],
        "detect: views": lambda: [squeezed(normals[at : at + BATCH]) for at in starts],
        "detect: words": lambda: [
            word_signals(searched[start : start + BATCH], detectors.automaton, detectors.segmenter) for start in starts
        ],
        "detect: words, the automaton": lambda: [
            detectors.automaton.scan_many(normals[start : start + BATCH]) for start in starts
        ],
        "detect: classify": lambda: [classifier.classify(normals[at : at + BATCH]) for at in starts],
        "detect: links": lambda: [detectors.links.find_many(normals[at : at + BATCH]) for at in starts],
        "detect: patterns": lambda: [find_stretches(searched[at : at + BATCH], detectors.automaton) for at in starts],
        "detect: dialects": lambda: [detectors.dialects.find_many(normals[at : at + BATCH]) for at in starts],
    }


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Return microseconds a text by stage: the medians of some rounds, after one that does not count."""
    stages = stages_of(Engine(load_ruleset()), texts)
    settle()
    times: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(ROUNDS + 1):
        for name, run in stages.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    figures = {name: statistics.median(taken[1:]) / len(texts) * 1e6 for name, taken in times.items()}
    parts = sum(figures[name] for name in ("prepare", "detect"))
    return figures | {"rules and verdict (the rest)": max(figures["check_many"] - parts, 0.0)}


def report(figures: Mapping[str, float], texts: Sequence[str]) -> None:
    """Print the figures for people."""
    length = statistics.mean(map(len, texts))
    print(f"{len(texts):,} texts, {length:.0f} characters on average, batches of {BATCH}, one core")
    print(f"{1e6 / figures['check_many']:,.0f} templates a second\n")
    print(f"{'stage':<30}{'µs a text':>10}{'of check_many':>15}{'× reference':>13}")
    for name, figure in figures.items():
        share, ratio = figure / figures["check_many"], figure / figures[REFERENCE]
        print(f"{name:<30}{figure:>10.1f}{share:>15.1%}{ratio:>13.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a directory of .jsonl files with real SMS")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    texts = texts_of(given.data)
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    figures = measure(texts)
    if cores:
        os.sched_setaffinity(0, cores)
    if given.json:
        record = {"texts": len(texts), "templates_per_second": round(1e6 / figures["check_many"])}
        rounded = {name: round(figure, 2) for name, figure in figures.items()}
        print(json.dumps(record | {"microseconds": rounded}, ensure_ascii=False))
        return
    report(figures, texts)


if __name__ == "__main__":
    main()
