"""Words that are used, as against words that are quoted in order to warn of them or to forbid them."""

from __future__ import annotations

from moderation.rules.expression import Expression, contact, pattern, signal, words

WARNING = words("context/fraud-warning")
WARNING_WINDOW = 30
"""Characters between a term and a warning against it, within which the term is quoted rather than used."""

PROMOTION = words("promotion/offer", "promotion/free", "promotion/lottery") | pattern("offer", "zero-price")
PRICED = pattern("offer", "price", "price-cut", "zero-price")
PROMOTED = PROMOTION.apart(WARNING, within=WARNING_WINDOW)
SELLS = (PROMOTED.several(2) | (PROMOTED & PRICED & words("promotion/call"))) & signal("model:type.MARKETING")
"""The text as a whole sells: it names two promotions, or one with a price and a call to buy, and reads like it."""

ADVERTISES = (
    pattern("opt-out", "opt-out-placeholder", "opt-out-disguised")
    | words("optout/form")
    | (
        words("promotion/offer", "promotion/free", "promotion/lottery", "promotion/gift", "promotion/one-yuan")
        | words("promotion/full-rebate", "promotion/scarcity", "promotion/win-notice", "promotion/paid-review")
        | PRICED
    ).apart(WARNING, within=WARNING_WINDOW)
)
"""The text shows a sign of advertising: a way to refuse, an offer or a price; without any it is taken for a notice."""

PERSONAL_ACCOUNT = contact("wechat", "qq", "telegram", "mobile", "written-number")


def used(expression: Expression, within: int = WARNING_WINDOW) -> Expression:
    """Hold for evidence with no warning beside it; where the text names a personal account, no warning excuses it."""
    return expression.apart(WARNING, within=within) | (expression & PERSONAL_ACCOUNT)


def used_text(expression: Expression) -> Expression:
    """Hold for evidence about a text as a whole that warns of nothing, or that names a personal account."""
    return (expression & ~WARNING) | (expression & PERSONAL_ACCOUNT)
