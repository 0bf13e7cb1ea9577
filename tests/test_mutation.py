"""Each exemption in a rule's condition is needed: without it, the rule fires on a text that must stay unfound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
from corpora import lawful
from serving import real_engine

from moderation.detection import detect_many
from moderation.preparation import prepare_many
from moderation.rule_examples import policy_of, template_of
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


Key = tuple[str, str]
"""An exemption: the condition that it belongs to, and what it exempts."""


def mutants(condition: Expression) -> Iterator[tuple[Key, Expression]]:
    """Yield the condition without each of its exemptions."""
    if isinstance(condition, Placed):
        if condition.place in NEGATIVE_PLACES:
            yield (str(condition.subject), f"{condition.place} {condition.other}"), condition.subject
        for key, subject in mutants(condition.subject):
            yield key, replace(condition, subject=subject)
        if condition.place not in NEGATIVE_PLACES:
            for key, other in mutants(condition.other):
                yield key, replace(condition, other=other)
    elif isinstance(condition, (Both, Either)):
        if isinstance(condition, Both):
            for kept, dropped in ((condition.left, condition.right), (condition.right, condition.left)):
                if isinstance(dropped, Missing) and not isinstance(kept, Missing):
                    yield (str(kept), str(dropped)), kept
        for key, left in mutants(condition.left):
            yield key, replace(condition, left=left)
        for key, right in mutants(condition.right):
            yield key, replace(condition, right=right)


def by_exemption() -> dict[Key, list[tuple[Rule, Expression]]]:
    """Return each exemption with the rules that use it, and their conditions without it."""
    found: dict[Key, list[tuple[Rule, Expression]]] = {}
    for rule in RULES:
        if not rule.bad[0].message:
            for key, mutant in mutants(rule.when):
                found.setdefault(key, []).append((rule, mutant))
    return found


MUTANTS = [
    pytest.param(uses, id=f"{'-'.join(sorted({rule.id for rule, _ in uses}))}: {told}"[:120])
    for (_, told), uses in by_exemption().items()
]


@pytest.fixture(scope="module")
def silent() -> list[Seen]:
    """The texts on which rules stay silent: their good examples, and the clean corpus."""
    cases: list[tuple[str, Template, Policy]] = [("", sample.template, sample.policy) for sample in lawful()]
    for rule in RULES:
        goods = [Good(one) if isinstance(one, str) else one for one in rule.good]
        cases.extend((rule.id, template_of(rule, good), policy_of(good)) for good in goods if not good.message)
    detectors = real_engine().ruleset.detectors
    prepared = prepare_many([template for _, template, _ in cases])
    detections = detect_many(prepared, [policy for _, _, policy in cases], detectors)
    return [
        Seen(one.kind, one.industry, dict(one.signals), rule)
        for (rule, _, _), one in zip(cases, detections, strict=True)
    ]


@pytest.mark.parametrize("uses", MUTANTS)
def test_without_an_exemption_a_rule_fires_where_it_must_not(
    silent: list[Seen], uses: list[tuple[Rule, Expression]]
) -> None:
    assert any(
        len(mutant.evaluate(seen.signals)) > len(rule.when.evaluate(seen.signals))
        for rule, mutant in uses
        for seen in silent
        if seen.rule in ("", rule.id)
        and (not rule.types or seen.kind in rule.types)
        and (not rule.industries or seen.industry in rule.industries)
    )
