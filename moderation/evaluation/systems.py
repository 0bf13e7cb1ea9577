"""The systems that are measured: the rules alone, the model alone, and both as they are served."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from moderation.engine import DEFAULT_POLICY, Engine
from moderation.evaluation.checked import checked
from moderation.rules.rule import ReasonCategory, Severity
from moderation.text.template import Template
from moderation.verdict import Decision, Finding, Policy, Verdict, decide

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
    pairs = zip(checked(both, templates, policies, report=report), checked(rules, templates, policies), strict=True)
    return [_judged(served, bare) for served, bare in pairs]


def _judged(served: Verdict, bare: Verdict) -> Judged:
    by_model = [finding for finding in served.findings if MODEL in finding.via]
    kind, probability = served.classification.prohibited
    return Judged(
        {
            System.RULES: _judgement(bare.decision, bare.findings),
            System.MODEL: _judgement(decide(by_model, 0.0, DEFAULT_POLICY), by_model),
            System.BOTH: _judgement(served.decision, served.findings),
        },
        served,
        kind,
        probability,
    )


def _judgement(decision: Decision, findings: Sequence[Finding]) -> Judgement:
    advised = frozenset(one.category for one in findings if one.severity is Severity.ADVICE)
    return Judgement(decision, frozenset(one.category for one in stopping(findings)), advised)


def stopping(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that a text was stopped by: all but advice."""
    return [one for one in findings if one.severity is not Severity.ADVICE]


def without_model(engine: Engine) -> Engine:
    """Return an engine of the same lists and rules that has no classifier."""
    ruleset = engine.ruleset
    return Engine(replace(ruleset, detectors=replace(ruleset.detectors, classifier=None)))
