"""Views: what is left out of a text, and where what is kept came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.match import hiding
from moderation.match.views import CONTEXT, REPEATED, SEPARATOR, squeezed, without
from moderation.text.normal import PLACEHOLDER

X = "\u0336"
"""A combining stroke through what stands before it."""


def views(text: str) -> list[str]:
    return [view.text for view in squeezed([text])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # signs between Chinese characters
        ("棋*牌", "棋牌"),
        ("稳·赚·不·赔的", "稳赚不赔的"),
        ("免 费领取", "免费领取"),
        ("赌_博", "赌博"),
        ("赌ー博", "赌博"),
        ("赌★★博", "赌博"),
        (f"赌{X}博{X}", f"赌博{X}"),
        ("赌***博", "赌博"),
        ("〇*风*险", "〇风险"),
        # beside letters and digits, and between single ones
        ("加*v*信", "加v信"),
        ("返*1*0*元", "返10元"),
        ("代kai·发票", "代kai发票"),
        ("c a i", "cai"),
        # a character in brackets
        ("赌(博)网", "赌博网"),
        ("加【微】信", "加微信"),
        # repeated characters
        ("赌赌博博", "赌博"),
        ("赌博博博网", "赌博网"),
        ("稳稳稳", "稳"),
        # laced with letters or digits
        ("代a开b发c票", "代开发票"),
        ("加x微x信x", "加微信x"),
        # every character parted, whatever the sign
        (",稳,赚,不,赔,", ",稳赚不赔,"),
        ("8赌,博,网1", "8赌博网1"),
        (",赌,博,", ",赌博,"),
    ],
)
def test_what_hides_between_characters_is_left_out(text: str, expected: str) -> None:
    assert views(text) == ([expected] if expected != text else [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "会员日全场8折,满100元减20元",
        "稳,赚不赔",  # a clause ends
        "第一。第二",
        "天天向上,谢谢",  # one repeated character
        "满100 元减 20 元",  # blanks around numbers
        "100%放心",
        "原价100-现价50",
        "10.5元",
        "5*8*10",  # digits of longer numbers
        f"贷{PLACEHOLDER}款",
        "一\n二",
        "赌****博",  # a blank to fill in
        "hello world",
    ],
)
def test_what_people_write_otherwise_is_left_alone(text: str) -> None:
    assert views(text) == ([text.replace(" ", "")] if text == "hello world" else [])


def test_characters_that_are_parted_and_repeated_give_two_views() -> None:
    assert views("赌赌*博博") == ["赌赌博博", "赌博"]
    assert views(f"赌{X}赌{X}博{X}博{X}") == [f"赌赌博博{X}", f"赌博{X}"]
    ((first, second),) = squeezed(["甲赌赌*博博"])
    assert (first.kinds, second.kinds) == ([SEPARATOR], [REPEATED, SEPARATOR, REPEATED])
    assert second.kinds_within(1, 3) == (REPEATED, SEPARATOR)
    assert second.kinds_within(0, 2) == ()
    assert second.kept == [0, 1, 4]


def test_only_the_context_of_what_is_left_out_is_kept() -> None:
    text = "前" + "甲乙" * 40 + "棋*牌" + "丙丁" * 40 + "赌·博" + "后面"
    ((first, second),) = squeezed([text])
    assert first.text == ("甲乙" * 40)[-CONTEXT + 1 :] + "棋牌" + ("丙丁" * 40)[: CONTEXT - 1]
    assert second.text.endswith("赌博后面")


def test_each_view_tells_its_text() -> None:
    found = [[view.text for view in views] for views in squeezed(["棋*牌", "棋牌", "", "赌·博"])]
    assert found == [["棋牌"], [], [], ["赌博"]]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 2, ("x",)),  # between the first two characters
        (0, 1, ()),  # at its end only
        (1, 3, ()),  # at its beginning only
        (1, 4, ("y",)),
        (0, 4, ("x", "y")),
        (3, 4, ()),
    ],
)
def test_kinds_are_those_of_what_was_left_out_inside(start: int, end: int, expected: tuple[str, ...]) -> None:
    view = without("a-bc--d", [(1, 2, "x"), (4, 6, "y")], 0, 7)
    assert (view.text, list(view.kept)) == ("abcd", [0, 2, 3, 6])
    assert view.kinds_within(start, end) == expected


SIGNS = st.sampled_from([*"稳赚不赔甲〇av19*·_ー|()[],。- \n\u0336", PLACEHOLDER, "赌赌", "***"])
TEXTS = st.lists(SIGNS, max_size=60).map("".join) | st.text().map(lambda text: text.replace("\0", ""))


@given(st.lists(TEXTS, max_size=4))
def test_what_is_kept_stands_in_the_text(texts: list[str]) -> None:
    for text, view in [(text, view) for text, views in zip(texts, squeezed(texts), strict=True) for view in views]:
        assert view.text == "".join(text[place] for place in view.kept)
        assert list(view.kept) == sorted(set(view.kept))
        assert list(view.edges) == sorted(view.edges)
        assert len(view.edges) == len(view.kinds)
        assert view.kinds
        for edge in view.edges:
            assert 0 <= edge <= len(view.text)
            if 0 < edge < len(view.text):
                assert view.kept[edge] - view.kept[edge - 1] > 1


@given(st.lists(TEXTS, max_size=4))
def test_texts_do_not_run_into_each_other(texts: list[str]) -> None:
    assert squeezed(texts) == [squeezed([text])[0] for text in texts]


@given(st.lists(TEXTS, max_size=4).map("\n".join))
def test_looking_at_few_places_finds_what_looking_at_all_does(text: str) -> None:
    places = [match.span() for match in hiding.hiding_places(text)]
    assert places == [match.span() for match in hiding.HIDING.finditer(text)]
