"""`moderation policy` over a store and over a server, and checks under the policies of a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from policy_serving import policy_server
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture

from moderation.cli.rendering.policy_refusals import POLICIES
from moderation.policies.reading import KEYS
from moderation.policies.refusal import PoliciesReason

FILE = """tenant = "bank"
reject_threshold = 0.9

[[deny]]
words = ["乙银行", "丙银行"]
reason = "竞品"

[[severity]]
rule = "absolute-term"
severity = "review"
reason = "有奖项证明"
until = 2027-01-31
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bank.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture(params=["store", "server"])
def way(request: pytest.FixtureRequest, commands: Commands) -> Iterator[Callable[..., list[str]]]:
    """The options that lead to the same policies: the store itself, or a server over it."""
    if request.param == "store":
        yield lambda *arguments: [*arguments]
        return
    with policy_server(commands.store) as address:
        yield lambda *arguments: [*arguments, "--server", address]


def test_a_file_is_planned_applied_shown_and_taken_back(
    commands: Commands, file: Path, way: Callable[..., list[str]]
) -> None:
    planned = commands.record(*way("policy", "plan", str(file)))
    assert (planned["tenant"], planned["version"]) == ("bank", 0)
    assert [one["key"] for one in planned["differences"]] == [
        "threshold.reject",
        "severity.AW101",
        "deny 乙银行",
        "deny 丙银行",
    ]
    assert "bank 的策略将有 4 处变更" in commands.table(*way("policy", "plan", str(file)))
    assert "没有租户设有策略" in commands.table(*way("policy", "list"))
    assert "bank 的策略现为第 1 版" in commands.table(
        *way("policy", "apply", str(file), "--expect", "0", "--reason", "初版", "--request-id", "r1")
    )
    again = commands.record(
        *way("policy", "apply", str(file), "--expect", "0", "--reason", "初版", "--request-id", "r1")
    )
    assert (again["policy"]["version"], again["policy"]["author"], again["policy"]["denied"]) == (1, "zhang", 2)
    assert "已与文件相同" in commands.table(*way("policy", "plan", str(file)))
    assert "现为第 1 版，不是第 0 版" in commands.refused(
        *way("policy", "apply", str(file), "--expect", "0", "--reason", "x")
    )
    exported = commands.table(*way("policy", "export", "bank"))
    assert 'words = ["乙银行", "丙银行"]' in exported
    assert exported in commands.table(*way("policy", "show", "bank"))
    assert (
        commands.record(*way("policy", "show", "bank", "--version", "1"))["policy"]["document"]["reject_threshold"]
        == 0.9
    )
    back = commands.record(*way("policy", "rollback", "bank", "0", "--expect", "1", "--reason", "误伤"))
    assert (back["policy"]["version"], back["policy"]["restores"]) == (2, 0)
    log = commands.record(*way("policy", "log", "bank"))["policy_versions"]
    assert [(one["version"], one["reason"]) for one in log] == [(2, "误伤"), (1, "初版")]
    assert "恢复至第 0 版" in commands.table(*way("policy", "log", "bank"))
    (line,) = commands.record(*way("policy", "list"))["policies"]
    assert (line["tenant"], line["version"], line["denied"]) == ("bank", 2, 0)


def test_where_each_value_comes_from(commands: Commands, file: Path, way: Callable[..., list[str]]) -> None:
    default = file.with_name("default.toml")
    default.write_text('tenant = "default"\nreview_threshold = 0.4\n[[deny]]\nwords = ["丁"]\nreason = "全平台"\n')
    for path in (file, default):
        commands.run(*way("policy", "apply", str(path), "--expect", "0", "--reason", "初版"))
    told = commands.record(*way("policy", "show", "bank", "--effective"))["values"]
    found = {f"{one['key']} {one['subject']}".strip(): (one["value"], one["origin"], one["version"]) for one in told}
    assert found == {
        "threshold.review": ("0.4", "DEFAULT", 1),
        "threshold.reject": ("0.9", "TENANT", 1),
        "profile": ("", "BUILT_IN", 0),
        "industry": ("", "BUILT_IN", 0),
        "severity.AW101": ("REVIEW", "TENANT", 1),
        "deny 乙银行": ("REJECT", "TENANT", 1),
        "deny 丙银行": ("REJECT", "TENANT", 1),
        "deny 丁": ("REJECT", "DEFAULT", 1),
    }
    later = commands.table(*way("policy", "show", "bank", "--effective", "--at", "2027-03-01"))
    assert "已过期" in later
    assert "默认策略" in later
    page = commands.record(*way("policy", "show", "bank", "--effective", "--size", "5"))
    rest = commands.record(*way("policy", "show", "bank", "--effective", "--size", "5", "--token", page["next_token"]))
    assert [*page["values"], *rest["values"]] == told


