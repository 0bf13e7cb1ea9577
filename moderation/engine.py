"""Templates to verdicts: pure, deterministic, batch first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from moderation.detection import Detection, Detectors, detect_many
from moderation.mending import apply, edits_of
from moderation.preparation import prepare_many
from moderation.revision import exact_edits
from moderation.rules.profiles import Profile
from moderation.rules.rule import Rule, Severity
from moderation.text.length import measure_worst
from moderation.text.signal import Signal, Signals
from moderation.text.template import MAX_TEXT_LENGTH, Industry, Span, Template, TemplateType
from moderation.verdict import SEVERITY_WEIGHT, Decision, Edit, Finding, Policy, Verdict, decide, risk_score

DEFAULT_POLICY = Policy()
KEPT_CHOICES = 16_384
"""Combinations of signals whose candidate rules are remembered."""

MAX_FINDINGS_PER_RULE = 20
"""A text full of hits of one rule is reported by its first ones; more would tell its author nothing new."""


class RuleIndex:
    """Rules by the signals that can make them hold, by type and by profile; safe to share between threads.

    Without `records_shadow`, rules that are SHADOW under a profile are not tried at all.
    """

    def __init__(self, rules: Iterable[Rule], profiles: Mapping[str, Profile], *, records_shadow: bool) -> None:
        self._rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self._profiles = profiles
        self._records_shadow = records_shadow
        always: list[int] = []
        by_signal: dict[str, list[int]] = {}
        for number, rule in enumerate(self._rules):
            triggers = rule.when.triggers()
            if triggers is None:
                always.append(number)
            for name in triggers or ():
                by_signal.setdefault(name, []).append(number)
        self._by_signal = {name: tuple(numbers) for name, numbers in by_signal.items()}
        self._always = tuple(always)
        self._chosen = lru_cache(maxsize=KEPT_CHOICES)(self._choose)

    def candidates(
        self, signal_names: Iterable[str], kind: TemplateType | None, profile: Profile, *, is_whole: bool = True
    ) -> tuple[tuple[Rule, Severity], ...]:
        """Return the rules that can hold where these signals are present, in order of ids, with their severities.

        Where the signals are not those of a whole text, rules on what is missing are left out.
        """
        known = self._by_signal
        names = frozenset([name for name in signal_names if name in known])
        return self._chosen(names, kind, profile.id, is_whole)

    def _choose(
        self, signal_names: frozenset[str], kind: TemplateType | None, profile_id: str, is_whole: bool
    ) -> tuple[tuple[Rule, Severity], ...]:
        numbers = {number for name in signal_names for number in self._by_signal[name]}
        numbers.update(self._always if is_whole else ())
        severities = self._profiles[profile_id].severities
        chosen: list[tuple[Rule, Severity]] = []
        for rule in (self._rules[number] for number in sorted(numbers)):
            severity = severities.get(rule.id, severities.get(rule.name, rule.severity))
            is_tried = severity is not None and (self._records_shadow or severity is not Severity.SHADOW)
            if severity is not None and is_tried and (not rule.types or kind in rule.types):
                chosen.append((rule, severity))
        return tuple(chosen)


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules and detectors that verdicts are made with; `digest`, `sha256:…`, covers what they were built from.

    `records_shadow` tells whether rules on trial are tried, for operators to see.
    """

    digest: str
    rules: tuple[Rule, ...]
    detectors: Detectors
    records_shadow: bool = True
    index: RuleIndex = field(init=False)

    def __post_init__(self) -> None:
        index = RuleIndex(self.rules, self.detectors.profiles, records_shadow=self.records_shadow)
        object.__setattr__(self, "index", index)


