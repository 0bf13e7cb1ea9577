"""Alerts in the store: raised once, told to the operators' webhooks, and listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from moderation.review.alerts import Alert, AlertKind
from moderation.review.desk import PAGE_SIZE, Page
from moderation.store.columns import encoded
from moderation.store.deliveries import in_use
from moderation.store.pages import after, token_of
from moderation.store.schema import WEBHOOKS, DeliveryState
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import ALERT_DELIVERIES, ALERTS, SUBJECT


def raise_alert(
    transaction: Transaction, kind: AlertKind, about: str, details: Mapping[str, str | int | float | None]
) -> int:
    """Keep an alert and let it be sent to every webhook of the operators; return its number."""
    connection = transaction.connection
    kept = insert(ALERTS).values(
        kind=kind, subject=_subject(kind, about), about=about, at=transaction.now, details=json.dumps(details)
    )
    sequence = int(connection.execute(kept.returning(ALERTS.c.sequence)).scalar_one())
    operators = select(WEBHOOKS.c.number).where(WEBHOOKS.c.is_for_alerts.is_(True), in_use())
    due = [
        {
            "webhook": webhook,
            "event": sequence,
            "state": DeliveryState.DUE,
            "attempts": 0,
            "due_at": transaction.now,
            "failure": "",
        }
        for webhook in connection.execute(operators).scalars()
    ]
    if due:
        connection.execute(insert(ALERT_DELIVERIES), due)
    return sequence


def is_quiet(connection: Connection, kind: AlertKind, about: str, now: datetime, pause: timedelta) -> bool:
    """Return whether there was no such alert within a time before now."""
    query = select(ALERTS.c.sequence).where(ALERTS.c.subject == _subject(kind, about), ALERTS.c.at > now - pause)
    return connection.execute(query.limit(1)).first() is None


def alerts(
    connection: Connection, kind: AlertKind | None = None, size: int = PAGE_SIZE, token: str = ""
) -> Page[Alert]:
    """Return the alerts, of one kind where it is named, the latest first, a page at a time."""
    mark = f"{ALERTS.name}/{kind or ''}"
    query = select(ALERTS).order_by(ALERTS.c.sequence.desc()).limit(size + 1)
    if before := after(token, mark):
        query = query.where(ALERTS.c.sequence < before)
    if kind is not None:
        query = query.where(ALERTS.c.kind == kind)
    found = [
        Alert(row.sequence, AlertKind(row.kind), row.about, row.at, json.loads(row.details))
        for row in connection.execute(query)
    ]
    page = tuple(found[:size])
    return Page(page, token_of([page[-1].sequence], mark) if len(found) > size else "")


def _subject(kind: AlertKind, about: str) -> str:
    return hashlib.sha256(encoded(f"{kind}\0{about}")).hexdigest()[:SUBJECT]
