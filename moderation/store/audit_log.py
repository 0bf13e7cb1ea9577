"""The audit in the store: reading it, proving it, and cutting off what need not be kept any longer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from moderation.review.audit import PURGE, AuditEntry, Checkpoint, Fault, FaultKind, Head, Verified, purged, verify
from moderation.review.keys import KeyRing
from moderation.review.policy import LEAST_KEPT
from moderation.store.database import reading
from moderation.store.schema import AUDIT, AUDIT_HEAD
from moderation.store.transaction import Transaction

READ_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the chain that is kept begins, and where it ends."""

    anchor: Head
    head: Head


def ends(connection: Connection) -> Ends:
    """Return the ends of the chain as the store tells them."""
    count, digest, anchor_count, anchor_digest = connection.execute(
        select(AUDIT_HEAD.c.count, AUDIT_HEAD.c.digest, AUDIT_HEAD.c.anchor_count, AUDIT_HEAD.c.anchor_digest)
    ).one()
    return Ends(Head(anchor_count, anchor_digest), Head(count, digest))


def entries(connection: Connection, after: int, size: int) -> tuple[AuditEntry, ...]:
    """Return the entries after a sequence number, in order."""
    query = select(AUDIT).where(AUDIT.c.sequence > after).order_by(AUDIT.c.sequence).limit(size)
    return tuple(map(_entry, connection.execute(query)))


def prove(engine: Engine, ring: KeyRing, checkpoints: Iterable[Checkpoint], now: datetime) -> Fault | Verified:
    """Return the first fault of the store's chain, or how much of it is proved."""
    with reading(engine) as connection:
        kept = ends(connection)
        found = verify(every_entry(connection), checkpoints, ring.checkpoint_keys, kept.anchor, now - LEAST_KEPT)
    if isinstance(found, Verified) and found.head != kept.head:
        return Fault(FaultKind.TRUNCATED, found.head.count + 1, found.proved)
    return found


def purge(transaction: Transaction, before: datetime) -> tuple[Head, datetime] | None:
    """Cut off the entries before a moment; None where there are none.

    Returns the anchor that stands for them, and the time of the last of them.
    """
    connection = transaction.connection
    kept = ends(connection)
    first_kept = connection.execute(select(func.min(AUDIT.c.sequence)).where(AUDIT.c.at >= before)).scalar()
    last = kept.head.count if first_kept is None else int(first_kept) - 1
    if last <= kept.anchor.count:
        return None
    digest, at = connection.execute(select(AUDIT.c.digest, AUDIT.c.at).where(AUDIT.c.sequence == last)).one()
    connection.execute(update(AUDIT_HEAD).values(anchor_count=last, anchor_digest=digest))
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence <= last))
    subject, told = purged(Head(last, digest))
    transaction.ledger.note(PURGE, subject, entries=last - kept.anchor.count, digest=told)
    return Head(last, digest), at


def every_entry(connection: Connection) -> Iterator[AuditEntry]:
    """Yield all entries, in order."""
    after = 0
    while page := entries(connection, after, READ_AT_ONCE):
        yield from page
        after = page[-1].sequence


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        row.at,
        row.actor,
        row.role,
        row.action,
        row.subject,
        json.loads(row.details),
        sequence=row.sequence,
        previous=row.previous,
        digest=row.digest,
    )
