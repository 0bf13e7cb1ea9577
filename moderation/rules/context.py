"""Words that are used, as against words that are quoted in order to warn of them or to forbid them."""

from __future__ import annotations

from moderation.rules.expression import Expression, contact, words

WARNING = words("context/fraud-warning")
WARNING_WINDOW = 30
"""Characters between a term and a warning against it, within which the term is quoted rather than used."""

PERSONAL_ACCOUNT = contact("wechat", "qq", "mobile", "written-number")


def used(expression: Expression, within: int = WARNING_WINDOW) -> Expression:
    """Hold for evidence with no warning beside it; where the text names a personal account, no warning excuses it."""
    return expression.apart(WARNING, within=within) | (expression & PERSONAL_ACCOUNT)


def used_text(expression: Expression) -> Expression:
    """Hold for evidence about a text as a whole that warns of nothing, or that names a personal account."""
    return (expression & ~WARNING) | (expression & PERSONAL_ACCOUNT)
