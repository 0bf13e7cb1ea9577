"""Webhooks and what is due to them: who is told at which URL, and which events did not arrive yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, false, func, insert, or_, select, tuple_, update

from moderation.review.case import CaseEventRecord
from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.webhook import WebhookError, WebhookFault, check_secret, parse_url
from moderation.store.columns import NAME
from moderation.store.content import Seals
from moderation.store.database import reading, writing
from moderation.store.pages import after, numbered, position_of, token_of
from moderation.store.schema import DELIVERIES, EVENTS, WEBHOOKS, DeliveryState
from moderation.store.transaction import Transaction

LEASE = timedelta(minutes=2)
"""How long a process that took a delivery has it for itself; much longer than an attempt lasts."""

MOST_PER_WEBHOOK = 4
"""Deliveries to one webhook at the same time, so that a slow receiver leaves room for others."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a tenant is told of its cases."""

    number: int
    tenant: str
    url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook, taken until a moment; `attempts` failed before."""

    webhook: int
    url: str
    secret: bytes
    event: CaseEventRecord
    attempts: int
    taken_until: datetime


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


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that is not sent any more, by its number; `failed_at` is when the last attempt failed."""

    webhook: int
    event: int
    kind: str
    case: int
    attempts: int
    failure: str
    failed_at: datetime


def add(transaction: Transaction, tenant: str, url: str, secret: str) -> int:
    """Tell a tenant of its cases from now on, and return the webhook's number.

    Raises WebhookError for a URL or a secret that cannot be used, and where the tenant has that URL.
    """
    endpoint = parse_url(url)
    check_secret(secret)
    if len(tenant) > NAME or not tenant.isprintable():
        raise WebhookError(WebhookFault.TENANT_UNFIT)
    connection = transaction.connection
    known = select(WEBHOOKS.c.number).where(WEBHOOKS.c.tenant == tenant, WEBHOOKS.c.url == url, _in_use())
    if connection.execute(known).first() is not None:
        raise WebhookError(WebhookFault.ALREADY_THERE)
    added = insert(WEBHOOKS).values(tenant=tenant, url=url, secret=b"", created_at=transaction.now)
    number = int(connection.execute(added.returning(WEBHOOKS.c.number)).scalar_one())
    sealed = transaction.seals.seal(secret_place(number), secret)
    connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.number == number).values(secret=sealed))
    transaction.ledger.note("webhook.add", f"webhook/{number}", tenant=tenant, host=endpoint.host)
    return number


def webhooks(
    connection: Connection, tenant: str | None = None, size: int = PAGE_SIZE, token: str = ""
) -> Page[Webhook]:
    """Return the webhooks in use, of one tenant where one is named, a page at a time."""
    mark = WEBHOOKS.name if tenant is None else f"{WEBHOOKS.name}/{tenant}"
    query = select(WEBHOOKS.c.number, WEBHOOKS.c.tenant, WEBHOOKS.c.url, WEBHOOKS.c.created_at).where(
        _in_use(), WEBHOOKS.c.number > after(token, mark)
    )
    if tenant is not None:
        query = query.where(WEBHOOKS.c.tenant == tenant)
    rows = connection.execute(query.order_by(WEBHOOKS.c.number).limit(size + 1))
    return numbered([Webhook(*row) for row in rows], size, mark)


def remove(transaction: Transaction, number: int) -> None:
    """Tell a webhook nothing more, not even what is due to it; its secret is erased."""
    _require_in_use(transaction.connection, number)
    erased = transaction.seals.seal(secret_place(number), "")
    transaction.connection.execute(
        update(WEBHOOKS).where(WEBHOOKS.c.number == number).values(removed_at=transaction.now, secret=erased)
    )
    dropped = transaction.connection.execute(
        delete(DELIVERIES).where(DELIVERIES.c.webhook == number, DELIVERIES.c.state != DeliveryState.DELIVERED)
    )
    transaction.ledger.note("webhook.remove", f"webhook/{number}", dropped=dropped.rowcount)


def secret_place(number: int) -> str:
    """Return the place that the secret of a webhook is sealed for."""
    return f"webhook/{number}"


def secret_of(delivery: Delivery, seals: Seals) -> str:
    """Return the secret that signs a delivery; raise SealError where it cannot be opened."""
    return str(seals.unseal(secret_place(delivery.webhook), delivery.secret))


def take(engine: Engine, now: datetime, most: int, under_way: Mapping[int, int]) -> list[Delivery]:
    """Take what is due, the longest due first, so that no other process does; `under_way` counts it by webhook.

    What is taken and gets no result falls due again when the lease is over.
    """
    with reading(engine) as connection:
        chosen = _due(connection, now, most, under_way)
    if not chosen:
        return []
    until = now + LEASE
    with writing(engine) as connection:
        taken = connection.execute(
            update(DELIVERIES)
            .where(_is_one_of(chosen), _is_due(now))
            .values(due_at=until)
            .returning(DELIVERIES.c.webhook, DELIVERIES.c.event)
        ).all()
        return _deliveries(connection, [(webhook, event) for webhook, event in taken], until)


