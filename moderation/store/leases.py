"""Leases: claiming the next case or a certain one, renewing, giving back, and what runs out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)

from moderation.review.case import Queue
from moderation.review.desk import DeskError, DeskReason
from moderation.review.states import HELD, WAITING, CaseEvent, CaseState
from moderation.store.schema import APPEALS, CASE_SKIPS, CASE_TAGS, CASES, IS_WAITING
from moderation.store.transaction import CaseRow, Transaction

FEW = 500
"""Cases of a tag that are named one by one."""

ORDER = (CASES.c.priority, CASES.c.due_at, CASES.c.number)
"""The order in which cases are claimed."""


NAME = bindparam("name", type_=CASE_SKIPS.c.reviewer.type)


def first_waiting(
    connection: Connection, name: str, queues: Iterable[Queue], tags: Iterable[str], skills: Iterable[str]
) -> CaseRow | None:
    """Return the waiting case that comes first for somebody; None where nothing waits."""
    few = {tag: _few_of_tag(connection, tag) for tag in sorted(tags)}
    if [] in few.values():
        return None
    named = {tag: numbers for tag, numbers in few.items() if numbers is not None}
    query = _first_waiting(tuple(sorted(queues)) or tuple(Queue), tuple(sorted(skills)), tuple(few), frozenset(named))
    given = {_few(place): named[tag] for place, tag in enumerate(few) if tag in named}
    return connection.execute(query, {"name": name} | given).one_or_none()


@lru_cache(maxsize=256)
def _first_waiting(
    queues: tuple[Queue, ...], skills: tuple[str, ...], tags: tuple[str, ...], named: frozenset[str]
) -> Select[Any]:
    """Return the query for the first case that `name` may claim; making it takes longer than running it.

    Where few cases have a tag they are named in it, for a condition is asked of every case.
    """
    further = [~_skipped_by(NAME)]
    further += [
        CASES.c.number.in_(bindparam(_few(place), expanding=True)) if tag in named else tagged(tag)
        for place, tag in enumerate(tags)
    ]
    kinds = [(queue, skill) for queue in queues for skill in ("", *skills)]
    heads = union_all(*(select(_first(queue, skill, further).subquery()) for queue, skill in kinds)).subquery()
    number = select(heads.c.number).order_by(heads.c.priority, heads.c.due_at, heads.c.number).limit(1)
    return select(CASES).where(CASES.c.number == number.scalar_subquery())


def _few(place: int) -> str:
    return f"few_{place}"


def claim(transaction: Transaction, number: int) -> CaseRow:
    """Hold one waiting case; raise DeskError where it does not wait, or where who asks has ruled it before."""
    row = transaction.case(number)
    if row.state == CaseState.APPEALED and _ruler_of(transaction, number) == transaction.actor.name:
        raise own_ruling(number)
    return take(transaction, row)


def take(transaction: Transaction, row: CaseRow) -> CaseRow:
    """Give who acts the lease of a waiting case, in its next epoch."""
    return transaction.move(
        row,
        CaseEvent.CLAIM,
        epoch=row.epoch + 1,
        holder=transaction.actor.name,
        claimed_at=transaction.now,
        lease_expires_at=transaction.now + transaction.policy.lease,
    )


def held(transaction: Transaction, number: int, epoch: int) -> CaseRow:
    """Return the row of a case that who acts holds in this epoch; raise DeskError where that is no longer so."""
    row = transaction.case(number)
    if row.state not in HELD | WAITING:
        told = f"case {number} is {row.state}; nobody holds it any longer"
        raise DeskError(DeskReason.WRONG_STATE, told, case=number, state=row.state)
    is_own = row.state in HELD and row.holder == transaction.actor.name and row.epoch == epoch
    if not is_own or row.lease_expires_at <= transaction.now:
        raise lost(number, epoch)
    return row


def lost(number: int, epoch: int) -> DeskError:
    """Return the error that a lease is over."""
    told = f"case {number} is no longer held by you in epoch {epoch}; claim it again"
    return DeskError(DeskReason.LEASE_LOST, told, case=number, epoch=epoch)


def renew(transaction: Transaction, number: int, epoch: int) -> CaseRow:
    """Hold a case for longer."""
    until = transaction.now + transaction.policy.lease
    return transaction.move(held(transaction, number, epoch), CaseEvent.RENEW, lease_expires_at=until)


def skip(transaction: Transaction, number: int, epoch: int, reason: str) -> None:
    """Give a case back and remember that who acts does not want it."""
    row = transaction.give_back(held(transaction, number, epoch), CaseEvent.SKIP)
    reviewer = transaction.actor.name
    known = exists().where(CASE_SKIPS.c.case_number == number, CASE_SKIPS.c.reviewer == reviewer)
    if not transaction.connection.execute(select(known)).scalar_one():
        transaction.connection.execute(
            insert(CASE_SKIPS).values(
                case_number=row.number,
                reviewer=reviewer,
                reason=transaction.seals.seal(skip_place(number, reviewer), reason),
                skipped_at=transaction.now,
            )
        )


def has_run_out(connection: Connection, now: datetime) -> bool:
    """Return whether a lease has run out, or the time in which only who has a skill gets a case."""
    return any(end is not None and end <= now for end in connection.execute(FIRST_ENDS).one())


def sweep(transaction: Transaction) -> None:
    """End the leases that have run out; what is overdue is kept for no skill any longer."""
    expired = select(CASES).where(CASES.c.lease_expires_at <= transaction.now)
    for row in transaction.connection.execute(expired).all():
        transaction.give_back(row, CaseEvent.EXPIRE)
    is_over = and_(IS_RESERVED, CASES.c.due_at <= transaction.now)
    freed = update(CASES).where(is_over).values(skill="").returning(CASES.c.number)
    for number in sorted(transaction.connection.execute(freed).scalars()):
        transaction.ledger.note("case.free", f"case/{number}")


IS_RESERVED = text("skill <> ''")
FIRST_ENDS = select(
    *(
        select(func.min(column)).where(condition).scalar_subquery()
        for column, condition in (
            (CASES.c.lease_expires_at, CASES.c.lease_expires_at.is_not(None)),
            (CASES.c.due_at, IS_RESERVED),
        )
    )
)
"""Asks for the first end of a lease and of a reservation, each the first of an index; compared with a time in the
statement, PostgreSQL would think that many cases are before it, and look for one of them from case to case."""


def skip_place(number: int, reviewer: str) -> str:
    """Return the place that the reason of a skip is sealed for."""
    return f"skip/{number}/{reviewer}"


def tagged(tag: str) -> ColumnElement[bool]:
    """Return the condition that a case has a tag."""
    return exists().where(CASE_TAGS.c.case_number == CASES.c.number, CASE_TAGS.c.tag == tag)


def own_ruling(number: int) -> DeskError:
    """Return the error that nobody decides an appeal against their own ruling."""
    told = f"you ruled case {number}; another reviewer decides the appeal"
    return DeskError(DeskReason.OWN_RULING, told, case=number)


def _first(queue: Queue, skill: str, further: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """Return the query for the first case of a queue and a skill that may be claimed."""
    conditions: list[ColumnElement[bool] | TextClause] = [text(IS_WAITING), CASES.c.queue == queue, *further]
    conditions.append(CASES.c.skill == skill)
    if queue is Queue.APPEAL:
        conditions.append(~exists().where(APPEALS.c.case_number == CASES.c.number, APPEALS.c.ruled_by == NAME))
    return select(*ORDER).where(*conditions).order_by(*ORDER).limit(1)


def _few_of_tag(connection: Connection, tag: str) -> list[int] | None:
    """Return the cases of a tag where they are few; None where they are many."""
    numbers = connection.execute(select(CASE_TAGS.c.case_number).where(CASE_TAGS.c.tag == tag).limit(FEW + 1)).scalars()
    found = list(numbers)
    return found if len(found) <= FEW else None


def _skipped_by(name: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(CASE_SKIPS.c.case_number == CASES.c.number, CASE_SKIPS.c.reviewer == name)


def _ruler_of(transaction: Transaction, number: int) -> str | None:
    found = select(APPEALS.c.ruled_by).where(APPEALS.c.case_number == number)
    return transaction.connection.execute(found).scalar_one_or_none()
