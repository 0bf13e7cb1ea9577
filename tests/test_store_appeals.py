"""Appeals in either store: who may ask, when, once; who decides; and what a reversal brings about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from store_invariants import check_invariants
from stores import (  # noqa: F401 - a fixture
    JIA,
    LI,
    START,
    YI,
    ZHANG,
    Store,
    each_store,
    epoch,
    reason,
    recording,
    refused,
)

from moderation.review.case import Appeal, Outcome, Priority, Queue, ReasonCode
from moderation.review.desk import CaseFilter, DeskReason
from moderation.review.policy import ReviewPolicy
from moderation.review.states import CaseState
from moderation.rules.rule import Severity
from moderation.verdict import Decision

WINDOW, DUE = ReviewPolicy().appeal_window, ReviewPolicy().due
MOMENT = timedelta(microseconds=1)


def rejected(store: Store, tenant: str = "jia") -> str:
    """Return the id of a verdict that the machine rejected."""
    return store.desk.record([recording(machine=Decision.REJECT, tenant=tenant, tags=("industry:retail",))])[
        0
    ].verdict_id


def test_an_appeal_against_a_ruling(store: Store) -> None:
    case = store.ruled()
    store.clock.move(MOMENT)
    appeal = store.desk.file_appeal(JIA, case.line.verdict_id, "请复核", ["https://example.cn/1", ""])
    assert appeal == Appeal(
        number=1,
        case=case.number,
        verdict_id=case.line.verdict_id,
        tenant="jia",
        filed_by="jia-sender",
        text="请复核",
        evidence=("https://example.cn/1", ""),
        filed_at=START + MOMENT,
    )
    assert store.desk.appeal(JIA, 1) == appeal
    waiting = store.desk.case(LI, case.number)
    assert (waiting.line.state, waiting.line.queue, waiting.line.priority) == (
        CaseState.APPEALED,
        Queue.APPEAL,
        Priority.COMPLAINT,
    )
    assert (waiting.line.due_at, waiting.line.ruling, waiting.appeal) == (START + MOMENT + DUE, Decision.REJECT, appeal)


def test_an_appeal_against_the_machine_opens_a_case(store: Store) -> None:
    verdict_id = rejected(store)
    appeal = store.desk.file_appeal(JIA, verdict_id, "请复核")
    case = store.desk.claim_next(LI)
    assert case is not None
    assert (case.number, case.line.queue, case.line.priority) == (appeal.case, Queue.APPEAL, Priority.COMPLAINT)
    assert (case.line.state, case.ruling, case.line.tags) == (CaseState.APPEAL_CLAIMED, None, ("industry:retail",))
    store.desk.decide(LI, case.number, 1, Outcome.REVERSED, "不是排名用语")
    assert store.desk.case(LI, case.number).line.state is CaseState.FINAL
    check_invariants(store.engine)


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        (lambda store: "0" * 32, DeskReason.VERDICT_UNKNOWN),
        (lambda store: "", DeskReason.VERDICT_UNKNOWN),
        (lambda store: rejected(store, "yi"), DeskReason.VERDICT_UNKNOWN),
        (lambda store: rejected(store, "JIA"), DeskReason.VERDICT_UNKNOWN),
        (lambda store: store.claimed().line.verdict_id, DeskReason.NOT_APPEALABLE),
        (lambda store: store.ruled(Decision.PASS).line.verdict_id, DeskReason.NOT_APPEALABLE),
        (lambda store: store.appealed().line.verdict_id, DeskReason.ALREADY_APPEALED),
        (lambda store: store.decided(Outcome.UPHELD).line.verdict_id, DeskReason.ALREADY_APPEALED),
        (lambda store: store.decided(Outcome.REVERSED).line.verdict_id, DeskReason.ALREADY_APPEALED),
    ],
)
def test_what_cannot_be_appealed(store: Store, verdict: Callable[[Store], str], reason: DeskReason) -> None:
    verdict_id = verdict(store)
    known = store.desk.appeals(ZHANG)
    with refused(reason):
        store.desk.file_appeal(JIA, verdict_id, "请复核")
    assert store.desk.appeals(ZHANG) == known
    check_invariants(store.engine)


@pytest.mark.parametrize("by_person", [False, True])
def test_the_window_of_an_appeal(store: Store, by_person: bool) -> None:
    """It begins when the machine, or afterwards a person, decided."""
    verdicts = [rejected(store) for _ in range(2)]
    if by_person:
        cases = [store.claimed(), store.claimed()]
        store.clock.move(timedelta(minutes=5))
        verdicts = [store.rule(case).line.verdict_id for case in cases]
    store.clock.move(WINDOW)
    assert store.desk.file_appeal(JIA, verdicts[0], "请复核").case
    store.clock.move(MOMENT)
    with refused(DeskReason.APPEAL_WINDOW_CLOSED):
        store.desk.file_appeal(JIA, verdicts[1], "请复核")


def test_who_ruled_does_not_decide(store: Store) -> None:
    case = store.appealed(ZHANG)
    with refused(DeskReason.OWN_RULING):
        store.desk.claim(ZHANG, case.number)
    assert store.desk.claim_next(ZHANG) is None
    assert store.desk.claim_next(LI) is not None
    check_invariants(store.engine)


@pytest.mark.parametrize(("outcome", "stands"), [(Outcome.UPHELD, Decision.REJECT), (Outcome.REVERSED, Decision.PASS)])
def test_what_a_decision_brings_about(store: Store, outcome: Outcome, stands: Decision) -> None:
    reasons = [
        reason("AW102", "全国第一"),
        reason("AW102", "全国第一"),
        reason("AW103", "国家级", Severity.REJECT),
        reason("AW104", "最大", Severity.ADVICE),
        reason("RD102", "贷款"),
        reason("RD104", "秒批"),
        reason("LK101", "example.cn"),
    ]
    told = recording("【甲商城】全国第一，国家级，最大，贷款，example.cn", reasons=reasons)
    case = store.ruled(of=told)
    store.desk.file_appeal(JIA, case.line.verdict_id, "请复核")
    store.clock.move(MOMENT)
    held = store.desk.claim(LI, case.number)
    appeal = store.desk.decide(LI, case.number, epoch(held), outcome, "已核实来源")
    assert (appeal.outcome, appeal.decided_by, appeal.reason) == (outcome, "li", "已核实来源")
    assert appeal.decided_at == START + MOMENT
    assert store.desk.case(ZHANG, case.number).appeal == appeal
    assert store.desk.record([told])[0].standing is stands
    proposals = store.desk.proposals(ZHANG).items
    expected = [("AW102", "全国第一"), ("AW103", "国家级")] if outcome is Outcome.REVERSED else []
    assert [(one.rule_id, one.quote) for one in proposals] == expected
    assert {(one.case, one.proposed_at) for one in proposals} <= {(case.number, START + MOMENT)}
    check_invariants(store.engine)


def test_a_template_drawn_by_lot_can_be_rejected_and_appealed(store: Store) -> None:
    case = store.ruled(Decision.REJECT, of=recording(machine=Decision.PASS))
    store.desk.file_appeal(JIA, case.line.verdict_id, "请复核")
    final = store.decided(Outcome.UPHELD, store.desk.case(ZHANG, case.number))
    assert final.line.state is CaseState.FINAL
    check_invariants(store.engine)


def test_senders_see_the_appeals_of_their_tenant(store: Store) -> None:
    mine = store.desk.file_appeal(JIA, rejected(store, "jia"), "请复核")
    theirs = store.desk.file_appeal(YI, rejected(store, "yi"), "请复核")
    assert [store.desk.appeals(who).items for who in (JIA, YI, LI)] == [(mine,), (theirs,), (mine, theirs)]
    with refused(DeskReason.APPEAL_UNKNOWN):
        store.desk.appeal(JIA, theirs.number)
    with refused(DeskReason.APPEAL_UNKNOWN):
        store.desk.appeal(LI, 99)
    held = store.desk.claim(LI, mine.case)
    store.desk.decide(LI, mine.case, epoch(held), Outcome.UPHELD, "已核实")
    assert store.desk.appeals(LI, open_only=True).items == (theirs,)


def test_an_appeal_is_given_back(store: Store) -> None:
    case = store.appealed(ZHANG)
    store.desk.skip(LI, case.number, epoch(store.desk.claim(LI, case.number)), "认识发送方")
    assert store.desk.claim_next(LI) is None
    assert store.desk.cases(LI, CaseFilter(queue=Queue.APPEAL)).items[0].state is CaseState.APPEALED
    assert store.desk.case(LI, case.number).ruling is not None


def test_an_appealed_case_is_not_ruled_again(store: Store) -> None:
    held = store.desk.claim(LI, store.appealed(ZHANG).number)
    with refused(DeskReason.WRONG_STATE):
        store.desk.rule(LI, held.number, epoch(held), Decision.PASS, ReasonCode.LAWFUL)
    assert store.desk.case(LI, held.number) == held
