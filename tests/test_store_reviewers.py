"""Eight reviewers at once, who stall, give back and are killed, rule each case exactly once, in either store.

STORE_TEST_CASES sets how many cases; the figure that the project holds itself to is 2,000.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from store_children import LEASE, OVER, Acknowledged, review_all, started
from store_invariants import check_invariants, rows
from stores import Store, each_store, recording  # noqa: F401 - a fixture

from moderation.review.states import CaseState
from moderation.store.schema import CASES, RULINGS

CASES_IN_ALL = int(os.environ.get("STORE_TEST_CASES", "300"))
REVIEWERS = 8
KILLS, KILLED_EVERY = 12, LEASE.total_seconds()


def test_each_case_is_ruled_once(store: Store, tmp_path: Path) -> None:
    acknowledged = Acknowledged(tmp_path / "acknowledged")
    for start in range(0, CASES_IN_ALL, 100):
        store.desk.record([recording() for _ in range(min(100, CASES_IN_ALL - start))])
    reviewers = [started(review_all, store.address, acknowledged, number) for number in range(REVIEWERS)]
    for seed in range(REVIEWERS, REVIEWERS + KILLS):
        time.sleep(random.random() * KILLED_EVERY)
        victim = random.randrange(REVIEWERS)
        reviewers[victim].kill()
        reviewers[victim].join()
        reviewers[victim] = started(review_all, store.address, acknowledged, seed)
    for reviewer in reviewers:
        reviewer.join()
    answers = acknowledged.read()
    ruled = rows(store.engine, RULINGS.c.case_number, RULINGS.c.epoch, RULINGS.c.decision, RULINGS.c.reviewer)
    states = rows(store.engine, CASES.c.state)
    assert {reviewer.exitcode for reviewer in reviewers} == {0}
    assert states == [(CaseState.RULED,)] * CASES_IN_ALL
    assert len(ruled) == CASES_IN_ALL
    assert set(answers["ruled"]) <= set(ruled)
    assert len(set(answers["ruled"])) == len(answers["ruled"])
    assert set() < {reason for (reason,) in answers["refused"]} <= set(OVER)
    check_invariants(store.engine)
