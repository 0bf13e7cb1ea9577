"""Figures of the review by queue, by rule and by reviewer."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement, Connection, and_, func, select

from moderation.review.case import (
    Outcome,
    Queue,
    QueueStatistics,
    ReviewerStatistics,
    RuleStatistics,
    Statistics,
)
from moderation.review.states import HELD, WAITING
from moderation.store.columns import EPOCH
from moderation.store.schema import APPEALS, CASES, PASSES, RULINGS, VERDICT_RULES
from moderation.verdict import Decision


def statistics(connection: Connection, now: datetime, since: datetime | None) -> Statistics:
    """Return the figures; what people did before `since` is not counted."""
    start = since or EPOCH
    passes = select(func.coalesce(func.sum(PASSES.c.count), 0)).where(PASSES.c.day >= (start - EPOCH).days)
    return Statistics(
        _queues(connection, now),
        _rules(connection, start),
        _reviewers(connection, start),
        int(connection.execute(passes).scalar_one()),
    )


def _queues(connection: Connection, now: datetime) -> tuple[QueueStatistics, ...]:
    waits, is_held = CASES.c.state.in_(sorted(WAITING)), CASES.c.state.in_(sorted(HELD))
    rows = connection.execute(
        select(
            CASES.c.queue,
            func.count().filter(waits),
            func.count().filter(is_held),
            func.count().filter(CASES.c.due_at <= now),
            func.min(CASES.c.opened_at).filter(waits),
        )
        .where(CASES.c.state.in_(sorted(WAITING | HELD)))
        .group_by(CASES.c.queue)
    )
    found = {queue: (waiting, held, overdue, oldest) for queue, waiting, held, overdue, oldest in rows}
    return tuple(QueueStatistics(queue, *found.get(queue, (0, 0, 0, None))) for queue in Queue)


def _rules(connection: Connection, start: datetime) -> tuple[RuleStatistics, ...]:
    ruled = and_(RULINGS.c.case_number == CASES.c.number, RULINGS.c.ruled_at >= start)
    appealed = and_(APPEALS.c.case_number == CASES.c.number, APPEALS.c.filed_at >= start)
    rows = connection.execute(
        select(
            VERDICT_RULES.c.rule_id,
            func.count(),
            func.count().filter(RULINGS.c.decision == Decision.PASS),
            func.count().filter(RULINGS.c.decision == Decision.REJECT),
            func.count(APPEALS.c.number),
            func.count().filter(APPEALS.c.outcome == Outcome.REVERSED),
        )
        .join(CASES, CASES.c.verdict_id == VERDICT_RULES.c.verdict_id)
        .outerjoin(RULINGS, ruled)
        .outerjoin(APPEALS, appealed)
        .group_by(VERDICT_RULES.c.rule_id)
        .order_by(VERDICT_RULES.c.rule_id)
    )
    return tuple(RuleStatistics(*row) for row in rows)


def _reviewers(connection: Connection, start: datetime) -> tuple[ReviewerStatistics, ...]:
    decided: dict[str, list[Decision]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(list)
    ruled = select(RULINGS.c.reviewer, RULINGS.c.decision, RULINGS.c.seconds).where(RULINGS.c.ruled_at >= start)
    for reviewer, decision, taken in connection.execute(ruled):
        decided[reviewer].append(Decision(decision))
        seconds[reviewer].append(taken)
    deciders = _appeals_by(connection, APPEALS.c.decided_by, APPEALS.c.decided_at >= start)
    reversed_since = and_(APPEALS.c.decided_at >= start, APPEALS.c.outcome == Outcome.REVERSED)
    overturned = _appeals_by(connection, APPEALS.c.ruled_by, reversed_since)
    return tuple(
        ReviewerStatistics(
            reviewer,
            passed=decided[reviewer].count(Decision.PASS),
            rejected=decided[reviewer].count(Decision.REJECT),
            decided_appeals=deciders.get(reviewer, 0),
            overturned=overturned.get(reviewer, 0),
            median_seconds=median(seconds[reviewer]) if seconds[reviewer] else None,
        )
        for reviewer in sorted({*decided, *deciders, *overturned})
    )


def _appeals_by(connection: Connection, who: ColumnElement[str], condition: ColumnElement[bool]) -> dict[str, int]:
    """Return the numbers of appeals that a condition holds for by the person of a column."""
    rows = connection.execute(select(who, func.count()).where(condition, who.is_not(None)).group_by(who))
    return {name: int(number) for name, number in rows}
