"""What one transaction leaves behind: entries of the audit, and events for those who wait for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from moderation.review.audit import Head, Record, Scalar, encode_details, extend
from moderation.review.people import Actor
from moderation.store.audit_rows import ends_lost
from moderation.store.schema import AUDIT, AUDIT_HEAD, DELIVERIES, EVENTS, WEBHOOKS, DeliveryState

HEAD = select(AUDIT_HEAD.c.count, AUDIT_HEAD.c.digest)
NEW_HEAD = update(AUDIT_HEAD).values(count=bindparam("count"), digest=bindparam("digest"))
WRITTEN_EVENTS = insert(EVENTS).returning(EVENTS.c.sequence, EVENTS.c.tenant, sort_by_parameter_order=True)
THEIR_WEBHOOKS = select(WEBHOOKS.c.tenant, WEBHOOKS.c.number).where(
    WEBHOOKS.c.tenant.in_(bindparam("tenants", expanding=True)),
    WEBHOOKS.c.removed_at.is_(None),
    WEBHOOKS.c.is_for_alerts.is_(False),
)
INTO_AUDIT, INTO_DELIVERIES = insert(AUDIT), insert(DELIVERIES)
"""Statements that are made once: to make one takes longer than to run it."""


class Ledger:
    """Collects entries and events of one transaction, and writes them at its end."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime) -> None:
        self._connection = connection
        self._actor = actor
        self._now = now
        self._records: list[Record] = []
        self._events: list[dict[str, object]] = []

    def note(self, action: str, subject: str, **details: Scalar | Sequence[Scalar]) -> None:
        """Note something for the audit; no detail may hold text of a template."""
        self._records.append(Record(self._now, self._actor.name, self._actor.role, action, subject, details))

    def tell(self, kind: str, case: int, verdict_id: str, tenant: str, **details: str | int | float | None) -> None:
        """Tell those who wait for what happens to cases."""
        self._events.append(
            {
                "kind": kind,
                "case_number": case,
                "verdict_id": verdict_id,
                "tenant": tenant,
                "at": self._now,
                "details": json.dumps(details, sort_keys=True),
            }
        )

    def write(self) -> None:
        """Extend the chain of the audit by what was noted, and write the events with what is due to webhooks."""
        if self._records:
            self._extend()
        if self._events:
            self._publish()

    def _extend(self) -> None:
        head = self._connection.execute(HEAD).one_or_none()
        if head is None:
            raise ends_lost()
        entries = extend(Head(*head), self._records)
        rows = [
            {
                "sequence": entry.sequence,
                "at": entry.at,
                "actor": entry.actor,
                "role": entry.role,
                "action": entry.action,
                "subject": entry.subject,
                "details": encode_details(entry.details),
                "previous": entry.previous,
                "digest": entry.digest,
            }
            for entry in entries
        ]
        self._connection.execute(INTO_AUDIT, rows)
        last = entries[-1]
        self._connection.execute(NEW_HEAD, {"count": last.sequence, "digest": last.digest})

    def _publish(self) -> None:
        written = self._connection.execute(WRITTEN_EVENTS, self._events).all()
        webhooks = self._webhooks({tenant for _, tenant in written})
        due = [
            {
                "webhook": webhook,
                "event": sequence,
                "state": DeliveryState.DUE,
                "attempts": 0,
                "due_at": self._now,
                "failure": "",
            }
            for sequence, tenant in written
            for webhook in webhooks.get(tenant, ())
        ]
        if due:
            self._connection.execute(INTO_DELIVERIES, due)

    def _webhooks(self, tenants: Iterable[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for tenant, number in self._connection.execute(THEIR_WEBHOOKS, {"tenants": sorted(tenants)}):
            found.setdefault(tenant, []).append(number)
        return found
