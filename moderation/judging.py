"""What is found in one text: the rules that hold for its signals under its profile and its tenant's policy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from moderation.detection import Detection
from moderation.findings import RuleIndex, Trial, findings_of
from moderation.rules.rule import ReasonCategory
from moderation.sparing import Judged, spare
from moderation.text.signal import Signals
from moderation.verdict import Finding


def found_in(detection: Detection, index: RuleIndex) -> tuple[tuple[Finding, ...], float]:
    """Return what is found in a text, in reading order, those of SHADOW among it, and the risk score."""
    prepared = detection.prepared
    findings, score = findings_of(
        trials_of(detection, index, detection.signals), detection.signals, prepared.text, prepared.shift
    )
    if detection.spared:
        judged = Judged(findings, detection.signals, prepared.text, prepared.shift)
        findings, score = spare(judged, detection.spared, partial(trials_of, detection, index))
    if reasons := detection.reasons:
        findings = tuple([with_reason(finding, reasons) for finding in findings])
    return findings, score


def trials_of(detection: Detection, index: RuleIndex, signals: Signals) -> tuple[Trial, ...]:
    """Return the rules that can hold for some signals of a template under its profile and policy."""
    profile, changes = detection.profile, detection.policy.severities
    trials = index.trials(signals, detection.kind, detection.industry, profile)
    if not changes:
        return trials
    return index.changed(trials, changes, signals, detection.kind, detection.industry, profile)


def with_reason(finding: Finding, reasons: Mapping[str, str]) -> Finding:
    """Return a finding of a tenant's own word with what the tenant says of it."""
    is_own = finding.category is ReasonCategory.CUSTOM
    return finding._replace(reason=reasons.get(finding.term, "")) if is_own else finding
