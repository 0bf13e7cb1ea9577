"""TrialService over a socket: what is on trial with its hits, by a client and by the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_serving import DeskServer, by, running
from stores import START, STORES, fresh
from typer.testing import CliRunner

from moderation.cli.main import app
from moderation.review.hits import Count, Example, HitKind, HitMode, Subject, Tally
from moderation.review.people import Actor, Role
from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.v1 import rule_pb2, trial_service_pb2
from moderation.wordlists.change import Change, Operation

ABSOLUTE, RANKING = "advertising/absolute", "advertising/ranking"
UNTIL, OVER = "2126-12-31", "2026-01-31"
ZHAO, POLICY, AUDITOR = Actor("zhao", Role.POLICY), by(Role.POLICY, "zhao"), by(Role.AUDITOR)
SHADOW, LIVE = trial_service_pb2.RULE_TRIAL_STATE_SHADOW, trial_service_pb2.RULE_TRIAL_STATE_LIVE
OFF, ENDED = trial_service_pb2.RULE_TRIAL_STATE_OFF, trial_service_pb2.RULE_TRIAL_STATE_ENDED
TODAY = START.date().isoformat()
LONGEST = 120


@pytest.fixture(name="server")
def trial_server(small_lists: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A server over small lists and a store with three entries on trial, one of which was hit."""
    cache = tmp_path_factory.getbasetemp() / "automata"
    with (
        closing(fresh(STORES[0], tmp_path)) as store,
        running(store, wordlists=small_lists, cache=cache, approval_above=2) as server,
    ):
        made = ((RANKING, "宇宙桂冠", UNTIL), (RANKING, "银河桂冠", OVER), (ABSOLUTE, "银河桂冠", UNTIL))
        changes = [
            Change(Operation.ADD, wordlist, entry, f"{entry}\tlaw9\tshadow={until}", number)
            for number, (wordlist, entry, until) in enumerate(made, 1)
        ]
        batch = store.wordlists.upload(ZHAO, changes, "试行", 0)
        store.wordlists.apply(ZHAO, batch.number, 0, approval_above=9)
        seen = Subject(HitKind.ENTRY, RANKING, "宇宙桂冠", HitMode.SHADOW, 1)
        text = Example("jia", "【甲商城】宇宙桂冠,致电13800001234", "v1")
        store.tallies.take(Tally({(seen, "jia"): Count(3, 1), (seen, "yi"): Count(1, 0)}, {seen: (text,)}))
        yield server


def call(server: DeskServer, name: str, who: Any = POLICY, **fields: Any) -> Any:  # noqa: ANN401 - any message
    return server.call(f"TrialService.{name}", who, LONGEST, **fields)


def test_entries_on_trial_are_told_with_what_they_hit(server: DeskServer) -> None:
    listed = call(server, "ListEntryTrials", AUDITOR)
    assert [(one.wordlist, one.entry, one.due) for one in listed.trials] == [
        (ABSOLUTE, "银河桂冠", False),
        (RANKING, "宇宙桂冠", False),
        (RANKING, "银河桂冠", True),
    ]
    seen = listed.trials[1]
    assert (listed.version, seen.since, seen.batch, seen.until, seen.line.split("\t")[0]) == (
        1,
        1,
        1,
        UNTIL,
        "宇宙桂冠",
    )
    counted = seen.hits
    assert (counted.hits, counted.changes, counted.tenants) == (4, 1, 2)
    assert (counted.first_day, counted.last_day) == (TODAY, TODAY)
    assert (listed.trials[0].hits.hits, listed.trials[0].hits.first_day) == (0, "")
    first = call(server, "ListEntryTrials", page_size=2)
    second = call(server, "ListEntryTrials", page_size=2, page_token=first.next_page_token)
    assert [*first.trials, *second.trials] == [*listed.trials]
    assert not second.next_page_token


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"wordlist": ABSOLUTE}, ["银河桂冠"]),
        ({"entry": "银河桂冠"}, ["银河桂冠", "银河桂冠"]),
        ({"due": True}, ["银河桂冠"]),
        ({"batch": 1}, ["银河桂冠", "宇宙桂冠", "银河桂冠"]),
        ({"batch": 2}, []),
    ],
)
def test_entries_on_trial_are_chosen(server: DeskServer, wanted: dict[str, Any], found: list[str]) -> None:
    assert [one.entry for one in call(server, "ListEntryTrials", **wanted).trials] == found


