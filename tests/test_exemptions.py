"""Every exemption of the advertising and promotion rules has a good example that is found without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from moderation.engine import Engine, Ruleset
from moderation.rules import absolute_wording, comparison, prizes, promotions, vendor_promotions
from moderation.rules.expression import NEGATIVE_PLACES, Both, Either, Expression, Missing, Placed, Present, PresentAny
from moderation.rules.rule import Bad, Good, Rule
from moderation.text.template import Template
from moderation.verdict import Policy

FAMILIES = (absolute_wording, comparison, prizes, promotions, vendor_promotions)


def alternatives(expression: Expression) -> list[Expression]:
    if isinstance(expression, Either):
        return alternatives(expression.left) + alternatives(expression.right)
    if isinstance(expression, PresentAny):
        return [Present(name) for name in expression.any_of]
    return [expression]


def without_one(expression: Expression) -> Iterator[tuple[Expression, Expression | None]]:
    """Yield each alternative of a disjunction, and what is left without it."""
    parts = alternatives(expression)
    for index, part in enumerate(parts):
        rest: Expression | None = None
        for other in parts[:index] + parts[index + 1 :]:
            rest = other if rest is None else rest | other
        yield part, rest


def weakened(expression: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield the condition with each of its exemptions taken out, and the name of that exemption."""
    match expression:
        case Placed(subject, other, place, within):
            for name, weak in weakened(subject):
                yield name, Placed(weak, other, place, within)
            if place in NEGATIVE_PLACES:
                for part, rest in without_one(other):
                    yield f"{place} {part}", subject if rest is None else Placed(subject, rest, place, within)
        case Both(left, Missing(inner)):
            for name, weak in weakened(left):
                yield name, Both(weak, Missing(inner))
            for part, rest in without_one(inner):
                yield f"no {part}", left if rest is None else Both(left, Missing(rest))
        case Both(left, right) | Either(left, right):
            for name, weak in weakened(left):
                yield name, type(expression)(weak, right)
            for name, weak in weakened(right):
                yield name, type(expression)(left, weak)


def weakenings() -> dict[str, list[tuple[Rule, Expression]]]:
    """Return each exemption by name with the rules that use it, each without it."""
    found: dict[str, list[tuple[Rule, Expression]]] = {}
    for family in FAMILIES:
        for rule in family.RULES:
            for name, weak in weakened(rule.when):
                found.setdefault(name, []).append((rule, weak))
    return found


def examples(rule: Rule) -> list[Good | Bad]:
    """Return the texts on which the rule must be silent: its good examples, and what other rules find."""
    good = [Good(one) if isinstance(one, str) else one for one in rule.good]
    return [*good, *(bad for family in FAMILIES for other in family.RULES if other is not rule for bad in other.bad)]


def is_found(engine: Engine, rule: Rule, example: Good | Bad) -> bool:
    declared = example.type or (rule.types[0] if len(rule.types) == 1 else None)
    policy = Policy(verified_domains=frozenset(example.verified_domains))
    verdict = engine.check(Template(text=example.text, type=declared), policy)
    return bool(verdict.findings or verdict.shadow)


@pytest.mark.parametrize("uses", weakenings().values(), ids=weakenings().keys())
def test_an_exemption_has_an_example_that_needs_it(engine: Engine, uses: list[tuple[Rule, Expression]]) -> None:
    def needs_it(rule: Rule, weak: Expression) -> bool:
        detectors = engine.ruleset.detectors
        whole, weaker = (Engine(Ruleset("one", (one,), detectors)) for one in (rule, replace(rule, when=weak)))
        return any(is_found(weaker, rule, one) and not is_found(whole, rule, one) for one in examples(rule))

    assert any(needs_it(rule, weak) for rule, weak in uses)
