"""The goals that the project set itself for speed and memory, and whether the figures of a report keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

Parts = Mapping[str, Any]

PLANNED, APPLIED, SEEN = "plan, s", "apply, s", "seen after the commit, s"
BACK, SEEN_BACK = "rollback, s", "taken back, seen after the commit, s"
"""What a batch is measured by."""


class Goal(NamedTuple):
    """A goal, its figure among those of a report, and the bound; the figure may not be below or above it."""

    title: str
    figure: Callable[[Parts], float]
    bound: float
    at_least: bool = False


GOALS = (
    Goal("templates a second in batches of 1,024, one core", lambda parts: _rate(parts), 30_000, at_least=True),
    Goal("the same, as fast as the fastest word filter alone", lambda parts: _rate(parts), 57_000, at_least=True),
    Goal(
        "fold and scan with 20,000 entries, µs a text",
        lambda parts: _scan(parts, "fold") + _scan(parts, "plain 20000"),
        6,
    ),
    Goal(
        "batches over gRPC, of in-process", lambda parts: parts["service"]["batches of in-process"], 0.7, at_least=True
    ),
    Goal(
        "single calls, of the server that does nothing",
        lambda parts: parts["service"]["of the no-op"]["Check"],
        0.85,
        at_least=True,
    ),
    Goal("p99 at half load, times that of the server that does nothing", lambda parts: _p99(parts), 3),
    Goal(
        "templates a second of two workers, times those of one",
        lambda parts: parts["service"]["workers, templates a second"]["ratio"],
        1.8,
        at_least=True,
    ),
    Goal(
        "scan with 200,000 entries, times that with 2,000",
        lambda parts: _scan(parts, "plain 200000") / _scan(parts, "plain 2000"),
        1.5,
    ),
    Goal("a worker after checks, MB", lambda parts: parts["start"]["megabytes of workers"]["after checks"]["all"], 600),
    Goal(
        "1,000 characters full of hits, times 500",
        lambda parts: _doubled(parts["workloads"]["by length, full of hits"]),
        2.2,
    ),
    Goal("1,000 characters of joined texts, times 500", lambda parts: _doubled(parts["workloads"]["by length"]), 2.2),
    Goal("a claim with 100,000 open cases, SQLite, ms (p99)", lambda parts: _claim(parts, "SQLite"), 20),
    Goal("the same, PostgreSQL", lambda parts: _claim(parts, "PostgreSQL"), 20),
    Goal(
        "batches with one verdict of twenty recorded, share of the rate that it takes",
        lambda parts: max(parts["recording"]["batches"]["recording takes"].values()),
        0.3,
    ),
    Goal(
        "a batch of 100,000 entries planned and applied, one core, s", lambda parts: _batch(parts, PLANNED, APPLIED), 30
    ),
    Goal("a version in both workers after the commit, s", lambda parts: _batch(parts, SEEN), 2),
    Goal("a version taken back, in both workers, s", lambda parts: _batch(parts, BACK, SEEN_BACK), 3),
    Goal(
        "a list of 1,000,000 entries, build time an entry, times that of 100,000",
        lambda parts: _by_size(parts, "build_seconds") / 10,
        1.5,
    ),
    Goal(
        "the same, scan of a text, times that with 100,000",
        lambda parts: _by_size(parts, "microseconds_a_text"),
        2,
    ),
    Goal("growth from the first tenth of a million checks to the last, MB", lambda parts: _growth(parts), 5),
)


def results(parts: Parts) -> list[dict[str, Any]]:
    """Return every goal with its figure and whether it is kept; None for both where it was not measured."""
    found = []
    for goal in GOALS:
        bound = f"{'at least' if goal.at_least else 'at most'} {goal.bound:,g}"
        row: dict[str, Any] = {"goal": goal.title, "figure": None, "bound": bound, "kept": None}
        with suppress(KeyError):
            figure = goal.figure(parts)
            row["figure"] = round(figure, 3)
            row["kept"] = figure >= goal.bound if goal.at_least else figure <= goal.bound
        found.append(row)
    return found


def told(kept: bool | None) -> str:
    """Return what is written of a goal."""
    return "not measured" if kept is None else "kept" if kept else "MISSED"


def _rate(parts: Parts) -> float:
    return float(1e6 / parts["workloads"]["by batch"]["1024"])


def _scan(parts: Parts, name: str) -> float:
    return float(parts["wordlists"]["generated_scan"]["microseconds_a_text"][name])


def _p99(parts: Parts) -> float:
    latencies = parts["service"]["milliseconds at half load"]
    return float(latencies["service"]["p99"] / latencies["no-op"]["p99"])


def _doubled(times: Mapping[str, float]) -> float:
    return times["1000"] / times["500"]


def _claim(parts: Parts, store: str) -> float:
    times = parts["store"]["milliseconds"][store]
    return max(float(taken["p99"]) for name, taken in times.items() if name.startswith("claim"))


def _batch(parts: Parts, *keys: str) -> float:
    return max(sum(float(taken[key]) for key in keys) for taken in parts["swap"]["batches"].values())


def _by_size(parts: Parts, key: str) -> float:
    sizes = parts["swap"]["sizes"]
    return float(sizes["1000000"][key] / sizes["100000"][key])


def _growth(parts: Parts) -> float:
    held = parts["memory"]["megabytes by checks"]
    return float(held["1000000"] - next(iter(held.values())))
