"""Sending what is due to webhooks: a thread that takes it from the store, posts it and writes down what became of it.

Events arrive at least once: what was sent when the process ended, or when the store was away, is sent again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from moderation import __version__
from moderation.review.alerts import Alert
from moderation.review.sealing import SealError
from moderation.review.webhook import (
    CONTENT_TYPE,
    SIGNATURE_HEADER,
    Failure,
    Network,
    WebhookError,
    cloud_event,
    delay_after,
    instance_of,
    is_delivered,
    is_final,
    parse_url,
    sign,
)
from moderation.service.logs import describe, log
from moderation.service.posting import Answer, Poster, PostError
from moderation.store import deliveries
from moderation.store.content import Seals
from moderation.store.database import named
from moderation.store.deliveries import Delivery, Result
from moderation.store.reading_desk import Clock, now_in_utc
from moderation.store.schema import DeliveryState

MOST_AT_ONCE = 32
"""Deliveries under way at the same time, to all webhooks together."""

POLL_SECONDS = 1.0
"""How often the store is asked what is due while nothing is sent."""

GATHER_SECONDS = 0.05
"""How long results are gathered, so that many of them share a transaction."""

AWAY_SECONDS = 5.0
"""How long to leave a store alone that cannot be reached."""

STOP_SECONDS = 5.0
"""How long the stop waits at most for the store to take the last results."""


class Courier:
    """Sends what is due; several processes may do so over one store at the same time.

    `networks` are those of private addresses that may be sent to.
    """

    def __init__(
        self, engine: Engine, seals: Seals, networks: Sequence[Network] = (), *, clock: Clock = now_in_utc
    ) -> None:
        self._engine = engine
        self._seals = seals
        self._instance = instance_of(seals.ring)
        self._now = clock
        self._poster = Poster(networks)
        self._senders = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="webhook")
        self._under_way: dict[Future[Result | None], Delivery] = {}
        self._results: list[Result] = []
        self._stopping = Event()
        self._wake = Event()
        self._thread = Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Send from now on, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more, and break off what is under way: it is sent again when its lease is over."""
        self._stopping.set()
        self._wake.set()
        self._poster.close()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        self._senders.shutdown(wait=False, cancel_futures=True)

    def run_once(self) -> int:
        """Send what is due now, wait for the answers, and return how many were sent; not while it is started."""
        taken = self._take()
        wait(self._under_way)
        self._record()
        return taken

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._record()
                self._take()
            except Exception as error:
                log.error("webhooks_not_sent", **named(self._engine), **describe(error))
                self._stopping.wait(AWAY_SECONDS)
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            self._stopping.wait(GATHER_SECONDS)
        wait(self._under_way, POLL_SECONDS)
        try:
            self._record()
        except Exception as error:
            log.error("webhooks_not_recorded", results=len(self._results), **named(self._engine), **describe(error))

    def _take(self) -> int:
        room = MOST_AT_ONCE - len(self._under_way)
        if not room:
            return 0
        by_webhook = Counter(one.webhook for one in self._under_way.values())
        taken = deliveries.take(self._engine, self._now(), room, by_webhook)
        for delivery in taken:
            sending = self._senders.submit(self._send, delivery)
            self._under_way[sending] = delivery
            sending.add_done_callback(lambda _: self._wake.set())
        return len(taken)

    def _record(self) -> None:
        """Write down what is known; what the store does not take is kept for the next time."""
        for sending in [one for one in self._under_way if one.done()]:
            del self._under_way[sending]
            if (result := sending.result()) is not None:
                self._results.append(result)
        if self._results:
            deliveries.record(self._engine, self._results)
            self._results.clear()

    def _send(self, delivery: Delivery) -> Result | None:
        """Return what became of one attempt; None where the stop broke it off."""
        try:
            return self._judged(delivery, self._posted(delivery))
        except PostError as error:
            if error.failure is Failure.BROKEN_OFF:
                return None
            return self._failed(delivery, error.failure)
        except WebhookError:
            return self._failed(delivery, Failure.URL_UNFIT)
        except SealError:
            return self._failed(delivery, Failure.SECRET_SEALED)
        except Exception as error:
            log.error("webhook_broken", **_ids(delivery), **describe(error))
            return self._failed(delivery, Failure.INTERNAL)

    def _posted(self, delivery: Delivery) -> Answer:
        endpoint = parse_url(delivery.url)
        body = cloud_event(delivery.event, self._instance)
        headers = {
            "Content-Type": CONTENT_TYPE,
            "User-Agent": f"moderation/{__version__}",
            SIGNATURE_HEADER: sign(deliveries.secret_of(delivery, self._seals), body, self._now()),
        }
        return self._poster.post(endpoint, body, headers)

    def _judged(self, delivery: Delivery, answer: Answer) -> Result:
        if not is_delivered(answer.status):
            failure, silent = f"HTTP_{answer.status}", timedelta(seconds=answer.silent_seconds)
            return self._failed(delivery, failure, silent, is_over=is_final(answer.status))
        log.info("webhook_delivered", **_ids(delivery), status=answer.status)
        return Result(delivery, DeliveryState.DELIVERED, self._now())

    def _failed(
        self, delivery: Delivery, failure: str, silent: timedelta = timedelta(0), *, is_over: bool = False
    ) -> Result:
        attempts, now = delivery.attempts + 1, self._now()
        delay = None if is_over else delay_after(attempts, random.random())  # noqa: S311 - guessing it gains nothing
        log.warning("webhook_failed", **_ids(delivery), failure=str(failure), attempts=attempts, is_dead=delay is None)
        state = DeliveryState.DEAD if delay is None else DeliveryState.DUE
        due_at = now if delay is None else now + delay
        return Result(delivery, state, due_at, str(failure), now + silent if silent else None)


def _ids(delivery: Delivery) -> dict[str, int]:
    name = "alert" if isinstance(delivery.event, Alert) else "sequence"
    return {"webhook": delivery.webhook, name: delivery.event.sequence}
