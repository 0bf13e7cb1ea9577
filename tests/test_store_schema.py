"""What must never be is refused by the database itself, SQLite or PostgreSQL, whoever writes to it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from store_invariants import contents
from stores import Store, each_store, recording  # noqa: F401 - a fixture
from test_store_requests import one_that_waits

from moderation.review.case import Outcome
from moderation.store.database import writing
from moderation.store.migration import require_current
from moderation.verdict import Decision

COPY_OF_RULING = "SELECT case_number, 9, reviewer, decision, code, note, seconds, ruled_at FROM rulings"
NEW_APPEAL = "INSERT INTO appeals (case_number, verdict_id, tenant, filed_by, content, filed_at)"

NEW_VERSION = "INSERT INTO wordlist_versions SELECT"
REST_OF_VERSION = "reason, at, added, removed, replaced FROM wordlist_versions WHERE number = 1"

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
    "a batch that is no longer applied": "UPDATE wordlist_batches SET state = 'DROPPED' WHERE number = 1",
    "a batch that is a draft again": "UPDATE wordlist_batches SET state = 'DRAFT' WHERE number = 2",
    "a batch of another author": "UPDATE wordlist_batches SET author = 'wang' WHERE number = 2",
    "a batch of an unknown state": "UPDATE wordlist_batches SET state = 'draft' WHERE number = 2",
    "a batch that goes": "DELETE FROM wordlist_batches WHERE number = 2",
    "a change that is changed": "UPDATE wordlist_changes SET line = entry WHERE batch = 2",
    "a change that goes": "DELETE FROM wordlist_changes WHERE batch = 2",
    "a change of no batch": "INSERT INTO wordlist_changes SELECT 99, position, operation, wordlist, entry, line, number"
    " FROM wordlist_changes WHERE batch = 2",
    "a removal with a line": "INSERT INTO wordlist_changes SELECT batch, position + 9, 'REMOVE', wordlist, entry, line,"
    " number FROM wordlist_changes WHERE batch = 2",
    "a version that is changed": "UPDATE wordlist_versions SET author = 'wang'",
    "a version that goes": "DELETE FROM wordlist_versions",
    "a version that leaves a gap": f"{NEW_VERSION} 3, NULL, 0, author, NULL, {REST_OF_VERSION}",
    "a version twice": f"{NEW_VERSION} 1, NULL, 0, author, NULL, {REST_OF_VERSION}",
    "a batch in two versions": f"{NEW_VERSION} 2, 1, NULL, author, NULL, {REST_OF_VERSION}",
    "a version that comes of nothing": f"{NEW_VERSION} 2, NULL, NULL, author, NULL, {REST_OF_VERSION}",
    "a version that restores itself": f"{NEW_VERSION} 2, NULL, 2, author, NULL, {REST_OF_VERSION}",
    "a version that its author approved": f"{NEW_VERSION} 2, 2, NULL, author, author, {REST_OF_VERSION}",
    "a current version that is none": "UPDATE wordlist_head SET number = 2",
    "a current version that is not the last": "UPDATE wordlist_head SET number = 0",
    "wordlists without a version": "DELETE FROM wordlist_head",
    "wordlists with two versions": "INSERT INTO wordlist_head VALUES (2, 0)",
    "a line that is changed": "UPDATE wordlist_lines SET line = entry",
    "a line that goes": "DELETE FROM wordlist_lines",
    "a line that ends before it begins": "UPDATE wordlist_lines SET until = since",
    "a second line of an entry": "INSERT INTO wordlist_lines SELECT wordlist, entry, since + 1, until, line, is_shipped"
    " FROM wordlist_lines",
}


@pytest.fixture(name="filled")
def filled_store(store: Store) -> Store:
    """A store with cases appealed to the end, held and waiting, and a version of wordlists with a batch that waits."""
    store.decided(Outcome.UPHELD)
    store.claimed()
    store.open_case(recording(tags=("a",)))
    store.desk.record([recording(machine=Decision.REJECT)], {"jia": 1})
    one_that_waits(store)
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


def test_the_audit_and_the_wordlists_cannot_be_truncated(filled: Store) -> None:
    if filled.kind == "sqlite":
        return  # SQLite has no TRUNCATE; its DELETE of all rows fires the triggers, and is refused above
    for table in ("audit", "wordlist_versions", "wordlist_changes", "wordlist_lines", "wordlist_head"):
        with pytest.raises(DatabaseError), writing(filled.engine) as connection:
            connection.execute(text(f"TRUNCATE {table} CASCADE"))
    require_current(filled.engine)
