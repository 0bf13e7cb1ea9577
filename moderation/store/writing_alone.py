"""Writes over a store, each in a transaction that is alone with what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from sqlalchemy import Engine, Table

from moderation.review.keys import KeyRing
from moderation.review.people import Actor
from moderation.review.policy import DEFAULT, ReviewPolicy
from moderation.store.content import Seals
from moderation.store.database import Source, connected, lock, locked
from moderation.store.reading_desk import Clock, now_in_utc
from moderation.store.requests import Answer, once
from moderation.store.schema import AUDIT_HEAD
from moderation.store.transaction import Transaction, recorded


class WritingAlone:
    """What the verbs over a store share that change what one head, a table of one row, stands for."""

    _head: ClassVar[Table]

    def __init__(
        self, engine: Engine, ring: KeyRing, policy: ReviewPolicy = DEFAULT, clock: Clock = now_in_utc
    ) -> None:
        self._engine = engine
        self._seals = Seals(ring)
        self._policy = policy
        self._now = clock

    def _write(
        self,
        actor: Actor,
        verb: str,
        request_id: str,
        arguments: Mapping[str, object],
        work: Callable[[Transaction], Answer],
    ) -> Answer:
        with self._begun(self._engine, actor) as transaction:
            return once(transaction, verb, request_id, arguments, lambda: work(transaction))

    @contextmanager
    def _begun(self, source: Source, actor: Actor) -> Iterator[Transaction]:
        """Give a transaction that is alone with the head; the audit is locked at its end, so others hardly wait."""
        with (
            connected(source) as plain,
            locked(plain, self._head) as connection,
            recorded(connection, actor, self._now(), self._seals, self._policy) as transaction,
        ):
            yield transaction
            lock(connection, AUDIT_HEAD)