def record(engine: Engine, results: Iterable[Result]) -> None:
    """Write down what became of deliveries; a failure of one that another process has taken since is passed over."""
    with writing(engine) as connection:
        for result in results:
            one = result.delivery
            is_it = and_(DELIVERIES.c.webhook == one.webhook, DELIVERIES.c.event == one.event.sequence)
            if result.state is not DeliveryState.DELIVERED:
                is_taken = and_(DELIVERIES.c.state == DeliveryState.DUE, DELIVERIES.c.due_at == one.taken_until)
                is_it = and_(is_it, is_taken)
            connection.execute(
                update(DELIVERIES)
                .where(is_it)
                .values(state=result.state, attempts=one.attempts + 1, due_at=result.due_at, failure=result.failure)
            )
            if result.silent_until is not None:
                connection.execute(
                    update(DELIVERIES)
                    .where(DELIVERIES.c.webhook == one.webhook, _is_due(result.silent_until))
                    .values(due_at=result.silent_until)
                )


def dead_letters(
    connection: Connection, webhook: int | None = None, size: int = PAGE_SIZE, token: str = ""
) -> Page[DeadLetter]:
    """Return what is not sent any more, of one webhook where one is named, a page at a time."""
    order = (DELIVERIES.c.webhook, DELIVERIES.c.event)
    mark = f"{DELIVERIES.name}/{webhook}"
    query = (
        select(
            *order,
            EVENTS.c.kind,
            EVENTS.c.case_number,
            DELIVERIES.c.attempts,
            DELIVERIES.c.failure,
            DELIVERIES.c.due_at,
        )
        .join(EVENTS, EVENTS.c.sequence == DELIVERIES.c.event)
        .where(DELIVERIES.c.state == DeliveryState.DEAD)
    )
    if webhook is not None:
        query = query.where(DELIVERIES.c.webhook == webhook)
    if token:
        query = query.where(tuple_(*order) > tuple_(*position_of(token, mark, len(order))))
    rows = connection.execute(query.order_by(*order).limit(size + 1)).all()
    page = tuple(DeadLetter(*row) for row in rows[:size])
    return Page(page, token_of((page[-1].webhook, page[-1].event), mark) if len(rows) > size else "")


def retry(transaction: Transaction, webhook: int, event: int | None = None) -> int:
    """Let a dead letter, or all of a webhook, be tried again from the first attempt on, and return how many."""
    _require_in_use(transaction.connection, webhook)
    chosen = [DELIVERIES.c.webhook == webhook, DELIVERIES.c.state == DeliveryState.DEAD]
    if event is not None:
        chosen.append(DELIVERIES.c.event == event)
    revived = transaction.connection.execute(
        update(DELIVERIES).where(*chosen).values(state=DeliveryState.DUE, attempts=0, due_at=transaction.now)
    ).rowcount
    if event is not None and not revived:
        raise WebhookError(WebhookFault.NOT_DEAD)
    if revived:
        transaction.ledger.note("webhook.retry", f"webhook/{webhook}", event=event, retried=revived)
    return revived


def _in_use() -> ColumnElement[bool]:
    return WEBHOOKS.c.removed_at.is_(None)


def _require_in_use(connection: Connection, number: int) -> None:
    if connection.execute(select(WEBHOOKS.c.number).where(WEBHOOKS.c.number == number, _in_use())).first() is None:
        raise WebhookError(WebhookFault.UNKNOWN)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(DELIVERIES.c.state == DeliveryState.DUE, DELIVERIES.c.due_at <= now)


def _is_one_of(chosen: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    """Return the condition of some deliveries, in a form that either store finds by its primary key."""
    return or_(
        false(), *(and_(DELIVERIES.c.webhook == webhook, DELIVERIES.c.event == event) for webhook, event in chosen)
    )


def _due(connection: Connection, now: datetime, most: int, under_way: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return what to take, as numbers of webhooks and events: of each webhook only as much as it has room for."""
    earliest = (
        select(func.min(DELIVERIES.c.due_at))
        .where(DELIVERIES.c.webhook == WEBHOOKS.c.number, DELIVERIES.c.state == DeliveryState.DUE)
        .correlate(WEBHOOKS)
        .scalar_subquery()
    )
    full = [webhook for webhook, count in under_way.items() if count >= MOST_PER_WEBHOOK]
    waiting = (
        select(WEBHOOKS.c.number)
        .where(_in_use(), WEBHOOKS.c.number.not_in(full), earliest <= now)
        .order_by(earliest, WEBHOOKS.c.number)
        .limit(most)
    )
    chosen: list[tuple[int, int]] = []
    for webhook in connection.execute(waiting).scalars().all():
        room = min(MOST_PER_WEBHOOK - under_way.get(webhook, 0), most - len(chosen))
        events = (
            select(DELIVERIES.c.event)
            .where(DELIVERIES.c.webhook == webhook, _is_due(now))
            .order_by(DELIVERIES.c.due_at, DELIVERIES.c.event)
            .limit(room)
        )
        chosen += [(webhook, event) for event in connection.execute(events).scalars()]
    return chosen


def _deliveries(connection: Connection, taken: Sequence[tuple[int, int]], until: datetime) -> list[Delivery]:
    query = (
        select(DELIVERIES.c.attempts, WEBHOOKS.c.number, WEBHOOKS.c.url, WEBHOOKS.c.secret, EVENTS)
        .join(WEBHOOKS, WEBHOOKS.c.number == DELIVERIES.c.webhook)
        .join(EVENTS, EVENTS.c.sequence == DELIVERIES.c.event)
        .where(_is_one_of(taken), _in_use())
        .order_by(EVENTS.c.sequence)
    )
    return [
        Delivery(
            row.number,
            row.url,
            row.secret,
            CaseEventRecord(
                row.sequence, row.kind, row.case_number, row.verdict_id, row.tenant, row.at, json.loads(row.details)
            ),
            row.attempts,
            until,
        )
        for row in connection.execute(query)
    ]
