"""One transaction that writes, with all that it needs: who acts, when, the keys and the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from moderation.review.audit import Scalar
from moderation.review.desk import DeskError, DeskReason
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.review.states import CaseEvent, CaseState, TransitionError, after
from moderation.store.content import Seals
from moderation.store.database import Source, writing
from moderation.store.ledger import Ledger
from moderation.store.schema import CASES

CaseRow = Row[Any]
ONE_CASE = select(CASES).where(CASES.c.number == bindparam("number"))
NOTHING: Mapping[str, Scalar] = {}


@dataclass(frozen=True, slots=True)
class Transaction:
    """What the verbs of the store work in; everything is committed together, or nothing."""

    connection: Connection
    ledger: Ledger
    actor: Actor
    now: datetime
    seals: Seals
    policy: ReviewPolicy

    def case(self, number: int) -> CaseRow:
        """Return the row of a case; raise DeskError where there is none."""
        row = self.connection.execute(ONE_CASE, {"number": number}).one_or_none()
        if row is None:
            raise case_unknown(number)
        return row

    def move(self, row: CaseRow, event: CaseEvent, told: Mapping[str, Scalar] = NOTHING, **columns: object) -> CaseRow:
        """Let an event happen to a case, change further columns, and return its new row; the audit is told, and `told`.

        Raises DeskError where the event cannot happen to a case in its state.
        """
        try:
            state = after(CaseState(row.state), event)
        except TransitionError:
            why = f"case {row.number} is {row.state} and does not take {event}"
            raise DeskError(DeskReason.WRONG_STATE, why, case=row.number, state=row.state) from None
        given = {f"new_{name}": value for name, value in columns.items()}
        given |= {"new_state": state, "old_number": row.number, "old_state": row.state, "old_epoch": row.epoch}
        changed = self.connection.execute(_moved(frozenset(columns)), given).one()
        self.ledger.note(f"case.{event.lower()}", f"case/{row.number}", epoch=changed.epoch, state=state.value, **told)
        return changed

    def give_back(self, row: CaseRow, event: CaseEvent) -> CaseRow:
        """End the lease of a case without a decision."""
        return self.move(row, event, holder=None, claimed_at=None, lease_expires_at=None)


@lru_cache
def _moved(columns: frozenset[str]) -> ReturningUpdate[Any]:
    """Return the statement that moves a case on and changes further columns; making it takes longer than running it."""
    new = {name: bindparam(f"new_{name}", type_=CASES.c[name].type) for name in sorted(columns | {"state"})}
    same = [column == bindparam(f"old_{column.name}") for column in (CASES.c.number, CASES.c.state, CASES.c.epoch)]
    return update(CASES).where(*same).values(new).returning(*CASES.c)


@contextmanager
def begun(source: Source, actor: Actor, now: datetime, seals: Seals, policy: ReviewPolicy) -> Iterator[Transaction]:
    """Give a transaction that is committed, with its audit and events, where nothing is raised."""
    with writing(source) as connection, recorded(connection, actor, now, seals, policy) as transaction:
        yield transaction


@contextmanager
def recorded(
    connection: Connection, actor: Actor, now: datetime, seals: Seals, policy: ReviewPolicy
) -> Iterator[Transaction]:
    """Give what the verbs work in over a connection that writes; its audit and events are written at the end."""
    ledger = Ledger(connection, actor, now)
    yield Transaction(connection, ledger, actor, now, seals, policy)
    ledger.write()


def case_unknown(number: int) -> DeskError:
    """Return the error that there is no such case."""
    return DeskError(DeskReason.CASE_UNKNOWN, f"there is no case {number}", case=number)
