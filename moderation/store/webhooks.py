"""Webhooks: who is told at which URL, what waits for each, and which events did not arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    tuple_,
    union_all,
    update,
)

from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.webhook import WebhookError, WebhookFault, check_secret, parse_url
from moderation.store.columns import NAME
from moderation.store.deliveries import QUEUES, in_use, secret_place
from moderation.store.pages import after, numbered, position_of, token_of
from moderation.store.schema import DELIVERIES, EVENTS, WEBHOOKS, DeliveryState
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import ALERT_DELIVERIES, ALERTS


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a webhook was not told yet: `due` is sent or tried again by itself, `dead` is not sent any more.

    `failing` of the due ones failed before; `attempts` and `failure` are those of the oldest of these.
    """

    due: int = 0
    failing: int = 0
    dead: int = 0
    attempts: int = 0
    failure: str = ""


NOTHING_WAITS = Waiting()


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a tenant is told of its cases, or the operators of alerts."""

    number: int
    tenant: str
    url: str
    created_at: datetime
    is_for_alerts: bool = False
    waiting: Waiting = NOTHING_WAITS


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that is not sent any more, by its number; `failed_at` is when the last attempt failed.

    An alert has no case.
    """

    webhook: int
    event: int
    kind: str
    case: int | None
    attempts: int
    failure: str
    failed_at: datetime


def add(transaction: Transaction, tenant: str, url: str, secret: str) -> int:
    """Tell a tenant of its cases from now on, and return the webhook's number.

    Raises WebhookError for a URL or a secret that cannot be used, and where the tenant has that URL.
    """
    if len(tenant) > NAME or not tenant.isprintable():
        raise WebhookError(WebhookFault.TENANT_UNFIT)
    return _add(transaction, tenant, url, secret, is_for_alerts=False)


def add_for_alerts(transaction: Transaction, url: str, secret: str) -> int:
    """Tell the operators of alerts from now on, and return the webhook's number; raise as `add` does."""
    return _add(transaction, "", url, secret, is_for_alerts=True)


def webhooks(
    connection: Connection, tenant: str | None = None, size: int = PAGE_SIZE, token: str = ""
) -> Page[Webhook]:
    """Return the webhooks in use, of one tenant where one is named, with what waits for them, a page at a time."""
    mark = WEBHOOKS.name if tenant is None else f"{WEBHOOKS.name}/{tenant}"
    columns = WEBHOOKS.c.number, WEBHOOKS.c.tenant, WEBHOOKS.c.url, WEBHOOKS.c.created_at, WEBHOOKS.c.is_for_alerts
    query = select(*columns).where(in_use(), WEBHOOKS.c.number > after(token, mark))
    if tenant is not None:
        query = query.where(WEBHOOKS.c.tenant == tenant, WEBHOOKS.c.is_for_alerts.is_(False))
    rows = connection.execute(query.order_by(WEBHOOKS.c.number).limit(size + 1)).all()
    waiting = _waiting(connection, [row.number for row in rows])
    return numbered([Webhook(*row, waiting.get(row.number, NOTHING_WAITS)) for row in rows], size, mark)


def remove(transaction: Transaction, number: int) -> None:
    """Tell a webhook nothing more, not even what is due to it; its secret is erased."""
    _require_in_use(transaction.connection, number)
    erased = transaction.seals.seal(secret_place(number), "")
    transaction.connection.execute(
        update(WEBHOOKS).where(WEBHOOKS.c.number == number).values(removed_at=transaction.now, secret=erased)
    )
    dropped = sum(
        transaction.connection.execute(
            delete(queue).where(queue.c.webhook == number, queue.c.state != DeliveryState.DELIVERED)
        ).rowcount
        for queue in QUEUES
    )
    transaction.ledger.note("webhook.remove", f"webhook/{number}", dropped=dropped)


def dead_letters(
    connection: Connection, webhook: int | None = None, size: int = PAGE_SIZE, token: str = ""
) -> Page[DeadLetter]:
    """Return what is not sent any more, of one webhook where one is named, a page at a time."""
    mark = f"{DELIVERIES.name}/{webhook}"
    of_cases = select(*_letter(DELIVERIES), EVENTS.c.kind, EVENTS.c.case_number).join(
        EVENTS, EVENTS.c.sequence == DELIVERIES.c.event
    )
    of_alerts = select(*_letter(ALERT_DELIVERIES), ALERTS.c.kind, null().label("case_number")).join(
        ALERTS, ALERTS.c.sequence == ALERT_DELIVERIES.c.event
    )
    dead = union_all(
        of_cases.where(DELIVERIES.c.state == DeliveryState.DEAD),
        of_alerts.where(ALERT_DELIVERIES.c.state == DeliveryState.DEAD),
    ).subquery()
    order = dead.c.webhook, dead.c.event
    query = select(*order, dead.c.kind, dead.c.case_number, dead.c.attempts, dead.c.failure, dead.c.due_at)
    if webhook is not None:
        query = query.where(dead.c.webhook == webhook)
    if token:
        query = query.where(tuple_(*order) > tuple_(*map(literal, position_of(token, mark, len(order)))))
    rows = connection.execute(query.order_by(*order).limit(size + 1)).all()
    page = tuple(DeadLetter(*row) for row in rows[:size])
    return Page(page, token_of((page[-1].webhook, page[-1].event), mark) if len(rows) > size else "")


