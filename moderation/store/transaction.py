"""One transaction that writes, with all that it needs: who acts, when, the keys and the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from moderation.review.audit import Scalar
from moderation.review.desk import DeskError, DeskReason
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.review.states import CaseEvent, CaseState, TransitionError, after
from moderation.store.content import Seals
from moderation.store.database import writing
from moderation.store.ledger import Ledger
from moderation.store.schema import CASES

CaseRow = Row[Any]
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
        row = self.connection.execute(select(CASES).where(CASES.c.number == number)).one_or_none()
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
        changed = self.connection.execute(
            update(CASES)
            .where(CASES.c.number == row.number, CASES.c.state == row.state, CASES.c.epoch == row.epoch)
            .values(state=state, **columns)
            .returning(*CASES.c)
        ).one()
        self.ledger.note(f"case.{event.lower()}", f"case/{row.number}", epoch=changed.epoch, state=state.value, **told)
        return changed

    def give_back(self, row: CaseRow, event: CaseEvent) -> CaseRow:
        """End the lease of a case without a decision."""
        return self.move(row, event, holder=None, claimed_at=None, lease_expires_at=None)


@contextmanager
def begun(engine: Engine, actor: Actor, now: datetime, seals: Seals, policy: ReviewPolicy) -> Iterator[Transaction]:
    """Give a transaction that is committed, with its audit and events, where nothing is raised."""
    with writing(engine) as connection, recorded(connection, actor, now, seals, policy) as transaction:
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
