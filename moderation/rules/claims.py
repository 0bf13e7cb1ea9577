"""The shape that rules about industries share, and the contexts in which their words are quoted rather than used."""

from __future__ import annotations

from moderation.rules.expression import Expression, pattern, words
from moderation.rules.laws import Law
from moderation.rules.repair import Repair
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
NOT_OTP = (TemplateType.NOTIFICATION, TemplateType.MARKETING)
REFUTATION_WINDOW = 10
"""Characters between a claim and the words that deny it or warn against it."""


def used(*wordlists: str) -> Expression:
    """Hold where an entry is written and not denied or warned against beside it."""
    return undenied(words(*wordlists))


def undenied(expression: Expression, within: int = REFUTATION_WINDOW) -> Expression:
    """Hold for evidence that is not denied or warned against beside it."""
    return expression.apart(words("industry/refutation"), within=within)


def offered(expression: Expression) -> Expression:
    """Hold for goods that are not named as excluded from an offer: 烟酒除外, 药品不参加活动."""
    return expression.outside(pattern("excluded"))


def claim(
    key: str,
    name: str,
    when: Expression,
    *,
    message: tuple[str, str],
    advice: tuple[str, str],
    why: str,
    false_positives: str,
    bad: tuple[Bad, ...],
    good: tuple[Good | str, ...],
    laws: tuple[Law, ...] = (),
    severity: Severity = Severity.REJECT,
    category: ReasonCategory = ReasonCategory.INDUSTRY_CLAIM,
    types: tuple[TemplateType, ...] = MARKETING,
    covers: tuple[str, ...] = (),
    repair: Repair | None = None,
) -> Rule:
    """Return a rule with this id; `message` and `advice` are given in Chinese and English."""
    return Rule(
        id=key,
        name=name,
        category=category,
        severity=severity,
        types=types,
        laws=laws,
        when=when,
        message=dict(zip(("zh", "en"), message, strict=True)),
        advice=dict(zip(("zh", "en"), advice, strict=True)),
        why=why,
        false_positives=false_positives,
        bad=bad,
        good=good,
        since="0.1.0",
        covers=covers,
        repair=repair,
    )
