"""What an operator sets for reviews: times, shares and how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

LEAST_KEPT = timedelta(days=183)
"""How long the audit is kept at least (网络安全法 第二十一条)."""


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """The times and shares that hold for all cases.

    `quality_share` of the templates that pass, 0 to 1, are looked at by a person too.
    """

    lease: timedelta = timedelta(minutes=10)
    due: timedelta = timedelta(hours=24)
    appeal_window: timedelta = timedelta(days=30)
    quality_share: float = 0.0
    texts_kept: timedelta = timedelta(days=365)
    audit_kept: timedelta = LEAST_KEPT


DEFAULT = ReviewPolicy()
