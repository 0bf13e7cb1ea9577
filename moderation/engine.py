"""Templates to verdicts: pure, deterministic, batch first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from moderation.detection import Batch, Detection, Detectors, detect_many
from moderation.findings import RuleIndex
from moderation.judging import found_in
from moderation.mending import apply, edits_of
from moderation.preparation import prepare_many
from moderation.revision import exact_edits
from moderation.rules.rule import Rule, Severity
from moderation.rules.rule_trials import RuleTrials, as_promoted, on_trial
from moderation.text.length import measure_worst, segments_many
from moderation.text.template import MAX_TEXT_LENGTH, Template
from moderation.trial import with_entries, with_rules
from moderation.verdict import Decision, Edit, Finding, Policy, Verdict, decide

DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules and detectors that verdicts are made with; `digest`, `sha256:…`, covers what they were built from.

    `records_shadow` tells whether rules on trial are tried, for operators to see; `wordlists_version` which version of
    the wordlists it was built from, 0 for the shipped ones. `rule_trials` are rules on trial, or promoted, for all
    profiles; `promoted` is the index that has those on trial in force, None where there are none.
    """

    digest: str
    rules: tuple[Rule, ...]
    detectors: Detectors
    records_shadow: bool = True
    wordlists_version: int = 0
    rule_trials: RuleTrials = field(default_factory=dict)
    index: RuleIndex = field(init=False)
    promoted: RuleIndex | None = field(init=False)

    def __post_init__(self) -> None:
        def indexed(trials: RuleTrials, records_shadow: bool) -> RuleIndex:
            profiles = self.detectors.profiles
            return RuleIndex(self.rules, profiles, records_shadow=records_shadow, rule_trials=trials)

        object.__setattr__(self, "index", indexed(self.rule_trials, self.records_shadow))
        is_tried = bool(on_trial(self.rule_trials))
        object.__setattr__(self, "promoted", indexed(as_promoted(self.rule_trials), False) if is_tried else None)

    @property
    def mark(self) -> str:
        """What verdicts are made with, and what is on trial beside: the digest does not tell that."""
        tried = self.detectors.on_trial
        return self.digest if tried is None else f"{self.digest} {tried.mark}"


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
        if policies:
            templates = [policy.declared(template) for template, policy in zip(templates, policies, strict=True)]
        detections = detect_many(prepare_many(templates), chosen, self.ruleset.detectors)
        verdicts = self._with_trials(detections, self._judge_many(detections))
        wanted = [suggest] * len(verdicts) if isinstance(suggest, bool) else suggest
        return self._with_suggestions(detections, verdicts, wanted) if any(wanted) else verdicts

    def _with_trials(self, detections: Batch, verdicts: list[Verdict]) -> list[Verdict]:
        ruleset = self.ruleset
        if ruleset.index.has_shadow:
            verdicts = with_rules(detections, verdicts, ruleset.promoted)
        if ruleset.detectors.on_trial is not None:
            verdicts = with_entries(detections, verdicts, ruleset.index, ruleset.detectors)
        return verdicts

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
        policies = [detections[index].policy for index in mended]
        again = self._judge_many(detect_many(prepare_many(templates), policies, self.ruleset.detectors))
        suggested = list(verdicts)
        for (index, (text, edits)), verdict in zip(mended.items(), again, strict=True):
            if _is_better(verdict, verdicts[index]):
                suggested[index] = verdicts[index]._replace(
                    suggested_text=text, suggested_decision=verdict.decision, edits=edits
                )
        return suggested

    def _judge_many(self, detections: Batch) -> list[Verdict]:
        segments = segments_many(detections.texts)
        index, digest = self.ruleset.index, self.ruleset.digest
        return [
            _judge(detection, index, digest, fewest) for detection, fewest in zip(detections, segments, strict=True)
        ]


def _judge(detection: Detection, index: RuleIndex, digest: str, segments: int) -> Verdict:
    """Return the verdict on what was detected; `segments` are those of the text as it is."""
    prepared, profile = detection.prepared, detection.profile
    kind, industry, policy = detection.kind, detection.industry, detection.policy
    live, score = found_in(detection, index)
    shadow: tuple[Finding, ...] = ()
    if index.has_shadow:
        shadow = tuple([finding for finding in live if finding.severity is Severity.SHADOW])
        live = tuple([finding for finding in live if finding.severity is not Severity.SHADOW])
    if not prepared.is_bare and prepared.parts.placeholders:
        segments = measure_worst(prepared.text, prepared.parts, profile.placeholder.value_length).segments
    return Verdict(
        decide(live, score, policy),
        score,
        live,
        kind,
        industry,
        detection.classification,
        segments,
        digest,
        detection.degraded,
        shadow,
        tags=detection.tags,
        policy_version=policy.version,
        default_policy_version=policy.default_version,
    )


def _is_better(mended: Verdict, verdict: Verdict) -> bool:
    """Return whether a mended text is decided more mildly, or as before with less to find."""
    strictness = list(Decision)
    return (strictness.index(mended.decision), mended.risk_score) < (
        strictness.index(verdict.decision),
        verdict.risk_score,
    )