def test_texts_that_were_hit_are_masked_unless_wanted(server: DeskServer) -> None:
    entry = {"wordlist": RANKING, "entry": "宇宙桂冠"}
    told = call(server, "GetTrialHits", entry=entry)
    assert [(one.day, one.hits, one.changes, one.tenants) for one in told.days] == [(TODAY, 4, 1, 2)]
    assert [(one.verdict_id, one.tenant) for one in told.examples] == [("v1", "jia")]
    assert "13800001234" not in told.examples[0].text
    assert "13800001234" in call(server, "GetTrialHits", entry=entry, unmasked=True).examples[0].text
    assert not call(server, "GetTrialHits", rule="AW102").days


def test_rules_are_put_on_trial_promoted_and_let_go(server: DeskServer) -> None:
    asked = {"rules": ["AW102", BY_KEY["AW101"].name, "AW102"], "state": SHADOW, "until": UNTIL, "reason": "误伤多"}
    said = call(server, "SetRuleTrials", **asked, severity=rule_pb2.SEVERITY_REVIEW, request_id="r1")
    assert call(server, "SetRuleTrials", **asked, severity=rule_pb2.SEVERITY_REVIEW, request_id="r1") == said
    assert [(one.rule_id, one.state, one.until, one.author, one.due) for one in said.trials] == [
        (rule_id, SHADOW, UNTIL, "zhao", False) for rule_id in ("AW101", "AW102")
    ]
    first = call(server, "ListRuleTrials", AUDITOR, page_size=1)
    rest = call(server, "ListRuleTrials", AUDITOR, page_size=1, page_token=first.next_page_token)
    assert [one.rule_id for one in (*first.trials, *rest.trials)] == ["AW101", "AW102"]
    (live,) = call(server, "SetRuleTrials", rules=["AW101"], state=LIVE, reason="已核对").trials
    assert (live.state, live.severity) == (LIVE, rule_pb2.SEVERITY_REVIEW)
    (off,) = call(server, "SetRuleTrials", rules=["AW102"], state=OFF, reason="误伤多").trials
    assert (off.state, off.severity, off.until) == (OFF, rule_pb2.SEVERITY_UNSPECIFIED, "")
    call(server, "SetRuleTrials", rules=["AW101", "AW102"], state=ENDED, reason="复原")
    assert not call(server, "ListRuleTrials").trials


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"rules": []}, "FIELD_REQUIRED", "rules"),
        ({"rules": ["AW102", "ZZ999"]}, "RULE_UNKNOWN", "rules[1]"),
        ({"state": 0}, "FIELD_REQUIRED", "state"),
        ({"state": 9}, "ENUM_UNKNOWN", "state"),
        ({"until": ""}, "FIELD_REQUIRED", "until"),
        ({"until": "明天"}, "FIELD_OUT_OF_RANGE", "until"),
        ({"until": OVER}, "FIELD_OUT_OF_RANGE", "until"),
        ({"state": LIVE}, "FIELD_OUT_OF_RANGE", "until"),
        ({"state": OFF, "until": "", "severity": rule_pb2.SEVERITY_REVIEW}, "FIELD_OUT_OF_RANGE", "severity"),
        ({"severity": rule_pb2.SEVERITY_SHADOW}, "ENUM_UNKNOWN", "severity"),
        ({"rules": ["CP104"], "state": LIVE, "until": ""}, "FIELD_REQUIRED", "severity"),
        ({"reason": ""}, "FIELD_REQUIRED", "reason"),
    ],
)
def test_what_cannot_hold_for_rules_is_told(
    server: DeskServer, fields: dict[str, Any], reason: str, field: str
) -> None:
    asked = {"rules": ["AW102"], "state": SHADOW, "until": UNTIL, "reason": "误伤多"} | fields
    seen = server.refused("TrialService.SetRuleTrials", POLICY, **asked)
    assert (seen.reason, list(seen.violations)) == (reason, [field])
    assert not call(server, "ListRuleTrials").trials


