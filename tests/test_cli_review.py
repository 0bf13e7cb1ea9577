"""`moderation review`, `case` and `appeal`: a table of commands, the records that scripts read, and what is refused."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import typer
from desk_serving import DeskServer, desk_server  # noqa: F401 - a fixture
from serving import captured_logs
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import JIA, LI, ZHANG, reason, recording
from typer.testing import CliRunner

from moderation.cli import review
from moderation.cli.main import app
from moderation.cli.rendering.words import WORDS
from moderation.review.case import Outcome, Priority, Queue, ReasonCode
from moderation.review.states import CaseState
from moderation.rules.rule import Severity
from moderation.verdict import Decision

PERSONAL = "【甲商城】全国第一,联系13800138000,拒收请回复R"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

LINE = {
    "case": 1,
    "verdict_id": "ID",
    "queue": "REVIEW",
    "state": "CLAIMED",
    "priority": "NORMAL",
    "tenant": "jia",
    "machine_decision": "REVIEW",
    "risk_score": 0.5,
    "rules": ["AW102"],
    "tags": ["dialect:sichuan", "industry:retail"],
    "excerpt": "【甲商城】全国第一,联系138****8000,拒收请回复R",
    "opened_at": "TIME",
    "due_at": "TIME",
    "lease": {"holder": "zhang", "epoch": 1, "expires_at": "TIME"},
    "ruled": None,
}
CASE = LINE | {
    "template": {
        "text": PERSONAL,
        "id": "t1",
        "signature": "",
        "type": "MARKETING",
        "industry": None,
        "tenant": "jia",
        "profile": "",
        "region": "",
        "send_at": None,
    },
    "findings": [
        {
            "rule_id": "AW102",
            "rule_name": "ranking-claim",
            "category": "ABSOLUTE_WORDING",
            "severity": "REVIEW",
            "score": 0.5,
            "span": {"start": 5, "end": 9},
            "quote": "全国第一",
            "term": "全国第一",
            "message": "“全国第一”宣称排名，须有依据",
            "advice": "写明时间、地域、范围和数据来源，或删去排名",
            "laws": ["广告法 第九条第三项"],
        }
    ],
    "suggested_text": "【甲商城】会员日,拒收请回复R",
    "ruling": None,
    "appeal": None,
    "skips": [],
    "purged": False,
}
APPEAL = {
    "appeal": 1,
    "case": 1,
    "verdict_id": "ID",
    "tenant": "jia",
    "filed_by": "jia-sender",
    "text": "请复核",
    "evidence": ["https://example.cn/1"],
    "filed_at": "TIME",
    "outcome": None,
    "decided_by": "",
    "reason": "",
    "decided_at": None,
}


def plain(record: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a record without what differs from run to run."""
    told = re.sub(r'"verdict_id": "[0-9a-f]{32}"', '"verdict_id": "ID"', json.dumps(record))
    return json.loads(MOMENT.sub("TIME", told))


def personal(commands: Commands) -> int:
    return commands.store.open_case(recording(PERSONAL, tags=("dialect:sichuan", "industry:retail")))


def test_records_have_the_keys_that_scripts_rely_on(commands: Commands) -> None:
    personal(commands)
    held = plain(commands.record("review", "claim", "1"))
    assert held == CASE
    assert list(held) == list(CASE)
    listed = plain(commands.record("case", "list"))
    assert listed == {"cases": [LINE], "next_token": ""}
    assert list(listed["cases"][0]) == list(LINE)
    ruled = plain(commands.record("review", "rule", "1", "reject", "--code", "misleading", "--note", "缺少期限"))
    ruling = {"reviewer": "zhang", "decision": "REJECT", "code": "MISLEADING", "note": "缺少期限", "ruled_at": "TIME"}
    assert ruled == CASE | {"state": "RULED", "lease": None, "ruled": "REJECT", "ruling": ruling}
    other = commands.store.open_case(recording(PERSONAL.replace("13800138000", "13800138001")))
    (similar,) = plain(commands.record("case", "similar", str(other)))["similar"]
    assert similar["similarity"] > 0.5
    assert {key: similar[key] for key in ("case", "ruled", "ruling")} == {
        "case": 1,
        "ruled": "REJECT",
        "ruling": ruling,
    }


