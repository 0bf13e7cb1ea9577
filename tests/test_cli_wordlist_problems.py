"""What is wrong in files and batches of wordlists, told in Chinese: every problem that there is has its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from test_wordlist import HEADER, WRONG
from workbooks import workbook

from moderation.cli.rendering.wordlist_problems import wordlist_problem
from moderation.match.listing import Diagnostic
from moderation.match.wordlist_file import WordlistError, parse
from moderation.wordlists import batch_file, problems
from moderation.wordlists.batch_file import format_of
from moderation.wordlists.batch_files import BatchFile, read_files
from moderation.wordlists.change import Given
from moderation.wordlists.overlay import ShippedList, load_shipped

LIST = "advertising/absolute"
ENGLISH = re.compile(r"\b[a-z]+(?: [a-z]+){2,}")
"""Three words of English one after another."""

QUOTED = re.compile(r"（[^）]*）|moderation [a-z ]+")
"""What other libraries say, and commands."""

GIVEN = Given(wordlist=LIST, source="law9")


def a_file(name: str, content: bytes, given: Given = GIVEN) -> BatchFile:
    return BatchFile(name, content, format_of(name, content), given)


def untold(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return what is told in English; there must be something to tell."""
    assert diagnostics
    return [told for one in diagnostics if ENGLISH.search(QUOTED.sub("", told := wordlist_problem(one, "zh")))]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_file_is_told_in_chinese(name: str) -> None:
    with pytest.raises(WordlistError) as caught:
        parse(WRONG[name], "a.txt")
    assert untold(caught.value.diagnostics) == []
    (first, *_) = caught.value.diagnostics
    assert wordlist_problem(first, "en") == str(first)
    assert wordlist_problem(first, "zh").startswith(f"a.txt:{first.line}:{first.column}：")


@pytest.mark.parametrize(
    "line",
    [
        *("law9\tshadow=2026-13-01", "law9\tnear=甲~0", "law9\tvariants=runes", "law9\tedges=a", "law9\tx=1"),
        *("law9\tweight", "law9\tweight=3", "law8", ""),
    ],
)
def test_what_is_wrong_in_a_line_is_told_in_chinese(line: str) -> None:
    with pytest.raises(WordlistError) as caught:
        parse((HEADER + f"词\t{line}\n").encode(), "a.txt")
    assert untold(caught.value.diagnostics) == []


CSV = "operation,wordlist,entry,source,options\n"
FILES = {
    "unknown list.csv": CSV + "ADD,advertising/absolut,云朵,law9,\nADD,x/y,云朵,law9,\n",
    "rows.csv": CSV + f"x,{LIST},云朵,law9,\nADD,,云朵,law9,\nADD,{LIST},,law9,\nADD,{LIST},云朵,,\n",
    "columns.csv": "entry,entry,colour\n云朵,云朵,\n",
    "no entry.csv": "wordlist,source\na,b\n",
    "empty.csv": "",
    "quotes.csv": CSV + 'ADD,"云朵\n',
    "options.csv": CSV + f"ADD,{LIST},云朵,law9,weight=7\n",
    "stands.csv": CSV + f"ADD,{LIST},国家级,law9,weight=0.5\nREMOVE,{LIST},从无此词,,\nREPLACE,{LIST},也无此词,law9,\n",
    "twice.csv": CSV + f"ADD,{LIST},云朵,law9,\nADD,{LIST},云朵,law9,\n",
    "hosts.csv": CSV + "ADD,link/shortener,https://x.cn,guide-links,\nADD,link/shortener,X.CN,guide-links,\n",
    "trial.csv": CSV + "ADD,link/shortener,x.cn,guide-links,shadow=2027-01-01\n",
    "tab.csv": CSV + f"ADD,{LIST},云\t朵,law9,\n",
    "long.txt": "词" * 5000 + "\n",
    "comment.csv": CSV + f"ADD,{LIST},#云朵,law9,\n",
    "control.txt": "云\x07朵\n",
    "no source.txt": "云朵\n",
    "other list.txt": HEADER + "云朵\tlaw9\n",
}


@pytest.fixture(scope="module")
def shipped(small_lists: Path) -> dict[str, ShippedList]:
    return dict(load_shipped(small_lists))


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_in_a_batch_is_told_in_chinese(name: str, shipped: dict[str, ShippedList]) -> None:
    given = Given(wordlist="" if name.endswith(".csv") else LIST, source="law9" if name == "long.txt" else "")
    read = read_files([a_file(name, FILES[name].encode(), given)], shipped, {})
    assert untold(read.diagnostics) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", workbook([["entry", "colour"], ["云朵"]])])
def test_what_is_wrong_in_a_workbook_is_told_in_chinese(content: bytes, shipped: dict[str, ShippedList]) -> None:
    assert untold(read_files([a_file("a.xlsx", content)], shipped, {}).diagnostics) == []


def test_too_much_is_told_in_chinese(shipped: dict[str, ShippedList], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_file, "MAX_CHANGES", 2)
    assert untold(read_files([a_file("a.txt", "甲乙\n乙丙\n丙丁\n".encode())], shipped, {}).diagnostics) == []
    monkeypatch.setattr(batch_file, "MAX_CHANGES", 9)
    monkeypatch.setattr(problems, "MOST_TOLD", 2)
    many = "".join(f"词{number}\tlaw8\n" for number in range(4)).encode()
    read = read_files([a_file("a.txt", many)], shipped, {})
    assert untold(read.diagnostics) == []
    assert "另有 2 处有误" in wordlist_problem(read.diagnostics[-1], "zh")


def test_two_files_with_one_word_are_told_in_chinese(shipped: dict[str, ShippedList]) -> None:
    files = [a_file(name, "云朵\n".encode()) for name in ("a.txt", "b.txt")]
    (one,) = read_files(files, shipped, {}).diagnostics
    assert wordlist_problem(one, "zh") == "b.txt:1:1：'云朵' 在 a.txt:1 也有；请只留一行"


def test_commands_tell_it_in_the_language_of_the_reader(
    commands: Commands, small_lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODERATION_WORDLISTS", str(small_lists))
    file = tmp_path / "a.csv"
    file.write_text(CSV + f"ADD,{LIST},云朵,law8,\n", encoding="utf-8")
    for verb in ("lint", "plan"):
        told = commands.refused("wordlist", verb, str(file))
        assert f"{file}:2:4：没有依据 'law8'；可用：" in told
        assert "unknown source 'law8'" in commands.refused("wordlist", verb, str(file), "--locale", "en")
