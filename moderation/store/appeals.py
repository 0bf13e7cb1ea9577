"""Appeals: filed once a verdict by its sender, decided by another reviewer than the one who ruled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, insert, select, update

from moderation.review.case import Appeal, Outcome, Priority, Proposal, Queue, Reason
from moderation.review.desk import DeskError, DeskReason
from moderation.review.people import Role
from moderation.review.states import CaseEvent, CaseState
from moderation.rules.catalogue import BY_KEY
from moderation.rules.listed import takes_words
from moderation.rules.rule import Severity
from moderation.store.content import Seals
from moderation.store.leases import held, own_ruling
from moderation.store.rulings import reissue
from moderation.store.schema import APPEALS, CASES, PROPOSALS, RULINGS, VERDICTS
from moderation.store.transaction import CaseRow, Transaction
from moderation.store.verdicts import Opening, open_cases
from moderation.text.template import Template
from moderation.verdict import Decision

AppealRow = Row[Any]
DECIDING = (Severity.REJECT, Severity.REVIEW)


def file(transaction: Transaction, verdict_id: str, text: str, evidence: Sequence[str]) -> int:
    """File an appeal against what stands for a verdict, and return its number; raise DeskError where none can be."""
    verdict = transaction.connection.execute(select(VERDICTS).where(VERDICTS.c.id == verdict_id)).one_or_none()
    actor = transaction.actor
    if verdict is None or (actor.role is Role.SENDER and verdict.tenant != actor.tenant):
        raise DeskError(DeskReason.VERDICT_UNKNOWN, f"there is no verdict {verdict_id}", verdict=verdict_id)
    if _is_appealed(transaction, verdict_id):
        told = f"verdict {verdict_id} was appealed before; a verdict can be appealed once"
        raise DeskError(DeskReason.ALREADY_APPEALED, told, verdict=verdict_id)
    case = transaction.connection.execute(select(CASES).where(CASES.c.verdict_id == verdict_id)).one_or_none()
    ruling = _ruling(transaction, case)
    if verdict.content is None:
        told = f"the text of verdict {verdict_id} is no longer kept; check the template again"
        raise DeskError(DeskReason.TEXT_PURGED, told, verdict=verdict_id)
    _require_appealable(transaction, verdict.standing, ruling.ruled_at if ruling else verdict.created_at, verdict_id)
    number = _appealed(transaction, verdict, case)
    filed = transaction.connection.execute(
        insert(APPEALS)
        .values(
            case_number=number,
            verdict_id=verdict_id,
            tenant=verdict.tenant,
            filed_by=actor.name,
            content=transaction.seals.seal(appeal_place(verdict_id), {"text": text, "evidence": list(evidence)}),
            filed_at=transaction.now,
            ruled_by=ruling.reviewer if ruling else None,
        )
        .returning(APPEALS.c.number)
    ).scalar_one()
    transaction.ledger.note("appeal.file", f"appeal/{filed}", case=number, verdict=verdict_id)
    transaction.ledger.tell("appeal.filed", number, verdict_id, verdict.tenant, appeal=filed)
    return int(filed)


def decide(transaction: Transaction, number: int, epoch: int, outcome: Outcome, reason: str) -> int:
    """Decide the appeal on a case that who acts holds, and return the appeal's number."""
    row = held(transaction, number, epoch)
    appeal = transaction.connection.execute(select(APPEALS).where(APPEALS.c.case_number == number)).one_or_none()
    if appeal is None:
        told = f"nobody appealed in case {number}; rule it"
        raise DeskError(DeskReason.WRONG_STATE, told, case=number, state=row.state)
    if appeal.ruled_by == transaction.actor.name:
        raise own_ruling(number)
    transaction.move(row, CaseEvent.DECIDE, holder=None, claimed_at=None, lease_expires_at=None)
    transaction.connection.execute(
        update(APPEALS)
        .where(APPEALS.c.number == appeal.number)
        .values(
            outcome=outcome,
            decided_by=transaction.actor.name,
            reason=transaction.seals.seal(reason_place(row.verdict_id), reason),
            decided_at=transaction.now,
        )
    )
    transaction.ledger.note("appeal.decide", f"appeal/{appeal.number}", case=number, outcome=outcome.value)
    if outcome is Outcome.REVERSED:
        reissue(transaction, row.verdict_id, Decision.PASS)
        _propose(transaction, row)
    transaction.ledger.tell(
        "appeal.decided", number, row.verdict_id, row.tenant, appeal=appeal.number, outcome=outcome.value
    )
    return int(appeal.number)


