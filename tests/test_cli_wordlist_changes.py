"""`moderation wordlist`: batches that are checked, planned, applied, approved and dropped, over a real store."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter
from unittest.mock import Mock

import pytest
from store_commands import BAD_INPUT, Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import Store, recording
from typer.testing import CliRunner
from workbooks import workbook

from moderation.cli.main import app
from moderation.cli.rendering.wordlist_refusals import WORDLISTS
from moderation.cli.rendering.words import WORDS
from moderation.review.people import Actor, Role
from moderation.wordlists import comparing
from moderation.wordlists.caution import CautionKind
from moderation.wordlists.change import BatchState, Change, Operation
from moderation.wordlists.plan import make_plan
from moderation.wordlists.refusal import WordlistsReason

ABSOLUTE, RANKING = "advertising/absolute", "advertising/ranking"
ZHAO = Actor("zhao", Role.POLICY)
HEADER = "operation,wordlist,entry,source\n"
REJECTED = "【甲店】云朵九号开放,欢迎光临,拒收请回复R"
NOT_YET = 1


@pytest.fixture(name="lists")
def commands_over_small_lists(
    commands: Commands, small_lists: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Commands:
    """Commands over an empty store and a small directory of wordlists, whose automata are kept between tests."""
    monkeypatch.setenv("MODERATION_WORDLISTS", str(small_lists))
    monkeypatch.setenv("MODERATION_CACHE", str(tmp_path_factory.getbasetemp() / "automata"))
    return commands


def file_of(directory: Path, name: str, *lines: str) -> str:
    path = directory / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


def uploaded(store: Store, *entries: str, by: Actor = ZHAO, wordlist: str = ABSOLUTE) -> int:
    """Return the number of a batch that adds entries."""
    changes = [Change(Operation.ADD, wordlist, one, f"{one}\tlaw9", at) for at, one in enumerate(entries, 1)]
    return store.wordlists.upload(by, changes, "巡查", store.wordlists.head()).number


def test_a_plan_is_a_batch_with_its_effect_and_its_application_a_version(lists: Commands, tmp_path: Path) -> None:
    lists.store.desk.record([recording(REJECTED), recording("【甲店】欢迎光临,拒收请回复R")])
    file = file_of(tmp_path, "a.txt", "# 十二月", "云朵九号", "云朵九号厅", "时间", "国家级")
    options = ("--wordlist", ABSOLUTE, "--source", "law9", "--reason", "巡查", "--actor", "zhao", "--request-id", "r1")
    told = lists.record("wordlist", "plan", file, *options, code=NOT_YET)
    batch, plan = told["batch"], told["plan"]
    assert (batch["number"], batch["state"], batch["base"], batch["author"]) == (1, "DRAFT", 0, "zhao")
    assert (batch["added"], batch["reason"], plan["unchanged"]) == (3, "巡查", 1)
    assert plan["is_applicable"]
    assert plan["broken"] == []
    assert plan["counts"] == [{"wordlist": ABSOLUTE, "added": 3, "removed": 0, "replaced": 0}]
    assert plan["redundant"]["shown"] == [{"wordlist": ABSOLUTE, "entry": "云朵九号厅", "covered_by": "云朵九号"}]
    assert [one["entry"] for one in plan["cautions"]["shown"]] == ["时间"]
    assert plan["lawful"]["total"] == len(plan["lawful"]["shown"]) > 5
    assert all("时间" in one["text"] for one in plan["lawful"]["shown"])
    flips = plan["flips"]
    assert (flips["checked"], flips["stricter"]["total"], flips["milder"]["total"]) == (2, 1, 0)
    (flip,) = flips["stricter"]["shown"]
    assert (flip["text"], flip["quotes"], flip["tenant"]) == (REJECTED, ["云朵九号"], "jia")
    assert flips["rules"] == [{"rule_id": flip["gained"][0], "gained": 1, "lost": 0}]
    assert plan["before"] != plan["after"]

    assert lists.store.wordlists.head() == 0

    apply = ("wordlist", "apply", "1", "--expect", "0", "--approval-above", "3", "--request-id", "r2")
    applied = lists.record(*apply, MODERATION_APPROVAL_ABOVE="0")
    version = applied["version"]
    assert (version["number"], version["batch"], version["author"], version["added"]) == (1, 1, "zhao", 3)
    assert (applied["batch"]["state"], applied["batch"]["version"]) == ("APPLIED", 1)
    assert lists.record(*apply) == applied
    assert lists.store.wordlists.overlay()[ABSOLUTE]["时间"] == "时间\tlaw9"


def test_a_batch_that_breaks_an_example_cannot_be_applied(lists: Commands, tmp_path: Path) -> None:
    lists.store.desk.record([recording("【甲店】最好吃的橙子,拒收请回复R")])
    file = file_of(
        tmp_path, "a.csv", HEADER.strip(), "REMOVE,advertising/superlative,最好吃,", f"添加,{RANKING},云朵第九,law9"
    )
    table, progress = lists.run("wordlist", "plan", file, code=NOT_YET)
    assert "已上传为批次 1（2 处变更，0 行与现行词表相同，基于第 0 版）" in table
    assert "结果变宽的已存模板: 1" in table
    assert "不再成立的规则示例" in table
    assert "批次 1 会破坏规则示例，不能生效" in table
    stages = [line.rpartition(" ")[0] for line in progress.splitlines()]
    assert stages[:2] == ["载入现行词表", "构建新词表"]
    assert stages[-1] == "检查已存模板"
    told = lists.record("wordlist", "apply", "1", "--expect", "0", code=NOT_YET)
    assert (told["version"], told["batch"]["state"]) == (None, "DRAFT")
    assert "最好吃" in {one["quote"] for one in told["broken"]}
    assert lists.store.wordlists.head() == 0


def test_what_a_plan_proved_is_not_proved_again(
    lists: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--wordlist", ABSOLUTE, "--source", "law9", "--reason", "巡查")
    lists.record("wordlist", "plan", file_of(tmp_path, "a.txt", "云朵六号"), *options)
    lists.record("wordlist", "plan", file_of(tmp_path, "b.txt", "云朵五号"), *options)
    made = Mock(wraps=make_plan)
    monkeypatch.setattr(comparing, "make_plan", made)
    lists.record("wordlist", "apply", "1", "--expect", "0")
    assert made.call_count == 0
    lists.record("wordlist", "apply", "2", "--expect", "1")  # to another version than it was planned for
    assert made.call_count == 1


def test_a_large_batch_awaits_somebody_else(lists: Commands) -> None:
    uploaded(lists.store, "云朵九号", "云朵八号")
    told = lists.table("wordlist", "apply", "1", "--expect", "0", MODERATION_APPROVAL_ABOVE="1")
    assert "批次 1 有 2 处变更，须由另一人批准：moderation wordlist approve 1 --expect 0" in told
    assert "由您上传，须由另一人批准" in lists.refused("wordlist", "approve", "1", "--expect", "0", "--actor", "zhao")
    approved = lists.record("wordlist", "approve", "1", "--expect", "0", "--actor", "qian")
    assert (approved["version"]["author"], approved["version"]["approved_by"]) == ("zhao", "qian")
    (noted,) = [one for one in lists.record("audit", "list")["entries"] if one["action"] == "wordlist.approve"]
    assert (noted["actor"], noted["role"]) == ("qian", "policy")


def test_a_batch_that_fits_no_more_is_told_line_by_line(lists: Commands) -> None:
    change = Change(Operation.REMOVE, ABSOLUTE, "从无此词", "", 7)
    lists.store.wordlists.upload(ZHAO, [change], "巡查", 0)
    told = lists.refused("wordlist", "apply", "1", "--expect", "0")
    assert "批次 1 与第 0 版词表不符，未生效" in told
    assert "批次 1:7:1：advertising/absolute 中没有 '从无此词'；" in told
    assert lists.store.wordlists.batch(1).state is BatchState.DRAFT


def test_batches_are_listed_and_dropped(lists: Commands) -> None:
    for entries in (("甲乙丙",), ("乙丙丁", "丙丁戊")):
        uploaded(lists.store, *entries)
    dropped = lists.record("wordlist", "drop", "1", "--reason", "误传", "--request-id", "r1")["batch"]
    assert dropped["state"] == "DROPPED"
    assert lists.record("wordlist", "drop", "1", "--reason", "误传", "--request-id", "r1")["batch"] == dropped
    first = lists.record("wordlist", "batches", "--size", "1")
    assert [(one["number"], one["added"]) for one in first["batches"]] == [(2, 2)]
    rest = lists.record("wordlist", "batches", "--size", "1", "--token", first["next_token"])
    assert [(one["number"], one["state"]) for one in rest["batches"]] == [(1, "DROPPED")]
    assert lists.record("wordlist", "batches", "--state", "draft")["batches"] == first["batches"]
    assert "没有这样的批次" in lists.table("wordlist", "batches", "--state", "applied")
    assert "已撤下" in lists.table("wordlist", "batches")
    assert "awaiting-approval" in lists.refused("wordlist", "batches", "--state", "lost")


MISTAKES = (
    ("a.csv", (HEADER.strip(), f"ADD,{ABSOLUTE},国家级,zz"), "a.csv:2:1：'国家级' 已有，写的是 '国家级 law9'；"),
    ("a.csv", (HEADER.strip(), f"ADD,{ABSOLUTE},云朵,zz"), "a.csv:2:4：没有依据 'zz'；"),
    ("a.csv", (HEADER.strip(), "ADD,advertising/absolut,云朵,law9"), "没有词表 'advertising/absolut'；是否想写"),
    ("a.csv", ("operation,entry", "加,云朵"), "a.csv:2:"),
    ("a.txt", ("云朵\tlaw9", "云海\tlaw9\tedges=letter"), "a.txt:2:9：edges 不能写 'letter'；"),
    ("a.txt", ("云朵",), "a.txt:1:3：缺少依据；"),
    ("a.txt", ("云朵\tlaw9", "云朵\tlaw9"), "a.txt:2:1：'云朵' 在第 1 行也有；"),
    ("a.txt", ("+++", f'id = "{RANKING}"', "+++"), "a.txt:1:1："),
    ("a.xlsx", ("PK",), "a.xlsx:1:1："),
)  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "told"), MISTAKES)
@pytest.mark.parametrize("command", ["lint", "plan"])
def test_mistakes_in_a_file_are_told_with_their_lines_and_nothing_is_kept(
    lists: Commands, tmp_path: Path, command: str, name: str, lines: tuple[str, ...], told: str
) -> None:
    file = file_of(tmp_path, name, *lines)
    assert told in lists.refused("wordlist", command, file, "--wordlist", ABSOLUTE).replace(f"{tmp_path}/", "")
    assert lists.store.wordlists.batches().items == ()


def test_all_mistakes_of_all_files_are_told_at_once(lists: Commands, tmp_path: Path) -> None:
    first = file_of(tmp_path, "a.txt", "云朵", "甲 \tlaw9", "乙\tzz")
    second = file_of(tmp_path, "b.csv", HEADER.strip(), f"ADD,{ABSOLUTE},云朵,law9", f"REMOVE,{ABSOLUTE},丙,")
    options = ("--wordlist", ABSOLUTE, "--source", "law9")
    lines = lists.refused("wordlist", "plan", first, second, *options).removeprefix("error: ").splitlines()
    found = [line.removeprefix(f"{tmp_path}/").split("：")[0] for line in lines]
    assert found == ["a.txt:2:1", "a.txt:3:3", "b.csv:2:1", "b.csv:3:1"]
    assert f"在 {first}:1 也有" in lines[2]
    done = lists.record("wordlist", "lint", first, second, *options, code=BAD_INPUT)
    assert [(one["line"], one["column"]) for one in done["diagnostics"]] == [(2, 1), (3, 3), (2, 1), (3, 1)]
    assert done["changes"] == 1


@pytest.mark.parametrize("form", ["txt", "csv", "xlsx", "wordlist"])
def test_every_format_is_read_from_files_and_from_standard_input(
    lists: Commands, small_lists: Path, tmp_path: Path, form: str
) -> None:
    head = (small_lists / f"{ABSOLUTE}.txt").read_text(encoding="utf-8")
    content = {
        "txt": "云朵\tlaw9\n".encode(),
        "csv": f"{HEADER}ADD,{ABSOLUTE},云朵,law9\n".encode(),
        "xlsx": workbook([HEADER.strip().split(","), ["ADD", ABSOLUTE, "云朵", "law9"]]),
        "wordlist": f"{head}云朵\tlaw9\n".encode(),
    }[form]
    path = tmp_path / f"a.{'txt' if form == 'wordlist' else form}"
    path.write_bytes(content)
    told = lists.record("wordlist", "lint", str(path), "--wordlist", ABSOLUTE)
    assert (told["changes"], told["unchanged"]) == (1, 2 if form == "wordlist" else 0)
    named = ["--input-format", form] if form == "csv" else []
    arguments = ["wordlist", "lint", "-", "--wordlist", ABSOLUTE, "--format", "json", *named]
    done = CliRunner(env={"MODERATION_STORE": str(lists.store.path)}).invoke(app, arguments, input=content)
    assert json.loads(done.stdout) == told


def test_a_file_is_checked_against_the_version_in_force(lists: Commands, tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.txt", "云朵\tguide")
    check = ("wordlist", "lint", file, "--wordlist", ABSOLUTE)
    assert "1 处变更，0 行与现行词表相同，没有错误" in lists.table(*check)
    lists.store.wordlists.apply(ZHAO, uploaded(lists.store, "云朵"), 0, approval_above=9)
    assert "'云朵' 已有，写的是 '云朵 law9'" in lists.refused(*check)
    assert lists.record(*check, "--operation", "replace")["changes"] == 1
    assert lists.record(*check, MODERATION_STORE="none")["changes"] == 1


USAGE = (
    ("lint absent.txt", "absent.txt：无法读取", "absent.txt: cannot be read"),
    ("lint a.txt --operation change", "可用：add, remove, replace", "use add, remove, replace"),
    ("lint a.txt --wordlist advertising/absolut", "相近的：advertising/absolute", "near are: advertising/absolute"),
    ("lint a.txt --wordlists absent", "--wordlists：absent：没有这个目录", "absent: there is no such directory"),
    ("plan a.txt --role boss", "可用：sender, reviewer", "use sender, reviewer"),
    ("plan same.txt --wordlist advertising/absolute", "没有任何变更", "nothing changes: every line stands already"),
    ("plan a.txt --request-id " + "x" * 65, "有 65 个字符", "has 65 characters"),
    ("plan a.txt --reason " + "长" * 501, "须为 1 至 500 个", "write 1 to 500"),
    ("plan a.txt --templates -1", "greater than or equal to 0", "greater than or equal to 0"),
    ("apply 9 --expect 0", "没有批次 9；moderation wordlist batches", "there is no batch 9; see moderation"),
    ("apply 1", "--expect", "--expect"),
    ("apply 1 --expect 7", "词表现为第 0 版，不是第 7 版", "are at version 0, not 7; see moderation wordlist diff 7 0"),
    ("approve 1 --expect 0", "批次 1 现为“草稿”", "batch 1 is draft"),
    ("drop 1 --reason ", "--reason：有 0 个字符", "--reason: has 0 characters"),
    ("rollback 3 --expect 0 --reason x", "没有第 3 版词表；moderation wordlist log", "there is no version 3 of"),
    ("diff 0 3", "没有第 3 版词表", "there is no version 3"),
    ("log --token x", "--token 不是这个列表给出的", "the page token is not one"),
    ("show advertising/absolute --token x", "--token 不是这个列表给出的", "the page token is not one"),
    ("show advertising/absolut", "没有词表", "there is no wordlist"),
    ("show advertising/absolute --version 4", "没有第 4 版词表", "there is no version 4"),
    ("show advertising/absolute --version 4 --store none", "没有第 4 版词表", "there is no version 4"),
    ("export advertising/absolut", "没有词表", "there is no wordlist"),
    ("search ", "查找的内容为空", "there is nothing to look for"),
)  # fmt: skip


@pytest.mark.parametrize(("command", "chinese", "english"), USAGE)
def test_what_is_refused_is_told_in_either_language(
    lists: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, chinese: str, english: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file_of(tmp_path, "a.txt", "云朵\tlaw9")
    file_of(tmp_path, "same.txt", "国家级\tlaw9")
    uploaded(lists.store, "云朵")
    words = ["wordlist", *command.split(" ")]
    assert chinese in " ".join(lists.refused(*words).split())
    assert english in " ".join(lists.refused(*words, "--locale", "en").split())


def test_the_lists_in_force_are_listed(lists: Commands) -> None:
    shipped = lists.record("wordlist", "list", MODERATION_STORE="none")
    assert lists.record("wordlist", "list") == shipped
    lists.store.wordlists.apply(ZHAO, uploaded(lists.store, "云朵"), 0, approval_above=9)
    grown = lists.record("wordlist", "list")
    assert [one["entries"] - old["entries"] for one, old in zip(grown, shipped, strict=True) if one != old] == [1]


def test_a_request_id_is_of_one_batch(lists: Commands) -> None:
    uploaded(lists.store, "云朵")
    uploaded(lists.store, "云海")
    lists.run("wordlist", "drop", "1", "--reason", "误传", "--request-id", "r1")
    assert "--request-id 已用于另一项操作" in lists.refused(
        "wordlist", "drop", "2", "--reason", "误传", "--request-id", "r1"
    )


def test_every_refusal_and_state_has_words_in_both_languages() -> None:
    assert set(WORDLISTS) == set(WordlistsReason)
    for chinese, english in WORDLISTS.values():
        assert not chinese.isascii()
        assert english.isascii()
        fields = [{field for _, field, _, _ in Formatter().parse(told) if field} for told in (chinese, english)]
        assert fields[0] - {"message", "line"} == fields[1] - {"message", "line"}
    for name in (*BatchState, *Operation, *CautionKind):
        assert not WORDS["zh"][name].isascii()
        assert WORDS["en"][name].isascii()


def test_the_file_in_the_documentation_is_right(commands: Commands, tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "wordlists.md").read_text(encoding="utf-8")
    shown = page.partition("```\noperation")[2].partition("```")[0]
    file = file_of(tmp_path, "a.csv", *f"operation{shown}".splitlines())
    assert commands.record("wordlist", "lint", file)["changes"] == 3
