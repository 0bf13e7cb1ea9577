"""`moderation wordlist`: versions listed, compared, exported and restored, and the lines in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import Store

from moderation.match.wordlist_file import parse
from moderation.review.people import Actor, Role
from moderation.wordlists.change import Change, Operation

ABSOLUTE = "advertising/absolute"
ZHAO = Actor("zhao", Role.POLICY)
ADD, REMOVE, REPLACE = Operation.ADD, Operation.REMOVE, Operation.REPLACE


def applied(store: Store, *changes: tuple[Operation, str, str]) -> None:
    """Make the next version."""
    head = store.wordlists.head()
    made = [Change(operation, ABSOLUTE, entry, line, at) for at, (operation, entry, line) in enumerate(changes, 1)]
    batch = store.wordlists.upload(ZHAO, made, "巡查", head)
    store.wordlists.apply(ZHAO, batch.number, head, approval_above=100)


@pytest.fixture(name="lists")
def commands_over_two_versions(commands: Commands, small_lists: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands over a small directory of wordlists and two versions that changed one of them."""
    monkeypatch.setenv("MODERATION_WORDLISTS", str(small_lists))
    applied(commands.store, (ADD, "云朵九号", "云朵九号\tlaw9"), (REMOVE, "国家级", ""))
    applied(commands.store, (REPLACE, "世界级", "世界级\tlaw9\tedges=word"), (ADD, "云海", "云海\tlaw9"))
    return commands


def lines(told: dict[str, list[dict[str, object]]], name: str = "lines") -> list[tuple[object, object]]:
    return [(one["line"], one["since"]) for one in told[name]]


def test_versions_are_listed_the_latest_first(lists: Commands) -> None:
    first = lists.record("wordlist", "log", "--size", "1")
    assert [(one["number"], one["batch"], one["author"], one["reason"]) for one in first["versions"]] == [
        (2, 2, "zhao", "巡查")
    ]
    assert first["versions"][0]["at"].endswith("Z")
    rest = lists.record("wordlist", "log", "--token", first["next_token"])
    assert [(one["number"], one["added"], one["removed"], one["replaced"]) for one in rest["versions"]] == [
        (1, 1, 1, 0)
    ]
    assert "巡查" in lists.table("wordlist", "log")


def test_two_versions_are_compared_with_the_lines_as_shipped(lists: Commands) -> None:
    def told(*arguments: str) -> list[tuple[object, ...]]:
        found = lists.record("wordlist", "diff", *arguments)["differences"]
        return [(one["operation"], one["entry"], one["before"], one["after"]) for one in found]

    edges = "世界级\tlaw9\tedges=word"
    assert told("0", "2") == [
        ("REPLACE", "世界级", "世界级\tlaw9", edges),
        ("ADD", "云朵九号", None, "云朵九号\tlaw9"),
        ("ADD", "云海", None, "云海\tlaw9"),
        ("REMOVE", "国家级", "国家级\tlaw9", None),
    ]
    assert told("2", "1") == [
        ("REPLACE", "世界级", edges, "世界级\tlaw9"),
        ("REMOVE", "云海", "云海\tlaw9", None),
    ]
    assert told("1", "0")[-1] == ("ADD", "国家级", None, "国家级\tlaw9")
    assert told("1", "1") == []
    assert "两版相同" in lists.table("wordlist", "diff", "1", "1")
    assert "云海  law9" in lists.table("wordlist", "diff", "1", "2")
    page = lists.record("wordlist", "diff", "0", "2", "--size", "3")
    rest = lists.record("wordlist", "diff", "0", "2", "--token", page["next_token"])["differences"]
    assert [one["entry"] for one in rest] == ["国家级"]


def test_an_earlier_version_is_restored_as_the_next_one(lists: Commands) -> None:
    restore = ("wordlist", "rollback", "1", "--expect", "2", "--reason", "误伤", "--request-id", "r1")
    made = lists.record(*restore)["version"]
    assert (made["number"], made["restores"], made["batch"], made["author"], made["reason"]) == (
        3,
        1,
        None,
        "zhang",
        "误伤",
    )
    assert lists.record(*restore)["version"] == made
    assert "词表已恢复至第 1 版，为第 3 版" in lists.table(*restore)
    assert "词表现为第 3 版，不是第 2 版" in lists.refused(
        "wordlist", "rollback", "0", "--expect", "2", "--reason", "x"
    )
    assert lists.record("wordlist", "diff", "1", "3")["differences"] == []
    assert "恢复至第 1 版" in lists.table("wordlist", "log")
    (noted,) = [one for one in lists.record("audit", "list")["entries"] if one["action"] == "wordlist.rollback"]
    assert (noted["actor"], noted["role"], noted["details"]["reason"]) == ("zhang", "policy", "误伤")


