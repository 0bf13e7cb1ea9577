"""An old verdict made again, and how the two differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from moderation.review.case import Reason
from moderation.review.circumstances import Made
from moderation.text.template import Span
from moderation.verdict import Decision, Finding, Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """What a finding is told by: its rule, how severe it is, where it is, and the words."""

    rule_id: str
    severity: str
    span: Span | None
    quote: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict as it is kept: what the engine decided then, by which ruleset; `made` is None where it was not told."""

    verdict_id: str
    decision: Decision
    risk_score: float
    ruleset: str
    reasons: tuple[Reason, ...]
    made: Made | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A kept verdict beside the same made now: `lost` was found then alone, `gained` is found now alone.

    `causes` names what is not as it was then: release, wordlists, rules, model, profiles; empty where nothing is known
    to differ.
    """

    kept: Kept
    decision: Decision
    risk_score: float
    ruleset: str
    release: str
    wordlists_version: int
    lost: tuple[Found, ...]
    gained: tuple[Found, ...]
    causes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the decision and all findings are what they were."""
        return self.decision is self.kept.decision and not self.lost and not self.gained


def replayed(kept: Kept, verdict: Verdict, now: Made) -> Replay:
    """Return how a verdict that is made now, with these circumstances, differs from the one that was kept."""
    then, again = Counter(map(_of_reason, kept.reasons)), Counter(map(_of_finding, verdict.findings))
    return Replay(
        kept,
        verdict.decision,
        verdict.risk_score,
        verdict.ruleset,
        now.release,
        now.wordlists_version,
        _listed(then - again),
        _listed(again - then),
        _causes(kept, verdict.ruleset, now),
    )


def _causes(kept: Kept, ruleset: str, now: Made) -> tuple[str, ...]:
    """Return what is not as it was; the wordlists are where no other part of another ruleset is."""
    causes = ["release"] if kept.made is not None and kept.made.release != now.release else []
    if kept.ruleset == ruleset:
        return tuple(causes)
    then = kept.made.parts if kept.made is not None else {}
    parts = [name for name in sorted(now.parts) if name in then and then[name] != now.parts[name]]
    return (*causes, *(parts or ["wordlists"]))


def _listed(found: Counter[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found.elements(), key=lambda one: (one.span or Span(0, 0), one.rule_id)))


def _of_reason(one: Reason) -> Found:
    return Found(one.rule_id, str(one.severity), one.span, one.quote)


def _of_finding(one: Finding) -> Found:
    return Found(one.rule.id, str(one.severity), one.span, one.quote)
