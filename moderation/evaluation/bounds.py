"""Stored bounds of measures: what a change of rules, lists or model may not fall below."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any

from moderation.evaluation.measures import Measures
from moderation.evaluation.rates import Counts

DIGITS = 2
"""Digits that a bound keeps; a measure may fall by less than one of the last."""

NOTHING = "nothing was measured: of no text is it known whether it may be sent; label them, or name classes by --lawful"
"""What is told where there is nothing to store."""

Bounds = dict[str, float]


class BoundsError(ValueError):
    """A file of bounds cannot be read."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A measure below its bound; None where nothing was measured any more."""

    name: str
    bound: float
    measured: float | None

    def __str__(self) -> str:
        measured = "not measured" if self.measured is None else f"{self.measured:.4f}"
        return f"{self.name}: {measured}, bound {self.bound}"


def figures_of(measures: Measures) -> dict[str, float]:
    """Return every measure that can have a bound, by `system/what/measure`."""
    return dict(_figures(measures))


def _figures(measures: Measures) -> Iterator[tuple[str, float]]:
    for system, measure in measures.systems.items():
        for name, share in (("right", measure.right), ("decided", measure.decided)):
            if share.value is not None:
                yield f"{system}/{name}", share.value
        if measure.macro_f1 is not None:
            yield f"{system}/macro F1", measure.macro_f1
        counted: dict[str, Counts] = {"stopped": measure.stopped, "prohibited": measure.prohibited}
        for what, counts in (*counted.items(), *measure.categories.items()):
            figures = {"precision": counts.precision.value, "recall": counts.recall.value, "F1": counts.f1}
            yield from ((f"{system}/{what}/{name}", value) for name, value in figures.items() if value is not None)


def save(measures: Measures, path: Path) -> None:
    """Write what was measured, rounded down, as bounds; raise BoundsError where nothing was."""
    scale = 10**DIGITS
    bounds = {name: floor(round(value * scale, 6)) / scale for name, value in figures_of(measures).items()}
    if not bounds:
        raise BoundsError(NOTHING)
    path.write_text(json.dumps(bounds, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Bounds:
    """Return the bounds of a file; raise BoundsError that says what is wrong with it."""
    try:
        bounds: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BoundsError(f"{path}: {error.strerror}; write it with moderation eval --write-bounds") from error
    except (ValueError, RecursionError) as error:
        raise BoundsError(f"{path}: not JSON; write it with moderation eval --write-bounds") from error
    if not isinstance(bounds, Mapping) or not bounds:
        raise BoundsError(f"{path}: no JSON object with bounds; write it with moderation eval --write-bounds")
    for name, bound in bounds.items():
        if isinstance(bound, bool) or not isinstance(bound, (int, float)) or not 0 <= bound <= 1:
            raise BoundsError(f"{path}: {name!r} is {bound!r}; a bound is a number from 0 to 1")
    return dict(bounds)


def breaches(measures: Measures, bounds: Bounds) -> list[Breach]:
    """Return the bounds that are not kept; a bound of something that was not measured is not."""
    figures = figures_of(measures)
    return [
        Breach(name, bound, figures.get(name))
        for name, bound in bounds.items()
        if (measured := figures.get(name)) is None or measured < bound
    ]
