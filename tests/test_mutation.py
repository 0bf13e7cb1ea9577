"""Each exemption in a rule's condition is needed: without it, the rule fires on a text that must stay unfound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
from corpora import lawful
from serving import real_engine

from examples import policy_of, template_of
from moderation.detection import detect_many, prepare_many
from moderation.rules.catalogue import RULES
from moderation.rules.expression import NEGATIVE_PLACES, Both, Either, Expression, Missing, Placed
from moderation.rules.rule import Good, Rule
from moderation.text.signal import Signal
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Policy


@dataclass(frozen=True, slots=True)
class Seen:
    """The signals of a text on which rules must stay silent; `rule` is set where only one must."""

    kind: TemplateType
    industry: Industry | None
    signals: Mapping[str, Sequence[Signal]]
    rule: str = ""


def mutants(condition: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield the condition without each of its exemptions, and what the exemption was."""
    if isinstance(condition, Placed):
        if condition.place in NEGATIVE_PLACES:
            yield f"{condition.place} {condition.other}", condition.subject
        for told, subject in mutants(condition.subject):
            yield told, replace(condition, subject=subject)
        if condition.place not in NEGATIVE_PLACES:
            for told, other in mutants(condition.other):
                yield told, replace(condition, other=other)
    elif isinstance(condition, Both):
        for kept, dropped in ((condition.left, condition.right), (condition.right, condition.left)):
            if isinstance(dropped, Missing) and not isinstance(kept, Missing):
                yield str(dropped), kept
        for told, left in mutants(condition.left):
            yield told, replace(condition, left=left)
        for told, right in mutants(condition.right):
            yield told, replace(condition, right=right)
    elif isinstance(condition, Either):
        for told, left in mutants(condition.left):
            yield told, replace(condition, left=left)
        for told, right in mutants(condition.right):
            yield told, replace(condition, right=right)


MUTANTS = [
    pytest.param(rule, mutant, id=f"{rule.id}-{number}")
    for rule in RULES
    if not rule.bad[0].message
    for number, (_, mutant) in enumerate(mutants(rule.when))
]


@pytest.fixture(scope="module")
def silent() -> list[Seen]:
    """The texts on which rules stay silent: their good examples, and the clean corpus."""
    cases: list[tuple[str, Template, Policy]] = [("", sample.template, sample.policy) for sample in lawful()]
    for rule in RULES:
        for good in (Good(one) if isinstance(one, str) else one for one in rule.good):
            if not good.message:
                cases.append((rule.id, template_of(rule, good), policy_of(good)))
    detectors = real_engine().ruleset.detectors
    prepared = prepare_many([template for _, template, _ in cases])
    detections = detect_many(prepared, [policy for _, _, policy in cases], detectors)
    return [
        Seen(one.kind, one.industry, dict(one.signals), rule)
        for (rule, _, _), one in zip(cases, detections, strict=True)
    ]


@pytest.mark.parametrize(("rule", "mutant"), MUTANTS)
def test_without_an_exemption_the_rule_fires_where_it_must_not(
    silent: list[Seen], rule: Rule, mutant: Expression
) -> None:
    assert any(
        len(mutant.evaluate(seen.signals)) > len(rule.when.evaluate(seen.signals))
        for seen in silent
        if seen.rule in ("", rule.id)
        and (not rule.types or seen.kind in rule.types)
        and (not rule.industries or seen.industry in rule.industries)
    )
