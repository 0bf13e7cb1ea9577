"""Wordlists that change while templates are checked: seen soon, by all of a verdict or by none of it, and undone."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from desk_serving import by
from grpc_health.v1 import health_pb2, health_pb2_grpc
from serving import captured_logs, log_lines
from sqlalchemy import text
from stores import POSTGRESQL, SQLITE, Store, fresh

from moderation import shipped
from moderation.review.people import Actor, Role
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.service.news import News
from moderation.service.rulesets import Rulesets, RulesetWatch
from moderation.service.server import Server
from moderation.service.settings import Settings
from moderation.store.presence import StoredPresence
from moderation.v1 import (
    check_service_pb2,
    check_service_pb2_grpc,
    ruleset_service_pb2,
    ruleset_service_pb2_grpc,
    template_pb2,
    verdict_pb2,
)
from moderation.wordlists.change import SHIPPED, Change, Operation, Version

ZHAO = Actor("zhao", Role.POLICY)
WHICH = ("head", "served", "failed")
LIST, SOURCE = "prohibited/gambling", "telecom56"
LONGEST = 60.0
"""Seconds in which a busy machine makes a version, at most."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped wordlists without variants, which are compiled in a moment."""
    made = tmp_path_factory.mktemp("lists") / "wordlists"
    shutil.copytree(shipped.directory("wordlists"), made)
    for path in made.rglob("*.txt"):
        path.write_text(re.sub(r"(?m)^variants = \[.*\]$", "variants = []", path.read_text("utf-8")), "utf-8")
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Service:
    """A server that follows the wordlists of a store."""

    server: Server
    channel: grpc.aio.Channel
    logged: io.StringIO
    news: News

    @property
    def stub(self) -> Any:  # noqa: ANN401 - its methods are those of aio
        return check_service_pb2_grpc.CheckServiceStub(self.channel)

    async def ruleset(self) -> ruleset_service_pb2.GetRulesetResponse:
        stub: Any = ruleset_service_pb2_grpc.RulesetServiceStub(self.channel)
        answer: ruleset_service_pb2.GetRulesetResponse = await stub.GetRuleset(
            ruleset_service_pb2.GetRulesetRequest(), metadata=by(Role.POLICY)
        )
        return answer

    async def check(self, text: str) -> verdict_pb2.Verdict:
        template = template_pb2.Template(text=text, type=template_pb2.TEMPLATE_TYPE_NOTIFICATION)
        answer = await self.stub.Check(check_service_pb2.CheckRequest(template=template, without_suggestion=True))
        verdict: verdict_pb2.Verdict = answer.verdict
        return verdict

    async def has(self, version: int) -> None:
        """Wait until the server has a version of the wordlists."""
        async with asyncio.timeout(LONGEST):
            while self.server.worker.engine.ruleset.wordlists_version != version:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def following(store: Store, directory: Path, cache: Path) -> AsyncIterator[Service]:
    settings = Settings(port=0, wordlists=directory, cache=cache)
    rulesets = Rulesets(settings, store.wordlists, store.rule_trials)
    with captured_logs() as logged:
        async with Server(settings, wordlists=store.wordlists) as server:
            engine = await asyncio.to_thread(rulesets.load, rulesets.head())
            await server.serve_with(engine)
            news = News(store.engine)
            watch = RulesetWatch(rulesets, engine, server.serve_with, server.serving, news)
            async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
                yield Service(server, channel, logged, news)
            await watch.stop()


def apply(store: Store, *changes: tuple[Operation, str]) -> int:
    """Put a batch of changes in force, and return its version."""
    wordlists = store.wordlists
    batch = [
        Change(operation, LIST, entry, "" if operation is Operation.REMOVE else f"{entry}\t{SOURCE}", number)
        for number, (operation, entry) in enumerate(changes, 1)
    ]
    base = wordlists.head()
    made = wordlists.apply(ZHAO, wordlists.upload(ZHAO, batch, "例行更新", base).number, base, approval_above=1_000)
    assert isinstance(made, Version)
    return made.number


def quotes(verdict: verdict_pb2.Verdict) -> set[str]:
    return {finding.quote for finding in verdict.findings}


async def test_a_version_is_seen_and_undone(store: Store, directory: Path, tmp_path: Path) -> None:
    text = "【甲商城】您预约的青柠转盘体验课将于${time}开始。"
    async with following(store, directory, tmp_path / "cache") as service:
        before = await service.check(text)
        assert "青柠转盘" not in quotes(before)
        await service.has(apply(store, (Operation.ADD, "青柠转盘")))
        after = await service.check(text)
        assert "青柠转盘" in quotes(after)
        assert after.ruleset != before.ruleset
        await service.has(store.wordlists.rollback(ZHAO, SHIPPED, 1, "误伤").number)
        assert await service.check(text) == before


