"""Every rule of the product, by id."""

from __future__ import annotations

from moderation.rules import (
    absolute_wording,
    contacts,
    finance,
    form,
    industries,
    links,
    opt_out,
    profanity,
    prohibited,
    promotions,
    system,
    trades_agencies,
    trades_finance,
    trades_goods,
    trades_promotion,
    trades_services,
    types,
)
from moderation.rules.rule import Rule

FAMILIES = (
    absolute_wording,
    contacts,
    finance,
    form,
    industries,
    links,
    opt_out,
    profanity,
    prohibited,
    promotions,
    system,
    trades_agencies,
    trades_finance,
    trades_goods,
    trades_promotion,
    trades_services,
    types,
)


def _collect() -> tuple[Rule, ...]:
    rules = sorted((rule for family in FAMILIES for rule in family.RULES), key=lambda rule: rule.id)
    for attribute in ("id", "name"):
        seen = [getattr(rule, attribute) for rule in rules]
        twins = sorted({value for value in seen if seen.count(value) > 1})
        if twins:
            raise ValueError(f"two rules share the {attribute} {', '.join(twins)}")
    return tuple(rules)


RULES = _collect()
BY_KEY = {key: rule for rule in RULES for key in (rule.id, rule.name)}
"""Rules by id and by name: both are accepted everywhere."""