def appeal_of(row: AppealRow, seals: Seals) -> Appeal:
    """Return the appeal of a row."""
    content = seals.unseal(appeal_place(row.verdict_id), row.content)
    return Appeal(
        number=row.number,
        case=row.case_number,
        verdict_id=row.verdict_id,
        tenant=row.tenant,
        filed_by=row.filed_by,
        text=content["text"],
        evidence=tuple(content["evidence"]),
        filed_at=row.filed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        decided_by=row.decided_by or "",
        reason=seals.unseal(reason_place(row.verdict_id), row.reason) if row.reason else "",
        decided_at=row.decided_at,
    )


def proposal_of(row: AppealRow, seals: Seals) -> Proposal:
    """Return the proposal of a row."""
    content = seals.unseal(proposal_place(row.case_number), row.content)
    return Proposal(row.number, row.case_number, row.rule_id, content["term"], content["quote"], row.proposed_at)


def appeal_place(verdict_id: str) -> str:
    """Return the place that the content of an appeal is sealed for."""
    return f"appeal/{verdict_id}"


def reason_place(verdict_id: str) -> str:
    """Return the place that the reason of a decision on an appeal is sealed for."""
    return f"appeal/{verdict_id}/reason"


def proposal_place(case: int) -> str:
    """Return the place that the proposals of a case are sealed for."""
    return f"proposal/{case}"


def _is_appealed(transaction: Transaction, verdict_id: str) -> bool:
    known = select(exists().where(APPEALS.c.verdict_id == verdict_id))
    return bool(transaction.connection.execute(known).scalar_one())


def _ruling(transaction: Transaction, case: CaseRow | None) -> Row[Any, Any] | None:
    if case is None:
        return None
    wanted = select(RULINGS.c.reviewer, RULINGS.c.ruled_at).where(RULINGS.c.case_number == case.number)
    return transaction.connection.execute(wanted).one_or_none()


def _require_appealable(transaction: Transaction, standing: str, decided_at: datetime, verdict_id: str) -> None:
    if standing != Decision.REJECT:
        told = f"verdict {verdict_id} is {standing}; only what is rejected can be appealed"
        raise DeskError(DeskReason.NOT_APPEALABLE, told, verdict=verdict_id, decision=standing)
    closes = decided_at + transaction.policy.appeal_window
    if closes < transaction.now:
        told = f"verdict {verdict_id} could be appealed until {closes.isoformat()}"
        raise DeskError(DeskReason.APPEAL_WINDOW_CLOSED, told, verdict=verdict_id, until=closes.isoformat())


def _appealed(transaction: Transaction, verdict: Row[Any], case: CaseRow | None) -> int:
    """Let the case of a verdict wait for the decision, and return its number; a machine's rejection gets a new one."""
    if case is not None:
        due = transaction.now + transaction.policy.due
        moved = transaction.move(case, CaseEvent.FILE, queue=Queue.APPEAL, priority=Priority.COMPLAINT, due_at=due)
        return int(moved.number)
    content = transaction.seals.unseal_verdict(verdict.id, verdict.content)
    opening = Opening(
        verdict.id,
        verdict.tenant,
        content.template.text,
        Queue.APPEAL,
        Priority.COMPLAINT,
        content.tags,
        CaseState.APPEALED,
    )
    return open_cases(transaction, [opening])[verdict.id]


def _propose(transaction: Transaction, row: CaseRow) -> None:
    """Propose an exception for each listed word that a rule took for what it was not."""
    sealed = transaction.connection.execute(select(VERDICTS.c.content).where(VERDICTS.c.id == row.verdict_id)).scalar()
    if sealed is None:
        return
    content = transaction.seals.unseal_verdict(row.verdict_id, sealed)
    found = dict.fromkeys(
        (one.rule_id, one.term, one.quote)
        for one in content.reasons
        if one.severity in DECIDING and _is_written_word(one, content.template)
    )
    proposals = [
        {
            "case_number": row.number,
            "rule_id": rule_id,
            "content": transaction.seals.seal(proposal_place(row.number), {"term": term, "quote": quote}),
            "proposed_at": transaction.now,
        }
        for rule_id, term, quote in found
    ]
    if proposals:
        transaction.connection.execute(insert(PROPOSALS), proposals)
        transaction.ledger.note("exception.propose", f"case/{row.number}", rules=sorted({one[0] for one in found}))


def _is_written_word(reason: Reason, template: Template) -> bool:
    """Return whether a finding is of a listed word that the template holds, not of what it lacks or of its form."""
    rule = BY_KEY.get(reason.rule_id)
    is_written = bool(reason.quote) and (reason.quote in template.text or reason.quote in template.signature)
    return rule is not None and takes_words(rule) and is_written
