"""Writes that may be sent again: the answer to a request id is kept, and given again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, exists, insert, select

from moderation.review.desk import DeskError, DeskReason
from moderation.review.people import Actor
from moderation.review.sealing import fingerprint
from moderation.store.content import Seals
from moderation.store.schema import REQUESTS
from moderation.store.transaction import Transaction

Answer = Mapping[str, int | str | None]
"""What a write answers with: numbers and ids, never text of a template."""


def once(
    transaction: Transaction, verb: str, request_id: str, arguments: Mapping[str, object], work: Callable[[], Answer]
) -> Answer:
    """Return the answer of some work, done now or, under the same request id, before.

    Raises DeskError where the id came before with another verb or other arguments.
    """
    if not request_id:
        return work()
    connection, secret = transaction.connection, transaction.seals.ring.fingerprint_secret
    actor = _mark_of(transaction.seals, transaction.actor)
    mark = fingerprint(secret, "request", json.dumps([verb, arguments], sort_keys=True, default=str))
    known = connection.execute(
        select(REQUESTS.c.fingerprint, REQUESTS.c.answer).where(
            REQUESTS.c.actor == actor, REQUESTS.c.request_id == request_id
        )
    ).one_or_none()
    if known is not None:
        if known.fingerprint != mark:
            told = "this request_id came before with other arguments; take a new one for each write"
            raise DeskError(DeskReason.REQUEST_ID_REUSED, told)
        answer: Answer = json.loads(known.answer)
        return answer
    answer = work()
    connection.execute(
        insert(REQUESTS).values(
            actor=actor,
            request_id=request_id,
            verb=verb,
            fingerprint=mark,
            answer=json.dumps(answer),
            at=transaction.now,
        )
    )
    return answer


def number_in(answer: Answer, name: str) -> int:
    """Return a number that an answer holds."""
    return int(answer[name] or 0)


def is_known(connection: Connection, seals: Seals, actor: Actor, request_id: str) -> bool:
    """Return whether somebody has sent a write of this request id before."""
    if not request_id:
        return False
    mark = _mark_of(seals, actor)
    sent = exists().where(REQUESTS.c.actor == mark, REQUESTS.c.request_id == request_id)
    return bool(connection.execute(select(sent)).scalar_one())


def _mark_of(seals: Seals, actor: Actor) -> str:
    """Return what tells a person from others of the same name, in another role or of another tenant."""
    return fingerprint(seals.ring.fingerprint_secret, "actor", actor.role, actor.tenant, actor.name).hex()
