"""Rulings: what a person decides on a case, alone or together with those that resemble it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from moderation.review.case import ReasonCode
from moderation.review.desk import DeskError, DeskReason
from moderation.review.states import CaseEvent
from moderation.store.leases import held, take
from moderation.store.schema import CASE_BANDS, RULINGS, VERDICTS
from moderation.store.transaction import CaseRow, Transaction
from moderation.verdict import Decision


def rule(
    transaction: Transaction,
    number: int,
    epoch: int,
    decision: Decision,
    code: ReasonCode,
    note: str,
    also: Sequence[int],
) -> None:
    """Decide a case that who acts holds, and others that wait; raise DeskError where one of them cannot be ruled."""
    rows = [held(transaction, number, epoch)]
    _require_resembling(transaction, number, also)
    rows += [take(transaction, transaction.case(other)) for other in dict.fromkeys(also) if other != number]
    for row in rows:
        _rule(transaction, row, decision, code, note)


def reissue(transaction: Transaction, verdict_id: str, decision: Decision) -> None:
    """Let another decision stand for a verdict from now on."""
    transaction.connection.execute(
        update(VERDICTS).where(VERDICTS.c.id == verdict_id).values(standing=decision, reissued_at=transaction.now)
    )
    transaction.ledger.note("verdict.reissue", f"verdict/{verdict_id}", decision=decision.value)


def _require_resembling(transaction: Transaction, number: int, also: Sequence[int]) -> None:
    """Raise DeskError where a case does not resemble the one that it is to be ruled with."""
    bands = select(CASE_BANDS.c.band).where(CASE_BANDS.c.case_number == number)
    near = select(CASE_BANDS.c.case_number).where(CASE_BANDS.c.band.in_(bands), CASE_BANDS.c.case_number.in_(also))
    resembling = set(transaction.connection.execute(near).scalars())
    for other in also:
        if other not in resembling:
            transaction.case(other)
            told = f"case {other} does not resemble case {number}; rule it by itself"
            raise DeskError(DeskReason.NOT_SIMILAR, told, case=other, of=number)


def note_place(number: int) -> str:
    """Return the place that the note of a ruling is sealed for."""
    return f"ruling/{number}"


def _rule(transaction: Transaction, row: CaseRow, decision: Decision, code: ReasonCode, note: str) -> None:
    told = {"decision": decision.value, "code": code.value}
    transaction.move(row, CaseEvent.RULE, told, skill="", holder=None, claimed_at=None, lease_expires_at=None)
    transaction.connection.execute(
        insert(RULINGS).values(
            case_number=row.number,
            epoch=row.epoch,
            reviewer=transaction.actor.name,
            decision=decision,
            code=code,
            note=transaction.seals.seal(note_place(row.number), note),
            seconds=(transaction.now - row.claimed_at).total_seconds(),
            ruled_at=transaction.now,
        )
    )
    reissue(transaction, row.verdict_id, decision)
    transaction.ledger.tell("case.ruled", row.number, row.verdict_id, row.tenant, **told)
