"""What a tenant's own policy may do to rules, by category; what the table does not name, it may only make stricter."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from moderation.rules.rule import ReasonCategory, Rule


class Latitude(IntEnum):
    """How far a tenant may go: FIXED only stricter, REVIEWED down to REVIEW, FREE milder or off.

    A tenant's allowed words spare matches of rules that are REVIEWED or FREE. The default policy, which the operator
    writes for every tenant, may do everything to every rule.
    """

    FIXED = 0
    REVIEWED = 1
    FREE = 2


LATITUDES: Mapping[ReasonCategory, Latitude] = MappingProxyType(
    {
        ReasonCategory.ABSOLUTE_WORDING: Latitude.REVIEWED,
        ReasonCategory.CONDITIONAL_PROMO: Latitude.REVIEWED,
        ReasonCategory.GUARANTEED_RETURN: Latitude.REVIEWED,
        ReasonCategory.INDUSTRY_CLAIM: Latitude.REVIEWED,
        ReasonCategory.MISSING_RISK_DISCLOSURE: Latitude.REVIEWED,
        ReasonCategory.UNVERIFIED_CONTACT: Latitude.REVIEWED,
        ReasonCategory.SEND_WINDOW: Latitude.REVIEWED,
        ReasonCategory.SIGNATURE: Latitude.FREE,
        ReasonCategory.VARIABLE: Latitude.FREE,
        ReasonCategory.TYPE_MISMATCH: Latitude.FREE,
        ReasonCategory.FORMAT: Latitude.FREE,
    }
)


def latitude_of(rule: Rule) -> Latitude:
    """Return what a tenant may do to a rule."""
    return LATITUDES.get(rule.category, Latitude.FIXED)
