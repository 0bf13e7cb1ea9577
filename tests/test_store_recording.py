"""Verdicts come into either store once, with the case that they open, and tell what stands for them now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from store_invariants import check_invariants, contents
from stores import JIA, START, ZHANG, Store, each_store, epoch, reason, recording  # noqa: F401 - a fixture

from moderation.review.case import Outcome, Priority, Queue, ReasonCode
from moderation.review.desk import CaseFilter
from moderation.review.recording import PersonsWord, Recorded
from moderation.review.states import CaseState
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Decision

DAY = timedelta(days=1)


def test_the_same_verdict_is_kept_once(store: Store) -> None:
    one, other = recording(), recording()
    first, second, again = store.desk.record([one, other, one])
    assert first == again
    assert first.verdict_id != second.verdict_id
    assert [first.case, second.case] == [1, 2]
    before = contents(store.engine)
    assert store.desk.record([other, one]) == [second, first]
    assert contents(store.engine) == before


def test_a_batch_of_known_and_new_verdicts_keeps_its_order(store: Store) -> None:
    many = [recording() for _ in range(7)]
    known = store.desk.record(many[::2])
    recorded = store.desk.record(many)
    assert recorded[::2] == known
    assert [one.case for one in recorded] == [1, 5, 2, 6, 3, 7, 4]
    assert [store.desk.case(ZHANG, one.case or 0).template for one in recorded] == [one.template for one in many]


def test_more_verdicts_than_a_statement_takes_values(store: Store) -> None:
    many = [recording(machine=Decision.REJECT) for _ in range(1203)]
    recorded = store.desk.record(many)
    assert len({one.verdict_id for one in recorded}) == 1203
    assert store.desk.record(many) == recorded


@pytest.mark.parametrize(
    ("machine", "queue"), [(Decision.REVIEW, Queue.REVIEW), (Decision.PASS, Queue.QUALITY), (Decision.REJECT, None)]
)
def test_which_verdict_opens_a_case(store: Store, machine: Decision, queue: Queue | None) -> None:
    (recorded,) = store.desk.record([recording(machine=machine)])
    cases = store.desk.cases(ZHANG, CaseFilter()).items
    assert (recorded.machine, recorded.standing, recorded.word) == (machine, machine, None)
    assert [case.queue for case in cases] == ([queue] if queue else [])
    assert [case.number for case in cases] == ([recorded.case] if queue else [])
    assert all((case.state, case.opened_at, case.due_at) == (CaseState.OPEN, START, START + DAY) for case in cases)
    check_invariants(store.engine)


@pytest.mark.parametrize(
    ("machine", "industry", "priority"),
    [
        (Decision.REVIEW, None, Priority.NORMAL),
        (Decision.REVIEW, Industry.GOVERNMENT, Priority.GOVERNMENT),
        (Decision.PASS, Industry.GOVERNMENT, Priority.LOW),
    ],
)
def test_how_soon_a_case_is_looked_at(
    store: Store, machine: Decision, industry: Industry | None, priority: Priority
) -> None:
    number = store.open_case(recording(machine=machine, industry=industry))
    assert store.desk.case(ZHANG, number).line.priority is priority


def test_a_case_tells_all_that_was_recorded(store: Store) -> None:
    template = Template(
        "【甲商城】尊敬的${name},全国第一",
        "t-7",
        "甲商城",
        TemplateType.NOTIFICATION,
        Industry.RETAIL,
        "jia",
        "example",
        "sichuan",
        datetime(2026, 12, 1, 9, 30, 0, 1, tzinfo=UTC),
    )
    reasons = (reason("AW102"), replace(reason("OP001", ""), span=None), reason("AW102"))
    told = replace(recording(tags=("industry:retail", "a")), template=template, reasons=reasons, risk_score=1 / 3)
    case = store.desk.case(ZHANG, store.open_case(told))
    assert (case.template, case.reasons, case.suggested_text) == (template, reasons, told.suggested_text)
    assert (case.line.rules, case.line.tags) == (("AW102", "OP001"), ("a", "industry:retail"))
    assert (case.line.risk_score, case.line.machine, case.line.tenant) == (1 / 3, Decision.REVIEW, "jia")


def test_passes_are_counted_by_day(store: Store) -> None:
    for _ in range(2):
        store.desk.record([], {"jia": 3, "yi": 1})
        store.clock.move(DAY)
    store.desk.record([recording(machine=Decision.REJECT)], {"jia": 1})
    assert store.desk.statistics(ZHANG).passed_unseen == 9
    assert store.desk.statistics(ZHANG, since=store.clock.now - DAY).passed_unseen == 5
    assert store.desk.record([]) == []


def test_what_stands_for_a_verdict(store: Store) -> None:
    one = recording()

    def stands() -> Recorded:
        return store.desk.record([one])[0]

    case = store.desk.claim(ZHANG, store.open_case(one))
    assert (stands().standing, stands().word) == (Decision.REVIEW, None)
    store.clock.move(timedelta(minutes=1))
    store.desk.rule(ZHANG, case.number, epoch(case), Decision.REJECT, ReasonCode.UNCLEAR)
    assert stands().standing is Decision.REJECT
    assert stands().word == PersonsWord(Decision.REJECT, ReasonCode.UNCLEAR, store.clock.now)
    store.desk.file_appeal(JIA, case.line.verdict_id, "请复核")
    assert stands().word == PersonsWord(Decision.REJECT, ReasonCode.UNCLEAR, store.clock.now)
    store.clock.move(DAY)
    store.decided(Outcome.REVERSED, store.desk.case(ZHANG, case.number))
    assert stands() == Recorded(
        case.line.verdict_id,
        case.number,
        Decision.REVIEW,
        Decision.PASS,
        PersonsWord(Decision.PASS, None, store.clock.now),
    )


def test_the_same_templates_at_the_same_time(store: Store) -> None:
    many = [recording() for _ in range(20)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda turn: store.desk.record(many[turn:] + many[:turn]), range(16)))
    assert len({one for answer in answers for one in answer}) == 20
    check_invariants(store.engine)
