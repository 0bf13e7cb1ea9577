"""Webhooks tell a tenant of its cases: each event until it arrives, and nobody else."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from queue import Queue

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.event import listen
from stores import POLICY, POSTGRESQL, RING, Store, administer, each_store, fresh, recording, refused  # noqa: F401
from webhook_receiver import LOOPBACK, PATIENCE, SECRET, Receiver, Request

from moderation.review.alerts import AlertKind, about_tenant
from moderation.review.desk import DeskReason
from moderation.review.keys import new_key_ring
from moderation.review.people import Actor, Role
from moderation.review.webhook import DELAYS, Failure, Network, WebhookError, WebhookFault
from moderation.service import delivery, logs
from moderation.service.delivery import Courier
from moderation.service.posting import SECONDS
from moderation.store import alerts, audit_log, deliveries, webhooks
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.deliveries import LEASE
from moderation.store.schema import DELIVERIES, WEBHOOKS, DeliveryState
from moderation.store.transaction import Transaction, begun
from moderation.store.webhooks import DeadLetter

SEALS = Seals(RING)
LEAD = Actor("zhao", Role.LEAD)
A_DAY = timedelta(days=1)


@contextmanager
def writing(store: Store) -> Iterator[Transaction]:
    with begun(store.engine, LEAD, store.clock.now, SEALS, POLICY) as transaction:
        yield transaction


@contextmanager
def receiving(
    store: Store, tenant: str = "jia", answer: Callable[[Request], None] | None = None
) -> Iterator[tuple[Receiver, int]]:
    """Give a receiver of a tenant's events, and the number of its webhook."""
    with closing(Receiver(answer)) as receiver:
        receiver.now = store.clock
        yield receiver, added(store, receiver.url, tenant)


@contextmanager
def courier(store: Store, *, networks: Sequence[Network] = LOOPBACK, seals: Seals = SEALS) -> Iterator[Courier]:
    made = Courier(store.engine, seals, networks, clock=store.clock)
    try:
        yield made
    finally:
        made.stop()


def added(store: Store, url: str, tenant: str = "jia", secret: str = SECRET) -> int:
    with writing(store) as transaction:
        return webhooks.add(transaction, tenant, url, secret)


def dead(store: Store, webhook: int | None = None) -> tuple[DeadLetter, ...]:
    with reading(store.engine) as connection:
        return webhooks.dead_letters(connection, webhook).items


def failures(store: Store) -> list[str]:
    with reading(store.engine) as connection:
        return list(connection.execute(select(DELIVERIES.c.failure).order_by(DELIVERIES.c.event)).scalars())


def exhaust(store: Store, sender: Courier) -> None:
    """Let all attempts be made."""
    for _ in range(len(DELAYS) + 1):
        assert sender.run_once()
        store.clock.move(A_DAY)


def test_a_ruling_is_told_to_its_tenant_alone(store: Store) -> None:
    with receiving(store) as (receiver, _), receiving(store, "yi") as (other, _), courier(store) as sender:
        case = store.ruled(of=recording(tenant="jia"))
        assert sender.run_once() == 2
        assert sender.run_once() == 0
    assert {event["type"] for event in receiver.events} == {
        "cn.moderation.case.opened.v1",
        "cn.moderation.case.ruled.v1",
    }
    assert {event["subject"] for event in receiver.events} == {f"case/{case.number}"}
    assert "会员日" not in str(receiver.events)
    assert not other.events


def test_what_failed_is_sent_again_the_same(store: Store) -> None:
    with receiving(store) as (receiver, _), courier(store) as sender:
        store.open_case()
        receiver.statuses = [500, 200]
        assert sender.run_once() == 1
        assert sender.run_once() == 0
        store.clock.move(DELAYS[0] * 1.1)
        assert sender.run_once() == 1
        store.clock.move(A_DAY)
        assert sender.run_once() == 0
    assert len(receiver.bodies) == 2
    assert receiver.bodies[0] == receiver.bodies[1]
    assert failures(store) == [""]


