"""Measures on labelled texts, as a table for people and as a JSON record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from moderation.evaluation.measures import Matrix, Measures, Row, SystemMeasure
from moderation.evaluation.printable import shown
from moderation.evaluation.rates import Counts, Interval, Share
from moderation.evaluation.systems import System, stopping
from moderation.verdict import Decision


def measures_record(measures: Measures, *, with_texts: bool = True) -> dict[str, Any]:
    """Return all measures with their intervals, the matrices, and the worst errors."""
    return {
        "texts": measures.texts,
        "labelled_bad": measures.labelled_bad,
        "unknown": dict(measures.unknown),
        "degraded": measures.degraded,
        "systems": {system.value: _system_record(measure) for system, measure in measures.systems.items()},
        "classes": {
            name: {system.value: {one.value: made.get(one, 0) for one in Decision} for system, made in own.items()}
            for name, own in measures.classes.items()
        },
        "matrices": [_matrix_record(matrix) for matrix in measures.matrices],
        "false_alarms": [_row_record(row, with_texts) for row in measures.false_alarms],
        "misses": [_row_record(row, with_texts) for row in measures.misses],
    }


def _system_record(measure: SystemMeasure) -> dict[str, Any]:
    return {
        "right": _share_record(measure.right),
        "decided": _share_record(measure.decided),
        "stopped": _counts_record(measure.stopped),
        "prohibited": _counts_record(measure.prohibited),
        "macro_f1": measure.macro_f1,
        "categories": {category.value: _counts_record(counts) for category, counts in measure.categories.items()},
    }


def _share_record(share: Share) -> dict[str, Any]:
    return {"share": share.value, "interval": share.interval, "hits": share.hits, "total": share.total}


def _counts_record(counts: Counts) -> dict[str, Any]:
    return {
        "found": counts.found,
        "wrong": counts.wrong,
        "missed": counts.missed,
        "precision": _share_record(counts.precision),
        "recall": _share_record(counts.recall),
        "f1": {"value": counts.f1, "interval": counts.f1_interval},
    }


def _matrix_record(matrix: Matrix) -> dict[str, Any]:
    rows = {row: {column: matrix.counts.get((row, column), 0) for column in matrix.columns} for row in matrix.rows}
    return {"title": matrix.title, "rows": rows}


def _row_record(row: Row, with_texts: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "place": row.place,
        "id": row.template.id,
        "decision": row.judged.verdict.decision.value,
        "rules": sorted({one.rule.id for one in stopping(row.judged.verdict.findings)}),
        "probability": row.judged.probability,
        "kind": row.judged.kind,
    }
    return {**told, "text": row.template.text} if with_texts else told


def measures_table(measures: Measures, *, with_texts: bool = True) -> str:
    """Return the measures for people: systems side by side, categories, classes, matrices, errors."""
    lines = [f"{measures.texts:,} texts, {measures.labelled_bad:,} of them may not pass as they are"]
    if measures.unknown:
        names = ", ".join(f"{name} ({count})" for name, count in measures.unknown.items())
        lines.append(
            f"of {sum(measures.unknown.values()):,} it is not known whether they may be sent: {names}; see --lawful"
        )
    if measures.degraded:
        lines.append(f"{measures.degraded:,} texts were judged with a detector missing")
    lines += ["", *_systems(measures), *_categories(measures), "", *_classes(measures)]
    for matrix in measures.matrices:
        lines += ["", *_matrix(matrix)]
    for heading, rows in (("false alarms", measures.false_alarms), ("misses", measures.misses)):
        lines += ["", f"{heading}, the worst first:" if rows else f"{heading}: none", *_errors(rows, with_texts)]
    return "\n".join(lines)


def _systems(measures: Measures) -> Iterator[str]:
    yield f"{'':<34}" + "".join(f"{system:<26}" for system in System)
    ordered = [measures.systems[system] for system in System]
    yield _line("right", [_share(one.right) for one in ordered])
    yield _line("decision as labelled", [_share(one.decided) for one in ordered])
    yield _line(
        "mean F1 of the categories", ["–" if one.macro_f1 is None else f"{one.macro_f1:6.1%}" for one in ordered]
    )
    for what, counts in (
        ("stopped", [one.stopped for one in ordered]),
        ("prohibited", [one.prohibited for one in ordered]),
    ):
        yield from _three(what, counts)


def _categories(measures: Measures) -> Iterator[str]:
    for category in sorted({one for measure in measures.systems.values() for one in measure.categories}):
        counts = [measures.systems[system].categories.get(category, Counts()) for system in System]
        yield ""
        yield from _three(category, counts)


def _three(what: str, counts: Sequence[Counts]) -> Iterator[str]:
    yield _line(f"{what} precision", [_share(one.precision) for one in counts])
    yield _line("  recall", [_share(one.recall) for one in counts])
    yield _line("  F1", [_figure(one.f1, one.f1_interval) for one in counts])


def _line(title: str, cells: Sequence[str]) -> str:
    return (f"{title:<33} " + "".join(f"{cell:<26}" for cell in cells)).rstrip()


def _share(share: Share) -> str:
    return "–" if share.value is None else f"{_figure(share.value, share.interval)} /{share.total}"


def _figure(value: float | None, interval: Interval) -> str:
    return "–" if value is None else f"{value:6.1%} {interval[0]:.0%}–{interval[1]:.0%}"


def _classes(measures: Measures) -> Iterator[str]:
    yield f"{'class or file':<34}" + "".join(f"{f'{system}: P/REV/REJ':<26}" for system in System)
    for name, decided in measures.classes.items():
        yield _line(name, ["/".join(str(decided[system].get(one, 0)) for one in Decision) for system in System])


def _matrix(matrix: Matrix) -> Iterator[str]:
    width = max(12, *(len(column) + 2 for column in matrix.columns))
    yield matrix.title
    yield f"  {'':<20}" + "".join(f"{column:>{width}}" for column in matrix.columns)
    for row in matrix.rows:
        counts = (matrix.counts.get((row, column), 0) for column in matrix.columns)
        yield f"  {row:<20}" + "".join(f"{count:>{width}}" for count in counts)


def _errors(rows: Sequence[Row], with_texts: bool) -> Iterator[str]:
    for row in rows:
        record = _row_record(row, with_texts)
        rules = " ".join(record["rules"])
        told = f"  {row.place} {record['decision']}, prohibited {record['probability']:.3f} {rules}".rstrip()
        yield f"{told}: {shown(row.template.text)}" if with_texts else told
