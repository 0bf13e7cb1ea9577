"""Rulings: what a person decides on a case, alone or together with those that resemble it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, update

from moderation.review.case import ReasonCode
from moderation.review.states import CaseEvent
from moderation.store.leases import held, take
from moderation.store.schema import RULINGS, VERDICTS
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
    rows += [take(transaction, transaction.case(other)) for other in dict.fromkeys(also) if other != number]
    for row in rows:
        _rule(transaction, row, decision, code, note)


def reissue(transaction: Transaction, verdict_id: str, decision: Decision) -> None:
    """Let another decision stand for a verdict from now on."""
    transaction.connection.execute(
        update(VERDICTS).where(VERDICTS.c.id == verdict_id).values(standing=decision, reissued_at=transaction.now)
    )
    transaction.ledger.note("verdict.reissue", f"verdict/{verdict_id}", decision=decision.value)


def note_place(number: int) -> str:
    """Return the place that the note of a ruling is sealed for."""
    return f"ruling/{number}"


def _rule(transaction: Transaction, row: CaseRow, decision: Decision, code: ReasonCode, note: str) -> None:
    transaction.move(row, CaseEvent.RULE, skill="", holder=None, claimed_at=None, lease_expires_at=None)
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
    transaction.ledger.note("case.decide", f"case/{row.number}", decision=decision.value, code=code.value)
    reissue(transaction, row.verdict_id, decision)
    told = {"decision": decision.value, "code": code.value}
    transaction.ledger.tell("case.ruled", row.number, row.verdict_id, row.tenant, **told)