async def test_no_verdict_mixes_versions(store: Store, directory: Path, tmp_path: Path) -> None:
    """Words come and go in pairs, and every verdict finds both words of one pair, whichever it is."""
    pairs = [("甲乙丙转盘", "子丑寅牌局"), ("丁戊己转盘", "卯辰巳牌局"), ("庚辛壬转盘", "午未申牌局")]
    text = "【甲商城】" + "，".join(word for pair in pairs for word in pair) + "。"
    seen: dict[str, set[frozenset[str]]] = {}
    async with following(store, directory, tmp_path / "cache") as service:
        swapped = asyncio.Event()

        async def check_on() -> None:
            while not swapped.is_set():
                verdict = await service.check(text)
                seen.setdefault(verdict.ruleset, set()).add(frozenset(quotes(verdict)))

        checking = [asyncio.create_task(check_on()) for _ in range(8)]
        for number, pair in enumerate(pairs):
            gone = [(Operation.REMOVE, word) for word in pairs[number - 1]] if number else []
            await service.has(apply(store, *((Operation.ADD, word) for word in pair), *gone))
        await asyncio.sleep(0.1)
        swapped.set()
        await asyncio.gather(*checking)
    assert all(len(found) == 1 for found in seen.values())
    found = [next(iter(quoted)) for quoted in seen.values()]
    assert sorted(map(len, found)) == [0, 2, 2, 2]
    assert {frozenset(pair) for pair in pairs} <= set(found)


async def test_what_cannot_be_built_leaves_the_version_before(store: Store, directory: Path, tmp_path: Path) -> None:
    """A version whose list is shipped no more, as after a change of release, does not stop the checks."""
    async with following(store, directory, tmp_path / "cache") as service:
        before = await service.check("【甲商城】您的订单已发货。")
        wordlists = store.wordlists
        gone = Change(Operation.ADD, "prohibited/gone", "青柠", f"青柠\t{SOURCE}", 1)
        wordlists.apply(ZHAO, wordlists.upload(ZHAO, [gone], "旧词表", 0).number, 0, approval_above=9)
        async with asyncio.timeout(LONGEST):
            while not any(line["event"] == "ruleset_not_built" for line in log_lines(service.logged)):
                await asyncio.sleep(0.05)
        assert await service.check("【甲商城】您的订单已发货。") == before
        health: Any = health_pb2_grpc.HealthStub(service.channel)
        answer = await health.Check(health_pb2.HealthCheckRequest(service=""))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
        told = await service.ruleset()
        (process,) = told.processes
        assert (told.head, process.wordlists_version, process.ruleset) == (1, SHIPPED, before.ruleset)
        assert (process.failed_build.version, process.HasField("building_version")) == (1, False)
        assert "prohibited/gone:1:1: the wordlist is shipped no more" in process.failed_build.reason
        sample = service.server.metrics.registry.get_sample_value
        seen = {which: sample("moderation_wordlists_version", {"which": which}) for which in WHICH}
        assert seen == {"head": 1, "served": 0, "failed": 1}
        store.rule_trials.say(ZHAO, {"AW101": RuleTrial(TrialState.OFF)}, "误伤")  # which holds all the same
        async with asyncio.timeout(LONGEST):
            while not service.server.worker.engine.ruleset.rule_trials:
                await asyncio.sleep(0.01)
        wordlists.rollback(ZHAO, SHIPPED, 1, "旧词表")
        await service.has(2)  # a later version does not wait for the one that failed
        told = await service.ruleset()
        assert not told.processes[0].HasField("failed_build")
        assert sample("moderation_wordlists_version", {"which": "failed"}) is None


async def test_processes_of_one_store_know_of_each_other(directory: Path, tmp_path: Path) -> None:
    """PostgreSQL tells each server of a version, and of the other what it serves."""
    with closing(fresh(POSTGRESQL, tmp_path)) as store:
        async with (
            following(store, directory, tmp_path / "cache") as one,
            following(store, directory, tmp_path / "cache") as other,
        ):
            async with asyncio.timeout(LONGEST):
                while not (one.news.is_listening and other.news.is_listening):
                    await asyncio.sleep(0.01)
            version = apply(store, (Operation.ADD, "青柠转盘"))
            await asyncio.gather(one.has(version), other.has(version))
            digest = one.server.worker.engine.ruleset.digest
            async with asyncio.timeout(LONGEST):
                while True:
                    told = await one.ruleset()
                    if [process.ruleset for process in told.processes] == [digest, digest]:
                        break
                    await asyncio.sleep(0.05)
            assert told.processes[0].id == one.server.serving.present().id
            assert {process.wordlists_version for process in told.processes} == {told.head}
        assert StoredPresence(store.engine).present(datetime.now(UTC)) == ()


async def test_who_listens_hears_of_a_version_and_listens_again_when_the_connection_is_lost(tmp_path: Path) -> None:
    with closing(fresh(POSTGRESQL, tmp_path)) as store, captured_logs() as logged:
        news = News(store.engine)
        async with asyncio.timeout(LONGEST):
            for lost in (1, 2):
                while not news.is_listening:
                    await asyncio.sleep(0.01)
                with store.engine.begin() as connection:
                    connection.execute(text("SELECT pg_notify('moderation_wordlists', '1')"))
                await news.wait()
                with store.engine.begin() as connection:
                    connection.execute(
                        text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'")
                    )
                while len(log_lines(logged)) < lost:
                    await asyncio.sleep(0.01)
        await news.stop()
    assert {line["event"] for line in log_lines(logged)} == {"wordlists_not_listened"}
