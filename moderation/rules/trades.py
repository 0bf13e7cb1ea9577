"""Trades that vendors do not carry: one rule a trade, recorded in silence until a vendor's profile raises it."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.rules.context import used
from moderation.rules.expression import Expression, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import Industry, TemplateType

Examples = Sequence[tuple[str, str]]
"""Texts on which a rule must fire, each with the words that it quotes."""


def trade(
    rule_id: str,
    name: str,
    subject: tuple[str, str],
    bad: Examples,
    good: Sequence[Good | str],
    *,
    when: Expression | None = None,
    warned: str = "",
    category: ReasonCategory = ReasonCategory.PROHIBITED_CONTENT,
    severity: Severity = Severity.SHADOW,
    types: tuple[TemplateType, ...] = (),
    industries: tuple[Industry, ...] = (),
    covers: tuple[str, ...] = ("PC_RESTRICTED_TRADES",),
    errs: str = "Notices to people who are customers of such a business already, and news about it.",
) -> Rule:
    """Return the rule on one trade; `subject` names it in Chinese and English, `when` stands for its wordlist.

    `warned` is a lawful text that quotes the trade's words in a warning: with it, a warning near them exempts them.
    """
    chinese, english = subject
    condition = when or words(f"trade/{name}")
    if warned:
        condition = used(condition)
        good = (*good, Good(warned, type=TemplateType.NOTIFICATION))
    return Rule(
        id=rule_id,
        name=f"trade-{name}",
        category=category,
        severity=severity,
        types=types,
        industries=industries,
        when=condition,
        message={
            "zh": f"“{{quote}}”涉及{chinese}，服务商限制发送",
            "en": f"“{{quote}}” is about {english}, which vendors restrict",
        },
        advice={
            "zh": "删去该内容，或换用接受该行业的服务商",
            "en": "drop it, or send by a vendor that carries this trade",
        },
        why=f"Vendors list {english} among what they carry for nobody or for some senders only.",
        false_positives=errs,
        bad=tuple(Bad(text, quote, type=types[0] if types else None) for text, quote in bad),
        good=tuple(good),
        since="0.1.0",
        covers=covers,
    )


def notice(text: str) -> Good:
    """Return a lawful notification."""
    return Good(text, type=TemplateType.NOTIFICATION)