def retry(transaction: Transaction, webhook: int, event: int | None = None) -> int:
    """Let a dead letter, or all of a webhook, be tried again from the first attempt on, and return how many.

    Raises WebhookError where an event that is named is no dead letter, and tells whether it is still tried by itself.
    """
    _require_in_use(transaction.connection, webhook)
    revived = 0
    for queue in QUEUES:
        chosen = [queue.c.webhook == webhook, queue.c.state == DeliveryState.DEAD]
        if event is not None:
            chosen.append(queue.c.event == event)
        revived += transaction.connection.execute(
            update(queue).where(*chosen).values(state=DeliveryState.DUE, attempts=0, due_at=transaction.now)
        ).rowcount
    if event is not None and not revived:
        raise WebhookError(_why_not(transaction.connection, webhook, event))
    if revived:
        transaction.ledger.note("webhook.retry", f"webhook/{webhook}", event=event, retried=revived)
    return revived


def _add(transaction: Transaction, tenant: str, url: str, secret: str, *, is_for_alerts: bool) -> int:
    endpoint = parse_url(url)
    check_secret(secret)
    connection = transaction.connection
    known = select(WEBHOOKS.c.number).where(
        WEBHOOKS.c.tenant == tenant, WEBHOOKS.c.url == url, WEBHOOKS.c.is_for_alerts.is_(is_for_alerts), in_use()
    )
    if connection.execute(known).first() is not None:
        raise WebhookError(WebhookFault.ALREADY_THERE)
    added = insert(WEBHOOKS).values(
        tenant=tenant, url=url, secret=b"", created_at=transaction.now, is_for_alerts=is_for_alerts
    )
    number = int(connection.execute(added.returning(WEBHOOKS.c.number)).scalar_one())
    sealed = transaction.seals.seal(secret_place(number), secret)
    connection.execute(update(WEBHOOKS).where(WEBHOOKS.c.number == number).values(secret=sealed))
    told = {"is_for_alerts": True} if is_for_alerts else {"tenant": tenant}
    transaction.ledger.note("webhook.add", f"webhook/{number}", **told, host=endpoint.host)
    return number


def _waiting(connection: Connection, numbers: Sequence[int]) -> Mapping[int, Waiting]:
    """Return what waits for some webhooks, of those for which anything does."""
    found: dict[int, Waiting] = {}
    for queue in QUEUES:
        column = queue.c
        is_due = column.state == DeliveryState.DUE
        is_failing = is_due & (column.attempts > 0)
        counts = (
            select(
                column.webhook,
                func.count(case((is_due, 1))),
                func.count(case((is_failing, 1))),
                func.count(case((column.state == DeliveryState.DEAD, 1))),
                func.min(case((is_failing, column.event))),
            )
            .where(column.webhook.in_(numbers), column.state.in_((DeliveryState.DUE, DeliveryState.DEAD)))
            .group_by(column.webhook)
        )
        for webhook, due, failing, dead, oldest in connection.execute(counts).all():
            of_oldest = select(column.attempts, column.failure).where(column.webhook == webhook, column.event == oldest)
            attempts, failure = connection.execute(of_oldest).one() if oldest is not None else (0, "")
            found[webhook] = Waiting(due, failing, dead, attempts, failure)
    return found


def _letter(queue: Table) -> Sequence[Column[Any]]:
    return queue.c.webhook, queue.c.event, queue.c.attempts, queue.c.failure, queue.c.due_at


def _why_not(connection: Connection, webhook: int, event: int) -> WebhookFault:
    """Return why an event that is no dead letter of a webhook is not sent again."""
    for queue in QUEUES:
        query = select(queue.c.state).where(queue.c.webhook == webhook, queue.c.event == event)
        if (state := connection.execute(query).scalar_one_or_none()) is not None:
            return WebhookFault.STILL_TRIED if state == DeliveryState.DUE else WebhookFault.DELIVERED
    return WebhookFault.NOT_DEAD


def _require_in_use(connection: Connection, number: int) -> None:
    if connection.execute(select(WEBHOOKS.c.number).where(WEBHOOKS.c.number == number, in_use())).first() is None:
        raise WebhookError(WebhookFault.UNKNOWN)
