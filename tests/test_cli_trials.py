"""Entries and rules on trial by the command line: put on trial, seen with their hits, promoted and dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import ZHANG
from test_cli_wordlist_changes import ZHAO, commands_over_small_lists, file_of  # noqa: F401 - a fixture

from moderation.cli.rendering.words import WORDS
from moderation.review.alerts import AlertKind
from moderation.review.hits import Count, Example, HitKind, HitMode, Subject, Tally
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.wordlists.change import Change, Operation

RANKING = "advertising/ranking"
UNTIL = "2126-12-31"
OVER = "2026-01-31"
OPTIONS = ("--wordlist", RANKING, "--source", "law9", "--reason", "巡查")


def on_trial(commands: Commands, *entries: str, until: str = UNTIL, wordlist: str = RANKING) -> int:
    """Put a batch of entries on trial, and return its number."""
    changes = [
        Change(Operation.ADD, wordlist, entry, f"{entry}\tlaw9\tshadow={until}", number)
        for number, entry in enumerate(entries, 1)
    ]
    wordlists = commands.store.wordlists
    batch = wordlists.upload(ZHAO, changes, "试行", wordlists.head())
    wordlists.apply(ZHAO, batch.number, wordlists.head(), approval_above=100)
    return batch.number


def hit(commands: Commands, entry: str, times: int = 3, text: str = "") -> None:
    head = commands.store.wordlists.head()
    subject = Subject(HitKind.ENTRY, RANKING, entry, HitMode.SHADOW, head)
    example = {subject: (Example("jia", text or f"【甲商城】{entry},致电13800001234", "v1"),)}
    commands.store.tallies.take(Tally({(subject, "jia"): Count(times, 1), (subject, "yi"): Count(1, 0)}, example))


def test_a_batch_is_put_on_trial_seen_with_its_hits_and_promoted(lists: Commands, tmp_path: Path) -> None:
    file = file_of(tmp_path, "words.txt", "宇宙桂冠", f"银河桂冠\tlaw9\tshadow={OVER}")
    planned = lists.record("wordlist", "plan", file, *OPTIONS, "--shadow", UNTIL)
    assert planned["plan"]["before"] == planned["plan"]["after"]
    batch = planned["batch"]["number"]
    lists.record("wordlist", "apply", str(batch), "--expect", "0")
    lines = lists.store.wordlists.overlay()[RANKING]
    assert lines == {
        "宇宙桂冠": f"宇宙桂冠\tlaw9\tshadow={UNTIL}",
        "银河桂冠": f"银河桂冠\tlaw9\tshadow={OVER}",
    }
    hit(lists, "宇宙桂冠")
    first, second = lists.record("wordlist", "shadow", "list", "--batch", str(batch))["trials"]
    today = datetime.now(UTC).date().isoformat()
    assert first == {
        "wordlist": RANKING,
        "entry": "宇宙桂冠",
        "line": f"宇宙桂冠\tlaw9\tshadow={UNTIL}",
        "until": UNTIL,
        "is_due": False,
        "since": 1,
        "batch": batch,
        "hits": 4,
        "changes": 1,
        "tenants": 2,
        "first_day": today,
        "last_day": today,
    }
    assert (second["entry"], second["is_due"], second["hits"]) == ("银河桂冠", True, 0)
    table = lists.table("wordlist", "shadow", "list")
    assert f"{OVER}（到期）" in table
    assert "1 个词条试行已到期" in table
    shown = lists.record("wordlist", "shadow", "show", "宇宙桂冠")
    assert shown["days"] == [{"day": today, "hits": 4, "changes": 1, "tenants": 2}]
    assert [one["verdict_id"] for one in shown["examples"]] == ["v1"]
    assert "13800001234" not in str(shown)
    assert "13800001234" in lists.table("wordlist", "shadow", "show", "宇宙桂冠", "--texts")
    told = lists.table("wordlist", "shadow", "promote", "宇宙桂冠", "--reason", "无误伤")
    assert "1 个词条已转正，为第 2 版" in told
    assert lists.store.wordlists.overlay()[RANKING]["宇宙桂冠"] == "宇宙桂冠\tlaw9"
    assert [one["entry"] for one in lists.record("wordlist", "shadow", "list")["trials"]] == ["银河桂冠"]
    audit = [(one["action"], one["actor"]) for one in lists.record("audit", "list")["entries"]]
    assert audit == [("wordlist.upload", "zhang"), ("wordlist.apply", "zhang")] * 2


def test_those_that_are_due_are_dropped_by_one_command(lists: Commands) -> None:
    on_trial(lists, "宇宙桂冠")
    on_trial(lists, "银河桂冠", "星际桂冠", until=OVER)
    dropped = lists.record("wordlist", "shadow", "drop", "--due", "--reason", "误伤多")
    assert (dropped["version"]["number"], dropped["version"]["removed"]) == (3, 2)
    left = {entry for entry, line in lists.store.wordlists.overlay()[RANKING].items() if line is not None}
    assert left == {"宇宙桂冠"}
    assert "没有符合的试行词条" in lists.refused("wordlist", "shadow", "drop", "--due", "--reason", "误伤多")
    lists.record("wordlist", "shadow", "drop", "--batch", "1", "--reason", "期满")
    assert lists.record("wordlist", "shadow", "list") == {"trials": [], "next_token": ""}
    assert lists.table("wordlist", "shadow", "list") == "没有试行中的词条\n"


def test_many_at_once_await_somebody_else(lists: Commands) -> None:
    batch = str(on_trial(lists, "宇宙桂冠", "银河桂冠"))
    told = lists.table(
        "wordlist", "shadow", "drop", "--batch", batch, "--reason", "期满", MODERATION_APPROVAL_ABOVE="1"
    )
    assert "须由另一人批准" in told
    assert lists.store.wordlists.head() == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("shadow", "promote", "--reason", "r"), "请写 ENTRY"),
        (("shadow", "promote", "天下", "--reason", "r"), "'天下' 不在试行中"),
        (("shadow", "show", "天下", "--locale", "en"), "'天下' is not on trial"),
        (("shadow", "list", "--wordlist", "advertising/rankin"), "advertising/ranking"),
        (("shadow", "list", "--token", "x"), "--token"),
        (("plan", "x.txt", "--shadow", "tomorrow"), "--shadow：'tomorrow' 不是日期"),
    ],
)
def test_a_mistake_is_told(lists: Commands, arguments: tuple[str, ...], told: str) -> None:
    assert told in lists.refused("wordlist", *arguments)


def test_words_that_no_rule_reads_cannot_be_on_trial(lists: Commands, tmp_path: Path) -> None:
    file = file_of(tmp_path, "hosts.txt", "dwz.example.cn")
    options = ("--wordlist", "link/shortener", "--source", "fraud24", "--shadow", UNTIL)
    told = lists.refused("wordlist", "plan", file, *options)
    assert "不能试行：link/shortener 的词不由规则读取" in told


def test_an_entry_of_several_wordlists_needs_one(lists: Commands) -> None:
    on_trial(lists, "宇宙桂冠")
    on_trial(lists, "宇宙桂冠", wordlist="advertising/absolute")
    told = lists.refused("wordlist", "shadow", "drop", "宇宙桂冠", "--reason", "r")
    assert "advertising/absolute, advertising/ranking" in told
    dropped = ("wordlist", "shadow", "drop", "宇宙桂冠", "--wordlist", RANKING, "--reason", "r")
    assert lists.record(*dropped)["version"]["removed"] == 1


def test_a_rule_is_put_on_trial_promoted_dropped_and_restored(commands: Commands) -> None:
    assert commands.table("rule", "trials") == "没有试行、转正或停用的规则\n"
    said = commands.table("rule", "shadow", "AW102", "OO101", "--until", UNTIL, "--reason", "误伤多")
    assert said == "AW102, OO101：试行\n"
    assert "已过" in commands.refused("rule", "shadow", "AW102", "--until", OVER, "--reason", "误伤多")
    over = RuleTrial(TrialState.SHADOW, until=date.fromisoformat(OVER))
    commands.store.rule_trials.say(ZHANG, {"AW102": over, "OO101": over}, "误伤多")
    subject = Subject(HitKind.RULE, "", "AW102", HitMode.SHADOW)
    example = {subject: (Example("jia", "【甲商城】全国第一,致电13800001234"),)}
    commands.store.tallies.take(Tally({(subject, "jia"): Count(5, 2)}, example))
    first, second = commands.record("rule", "trials")["rules"]
    assert (first["rule_id"], first["state"], first["until"], first["is_due"]) == ("AW102", "SHADOW", OVER, True)
    assert (first["hits"], first["changes"], first["tenants"], first["author"]) == (5, 2, 1, "zhang")
    assert (second["rule_id"], second["hits"]) == ("OO101", 0)
    assert f"{OVER}（到期）" in commands.table("rule", "trials")
    shown = commands.record("rule", "trials", "aw102")
    assert [one["hits"] for one in shown["days"]] == [5]
    assert "13800001234" not in str(shown)
    promoted = commands.record("rule", "promote", "AW102", "--severity", "review", "--reason", "已核对")
    assert [(one["state"], one["severity"]) for one in promoted["rules"]] == [("LIVE", "REVIEW")]
    assert commands.table("rule", "drop", "--due", "--reason", "误伤多") == "OO101：已停用\n"
    assert {one.state for one in commands.store.rule_trials.current().values()} == {TrialState.LIVE, TrialState.OFF}
    commands.table("rule", "restore", "AW102", "OO101", "--reason", "复原", "--locale", "en")
    assert commands.store.rule_trials.current() == {}


@pytest.mark.parametrize("verb", ["promote", "drop"])
def test_a_rule_that_nobody_put_on_trial_stays_as_it_is(commands: Commands, verb: str) -> None:
    assert "AW104 从未试行" in commands.refused("rule", verb, "AW104", "--reason", "误写")
    assert commands.store.rule_trials.said() == []


def test_a_shipped_trial_is_promoted_by_the_severity_that_it_was_tried_with(commands: Commands) -> None:
    told = commands.refused("rule", "promote", "VR113", "--reason", "已核对")
    assert "VR113 本身的级别是 SHADOW" in told
    commands.record("rule", "shadow", "VR113", "--severity", "review", "--until", UNTIL, "--reason", "试行")
    (said,) = commands.record("rule", "promote", "VR113", "--reason", "已核对")["rules"]
    assert (said["state"], said["severity"]) == ("LIVE", "REVIEW")


def test_a_write_of_a_rule_can_be_sent_again(commands: Commands) -> None:
    arguments = ("rule", "shadow", "AW102", "--until", UNTIL, "--reason", "误伤多", "--request-id", "r1")
    assert commands.record(*arguments) == commands.record(*arguments)
    assert commands.store.rule_trials.head() == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("shadow", "AW999", "--until", UNTIL, "--reason", "r"), "没有规则 'AW999'"),
        (("shadow", "AW102", "--until", "20261231", "--reason", "r"), "--until：'20261231' 不是日期"),
        (("promote", "--reason", "r"), "请写 RULE"),
        (("promote", "AW102", "--due", "--reason", "r", "--locale", "en"), "name a RULE"),
        (("promote", "AW102", "--severity", "shadow", "--reason", "r"), "reject, review, advice"),
        (("promote", "--due", "--reason", "r"), "没有试行到期的规则"),
    ],
)
def test_a_mistake_with_a_rule_is_told(commands: Commands, arguments: tuple[str, ...], told: str) -> None:
    assert told in commands.refused("rule", *arguments)
    assert commands.store.rule_trials.head() == 0


def test_alerts_are_listed(commands: Commands) -> None:
    assert commands.table("alert", "list") == "没有告警\n"
    subject = Subject(HitKind.ENTRY, RANKING, "宇宙桂冠", HitMode.LIVE, 4)
    commands.store.tallies.take(Tally({(subject, "jia"): Count(2, 1)}))
    (alert,) = commands.record("alert", "list", "--kind", "first-hit")["alerts"]
    assert (alert["kind"], alert["about"]) == ("alert.first_hit", "entry/advertising/ranking/宇宙桂冠/live")
    assert alert["details"]["version"] == 4
    assert "新词条首次命中" in commands.table("alert", "list")
    assert commands.record("alert", "list", "--kind", "reject-spike")["alerts"] == []
    assert "reject-spike, first-hit" in commands.refused("alert", "list", "--kind", "other")


def test_every_state_and_kind_has_words() -> None:
    for locale in WORDS:
        assert all(WORDS[locale][kind.value] for kind in AlertKind)
        assert all(WORDS[locale][f"TRIAL {state}"] for state in TrialState if state is not TrialState.ENDED)
