"""The systems that are measured: the rules alone, the model alone, and both as they are served."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from moderation.engine import Engine
from moderation.rules.rule import ReasonCategory, Severity
from moderation.text.template import Template
from moderation.verdict import Decision, Finding, Policy, Verdict

BATCH = 256
MODEL = "model"
"""What findings of the classifier come by."""


class System(StrEnum):
    """What judged a text."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one system says of a text: the decision, the categories that led to it, and those of mere advice."""

    decision: Decision
    categories: frozenset[ReasonCategory]
    advised: frozenset[ReasonCategory]


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one text by each system, with the verdict of both and what the model takes the text for.

    `kind` is the likeliest kind of prohibited content and `probability` that of its being any.
    """

    by: dict[System, Judgement]
    verdict: Verdict
    kind: str
    probability: float


def judge(
    templates: Sequence[Template],
    policies: Sequence[Policy],
    both: Engine,
    rules: Engine,
    *,
    report: Callable[[int], None],
) -> list[Judged]:
    """Return what each system says of each template; `report` is told how many more have been judged."""
    judged: list[Judged] = []
    for start in range(0, len(templates), BATCH):
        batch, own = templates[start : start + BATCH], policies[start : start + BATCH]
        pairs = zip(both.check_many(batch, own), rules.check_many(batch, own), strict=True)
        judged += [_judged(served, bare) for served, bare in pairs]
        report(len(batch))
    return judged


def _judged(served: Verdict, bare: Verdict) -> Judged:
    by_model = [finding for finding in served.findings if MODEL in finding.via]
    kind, probability = served.classification.prohibited
    return Judged(
        {
            System.RULES: _judgement(bare.decision, bare.findings),
            System.MODEL: _judgement(_worst(by_model), by_model),
            System.BOTH: _judgement(served.decision, served.findings),
        },
        served,
        kind,
        probability,
    )


def _judgement(decision: Decision, findings: Sequence[Finding]) -> Judgement:
    advised = frozenset(one.category for one in findings if one.severity is Severity.ADVICE)
    return Judgement(
        decision, frozenset(one.category for one in findings if one.severity is not Severity.ADVICE), advised
    )


def _worst(findings: Sequence[Finding]) -> Decision:
    severities = {finding.severity for finding in findings}
    if Severity.REJECT in severities:
        return Decision.REJECT
    return Decision.REVIEW if Severity.REVIEW in severities else Decision.PASS


def without_model(engine: Engine) -> Engine:
    """Return an engine of the same lists and rules that has no classifier."""
    ruleset = engine.ruleset
    return Engine(replace(ruleset, detectors=replace(ruleset.detectors, classifier=None)))
