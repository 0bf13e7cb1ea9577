"""A server tries what is on trial, counts it into the store, and follows what people make of it, without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import grpc
import pytest
from prometheus_client import generate_latest
from serving import captured_logs, log_lines
from sqlalchemy import select
from stores import RING, SQLITE, START, Store, fresh

from moderation.match.wordlist_file import parse
from moderation.review.alerts import AlertKind
from moderation.review.desk import DeskError, DeskReason
from moderation.review.hits import Count, Hit, HitKind, HitMode, Subject, Summary, Tally
from moderation.review.people import Actor, Role
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.service import counting as counting_module
from moderation.service.counting import Counting
from moderation.service.metrics import Metrics
from moderation.service.newcomers import says
from moderation.service.rulesets import Rulesets, RulesetWatch
from moderation.service.server import Server
from moderation.service.settings import Settings
from moderation.service.verdict_cache import Built, VerdictCache
from moderation.store import alerts, hits
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.trial_schema import REJECT_COUNTS
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, check_service_pb2_grpc, template_pb2, verdict_pb2
from moderation.wordlists.change import Change, Operation, Version

ZHAO = Actor("zhao", Role.POLICY)
LIST = "advertising/ranking"
TEXT = "【优选商城】本店拿下宇宙桂冠,会员8折,拒收请回复R"
UNTIL = date(2026, 12, 31)
LONGEST = 60.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as made:
        yield made


@dataclass(frozen=True, slots=True)
class Service:
    """A server that follows the wordlists and the rules' trials of a store, and counts into it."""

    server: Server
    stub: check_service_pb2_grpc.CheckServiceStub
    store: Store

    async def check(self, text: str = TEXT, tenant: str = "jia") -> verdict_pb2.Verdict:
        template = template_pb2.Template(text=text, tenant=tenant, type=template_pb2.TEMPLATE_TYPE_MARKETING)
        answer = await self.stub.Check(check_service_pb2.CheckRequest(template=template, without_suggestion=True))
        verdict: verdict_pb2.Verdict = answer.verdict
        return verdict

    async def follows(self, version: int, trials: int = 0) -> None:
        async with asyncio.timeout(LONGEST):
            ruleset = self.server.worker.engine.ruleset
            while ruleset.wordlists_version != version or len(ruleset.rule_trials) != trials:
                await asyncio.sleep(0.01)
                ruleset = self.server.worker.engine.ruleset

    async def tell(self) -> None:
        assert self.server.counting is not None
        await self.server.counting.tell()

    def summaries(self, kind: HitKind, mode: HitMode) -> dict[tuple[str, str], Summary]:
        with reading(self.store.engine) as connection:
            return hits.summaries(connection, kind, mode)

    def alerts(self) -> list[tuple[AlertKind, str]]:
        with reading(self.store.engine) as connection:
            return [(one.kind, one.about) for one in alerts.alerts(connection).items]


@asynccontextmanager
async def following(store: Store, directory: Path, cache: Path) -> AsyncIterator[Service]:
    settings = Settings(port=0, wordlists=directory, cache=cache)
    rulesets = Rulesets(settings, store.wordlists, store.rule_trials)
    async with Server(settings, desk=store.desk, tallies=store.tallies) as server:
        engine = await asyncio.to_thread(rulesets.load, rulesets.head())
        await server.serve_with(engine, rulesets.newcomers(engine))
        watch = RulesetWatch(rulesets, engine, server.serve_with)
        async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
            yield Service(server, check_service_pb2_grpc.CheckServiceStub(channel), store)
        await watch.stop()


def apply(store: Store, operation: Operation, line: str) -> int:
    change = Change(operation, LIST, line.partition("\t")[0], line, 1)
    base = store.wordlists.head()
    batch = store.wordlists.upload(ZHAO, [change], "试行", base).number
    made = store.wordlists.apply(ZHAO, batch, base, approval_above=1000)
    assert isinstance(made, Version)
    return made.number


async def test_an_entry_goes_from_trial_into_force(store: Store, small_lists: Path, tmp_path: Path) -> None:
    entry = LIST, "宇宙桂冠"
    async with following(store, small_lists, tmp_path / "cache") as service:
        before = await service.check()
        await service.follows(apply(store, Operation.ADD, "宇宙桂冠\tlaw9\tshadow=2026-12-31"))
        for tenant in ("jia", "jia", "yi"):
            verdict = await service.check(tenant=tenant)
            assert verdict == before
        await service.check("【优选商城】您的包裹已放入3号柜,请凭取件码领取。")
        await service.tell()
        (counted,) = service.summaries(HitKind.ENTRY, HitMode.SHADOW).items()
        assert counted[0] == entry
        assert (counted[1].hits, counted[1].changes, counted[1].tenants) == (3, 3, 2)
        await service.follows(apply(store, Operation.REPLACE, "宇宙桂冠\tlaw9"))
        assert (await service.check()).decision != before.decision
        await service.tell()
        assert service.summaries(HitKind.ENTRY, HitMode.LIVE)[entry].hits == 1
        assert service.summaries(HitKind.ENTRY, HitMode.SHADOW)[entry].hits == 3
        assert service.alerts() == [
            (AlertKind.FIRST_HIT, "entry/advertising/ranking/宇宙桂冠/live"),
            (AlertKind.FIRST_HIT, "entry/advertising/ranking/宇宙桂冠/shadow"),
        ]
        page = generate_latest(service.server.metrics.registry).decode()
    assert 'moderation_entry_hits_total{mode="shadow"} 3.0' in page
    assert 'moderation_alerts_total{kind="alert.first_hit"} 2.0' in page
    assert "jia" not in page
    assert "宇宙" not in page
    with reading(store.engine) as connection:
        (example,) = hits.examples(connection, Seals(RING), Subject(HitKind.ENTRY, *entry, HitMode.LIVE))
    assert example.verdict_id


