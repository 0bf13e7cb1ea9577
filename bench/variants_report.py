"""What `bench/variants.py` measured, for people: a table, and a drawing of cost against entries."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

BUILD_SECONDS, BUILD_MEMORY, SCAN_RATIO, SIZE_RATIO = 8.0, 400.0, 1.5, 1.5
"""The bounds that the project set itself."""

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 60, 50, 24, 46
COLOURS = {"plain": "#1f5fa8", "variants": "#b3541e"}
LABEL_BELOW = {"plain": 18, "variants": -8}
NAMES = {"plain": "without variants", "variants": "with every variant"}
Record = Mapping[str, Any]
Point = tuple[int, float]


def table(record: Record) -> str:
    """Return the figures as a table, with the bounds and whether they are kept."""
    return "\n".join([*_head(record), "", *_shipped(record["shipped"]), "", *_generated(record), "", *_bounds(record)])


def _head(record: Record) -> Iterator[str]:
    machine, texts = record["machine"], record["texts"]
    yield f"{machine['date']}, {machine['processor']}, {machine['system']}, Python {machine['python']}, one core"
    yield f"{texts['number']:,} texts, {texts['are']}, {texts['characters']} characters on average"


def _shipped(shipped: Record) -> Iterator[str]:
    yield f"{'shipped lists':<30}{'as they ask':>15}{'without':>12}{'every kind':>12}"
    full, plain, every = shipped["variants"], shipped["plain"], shipped["every"]
    for key, title in (
        ("entries", "entries"),
        ("spellings", "spellings of entries"),
        ("strings", "strings in the automaton"),
        ("loading_seconds", "reading of all files, s"),
        ("build_seconds", "build, s"),
        ("memory_mb", "memory, MB"),
        ("peak_memory_mb", "memory at most, MB"),
    ):
        yield f"{title:<30}{full[key]:>15,}{plain[key]:>12,}{every[key]:>12,}"
    times = shipped["scan"]["microseconds_a_text"]
    for stage, title in (("scan", "scan, µs a text"), ("words", "words stage, µs a text")):
        yield f"{title:<30}{times[f'{stage}, variants']:>15,.2f}{times[f'{stage}, plain']:>12,.2f}"
    for key, title in (
        ("megabytes", "saved automaton, MB on disk"),
        ("name_seconds", "its name from all sources, s"),
        ("save_seconds", "saving, s"),
        ("load_seconds", "loading, s"),
    ):
        yield f"{title:<30}{full['saved'][key]:>15,}"
    yield ""
    yield f"{'kind':<20}{'strings':>12}{'characters read by class':>28}"
    strings, forms = full["strings_by_kind"], full["forms_by_class"]
    for kind in dict.fromkeys((*strings, *forms)):
        yield f"{kind:<20}{strings.get(kind, 0):>12,}{forms.get(kind, 0):>28,}"


def _generated(record: Record) -> Iterator[str]:
    heads = f"{'entries':>10}{'strings':>12}{'build, s':>10}{'MB':>9}{'µs a text':>11}{'hits a text':>13}"
    yield f"{'generated lists':<22}{heads}"
    scan = record["generated_scan"]
    for name, row in record["generated"].items():
        figures = f"{row['entries']:>10,}{row['strings']:>12,}{row['build_seconds']:>10,.2f}{row['memory_mb']:>9,.0f}"
        times = f"{scan['microseconds_a_text'][name]:>11,.2f}{scan['matches_a_text'][name]:>13,.3f}"
        yield f"{NAMES[name.partition(' ')[0]]:<22}{figures}{times}"


def _bounds(record: Record) -> Iterator[str]:
    full, every = record["shipped"]["variants"], record["shipped"]["every"]
    times = record["shipped"]["scan"]["microseconds_a_text"]
    by_size = record["generated_scan"]["microseconds_a_text"]
    for title, figure, bound in (
        ("build of the shipped lists, s", full["build_seconds"], BUILD_SECONDS),
        ("memory of the shipped lists at most, MB", full["peak_memory_mb"], BUILD_MEMORY),
        ("the same, every list asking for every kind, s", every["build_seconds"], BUILD_SECONDS),
        ("the same, every list asking for every kind, MB", every["peak_memory_mb"], BUILD_MEMORY),
        ("scan with variants / without", times["scan, variants"] / times["scan, plain"], SCAN_RATIO),
        (
            "scan of 200,000 / 2,000 entries, without variants",
            by_size["plain 200000"] / by_size["plain 2000"],
            SIZE_RATIO,
        ),
    ):
        yield f"{'kept  ' if figure <= bound else 'MISSED'} {title}: {figure:,.2f}, bound {bound:g}"


def plot(record: Record) -> str:
    """Return a drawing of microseconds a text against entries, as SVG."""
    times = record["generated_scan"]["microseconds_a_text"]
    series: dict[str, list[Point]] = {}
    for name, taken in times.items():
        mode, _, number = name.partition(" ")
        series.setdefault(mode, []).append((int(number), taken))
    highest = math.ceil(max(taken for points in series.values() for _, taken in points) * 1.2 / 2) * 2
    axes = _Axes([number for number, _ in series["plain"]], highest)
    bound = SIZE_RATIO * series["plain"][0][1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 22, "Scan of one text against the entries of the wordlist, µs", size=14),
        *axes.drawn(),
        _level(axes.y(bound), 'stroke="#888888" stroke-dasharray="5 4"'),
        _text(LEFT + 24, axes.y(bound) - 5, "1.5 × the cost of 2,000", colour="#666666"),
        *(part for mode, points in series.items() for part in axes.line(points, COLOURS[mode], LABEL_BELOW[mode])),
        *(part for place, mode in enumerate(series) for part in _legend(place, mode)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Axes:
    """Places in the drawing: entries by their logarithm, microseconds from 0."""

    def __init__(self, numbers: Sequence[int], highest: float) -> None:
        self._numbers = numbers
        self._least, self._most = math.log(min(numbers)), math.log(max(numbers))
        self._highest = highest

    def x(self, number: int) -> float:
        share = (math.log(number) - self._least) / (self._most - self._least)
        return LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40)

    def y(self, taken: float) -> float:
        return HEIGHT - BOTTOM - taken / self._highest * (HEIGHT - TOP - BOTTOM)

    def drawn(self) -> Iterator[str]:
        """Yield the grid with what its lines stand for."""
        for step in range(5):
            value = self._highest * step / 4
            at = self.y(value)
            yield _level(at, 'stroke="#dddddd"')
            yield _text(LEFT - 8, at + 4, f"{value:g}", anchor="end")
        for number in self._numbers:
            yield _text(self.x(number), HEIGHT - BOTTOM + 18, f"{number:,}", anchor="middle")
        yield _text(WIDTH / 2, HEIGHT - 8, "entries", anchor="middle")

    def line(self, points: Sequence[Point], colour: str, below: float) -> Iterator[str]:
        """Yield a line through points, each with its figure."""
        places = [(self.x(number), self.y(taken)) for number, taken in points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for (x, y), (_, taken) in zip(places, points, strict=True):
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
            yield _text(x, y + below, f"{taken:.1f}", anchor="middle", colour=colour)


def _legend(place: int, mode: str) -> Iterator[str]:
    x = LEFT + 20 + 180 * place
    yield f'<rect x="{x}" y="32" width="14" height="4" fill="{COLOURS[mode]}"/>'
    yield _text(x + 20, 38, NAMES[mode])


def _level(y: float, stroke: str) -> str:
    return f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" {stroke}/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "#222222", size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" font-size="{size}">{words}</text>'
