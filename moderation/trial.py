"""Verdicts with what is on trial: which entries and rules were hit, and what the decision would be with each.

Nothing here changes a decision: what is found comes from a second look at the few texts that anything on trial is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from moderation.detection import Batch, Detection, Detectors, detect_many, searched_of
from moderation.findings import RuleIndex
from moderation.judging import found_in
from moderation.match.on_trial import WordsOnTrial, number_of
from moderation.rules.rule import Severity
from moderation.text.signal import Signal
from moderation.verdict import Decision, Finding, TrialHit, Verdict, decide, noisy_or
from moderation.wording import word_signals

MOST_TRIED = 8
"""Entries on trial in one text that are each judged by itself; what is beyond them is judged with all others."""

ByEntry = Mapping[int, Sequence[Signal]]
"""The signals of one text that each entry on trial gives, by its number."""


def with_entries(
    detections: Batch, verdicts: Sequence[Verdict], index: RuleIndex, detectors: Detectors
) -> list[Verdict]:
    """Return verdicts with the hits of entries on trial and, as SHADOW, what would be found with all of them.

    Where anything fails, the verdicts are returned as they are.
    """
    trial = detectors.on_trial
    if trial is None:
        return list(verdicts)
    try:
        found = _found(detections, trial, detectors)
        return _tried(detections, verdicts, found, trial, index, detectors) if any(found) else list(verdicts)
    except Exception:
        return list(verdicts)


def with_rules(detections: Sequence[Detection], verdicts: Sequence[Verdict], index: RuleIndex | None) -> list[Verdict]:
    """Return verdicts with the hits of SHADOW rules; `index` has those on trial in force, None where there are none.

    With a rule that has no other severity, the decision would be the same.
    """
    return [
        verdict._replace(trials=tuple(_rule_hits(detection, verdict, index))) if verdict.shadow else verdict
        for detection, verdict in zip(detections, verdicts, strict=True)
    ]


def _found(detections: Batch, trial: WordsOnTrial, detectors: Detectors) -> list[ByEntry]:
    signals = word_signals(searched_of(detections), trial.automaton, detectors.segmenter)
    return [_by_entry(of_text, trial) if of_text else {} for of_text in signals]


def _by_entry(signals: Iterable[Signal], trial: WordsOnTrial) -> ByEntry:
    """Return the signals of each entry, by the names that they have in force.

    A disguise is a signal beside that of the word that it hides; a word across a placeholder is told by its term alone.
    """
    found: dict[int, list[Signal]] = {}
    others: list[Signal] = []
    at: dict[tuple[int, int, str], list[int]] = {}
    for signal in signals:
        numbered = number_of(signal.name)
        if numbered is None:
            others.append(signal)
            continue
        name, number = numbered
        found.setdefault(number, []).append(signal._replace(name=name))
        at.setdefault((signal.start, signal.end, signal.term), []).append(number)
    for signal in others:
        for number in at.get((signal.start, signal.end, signal.term)) or trial.of_text(signal.term):
            found.setdefault(number, []).append(signal)
    return found


def _tried(
    detections: Batch,
    verdicts: Sequence[Verdict],
    found: Sequence[ByEntry],
    trial: WordsOnTrial,
    index: RuleIndex,
    detectors: Detectors,
) -> list[Verdict]:
    runs: list[tuple[int, tuple[int, ...]]] = []
    for place, by_entry in enumerate(found):
        if by_entry:
            numbers = tuple(sorted(by_entry))
            runs.append((place, numbers))
            runs.extend((place, (number,)) for number in numbers[:MOST_TRIED] if len(numbers) > 1)
    again = detect_many(
        [detections[place].prepared for place, _ in runs],
        [detections[place].policy for place, _ in runs],
        detectors,
        [[signal for number in numbers for signal in found[place][number]] for place, numbers in runs],
    )
    judged = {run: _judged(detection, index) for run, detection in zip(runs, again, strict=True)}
    result = list(verdicts)
    for place, by_entry in enumerate(found):
        if by_entry:
            numbers = tuple(sorted(by_entry))
            together = judged[place, numbers]
            hits = [
                TrialHit(
                    trial.entries[number].wordlist,
                    trial.entries[number].entry,
                    judged.get((place, (number,)), together)[1],
                )
                for number in numbers
            ]
            shadow = (*verdicts[place].shadow, *_further(together[0], verdicts[place]))
            result[place] = verdicts[place]._replace(shadow=shadow, trials=(*verdicts[place].trials, *hits))
    return result


def _judged(detection: Detection, index: RuleIndex) -> tuple[tuple[Finding, ...], Decision]:
    findings, score = found_in(detection, index)
    return findings, decide(findings, score, detection.policy)


def _further(findings: Iterable[Finding], verdict: Verdict) -> list[Finding]:
    """Return findings that a verdict does not have, as those of what is on trial."""
    known = {(one.rule.id, one.span, one.term) for one in (*verdict.findings, *verdict.shadow)}
    return [
        one._replace(severity=Severity.SHADOW, score=0.0)
        for one in findings
        if (one.rule.id, one.span, one.term) not in known
    ]


def _rule_hits(detection: Detection, verdict: Verdict, index: RuleIndex | None) -> list[TrialHit]:
    """Return what the decision would be with each rule in force that held in the shadow."""
    held = sorted({one.rule.id for one in verdict.shadow})
    if index is None:
        return [TrialHit("", rule_id, verdict.decision) for rule_id in held]
    found, _ = found_in(detection, index)
    hits: list[TrialHit] = []
    for rule_id in held:
        own = [one for one in found if one.rule.id == rule_id]
        score = max((one.score for one in own), default=0.0)
        risk = noisy_or([verdict.risk_score, score])
        hits.append(TrialHit("", rule_id, decide((*verdict.findings, *own), risk, detection.policy)))
    return hits
