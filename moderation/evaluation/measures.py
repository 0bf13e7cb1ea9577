"""Judgements against truth: rates per system, category and class, confusion matrices, and the worst errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moderation.evaluation.rates import Counts, Share
from moderation.evaluation.systems import Judged, Judgement, System
from moderation.evaluation.truth import PROHIBITED, Truth
from moderation.match.classifier import LAWFUL
from moderation.rules.rule import ReasonCategory
from moderation.text.template import Template, TemplateType
from moderation.verdict import Decision

UNSAID = "lawful"
"""How a matrix calls what the model takes for no kind of prohibited content."""


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text: where it stands, the template, what it deserves, and what was said of it.

    `declared` is the type that the row itself says, None where it says none.
    """

    place: str
    origin: str
    template: Template
    declared: TemplateType | None
    truth: Truth
    judged: Judged

    @property
    def is_bad(self) -> bool | None:
        """Whether the text should not simply pass; None where all that is expected was found and is mere advice."""
        both = self.judged.by[System.BOTH]
        expected = self.truth.categories or frozenset()
        if self.truth.decision is None and expected and both.decision is Decision.PASS and expected <= both.advised:
            return None
        return self.truth.is_bad


@dataclass(frozen=True, slots=True)
class SystemMeasure:
    """What one system does: `stopped` counts texts that did not simply pass, `prohibited` those found to be that.

    `right` are the texts that passed or did not as they should; `decided` those of exactly the labelled decision.
    `macro_f1` is the mean F1 of the categories that the labels name.
    """

    stopped: Counts
    prohibited: Counts
    right: Share
    decided: Share
    categories: Mapping[ReasonCategory, Counts]
    macro_f1: float | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often what is so (rows) was taken for what (columns)."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Measures:
    """All that was measured; `classes` tells by class of text, or by file, how each system decided.

    `unknown` counts the texts of which it is not known whether they may be sent, by class or file.
    `false_alarms` and `misses` are the worst errors of both together, `scored` the model's probability and the truth of
    each text whose content is known to be prohibited or not.
    """

    texts: int
    labelled_bad: int
    unknown: Mapping[str, int]
    degraded: int
    systems: Mapping[System, SystemMeasure]
    classes: Mapping[str, Mapping[System, Mapping[Decision, int]]]
    matrices: tuple[Matrix, ...]
    false_alarms: tuple[Row, ...]
    misses: tuple[Row, ...]
    scored: tuple[tuple[float, bool], ...]


def measure(rows: Sequence[Row], worst: int) -> Measures:
    """Return the measures of labelled and judged rows, with at most `worst` errors of each sort."""
    return Measures(
        texts=len(rows),
        labelled_bad=sum(row.is_bad is True for row in rows),
        unknown=dict(Counter(row.truth.own or row.origin for row in rows if row.is_bad is None)),
        degraded=sum(bool(row.judged.verdict.degraded) for row in rows),
        systems={system: _system(rows, system) for system in System},
        classes=_classes(rows),
        matrices=tuple(matrix for matrix in _matrices(rows) if matrix.counts),
        false_alarms=_false_alarms(rows)[:worst],
        misses=_misses(rows)[:worst],
        scored=tuple(
            (row.judged.probability, row.truth.is_prohibited) for row in rows if row.truth.is_prohibited is not None
        ),
    )


def _system(rows: Sequence[Row], system: System) -> SystemMeasure:
    judged = [(row.truth, row.judged.by[system]) for row in rows]
    passed = [(row.is_bad, row.judged.by[system].decision is not Decision.PASS) for row in rows]
    known = [(is_bad, is_stopped) for is_bad, is_stopped in passed if is_bad is not None]
    decided = [(truth.decision, one.decision) for truth, one in judged if truth.decision is not None]
    categories = _categories(judged)
    named = {category for truth, _ in judged for category in truth.categories or ()}
    scores = [categories[category].f1 or 0.0 for category in named]
    return SystemMeasure(
        _counts(passed),
        _counts((truth.is_prohibited, not PROHIBITED.isdisjoint(one.categories)) for truth, one in judged),
        Share(sum(is_bad == is_stopped for is_bad, is_stopped in known), len(known)),
        Share(sum(deserved is made for deserved, made in decided), len(decided)),
        categories,
        sum(scores) / len(scores) if scores else None,
    )


def _categories(judged: Sequence[tuple[Truth, Judgement]]) -> dict[ReasonCategory, Counts]:
    """Return the counts of each category that is expected or found; advice is no false alarm, but finds."""
    known = [(truth.categories, one) for truth, one in judged if truth.categories is not None]
    return {
        category: counts
        for category in ReasonCategory
        if (
            counts := _counts(
                (category in expected, category in one.categories or (category in expected and category in one.advised))
                for expected, one in known
            )
        )
        != Counts()
    }


def _counts(answers: Iterable[tuple[bool | None, bool]]) -> Counts:
    tally = Counter(answers)
    return Counts(tally[True, True], tally[False, True], tally[True, False])


def _classes(rows: Sequence[Row]) -> dict[str, dict[System, dict[Decision, int]]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.truth.own or row.origin, []).append(row)
    return {
        name: {system: dict(Counter(row.judged.by[system].decision for row in own)) for system in System}
        for name, own in sorted(grouped.items())
    }


def _matrices(rows: Sequence[Row]) -> Iterable[Matrix]:
    for system in System:
        yield _matrix(
            f"decision: labelled, and made by {system}",
            ((row.truth.decision or "", row.judged.by[system].decision) for row in rows),
            tuple(Decision),
        )
    for system in System:
        yield _matrix(
            f"text: may pass or not, and decided by {system}",
            ((_side(row.is_bad), row.judged.by[system].decision) for row in rows),
            tuple(Decision),
        )
    yield _matrix("kind of prohibited content: labelled, and told by the model", map(_kinds, rows))
    types = ((row.declared or "", row.judged.verdict.classification.type.best) for row in rows)
    yield _matrix("type: declared, and told by the model", types)


def _side(is_bad: bool | None) -> str:
    return "" if is_bad is None else "may not pass" if is_bad else "may pass"


def _kinds(row: Row) -> tuple[str, str]:
    told = PROHIBITED.isdisjoint(row.judged.by[System.MODEL].categories)
    kind = row.truth.kind or ""
    return UNSAID if kind == LAWFUL else kind, UNSAID if told else row.judged.kind


def _matrix(title: str, pairs: Iterable[tuple[str, str]], columns: Sequence[str] = ()) -> Matrix:
    counts = Counter(pair for pair in pairs if pair[0] and pair[1])
    rows = sorted({row for row, _ in counts})
    return Matrix(title, tuple(rows), tuple(columns) or tuple(sorted({column for _, column in counts})), counts)


def _false_alarms(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the texts that may be sent and were stopped, the strictest and surest mistakes first."""
    wrong = [row for row in rows if row.is_bad is False and row.judged.verdict.decision is not Decision.PASS]
    return tuple(sorted(wrong, key=_by_strictness))


def _misses(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the texts that may not be sent and passed, those that looked most harmless first."""
    wrong = [row for row in rows if row.is_bad and row.judged.verdict.decision is Decision.PASS]
    return tuple(sorted(wrong, key=lambda row: row.judged.probability))


def _by_strictness(row: Row) -> tuple[bool, float]:
    return row.judged.verdict.decision is not Decision.REJECT, -row.judged.verdict.risk_score
