"""What must never be is refused by the database itself, SQLite or PostgreSQL, whoever writes to it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from store_invariants import contents
from stores import Store, each_store, recording  # noqa: F401 - a fixture

from moderation.review.case import Outcome
from moderation.store.database import writing
from moderation.store.migration import require_current
from moderation.verdict import Decision

COPY_OF_RULING = "SELECT case_number, 9, reviewer, decision, code, note, seconds, ruled_at FROM rulings"
NEW_APPEAL = "INSERT INTO appeals (case_number, verdict_id, tenant, filed_by, content, filed_at)"

REFUSED = {
    "a second ruling on a case": f"INSERT INTO rulings {COPY_OF_RULING}",
    "a ruling on no case": f"INSERT INTO rulings {COPY_OF_RULING.replace('case_number', '99')}",
    "a ruling that is none": "UPDATE rulings SET decision = 'REVIEW'",
    "a ruling without a known reason": "UPDATE rulings SET code = 'unclear'",
    "a second appeal on a verdict": f"{NEW_APPEAL} SELECT 3, verdict_id, tenant, filed_by, content, filed_at"
    " FROM appeals",
    "a second appeal on a case": f"{NEW_APPEAL} SELECT case_number, (SELECT verdict_id FROM cases WHERE number = 3),"
    " tenant, filed_by, content, filed_at FROM appeals",
    "an appeal on no case": "UPDATE appeals SET case_number = 99",
    "an appeal decided by who ruled": "UPDATE appeals SET decided_by = ruled_by",
    "an appeal decided by nobody": "UPDATE appeals SET decided_by = NULL",
    "an appeal decided at no time": "UPDATE appeals SET decided_at = NULL",
    "an appeal with a decider and no outcome": "UPDATE appeals SET outcome = NULL",
    "an outcome that is none": "UPDATE appeals SET outcome = 'upheld'",
    "a held case without a holder": "UPDATE cases SET holder = NULL WHERE number = 2",
    "a held case that never ends": "UPDATE cases SET lease_expires_at = NULL WHERE number = 2",
    "a held case that was never claimed": "UPDATE cases SET claimed_at = NULL WHERE number = 2",
    "a waiting case with a lease": "UPDATE cases SET state = 'OPEN' WHERE number = 2",
    "a waiting case that becomes held without a lease": "UPDATE cases SET state = 'CLAIMED' WHERE number = 3",
    "a waiting case with a holder": "UPDATE cases SET holder = 'zhang' WHERE number = 3",
    "a case of an unknown state": "UPDATE cases SET state = 'open' WHERE number = 3",
    "a case of an unknown queue": "UPDATE cases SET queue = 'OTHER'",
    "a case of an unknown priority": "UPDATE cases SET priority = 4",
    "a case of an epoch below none": "UPDATE cases SET epoch = -1",
    "a second case of a verdict": "UPDATE cases SET verdict_id = (SELECT verdict_id FROM cases WHERE number = 1)",
    "a case of no verdict": "UPDATE cases SET verdict_id = 'x' WHERE number = 3",
    "a case that goes while things hang on it": "DELETE FROM cases WHERE number = 1",
    "a verdict that goes while its case is there": "DELETE FROM verdicts",
    "the same verdict twice": "UPDATE verdicts SET fingerprint = (SELECT min(fingerprint) FROM verdicts)",
    "a verdict that nothing tells from others": "UPDATE verdicts SET fingerprint = content",
    "a decision that is none": "UPDATE verdicts SET standing = 'pass'",
    "a tag twice": "INSERT INTO case_tags SELECT case_number, tag FROM case_tags",
    "fewer passes than none": "UPDATE passes SET count = -1",
    "an audit entry that is changed": "UPDATE audit SET actor = 'li' WHERE sequence = 1",
    "an audit entry that is set to what it was": "UPDATE audit SET sequence = sequence",
    "an audit entry that is deleted": "DELETE FROM audit WHERE sequence = 1",
    "the newest audit entry that is deleted": "DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)",
    "an audit entry that continues another's past": "INSERT INTO audit SELECT sequence + 1000, at, actor, role, action,"
    " subject, details, previous, digest FROM audit WHERE sequence = 1",
    "an audit whose head is gone": "DELETE FROM audit_head",
    "an audit with two heads": "INSERT INTO audit_head SELECT 2, count, digest, anchor_count, anchor_digest"
    " FROM audit_head",
    "an audit that is shorter than what was purged": "UPDATE audit_head SET anchor_count = count + 1",
}


@pytest.fixture(name="filled")
def filled_store(store: Store) -> Store:
    """A store with a case that was appealed to the end, one that is held, and one that waits."""
    store.decided(Outcome.UPHELD)
    store.claimed()
    store.open_case(recording(tags=("a",)))
    store.desk.record([recording(machine=Decision.REJECT)], {"jia": 1})
    return store


def test_what_the_schema_refuses(filled: Store) -> None:
    before = contents(filled.engine)
    accepted = []
    for what, statement in REFUSED.items():
        try:
            with writing(filled.engine) as connection:
                connection.execute(text(statement))
            accepted.append(what)
        except DatabaseError:
            continue
    assert not accepted
    assert contents(filled.engine) == before


def test_a_purge_of_the_audit_up_to_its_anchor_is_accepted(filled: Store) -> None:
    with writing(filled.engine) as connection:
        connection.execute(text("UPDATE audit_head SET anchor_count = 2"))
        assert connection.execute(text("DELETE FROM audit WHERE sequence <= 2")).rowcount == 2


def test_the_audit_cannot_be_truncated(filled: Store) -> None:
    if filled.kind == "sqlite":
        return  # SQLite has no TRUNCATE; its DELETE of all rows fires the triggers, and is refused above
    with pytest.raises(DatabaseError), writing(filled.engine) as connection:
        connection.execute(text("TRUNCATE audit CASCADE"))
    require_current(filled.engine)