@pytest.mark.parametrize(
    ("method", "fields", "reason"),
    [
        ("ListEntryTrials", {"wordlist": "advertising/none"}, "WORDLIST_UNKNOWN"),
        ("ListEntryTrials", {"page_token": "zz"}, "PAGE_TOKEN_INVALID"),
        ("GetTrialHits", {}, "FIELD_REQUIRED"),
        ("GetTrialHits", {"entry": {"wordlist": RANKING}}, "FIELD_REQUIRED"),
        ("GetTrialHits", {"rule": "ZZ999"}, "RULE_UNKNOWN"),
    ],
)
def test_what_cannot_be_told_is_refused(server: DeskServer, method: str, fields: dict[str, Any], reason: str) -> None:
    assert server.refused(f"TrialService.{method}", POLICY, **fields).reason == reason


def test_the_command_line_does_the_same_at_a_server(server: DeskServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MODERATION_STORE")

    def run(*arguments: str, code: int = 0) -> str:
        environment = {"MODERATION_ACTOR": "zhao", "COLUMNS": "200"}
        done = CliRunner(env=environment).invoke(app, [*arguments, "--server", server.address])
        assert done.exit_code == code, (arguments, done.output, done.exception)
        return done.output

    def record(*arguments: str) -> Any:  # noqa: ANN401 - JSON
        output = run(*arguments, "--format", "json")
        return json.loads(output[output.index("{") :])  # behind the lines of the server's log

    listed = record("wordlist", "shadow", "list", "--wordlist", RANKING)
    assert [(one["entry"], one["hits"], one["batch"]) for one in listed["trials"]] == [
        ("宇宙桂冠", 4, 1),
        ("银河桂冠", 0, 1),
    ]
    shown = record("wordlist", "shadow", "show", "宇宙桂冠", "--texts")
    assert shown["days"] == [{"day": TODAY, "hits": 4, "changes": 1, "tenants": 2}]
    assert "13800001234" in shown["examples"][0]["text"]
    assert "在多个词表中试行" in run("wordlist", "shadow", "show", "银河桂冠", code=2)
    run("wordlist", "shadow", "promote", "宇宙桂冠", "--reason", "无误伤")
    run("wordlist", "shadow", "drop", "--due", "--reason", "误伤多")
    lines = server.store.wordlists.overlay()
    assert (lines[RANKING]["宇宙桂冠"], lines[RANKING].get("银河桂冠")) == ("宇宙桂冠\tlaw9", None)
    assert "没有符合的试行词条" in run("wordlist", "shadow", "drop", "--batch", "9", "--reason", "误", code=2)

    run("rule", "shadow", "AW102", "--until", UNTIL, "--reason", "误伤多")
    assert server.store.rule_trials.current() == {"AW102": RuleTrial(TrialState.SHADOW, None, date(2126, 12, 31))}
    (rule,) = record("rule", "trials")["rules"]
    assert (rule["rule_id"], rule["state"], rule["author"]) == ("AW102", "SHADOW", "zhao")
    assert record("rule", "trials", "AW102")["days"] == []
    run("rule", "promote", "AW102", "--reason", "已核对", "--severity", "review")
    assert "severity" in run("rule", "promote", "CP104", "--reason", "已核对", code=2)
    run("rule", "drop", "AW102", "--reason", "误伤多")
    run("rule", "restore", "AW102", "--reason", "复原")
    assert server.store.rule_trials.current() == {}