def test_what_never_arrives_is_a_dead_letter_until_it_is_tried_again(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        case = store.open_case()
        receiver.statuses = [503] * 8
        exhaust(store, sender)
        assert sender.run_once() == 0
        (letter,) = dead(store)
        assert (letter.webhook, letter.kind, letter.case) == (number, "case.opened", case)
        assert (letter.attempts, letter.failure) == (8, "HTTP_503")
        assert letter.failed_at == store.clock.now - A_DAY
        with writing(store) as transaction:
            assert webhooks.retry(transaction, number, letter.event) == 1
        receiver.statuses = [503, 204]
        for _ in range(2):
            assert sender.run_once() == 1
            assert not dead(store)
            store.clock.move(A_DAY)
        assert sender.run_once() == 0
    assert len(set(receiver.bodies)) == 1


def test_dead_letters_come_page_by_page_and_are_tried_again_together(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        for _ in range(5):
            store.open_case()
        receiver.statuses = [410] * 5
        while sender.run_once():
            pass
        found, token = [], ""
        while True:
            with reading(store.engine) as connection:
                page = webhooks.dead_letters(connection, number, 2, token)
            found += [letter.event for letter in page.items]
            if not (token := page.next_token):
                break
        assert found == sorted(letter.event for letter in dead(store))
        assert len(found) == 5
        with writing(store) as transaction:
            assert webhooks.retry(transaction, number) == 5
            assert webhooks.retry(transaction, number) == 0
        assert sender.run_once() == 4
        assert sender.run_once() == 1


@pytest.mark.parametrize(
    ("statuses", "attempts"), [([410], 1), ([404], 2), ([401], 2), ([429], 2), ([302], 2), ([200], 1)]
)
def test_only_gone_is_not_tried_again(store: Store, statuses: list[int], attempts: int) -> None:
    with receiving(store) as (receiver, _), courier(store) as sender:
        store.open_case()
        receiver.statuses = list(statuses)
        sender.run_once()
        store.clock.move(A_DAY)
        sender.run_once()
    assert len(receiver.events) == attempts


def test_redirects_are_not_followed(store: Store) -> None:
    with receiving(store, "yi") as (elsewhere, _):

        def redirect(request: Request) -> None:
            request.send_response(307)
            request.send_header("Location", elsewhere.url)
            request.end_headers()

        with receiving(store, answer=redirect) as (receiver, _), courier(store) as sender:
            store.open_case()
            sender.run_once()
    assert len(receiver.events) == 1
    assert not elsewhere.events
    assert failures(store) == ["HTTP_307"]


@pytest.mark.parametrize(
    ("retry_after", "hours"),
    [("7200", 2), ("99999999999", 6), ("Fri, 01 Jan 9999 00:00:00 GMT", 6), ("soon", 0), ("-1", 0)],
)
def test_a_receiver_that_asks_for_silence_gets_it(store: Store, retry_after: str, hours: int) -> None:
    def refuse(request: Request) -> None:
        request.send_response(429)
        request.send_header("Retry-After", retry_after)
        request.end_headers()

    with receiving(store, answer=refuse), courier(store) as sender:
        store.desk.record([recording() for _ in range(6)])
        assert sender.run_once() == 4
        store.clock.move(timedelta(hours=hours, seconds=-1 if hours else 6))
        assert sender.run_once() == (0 if hours else 4)
        store.clock.move(A_DAY)
        assert sender.run_once() == 4


def test_a_removed_webhook_gets_nothing(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        store.open_case()
        with writing(store) as transaction:
            webhooks.remove(transaction, number)
        store.open_case()
        assert sender.run_once() == 0
        with writing(store) as transaction, pytest.raises(WebhookError):
            webhooks.retry(transaction, number)
        with reading(store.engine) as connection:
            assert not webhooks.webhooks(connection).items
            sealed = connection.execute(select(WEBHOOKS.c.secret)).scalar_one()
        assert SEALS.unseal(deliveries.secret_place(number), sealed) == ""
        assert added(store, receiver.url) > number
    assert not receiver.events


def test_a_slow_receiver_holds_up_nobody_else(store: Store) -> None:
    go_on, arrived = threading.Event(), Queue[None]()

    def wait(request: Request) -> None:
        go_on.wait(PATIENCE)

    def answer(request: Request) -> None:
        request.send_response(204)
        request.end_headers()
        arrived.put(None)

    with (
        receiving(store, answer=wait) as (slow, _),
        receiving(store, "yi", answer) as (quick, _),
        courier(store) as sender,
    ):
        for tenant in ("jia", "yi"):
            store.desk.record([recording(tenant=tenant) for _ in range(50)])
        sender.start()
        for _ in range(50):
            arrived.get(timeout=PATIENCE)
        assert len(quick.events) == 50
        assert len(slow.events) == 4
        sender.stop()
        go_on.set()


def test_what_the_stop_broke_off_is_sent_again_when_its_lease_is_over(store: Store) -> None:
    arrived, hung_up = threading.Event(), threading.Event()

    def wait(request: Request) -> None:
        arrived.set()
        assert request.connection.recv(1) == b""
        hung_up.set()

    with receiving(store, answer=wait) as (receiver, _):
        store.open_case()
        with courier(store) as sender:
            sender.start()
            assert arrived.wait(PATIENCE)
        assert hung_up.wait(SECONDS / 2)
        with courier(store) as sender:
            assert sender.run_once() == 0
            store.clock.move(LEASE)
            receiver.answer = receiver.answer_status
            assert sender.run_once() == 1
    assert receiver.bodies[0] == receiver.bodies[1]
    assert failures(store) == [""]


def test_two_couriers_send_each_event_once(store: Store) -> None:
    with receiving(store) as (receiver, _), courier(store) as one, courier(store) as other:
        store.desk.record([recording() for _ in range(40)])
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(lambda sender: [sender.run_once() for _ in range(12)], (one, other)))
    ids = [event["id"] for event in receiver.events]
    assert len(ids) == len(set(ids)) == 40


def test_a_late_failure_does_not_undo_what_another_courier_did(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        store.open_case()
        (late,) = deliveries.take(store.engine, store.clock.now, 10, {})
        store.clock.move(LEASE)
        assert sender.run_once() == 1
        deliveries.record(store.engine, [deliveries.Result(late, DeliveryState.DEAD, store.clock.now, "TIMED_OUT")])
        assert not dead(store, number)
    assert len(receiver.events) == 1


def test_private_addresses_are_refused_unless_they_are_allowed(store: Store) -> None:
    with receiving(store) as (receiver, _), courier(store, networks=()) as sender:
        store.open_case()
        assert sender.run_once() == 1
    assert not receiver.events
    assert failures(store) == [Failure.ADDRESS_REFUSED]


@pytest.mark.parametrize(
    ("host", "failure"),
    [("127.0.0.1:1", Failure.UNREACHABLE), ("no-such-host.invalid", Failure.NAME_UNKNOWN)],
)
def test_a_receiver_that_is_not_there_is_tried_again(store: Store, host: str, failure: Failure) -> None:
    added(store, f"https://{host}/")
    store.open_case()
    with courier(store) as sender:
        sender.run_once()
    assert failures(store) == [failure]
    assert not dead(store)


def test_a_secret_that_does_not_open_stops_no_other_delivery(store: Store) -> None:
    added(store, "http://127.0.0.1:1/")
    store.open_case()
    with courier(store, seals=Seals(new_key_ring())) as sender:
        assert sender.run_once() == 1
    assert failures(store) == [Failure.SECRET_SEALED]


def test_the_logs_tell_numbers_only(store: Store) -> None:
    stream = io.StringIO()
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    logs.configure("debug", stream)
    try:
        with receiving(store) as (receiver, number), courier(store) as sender:
            store.open_case()
            receiver.statuses = [500]
            sender.run_once()
            store.clock.move(A_DAY)
            sender.run_once()
    finally:
        structlog.reset_defaults()
        root.handlers[:] = handlers
        root.setLevel(level)
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in told] == ["webhook_failed", "webhook_delivered"]
    assert all(line["webhook"] == number for line in told)
    assert not any(word in stream.getvalue() for word in ("127.0.0.1", "hook?", SECRET, "会员日"))


def test_a_store_that_was_away_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "AWAY_SECONDS", 0.1)
    monkeypatch.setattr(delivery, "POLL_SECONDS", 0.1)
    arrived, away = threading.Event(), threading.Event()

    def answer(request: Request) -> None:
        request.send_response(204)
        request.end_headers()
        arrived.set()

    with closing(fresh(POSTGRESQL, tmp_path)) as store, receiving(store, answer=answer), courier(store) as sender:
        name = store.engine.url.database
        store.engine.dispose()
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        listen(store.engine, "handle_error", lambda _: away.set())
        sender.start()
        assert away.wait(PATIENCE)
        administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        store.open_case()
        assert arrived.wait(PATIENCE)


def test_every_change_is_audited_without_the_secret_or_the_path(store: Store) -> None:
    number = added(store, "https://hooks.example.cn/private-path")
    store.open_case()
    (taken,) = deliveries.take(store.engine, store.clock.now, 1, {})
    deliveries.record(store.engine, [deliveries.Result(taken, DeliveryState.DEAD, store.clock.now, "HTTP_410")])
    with writing(store) as transaction:
        webhooks.retry(transaction, number, taken.event.sequence)
        webhooks.remove(transaction, number)
    with reading(store.engine) as connection:
        entries = [entry for entry in audit_log.readable(connection, 0, 100) if entry.actor == LEAD.name]
    assert [(entry.action, entry.subject, dict(entry.details)) for entry in entries] == [
        ("webhook.add", f"webhook/{number}", {"tenant": "jia", "host": "hooks.example.cn"}),
        ("webhook.retry", f"webhook/{number}", {"event": taken.event.sequence, "retried": 1}),
        ("webhook.remove", f"webhook/{number}", {"dropped": 1}),
    ]


def test_the_secret_is_sealed(store: Store) -> None:
    number = added(store, "https://hooks.example.cn/")
    with reading(store.engine) as connection:
        sealed = connection.execute(select(WEBHOOKS.c.secret)).scalar_one()
    assert SECRET.encode() not in sealed
    assert SEALS.unseal(deliveries.secret_place(number), sealed) == SECRET


@pytest.mark.parametrize(
    ("tenant", "url", "secret", "fault"),
    [
        ("jia", "https://hooks.example.cn/", SECRET, WebhookFault.ALREADY_THERE),
        ("a" * 129, "https://hooks.example.cn/", SECRET, WebhookFault.TENANT_UNFIT),
        ("a\n", "https://hooks.example.cn/", SECRET, WebhookFault.TENANT_UNFIT),
        ("yi", "https://hooks.example.cn/", "short", WebhookFault.SECRET_UNFIT),
        ("yi", "https://hooks.example.cn/", "密" * 30, WebhookFault.SECRET_UNFIT),
        ("yi", "https://hooks.example.cn/", "a" * 257, WebhookFault.SECRET_UNFIT),
        ("yi", "http://hooks.example.cn/", SECRET, WebhookFault.URL_NOT_HTTPS),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(
    store: Store, tenant: str, url: str, secret: str, fault: WebhookFault
) -> None:
    added(store, "https://hooks.example.cn/")
    with pytest.raises(WebhookError) as raised:
        added(store, url, tenant, secret)
    assert raised.value.fault is fault


def test_webhooks_are_listed_page_by_page(store: Store) -> None:
    numbers = [added(store, f"https://hooks.example.cn/{tenant}", tenant) for tenant in ("jia", "yi", "jia2")]
    with reading(store.engine) as connection:
        first = webhooks.webhooks(connection, None, 2)
        last = webhooks.webhooks(connection, None, 2, first.next_token)
        assert [one.number for one in (*first.items, *last.items)] == numbers
        assert [one.tenant for one in webhooks.webhooks(connection, "yi").items] == ["yi"]
        with refused(DeskReason.PAGE_TOKEN_INVALID):
            webhooks.webhooks(connection, "yi", 2, first.next_token)


def test_what_waits_for_a_webhook_is_told_with_its_last_failure(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        for _ in range(3):
            store.open_case()
        receiver.statuses = [500, 503, 204]
        assert sender.run_once() == 3
        store.open_case()
        (webhook,) = listed(store)
        assert (webhook.number, webhook.waiting.due, webhook.waiting.failing, webhook.waiting.dead) == (number, 3, 2, 0)
        assert webhook.waiting.attempts == 1
        assert webhook.waiting.failure in ("HTTP_500", "HTTP_503")
        receiver.statuses = [410] * 3
        store.clock.move(A_DAY)
        assert sender.run_once() == 3
        (webhook,) = listed(store)
    assert webhook.waiting == webhooks.Waiting(dead=3)


def test_an_event_that_is_no_dead_letter_is_not_sent_again_and_it_is_told_why(store: Store) -> None:
    with receiving(store) as (receiver, number), courier(store) as sender:
        store.open_case()
        receiver.statuses = [500, 200]
        assert sender.run_once() == 1
        assert refused_to_retry(store, number, 1) is WebhookFault.STILL_TRIED
        store.clock.move(A_DAY)
        assert sender.run_once() == 1
        assert refused_to_retry(store, number, 1) is WebhookFault.DELIVERED
        assert refused_to_retry(store, number, 2) is WebhookFault.NOT_DEAD


def test_alerts_are_told_to_the_operators_alone_and_cases_to_their_tenants(store: Store) -> None:
    with receiving(store) as (tenants, _), receiving(store, "") as (without, _), courier(store) as sender:
        with closing(Receiver(None)) as operators:
            operators.now = store.clock
            with writing(store) as transaction:
                number = webhooks.add_for_alerts(transaction, operators.url, SECRET)
                details = {"rejects": 40, "checked": 50}
                sequence = alerts.raise_alert(transaction, AlertKind.REJECT_SPIKE, about_tenant("yi"), details)
            store.open_case()
            operators.statuses = [503, 200]
            assert sender.run_once() == 2
            store.clock.move(A_DAY)
            assert sender.run_once() == 1
        (event,) = {event["id"]: event for event in operators.events}.values()
    assert str(event["id"]).endswith(f"/alert/{sequence}")
    assert (event["type"], event["subject"]) == ("cn.moderation.alert.reject_spike.v1", "tenant/yi")
    assert event["data"] == {"about": "tenant/yi", "details": details}
    assert len(operators.bodies) == 2
    assert len(tenants.bodies) == 1
    assert not without.bodies
    with reading(store.engine) as connection:
        assert [one.is_for_alerts for one in webhooks.webhooks(connection).items] == [False, False, True]
        assert [one.number for one in webhooks.webhooks(connection, "").items] != [number]


def test_an_alert_that_does_not_arrive_is_a_dead_letter_without_a_case(store: Store) -> None:
    with closing(Receiver(None)) as operators, courier(store) as sender:
        operators.now = store.clock
        with writing(store) as transaction:
            number = webhooks.add_for_alerts(transaction, operators.url, SECRET)
            alerts.raise_alert(transaction, AlertKind.FIRST_HIT, "entry/a/b/live", {})
        operators.statuses = [410, 200]
        assert sender.run_once() == 1
        (letter,) = dead(store, number)
        assert (letter.event, letter.kind, letter.case) == (1, "alert.first_hit", None)
        with writing(store) as transaction:
            assert webhooks.retry(transaction, number, 1) == 1
        assert sender.run_once() == 1
        with writing(store) as transaction:
            webhooks.remove(transaction, number)


def listed(store: Store) -> tuple[webhooks.Webhook, ...]:
    with reading(store.engine) as connection:
        return webhooks.webhooks(connection).items


def refused_to_retry(store: Store, webhook: int, event: int) -> WebhookFault:
    with pytest.raises(WebhookError) as raised, writing(store) as transaction:
        webhooks.retry(transaction, webhook, event)
    return raised.value.fault
