"""What is kept no longer than its time: texts, events, answers to request ids, counts of hits."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from moderation.review.spikes import BASELINE
from moderation.review.states import CaseState
from moderation.store.appeals import appeal_place, reason_place
from moderation.store.columns import EPOCH
from moderation.store.leases import skip_place
from moderation.store.rulings import note_place
from moderation.store.schema import (
    APPEALS,
    CASE_BANDS,
    CASE_SKIPS,
    CASES,
    DELIVERIES,
    EVENTS,
    PROPOSALS,
    REQUESTS,
    RULINGS,
    VERDICTS,
    DeliveryState,
)
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import ALERT_DELIVERIES, ALERTS, HIT_EXAMPLES, HITS, REJECT_COUNTS

REQUESTS_KEPT = timedelta(days=30)
"""How long a write may be sent again under its request id."""

HITS_KEPT = timedelta(days=180)
"""How long it is known what was hit on a day."""

AT_ONCE = 100
"""Verdicts whose texts are purged in one transaction."""

DONE = (CaseState.RULED, CaseState.FINAL)


def purge_texts(transaction: Transaction) -> int:
    """Delete the texts of verdicts that are old enough and wait for nobody; return how many verdicts."""
    connection, seals = transaction.connection, transaction.seals
    before = transaction.now - transaction.policy.texts_kept
    waiting = select(CASES.c.verdict_id).where(CASES.c.state.not_in(DONE))
    old = VERDICTS.c.created_at < before, VERDICTS.c.content.is_not(None), VERDICTS.c.id.not_in(waiting)
    ids = list(connection.execute(select(VERDICTS.c.id).where(*old).limit(AT_ONCE)).scalars())
    for verdict_id in ids:
        connection.execute(update(VERDICTS).where(VERDICTS.c.id == verdict_id).values(content=None))
        empty = {"text": "", "evidence": []}
        connection.execute(
            update(APPEALS)
            .where(APPEALS.c.verdict_id == verdict_id)
            .values(
                content=seals.seal(appeal_place(verdict_id), empty), reason=seals.seal(reason_place(verdict_id), "")
            )
        )
        number = connection.execute(select(CASES.c.number).where(CASES.c.verdict_id == verdict_id)).scalar_one_or_none()
        if number is not None:
            _purge_case(transaction, number)
    if ids:
        transaction.ledger.note("texts.purge", "verdicts", verdicts=len(ids), before=before.isoformat())
    return len(ids)


def purge_traces(transaction: Transaction) -> None:
    """Delete answers to request ids, and events that are due to nobody, when they are old enough."""
    connection = transaction.connection
    connection.execute(delete(REQUESTS).where(REQUESTS.c.at < transaction.now - REQUESTS_KEPT))
    old = select(func.max(EVENTS.c.sequence)).where(EVENTS.c.at < transaction.now - transaction.policy.audit_kept)
    last = connection.execute(old).scalar() or 0
    is_over = DELIVERIES.c.event <= last, DELIVERIES.c.state != DeliveryState.DUE
    connection.execute(delete(DELIVERIES).where(*is_over))
    due = select(DELIVERIES.c.event)
    connection.execute(delete(EVENTS).where(EVENTS.c.sequence <= last, EVENTS.c.sequence.not_in(due)))


def purge_trials(transaction: Transaction) -> None:
    """Delete what was counted of trials and rejects, and the alerts, when they are old enough."""
    connection, now, policy = transaction.connection, transaction.now, transaction.policy
    connection.execute(delete(HIT_EXAMPLES).where(HIT_EXAMPLES.c.at < now - policy.texts_kept))
    connection.execute(delete(HITS).where(HITS.c.day < (now - EPOCH - HITS_KEPT).days))
    connection.execute(delete(REJECT_COUNTS).where(REJECT_COUNTS.c.begins_at < now - 2 * BASELINE))
    last = connection.execute(select(func.max(ALERTS.c.sequence)).where(ALERTS.c.at < now - policy.audit_kept)).scalar()
    is_over = ALERT_DELIVERIES.c.event <= (last or 0), ALERT_DELIVERIES.c.state != DeliveryState.DUE
    connection.execute(delete(ALERT_DELIVERIES).where(*is_over))
    due = select(ALERT_DELIVERIES.c.event)
    connection.execute(delete(ALERTS).where(ALERTS.c.sequence <= (last or 0), ALERTS.c.sequence.not_in(due)))


def _purge_case(transaction: Transaction, number: int) -> None:
    connection, seals = transaction.connection, transaction.seals
    connection.execute(update(CASES).where(CASES.c.number == number).values(sketch=b""))
    connection.execute(delete(CASE_BANDS).where(CASE_BANDS.c.case_number == number))
    connection.execute(delete(PROPOSALS).where(PROPOSALS.c.case_number == number))
    note = seals.seal(note_place(number), "")
    connection.execute(update(RULINGS).where(RULINGS.c.case_number == number).values(note=note))
    skips = select(CASE_SKIPS.c.reviewer).where(CASE_SKIPS.c.case_number == number)
    for reviewer in connection.execute(skips).scalars().all():
        connection.execute(
            update(CASE_SKIPS)
            .where(CASE_SKIPS.c.case_number == number, CASE_SKIPS.c.reviewer == reviewer)
            .values(reason=seals.seal(skip_place(number, reviewer), ""))
        )
