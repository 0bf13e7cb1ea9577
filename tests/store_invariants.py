"""What holds of every store at every moment, whatever was done to it and however it was cut short."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Engine, FromClause, LargeBinary, Row, Select, func, select
from stores import RING, START

from moderation.links.states import LinkState
from moderation.review.audit_proof import Verified
from moderation.review.case import Outcome
from moderation.review.states import HELD, CaseState
from moderation.store.audit_log import prove
from moderation.store.columns import SCHEMA
from moderation.store.database import reading
from moderation.store.link_schema import LINK_HEAD, LINKS
from moderation.store.schema import APPEALS, AUDIT, CASE_BANDS, CASES, EVENTS, RULINGS, VERDICTS
from moderation.store.wordlist_schema import WORDLIST_BATCHES, WORDLIST_HEAD, WORDLIST_VERSIONS
from moderation.verdict import Decision
from moderation.wordlists.change import BatchState

VERDICT_ID = re.compile(r"[0-9a-f]{32}")
APPEALED = {CaseState.APPEALED, CaseState.APPEAL_CLAIMED, CaseState.FINAL}

Traces = Counter[tuple[str | int, ...]]

CASE: Select[Any] = (
    select(
        CASES.c.number,
        CASES.c.state,
        CASES.c.epoch,
        CASES.c.holder,
        VERDICTS.c.machine,
        VERDICTS.c.standing,
        RULINGS.c.decision,
        RULINGS.c.epoch.label("ruled_in"),
        RULINGS.c.reviewer,
        APPEALS.c.number.label("appeal"),
        APPEALS.c.outcome,
        APPEALS.c.ruled_by,
        APPEALS.c.decided_by,
    )
    .join(VERDICTS, VERDICTS.c.id == CASES.c.verdict_id)
    .outerjoin(RULINGS, RULINGS.c.case_number == CASES.c.number)
    .outerjoin(APPEALS, APPEALS.c.case_number == CASES.c.number)
)


def check_invariants(engine: Engine) -> None:
    """Raise AssertionError where something in a store contradicts something else in it."""
    assert isinstance(prove(engine, RING, [], START), Verified)
    with reading(engine) as connection:
        rows = connection.execute(CASE).all()
        without_case = connection.execute(
            select(VERDICTS.c.machine, VERDICTS.c.standing).where(VERDICTS.c.id.not_in(select(CASES.c.verdict_id)))
        ).all()
        noted = Counter(map(tuple, connection.execute(select(AUDIT.c.action, AUDIT.c.subject))))
        told = Counter(map(tuple, connection.execute(select(EVENTS.c.kind, EVENTS.c.case_number))))
        compared = set(connection.execute(select(CASE_BANDS.c.case_number)).scalars())
    assert all(tuple(verdict) == (Decision.REJECT, Decision.REJECT) for verdict in without_case)
    for row in rows:
        _check_case(row)
        _check_traces(row, noted, told)
    assert compared == {row.number for row in rows}
    _check_wordlists(engine)
    _check_links(engine)


def _check_links(engine: Engine) -> None:
    """The head is the latest change, and each link that was not imported was noted for the audit."""
    with reading(engine) as connection:
        head = connection.execute(select(LINK_HEAD.c.number)).scalar_one()
        latest = connection.execute(select(func.coalesce(func.max(LINKS.c.change), 0))).scalar_one()
        added = set(connection.execute(select(AUDIT.c.subject).where(AUDIT.c.action == "link.add")).scalars())
        revoked = set(connection.execute(select(LINKS.c.number).where(LINKS.c.state == LinkState.REVOKED)).scalars())
        noted = set(connection.execute(select(AUDIT.c.subject).where(AUDIT.c.action == "link.revoke")).scalars())
        numbers = {f"link/{number}" for number in connection.execute(select(LINKS.c.number)).scalars()}
    assert head == latest
    assert added <= numbers
    assert {f"link/{number}" for number in revoked} <= noted


def _check_wordlists(engine: Engine) -> None:
    """Versions have no gaps, and each batch that is applied is one of them."""
    with reading(engine) as connection:
        versions = connection.execute(select(WORDLIST_VERSIONS.c.number, WORDLIST_VERSIONS.c.batch)).all()
        head = connection.execute(select(WORDLIST_HEAD.c.number)).scalar_one()
        is_applied = WORDLIST_BATCHES.c.state == BatchState.APPLIED
        applied = set(connection.execute(select(WORDLIST_BATCHES.c.number).where(is_applied)).scalars())
        noted = connection.execute(
            select(AUDIT.c.action).where(AUDIT.c.action.in_(["wordlist.apply", "wordlist.rollback"]))
        ).all()
    assert sorted(number for number, _ in versions) == list(range(1, head + 1))
    assert {batch for _, batch in versions if batch is not None} == applied
    assert len(noted) == head


def _check_case(row: Row[Any]) -> None:
    state = CaseState(row.state)
    assert (row.appeal is not None) == (state in APPEALED)
    assert (row.outcome is not None) == (state is CaseState.FINAL)
    assert (row.decision is not None) == (state not in (CaseState.OPEN, CaseState.CLAIMED)) or (
        state in APPEALED and row.machine == Decision.REJECT
    )
    assert (row.holder is not None) == (state in HELD)
    assert row.ruled_by == (row.reviewer if row.appeal else None)
    assert row.decided_by is None or row.decided_by != row.ruled_by
    assert row.ruled_in is None or row.ruled_in <= row.epoch
    said = Decision.PASS if row.outcome == Outcome.REVERSED else row.decision or row.machine
    assert row.standing == said


def _check_traces(row: Row[Any], noted: Traces, told: Traces) -> None:
    """Everything that happened to a case was noted for the audit, and told to its sender, once."""
    case, decided = f"case/{row.number}", row.outcome is not None
    assert noted["case.open", case] == 1
    assert noted["case.claim", case] == row.epoch
    assert noted["case.rule", case] == (row.decision is not None)
    assert noted["case.decide", case] == decided
    ended = sum(noted[f"case.{event}", case] for event in ("release", "skip", "expire", "rule"))
    assert ended + noted["appeal.decide", f"appeal/{row.appeal}"] + (row.state in HELD) == row.epoch
    assert told["case.opened", row.number] == 1
    assert told["case.ruled", row.number] == (row.decision is not None)
    assert told["appeal.filed", row.number] == (row.appeal is not None)
    assert told["appeal.decided", row.number] == decided


def rows(engine: Engine, *columns: ColumnElement[Any], of: FromClause | None = None) -> list[tuple[Any, ...]]:
    """Return what a store holds in some columns."""
    query = select(*columns) if of is None else select(*columns).select_from(of)
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(query)]


def contents(engine: Engine) -> dict[str, list[str]]:
    """Return what a store says, table by table, so that two stores to which the same happened compare as equal.

    Ids of verdicts, which are drawn by lot, are replaced by fingerprints; what is sealed or digested is left out.
    """
    with reading(engine) as connection:
        ids = {
            row.id: row.fingerprint.hex() for row in connection.execute(select(VERDICTS.c.id, VERDICTS.c.fingerprint))
        }
        return {
            table.name: sorted(
                VERDICT_ID.sub(lambda found: ids.get(found[0], found[0]), repr(tuple(row)))
                for row in connection.execute(
                    select(*(column for column in table.columns if not isinstance(column.type, LargeBinary)))
                )
            )
            for table in SCHEMA.sorted_tables
        }
