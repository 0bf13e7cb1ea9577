"""What somebody changed in a store by hand is found by the proof of its audit, in either database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from stores import POSTGRESQL, RING, SQLITE, Store, each_store

from moderation.review.audit_proof import Fault, FaultKind, Verified
from moderation.review.case import Outcome
from moderation.store.audit_log import prove

__all__ = ["each_store"]

TRIGGERS = {
    SQLITE: ("audit_is_not_changed", "audit_is_kept", "audit_head_is_kept"),
    POSTGRESQL: ("audit_is_kept ON audit", "audit_head_is_kept ON audit_head"),
}
CHANGES = (
    ("UPDATE audit SET details = '{broken' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET details = '[1]' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET at = 9000000000000000000 WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET at = -9000000000000000000 WHERE sequence = 3", FaultKind.EDITED, 3),
    ("UPDATE audit SET actor = '' WHERE sequence = 3", FaultKind.EDITED, 3),
    ("DELETE FROM audit_head", FaultKind.HEAD_DIFFERS, 11),
    ("UPDATE audit_head SET count = 99", FaultKind.HEAD_DIFFERS, 11),
    ("UPDATE rulings SET code = 'LAWFUL'", FaultKind.ROW_DIFFERS, 3),
    ("UPDATE rulings SET ruled_at = ruled_at + 1", FaultKind.ROW_DIFFERS, 3),
    ("DELETE FROM rulings", FaultKind.ROW_DIFFERS, 3),
    ("UPDATE appeals SET outcome = 'UPHELD'", FaultKind.ROW_DIFFERS, 9),
    ("UPDATE appeals SET decided_by = 'wang'", FaultKind.ROW_DIFFERS, 9),
)


def change(engine: Engine, statement: str) -> None:
    """Change a store behind the back of its triggers."""
    with engine.begin() as connection:
        for trigger in TRIGGERS[engine.dialect.name]:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(("statement", "kind", "sequence"), CHANGES)
def test_what_was_changed_is_found(store: Store, statement: str, kind: FaultKind, sequence: int) -> None:
    store.decided(Outcome.REVERSED)
    assert isinstance(prove(store.engine, RING, [], store.clock.now), Verified)
    change(store.engine, statement)
    assert prove(store.engine, RING, [], store.clock.now) == Fault(kind, sequence, 0)
