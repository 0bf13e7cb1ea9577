"""Lists of either store: pages that lose and repeat nothing, filters, similar cases, figures, and events in order."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from stores import (  # noqa: F401 - a fixture
    JIA,
    LI,
    START,
    WANG,
    YI,
    ZHANG,
    Store,
    each_store,
    epoch,
    reason,
    recording,
    refused,
)

from moderation.review.case import (
    Appeal,
    Outcome,
    Proposal,
    Queue,
    QueueStatistics,
    ReasonCode,
    ReviewerStatistics,
    RuleStatistics,
)
from moderation.review.desk import CaseFilter, DeskReason, Page
from moderation.review.policy import ReviewPolicy
from moderation.review.states import CaseState
from moderation.text.template import Industry
from moderation.verdict import Decision

DUE = ReviewPolicy().due
EVERYTHING = CaseFilter()
MINUTE = timedelta(minutes=1)


def many_cases(store: Store) -> list[int]:
    """Make cases of some priorities and due times, several of each, and return their numbers."""
    for industry in (None, Industry.GOVERNMENT, None):
        store.desk.record([recording(industry=industry) for _ in range(3)])
        store.clock.move(MINUTE)
    store.desk.record([recording(machine=Decision.PASS) for _ in range(2)])
    return [case.number for case in store.desk.cases(ZHANG, EVERYTHING, size=500).items]


@pytest.mark.parametrize("size", [1, 2, 3, 10, 11, 12])
def test_pages_lose_and_repeat_nothing(store: Store, size: int) -> None:
    """Not even while cases come, are claimed and are ruled."""
    expected, seen, token = many_cases(store), list[int](), ""
    while True:
        page = store.desk.cases(ZHANG, EVERYTHING, size=size, token=token)
        assert len(page.items) <= size
        seen += [case.number for case in page.items]
        if not page.next_token:
            break
        token = page.next_token
        held = store.desk.claim(LI, seen[-1])
        store.rule(held, Decision.PASS, LI)
        if len(seen) < 4:
            store.open_case(recording(industry=Industry.GOVERNMENT))
    assert [number for number in seen if number in expected] == expected
    assert len(set(seen)) == len(seen)


def test_pages_of_appeals_and_proposals(store: Store) -> None:
    appeals = [store.decided(Outcome.REVERSED).appeal for _ in range(5)]
    lists: tuple[Callable[[int, str], Page[Appeal] | Page[Proposal]], ...] = (
        lambda size, token: store.desk.appeals(LI, size=size, token=token),
        lambda size, token: store.desk.proposals(LI, size=size, token=token),
    )
    for page in lists:
        whole, first = page(50, ""), page(2, "")
        second = page(2, first.next_token)
        third = page(2, second.next_token)
        assert (*first.items, *second.items, *third.items) == whole.items
        assert (len(whole.items), whole.next_token, third.next_token) == (5, "", "")
    assert list(store.desk.appeals(LI).items) == appeals


def forged(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "!",
        "é",
        "\ud800",
        "\x00",
        "=",
        forged(),
        forged("cases"),
        forged("appeals", 1, 2),
        forged("appeals", "1"),
        forged("appeals", True),
        forged("appeals", 1.5),
        forged("appeals", None),
        forged({"appeals": 1}),
        base64.urlsafe_b64encode(b"[" * 50_000).decode(),
        base64.urlsafe_b64encode(b'["appeals",' + b"9" * 5000 + b"]").decode(),
        forged("appeals", 2**63),
        forged("appeals", -(2**70)),
    ],
)
def test_tokens_that_no_list_gave(store: Store, token: str) -> None:
    calls: tuple[Callable[[], object], ...] = (
        lambda: store.desk.cases(ZHANG, EVERYTHING, token=token),
        lambda: store.desk.appeals(ZHANG, token=token),
        lambda: store.desk.proposals(ZHANG, token=token),
    )
    for call in calls:
        with refused(DeskReason.PAGE_TOKEN_INVALID):
            call()


@pytest.mark.parametrize(
    "position", [(2, 10**30, 1), (2, -(10**30), 1), (2**70, 0, 1), (2, 0, 2**70), (2, 0), ("2", 0, 1)]
)
def test_tokens_of_cases_that_were_altered(store: Store, position: tuple[object, ...]) -> None:
    many_cases(store)
    token = store.desk.cases(ZHANG, EVERYTHING, size=1).next_token
    mark = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))[0]
    with refused(DeskReason.PAGE_TOKEN_INVALID):
        store.desk.cases(ZHANG, EVERYTHING, token=forged(mark, *position))


def test_a_token_is_good_for_its_list_only(store: Store) -> None:
    many_cases(store)
    token = store.desk.cases(ZHANG, EVERYTHING, size=1).next_token
    for other in (CaseFilter(queue=Queue.REVIEW), CaseFilter(tags=frozenset("a")), CaseFilter(overdue_only=True)):
        with refused(DeskReason.PAGE_TOKEN_INVALID):
            store.desk.cases(ZHANG, other, token=token)


def test_filters(store: Store) -> None:
    plain = store.open_case(recording(tenant="Jia", tags=("a",), reasons=[reason("LK001")]))
    tagged = store.open_case(recording(tenant="jia", tags=("a", "b")))
    held = store.claimed(LI).number
    passed = store.open_case(recording(machine=Decision.PASS))
    store.clock.move(DUE)
    ruled = store.ruled().number
    wanted = {
        CaseFilter(tenant="jia", tags=frozenset(("a",))): [tagged],
        CaseFilter(tenant="JIA"): [],
        CaseFilter(tenant="Jia"): [plain],
        CaseFilter(tags=frozenset(("a", "b"))): [tagged],
        CaseFilter(queue=Queue.QUALITY): [passed],
        CaseFilter(rule_id="LK001"): [plain],
        CaseFilter(rule_id="LK00%"): [],
        CaseFilter(states=frozenset((CaseState.RULED, CaseState.FINAL))): [ruled],
        CaseFilter(overdue_only=True): [plain, tagged, held, passed],
        CaseFilter(overdue_only=True, queue=Queue.QUALITY): [passed],
        CaseFilter(holder="li"): [],
    }
    found = {each: [case.number for case in store.desk.cases(ZHANG, each).items] for each in wanted}
    assert found == wanted
    store.desk.claim(LI, held)
    assert [case.number for case in store.desk.cases(ZHANG, CaseFilter(holder="li")).items] == [held]


def test_lists_mask_personal_data(store: Store) -> None:
    store.open_case(recording("【甲商城】联系13800000000领取您的会员礼品"))
    (line,) = store.desk.cases(ZHANG, EVERYTHING).items
    assert line.excerpt.startswith("【甲商城】联系")
    assert "13800000000" not in line.excerpt


def test_similar_cases(store: Store) -> None:
    texts = [
        f"【{name}商城】尊敬的会员,周末全场{share}折,全国第一,拒收请回复R" for name, share in (("甲", 8), ("乙", 7))
    ]
    case = store.claimed(of=recording(texts[0]))
    near = store.ruled(of=recording(texts[1]))
    same = store.open_case(recording(texts[0], tenant="yi"))
    store.open_case(recording("【丙银行】您尾号0000的账户入账100元"))
    similar = store.desk.similar(ZHANG, case.number)
    assert [one.line.number for one in similar] == [same, near.number]
    assert (similar[0].similarity, similar[0].ruling, similar[1].ruling) == (1.0, None, near.ruling)
    assert 0.5 < similar[1].similarity < 1
    assert store.desk.similar(ZHANG, case.number, size=1) == similar[:1]
    with refused(DeskReason.CASE_UNKNOWN):
        store.desk.similar(ZHANG, 99)


def test_figures(store: Store) -> None:
    empty = store.desk.statistics(ZHANG)
    assert empty.queues == tuple(QueueStatistics(queue, 0, 0, 0, None) for queue in Queue)
    assert (empty.rules, empty.reviewers, empty.passed_unseen) == ((), (), 0)
    for minutes, decision in ((1, Decision.PASS), (4, Decision.REJECT)):
        case = store.claimed(of=recording(reasons=[reason("AW102"), reason("LK001")]))
        store.clock.move(MINUTE * minutes)
        store.rule(case, decision)
    since = store.clock.now + MINUTE
    store.clock.move(MINUTE)
    store.decided(Outcome.REVERSED)
    store.claimed(LI)
    store.clock.move(DUE - MINUTE * 6)
    store.open_case()
    store.clock.move(MINUTE)
    store.claimed(WANG)
    figures = store.desk.statistics(ZHANG)
    assert figures.queues == (
        QueueStatistics(Queue.REVIEW, waiting=2, held=1, overdue=0, oldest_at=START + MINUTE * 6),
        QueueStatistics(Queue.QUALITY, 0, 0, 0, None),
        QueueStatistics(Queue.APPEAL, 0, 0, 0, None),
    )
    assert figures.rules == (
        RuleStatistics("AW102", cases=6, passed=1, rejected=2, appeals=1, overturned=1),
        RuleStatistics("LK001", cases=2, passed=1, rejected=1, appeals=0, overturned=0),
    )
    assert figures.reviewers == (
        ReviewerStatistics("li", 0, 0, decided_appeals=1, overturned=0, median_seconds=None),
        ReviewerStatistics("zhang", 1, 2, decided_appeals=0, overturned=1, median_seconds=60.0),
    )
    assert store.desk.statistics(ZHANG, since=since).reviewers == (
        ReviewerStatistics("li", 0, 0, decided_appeals=1, overturned=0, median_seconds=None),
        ReviewerStatistics("zhang", 0, 1, decided_appeals=0, overturned=1, median_seconds=0.0),
    )
    store.clock.move(DUE)
    assert [queue.overdue for queue in store.desk.statistics(ZHANG).queues] == [3, 0, 0]


def test_events_are_told_in_order_to_whom_they_concern(store: Store) -> None:
    case = store.ruled()
    store.open_case(recording(tenant="yi"))
    store.desk.file_appeal(JIA, case.line.verdict_id, "请复核")
    store.decided(Outcome.UPHELD, store.desk.case(LI, case.number))
    told = store.desk.events(ZHANG)
    assert [(event.kind, event.case) for event in told] == [
        ("case.opened", 1),
        ("case.ruled", 1),
        ("case.opened", 2),
        ("appeal.filed", 1),
        ("appeal.decided", 1),
    ]
    assert [event.sequence for event in told] == sorted({event.sequence for event in told})
    assert told[1].details == {"code": ReasonCode.OTHER, "decision": Decision.REJECT}
    assert told[4].details == {"appeal": 1, "outcome": Outcome.UPHELD}
    assert {(event.verdict_id, event.tenant, event.at) for event in told if event.case == 1} == {
        (case.line.verdict_id, "jia", START)
    }
    assert store.desk.events(YI) == told[2:3]
    assert store.desk.events(JIA) == told[:2] + told[3:]
    assert store.desk.events(JIA, after=told[1].sequence, size=1) == told[3:4]
    assert store.desk.events(JIA, after=told[4].sequence) == ()


def test_a_claim_counts_from_when_it_was_made(store: Store) -> None:
    case = store.claimed()
    store.clock.move(MINUTE)
    store.desk.renew(ZHANG, case.number, epoch(case))
    store.clock.move(MINUTE)
    store.rule(case)
    assert store.desk.statistics(ZHANG).reviewers[0].median_seconds == 120.0
