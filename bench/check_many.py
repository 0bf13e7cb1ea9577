"""How many templates a second one core checks, and where the time goes.

Every round runs every stage, so that a busy machine slows all of them alike; the ratios hold where the times do not.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import part
from texts import described, texts_of

from moderation.detection import detect_many
from moderation.engine import DEFAULT_POLICY, Engine
from moderation.match.views import squeezed
from moderation.phrases import find_stretches
from moderation.preparation import prepare_many
from moderation.ruleset import load_ruleset, settle
from moderation.text.template import Template, TemplateType
from moderation.wording import word_signals

BATCH = 256
ROUNDS = 5
REFERENCE = "reference: str.translate"
WIDTH_AND_CASE = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)} | {
    code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)
}
"""What the reference folds: the least that any matcher must do to a text, one table look-up a character."""


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


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return microseconds a text by stage: the medians of some rounds, after one that does not count."""
    texts = texts_of(data, quick=quick)
    stages = stages_of(Engine(load_ruleset()), texts)
    settle()
    times: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(2 if quick else ROUNDS + 1):
        for name, run in stages.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    figures = {name: statistics.median(taken[1:]) / len(texts) * 1e6 for name, taken in times.items()}
    parts = sum(figures[name] for name in ("prepare", "detect"))
    figures["rules and verdict (the rest)"] = max(figures["check_many"] - parts, 0.0)
    return {
        "texts": described(texts, data),
        "batch": BATCH,
        "microseconds_a_text": {name: round(figure, 2) for name, figure in figures.items()},
    }


def shown(record: part.Record) -> str:
    """Return the figures for people."""
    texts, figures = record["texts"], record["microseconds_a_text"]
    lines = [
        f"{texts['number']:,} texts, {texts['are']}, {texts['characters']} characters on average, batches of {BATCH}",
        f"{1e6 / figures['check_many']:,.0f} templates a second\n",
        f"{'stage':<30}{'µs a text':>10}{'of check_many':>15}{'× reference':>13}",
    ]
    for name, figure in figures.items():
        share, ratio = figure / figures["check_many"], figure / figures[REFERENCE]
        lines.append(f"{name:<30}{figure:>10.1f}{share:>15.1%}{ratio:>13.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    part.main(__doc__, measure, shown)
