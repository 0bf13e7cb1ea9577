"""The audit in the store: reading it, proving it, and cutting off what need not be kept any longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Connection, Engine, delete, func, select, update

from moderation.review.audit import PURGE, AuditEntry, Checkpoint, Head, UnreadableEntry
from moderation.review.audit_proof import Fault, FaultKind, Verified, anchor_before, purged, verify
from moderation.review.desk import DeskError, DeskReason
from moderation.review.keys import KeyRing
from moderation.review.policy import LEAST_KEPT
from moderation.store.audit_decisions import first_difference
from moderation.store.audit_rows import Ends, ends_lost, ends_of, entries_after
from moderation.store.database import reading
from moderation.store.schema import AUDIT, AUDIT_HEAD
from moderation.store.transaction import Transaction

READ_AT_ONCE = 1000


class AuditFaultError(Exception):
    """Entries that are to be purged were changed; they are kept as evidence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message("en"))
        self.fault = fault


def ends(connection: Connection) -> Ends:
    """Return the ends of the chain as the store tells them; raise DeskError where it does not."""
    if (told := ends_of(connection)) is None:
        raise ends_lost()
    return told


def readable(connection: Connection, after: int, size: int) -> tuple[AuditEntry, ...]:
    """Return the entries after a sequence number, in order, up to one that cannot be read.

    Raises DeskError where that is the first of them.
    """
    entries: list[AuditEntry] = []
    for one in entries_after(connection, after, size):
        if isinstance(one, UnreadableEntry):
            if not entries:
                raise unreadable(one.sequence)
            break
        entries.append(one)
    return tuple(entries)


def unreadable(sequence: int | None) -> DeskError:
    """Return the error that an entry cannot be read."""
    if sequence is None:
        told = "the audit holds what is no entry; moderation audit verify tells more"
        return DeskError(DeskReason.STORE_DAMAGED, told)
    told = f"entry {sequence} of the audit cannot be read: it was edited; what follows is listed after {sequence}"
    return DeskError(DeskReason.STORE_DAMAGED, told)


def prove(
    engine: Engine,
    ring: KeyRing,
    checkpoints: Iterable[Checkpoint],
    now: datetime,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Fault | Verified:
    """Return the first fault of the store's chain, or how much of it is proved; raise DeskError once it is stopped.

    Where nothing is wrong with the chain, the rulings and the decisions on appeals are compared with it.
    """

    def go_on() -> None:
        if is_stopped():
            raise DeskError(DeskReason.STORE_UNAVAILABLE, "the server stops; ask again when it is back")

    with reading(engine) as connection:
        kept = ends_of(connection)
        anchor = kept.anchor if kept is not None else anchor_before(entries_after(connection, 0, 1))
        kept_since = now - LEAST_KEPT
        found = verify(_checked(go_on, _all(connection)), checkpoints, ring.checkpoint_keys, anchor, kept_since)
        if isinstance(found, Fault):
            return found
        if kept is None or found.head != kept.head:
            return Fault(FaultKind.HEAD_DIFFERS, found.head.count, found.proved)
        different = first_difference(connection, go_on)
    return Fault(FaultKind.ROW_DIFFERS, different, found.proved) if different is not None else found


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
    going = _until(last, _all(connection, kept.anchor.count))
    found = verify(going, (), {}, kept.anchor, is_whole=False)
    if isinstance(found, Fault):
        raise AuditFaultError(found)
    digest, at = connection.execute(select(AUDIT.c.digest, AUDIT.c.at).where(AUDIT.c.sequence == last)).one()
    connection.execute(update(AUDIT_HEAD).values(anchor_count=last, anchor_digest=digest))
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence <= last))
    subject, told = purged(Head(last, digest))
    transaction.ledger.note(PURGE, subject, entries=last - kept.anchor.count, digest=told)
    return Head(last, digest), at


def every_entry(connection: Connection) -> Iterator[AuditEntry]:
    """Yield all entries in order; raise DeskError for one that cannot be read."""
    for entry in _all(connection):
        if isinstance(entry, UnreadableEntry):
            raise unreadable(entry.sequence)
        yield entry


def _until(last: int, some: Iterable[AuditEntry | UnreadableEntry]) -> Iterator[AuditEntry | UnreadableEntry]:
    """Yield what stands up to a sequence number."""
    return takewhile(lambda entry: entry.sequence is None or entry.sequence <= last, some)


def _all(connection: Connection, after: int = 0) -> Iterator[AuditEntry | UnreadableEntry]:
    """Yield what stands after a sequence number, in order, up to what has none."""
    last: int | None = after
    while last is not None and (page := entries_after(connection, last, READ_AT_ONCE)):
        yield from page
        last = page[-1].sequence


def _checked(
    go_on: Callable[[], None], some: Iterable[AuditEntry | UnreadableEntry]
) -> Iterator[AuditEntry | UnreadableEntry]:
    for entry in some:
        go_on()
        yield entry
