"""Taking up a batch of any size: its changes are staged beside the store, then moved into it in one short step."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, and_, func, insert, literal, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateTable

from moderation.store.columns import NAME, Utf8, encoded
from moderation.store.database import POSTGRESQL, expect_many
from moderation.store.transaction import Transaction
from moderation.store.wordlist_reading import require_known
from moderation.store.wordlist_schema import MOST_ENTRY, MOST_LINE, WORDLIST_BATCHES, WORDLIST_CHANGES
from moderation.wordlists.change import BatchState, Change, Operation
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

LARGEST_BATCH = 1_000_000
AT_ONCE = 10_000
"""Changes that are held in memory."""

_STAGED = Table(
    "staged_wordlist_changes",
    MetaData(),
    Column("operation", String(8), nullable=False),
    Column("wordlist", Utf8, nullable=False),
    Column("entry", Utf8, nullable=False),
    Column("line", Utf8),
    Column("number", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)
"""Changes that are no batch yet; nobody but its connection sees it, and nobody waits for it."""

_ORDERED = Table(
    "ordered_wordlist_changes",
    MetaData(),
    Column("position", Integer, primary_key=True),
    *(Column(column.name, column.type) for column in _STAGED.c),
    prefixes=["TEMPORARY"],
)
"""The same by wordlist and entry, so that they are written to the store as fast as can be."""

_Row = tuple[str, bytes, bytes, bytes | None, int]


@dataclass(frozen=True, slots=True)
class Staged:
    """Changes that wait on a connection: how many of each operation, and a digest of them all."""

    counts: Mapping[Operation, int]
    digest: str


@contextmanager
def staged(connection: Connection, changes: Iterable[Change]) -> Iterator[Staged]:
    """Stage changes on a connection without a transaction, and give the connection up at the end.

    Raises WordlistsError for a change that cannot be kept, an entry that is changed twice, none, or too many.
    """
    try:
        with connection.begin():
            connection.execute(CreateTable(_STAGED))
            filled = _fill(connection, changes)
            expect_many(connection, sum(filled.counts.values()))
            _order(connection)
            _require_once_each(connection)
        yield filled
    finally:
        connection.invalidate()  # the staged changes go with it, whatever happened


def keep(transaction: Transaction, batch: Staged, base: int, reason: str) -> int:
    """Make a batch of what is staged on the connection of a transaction, and return its number."""
    connection = transaction.connection
    require_known(connection, base)
    counts = {
        "added": batch.counts[Operation.ADD],
        "removed": batch.counts[Operation.REMOVE],
        "replaced": batch.counts[Operation.REPLACE],
    }
    expect_many(connection, sum(counts.values()))
    made = insert(WORDLIST_BATCHES).values(
        state=BatchState.DRAFT,
        base=base,
        author=transaction.actor.name,
        reason=reason,
        uploaded_at=transaction.now,
        **counts,
    )
    number = int(connection.execute(made.returning(WORDLIST_BATCHES.c.number)).scalar_one())
    ordered = select(literal(number), *_ORDERED.c).order_by(_ORDERED.c.position)
    connection.execute(insert(WORDLIST_CHANGES).from_select(["batch", *_ORDERED.c.keys()], ordered))
    transaction.ledger.note("wordlist.upload", f"batch/{number}", base=base, reason=reason, **counts)
    return number


def _fill(connection: Connection, changes: Iterable[Change]) -> Staged:
    remaining, digest, counts = iter(changes), hashlib.sha256(), Counter[str]()
    while some := list(islice(remaining, AT_ONCE)):
        counts.update(change.operation for change in some)
        if counts.total() > LARGEST_BATCH:
            told = f"a batch has at most {LARGEST_BATCH:,} changes; upload several"
            raise WordlistsError(WordlistsReason.BATCH_TOO_LARGE, told, most=LARGEST_BATCH)
        digest.update(json.dumps(some).encode())
        _write(connection, [_row(change) for change in some])
    if not counts:
        raise WordlistsError(WordlistsReason.BATCH_EMPTY, "the batch changes nothing; upload at least one change")
    return Staged({operation: counts[operation] for operation in Operation}, digest.hexdigest())


def _row(change: Change) -> _Row:
    """Return a change as it is stored; raise WordlistsError where it cannot be."""
    operation, wordlist, entry, line, number = change
    row = operation.value, encoded(wordlist), encoded(entry), encoded(line) if line else None, number
    if not 0 < len(wordlist) <= NAME:
        raise _invalid(number, f"the name of a wordlist has 1 to {NAME} characters")
    if not 0 < len(row[2]) <= MOST_ENTRY:
        raise _invalid(number, f"an entry has 1 to {MOST_ENTRY:,} bytes in UTF-8")
    if len(row[3] or b"") > MOST_LINE:
        raise _invalid(number, f"a line has at most {MOST_LINE:,} bytes in UTF-8")
    if (operation is Operation.REMOVE) == bool(line):
        raise _invalid(number, "an entry that is removed has no line, and any other has one")
    return row


def _invalid(number: int, why: str) -> WordlistsError:
    return WordlistsError(WordlistsReason.CHANGE_INVALID, f"line {number}: {why}", line=number)


def _write(connection: Connection, rows: Sequence[_Row]) -> None:
    """Write rows as fast as the driver can: PostgreSQL by COPY."""
    if connection.dialect.name != POSTGRESQL:
        connection.exec_driver_sql(f"INSERT INTO {_STAGED.name} VALUES (?, ?, ?, ?, ?)", [*rows])  # noqa: S608
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {_STAGED.name} FROM STDIN") as copying:
            for row in rows:
                copying.write_row(row)
    except connection.dialect.loaded_dbapi.OperationalError as error:
        raise OperationalError("COPY", None, error) from error


def _order(connection: Connection) -> None:
    key = _STAGED.c.wordlist, _STAGED.c.entry
    ordered = select(func.row_number().over(order_by=key), *_STAGED.c).order_by(*key)
    connection.execute(CreateTable(_ORDERED))
    connection.execute(insert(_ORDERED).from_select(_ORDERED.c.keys(), ordered))


def _require_once_each(connection: Connection) -> None:
    """Raise WordlistsError where an entry is changed twice."""
    one, next_one = _ORDERED.alias("one"), _ORDERED.alias("next_one")
    is_next = next_one.c.position == one.c.position + 1
    is_same = and_(one.c.wordlist == next_one.c.wordlist, one.c.entry == next_one.c.entry)
    repeated = select(one.c.number, next_one.c.number).join_from(one, next_one, is_next).where(is_same)
    found = connection.execute(repeated.order_by(one.c.position).limit(1)).one_or_none()
    if found is not None:
        first, last = sorted(found)
        told = f"line {last}: the entry is changed by line {first} already; keep one of them"
        raise WordlistsError(WordlistsReason.CHANGE_REPEATED, told, line=last, first=first)