def test_an_appeal_from_its_filing_to_the_proposed_exception(commands: Commands) -> None:
    verdict = commands.store.ruled().line.verdict_id
    filing = ("appeal", "file", verdict, "--text", "请复核", "--evidence", "https://example.cn/1")
    sender = ("--tenant", "jia", "--actor", "jia-sender")
    assert plain(commands.record(*filing, *sender)) == APPEAL
    line = {key: value for key, value in APPEAL.items() if key not in ("text", "evidence", "reason")}
    assert plain(commands.record("appeal", "list", "--open"))["appeals"] == [line | {"excerpt": "请复核"}]
    assert commands.record("appeal", "list", "--role", "sender", "--tenant", "yi")["appeals"] == []
    assert commands.run("appeal", "claim", code=1) == ("", "没有待审案件\n")
    held = commands.record("appeal", "claim", "--actor", "li")
    assert (held["queue"], held["state"], held["lease"]["epoch"]) == ("APPEAL", "APPEAL_CLAIMED", 2)
    decided = plain(commands.record("appeal", "decide", "1", "reverse", "--reason", "已核实", "--actor", "li"))
    said = {"outcome": "REVERSED", "decided_by": "li", "reason": "已核实", "decided_at": "TIME"}
    assert decided == APPEAL | said
    assert plain(commands.record("appeal", "show", "1")) == decided
    assert plain(commands.record("appeal", "proposals"))["proposals"] == [
        {
            "proposal": 1,
            "case": 1,
            "rule_id": "AW102",
            "term": "全国第一",
            "quote": "全国第一",
            "proposed_at": "TIME",
        }
    ]
    assert commands.record("appeal", "list", "--open")["appeals"] == []


def test_personal_data_is_masked_in_lists_and_whole_where_one_is_shown(commands: Commands) -> None:
    number = personal(commands)
    case = commands.store.rule(commands.store.desk.claim(ZHANG, number))
    commands.store.desk.file_appeal(JIA, case.line.verdict_id, "请致电13800138000")
    for listing in (("case", "list"), ("appeal", "list"), ("case", "similar", "1")):
        for form in ("table", "json"):
            assert "13800138000" not in commands.table(*listing, "--format", form)
    shown = commands.table("case", "show", "1")
    assert PERSONAL in shown
    assert "请致电13800138000" in shown


def test_personal_data_is_masked_in_proposed_exceptions(commands: Commands) -> None:
    of = recording(PERSONAL, reasons=(reason("AW102", "13800138000"),))
    verdict = commands.store.ruled(of=of).line.verdict_id
    commands.store.desk.file_appeal(JIA, verdict, "请复核")
    commands.store.decided(Outcome.REVERSED, commands.store.desk.case(ZHANG, 1))
    for form in ("table", "json"):
        told = commands.table("appeal", "proposals", "--format", form)
        assert told.count("138****8000") == 2
        assert "13800138000" not in told


def test_findings_are_told_in_the_language_of_the_reader(commands: Commands) -> None:
    personal(commands)
    english = ("claims a rank and needs proof", "name period, area, scope and source of the figure, or drop the rank")
    claiming = ("review", "claim", "1", "--request-id", "r1")
    for command in (("case", "show", "1"), ("review", "show", "1"), claiming, ("review", "renew", "1")):
        told = commands.table(*command, "--locale", "en")
        assert all(part in told for part in english), command
        (finding,) = commands.record(*command, "--locale", "en")["findings"]
        assert (finding["message"], finding["advice"]) == (f"“全国第一” {english[0]}", english[1])


def test_a_list_without_anything_says_so(commands: Commands) -> None:
    commands.store.open_case()
    for command, chinese, english in (
        (("case", "list", "--tenant", "yi"), "没有符合的案件", "no case matches"),
        (("case", "overdue"), "没有符合的案件", "no case matches"),
        (("case", "similar", "1"), "没有符合的案件", "no case matches"),
        (("appeal", "list"), "没有符合的申诉", "no appeal matches"),
        (("appeal", "proposals"), "没有例外建议", "there is no proposal"),
    ):
        assert commands.table(*command) == f"{chinese}\n"
        assert commands.table(*command, "--locale", "en") == f"{english}\n"


def test_next_claims_what_comes_first_and_tells_where_nothing_waits(commands: Commands) -> None:
    assert commands.run("review", "next", code=1) == ("", "没有待审案件\n")
    assert commands.run("review", "next", "--locale", "en", code=1) == ("", "nothing waits\n")
    commands.store.open_case()
    spoken = commands.store.open_case(recording(tags=("dialect:sichuan",)))
    assert commands.record("review", "next", "--tag", "dialect:sichuan", "--skill", "dialect:sichuan")["case"] == spoken
    assert commands.record("review", "next", "--queue", "review", "--queue", "quality")["case"] == 1
    assert commands.run("review", "next", "--queue", "appeal", code=1)[0] == ""


