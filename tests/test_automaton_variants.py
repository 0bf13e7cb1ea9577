"""Words in variants: found, combined, excused, left to what their lines ask for; many texts as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from variant_source import automaton, source, wordlist

from moderation import shipped
from moderation.match.automaton import Automaton, Match
from moderation.match.compiled import Source
from moderation.match.dialect import load_dialects
from moderation.match.forms import load_forms
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.text.segment import Segmenter

Found = tuple[str, str, tuple[str, ...]]


def shown(text: str, match: Match) -> Found:
    return text[match.start : match.end], match.term, match.reading.kinds


def found(scanner: Automaton, text: str) -> list[Found]:
    return [shown(text, match) for match in scanner.scan(text)]


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (["稳赚"], "稳赚", [("稳赚", "稳赚", ())]),
        (["稳赚"], "穩賺", [("穩賺", "稳赚", ("traditional",))]),
        (["加微信"], "加薇芯", [("加薇芯", "加微信", ("homophone",))]),
        (["没有风险"], "莫得风险", [("莫得风险", "没有风险", ("dialect:sichuan",))]),
        (["没有不赔"], "冇不棓", [("冇不棓", "没有不赔", ("dialect:cantonese", "homophone"))]),
        (["百分百赚"], "100%賺", [("100%賺", "百分百赚", ("digit", "traditional"))]),
        (["赌博"], "贝者博", [("贝者博", "赌博", ("split",))]),
        (["好赌博"], "女子贝者博", [("女子贝者博", "好赌博", ("split",))]),
        # a rare form of the entry's own is looked for as it stands
        (["薇薇"], "微微和薇薇", [("薇薇", "薇薇", ())]),
        # in a longer word that is written plainly, a variant of a shorter one is no second finding
        (["稳赚不赔", "稳赚"], "稳赚不赔", [("稳赚不赔", "稳赚不赔", ())]),
        (["稳赚不赔", "稳赚"], "穩賺不赔", [("穩賺不赔", "稳赚不赔", ("traditional",))]),
        # what is written plainly counts even inside a variant of something longer: that may be another word
        (["赔本赚", "赔本"], "赔本賺", [("赔本賺", "赔本赚", ("traditional",)), ("赔本", "赔本", ())]),
        # combinations: any part in a variant
        (["没有+风险~4"], "莫得点风险", [("莫得点风险", "没有+风险", ("dialect:sichuan",))]),
        (["没有+风险~4"], "冇点风险", []),  # a single character is no variant
        (["稳赚+不赔~4"], "不陪,穩賺", [("不陪,穩賺", "稳赚+不赔", ("traditional", "homophone"))]),
        (["稳赚+不赔~4"], "穩賺不陪", [("穩賺不陪", "稳赚不赔", ("traditional", "homophone"))]),
        (["稳赚+不赔~4"], "穩賺一二三四五不陪", []),
        # a part of one character stands where a sure form of it does
        (["稳赚+微~4"], "稳赚,薇", [("稳赚,薇", "稳赚+微", ("homophone",))]),
        (["加+微信~4"], "+微信", [("+微信", "加微信", ("letter",))]),
        (["稳赚+赌~4"], "稳赚,堵", []),
        # exceptions in traditional characters, but in no disguise
        (["稳赚\ts\texcept=没稳赚"], "沒穩賺,没稳赚", []),
        (["加微\ts\texcept=加微波"], "加薇波", [("加薇", "加微", ("homophone",))]),
        # near words in their rare forms
        (["赌博\ts\tnear=微信~3"], "赌博薇信", [("赌博", "赌博", ())]),
        (["赌博\ts\tnear=微信~3"], "赌博一二三四薇信", []),
    ],
)
def test_matches(entries: list[str], text: str, expected: list[Found]) -> None:
    assert found(automaton(*entries), text) == expected


@pytest.mark.parametrize(
    ("kinds", "entry", "text", "is_found"),
    [
        ("", "加微信", "加薇信", False),
        ("", "加微信\ts\tvariants=homophone|split", "加薇信", True),
        ('"homophone"', "加微信", "加薇信", True),
        ('"homophone"', "加微信", "加v信", False),
        ('"homophone"', "加微信", "加徽信", True),  # its surest kind is another
        ('"homophone"', "加微信\ts\tvariants=letter", "加薇信", False),
        ('"homophone"', "加微信\ts\tvariants=letter", "加v信", True),
        ('"homophone"', "加微信\ts\tvariants=none", "加薇信", False),
        ('"homophone", "letter"', "加微信\ts\tvariants=-letter", "加v信", False),
        ('"homophone", "letter"', "加微信\ts\tvariants=-letter", "加薇信", True),
        ('"homophone", "letter"', "加微信\ts\tvariants=-letter|homophone", "加薇信", False),
    ],
)
def test_a_line_is_read_in_the_kinds_that_its_list_or_itself_asks_for(
    kinds: str, entry: str, text: str, is_found: bool
) -> None:
    assert bool(found(automaton(entry, kinds=kinds), text)) is is_found
    assert found(automaton(entry, kinds=kinds), "加微信")


def test_each_of_two_wordlists_reads_the_same_word_in_its_own_kinds() -> None:
    lists = [wordlist("加微", kinds='"homophone"'), wordlist("加微", kinds='"letter"', name="b")]
    scanner = Automaton(lists, source())
    for text, expected in (("加薇", ["a"]), ("加v", ["b"]), ("加微", ["a", "b"]), ("加唯", [])):
        assert [match.listed.wordlist for match in scanner.scan(text)] == expected


def test_without_a_source_words_are_found_as_they_are_written() -> None:
    scanner = Automaton([wordlist("加微信")])
    assert found(scanner, "加微信加薇信") == [("加微信", "加微信", ())]
    assert scanner.strings == 1


def test_a_text_that_was_seen_before_gives_the_same() -> None:
    scanner = automaton("加微信", "稳赚")
    texts = ["加薇信", "加微信", "加徽信", "穩赚", "稳賺"] * 20
    assert [found(scanner, text) for text in texts] == [found(automaton("加微信", "稳赚"), text) for text in texts]


LISTED = [
    "稳赚不赔",
    "加微",
    "没有+风险~4",
    "微+稳赚~6",
    "赌博\ts\texcept=没赌博",
    "一\ts\tnear=微信~3",
    "第一",
    "😀赌",
]
SCANNER = automaton(*LISTED)
PIECES = st.sampled_from(
    [*"稳穩赚賺不赔陪加微薇徽v+没沒有冇莫得风险赌堵贝者博一壹1第苐信芯😀\0\n,", "没有", "风险", "稳赚", "微信"]
)
TEXTS = st.lists(st.text() | st.lists(PIECES, max_size=16).map("".join), max_size=6)


@given(TEXTS.map(lambda texts: [text.replace("\0", "") for text in texts]))
def test_many_texts_give_what_each_gives_alone(texts: list[str]) -> None:
    assert SCANNER.scan_many(texts) == [SCANNER.scan(text) for text in texts]


@given(st.lists(PIECES, max_size=16).map("".join))
def test_matches_stand_in_the_text_in_order_and_read_as_what_was_meant(text: str) -> None:
    matches = SCANNER.scan(text)
    assert [match.start for match in matches] == sorted(match.start for match in matches)
    for match in matches:
        assert 0 <= match.start < match.end <= len(text)
        assert (match.reading.confidence == 1.0) or match.reading.kinds
        assert match.start == min(piece.start for piece in match.pieces)
        assert match.end == max(piece.end for piece in match.pieces)
        for piece in match.pieces:
            assert (text[piece.start : piece.end] == piece.term) or piece.reading.kinds


CHOSEN = ("contact/solicit", "finance/guarantee", "prohibited/gambling")


@pytest.fixture(scope="module")
def shipped_lists() -> list[Wordlist]:
    return [one for one in load_directory(shipped.directory("wordlists")) if one.id in CHOSEN]


@pytest.fixture(scope="module")
def shipped_scanner(shipped_lists: list[Wordlist]) -> Automaton:
    forms, dialects = load_forms(shipped.directory("variants")), load_dialects(shipped.directory("dialects"))
    return Automaton(shipped_lists, Source(forms, dialects, Segmenter()))


def test_every_shipped_spelling_is_found_as_it_is_written(
    shipped_scanner: Automaton, shipped_lists: list[Wordlist]
) -> None:
    entries = [(one.id, entry) for one in shipped_lists for entry in one.entries if len(entry.parts) == 1]
    plain = [(wordlist_id, entry) for wordlist_id, entry in entries if not entry.near and not entry.exceptions]
    texts = [entry.parts[0][0] for _, entry in plain]
    for (wordlist_id, entry), matches in zip(plain, shipped_scanner.scan_many(texts), strict=True):
        assert any(
            match.listed.wordlist == wordlist_id and match.end - match.start == len(entry.parts[0][0])
            for match in matches
        ), entry.text


@pytest.mark.parametrize("text", ["穩賺不赔", "莫得风险", "冇風險", "力口微信", "伽薇", "稳赚芣赔"])
def test_shipped_lists_read_what_people_write(shipped_scanner: Automaton, text: str) -> None:
    spans = {(match.start, match.end) for match in shipped_scanner.scan(text)}
    assert (0, len(text)) in spans


def test_what_a_list_names_itself_is_no_variant_in_it() -> None:
    scanner = automaton("加微\ts\tvariants=homophone", "加徽\ts\tvariants=none\texcept=加徽章")
    assert found(scanner, "加徽") == [("加徽", "加徽", ())]
    assert found(scanner, "加徽章") == []
    assert found(automaton("加微"), "加徽章")[0][1] == "加微"
