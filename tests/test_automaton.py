"""The automaton: spans in characters, exceptions, combinations, near words, empty lists, linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.match.automaton import Automaton
from moderation.match.wordlist_file import parse

HEADER = '+++\nid = "{id}"\ntitle = "x"\nowner = "x"\nlicence = "x"\n[sources]\ns = "x"\n+++\n'


def automaton(*entries: str, others: tuple[str, ...] = ()) -> Automaton:
    lists = [HEADER.format(id="a") + "\n".join(entries)]
    if others:
        lists.append(HEADER.format(id="b") + "\n".join(others))
    return Automaton(parse(text.encode(), "x") for text in lists)


def quotes(scanner: Automaton, text: str) -> list[str]:
    return [text[match.start : match.end] for match in scanner.scan(text)]


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (["第一\ts"], "排第一,又第一", ["第一", "第一"]),
        (["第一\ts", "全国第一\ts"], "全国第一和第一", ["全国第一", "第一"]),
        (["最好\ts\texcept=最好提前"], "最好提前到,最好的", ["最好"]),
        (["黑\ts\texcept=黑白"], "黑白配黑", ["黑"]),
        (["贷款|借款+无抵押~4\ts"], "无抵押快速贷款", ["无抵押快速贷款"]),
        (["贷款+无抵押~4\ts"], "贷款一二三四五无抵押", []),
        (["贷款+无抵押~4\ts"], "贷款,贷款无抵押", ["贷款无抵押"]),
        (["甲+乙+丙~3\ts"], "丙一甲二乙", ["丙一甲二乙"]),
        (["甲+乙+丙~3\ts"], "甲二乙", []),
        (["贷款+无抵押~9\ts\texcept=贷款政策"], "贷款政策不再无抵押", []),
        (["加\ts\tnear=微信~2"], "加我微信一起去加油", ["加"]),
        (["加\ts\tnear=微信~2"], "微信xx加", ["加"]),
        (["加\ts\tnear=微信~2"], "加上三个字微信", []),
        (["😀赌\ts"], "a😀赌b", ["😀赌"]),
        (["a\ts"], "\ufffca中", ["a"]),
    ],
)
def test_matches(entries: list[str], text: str, expected: list[str]) -> None:
    assert quotes(automaton(*entries), text) == expected


@pytest.mark.parametrize("text", ["", "任意文字", "a" * 1000])
def test_empty_and_one_entry_wordlists(text: str) -> None:
    assert Automaton([]).scan(text) == []
    assert quotes(automaton("任意\ts"), text) == (["任意"] if "任意" in text else [])


def test_a_match_inside_a_longer_one_counts_only_in_another_wordlist() -> None:
    matches = automaton("全国第一\ts", "第一\ts", others=("第一\ts",)).scan("全国第一")
    assert [(match.listed.wordlist, match.start, match.end) for match in matches] == [("a", 0, 4), ("b", 2, 4)]


@given(
    st.lists(st.text(alphabet="甲乙丙a", min_size=1, max_size=3), min_size=1, max_size=6, unique=True),
    st.text(alphabet="甲乙丙a丁", max_size=30),
)
def test_agrees_with_a_naive_search(words: list[str], text: str) -> None:
    found = {(match.start, match.end) for match in automaton(*(f"{word}\ts" for word in words)).scan(text)}
    naive = {(start, start + len(word)) for word in words for start in range(len(text)) if text.startswith(word, start)}
    longest = {
        (start, end)
        for start, end in naive
        if not any(other != (start, end) and other[0] <= start and end <= other[1] for other in naive)
    }
    assert found == longest


def test_a_text_full_of_hits_costs_in_proportion() -> None:
    scanner = automaton("甲+乙~20\ts\texcept=甲甲乙", "乙\ts\tnear=甲~20")
    short, long = scanner.scan("甲乙" * 100), scanner.scan("甲乙" * 1000)
    assert len(long) == 10 * len(short)