def test_a_wrong_file_is_told_line_by_line_and_changes_nothing(commands: Commands, file: Path) -> None:
    file.write_text(FILE.replace("absolute-term", "PC101").replace('reason = "竞品"', "") + "[[of]]\n", "utf-8")
    told = commands.refused("policy", "apply", str(file), "--expect", "0", "--reason", "x")
    assert told.splitlines() == [
        f'error: {file}:4：reason：缺少；请写 reason = "…"',
        f"{file}:9：rule：PROHIBITED_CONTENT 类规则租户不能放宽；PC101 只能更严；须放宽请写入默认策略（default）",
        f"{file}:13：of：没有这个键；可用的键：{', '.join(KEYS)}",
    ]
    assert ":4:1: reason: is missing; write reason" in commands.refused("policy", "plan", str(file), "--locale", "en")
    assert commands.record("policy", "list")["policies"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("policy", "plan", "absent.toml"), "absent.toml"),
        (("policy", "show", "a" * 65), "TENANT"),
        (("policy", "show", "a\nb"), "TENANT"),
        (("policy", "rollback", "bank", "1", "--expect", "0", "--reason", ""), "--reason"),
        (("policy", "rollback", "bank", "1", "--expect", "0", "--reason", "x"), "bank 的策略没有可用的第 1 版"),
        (("policy", "show", "bank", "--effective", "--at", "tomorrow"), "--at"),
        (("policy", "show", "bank", "--version", "3"), "bank 的策略没有可用的第 3 版"),
        (("policy", "log", "bank", "--token", "x"), "--token"),
    ],
    ids=["file", "long", "line", "no reason", "rollback", "time", "version", "token"],
)
def test_what_is_refused(commands: Commands, arguments: tuple[str, ...], told: str) -> None:
    assert told in commands.refused(*arguments)


def test_nobody_has_a_policy_at_first(commands: Commands) -> None:
    assert commands.table("policy", "show", "bank") == "bank 没有策略\n"
    assert "该租户没有策略" in commands.table("policy", "log", "bank")
    assert commands.table("policy", "export", "bank") == 'tenant = "bank"\n'


def test_every_refusal_has_words_in_both_languages() -> None:
    assert set(POLICIES) == set(PoliciesReason)
    for chinese, english in POLICIES.values():
        assert not chinese.isascii()
        assert english.isascii()


def test_a_server_lets_nobody_else_change_policies(commands: Commands, file: Path) -> None:
    commands.run("policy", "apply", str(file), "--expect", "0", "--reason", "初版")
    with policy_server(commands.store) as address:
        asked = ("--server", address, "--role", "sender")
        assert "sender 不能这样做" in commands.refused("policy", "list", *asked)
        (own,) = [
            one
            for one in commands.record("policy", "show", "bank", "--effective", *asked)["values"]
            if one["key"] == "threshold.reject"
        ]
        assert (own["value"], own["author"]) == ("0.9", "")
        told = commands.refused(
            "policy", "apply", str(file), "--expect", "1", "--reason", "x", "--server", address, "--role", "lead"
        )
        assert "lead 不能这样做" in told


def test_a_check_is_made_under_the_policy_of_the_store(
    commands: Commands, file: Path, small_lists: Path, tmp_path: Path
) -> None:
    commands.run("policy", "apply", str(file), "--expect", "0", "--reason", "初版")
    asked = [
        "check",
        "--wordlists",
        str(small_lists),
        "--format",
        "jsonl",
        "--type",
        "notification",
        "【甲商城】丙 银 行来了",
    ]
    caches = {"MODERATION_CACHE": str(tmp_path / "cache")}
    under = ["--store", str(commands.store.path), "--keys", str(commands.keys)]
    verdict = json.loads(commands.run(*asked, "--tenant", "bank", *under, code=1, **caches)[0])
    assert (verdict["decision"], verdict["findings"][0]["message"]) == ("REJECT", "竞品")
    assert (verdict["policy_version"], verdict["default_policy_version"]) == (1, 0)
    for tenant, options in (("shop", under), ("bank", ["--store", "none"])):
        other = json.loads(commands.run(*asked, "--tenant", tenant, *options, code=0, **caches)[0])
        assert (other["decision"], other["policy_version"]) == ("PASS", 0)
    assert "--server" in commands.refused(*asked, "--server", "127.0.0.1:1", *under)


def test_what_changes_nothing_says_so(commands: Commands, file: Path, way: Callable[..., list[str]]) -> None:
    commands.table(*way("policy", "apply", str(file), "--expect", "0", "--reason", "初版"))
    again = commands.table(*way("policy", "apply", str(file), "--expect", "1", "--reason", "再来"))
    back = commands.table(*way("policy", "rollback", "bank", "1", "--expect", "1", "--reason", "误伤"))
    assert again == back == "没有变更，bank 的策略仍为第 1 版\n"
    assert len(commands.record(*way("policy", "log", "bank"))["policy_versions"]) == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--at", "2027-01-31"), "--at：说明何时生效的各项，须与 --effective 同用"),
        (("--effective", "--version", "2"), "--version：--effective 显示现行的各项，不能指定版本；请去掉其一"),
    ],
)
def test_options_that_would_be_without_effect_are_refused(
    commands: Commands, options: tuple[str, ...], told: str
) -> None:
    assert told in commands.refused("policy", "show", "bank", *options)
