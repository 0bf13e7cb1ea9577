"""Whether rulings and decisions on appeals are what the audit tells of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table

from moderation.review.audit import AuditEntry
from moderation.store.audit_rows import entry_of, moment_of, number_of, rows_of, text_of
from moderation.store.schema import APPEALS, AUDIT, RULINGS

AT_ONCE = 1000
LONGEST_NUMBER = 19
"""Digits; a database takes none longer."""

Told = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """An action whose entries a table repeats: in its row, found by the number of the subject, and in these columns."""

    table: Table
    number: Column[Any]
    columns: Sequence[tuple[Column[Any], Callable[[Any], object]]]
    told: Callable[[AuditEntry], Told]


DECISIONS: Mapping[str, Decided] = {
    "case.rule": Decided(
        RULINGS,
        RULINGS.c.case_number,
        (
            (RULINGS.c.decision, text_of),
            (RULINGS.c.code, text_of),
            (RULINGS.c.reviewer, text_of),
            (RULINGS.c.ruled_at, moment_of),
        ),
        lambda entry: (entry.details.get("decision"), entry.details.get("code"), entry.actor, entry.at),
    ),
    "appeal.decide": Decided(
        APPEALS,
        APPEALS.c.number,
        (
            (APPEALS.c.outcome, text_of),
            (APPEALS.c.case_number, number_of),
            (APPEALS.c.decided_by, text_of),
            (APPEALS.c.decided_at, moment_of),
        ),
        lambda entry: (entry.details.get("outcome"), entry.details.get("case"), entry.actor, entry.at),
    ),
}


def first_difference(connection: Connection, go_on: Callable[[], None]) -> int | None:
    """Return the first entry of a decision whose row is gone or tells otherwise; the chain must have been proved.

    `go_on` is called now and then, and may raise to end it.
    """
    different = (
        found
        for action, decided in DECISIONS.items()
        if (found := next(_differences(connection, action, decided, go_on), None)) is not None
    )
    return min(different, default=None)


def _differences(connection: Connection, action: str, decided: Decided, go_on: Callable[[], None]) -> Iterator[int]:
    after = 0
    query = rows_of(connection, *AUDIT.c).where(AUDIT.c.action == action).order_by(AUDIT.c.sequence).limit(AT_ONCE)
    while rows := connection.execute(query.where(AUDIT.c.sequence > after)).all():
        go_on()
        entries = [entry for entry in map(entry_of, rows) if isinstance(entry, AuditEntry)]
        kept = _kept(connection, decided, [_number(entry) for entry in entries])
        yield from (entry.sequence for entry in entries if kept.get(_number(entry)) != decided.told(entry))
        after = entries[-1].sequence


def _number(entry: AuditEntry) -> int:
    """Return the number of an entry's subject, such as `case/12`; 0, which no row has, where it is none."""
    number = entry.subject.partition("/")[2]
    return int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 0


def _kept(connection: Connection, decided: Decided, numbers: Sequence[int]) -> dict[int, Told]:
    """Return what the rows of some numbers tell; those that are not there, or do not decode, tell nothing."""
    columns = [column for column, _ in decided.columns]
    query = rows_of(connection, decided.number, *columns).where(decided.number.in_(numbers))
    found = {}
    for row in connection.execute(query):
        number, told = _told(row, decided)
        found[number] = told
    return found


def _told(row: Row[Any], decided: Decided) -> tuple[int, Told]:
    try:
        pairs = zip(decided.columns, tuple(row)[1:], strict=True)
        return number_of(row[0]), tuple(read(value) for (_, read), value in pairs)
    except (ValueError, TypeError):
        return number_of(row[0]), ()
