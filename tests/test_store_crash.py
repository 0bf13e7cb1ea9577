"""Processes are killed while they write, and nothing that either store acknowledged is lost.

STORE_TEST_KILLS sets how many are killed for each store; the figure that the project holds itself to is 200.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from store_children import Acknowledged, do_everything, started
from store_invariants import check_invariants, rows
from stores import Store, each_store  # noqa: F401 - a fixture

from moderation.store.migration import require_current
from moderation.store.schema import APPEALS, AUDIT, CASES, RULINGS, VERDICTS

KILLS = int(os.environ.get("STORE_TEST_KILLS", "40"))
MOST_ANSWERS, LONGEST = 6, 0.05
"""Answers that a process gets before it is killed, at most, and how many seconds later it is."""

STORED = {
    "ruled": (RULINGS.c.case_number, RULINGS.c.epoch, RULINGS.c.decision, RULINGS.c.reviewer),
    "appealed": (APPEALS.c.number, APPEALS.c.case_number),
    "decided": (APPEALS.c.number, APPEALS.c.outcome, APPEALS.c.decided_by),
}
"""Where what was acknowledged is to be found."""


def kill_at_random(store: Store, acknowledged: Acknowledged, seed: int) -> None:
    """Start a process and kill it: every tenth at once, the others after some of the answers that they got."""
    awaited = acknowledged.count() + random.randint(1, MOST_ANSWERS)
    child = started(do_everything, store.address, acknowledged, seed)
    while seed % 10 and child.is_alive() and acknowledged.count() < awaited:
        time.sleep(0.001)
    time.sleep(random.random() * LONGEST)
    assert child.is_alive()
    child.kill()
    child.join()


def test_nothing_that_was_acknowledged_is_lost(store: Store, tmp_path: Path) -> None:
    acknowledged = Acknowledged(tmp_path / "acknowledged")
    for seed in range(KILLS):
        kill_at_random(store, acknowledged, seed)
    require_current(store.engine)
    check_invariants(store.engine)
    answers = acknowledged.read()
    assert set(answers) == {"recorded", "claimed", "ruled", "appealed", "decided"}
    assert len(answers["recorded"]) >= KILLS / 2
    assert set(answers["recorded"]) <= {
        (fingerprint.hex(), verdict_id, case)
        for fingerprint, verdict_id, case in rows(
            store.engine, VERDICTS.c.fingerprint, VERDICTS.c.id, CASES.c.number, of=VERDICTS.outerjoin(CASES)
        )
    }
    noted = set(rows(store.engine, AUDIT.c.action, AUDIT.c.subject, AUDIT.c.actor))
    assert {("case.claim", f"case/{case}", name) for case, _, name in answers["claimed"]} <= noted
    for kind, columns in STORED.items():
        assert set(answers[kind]) <= set(rows(store.engine, *columns)), kind