def test_a_lease_is_renewed_given_back_and_skipped(commands: Commands) -> None:
    commands.store.open_case()
    until = commands.record("review", "next")["lease"]["expires_at"]
    assert commands.record("review", "renew", "1")["lease"]["expires_at"] > until
    assert commands.record("review", "release", "1") == {"case": 1, "done": "released"}
    assert commands.record("review", "next")["lease"]["epoch"] == 2
    assert commands.table("review", "skip", "1", "--reason", "看不懂") == "已跳过案件 1\n"
    assert commands.run("review", "next", code=1)[0] == ""
    assert [skip["reason"] for skip in commands.record("review", "next", "--actor", "li")["skips"]] == ["看不懂"]


def test_cases_are_ruled_together_or_not_at_all(commands: Commands) -> None:
    for _ in range(3):
        commands.store.open_case()
    ruling = ("review", "rule", "1", "pass", "--code", "rule-mistaken", "--also")
    commands.run("review", "claim", "1")
    assert commands.refused(*ruling, "2", "--also", "9") == "error: 没有案件 9；moderation case list 列出案件\n"
    ruled = commands.record(*ruling, "2", "--also", "3", "--request-id", "a", "--epoch", "1")
    assert (ruled["ruling"]["code"], ruled["also"]) == ("RULE_MISTAKEN", [2, 3])
    again = commands.table(*ruling, "2", "--also", "3", "--request-id", "a", "--epoch", "1")
    assert "一并裁决的案件：2 3\n" in again
    assert [line["ruled"] for line in commands.record("case", "list")["cases"]] == ["PASS"] * 3


def test_a_write_that_is_sent_again_changes_nothing(commands: Commands) -> None:
    commands.store.open_case()
    claiming = ("review", "next", "--request-id", "r1")
    assert commands.record(*claiming) == commands.record(*claiming)
    ruling = ("review", "rule", "1", "pass", "--code", "lawful", "--epoch", "1", "--request-id", "r2")
    assert commands.record(*ruling) == commands.record(*ruling)
    assert "--request-id" in commands.refused(*ruling, "--note", "另一备注")
    assert "--epoch" in commands.refused("review", "release", "1", "--request-id", "r3")


FILTERS: tuple[tuple[tuple[str, ...], list[int]], ...] = (
    ((), [1, 2, 3]),
    (("--queue", "quality"), [3]),
    (("--state", "claimed", "--state", "ruled"), [1]),
    (("--tenant", "yi"), [2]),
    (("--tag", "dialect:sichuan"), [2]),
    (("--priority", "low"), [3]),
    (("--rule", "cp103"), [2]),
    (("--holder", "zhang"), [1]),
    (("--overdue",), []),
)


def test_lists_are_filtered_and_come_in_pages(commands: Commands) -> None:
    commands.store.claimed()
    commands.store.open_case(recording(tenant="yi", tags=("dialect:sichuan",), reasons=(reason("CP103"),)))
    commands.store.open_case(recording(machine=Decision.PASS))
    for options, numbers in FILTERS:
        found = commands.record("case", "list", *options)["cases"]
        assert [line["case"] for line in found] == numbers, options
    page = commands.record("case", "list", "--size", "2")
    rest = commands.record("case", "list", "--size", "2", "--token", page["next_token"])
    assert [line["case"] for line in page["cases"] + rest["cases"]] == [1, 2, 3]
    assert rest["next_token"] == ""
    assert f"--token {page['next_token']}" in commands.table("case", "list", "--size", "2")
    assert "--token" in commands.refused("case", "list", "--tenant", "yi", "--token", page["next_token"])


def test_what_is_overdue_is_told(commands: Commands) -> None:
    commands.store.clock.move(-timedelta(days=2))
    commands.store.open_case()
    commands.store.ruled()
    assert [line["case"] for line in commands.record("case", "overdue")["cases"]] == [1]
    assert commands.table("case", "list").count("已超时") == 1
    assert commands.record("case", "overdue", "--queue", "appeal")["cases"] == []


def test_figures(commands: Commands) -> None:
    commands.store.ruled()
    commands.store.open_case()
    figures = commands.record("review", "stats", "--since", "2026-11-23")
    assert list(figures) == ["queues", "rules", "reviewers", "passed_unseen"]
    assert MOMENT.fullmatch(figures["queues"][0].pop("oldest_at"))
    assert figures["queues"][0] == {"queue": "REVIEW", "waiting": 1, "held": 0, "overdue": 0}
    assert figures["rules"] == [
        {"rule_id": "AW102", "cases": 2, "passed": 0, "rejected": 1, "appeals": 0, "overturned": 0}
    ]
    assert [(one["reviewer"], one["rejected"]) for one in figures["reviewers"]] == [("zhang", 1)]
    assert commands.record("review", "stats", "--since", "2999-01-01")["reviewers"] == []
    assert "zhang" in commands.table("review", "stats", "--locale", "en")


