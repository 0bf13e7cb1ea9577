"""`moderation ruleset`: what servers decide by, and old verdicts made again."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_serving import running
from serving import captured_logs, request, serving
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import recording

from moderation import __version__
from moderation.engine import Engine
from moderation.review.people import Actor, Role
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import NO_TRIALS, RuleTrial, RuleTrials, TrialState
from moderation.ruleset import load_ruleset
from moderation.store.presence import Presence, StoredPresence
from moderation.v1 import template_pb2
from moderation.wordlists.change import Change, Operation

ABSOLUTE = "advertising/absolute"
TEXT = "【甲店】国家级橙子9折,详情 https://www.example.cn/a 拒收请回复R"
ZHAO = Actor("zhao", Role.POLICY)
DIFFERS = 1


@pytest.fixture(name="lists")
def commands_over_small_lists(
    commands: Commands, small_lists: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Commands:
    monkeypatch.setenv("MODERATION_WORDLISTS", str(small_lists))
    monkeypatch.setenv("MODERATION_CACHE", str(tmp_path_factory.getbasetemp() / "automata"))
    return commands


def checked(lists: Commands, small_lists: Path, trials: RuleTrials = NO_TRIALS) -> str:
    """Return the id of a verdict that a server gave on a tenant's template, whose link is verified there."""
    engine = Engine(load_ruleset(small_lists, rule_trials=trials))

    async def check() -> str:
        async with serving(engine, desk=lists.store.desk, verified_domains={"jia": ["example.cn"]}) as client:
            asked = request(TEXT, type=template_pb2.TEMPLATE_TYPE_MARKETING, tenant="jia")
            answer = await client.check.Check(asked)
            assert {finding.quote for finding in answer.verdict.findings} == {"国家级"}
            return str(answer.verdict.verdict_id)

    return asyncio.run(check())


def test_an_old_verdict_is_made_again_with_what_it_was_made_with(
    lists: Commands, small_lists: Path, tmp_path: Path
) -> None:
    verdict = checked(lists, small_lists)
    change = Change(Operation.ADD, ABSOLUTE, "橙子9折", "橙子9折\tlaw9", 1)
    lists.store.wordlists.apply(
        ZHAO, lists.store.wordlists.upload(ZHAO, [change], "巡查", 0).number, 0, approval_above=9
    )
    same = lists.record("ruleset", "replay", verdict)
    assert (same["is_same"], same["wordlists_version"], same["is_assumed"]) == (True, 0, False)
    assert same["then"] == same["now"]
    assert (same["lost"], same["gained"], same["causes"]) == ([], [], [])
    assert "结果相同：拒绝，1 项发现" in lists.table("ruleset", "replay", verdict)

    other = tmp_path / "lists"
    shutil.copytree(small_lists, other)
    path = other / f"{ABSOLUTE}.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("国家级\t", "国家极\t"), encoding="utf-8")
    told = lists.record("ruleset", "replay", verdict, "--wordlists", str(other), code=DIFFERS)
    assert (told["is_same"], told["causes"]) == (False, ["wordlists"])
    assert [(one["rule_id"], one["quote"]) for one in told["lost"]] == [("AW101", "国家级")]
    assert told["now"]["decision"] != told["then"]["decision"] == "REJECT"
    table, _ = lists.run("ruleset", "replay", verdict, "--wordlists", str(other), "--locale", "en", code=DIFFERS)
    assert "another verdict: reject then" in table
    assert "not as it was then: shipped wordlists or dialect files" in table


def test_what_was_said_of_rules_then_holds_again(lists: Commands, small_lists: Path) -> None:
    said = lists.store.rule_trials.say
    said(ZHAO, {"AW101": RuleTrial(TrialState.LIVE, Severity.REVIEW)}, "试行")
    verdict = checked(lists, small_lists, lists.store.rule_trials.current())
    said(ZHAO, {"AW101": RuleTrial(TrialState.OFF)}, "误伤")
    same = lists.record("ruleset", "replay", verdict)
    assert (same["is_same"], same["then"]["decision"], same["causes"]) == (True, "REVIEW", [])


def test_a_verdict_that_does_not_tell_how_it_was_made_is_made_by_what_was_in_force(lists: Commands) -> None:
    lists.store.desk.record([recording()])
    (line,) = [lists.store.desk.case(ZHAO, 1).line]
    told = lists.record("ruleset", "replay", line.verdict_id, code=DIFFERS)
    assert (told["is_assumed"], told["then"]["release"], told["causes"]) == (True, None, ["wordlists"])
    assert "没有检查结果" in lists.refused("ruleset", "replay", "0" * 32)


def test_processes_are_shown_from_the_store_and_by_a_server(lists: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有进程在服务" in lists.table("ruleset", "show")
    now = datetime.now(UTC)
    one = Presence("a" * 32, "host1", 7, "0.1.0", now, now, "sha256:0123456789abcdef", 0, now)
    StoredPresence(lists.store.engine).tell(one)
    failed = replace(one, id="b" * 32, pid=8, failed_version=1, failed_reason="gone:1:1: 词表", failed_at=now)
    StoredPresence(lists.store.engine).tell(failed)
    shown = lists.record("ruleset", "show")
    assert (shown["head"], [process["pid"] for process in shown["processes"]]) == (0, [7, 8])
    table = lists.table("ruleset", "show")
    assert "最新" in table
    assert "第 1 版构建失败" in table
    with captured_logs(), running(lists.store) as server:
        monkeypatch.delenv("MODERATION_STORE", raising=False)
        told = lists.record("ruleset", "show", "--server", server.address)
        assert [process["failed_version"] for process in told["processes"]] == [None, None, 1]
        assert (told["processes"][0]["ruleset"], told["processes"][0]["release"]) == ("", __version__)
        assert "正在加载" in lists.table("ruleset", "show", "--server", server.address)
        assert "--role" in lists.refused("ruleset", "show", "--server", server.address, "--role", "sender")
