"""What is due to webhooks: taken by whoever sends it, and what became of it; events of cases and alerts alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, and_, false, func, or_, select, update

from moderation.review.alerts import Alert, AlertKind
from moderation.review.case import CaseEventRecord
from moderation.store.content import Seals
from moderation.store.database import reading, writing
from moderation.store.schema import DELIVERIES, EVENTS, WEBHOOKS, DeliveryState
from moderation.store.trial_schema import ALERT_DELIVERIES, ALERTS

QUEUES = DELIVERIES, ALERT_DELIVERIES
"""What is due of events of cases and of alerts, in the same columns; a webhook has something in one of them only."""

LEASE = timedelta(minutes=2)
"""How long a process that took a delivery has it for itself; much longer than an attempt lasts."""

MOST_PER_WEBHOOK = 4
"""Deliveries to one webhook at the same time, so that a slow receiver leaves room for others."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook, taken until a moment; `attempts` failed before."""

    webhook: int
    url: str
    secret: bytes
    event: CaseEventRecord | Alert
    attempts: int
    taken_until: datetime

    @property
    def queue(self) -> Table:
        """The table that it is in."""
        return ALERT_DELIVERIES if isinstance(self.event, Alert) else DELIVERIES


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a delivery: `due_at` is when it is tried again, or when it ended.

    Nothing else that waits for its receiver now is sent before `silent_until` either.
    """

    delivery: Delivery
    state: DeliveryState
    due_at: datetime
    failure: str = ""
    silent_until: datetime | None = None


def take(engine: Engine, now: datetime, most: int, under_way: Mapping[int, int]) -> list[Delivery]:
    """Take what is due, the longest due first, so that no other process does; `under_way` counts it by webhook.

    What is taken and gets no result falls due again when the lease is over.
    """
    chosen: dict[str, list[tuple[int, int]]] = {}
    with reading(engine) as connection:
        for queue in QUEUES:
            room = most - sum(map(len, chosen.values()))
            chosen[queue.name] = _due(connection, queue, now, room, under_way) if room else []
    if not any(chosen.values()):
        return []
    until = now + LEASE
    with writing(engine) as connection:
        return [
            one
            for queue in QUEUES
            if chosen[queue.name]
            for one in _taken(connection, queue, chosen[queue.name], now, until)
        ]


def record(engine: Engine, results: Iterable[Result]) -> None:
    """Write down what became of deliveries; a failure of one that another process has taken since is passed over."""
    with writing(engine) as connection:
        for result in results:
            one, queue = result.delivery, result.delivery.queue
            is_it = and_(queue.c.webhook == one.webhook, queue.c.event == one.event.sequence)
            if result.state is not DeliveryState.DELIVERED:
                is_taken = and_(queue.c.state == DeliveryState.DUE, queue.c.due_at == one.taken_until)
                is_it = and_(is_it, is_taken)
            connection.execute(
                update(queue)
                .where(is_it)
                .values(state=result.state, attempts=one.attempts + 1, due_at=result.due_at, failure=result.failure)
            )
            if result.silent_until is not None:
                connection.execute(
                    update(queue)
                    .where(queue.c.webhook == one.webhook, _is_due(queue, result.silent_until))
                    .values(due_at=result.silent_until)
                )


def secret_place(number: int) -> str:
    """Return the place that the secret of a webhook is sealed for."""
    return f"webhook/{number}"


def secret_of(delivery: Delivery, seals: Seals) -> str:
    """Return the secret that signs a delivery; raise SealError where it cannot be opened."""
    return str(seals.unseal(secret_place(delivery.webhook), delivery.secret))


def in_use() -> ColumnElement[bool]:
    """Return the condition that a webhook is not removed."""
    return WEBHOOKS.c.removed_at.is_(None)


def _taken(
    connection: Connection, queue: Table, chosen: Sequence[tuple[int, int]], now: datetime, until: datetime
) -> list[Delivery]:
    taken = connection.execute(
        update(queue)
        .where(_is_one_of(queue, chosen), _is_due(queue, now))
        .values(due_at=until)
        .returning(queue.c.webhook, queue.c.event)
    ).all()
    some = [(webhook, event) for webhook, event in taken]
    query = _alerts(some) if queue is ALERT_DELIVERIES else _case_events(some)
    return [
        Delivery(
            row.number,
            row.url,
            row.secret,
            Alert(row.sequence, AlertKind(row.kind), row.about, row.at, json.loads(row.details))
            if queue is ALERT_DELIVERIES
            else CaseEventRecord(
                row.sequence, row.kind, row.case_number, row.verdict_id, row.tenant, row.at, json.loads(row.details)
            ),
            row.attempts,
            until,
        )
        for row in connection.execute(query)
    ]


def _is_due(queue: Table, now: datetime) -> ColumnElement[bool]:
    return and_(queue.c.state == DeliveryState.DUE, queue.c.due_at <= now)


def _is_one_of(queue: Table, chosen: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    """Return the condition of some deliveries, in a form that either store finds by its primary key."""
    return or_(false(), *(and_(queue.c.webhook == webhook, queue.c.event == event) for webhook, event in chosen))


def _due(
    connection: Connection, queue: Table, now: datetime, most: int, under_way: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Return what to take, as numbers of webhooks and events: of each webhook only as much as it has room for."""
    earliest = (
        select(func.min(queue.c.due_at))
        .where(queue.c.webhook == WEBHOOKS.c.number, queue.c.state == DeliveryState.DUE)
        .correlate(WEBHOOKS)
        .scalar_subquery()
    )
    full = [webhook for webhook, count in under_way.items() if count >= MOST_PER_WEBHOOK]
    waiting = (
        select(WEBHOOKS.c.number)
        .where(in_use(), WEBHOOKS.c.number.not_in(full), earliest <= now)
        .order_by(earliest, WEBHOOKS.c.number)
        .limit(most)
    )
    chosen: list[tuple[int, int]] = []
    for webhook in connection.execute(waiting).scalars().all():
        room = min(MOST_PER_WEBHOOK - under_way.get(webhook, 0), most - len(chosen))
        events = (
            select(queue.c.event)
            .where(queue.c.webhook == webhook, _is_due(queue, now))
            .order_by(queue.c.due_at, queue.c.event)
            .limit(room)
        )
        chosen += [(webhook, event) for event in connection.execute(events).scalars()]
    return chosen


def _case_events(taken: Sequence[tuple[int, int]]) -> Select[tuple[object, ...]]:
    return (
        select(DELIVERIES.c.attempts, WEBHOOKS.c.number, WEBHOOKS.c.url, WEBHOOKS.c.secret, EVENTS)
        .join(WEBHOOKS, WEBHOOKS.c.number == DELIVERIES.c.webhook)
        .join(EVENTS, EVENTS.c.sequence == DELIVERIES.c.event)
        .where(_is_one_of(DELIVERIES, taken), in_use())
        .order_by(EVENTS.c.sequence)
    )


def _alerts(taken: Sequence[tuple[int, int]]) -> Select[tuple[object, ...]]:
    return (
        select(ALERT_DELIVERIES.c.attempts, WEBHOOKS.c.number, WEBHOOKS.c.url, WEBHOOKS.c.secret, ALERTS)
        .join(WEBHOOKS, WEBHOOKS.c.number == ALERT_DELIVERIES.c.webhook)
        .join(ALERTS, ALERTS.c.sequence == ALERT_DELIVERIES.c.event)
        .where(_is_one_of(ALERT_DELIVERIES, taken), in_use())
        .order_by(ALERTS.c.sequence)
    )
