"""Reading cases: whole ones, and lists page by page with personal data masked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    TextClause,
    bindparam,
    exists,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy import case as sql_case

from moderation.review.case import (
    UNREADABLE,
    Case,
    CaseLine,
    Lease,
    Outcome,
    Priority,
    Queue,
    ReasonCode,
    Ruling,
    Similar,
    Skip,
)
from moderation.review.desk import CaseFilter, Page
from moderation.review.masking import masked
from moderation.review.sealing import SealError
from moderation.review.similar import Sketch, similarities
from moderation.review.states import HELD, WAITING, CaseState
from moderation.store.appeals import appeal_of
from moderation.store.columns import EPOCH, MICROSECOND, Moment
from moderation.store.content import Seals
from moderation.store.leases import ORDER, skip_place, tagged
from moderation.store.pages import position_of, token_of
from moderation.store.rulings import note_place
from moderation.store.schema import (
    APPEALS,
    CASE_BANDS,
    CASE_SKIPS,
    CASE_TAGS,
    CASES,
    IS_UNFINISHED,
    RULINGS,
    VERDICT_RULES,
    VERDICTS,
)
from moderation.store.transaction import case_unknown
from moderation.text.template import Template
from moderation.verdict import Decision

EXCERPT = 40
"""Characters of a template in a list."""

UNFINISHED = WAITING | HELD
NEVER_RULED = (CaseState.OPEN, CaseState.CLAIMED)
MOST_COMPARED = 500
"""Cases that share a fragment with one and are compared with it, the latest first."""

LineRow = Row[Any]


def case(connection: Connection, seals: Seals, number: int) -> Case:
    """Return a whole case; raise DeskError where there is none."""
    row = connection.execute(ONE_LINE, {"number": number}).one_or_none()
    if row is None:
        raise case_unknown(number)
    content = seals.unseal_verdict(row.verdict_id, row.content) if row.content is not None else None
    (line,) = _told(connection, [row], seals)
    given = {"number": number}
    ruling = connection.execute(ITS_RULING, given).one_or_none() if row.state not in NEVER_RULED else None
    appeal = connection.execute(ITS_APPEAL, given).one_or_none() if row.queue == Queue.APPEAL else None
    skips = connection.execute(ITS_SKIPS, given).all()
    return Case(
        line=line,
        template=content.template if content else Template("", tenant=row.tenant),
        reasons=content.reasons if content else (),
        suggested_text=content.suggested_text if content else "",
        ruling=_ruling(ruling, seals) if ruling else None,
        appeal=appeal_of(appeal, seals) if appeal else None,
        skips=tuple(
            Skip(one.reviewer, seals.unseal(skip_place(number, one.reviewer), one.reason), one.skipped_at)
            for one in skips
        ),
        purged=content is None,
    )


def cases(
    connection: Connection, seals: Seals, wanted: CaseFilter, now: datetime, size: int, token: str
) -> Page[CaseLine]:
    """Return a page of the cases that are wanted; raise DeskError for a token that this list did not give."""
    query = _lines().where(*_conditions(wanted, now)).order_by(*ORDER).limit(size + 1)
    if token:
        priority, due, number = position_of(token, _mark(wanted), len(ORDER))
        query = query.where(
            tuple_(*ORDER) > tuple_(literal(priority), literal(EPOCH + due * MICROSECOND, Moment()), literal(number))
        )
    rows = connection.execute(query).all()
    page = rows[:size]
    last = page[-1] if len(rows) > size else None
    return Page(
        tuple(_told(connection, page, seals)),
        token_of((last.priority, (last.due_at - EPOCH) // MICROSECOND, last.number), _mark(wanted)) if last else "",
    )


def similar(connection: Connection, seals: Seals, number: int, size: int) -> tuple[Similar, ...]:
    """Return the cases whose templates resemble that of a case, the most similar first."""
    own = connection.execute(select(CASES.c.sketch).where(CASES.c.number == number)).one_or_none()
    if own is None:
        raise case_unknown(number)
    bands = select(CASE_BANDS.c.band).where(CASE_BANDS.c.case_number == number)
    near = (
        select(CASE_BANDS.c.case_number)
        .where(CASE_BANDS.c.band.in_(bands), CASE_BANDS.c.case_number != number)
        .group_by(CASE_BANDS.c.case_number)
        .order_by(func.count().desc(), CASE_BANDS.c.case_number.desc())
        .limit(MOST_COMPARED)
    )
    found = connection.execute(select(CASES.c.number, CASES.c.sketch).where(CASES.c.number.in_(near))).all()
    if not own.sketch or not found:
        return ()
    likeness = similarities(Sketch(own.sketch), [Sketch(one.sketch) for one in found])
    best = sorted(zip(likeness, (one.number for one in found), strict=True), key=lambda pair: (-pair[0], -pair[1]))
    chosen = {other: share for share, other in best[:size]}
    rows = connection.execute(_lines().where(CASES.c.number.in_(chosen))).all()
    rulings = _standing_rulings(connection, seals, chosen)
    lines = _told(connection, rows, seals)
    told = [Similar(line, round(chosen[line.number], 3), rulings.get(line.number)) for line in lines]
    return tuple(sorted(told, key=lambda one: (-one.similarity, -one.line.number)))


def _lines() -> Select[Any]:
    """Return the query for what a line tells."""
    return (
        select(
            CASES,
            VERDICTS.c.machine,
            VERDICTS.c.risk_score,
            VERDICTS.c.content,
            sql_case((APPEALS.c.outcome == Outcome.REVERSED, Decision.PASS.value), else_=RULINGS.c.decision).label(
                "ruled"
            ),
        )
        .join(VERDICTS, VERDICTS.c.id == CASES.c.verdict_id)
        .outerjoin(RULINGS, RULINGS.c.case_number == CASES.c.number)
        .outerjoin(APPEALS, APPEALS.c.case_number == CASES.c.number)
    )


ONE_LINE = _lines().where(CASES.c.number == bindparam("number"))
ITS_RULING, ITS_APPEAL, ITS_SKIPS = (
    select(table).where(table.c.case_number == bindparam("number")) for table in (RULINGS, APPEALS, CASE_SKIPS)
)
THEIR_TAGS = (
    select(CASE_TAGS).where(CASE_TAGS.c.case_number.in_(bindparam("cases", expanding=True))).order_by(CASE_TAGS.c.tag)
)
THEIR_RULES = (
    select(VERDICT_RULES)
    .where(VERDICT_RULES.c.verdict_id.in_(bindparam("verdicts", expanding=True)))
    .order_by(VERDICT_RULES.c.rule_id)
)
"""Statements that are made once: to make one takes longer than to run it."""


def _excerpt(row: LineRow, seals: Seals) -> str:
    """Return the masked beginning of a template; a text whose key is not there must not hide the other lines."""
    if row.content is None:
        return ""
    try:
        return masked(seals.unseal_verdict(row.verdict_id, row.content).template.text, EXCERPT)
    except SealError:
        return UNREADABLE


def _told(connection: Connection, rows: Sequence[LineRow], seals: Seals) -> list[CaseLine]:
    tags: dict[int, list[str]] = {}
    rules: dict[str, list[str]] = {}
    for number, tag in connection.execute(THEIR_TAGS, {"cases": [row.number for row in rows]}):
        tags.setdefault(number, []).append(tag)
    for verdict_id, rule_id in connection.execute(THEIR_RULES, {"verdicts": [row.verdict_id for row in rows]}):
        rules.setdefault(verdict_id, []).append(rule_id)
    return [
        CaseLine(
            number=row.number,
            verdict_id=row.verdict_id,
            queue=Queue(row.queue),
            state=CaseState(row.state),
            priority=Priority(row.priority),
            tenant=row.tenant,
            machine=Decision(row.machine),
            risk_score=row.risk_score,
            rules=tuple(rules.get(row.verdict_id, ())),
            tags=tuple(tags.get(row.number, ())),
            excerpt=_excerpt(row, seals),
            opened_at=row.opened_at,
            due_at=row.due_at,
            lease=Lease(row.holder, row.epoch, row.lease_expires_at) if row.holder is not None else None,
            ruling=Decision(row.ruled) if row.ruled else None,
        )
        for row in rows
    ]


def _standing_rulings(connection: Connection, seals: Seals, numbers: Iterable[int]) -> dict[int, Ruling]:
    """Return what people decided last on cases, by their numbers: the reversal of a ruling is a ruling too."""
    wanted = list(numbers)
    ruled = connection.execute(select(RULINGS).where(RULINGS.c.case_number.in_(wanted)))
    rulings = {row.case_number: _ruling(row, seals) for row in ruled}
    is_reversed = APPEALS.c.case_number.in_(wanted), APPEALS.c.outcome == Outcome.REVERSED
    for row in connection.execute(select(APPEALS).where(*is_reversed)):
        appeal = appeal_of(row, seals)
        rulings[appeal.case] = Ruling(
            appeal.decided_by, Decision.PASS, ReasonCode.RULE_MISTAKEN, appeal.reason, row.decided_at
        )
    return rulings


def _ruling(row: LineRow, seals: Seals) -> Ruling:
    note = seals.unseal(note_place(row.case_number), row.note) if row.note else ""
    return Ruling(row.reviewer, Decision(row.decision), ReasonCode(row.code), note, row.ruled_at)


def _conditions(wanted: CaseFilter, now: datetime) -> list[ColumnElement[bool] | TextClause]:
    conditions: list[ColumnElement[bool] | TextClause] = [tagged(tag) for tag in sorted(wanted.tags)]
    equal = {
        CASES.c.queue: wanted.queue or None,
        CASES.c.tenant: wanted.tenant or None,
        CASES.c.holder: wanted.holder or None,
        CASES.c.priority: wanted.priority,
    }
    conditions += [column == value for column, value in equal.items() if value is not None]
    if wanted.overdue_only or (wanted.states and wanted.states <= UNFINISHED):
        conditions.append(text(IS_UNFINISHED))
    if wanted.states:
        conditions.append(CASES.c.state.in_(sorted(wanted.states)))
    if wanted.rule_id:
        conditions.append(
            exists().where(VERDICT_RULES.c.verdict_id == CASES.c.verdict_id, VERDICT_RULES.c.rule_id == wanted.rule_id)
        )
    if wanted.overdue_only:
        conditions.append(CASES.c.due_at <= now)
    return conditions


def _mark(wanted: CaseFilter) -> str:
    """Return a mark of a filter, so that no token is taken for another list."""
    fields = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(wanted).items()}
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]
