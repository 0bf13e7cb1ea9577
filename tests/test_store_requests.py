"""A write that is sent again under its request id changes nothing and is answered as before, in either store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from store_invariants import check_invariants, contents
from stores import JIA, LI, WANG, YI, ZHANG, Store, each_store, recording, refused  # noqa: F401 - a fixture

from moderation.review.case import Outcome, ReasonCode
from moderation.review.desk import DeskReason
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.review.states import CaseState
from moderation.verdict import Decision
from moderation.wordlists.change import Change, Operation

Call = Callable[[Store, str], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """A write: what was done before it, the write itself, and the same with other arguments."""

    prepare: Callable[[Store], object]
    call: Call
    otherwise: Call


def two_claimed(store: Store) -> None:
    store.claimed()
    store.claimed()


def two_claimed_one_open(store: Store) -> None:
    two_claimed(store)
    store.open_case()


def appeal_claimed(store: Store) -> None:
    store.desk.claim(LI, store.appealed().number)


def reject(store: Store) -> str:
    """Return the one verdict of a store, which is rejected."""
    return store.desk.record([recording("甲", machine=Decision.REJECT)])[0].verdict_id


def changes(*entries: str) -> list[Change]:
    return [Change(Operation.ADD, "a/b", entry, f"{entry}\tlaw9", line) for line, entry in enumerate(entries, 1)]


def one_applied_one_not(store: Store) -> None:
    store.wordlists.upload(ZHANG, changes("甲", "丁"), "更新", 0)
    store.wordlists.apply(ZHANG, 1, 0, approval_above=2)
    store.wordlists.upload(ZHANG, changes("甲", "乙"), "更新", 1)


def one_that_waits(store: Store) -> None:
    one_applied_one_not(store)
    store.wordlists.apply(ZHANG, 2, 1, approval_above=1)


VERBS = {
    "claim_next": Verb(
        lambda store: [store.open_case() for _ in range(2)],
        lambda store, request: store.desk.claim_next(ZHANG, request_id=request),
        lambda store, request: store.desk.claim_next(ZHANG, tags=frozenset(("a",)), request_id=request),
    ),
    "claim_next of nothing": Verb(
        lambda store: None,
        lambda store, request: store.desk.claim_next(ZHANG, request_id=request),
        lambda store, request: store.desk.claim_next(ZHANG, skills=frozenset(("dialect:wu",)), request_id=request),
    ),
    "claim": Verb(
        lambda store: [store.open_case() for _ in range(2)],
        lambda store, request: store.desk.claim(ZHANG, 1, request_id=request),
        lambda store, request: store.desk.claim(ZHANG, 2, request_id=request),
    ),
    "renew": Verb(
        two_claimed,
        lambda store, request: store.desk.renew(ZHANG, 1, 1, request_id=request),
        lambda store, request: store.desk.renew(ZHANG, 2, 1, request_id=request),
    ),
    "release": Verb(
        two_claimed,
        lambda store, request: store.desk.release(ZHANG, 1, 1, request_id=request),
        lambda store, request: store.desk.release(ZHANG, 1, 2, request_id=request),
    ),
    "skip": Verb(
        two_claimed,
        lambda store, request: store.desk.skip(ZHANG, 1, 1, "看不懂", request_id=request),
        lambda store, request: store.desk.skip(ZHANG, 1, 1, "", request_id=request),
    ),
    "rule": Verb(
        two_claimed_one_open,
        lambda store, request: store.desk.rule(
            ZHANG, 1, 1, Decision.REJECT, ReasonCode.UNCLEAR, "甲", also=[3], request_id=request
        ),
        lambda store, request: store.desk.rule(
            ZHANG, 1, 1, Decision.REJECT, ReasonCode.UNCLEAR, "乙", also=[3], request_id=request
        ),
    ),
    "file_appeal": Verb(
        reject,
        lambda store, request: store.desk.file_appeal(JIA, reject(store), "请复核", ["甲"], request_id=request),
        lambda store, request: store.desk.file_appeal(JIA, reject(store), "请复核", ["乙"], request_id=request),
    ),
    "upload wordlists": Verb(
        lambda store: None,
        lambda store, request: store.wordlists.upload(ZHANG, changes("甲", "乙"), "更新", 0, request_id=request),
        lambda store, request: store.wordlists.upload(ZHANG, changes("甲", "丙"), "更新", 0, request_id=request),
    ),
    "apply wordlists": Verb(
        one_applied_one_not,
        lambda store, request: store.wordlists.apply(ZHANG, 2, 1, approval_above=2, request_id=request),
        lambda store, request: store.wordlists.apply(ZHANG, 2, 1, approval_above=3, request_id=request),
    ),
    "apply wordlists that wait": Verb(
        one_applied_one_not,
        lambda store, request: store.wordlists.apply(ZHANG, 2, 1, approval_above=1, request_id=request),
        lambda store, request: store.wordlists.apply(ZHANG, 1, 1, approval_above=1, request_id=request),
    ),
    "approve wordlists": Verb(
        one_that_waits,
        lambda store, request: store.wordlists.approve(LI, 2, 1, request_id=request),
        lambda store, request: store.wordlists.approve(LI, 2, 2, request_id=request),
    ),
    "drop wordlists": Verb(
        one_that_waits,
        lambda store, request: store.wordlists.drop(LI, 2, "不需要", request_id=request),
        lambda store, request: store.wordlists.drop(LI, 2, "", request_id=request),
    ),
    "roll wordlists back": Verb(
        one_applied_one_not,
        lambda store, request: store.wordlists.rollback(ZHANG, 0, 1, "误伤", request_id=request),
        lambda store, request: store.wordlists.rollback(ZHANG, 0, 1, "", request_id=request),
    ),
    "decide": Verb(
        appeal_claimed,
        lambda store, request: store.desk.decide(LI, 1, 2, Outcome.REVERSED, "已核实", request_id=request),
        lambda store, request: store.desk.decide(LI, 1, 2, Outcome.UPHELD, "已核实", request_id=request),
    ),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_write_that_is_repeated(store: Store, verb: Verb) -> None:
    verb.prepare(store)
    answer = verb.call(store, "r1")
    after = contents(store.engine)
    store.clock.move(timedelta(seconds=1))
    assert verb.call(store, "r1") == answer
    with refused(DeskReason.REQUEST_ID_REUSED):
        verb.otherwise(store, "r1")
    assert contents(store.engine) == after
    check_invariants(store.engine)


def test_a_request_id_is_of_one_person_and_one_verb(store: Store) -> None:
    first, second = store.open_case(), store.open_case()
    store.desk.claim(ZHANG, first, request_id="r1")
    with refused(DeskReason.REQUEST_ID_REUSED):
        store.desk.claim_next(ZHANG, request_id="r1")
    assert store.desk.claim(LI, second, request_id="r1").number == second


def test_a_refused_write_leaves_its_request_id_free(store: Store) -> None:
    number = store.claimed(LI).number
    with refused(DeskReason.WRONG_STATE):
        store.desk.claim(ZHANG, number, request_id="r1")
    store.desk.release(LI, number, 1)
    assert store.desk.claim(ZHANG, number, request_id="r1").line.state is CaseState.CLAIMED


@pytest.mark.parametrize(
    "end",
    [
        lambda store: store.desk.release(ZHANG, 1, 1),
        lambda store: store.desk.rule(ZHANG, 1, 1, Decision.PASS, ReasonCode.LAWFUL),
        lambda store: store.clock.move(ReviewPolicy().lease),
    ],
)
def test_a_claim_that_is_repeated_too_late(store: Store, end: Callable[[Store], object]) -> None:
    """The lease that it answered is over: the reviewer must not believe to hold the case."""
    store.open_case()
    assert store.desk.claim_next(ZHANG, request_id="r1") is not None
    end(store)
    with refused(DeskReason.LEASE_LOST):
        store.desk.claim_next(ZHANG, request_id="r1")


@pytest.mark.parametrize("who", [YI, WANG])
def test_an_answer_is_for_who_asked_first(store: Store, who: Actor) -> None:
    verdict_id = reject(store)
    store.desk.file_appeal(JIA, verdict_id, "请复核", request_id="r1")
    with refused(DeskReason.VERDICT_UNKNOWN if who is YI else DeskReason.ALREADY_APPEALED):
        store.desk.file_appeal(who, verdict_id, "请复核", request_id="r1")
