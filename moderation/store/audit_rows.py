"""Rows of the audit as they are, and the entries that they hold: what somebody changed by hand is told, not raised."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    Select,
    cast,
    select,
    type_coerce,
)

from moderation.review.audit import DIGEST_SIZE, AuditEntry, AuditError, Head, UnreadableEntry, encode_details
from moderation.review.desk import DeskError, DeskReason
from moderation.store.columns import EPOCH, MICROSECOND, Moment
from moderation.store.database import SQLITE
from moderation.store.schema import AUDIT, AUDIT_HEAD

_NUMBER = re.compile(rb"-?[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the chain that is kept begins, and where it ends."""

    anchor: Head
    head: Head


def rows_of(connection: Connection, *columns: Column[Any]) -> Select[*tuple[Any, ...]]:
    """Return the query of columns as they are: SQLite may hold anything in any column, so it gives the bytes of all."""
    if connection.dialect.name == SQLITE:
        return select(*(cast(column, LargeBinary).label(column.name) for column in columns))
    return select(*map(_plain, columns))


def _plain(column: Column[Any]) -> ColumnElement[Any]:
    is_moment = isinstance(column.type, Moment)
    return type_coerce(column, BigInteger).label(column.name) if is_moment else column


def text_of(value: bytes | str) -> str:
    """Return a text of such a row; raise ValueError where it is none."""
    return value.decode() if isinstance(value, bytes) else value


def number_of(value: bytes | int) -> int:
    """Return a number of such a row; raise ValueError where it is none."""
    if isinstance(value, int):
        return value
    if not _NUMBER.fullmatch(value):
        raise ValueError
    return int(value)


def moment_of(value: bytes | int) -> datetime:
    """Return a moment of such a row; raise ValueError where it is none."""
    try:
        return EPOCH + number_of(value) * MICROSECOND
    except OverflowError:
        raise ValueError from None


def ends_of(connection: Connection) -> Ends | None:
    """Return the ends of the chain as the store tells them; None where it does not, or not in numbers and digests."""
    head = AUDIT_HEAD.c
    row = connection.execute(
        rows_of(connection, head.count, head.digest, head.anchor_count, head.anchor_digest)
    ).one_or_none()
    try:
        if row is not None and len(row.digest) == len(row.anchor_digest) == DIGEST_SIZE:
            anchor = Head(number_of(row.anchor_count), row.anchor_digest)
            return Ends(anchor, Head(number_of(row[0]), row.digest))
    except ValueError:
        pass
    return None


def ends_lost() -> DeskError:
    """Return the error that the store does not tell where its chain ends."""
    told = (
        "the row that tells where the audit ends is gone or broken: it was changed from outside;"
        " restore a copy of the store, after moderation audit verify"
    )
    return DeskError(DeskReason.STORE_DAMAGED, told)


def entries_after(connection: Connection, after: int, size: int) -> tuple[AuditEntry | UnreadableEntry, ...]:
    """Return what stands after a sequence number, in order."""
    query = rows_of(connection, *AUDIT.c).where(AUDIT.c.sequence > after).order_by(AUDIT.c.sequence).limit(size)
    return tuple(map(entry_of, connection.execute(query)))


def entry_of(row: Row[Any]) -> AuditEntry | UnreadableEntry:
    """Return the entry of a row."""
    sequence = None
    try:
        sequence = number_of(row.sequence)
        return _entry(row, sequence)
    except (ValueError, TypeError, RecursionError, AuditError):
        return UnreadableEntry(sequence)


def _entry(row: Row[Any], sequence: int) -> AuditEntry:
    written = text_of(row.details)
    details = json.loads(written)
    if not isinstance(details, dict) or encode_details(details) != written:
        raise ValueError
    return AuditEntry(
        moment_of(row.at),
        text_of(row.actor),
        text_of(row.role),
        text_of(row.action),
        text_of(row.subject),
        details,
        sequence=sequence,
        previous=row.previous,
        digest=row.digest,
    )
