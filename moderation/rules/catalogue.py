"""Every rule of the product, by id."""

from __future__ import annotations

from moderation.rules import (
    absolute_wording,
    alcohol_tobacco,
    comparison,
    contacts,
    education,
    evasion,
    filled,
    finance,
    form,
    health_food,
    link_form,
    links,
    loans_insurance,
    medical,
    minors_recruitment,
    model_risk,
    opt_out,
    privacy,
    prizes,
    profanity,
    prohibited,
    promotions,
    real_estate,
    send_window,
    signature,
    signature_form,
    system,
    trades_agencies,
    trades_finance,
    trades_goods,
    trades_promotion,
    trades_services,
    types,
    variable_content,
    variables,
    vendor_promotions,
    vendor_trades,
)
from moderation.rules.rule import Rule

FAMILIES = (
    absolute_wording,
    alcohol_tobacco,
    comparison,
    contacts,
    education,
    evasion,
    filled,
    finance,
    form,
    health_food,
    link_form,
    links,
    loans_insurance,
    medical,
    minors_recruitment,
    model_risk,
    opt_out,
    privacy,
    prizes,
    profanity,
    prohibited,
    promotions,
    real_estate,
    send_window,
    signature,
    signature_form,
    system,
    trades_agencies,
    trades_finance,
    trades_goods,
    trades_promotion,
    trades_services,
    types,
    variable_content,
    variables,
    vendor_promotions,
    vendor_trades,
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
