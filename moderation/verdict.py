"""Findings to a verdict: the decision and the risk score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from moderation.match.classifier import Classification
from moderation.match.lexicon import OwnWords
from moderation.match.own_links import NO_LINKS, OwnLinks
from moderation.rules.rule import ReasonCategory, Rule, Severity
from moderation.text.template import Industry, Span, Template, TemplateType

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


class SeverityChange(NamedTuple):
    """What severity a rule has for one tenant, None where it is off; one that may not soften only makes it stricter."""

    rule_id: str
    severity: Severity | None
    may_soften: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What one tenant allows and how strictly its risk scores are read.

    `verified_domains` are registrable domains or hosts that are the tenant's own, with all below them; `own_links` what
    it has proved to be its own, as far as it goes.
    `forbidden_words` are rejected and `watched_words` reviewed; `words` are where lists of any length are looked up,
    the tenant's first, then those that it inherits. A risk score at or above a threshold makes the decision at least
    that strict. `severities` are in order of ids. `profile` and `industry` hold where a template declares none.
    `version` and `default_version` name the tenant's policy and the one that it inherits; 0 where there is none.
    """

    verified_domains: frozenset[str] = frozenset()
    forbidden_words: tuple[str, ...] = ()
    review_threshold: float = 0.5
    reject_threshold: float = 0.97
    own_links: OwnLinks = NO_LINKS
    watched_words: tuple[str, ...] = ()
    words: tuple[OwnWords, ...] = ()
    severities: tuple[SeverityChange, ...] = ()
    profile: str = ""
    industry: Industry | None = None
    version: int = 0
    default_version: int = 0

    @property
    def lists_words(self) -> bool:
        """Whether any word is forbidden, watched or allowed."""
        return bool(self.words or self.forbidden_words or self.watched_words)

    @property
    def mark(self) -> Policy:
        """What equals this policy and keeps no words alive, for keys that are kept for long."""
        return replace(self, words=tuple(one.mark for one in self.words)) if self.words else self

    def declared(self, template: Template) -> Template:
        """Return a template with what the policy declares for it."""
        profile = template.profile or self.profile
        industry = template.industry or self.industry
        if profile == template.profile and industry is template.industry:
            return template
        return replace(template, profile=profile, industry=industry)


class Finding(NamedTuple):
    """A rule that held; `span` is None where something is missing, and where `quote` stands in the signature field.

    `reason` is what a tenant says of a word of its own, in place of the rule's message.
    """

    rule: Rule
    severity: Severity
    score: float
    span: Span | None
    quote: str
    term: str
    via: tuple[str, ...] = ()
    reason: str = ""

    @property
    def category(self) -> ReasonCategory:
        """The reason category of the rule."""
        return self.rule.category

    def message(self, locale: str = "zh") -> str:
        """Return the reason for people."""
        return self.reason or self.rule.render_message(locale, self.quote, self.term)

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
    `policy_version` and `default_policy_version` are those of the policy that it was made under.
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
    policy_version: int = 0
    default_policy_version: int = 0
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
