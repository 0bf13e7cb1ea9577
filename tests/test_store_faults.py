"""Whichever call to the database fails, a write has happened wholly or not at all, and can be sent again.

Each verb is run with a fault at the first, the second, the third … call, until there is none left to fail.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from database_faults import Failing, Fault, failing
from store_invariants import check_invariants, contents
from stores import LI, POSTGRESQL, SQLITE, ZHANG, Store, fresh, recording, refused
from test_store_requests import VERBS, Call

from moderation.review.desk import CaseFilter, DeskError, DeskReason
from moderation.review.policy import ReviewPolicy
from moderation.store.migration import require_current
from moderation.verdict import Decision

RECORDED = [recording(machine=machine, tags=("a",)) for machine in Decision]


def record(store: Store, _request: str) -> object:
    return [(one.case, one.standing) for one in store.desk.record([*RECORDED, RECORDED[2]])]


def held_too_long(store: Store) -> None:
    store.claimed(LI)
    store.clock.move(ReviewPolicy().lease)


CALLS: dict[str, tuple[Callable[[Store], object], Call]] = {
    **{name: (verb.prepare, verb.call) for name, verb in VERBS.items()},
    "record": (lambda store: store.desk.record(RECORDED[:1]), record),
    "claim_next what another held": (held_too_long, VERBS["claim_next"].call),
    "claim what another held": (held_too_long, VERBS["claim"].call),
}
FAULTS = {
    "refused once": (Fault.REFUSED, False),
    "refused from then on": (Fault.REFUSED, True),
    "committed but not answered": (Fault.UNANSWERED, False),
}
LEAST_CALLS = {Fault.REFUSED: 5, Fault.UNANSWERED: 1, Fault.CUT: 5}


def is_answered(call: Call, store: Store, fault: Failing) -> bool:
    """Return whether a write was answered; where it was not, the store is told to be unavailable."""
    reason = None
    try:
        call(store, "r1")
    except DeskError as error:
        reason = error.reason
    assert reason is None or (reason is DeskReason.STORE_UNAVAILABLE and fault.has_fired)
    return reason is None


def send_again(store: Store, call: Call) -> object:
    """Send a write again, from another process as it were, and return the answer."""
    other = Store(store.address, clock=store.clock)
    require_current(other.engine)
    answer = call(other, "r1")
    other.engine.dispose()
    return answer


def fail_at_each_call(prepared: Store, call: Call, fault: Fault, *, is_lasting: bool) -> int:
    """Check one write with a fault at each call to the database, and return the number of these calls."""
    states = [contents(prepared.engine)]
    with closing(prepared.copy()) as swept:
        swept.desk.cases(ZHANG, CaseFilter())
        states.append(contents(swept.engine))
    with closing(prepared.copy()) as unharmed:
        answer = call(unharmed, "r1")
        states.append(contents(unharmed.engine))
    number, store, has_fired = 0, prepared.copy(), True
    while has_fired:
        number += 1
        with failing(store.engine, number, fault, is_lasting=is_lasting) as counted:
            answered = is_answered(call, store, counted)
        has_fired, state = counted.has_fired, contents(store.engine)
        assert state in states, number
        assert state == states[-1] or not answered, number
        check_invariants(store.engine)
        if state != states[0]:
            assert send_again(store, call) == answer
            assert contents(store.engine) == states[-1]
        if state != states[0] or store.kind == POSTGRESQL:  # whose numbers have gaps where writes failed
            store.close()
            store = prepared.copy()
    store.close()
    return number - 1


@pytest.mark.parametrize(("fault", "is_lasting"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize(("prepare", "call"), CALLS.values(), ids=CALLS)
def test_all_or_nothing(
    tmp_path: Path, prepare: Callable[[Store], object], call: Call, fault: Fault, is_lasting: bool
) -> None:
    with closing(fresh(SQLITE, tmp_path)) as prepared:
        prepare(prepared)
        assert fail_at_each_call(prepared, call, fault, is_lasting=is_lasting) >= LEAST_CALLS[fault]


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.UNANSWERED])
@pytest.mark.parametrize(
    "name",
    ["record", "claim_next what another held", "rule", "decide", "upload wordlists", "approve wordlists"],
)
def test_all_or_nothing_over_a_connection_that_is_cut(tmp_path: Path, name: str, fault: Fault) -> None:
    prepare, call = CALLS[name]
    with closing(fresh(POSTGRESQL, tmp_path)) as prepared:
        prepare(prepared)
        assert fail_at_each_call(prepared, call, fault, is_lasting=False) >= LEAST_CALLS[fault]


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    with closing(fresh(SQLITE, tmp_path)) as store:
        kept = store.open_case()
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
        before = contents(store.engine)
        with refused(DeskReason.STORE_UNAVAILABLE):
            store.desk.record([recording() for _ in range(500)])
        assert contents(store.engine) == before
        assert store.desk.case(ZHANG, kept).number == kept
