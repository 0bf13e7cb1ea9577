"""Listed words as signals: spans on what was written, how it was written, and honest words that are left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from variant_source import automaton, source, wordlist

from moderation.match.automaton import Automaton
from moderation.match.views import squeezed
from moderation.text.normal import Normal, fold, fold_parts
from moderation.text.segment import Segmenter
from moderation.text.signal import Signal
from moderation.wording import word_signals

SEGMENTER = Segmenter()
STROKE, HIDDEN = "\u0336", "\u200b"
ENTRIES = [
    "稳赚不赔",
    "加微",
    "加微信",
    "没有风险",
    "赌博",
    "第一",
    "免费",
    "代开发票",
    "论文+代笔~4",
    "成功率+%~8",
    "没有+风险~4",
    "最好\ts\tedges=word",
]
SCANNER = automaton(*ENTRIES)


def signals_of(normals: Sequence[Normal], scanner: Automaton = SCANNER) -> list[list[Signal]]:
    views = squeezed([normal.text for normal in normals])
    return word_signals(list(zip(normals, views, strict=True)), scanner, SEGMENTER)


def signals(text: str, scanner: Automaton = SCANNER) -> list[Signal]:
    return signals_of([fold(text)], scanner)[0]


def quotes(text: str, name: str = "words:a") -> list[tuple[str, str, tuple[str, ...]]]:
    found = (signal for signal in signals(text) if signal.name == name)
    return [(text[signal.start : signal.end], signal.term, signal.via) for signal in found]


@pytest.mark.parametrize(
    ("text", "quote", "term", "via"),
    [
        ("这是赌博", "赌博", "赌博", ()),
        ("这是穩賺不赔的", "穩賺不赔", "稳赚不赔", ("variant:traditional",)),
        ("请加薇信领", "加薇信", "加微信", ("variant:homophone",)),
        ("莫得风险的", "莫得风险", "没有风险", ("variant:dialect:sichuan",)),
        ("贝者博", "贝者博", "赌博", ("variant:split",)),
        ("赌*博", "赌*博", "赌博", ("variant:separator",)),
        ("稳·赚·不·赔", "稳·赚·不·赔", "稳赚不赔", ("variant:separator",)),
        ("稳 賺 不 陪", "稳 賺 不 陪", "稳赚不赔", ("variant:homophone", "variant:traditional", "variant:separator")),
        ("赌赌博博", "赌赌博博", "赌博", ("variant:repeated",)),
        ("赌赌*博博", "赌赌*博博", "赌博", ("variant:repeated", "variant:separator")),
        (f"赌{STROKE}博{STROKE}", f"赌{STROKE}博{STROKE}", "赌博", ("invisible",)),
        (f"赌{HIDDEN}博", f"赌{HIDDEN}博", "赌博", ("invisible",)),
        (f"加{HIDDEN}Ｖ信", f"加{HIDDEN}Ｖ信", "加微信", ("variant:letter",)),
        ("硕士论文·代笔", "论文·代笔", "论文+代笔", ()),
        ("硕士论·文·代·笔", "论·文·代·笔", "论文代笔", ("variant:separator",)),
        ("莫得啥子风险", "莫得啥子风险", "没有+风险", ("variant:dialect:sichuan",)),
        ("成功率高达70%", "成功率高达70%", "成功率+%", ()),
    ],
)
def test_a_word_is_quoted_as_it_is_written(text: str, quote: str, term: str, via: tuple[str, ...]) -> None:
    assert (quote, term, via) in quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        "增加徽章展示",  # 徽章 is a word
        "请免 费用",  # 费用 is another word
        "避免·费用过高",
        "ab加v1.2",  # part of an address
        "再加v-neck上衣",
        "第·一次登录",
        "赌,博客",
        "赌\n博",
    ],
)
def test_honest_words_are_left_alone(text: str) -> None:
    assert quotes(text) == []
    assert quotes(text, "evasion:variant") == []


@pytest.mark.parametrize(
    ("text", "is_hidden"),
    [
        ("加薇信", True),
        ("赌*博", True),
        ("赌赌博博", True),
        ("贝者博", True),
        ("莫得风险", False),  # how people speak
        ("第壹", False),
        ("加微信", False),
        ("这个项目稳賺不赔", True),  # one traditional character in a simplified text
        ("這個專案穩賺不賠", False),  # a traditional text
        ("穩賺不赔", False),
    ],
)
def test_a_disguise_is_told_besides_the_word(text: str, is_hidden: bool) -> None:
    told = quotes(text, "evasion:variant")
    assert bool(told) is is_hidden
    for quote, term, via in told:
        assert (quote, term, via) in quotes(text)


def test_confidence_is_that_of_the_line_times_that_of_the_reading() -> None:
    scanner = automaton("加微信\ts\tweight=0.5")
    found = {signal.name: signal.confidence for signal in signals("加薇信", scanner)}
    assert found == {"words:a": 0.45, "evasion:variant": 0.45}
    assert signals("加微信", scanner)[0].confidence == 0.5


def test_a_list_that_does_not_ask_for_separators_is_not_read_without_signs() -> None:
    scanner = automaton("赌博", kinds='"homophone"')
    assert signals("赌*博", scanner) == []
    assert signals("赌博", scanner)


def test_a_longer_word_that_turns_out_to_be_another_one_hides_no_shorter_one() -> None:
    scanner = automaton("开票徽", "开票")
    text = "代开票微波炉"
    assert [(text[one.start : one.end], one.via) for one in signals(text, scanner)] == [("开票", ())]


def test_an_empty_placeholder_inside_a_word_is_told_for_the_lists_that_it_matters_for() -> None:
    lists = [wordlist("贷款", name="evasion/split"), wordlist("领奖", name="promotion/win-notice")]
    scanner = Automaton(lists, source())
    for text, expected in (
        ("贷{}款", ["evasion:placeholder-split"]),
        ("领{}奖", []),
        ("贷款", ["words:evasion/split"]),
    ):
        before, _, after = text.partition("{}")
        normal = fold_parts([(before, False), ("${x}", True), (after, False)]) if after else fold(text)
        assert [signal.name for signal in signals_of([normal], scanner)[0]] == expected


PIECES = st.sampled_from(
    [*"稳穩赚賺不赔陪加微薇徽v信没莫得风险赌堵博章第一壹论文代笔·* (),a1", STROKE, HIDDEN, "赌赌", "加微"]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)


@given(st.lists(TEXTS, max_size=5))
def test_many_texts_give_what_each_gives_alone(texts: list[str]) -> None:
    normals: list[Normal] = [fold(text) for text in texts]
    together = signals_of(normals)
    assert together == [signals_of([normal])[0] for normal in normals]


@given(TEXTS)
def test_signals_are_in_order_and_inside_the_text(text: str) -> None:
    found = signals(text)
    assert [signal.start for signal in found] == sorted(signal.start for signal in found)
    for signal in found:
        assert 0 <= signal.start < signal.end <= len(text)
        assert 0.0 < signal.confidence <= 1.0
        assert (text[signal.start], text[signal.end - 1]) != (HIDDEN, HIDDEN)


@given(TEXTS)
def test_a_disguise_is_only_told_where_its_word_is(text: str) -> None:
    found = signals(text)
    words = {(one.start, one.end, one.term) for one in found if one.name == "words:a"}
    assert {(one.start, one.end, one.term) for one in found if one.name == "evasion:variant"} <= words
