"""Checks over a server with a store: what is durable before the answer, and what people's rulings make of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest
from serving import PLAIN, batch, failure, real_engine, request, serving
from sqlalchemy import event, func, select
from stores import JIA, LI, POLICY, SQLITE, ZHANG, Store, epoch, fresh

from moderation.review.case import Outcome, Queue, ReasonCode
from moderation.review.desk import CaseFilter, DeskError, DeskReason
from moderation.review.recording import Recorded, Recording
from moderation.review.states import CaseState
from moderation.store.desk import NO_PASSES, StoredDesk
from moderation.store.schema import VERDICTS
from moderation.v1 import check_service_pb2, template_pb2, verdict_pb2
from moderation.verdict import Decision

REVIEWED = "【甲商城】会员日全场8折，详情 example.cn/a 拒收请回复R"
REJECTED = "【甲商城】全国第一好茶，会员8折"
MARKETING = template_pb2.TEMPLATE_TYPE_MARKETING
DECISIONS = verdict_pb2.Decision


@pytest.fixture(name="store")
def fresh_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with closing(fresh(SQLITE, tmp_path)) as store:
        yield store


def asked(text: str, **fields: object) -> check_service_pb2.CheckRequest:
    return request(text, **({"tenant": "jia", "type": MARKETING} | fields))


def count(store: Store) -> int:
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(VERDICTS)).scalar_one()


async def test_what_needs_a_person_opens_a_case_once(store: Store) -> None:
    async with serving(real_engine(), desk=store.desk) as client:
        first = (await client.check.Check(asked(REVIEWED, id="a"))).verdict
        english = asked(REVIEWED, id="b")
        english.locale = "en"
        again = (await client.check.Check(english)).verdict
        other = (await client.check.Check(asked(REVIEWED, tenant="yi"))).verdict
    assert (first.decision, first.case, first.HasField("ruling")) == (DECISIONS.DECISION_REVIEW, 1, False)
    assert (again.verdict_id, again.case) == (first.verdict_id, 1)
    assert other.verdict_id != first.verdict_id
    case = store.desk.case(ZHANG, 1)
    assert case.template.text == REVIEWED
    assert [(one.rule_id, one.quote) for one in case.reasons] == [(one.rule_id, one.quote) for one in first.findings]
    assert {"type:marketing", "industry:retail"} >= set(case.line.tags) > set()


async def test_what_is_rejected_is_kept_without_a_case_and_what_passes_is_counted(store: Store) -> None:
    async with serving(real_engine(), desk=store.desk) as client:
        rejected = (await client.check.Check(asked(REJECTED))).verdict
        passed = (await client.check.Check(request(PLAIN, tenant="jia"))).verdict
        await client.check.Check(request(PLAIN, tenant="jia"))
    assert (len(rejected.verdict_id), rejected.case) == (32, 0)
    assert (passed.verdict_id, passed.case) == ("", 0)
    assert store.desk.statistics(ZHANG).passed_unseen == 2
    assert store.desk.cases(ZHANG, CaseFilter()).items == ()


async def test_a_ruling_is_what_the_next_check_answers(store: Store) -> None:
    async with serving(real_engine(), desk=store.desk) as client:
        await client.check.Check(asked(REVIEWED))
        held = store.desk.claim(ZHANG, 1)
        store.desk.rule(ZHANG, 1, epoch(held), Decision.PASS, ReasonCode.EVIDENCE_PROVIDED, "已核实")
        verdict = (await client.check.Check(asked(REVIEWED))).verdict
        message = check_service_pb2.CheckMessageRequest(template=asked(REVIEWED).template, messages=[REVIEWED])
        sent = (await client.check.CheckMessage(message)).verdicts[0]
    assert (verdict.decision, verdict.machine_decision) == (DECISIONS.DECISION_PASS, DECISIONS.DECISION_REVIEW)
    assert verdict.ruling.reason == verdict_pb2.RULING_REASON_EVIDENCE_PROVIDED
    assert not verdict.ruling.is_appeal
    assert (sent.template_decision, sent.decision) == (DECISIONS.DECISION_PASS, DECISIONS.DECISION_PASS)


async def test_a_reversed_appeal_lets_a_rejected_template_pass(store: Store) -> None:
    async with serving(real_engine(), desk=store.desk) as client:
        rejected = (await client.check.Check(asked(REJECTED))).verdict
        store.desk.file_appeal(JIA, rejected.verdict_id, "“全国第一”是品牌名", ["https://example.cn/1"])
        held = store.desk.claim_next(LI)
        assert held is not None
        assert held.line.queue is Queue.APPEAL
        store.desk.decide(LI, held.number, epoch(held), Outcome.REVERSED, "已核实")
        verdict = (await client.check.Check(asked(REJECTED))).verdict
    assert (verdict.decision, verdict.machine_decision) == (DECISIONS.DECISION_PASS, DECISIONS.DECISION_REJECT)
    assert verdict.ruling.is_appeal


async def test_a_ruling_does_not_lift_what_another_rule_found_later(store: Store) -> None:
    night = asked(REVIEWED)
    night.template.send_at.FromDatetime(datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    async with serving(real_engine(), desk=store.desk) as client:
        await client.check.Check(asked(REVIEWED))
        held = store.desk.claim(ZHANG, 1)
        store.desk.rule(ZHANG, 1, epoch(held), Decision.PASS, ReasonCode.LAWFUL)
        verdict = (await client.check.Check(night)).verdict
    assert "SW101" in {finding.rule_id for finding in verdict.findings}
    assert verdict.decision != DECISIONS.DECISION_PASS


async def test_batches_and_streams_are_recorded_too(store: Store) -> None:
    async with serving(real_engine(), desk=store.desk) as client:
        many = await client.check.CheckBatch(batch(REVIEWED, PLAIN, REJECTED, REVIEWED))
        requests = (
            check_service_pb2.CheckStreamRequest(sequence=number, template=template_pb2.Template(text=REVIEWED))
            for number in range(3)
        )
        streamed = [answer async for answer in client.check.CheckStream(requests)]
    ids = [result.verdict.verdict_id for result in many.results]
    assert ids[0] == ids[3] != ids[2]
    assert ids[1] == ""
    assert {answer.result.verdict.verdict_id for answer in streamed} == {ids[0]}
    assert count(store) == 2


@pytest.mark.parametrize(("share", "cases"), [(0.0, 0), (1.0, 1)])
async def test_a_share_of_what_passes_is_looked_at_too(store: Store, share: float, cases: int) -> None:
    desk = store.under(replace(POLICY, quality_share=share))
    async with serving(real_engine(), desk=desk) as client:
        for _ in range(2):
            verdict = (await client.check.Check(request(PLAIN))).verdict
    assert verdict.decision == DECISIONS.DECISION_PASS
    listed = desk.cases(ZHANG, CaseFilter(queue=Queue.QUALITY, states=frozenset((CaseState.OPEN,)))).items
    assert len(listed) == cases
    assert desk.statistics(ZHANG).passed_unseen == 2 * (1 - cases)


async def test_checks_at_the_same_time_share_commits(store: Store) -> None:
    commits: list[object] = []
    event.listen(store.engine, "commit", commits.append)
    async with serving(real_engine(), desk=store.desk) as client:
        texts = [REVIEWED.replace("a", f"a{number}") for number in range(100)]
        verdicts = await asyncio.gather(*(client.check.Check(asked(text)) for text in texts))
    assert len({answer.verdict.verdict_id for answer in verdicts}) == len(texts) == count(store)
    assert len(commits) < len(texts)


class Away(StoredDesk):
    """A desk whose store cannot be reached."""

    def record(self, recordings: Sequence[Recording], passes: Mapping[str, int] = NO_PASSES) -> list[Recorded]:
        raise DeskError(DeskReason.STORE_UNAVAILABLE, "the store cannot be reached or is busy; try again")


async def test_without_the_store_only_what_passes_is_answered(store: Store) -> None:
    async with serving(real_engine(), desk=Away(store.engine, store.desk._ring)) as client:
        passed = await client.check.Check(request(PLAIN))
        told = await failure(client.check.Check(asked(REVIEWED)))
        many = await client.check.CheckBatch(batch(REVIEWED, PLAIN))
    assert passed.verdict.decision == DECISIONS.DECISION_PASS
    assert (told.code, told.reason) == (grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE")
    assert [result.WhichOneof("outcome") for result in many.results] == ["error", "verdict"]
