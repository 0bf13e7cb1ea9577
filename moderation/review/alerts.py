"""Alerts: what the operators of a service are told of, without any text of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.review.hits import HitMode


class AlertKind(StrEnum):
    """What an alert tells of."""

    REJECT_SPIKE = "alert.reject_spike"
    FIRST_HIT = "alert.first_hit"


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it is kept; `about` is `tenant/…`, `rule/…` or `entry/WORDLIST/…`."""

    sequence: int
    kind: AlertKind
    about: str
    at: datetime
    details: Mapping[str, str | int | float | None]


def about_tenant(tenant: str) -> str:
    """Return what an alert of a tenant is about."""
    return f"tenant/{tenant}"


def about_rule(rule_id: str) -> str:
    """Return what an alert of a rule is about."""
    return f"rule/{rule_id}"


def about_entry(wordlist: str, entry: str, mode: HitMode) -> str:
    """Return what the first hit of an entry is about."""
    return f"entry/{wordlist}/{entry}/{mode.lower()}"