class Engine:
    """Checks templates against one immutable ruleset; safe to share between threads."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    def check(self, template: Template, policy: Policy = DEFAULT_POLICY, *, suggest: bool = False) -> Verdict:
        """Return the verdict on one template."""
        return self.check_many([template], [policy], suggest=suggest)[0]

    def check_many(
        self, templates: Sequence[Template], policies: Sequence[Policy] = (), *, suggest: bool | Sequence[bool] = False
    ) -> list[Verdict]:
        """Return one verdict per template, in order; `policies` is empty or holds one per template.

        With `suggest`, for all or one by one, what does not pass is mended where its rules tell how, and the mended
        text is checked too.
        """
        chosen = policies or [DEFAULT_POLICY] * len(templates)
        detections = detect_many(prepare_many(templates), chosen, self.ruleset.detectors)
        verdicts = [self._judge(detection) for detection in detections]
        wanted = [suggest] * len(verdicts) if isinstance(suggest, bool) else suggest
        return self._with_suggestions(detections, verdicts, wanted) if any(wanted) else verdicts

    def _with_suggestions(
        self, detections: Sequence[Detection], verdicts: list[Verdict], wanted: Sequence[bool]
    ) -> list[Verdict]:
        mended: dict[int, tuple[str, tuple[Edit, ...]]] = {}
        for index, (detection, verdict) in enumerate(zip(detections, verdicts, strict=True)):
            is_wanted = wanted[index] and verdict.decision is not Decision.PASS
            edits = edits_of(detection, verdict.findings) if is_wanted else ()
            if edits and 0 < len(text := apply(detection, edits)) <= MAX_TEXT_LENGTH:
                mended[index] = (text, exact_edits(detection.prepared.template.text, text, edits))
        templates = [replace(detections[index].prepared.template, text=text) for index, (text, _) in mended.items()]
        again = self.check_many(templates, [detections[index].policy for index in mended])
        suggested = list(verdicts)
        for (index, (text, edits)), verdict in zip(mended.items(), again, strict=True):
            if _is_better(verdict, verdicts[index]):
                suggested[index] = verdicts[index]._replace(
                    suggested_text=text, suggested_decision=verdict.decision, edits=edits
                )
        return suggested

    def _judge(self, detection: Detection) -> Verdict:
        prepared, policy = detection.prepared, detection.policy
        held = findings_of(
            self.ruleset,
            detection.signals,
            prepared.text,
            detection.kind,
            detection.industry,
            detection.profile,
            shift=prepared.shift,
        )
        live = tuple([finding for finding in held if finding.severity is not Severity.SHADOW])
        shadow = tuple([one for one in held if one.severity is Severity.SHADOW]) if len(live) < len(held) else ()
        score = risk_score(live)
        return Verdict(
            decision=decide(live, score, policy),
            risk_score=score,
            findings=live,
            type=detection.kind,
            industry=detection.industry,
            classification=detection.classification,
            segments=measure_worst(prepared.text, prepared.parts, detection.profile.placeholder.value_length).segments,
            ruleset=self.ruleset.digest,
            degraded=tuple(detection.degraded),
            shadow=shadow,
            tags=detection.tags,
        )


def _is_better(mended: Verdict, verdict: Verdict) -> bool:
    """Return whether a mended text is decided more mildly, or as before with less to find."""
    strictness = list(Decision)
    return (strictness.index(mended.decision), mended.risk_score) < (
        strictness.index(verdict.decision),
        verdict.risk_score,
    )


def findings_of(
    ruleset: Ruleset,
    signals: Signals,
    text: str,
    kind: TemplateType | None,
    industry: Industry | None,
    profile: Profile,
    *,
    shift: int = 0,
    is_whole: bool = True,
) -> tuple[Finding, ...]:
    """Return what the rules find in the signals of `text`, in reading order; the first `shift` characters have no span.

    Where the signals are not those of a whole text, rules on what is missing are left out.
    """
    held = [
        finding
        for rule, severity in ruleset.index.candidates(signals, kind, profile, is_whole=is_whole)
        if (not rule.industries or industry in rule.industries) and (evidence := rule.when.evaluate(signals))
        for finding in _findings(rule, severity, evidence, text, shift)
    ]
    return tuple(sorted(held, key=_reading_order) if len(held) > 1 else held)


def _findings(rule: Rule, severity: Severity, evidence: Sequence[Signal], text: str, shift: int) -> list[Finding]:
    """Return a rule's findings; of pieces of evidence that overlap, the one that begins first and is longest.

    Of two at one place, the one that names a listed word tells more than a shape.
    """
    if len(evidence) == 1:
        return [_finding(rule, severity, evidence[0], text, shift)]
    findings: list[Finding] = []
    reached = 0
    for signal in sorted(evidence, key=_evidence_order):
        if findings and (signal.start < reached or not signal.has_span):
            continue
        reached = signal.end
        findings.append(_finding(rule, severity, signal, text, shift))
        if len(findings) == MAX_FINDINGS_PER_RULE:
            break
    return findings


def _evidence_order(signal: Signal) -> tuple[int, int, bool, float, str]:
    return signal.start, -signal.end, not signal.term, -signal.confidence, signal.term


def _finding(rule: Rule, severity: Severity, signal: Signal, text: str, shift: int) -> Finding:
    """Return the finding for one piece of evidence; what stands in the signature field has no span in the text."""
    score = round(SEVERITY_WEIGHT[severity] * signal.confidence, 4)
    if not signal.has_span:
        return Finding(rule, severity, score, None, "", signal.term, signal.via)
    quote = text[signal.start : signal.end]
    span = Span(signal.start - shift, signal.end - shift) if signal.start >= shift else None
    return Finding(rule, severity, score, span, quote, signal.term or quote, signal.via)


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    return (finding.span.start, -finding.span.end, finding.rule.id) if finding.span else (-1, 0, finding.rule.id)
