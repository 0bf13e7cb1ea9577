"""Findings without the matches that a tenant's allowed words spare: never more than there were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from moderation.findings import Trial, findings_of
from moderation.own_words import Spared
from moderation.rules.latitude import Latitude, latitude_of
from moderation.rules.listed import takes_words
from moderation.rules.rule import Rule
from moderation.text.signal import Signal, Signals
from moderation.verdict import Finding, risk_score

WORDS = "words:"


class Judged(NamedTuple):
    """What rules found in a text, and what they found it with."""

    findings: tuple[Finding, ...]
    signals: Signals
    text: str
    shift: int


def spare(
    judged: Judged, spared: Sequence[Spared], trials_of: Callable[[Signals], Iterable[Trial]]
) -> tuple[tuple[Finding, ...], float]:
    """Return the findings that still hold where some ranges are spared, and their risk score.

    A rule loses its evidence in listed words inside a range that is meant for it; what it exempts or misses is as
    before. `trials_of` returns the rules that can hold for some signals.
    """
    still: dict[str, set[tuple[object, str]]] = {}
    for rule in {finding.rule.id: finding.rule for finding in judged.findings}.values():
        ranges = [one for one in spared if _is_for(one, rule)]
        if ranges and takes_words(rule) and (left := _without(judged.signals, ranges, rule)) is not None:
            trials = [trial for trial in trials_of(left) if trial.rule.id == rule.id]
            again, _ = findings_of(trials, left, judged.text, judged.shift)
            still[rule.id] = {(finding.span, finding.quote) for finding in again}
    if not still:
        return judged.findings, risk_score(judged.findings)
    kept = tuple(
        finding
        for finding in judged.findings
        if finding.rule.id not in still or (finding.span, finding.quote) in still[finding.rule.id]
    )
    return kept, risk_score(kept)


def _is_for(spared: Spared, rule: Rule) -> bool:
    """Return whether a range spares a rule: a tenant's own spares none that is fixed for it."""
    may_spare = spared.is_inherited or latitude_of(rule) is not Latitude.FIXED
    return may_spare and spared.rule in ("", rule.id)


def _without(signals: Signals, spared: Sequence[Spared], rule: Rule) -> Mapping[str, Sequence[Signal]] | None:
    """Return signals without what a rule reads of the listed words that are spared; None where that is nothing."""
    left: dict[str, Sequence[Signal]] = {}
    for name in rule.when.names():
        if name.startswith(WORDS) and (found := signals.get(name)):
            kept = [signal for signal in found if not _is_spared(signal, name, spared)]
            if len(kept) < len(found):
                left[name] = kept
    if not left:
        return None
    return {name: found for name, found in (dict(signals) | left).items() if found}


def _is_spared(signal: Signal, name: str, spared: Sequence[Spared]) -> bool:
    wordlist = name.removeprefix(WORDS)
    return any(one.start <= signal.start and signal.end <= one.end and one.wordlist in ("", wordlist) for one in spared)