def test_a_list_is_exported_as_the_file_that_is_in_force(lists: Commands, small_lists: Path, tmp_path: Path) -> None:
    shipped = (small_lists / f"{ABSOLUTE}.txt").read_text(encoding="utf-8")
    assert lists.table("wordlist", "export", ABSOLUTE, "--version", "0") == shipped
    assert lists.table("wordlist", "export", ABSOLUTE, "--store", "none") == shipped
    path = tmp_path / "absolute.txt"
    assert lists.table("wordlist", "export", ABSOLUTE, "-o", str(path)) == ""
    written = parse(path.read_bytes(), ABSOLUTE)
    assert [entry.text for entry in written.entries] == ["世界级", "云朵九号", "云海"]
    assert written.entries[0].word_edges
    told = lists.record("wordlist", "lint", str(path))
    assert (told["changes"], told["unchanged"]) == (0, 3)
    assert "cannot be written" in lists.refused("wordlist", "export", ABSOLUTE, "-o", str(tmp_path / "no" / "a.txt"))


def test_lines_are_shown_with_the_version_since_which_they_stand(lists: Commands) -> None:
    show = ("wordlist", "show", ABSOLUTE)
    edges = ("世界级\tlaw9\tedges=word", 2)
    assert lines(lists.record(*show)) == [edges, ("云朵九号\tlaw9", 1), ("云海\tlaw9", 2)]
    assert lines(lists.record(*show, "--version", "1")) == [("世界级\tlaw9", 0), ("云朵九号\tlaw9", 1)]
    shipped = [("国家级\tlaw9", 0), ("世界级\tlaw9", 0)]
    assert lines(lists.record(*show, "--version", "0")) == shipped
    assert lines(lists.record(*show, MODERATION_STORE="none")) == shipped
    page = lists.record(*show, "--size", "2")
    assert lines(lists.record(*show, "--token", page["next_token"])) == [("云海\tlaw9", 2)]
    applied(lists.store, (REMOVE, "云海", ""))
    assert "--token 不是这个列表给出的" in lists.refused(*show, "--token", page["next_token"])
    table = lists.table(*show, "--version", "1", "--locale", "en")
    assert [line.split() for line in table.splitlines()[1:]] == [
        [ABSOLUTE, "世界级", "law9", "shipped"],
        [ABSOLUTE, "云朵九号", "law9", "1"],
    ]


def test_entries_are_searched_that_contain_a_text_or_stand_in_it(lists: Commands) -> None:
    def found(text: str, *options: str) -> list[tuple[str, str, int]]:
        told = lists.record("wordlist", "search", text, *options)["matches"]
        return [(one["entry"], one["match"], one["since"]) for one in told if one["wordlist"] == ABSOLUTE]

    assert found("云") == [("云朵九号", "CONTAINS", 1), ("云海", "CONTAINS", 2)]
    assert found("【甲店】雲海茶,世界级好茶") == [("世界级", "FOUND", 2)]
    assert found("【甲店】云海茶,世界级好茶") == [("世界级", "FOUND", 2), ("云海", "FOUND", 2)]
    assert found("云", "--version", "1") == [("云朵九号", "CONTAINS", 1)]
    assert found("世界", "--store", "none") == [("世界级", "CONTAINS", 0)]
    page = lists.record("wordlist", "search", "云", "--size", "1")
    rest = lists.record("wordlist", "search", "云", "--size", "1", "--token", page["next_token"])
    assert (page["matches"][0]["entry"], rest["matches"][0]["entry"]) == ("云朵九号", "云海")
    assert "没有这样的词条" in lists.table("wordlist", "search", "绝无此词")
    assert "在查找内容中" in lists.table("wordlist", "search", "云海之上")


def test_a_store_that_is_named_has_to_be_there(lists: Commands, tmp_path: Path) -> None:
    assert "没有存储" in lists.refused("wordlist", "show", ABSOLUTE, "--store", str(tmp_path / "absent.db"))
