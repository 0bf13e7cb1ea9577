"""Which dialect a text is told to be in: examples of each dialect, and standard text that must not be taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpora import CORPUS, LIBRARY
from hypothesis import given
from hypothesis import strategies as st

from moderation import shipped
from moderation.match.dialect import Dialect, Equivalent, load_dialects
from moderation.match.dialect_scorer import DialectScorer
from moderation.match.word_starts import WordStarts
from moderation.text.normal import fold

TOLD = (
    ("sichuan", "【甲商城】这回的海椒巴适得很，莫得哪家比得到，会员8折，拒收请回复R"),
    ("sichuan", "【乙银行】莫把验证码说给别个听，屋头老人也要提醒一哈"),
    ("sichuan", "【甲物业】电梯遭不住了，师傅正在修，咋个走看门口牌牌"),
    ("cantonese", "【甲商城】唔使钱嘅嘢唔好信，嚟门市睇真啲先买"),
    ("cantonese", "【乙茶樓】朝早嚟飲茶，點心8折，冇得顶"),
    ("dongbei", "【甲早市】大棚菜嘎嘎新鲜，麻溜儿来，今儿个8折，拒收请回复R"),
    ("minnan", "【甲茶行】毋通乱点链接，免烦恼，来厝泡茶"),
    ("wu", "【甲商城】侬好，阿拉屋里个年货侪打8折，勿要忘记，拒收请回复R"),
    ("xiang", "【甲粉店】细伢子恰饭冇得错，么子时候来都要得咯"),
)
STANDARD = (
    "【甲商城】双11全场8折，满100减20，拒收请回复R",
    "【甲银行】您尾号1234的卡消费100元，如非本人操作请致电400-000-0000",
    "【甲外卖】商家后台登录校验码${code}，3分钟内有效",
    "【甲期货】您持有的合约将进入交割月，个人客户须自行平仓",
    "【甲气象台】今夜到明天多云转阴，通风台口注意防风",
    "【甲燃气】闻到臭鸡蛋味先关阀再开窗，外出请带好骨头先生湿巾",
    "【甲旅行】波士顿往返机票限时优惠，名师讲解考点解析，喇叭套装5折",
    "【甲公司】请勿拍照、请勿外传，切莫相信陌生来电，莫过于此",
    "【甲商城】老铁们，没毛病，忽悠人的事我们不干，价格实在，拒收请回复R",
    "【甲書店】您訂購的書籍已到貨，請於週末前來取",
    "",
    "￼￼",
)


@pytest.fixture(scope="module")
def scorer() -> DialectScorer:
    return DialectScorer(load_dialects(shipped.directory("dialects")))


@pytest.mark.parametrize(("dialect", "text"), TOLD)
def test_a_text_in_a_dialect_is_told(dialect: str, text: str, scorer: DialectScorer) -> None:
    assert scorer.find_many([fold(text).text]) == [dialect]


@pytest.mark.parametrize("text", STANDARD)
def test_standard_text_is_not_taken_for_a_dialect(text: str, scorer: DialectScorer) -> None:
    assert scorer.find_many([fold(text).text]) == [""]


def dialect(name: str, *words: str, ambiguous: str = "", marker: str = "", common: str = "") -> Dialect:
    equivalents = [Equivalent("标准", word, ("own",), 1) for word in words]
    equivalents += [
        Equivalent("标准", word, ("own",), 1, is_ambiguous=True) for word in f"{ambiguous} {common}".split()
    ]
    equivalents += [Equivalent("", word, ("own",), 1) for word in marker.split()]
    return Dialect(name, name, "policy", "own work", {"own": ""}, tuple(equivalents), tuple(common.split()))


SCORES: tuple[tuple[str, dict[str, int]], ...] = (
    ("甲乙丙", {"one": 3, "two": 1}),
    ("甲乙", {"one": 2}),
    ("甲乙甲乙", {"one": 2}),
    ("丁", {"one": 1, "two": 3}),
    ("好", {}),
    ("戊好戊", {"two": 1}),
    ("戊己", {"two": 2}),
    ("甲\ufffc乙", {}),
)


@pytest.mark.parametrize(("text", "scores"), SCORES)
def test_a_word_scores_once_by_its_kind_and_the_longest_counts(text: str, scores: dict[str, int]) -> None:
    scorer = DialectScorer(
        (
            dialect("one", "甲乙", "甲乙丙", ambiguous="丁", common="好"),
            dialect("two", "戊己", marker="丁", ambiguous="甲乙丙 戊"),
        )
    )
    assert scorer.scores(text) == scores


def test_two_dialects_that_tie_are_not_told_apart_and_none_tells_nothing() -> None:
    scorer = DialectScorer((dialect("one", "甲乙丙"), dialect("two", "甲乙丙", "丁戊己")))
    assert scorer.find_many(["甲乙丙", "甲乙丙，丁戊己", ""]) == ["", "two", ""]
    assert DialectScorer(()).find_many(["甲乙丙"]) == [""]


PIECES = st.lists(
    st.sampled_from(("莫得", "屋头", "唔", "嘅", "侬", "勿要", "么子", "贷款", "，", "￼", "a")), max_size=6
)


@given(st.lists(PIECES.map("".join), max_size=5))
def test_texts_told_together_are_told_as_alone(scorer: DialectScorer, texts: list[str]) -> None:
    assert scorer.find_many(texts) == [scorer.find_many([text])[0] for text in texts]


LEAST_TOLD = {"cantonese": 105, "sichuan": 125, "wu": 30, "minnan": 25, "xiang": 20, "dongbei": 8}
"""Of 156, 254, 80, 74, 73 and 86 texts; many differ from standard text in a word or two, which is left untold."""


def texts_of(path: Path) -> list[str]:
    return [fold(json.loads(line)["text"]).text for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", LEAST_TOLD)
def test_the_dialect_corpus_is_told_and_never_as_another_dialect(name: str, scorer: DialectScorer) -> None:
    told = scorer.find_many(texts_of(CORPUS / "lawful" / f"dialect-{name}.jsonl"))
    assert set(told) <= {name, ""}
    assert told.count(name) >= LEAST_TOLD[name]


def test_of_the_lawful_corpus_only_dialect_is_told(scorer: DialectScorer) -> None:
    texts = [
        text
        for directory in (CORPUS / "lawful", LIBRARY)
        for path in directory.glob("*.jsonl")
        if not path.name.startswith("dialect-")
        for text in texts_of(path)
    ]
    told = [text for text, name in zip(texts, scorer.find_many(texts), strict=True) if name]
    assert len(texts) > 1000
    assert [text for text in told if "巴适得很" not in text] == []


def test_a_text_scores_at_most_what_the_beginnings_of_its_words_allow() -> None:
    scores = {"甲": 1, "乙丙": 2, "乙丙丁": 3, "戊己庚辛": 3}
    starts = WordStarts(scores)
    texts = ["", "子丑", "甲", "乙丙", "乙丙丁", "甲乙丙甲", "戊己庚子", "戊己", "子甲", "丑乙丙丁戊己庚辛"]
    assert starts.at_most(texts).tolist() == [0, 0, 1, 2, 3, 4, 3, 0, 1, 6]
