"""The model card: what the model is for, what it was trained on, and its measured rates, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

from moderation.match.classifier import NEVER
from moderation.train.comparison import Compared
from moderation.train.leaving_out import LeftOut
from moderation.train.measuring import Rate
from moderation.train.probing import Probe
from moderation.train.study import Study
from moderation.train.training import TrainingReport

INTRODUCTION_FILE = "card.md"


def render(report: TrainingReport, study: Study | None) -> str:
    """Return the card of a finished training; without a study, the card says how to make one."""
    introduction = resources.files(__package__).joinpath(INTRODUCTION_FILE).read_text(encoding="utf-8")
    parts = [introduction, _facts(report), _thresholds(report)]
    parts.append(
        "## Held-out texts\n\nGroups of near-duplicates, and whole families of our own texts, that the model did not "
        "learn from; shares with their 95 % intervals (Wilson). “Risk right” and “kind right” are judged at even odds."
    )
    kinds = sorted({rate.what for rate in report.rates})
    parts += [
        f"### {what.capitalize()}\n\n" + _rates(one for one in report.rates if one.what == what) for what in kinds
    ]
    parts += _studied(study) if study else ["No study was made; run `moderation train model` with `--study`."]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _facts(report: TrainingReport) -> str:
    return (
        f"Trained on {report.trained_on:,} texts (digest `{report.training}`); {report.size / 1e6:.1f} MB, digest "
        f"`{report.sha256}`."
    )


def _thresholds(report: TrainingReport) -> str:
    rows = [
        f"| {kind} | {_threshold(one.review)} | {_threshold(one.reject)} |" for kind, one in report.thresholds.items()
    ]
    return _table("| kind | to a person from | refused from |", rows)


def _threshold(value: float) -> str:
    return "never" if value >= NEVER else f"{value:.4f}"


def _rates(rates: Iterable[Rate]) -> str:
    rows = [_row(rate) for rate in rates]
    return _table("| texts | share | 95 % | of |", rows)


def _row(rate: Rate) -> str:
    low, high = rate.interval
    return f"| {rate.texts} | {rate.share:.1%} | {low:.1%}–{high:.1%} | {rate.total} |"


def _studied(study: Study) -> list[str]:
    return [
        "## Sources left out\n\nWhat a model flags in a source that it did not learn from, at 1 % of the lawful "
        "held-out texts of the others; then with what the rules find besides.",
        *map(_left_out, study.left_out),
        "## Can the source be guessed?\n\nA probe that tells the sources of lawful texts apart, on groups that it did "
        "not learn from; “luck” always names the commonest.\n\n" + _probes(study.probes),
        "## Kinds of models\n\nThe question is whether a text is unlawful, on real held-out texts; the time is from "
        "folded text to probability, one core.\n\n" + _compared(study.compared),
    ]


def _left_out(found: LeftOut) -> str:
    together = {rate.texts: rate for rate in found.together}
    rows = [
        f"| {rate.texts} | {rate.share:.1%} | {together[rate.texts].share:.1%} | {rate.total} |" for rate in found.model
    ]
    accuracy = f"Risk right at even odds: {found.accuracy.share:.1%} of {found.accuracy.total}."
    return (
        f"### Without {found.sources}\n\n"
        + _table("| texts | model | rules and model | of |", rows)
        + f"\n\n{accuracy}"
    )


def _probes(probes: Sequence[Probe]) -> str:
    rows = [f"| {one.features} | {one.accuracy:.1%} | {one.majority:.1%} |" for one in probes]
    return _table("| features | sources guessed right | luck |", rows)


def _compared(compared: Sequence[Compared]) -> str:
    rows = [
        f"| {one.name} | {one.accuracy:.2%} | {one.macro_f1:.4f} | {one.calibration_error:.4f} | {one.megabytes:.1f} | "
        f"{one.microseconds_alone:.0f} | {one.microseconds_in_batch:.1f} |"
        for one in compared
    ]
    return _table("| model | accuracy | macro-F1 | calibration error | MB | µs alone | µs in 128 |", rows)


def _table(head: str, rows: Iterable[str]) -> str:
    return "\n".join((head, "|---" * (head.count("|") - 1) + "|", *rows))
