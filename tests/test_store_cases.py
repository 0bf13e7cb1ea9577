"""Cases in either store: who gets which, for how long, and what each event makes of a case in each state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from store_invariants import check_invariants
from stores import JIA, LI, START, WANG, ZHANG, Store, each_store, epoch, recording, refused  # noqa: F401 - a fixture

from moderation.review.case import Case, Outcome, Priority, Queue, ReasonCode, Skip
from moderation.review.desk import CaseFilter, DeskReason
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.review.states import TABLE, CaseEvent, CaseState
from moderation.text.template import Industry
from moderation.verdict import Decision

LEASE, DUE = ReviewPolicy().lease, ReviewPolicy().due
MOMENT = timedelta(microseconds=1)
SICHUAN = recording(tags=("dialect:sichuan", "industry:retail"))


def drain(store: Store, by: Actor = ZHANG, **wanted: frozenset[str]) -> list[int]:
    """Claim until nothing waits, and return the numbers of the cases in the order in which they came."""
    numbers = []
    while case := store.desk.claim_next(by, **wanted):  # type: ignore[arg-type]
        numbers.append(case.number)
    return numbers


def test_cases_come_by_priority_then_due_time_then_age(store: Store) -> None:
    passed = store.open_case(recording(machine=Decision.PASS))
    normal = [store.open_case(), store.open_case()]
    appealed = store.appealed().number
    store.clock.move(MOMENT)
    (late,) = store.under(ReviewPolicy(due=DUE / 2)).record([recording()])
    government = store.open_case(recording(industry=Industry.GOVERNMENT))
    expected = [appealed, government, late.case, *normal, passed]
    page = store.desk.cases(LI, CaseFilter(states=frozenset((CaseState.OPEN, CaseState.APPEALED))))
    assert [case.number for case in page.items] == expected
    assert drain(store, LI) == expected
    assert store.desk.claim_next(LI) is None
    check_invariants(store.engine)


@pytest.mark.parametrize(
    ("tags", "queues", "expected"),
    [
        ((), (), [5, 1, 2, 3, 4]),
        (("a",), (), [2, 3]),
        (("a", "b"), (), [3]),
        (("A",), (), []),
        (("c",), (), []),
        ((), (Queue.QUALITY,), [4]),
        ((), (Queue.APPEAL, Queue.QUALITY), [5, 4]),
        (("b",), (Queue.REVIEW,), [3]),
    ],
)
def test_tags_and_queues_that_are_asked_for(
    store: Store, tags: tuple[str, ...], queues: tuple[Queue, ...], expected: list[int]
) -> None:
    store.desk.record([recording(tags=each) for each in ((), ("a",), ("b", "a"))])
    store.open_case(recording(machine=Decision.PASS))
    store.appealed()
    assert drain(store, LI, tags=frozenset(tags), queues=frozenset(queues)) == expected


def test_a_skill_reserves_a_case_until_it_is_overdue(store: Store) -> None:
    first, plain = store.open_case(SICHUAN), store.open_case()
    other = store.open_case(recording(tags=("dialect:cantonese",)))
    assert drain(store, ZHANG) == [plain]
    assert drain(store, LI, skills=frozenset(("dialect:sichuan", "dialect:wu"))) == [first]
    store.clock.move(DUE - MOMENT)
    assert drain(store, ZHANG) == [plain]
    store.clock.move(MOMENT)
    assert drain(store, ZHANG) == [first, other]
    assert store.desk.case(ZHANG, first).line.tags == ("dialect:sichuan", "industry:retail")


def test_a_certain_case_can_be_claimed_whatever_its_tags(store: Store) -> None:
    case = store.desk.claim(ZHANG, store.open_case(SICHUAN))
    assert (case.line.state, case.line.tags[0]) == (CaseState.CLAIMED, "dialect:sichuan")
    assert case == store.desk.case(LI, case.number)
    with refused(DeskReason.CASE_UNKNOWN):
        store.desk.claim(ZHANG, 99)


def test_a_lease_ends_by_itself(store: Store) -> None:
    case = store.claimed()
    lease = case.line.lease
    assert lease is not None
    assert (lease.holder, lease.epoch, lease.expires_at) == ("zhang", 1, START + LEASE)
    store.clock.move(LEASE - MOMENT)
    assert store.desk.claim_next(LI) is None
    assert store.desk.case(LI, case.number).line.state is CaseState.CLAIMED
    store.clock.move(MOMENT)
    assert store.desk.case(LI, case.number).line.state is CaseState.OPEN
    with refused(DeskReason.LEASE_LOST):
        store.rule(case)
    taken = store.desk.claim_next(LI)
    assert taken is not None
    assert (taken.number, epoch(taken)) == (case.number, 2)
    check_invariants(store.engine)


def test_a_lease_that_is_renewed_ends_later(store: Store) -> None:
    case = store.claimed()
    store.clock.move(LEASE / 2)
    renewed = store.desk.renew(ZHANG, case.number, 1)
    assert renewed.line.lease is not None
    assert (renewed.line.lease.epoch, renewed.line.lease.expires_at) == (1, START + LEASE * 1.5)
    store.clock.move(LEASE - MOMENT)
    assert store.rule(renewed).line.state is CaseState.RULED


@pytest.mark.parametrize(
    ("by", "in_epoch"), [(ZHANG, 0), (ZHANG, 1), (ZHANG, 3), (LI, 2), (Actor("Zhang", ZHANG.role), 2)]
)
def test_only_the_lease_that_holds_counts(store: Store, by: Actor, in_epoch: int) -> None:
    number = store.open_case()
    store.desk.release(ZHANG, number, epoch(store.desk.claim(ZHANG, number)))
    held = store.desk.claim(ZHANG, number)
    assert epoch(held) == 2
    for verb in (
        lambda: store.desk.renew(by, number, in_epoch),
        lambda: store.desk.release(by, number, in_epoch),
        lambda: store.desk.skip(by, number, in_epoch, "看不懂"),
        lambda: store.desk.rule(by, number, in_epoch, Decision.PASS, ReasonCode.LAWFUL),
        lambda: store.desk.decide(by, number, in_epoch, Outcome.UPHELD, "已核实"),
    ):
        with refused(DeskReason.LEASE_LOST):
            verb()
    assert store.desk.case(ZHANG, number) == held
    check_invariants(store.engine)


def test_who_skips_a_case_does_not_get_it_again(store: Store) -> None:
    first, second = store.open_case(), store.open_case()
    store.desk.skip(ZHANG, first, epoch(store.desk.claim(ZHANG, first)), "认识发送方")
    assert drain(store, ZHANG) == [second]
    again = store.desk.claim(ZHANG, first)
    store.desk.skip(ZHANG, first, epoch(again), "仍认识")
    case = store.desk.claim(LI, first)
    assert case.skips == (Skip("zhang", "认识发送方", START),)
    check_invariants(store.engine)


def test_cases_are_ruled_together(store: Store) -> None:
    case, others = store.claimed(), [store.open_case(SICHUAN), store.open_case()]
    ruled = store.desk.rule(
        ZHANG, case.number, 1, Decision.PASS, ReasonCode.LAWFUL, "同类", also=[*others, case.number, others[0]]
    )
    assert [store.desk.case(ZHANG, number).ruling for number in others] == [ruled.ruling] * 2
    assert {store.desk.case(ZHANG, number).line.lease for number in (case.number, *others)} == {None}
    check_invariants(store.engine)


def lost(store: Store) -> int:
    """Return a case whose lease ran out, which nothing has looked at since."""
    number = store.claimed(LI).number
    store.clock.move(LEASE)
    return number


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (lambda store: 99, DeskReason.CASE_UNKNOWN),
        (lambda store: store.claimed(LI).number, DeskReason.WRONG_STATE),
        (lambda store: store.ruled(by=LI).number, DeskReason.WRONG_STATE),
        (lambda store: store.appealed(LI).number, DeskReason.WRONG_STATE),
        (lambda store: store.decided(Outcome.UPHELD).number, DeskReason.WRONG_STATE),
    ],
)
def test_cases_are_ruled_all_or_none(store: Store, other: Callable[[Store], int], reason: DeskReason) -> None:
    waiting, hindered = store.open_case(), other(store)
    case = store.claimed()
    with refused(reason):
        store.desk.rule(ZHANG, case.number, 1, Decision.PASS, ReasonCode.LAWFUL, also=[waiting, hindered])
    assert store.desk.case(ZHANG, case.number) == case
    assert store.desk.case(ZHANG, waiting).line.state is CaseState.OPEN
    check_invariants(store.engine)


def test_a_case_whose_lease_ran_out_is_ruled_with_others(store: Store) -> None:
    other = lost(store)
    case = store.claimed()
    store.desk.rule(ZHANG, case.number, 1, Decision.PASS, ReasonCode.LAWFUL, also=[other])
    assert store.desk.case(ZHANG, other).line.ruling is Decision.PASS


def test_a_ruling_is_told(store: Store) -> None:
    case = store.claimed()
    store.clock.move(MOMENT)
    ruled = store.desk.rule(ZHANG, case.number, 1, Decision.REJECT, ReasonCode.MISLEADING, "无据\n可查")
    assert ruled.ruling is not None
    assert (ruled.ruling.reviewer, ruled.ruling.decision, ruled.ruling.code) == ("zhang", "REJECT", "MISLEADING")
    assert (ruled.ruling.note, ruled.ruling.ruled_at) == ("无据\n可查", START + MOMENT)
    assert (ruled.line.state, ruled.line.ruling, ruled.line.lease) == (CaseState.RULED, Decision.REJECT, None)


EVENTS: dict[CaseEvent, Callable[[Store, Case, Actor, int], object]] = {
    CaseEvent.CLAIM: lambda store, case, by, held: store.desk.claim(by, case.number),
    CaseEvent.RENEW: lambda store, case, by, held: store.desk.renew(by, case.number, held),
    CaseEvent.RELEASE: lambda store, case, by, held: store.desk.release(by, case.number, held),
    CaseEvent.SKIP: lambda store, case, by, held: store.desk.skip(by, case.number, held, "看不懂"),
    CaseEvent.EXPIRE: lambda store, case, by, held: store.clock.move(LEASE),
    CaseEvent.RULE: lambda store, case, by, held: store.desk.rule(
        by, case.number, held, Decision.REJECT, ReasonCode.UNLAWFUL
    ),
    CaseEvent.FILE: lambda store, case, by, held: store.desk.file_appeal(JIA, case.line.verdict_id, "请复核"),
    CaseEvent.DECIDE: lambda store, case, by, held: store.desk.decide(by, case.number, held, Outcome.UPHELD, "已核实"),
}

STATES: dict[CaseState, Callable[[Store], Case]] = {
    CaseState.OPEN: lambda store: store.desk.case(ZHANG, store.open_case()),
    CaseState.CLAIMED: lambda store: store.claimed(WANG),
    CaseState.RULED: lambda store: store.ruled(),
    CaseState.APPEALED: lambda store: store.appealed(),
    CaseState.APPEAL_CLAIMED: lambda store: store.desk.claim(WANG, store.appealed().number),
    CaseState.FINAL: lambda store: store.decided(Outcome.UPHELD),
}


def why_refused(state: CaseState, event: CaseEvent) -> DeskReason:
    if event is CaseEvent.FILE:
        decided = state not in (CaseState.OPEN, CaseState.CLAIMED)
        return DeskReason.ALREADY_APPEALED if decided else DeskReason.NOT_APPEALABLE
    is_free = state in (CaseState.OPEN, CaseState.APPEALED)
    return DeskReason.LEASE_LOST if is_free and event is not CaseEvent.CLAIM else DeskReason.WRONG_STATE


@pytest.mark.parametrize("state", CaseState)
def test_every_event_in_every_state(store: Store, state: CaseState) -> None:
    """Who holds a case, Wang, does what can be done to it; where nobody does, Wang tries with the last epoch."""
    for event, happens in EVENTS.items():
        case = STATES[state](store)
        assert case.line.state is state
        held = 2 if state in (CaseState.APPEAL_CLAIMED, CaseState.FINAL) else 1
        following = TABLE[state, event]
        if following is not None:
            happens(store, case, WANG, held)
            assert store.desk.case(WANG, case.number).line.state is following, event
        elif event is not CaseEvent.EXPIRE:
            with refused(why_refused(state, event)):
                happens(store, case, WANG, held)
            assert store.desk.case(WANG, case.number) == case, event
    check_invariants(store.engine)


def test_priorities_are_filtered(store: Store) -> None:
    numbers = [store.open_case(recording(industry=each)) for each in (None, Industry.GOVERNMENT)]
    page = store.desk.cases(ZHANG, CaseFilter(priority=Priority.GOVERNMENT))
    assert [case.number for case in page.items] == numbers[1:]