async def test_a_rule_goes_on_trial_and_back_without_a_new_automaton(
    store: Store, small_lists: Path, tmp_path: Path
) -> None:
    text = "【优选商城】会员8折,快来选购"
    async with following(store, small_lists, tmp_path / "cache") as service:
        before = await service.check(text)
        rules = {finding.rule_id for finding in before.findings}
        automaton = service.server.worker.engine.ruleset.detectors.automaton
        trials = {rule_id: RuleTrial(TrialState.SHADOW, until=UNTIL) for rule_id in rules}
        store.rule_trials.say(ZHAO, trials, "误伤多")
        await service.follows(0, len(rules))
        assert not (await service.check(text)).findings
        assert service.server.worker.engine.ruleset.detectors.automaton is automaton
        await service.tell()
        counted = service.summaries(HitKind.RULE, HitMode.SHADOW)
        assert set(counted) == {("", rule_id) for rule_id in rules}
        assert any(one.changes for one in counted.values())
        store.rule_trials.say(ZHAO, {rule_id: RuleTrial(TrialState.ENDED) for rule_id in rules}, "")
        await service.follows(0)
        assert (await service.check(text)).decision == before.decision


async def test_rejects_are_counted_by_tenant_and_rule(store: Store, small_lists: Path, tmp_path: Path) -> None:
    async with following(store, small_lists, tmp_path / "cache") as service:
        rejected = await service.check("【优选商城】会员8折,快来选购")
        await service.check(TEXT, "yi")
        await service.tell()
    assert rejected.decision == verdict_pb2.DECISION_REJECT
    column = REJECT_COUNTS.c
    with reading(store.engine) as connection:
        rows = connection.execute(select(column.kind, column.name, column.rejects, column.checked)).all()
    counted = {(kind, name): (rejects, checked) for kind, name, rejects, checked in rows}
    rules = {name for kind, name in counted if kind == "RULE"}
    assert rules
    assert rules <= {finding.rule_id for finding in rejected.findings}
    assert {place: count for place, count in counted.items() if place[0] != "RULE"} == {
        ("ALL", ""): (1, 2),
        ("TENANT", "jia"): (1, 1),
        ("TENANT", "yi"): (0, 1),
    }


class Away:
    """Tallies of a store that is away at first, and fails for good at last."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.taken: list[Tally] = []
        self.now = START

    def take(self, tally: Tally) -> list[AlertKind]:
        if (error := self.answers.pop(0)) is not None:
            raise error
        self.taken.append(tally)
        return []


async def test_what_the_store_cannot_take_is_told_later(monkeypatch: pytest.MonkeyPatch) -> None:
    away = Away(DeskError(DeskReason.STORE_UNAVAILABLE, "away"), None, ValueError("broken"))
    counting = Counting(away, Metrics(VerdictCache(0)))
    one, other = (Subject(HitKind.ENTRY, LIST, name, HitMode.SHADOW) for name in ("甲", "乙"))
    monkeypatch.setattr(counting_module, "MOST_COUNTED", 1)
    with captured_logs() as logged:
        hit = Hit(one, True), Hit(other, False)
        counting.note(Template("甲乙", tenant="jia"), Built("REJECT", b"", None, hit, ("AW1",)))
        await counting.tell()
        counting.note(Template("甲", tenant="jia"), Built("PASS", b"", None, (Hit(one, False),)))
        await counting.tell()
        counting.note(Template("甲", tenant="jia"), Built("PASS", b"", None, (Hit(one, False),)))
        await counting.tell()
        await counting.close()
    (tally,) = away.taken
    assert tally.hits == {(one, "jia"): Count(2, 1)}
    assert (tally.checked, tally.rejected, tally.rejected_by) == ({"jia": 2}, {"jia": 1}, {"AW1": 1})
    assert [example.text for example in tally.examples[one]] == ["甲乙", "甲"]
    assert [line["event"] for line in log_lines(logged)] == ["hits_not_counted", "hits_not_kept"]
    assert "甲" not in logged.getvalue()


@pytest.mark.parametrize(
    ("term", "is_said"),
    [
        ("贷款+无抵押", True),
        ("无抵押贷款", True),
        ("贷款无抵押", True),
        ("借款+无抵押", True),
        ("无抵押+贷款", False),
        ("贷款", False),
        ("贷款无抵押了", False),
    ],
)
def test_the_term_of_a_combination_names_its_entry(term: str, is_said: bool) -> None:
    header = '+++\nid = "a"\ntitle = "t"\nowner = "o"\nlicence = "l"\nvariants = []\n[sources]\ns = "s"\n+++\n'
    (entry,) = parse(f"{header}贷款|借款+无抵押~12\ts\n".encode(), "a").entries
    assert says(entry.parts, term) is is_said


def test_the_limits_of_alerts_are_settings() -> None:
    settings = Settings(alert_window_minutes=2, alert_least_rejects=50, alert_ratio=5, alert_pause_minutes=30)
    limits = settings.spike_limits
    assert (limits.window, limits.least, limits.ratio, limits.pause) == (
        timedelta(minutes=2),
        50,
        5.0,
        timedelta(minutes=30),
    )
