"""Plots of measures as SVG: F1 by category, precision against recall, and what the probabilities are worth."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from moderation.evaluation.measures import Measures
from moderation.evaluation.rates import wilson
from moderation.evaluation.systems import System

BINS = 10
COLOURS = {System.RULES: "#4477aa", System.MODEL: "#ccbb44", System.BOTH: "#228833"}
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "moderation",
    "font.size": 9,
    "axes.grid": True,
    "grid.alpha": 0.3,
}

Floats = NDArray[np.float64]


def plots_of(measures: Measures) -> list[str]:
    """Return the plots that there is something to draw for, each an `svg` element with ids of its own."""
    plots = [_categories(measures)] if any(one.categories for one in measures.systems.values()) else []
    if len({bad for _, bad in measures.scored}) == 2:
        probabilities = np.array([probability for probability, _ in measures.scored])
        bad = np.array([is_bad for _, is_bad in measures.scored])
        plots += [_precision_recall(probabilities, bad), _reliability(probabilities, bad)]
    return [_own_ids(plot, number) for number, plot in enumerate(plots)]


def _own_ids(plot: str, number: int) -> str:
    for before in ('id="', 'href="#', "url(#"):
        plot = plot.replace(before, f"{before}plot{number}-")
    return plot


def _categories(measures: Measures) -> str:
    names = sorted({category for one in measures.systems.values() for category in one.categories}, reverse=True)
    figure, axes = _figure(8.0, 1.0 + 0.42 * len(names))
    height = 0.8 / len(System)
    for place, (system, measure) in enumerate(measures.systems.items()):
        for row, name in enumerate(names):
            counts = measure.categories.get(name)
            if counts is None or counts.f1 is None or not counts.found + counts.wrong:
                continue
            low, high = counts.f1_interval
            errors = [[max(counts.f1 - low, 0.0)], [max(high - counts.f1, 0.0)]]
            bottom = row + 0.4 - (place + 0.5) * height
            axes.barh(bottom, counts.f1, height, color=COLOURS[system], xerr=errors, error_kw={"lw": 0.7})
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 1)
    axes.set_xlabel("F1, with 95 % intervals")
    axes.legend([Patch(color=COLOURS[system]) for system in System], list(System), loc="lower left", ncols=3)
    return _svg(figure)


def _precision_recall(probabilities: Floats, bad: NDArray[np.bool_]) -> str:
    order = np.argsort(-probabilities, kind="stable")
    found = np.cumsum(bad[order])
    last = np.append(np.flatnonzero(np.diff(probabilities[order])), len(order) - 1)
    figure, axes = _figure(4.6, 3.4)
    axes.plot(found[last] / found[-1], found[last] / (last + 1), color=COLOURS[System.MODEL])
    axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02), title="model: prohibited content")
    return _svg(figure)


def _reliability(probabilities: Floats, bad: NDArray[np.bool_]) -> str:
    bins = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    figure, axes = _figure(4.6, 3.4)
    axes.plot([0, 1], [0, 1], color="#888888", lw=0.8, ls="--")
    for number in np.unique(bins).tolist():
        inside = bins == number
        hits, total = int(bad[inside].sum()), int(inside.sum())
        low, high = wilson(hits, total)
        _point(axes, float(probabilities[inside].mean()), hits / total, (low, high))
    axes.set(xlabel="probability given", ylabel="share prohibited", xlim=(0, 1), ylim=(0, 1.02), title="calibration")
    return _svg(figure)


def _point(axes: Axes, given: float, share: float, interval: Sequence[float]) -> None:
    errors = [[max(share - interval[0], 0.0)], [max(interval[1] - share, 0.0)]]
    axes.errorbar(given, share, yerr=errors, fmt="o", ms=4, color=COLOURS[System.MODEL], ecolor="#666666", lw=0.8)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    with mpl.rc_context(SETTINGS):
        figure = Figure((width, height), layout="constrained")
        return figure, figure.subplots()


def _svg(figure: Figure) -> str:
    written = io.StringIO()
    with mpl.rc_context(SETTINGS):
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()[written.getvalue().index("<svg") :]
