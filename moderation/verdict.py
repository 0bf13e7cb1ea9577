"""Findings to a verdict: the decision and the risk score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from moderation.match.classifier import Classification
from moderation.rules.rule import ReasonCategory, Rule, Severity
from moderation.text.template import Industry, Span, TemplateType

SEVERITY_WEIGHT: Mapping[Severity, float] = {
    Severity.REJECT: 0.9,
    Severity.REVIEW: 0.5,
    Severity.ADVICE: 0.0,
    Severity.SHADOW: 0.0,
}


class Decision(StrEnum):
    """What may happen to the template."""

    PASS = "PASS"
    REVIEW = "REVIEW"
    REJECT = "REJECT"


@dataclass(frozen=True, slots=True)
class Policy:
    """What one tenant allows and how strictly its risk scores are read.

    `verified_domains` are registrable domains or hosts that the tenant has proved to be its own.
    `forbidden_words` are the tenant's own list. A risk score at or above a threshold makes the decision at least that
    strict.
    """

    verified_domains: frozenset[str] = frozenset()
    forbidden_words: tuple[str, ...] = ()
    review_threshold: float = 0.5
    reject_threshold: float = 0.97


class Finding(NamedTuple):
    """A rule that held; `span` is None where something is missing, and where `quote` stands in the signature field."""

    rule: Rule
    severity: Severity
    score: float
    span: Span | None
    quote: str
    term: str
    via: tuple[str, ...] = ()

    @property
    def category(self) -> ReasonCategory:
        """The reason category of the rule."""
        return self.rule.category

    def message(self, locale: str = "zh") -> str:
        """Return the reason for people."""
        return self.rule.render_message(locale, self.quote, self.term)

    def advice(self, locale: str = "zh") -> str:
        """Return how to mend the template."""
        return self.rule.render_advice(locale, self.quote, self.term)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the text that mends a finding of a rule; an empty span is a place to write something in."""

    rule_id: str
    span: Span
    replacement: str
    is_opt_out: bool = False


class TrialHit(NamedTuple):
    """Something on trial that was hit, and what the decision would be with it in force.

    It is an entry of a wordlist, or a rule by its id, which has no wordlist.
    """

    wordlist: str
    name: str
    decision: Decision


class Verdict(NamedTuple):
    """The decision on one template with its reasons.

    `type` and `industry` are the declared ones, else the classifier's; `degraded` names detectors that did not run;
    `tags` tell who should look at it (`dialect:sichuan`), at most one of a kind, and decide nothing;
    `shadow` holds findings of what is on trial, and `trials` its entries and rules that were hit, for operators only.
    `suggested_text` is the text after its `edits`, and `suggested_decision` what the engine says of that; they are
    empty where nothing better can be offered.
    """

    decision: Decision
    risk_score: float
    findings: tuple[Finding, ...]
    type: TemplateType | None
    industry: Industry | None
    classification: Classification
    segments: int
    ruleset: str
    degraded: tuple[str, ...] = ()
    shadow: tuple[Finding, ...] = ()
    suggested_text: str = ""
    suggested_decision: Decision | None = None
    edits: tuple[Edit, ...] = ()
    tags: tuple[str, ...] = ()
    trials: tuple[TrialHit, ...] = ()


def risk_score(findings: Sequence[Finding]) -> float:
    """Return the noisy-or of the findings' scores, each rule counted once by its strongest finding."""
    strongest: dict[str, float] = {}
    for finding in findings:
        strongest[finding.rule.id] = max(finding.score, strongest.get(finding.rule.id, 0.0))
    return noisy_or(strongest[rule_id] for rule_id in sorted(strongest))


def noisy_or(scores: Iterable[float]) -> float:
    """Return the probability that any of independent things is so that are so with these; the order tells in sums."""
    safe = 1.0
    for score in scores:
        safe *= 1.0 - score
    return round(1.0 - safe, 4)


def decide(findings: Sequence[Finding], score: float, policy: Policy) -> Decision:
    """Return the worst live severity, or what the score demands under the policy where that is stricter."""
    severities = [finding[1] for finding in findings]
    if Severity.REJECT in severities or score >= policy.reject_threshold:
        return Decision.REJECT
    if Severity.REVIEW in severities or score >= policy.review_threshold:
        return Decision.REVIEW
    return Decision.PASS
