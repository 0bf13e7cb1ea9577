"""Which rules take a listed word for what it is not where they are mistaken, so that an exception would mend them."""

from __future__ import annotations

import re

from moderation.rules.expression import Both, Either, Expression, Missing, Placed, Present, PresentAny, Several
from moderation.rules.rule import Rule

_ABSENCE = re.compile(r"\b(?:missing|without|unnamed)\b")
"""What the name of a rule says that finds a statement to be missing: its word is only what calls for the statement."""


def takes_words(rule: Rule) -> bool:
    """Return whether a rule finds fault with words of wordlists, not with what is missing beside them."""
    return not _ABSENCE.search(rule.name) and any(name.startswith("words:") for name in evidence_of(rule.when))


def evidence_of(condition: Expression) -> frozenset[str]:
    """Return the signals that a condition points at where it holds, of all that it reads."""
    match condition:
        case Present() | PresentAny():
            return condition.names()
        case Both(left, right):
            return evidence_of(left) or evidence_of(right)
        case Either(left, right):
            return evidence_of(left) | evidence_of(right)
        case Placed(subject) | Several(subject):
            return evidence_of(subject)
        case Missing():
            return frozenset()
    raise TypeError(f"unknown condition {condition}")
