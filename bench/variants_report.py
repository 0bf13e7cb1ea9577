"""What `bench/variants.py` measured, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

BUILD_SECONDS, BUILD_MEMORY, SCAN_RATIO, SIZE_RATIO = 8.0, 400.0, 1.5, 1.5
"""The bounds that the project set itself."""

NAMES = {"plain": "without variants", "variants": "with every variant"}
Record = Mapping[str, Any]


def table(record: Record) -> str:
    """Return the figures as a table, with the bounds and whether they are kept."""
    return "\n".join([*_shipped(record["shipped"]), "", *_generated(record), "", *_bounds(record)])


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