def test_what_would_command_a_terminal_is_escaped(commands: Commands) -> None:
    commands.store.open_case(recording("【甲商城】全国第一\x1b[31m\u202e\n新"))
    for command in (("case", "list"), ("case", "show", "1"), ("review", "next")):
        told = commands.table(*command)
        assert r"全国第一\x1b[31m\u202e\n新" in told
        assert not {"\x1b", "\u202e"} & set(told)


def test_a_case_for_people_has_everything_and_how_to_go_on(commands: Commands) -> None:
    commands.store.decided(Outcome.UPHELD)
    personal(commands)
    told = commands.table("review", "next", "--skill", "dialect:sichuan")
    for part in (
        "案件 2 · 复核 审理中 zhang 第 1 次租约",
        f"  {PERSONAL}\n",
        "类型 MARKETING · 行业 - · 运营商配置 - · 地区 - · 标签 dialect:sichuan industry:retail\n",
        "AW102 ranking-claim [人工审核 5-9] “全国第一”宣称排名，须有依据",
        "建议: 写明时间、地域、范围和数据来源，或删去排名",
        "依据: 广告法 第九条第三项",
        "建议文案: 【甲商城】会员日,拒收请回复R",
        "→ moderation review rule 2 pass|reject --code …",
    ):
        assert part in told
    assert "→" not in commands.table("case", "show", "2", "--actor", "li")
    final = commands.table("case", "show", "1")
    assert "已终局" in final
    assert "结果: 维持原判 · li" in final
    assert "upheld · li" in commands.table("appeal", "show", "1", "--locale", "en")


def test_the_full_screen_needs_a_terminal_and_textual(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    _, error = commands.run("review", code=2)
    assert "release" in error
    assert "须在终端中运行" in error
    monkeypatch.setattr(review, "is_terminal", lambda: True)
    for name in [name for name in sys.modules if name.startswith(("textual", "moderation.cli.review_screen.app"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual", None)
    assert "pip install 'moderation[review]'" in commands.refused("review")


def test_decisions_that_the_screen_could_not_record_are_told(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moderation.cli.review_screen.app import ReviewApp

    monkeypatch.setattr(review, "is_terminal", lambda: True)
    monkeypatch.setattr(ReviewApp, "run", lambda _: ("#1 通过",))
    assert commands.run("review", "--skill", "dialect:sichuan", "--plain", code=1) == ("", "#1 通过\n")
    monkeypatch.setattr(ReviewApp, "run", lambda _: None)
    assert commands.run("review") == ("", "")


def test_who_acts_is_who_is_logged_in_unless_it_is_said(commands: Commands) -> None:
    commands.store.open_case()
    held = commands.record("review", "next", LOGNAME="wang", MODERATION_ACTOR="")
    assert held["lease"]["holder"] == "wang"


def test_a_server_answers_as_the_store_does(commands: Commands, server: DeskServer) -> None:
    case = server.store.claimed(LI)
    server.store.rule(case, by=LI)
    there = ("--server", server.address)
    with captured_logs():
        assert [line["case"] for line in commands.record("case", "list", *there)["cases"]] == [1]
        filed = commands.record("appeal", "file", case.line.verdict_id, "--text", "请复核", "--tenant", "jia", *there)
        assert filed["case"] == 1
        assert commands.record("appeal", "claim", *there)["lease"]["holder"] == "zhang"
        decided = commands.record("appeal", "decide", "1", "uphold", "--reason", "违法", *there)
        assert decided["outcome"] == "UPHELD"
        assert commands.record("review", "stats", *there)["rules"][0]["appeals"] == 1
        assert "没有案件 9" in commands.refused("case", "show", "9", *there)
        assert "--role：auditor 不能这样做" in commands.refused("review", "claim", "1", "--role", "auditor", *there)


def leaves(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - of Typer
    for name, command in getattr(group, "commands", {}).items():
        yield from leaves(command, (*path, name))
    if not getattr(group, "commands", {}):
        yield path, group


def test_every_command_has_an_example_that_begins_as_it_is_called() -> None:
    groups = ("review", "case", "appeal", "audit", "key", "migrate")
    for path, command in leaves(typer.main.get_command(app)):
        if path[0] in groups:
            assert f"moderation {' '.join(path)}" in (command.epilog or ""), path
            assert "Example:" in CliRunner().invoke(app, [*path, "--help"]).stdout


def test_there_are_words_for_everything_in_both_languages() -> None:
    named = [*CaseState, *ReasonCode, *Outcome, *Decision, *(one.name for one in Priority), *Severity]
    for key in (*named, *(f"QUEUE {queue}" for queue in Queue)):
        assert WORDS["zh"][key]
        assert WORDS["en"][key].isascii()
