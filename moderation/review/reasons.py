"""What a reviewer reads of a finding, in the reviewer's language and not the sender's."""

from __future__ import annotations

from moderation.review.case import Reason
from moderation.rules.catalogue import BY_KEY


def told(reason: Reason, locale: str) -> tuple[str, str]:
    """Return the message and the advice of a finding in a locale; as they were recorded where its rule is no more."""
    rule = BY_KEY.get(reason.rule_id)
    if rule is None:
        return reason.message, reason.advice
    return (
        rule.render_message(locale, reason.quote, reason.term),
        rule.render_advice(locale, reason.quote, reason.term),
    )
