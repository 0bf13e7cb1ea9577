"""What a report measured as one drawing, an SVG that needs no other file."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from variants_report import NAMES, SIZE_RATIO

Record = Mapping[str, Any]
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "moderation",
    "font.size": 9,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "axes.axisbelow": True,
}
COLOUR, OTHER_COLOUR = "#4477aa", "#cc6644"


def drawing(parts: Record) -> str:
    """Return the drawing of what was measured."""
    chosen = [(draw, parts[name]) for name, draw in PANELS if name in parts]
    rows = max(-(-len(chosen) // 2), 1)
    written = io.StringIO()
    with mpl.rc_context(SETTINGS):
        figure = Figure((9.0, 3.0 * rows), layout="constrained")
        panels = figure.subplots(rows, 2, squeeze=False).flat
        for axes, (draw, record) in zip(panels, chosen, strict=False):
            draw(axes, record)
        for axes in list(figure.axes)[len(chosen) :]:
            axes.set_axis_off()
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()[written.getvalue().index("<svg") :]


def _batches(axes: Axes, record: Record) -> None:
    _line(axes, record["by batch"], "")
    axes.set(title="whole check by size of batch", xlabel="texts", xscale="log", ylabel="µs a text", ylim=(0, None))
    _ticks(axes, record["by batch"])


def _shares(axes: Axes, record: Record) -> None:
    shares = {name: taken for name, taken in record["by share of texts with findings, %"].items() if name.isdecimal()}
    _line(axes, shares, "")
    axes.set(title="whole check by texts with findings", xlabel="% of the texts", ylabel="µs a text", ylim=(0, None))


def _lengths(axes: Axes, record: Record) -> None:
    _line(axes, record["by length"], "texts joined and cut")
    _line(axes, record["by length, full of hits"], "full of hits of one word", OTHER_COLOUR)
    axes.set(title="whole check by length", xlabel="characters", ylabel="µs a text", ylim=(0, None))
    axes.legend()


def _stages(axes: Axes, record: Record) -> None:
    times = dict(record["microseconds_a_text"])
    del times["check_many"]
    _bars(axes, times)
    axes.set(title=f"stages, batches of {record['batch']}", xlabel="µs a text")


def _entries(axes: Axes, record: Record) -> None:
    times = record["generated_scan"]["microseconds_a_text"]
    by_mode = {
        mode: {name.split()[1]: taken for name, taken in times.items() if name.startswith(mode)} for mode in NAMES
    }
    for (mode, figures), colour in zip(by_mode.items(), (COLOUR, OTHER_COLOUR), strict=True):
        _line(axes, figures, NAMES[mode], colour)
    axes.axhline(SIZE_RATIO * times["plain 2000"], color="#888888", lw=0.8, ls="--", label=f"{SIZE_RATIO} × 2,000")
    axes.set(
        title="scan by entries of the wordlist", xlabel="entries", xscale="log", ylabel="µs a text", ylim=(0, None)
    )
    _ticks(axes, by_mode["plain"])
    axes.legend()


def _peers(axes: Axes, record: Record) -> None:
    ways = record["spellings"]["ways"]
    _bars(axes, {name: way["microseconds_a_text"] for name, way in ways.items() if "microseconds_a_text" in way})
    axes.set(title="the same words found otherwise", xlabel="µs a text", xscale="log")


PANELS: tuple[tuple[str, Callable[[Axes, Record], None]], ...] = (
    ("workloads", _batches),
    ("workloads", _shares),
    ("workloads", _lengths),
    ("check", _stages),
    ("wordlists", _entries),
    ("peers", _peers),
)


def _line(axes: Axes, figures: Mapping[str, float], name: str, colour: str = COLOUR) -> None:
    axes.plot(list(map(int, figures)), list(figures.values()), color=colour, marker="o", ms=3.5, label=name)


def _bars(axes: Axes, figures: Mapping[str, float]) -> None:
    names = list(figures)[::-1]
    bars = axes.barh(names, [figures[name] for name in names], color=COLOUR)
    axes.bar_label(bars, fmt="%.1f", padding=2)
    axes.margins(x=0.2)


def _ticks(axes: Axes, figures: Mapping[str, float]) -> None:
    axes.set_xticks(list(map(int, figures)), [f"{int(name):,}" for name in figures], fontsize=7)
    axes.minorticks_off()
