"""A database that fails at the n-th thing that is asked of it, once or from then on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from stores import administer


class Fault(StrEnum):
    """How it fails: what is asked is not done; a commit, the only thing counted, is done but not answered; or the
    connection is cut before.
    """

    REFUSED = "refused"
    UNANSWERED = "unanswered"
    CUT = "cut"


@dataclass(slots=True)
class Failing:
    """Counts what is asked, statements and commits, and fails at a number."""

    number: int
    fault: Fault
    is_lasting: bool = False
    asked: int = 0

    @property
    def has_fired(self) -> bool:
        return self.asked >= self.number

    def before(self, connection: Connection) -> None:
        """Count something that is about to be done, and fail where it is its turn."""
        self.asked += 1
        if not (self.asked >= self.number if self.is_lasting else self.asked == self.number):
            return
        if self.fault is Fault.CUT:
            cut(connection)
            return
        if self.fault is Fault.UNANSWERED:
            connection.connection.commit()
        raise OperationalError("", None, OSError("disk I/O error"))


@contextmanager
def failing(engine: Engine, number: int, fault: Fault, *, is_lasting: bool = False) -> Iterator[Failing]:
    """Let an engine's database fail, within, at the n-th statement or commit."""
    counted = Failing(number, fault, is_lasting)

    def before_statement(connection: Connection, *_rest: object) -> None:
        if fault is not Fault.UNANSWERED:
            counted.before(connection)

    event.listen(engine, "before_cursor_execute", before_statement)
    event.listen(engine, "commit", counted.before)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", before_statement)
        event.remove(engine, "commit", counted.before)


def cut(connection: Connection) -> None:
    """End the process of PostgreSQL that serves a connection, and wait until it is gone."""
    driver = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection) and not driver.closed:
        administer(f"SELECT pg_terminate_backend({driver.info.backend_pid}, 5000)")
