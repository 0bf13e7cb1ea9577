"""The audit in the store: reading it, proving it, and cutting off what need not be kept any longer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from moderation.review.audit import PURGE, AuditEntry, Checkpoint, Head
from moderation.review.audit_proof import Fault, FaultKind, Verified, purged, verify
from moderation.review.desk import DeskError, DeskReason
from moderation.review.keys import KeyRing
from moderation.review.policy import LEAST_KEPT
from moderation.store.database import reading
from moderation.store.schema import AUDIT, AUDIT_HEAD
from moderation.store.transaction import Transaction

READ_AT_ONCE = 1000


class AuditFaultError(Exception):
    """Entries that are to be purged were changed; they are kept as evidence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message("en"))
        self.fault = fault


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


def prove(
    engine: Engine,
    ring: KeyRing,
    checkpoints: Iterable[Checkpoint],
    now: datetime,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Fault | Verified:
    """Return the first fault of the store's chain, or how much of it is proved; raise DeskError once it is stopped."""
    with reading(engine) as connection:
        kept = ends(connection)
        found = verify(
            _until(is_stopped, every_entry(connection)),
            checkpoints,
            ring.checkpoint_keys,
            kept.anchor,
            now - LEAST_KEPT,
        )
    if isinstance(found, Verified) and found.head != kept.head:
        return Fault(FaultKind.TRUNCATED, found.head.count + 1, found.proved)
    return found


def purge(transaction: Transaction, before: datetime) -> tuple[Head, datetime] | None:
    """Cut off the entries before a moment; None where there are none.

    Returns the anchor that stands for them, and the time of the last of them. Raises AuditFaultError, and purges
    nothing, where they are not whole.
    """
    connection = transaction.connection
    kept = ends(connection)
    first_kept = connection.execute(select(func.min(AUDIT.c.sequence)).where(AUDIT.c.at >= before)).scalar()
    last = kept.head.count if first_kept is None else int(first_kept) - 1
    if last <= kept.anchor.count:
        return None
    going = entries_between(connection, kept.anchor.count, last)
    found = verify(going, (), {}, kept.anchor, is_whole=False)
    if isinstance(found, Fault):
        raise AuditFaultError(found)
    digest, at = connection.execute(select(AUDIT.c.digest, AUDIT.c.at).where(AUDIT.c.sequence == last)).one()
    connection.execute(update(AUDIT_HEAD).values(anchor_count=last, anchor_digest=digest))
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence <= last))
    subject, told = purged(Head(last, digest))
    transaction.ledger.note(PURGE, subject, entries=last - kept.anchor.count, digest=told)
    return Head(last, digest), at


def entries_between(connection: Connection, after: int, last: int) -> Iterator[AuditEntry]:
    """Yield the entries after a sequence number up to another, in order."""
    for entry in every_entry(connection, after):
        if entry.sequence > last:
            return
        yield entry


def every_entry(connection: Connection, after: int = 0) -> Iterator[AuditEntry]:
    """Yield the entries after a sequence number, in order."""
    while page := entries(connection, after, READ_AT_ONCE):
        yield from page
        after = page[-1].sequence


def _until(is_stopped: Callable[[], bool], some: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
    for entry in some:
        if is_stopped():
            raise DeskError(DeskReason.STORE_UNAVAILABLE, "the server stops; ask again when it is back")
        yield entry


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
