"""What a whole check costs by size of batch, by share of texts with findings, and by length of text.

All runs that are compared take turns in one process, on one core.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import part
from process import best_times
from texts import collected, described, pieces, sampled

from moderation.engine import Engine
from moderation.ruleset import load_ruleset, settle
from moderation.text.template import Template, TemplateType

BATCHES = (1, 16, 64, 256, 1_024)
SHARES = (0, 25, 50, 75, 100)
LENGTHS = (10, 20, 50, 100, 200, 500, 1_000)
FULL_OF_HITS = (250, 500, 1_000)
LARGEST, CHARACTERS = BATCHES[-1], 64_000
"""Texts of a batch, at most, where its size is not what is measured; characters of all texts of one length together."""

TEXTS, LISTED = 2_048, 256
ROUNDS = 5


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return microseconds a text of whole checks, everything on: the best of some rounds."""
    engine, texts, rounds = Engine(load_ruleset()), collected(data), 1 if quick else ROUNDS
    few = sampled(texts, LARGEST if quick else TEXTS)
    settle()
    return {
        "texts": described(few, data),
        "by batch": by_batch(engine, few, rounds),
        "by share of texts with findings, %": by_share(engine, texts, rounds),
        **by_length(engine, few, rounds),
        "by length, full of hits": full_of_hits(engine, rounds),
    }


def checking(engine: Engine, texts: Sequence[str], size: int = LARGEST) -> Callable[[], object]:
    """Return what checks all texts in batches."""
    templates = [Template(text, type=TemplateType.MARKETING) for text in texts]
    batches = [templates[at : at + size] for at in range(0, len(templates), size)]
    return lambda: [engine.check_many(batch) for batch in batches]


def by_batch(engine: Engine, texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Return microseconds a text by size of batch."""
    times = best_times({str(size): checking(engine, texts, size) for size in BATCHES}, rounds)
    return {size: _microseconds(taken, len(texts)) for size, taken in times.items()}


def by_share(engine: Engine, texts: Sequence[str], rounds: int) -> part.Record:
    """Return microseconds a text by the share of those with findings, and how many different texts are of each sort."""
    sorts: dict[bool, list[str]] = {True: [], False: []}
    for at in range(0, len(texts), LARGEST):
        some = texts[at : at + LARGEST]
        verdicts = engine.check_many([Template(text, type=TemplateType.MARKETING) for text in some])
        for text, verdict in zip(some, verdicts, strict=True):
            sorts[bool(verdict.findings)].append(text)
    found: part.Record = {"different texts": {"with": len(sorts[True]), "without": len(sorts[False])}}
    if not all(sorts.values()):
        return found
    times = best_times({str(share): checking(engine, _mixed(sorts, share)) for share in SHARES}, rounds)
    return found | {share: _microseconds(taken, LARGEST) for share, taken in times.items()}


def by_length(engine: Engine, texts: Sequence[str], rounds: int) -> part.Record:
    """Return microseconds and findings a text by its length; the texts are joined and cut."""
    cut = {str(length): pieces(texts, length, min(CHARACTERS // length, LARGEST)) for length in LENGTHS}
    times = best_times({length: checking(engine, some) for length, some in cut.items()}, rounds)
    return {
        "by length": {length: _microseconds(times[length], len(some)) for length, some in cut.items()},
        "findings by length": {length: round(findings(engine, some), 1) for length, some in cut.items()},
    }


def findings(engine: Engine, texts: Sequence[str]) -> float:
    """Return how many findings a text has."""
    verdicts = engine.check_many([Template(text, type=TemplateType.MARKETING) for text in texts])
    return statistics.mean(len(verdict.findings) for verdict in verdicts)


def full_of_hits(engine: Engine, rounds: int) -> dict[str, float]:
    """Return microseconds a text by its length; each holds nothing but one listed word, again and again."""
    detectors = engine.ruleset.detectors
    listed = ["".join(part[0] for part in one.entry.parts) for one in detectors.automaton.entries]
    words = sampled(listed, LISTED)
    runs = {str(length): checking(engine, [(word * length)[:length] for word in words]) for length in FULL_OF_HITS}
    return {length: _microseconds(taken, len(words)) for length, taken in best_times(runs, rounds).items()}


def _mixed(sorts: dict[bool, list[str]], share: int) -> list[str]:
    """Return a batch of which a share in a hundred has findings."""
    wanted = {True: LARGEST * share // 100, False: LARGEST - LARGEST * share // 100}
    mixed = [
        text
        for has_findings, number in wanted.items()
        for text in islice(cycle(sampled(sorts[has_findings], LARGEST)), number)
    ]
    random.Random(1).shuffle(mixed)  # noqa: S311
    return mixed


def _microseconds(seconds: float, texts: int) -> float:
    return round(seconds / texts * 1e6, 1)


if __name__ == "__main__":
    part.main(__doc__, measure)
