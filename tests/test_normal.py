"""Folding keeps the way back to the source and equals the fold of the whole string."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.text.normal import MAX_CLUSTER, PLACEHOLDER, fold, fold_parts, is_invisible, is_mark

# characters whose folds depend on neighbours, reorder, expand, vanish or change case
NASTY = (
    "か\u3099\u309aﾞﾟｶ\u0301\u0345\u0327\u200b\u2062\ufe0f\u00adİıſßŉﬁ①㎡…Ⅱ가\u1100\u1161\u11a8\u09c7\u09be"
    "全国第一ＡbＣ１｡。\U0001f600\u0338=≠\ufffc\n 　"
)
nasty_text = st.text(alphabet=NASTY, max_size=MAX_CLUSTER - 2)


def whole_fold(text: str) -> str:
    """The oracle: the fold of the whole string at once."""
    while True:
        visible = "".join(character for character in text if not is_invisible(character))
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())
        folded = "".join(character for character in folded if not is_mark(character))
        if folded == text:
            return folded
        text = folded


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("ＶＩＰ８折", "vip8折"),
        ("全国第①品牌", "全国第1品牌"),
        ("稳\u200b赚", "稳赚"),
        ("か\u200b\u3099", "が"),
        ("ﾊﾞｽ", "バス"),
        ("稳\u0336赚\u0336", "稳赚"),
        ("加1\ufe0f\u20e3微", "加1微"),
        ("cafe\u0301", "café"),
        ("Straße", "strasse"),
        ("㎡…", "m2..."),
        ("", ""),
    ],
)
def test_folds(source: str, folded: str) -> None:
    assert fold(source).text == folded


@given(nasty_text)
@settings(max_examples=2000)
def test_folding_by_clusters_equals_folding_the_whole(text: str) -> None:
    assert fold(text).text == whole_fold(text)


@given(st.text(max_size=24))
@settings(max_examples=1000)
def test_any_text_folds_like_the_whole(text: str) -> None:
    assert fold(text).text == whole_fold(text)


@given(nasty_text)
@settings(max_examples=1000)
def test_spans_lie_in_the_source_and_fold_back(text: str) -> None:
    normal = fold(text)
    for start in range(len(normal.text)):
        for end in range(start + 1, min(start + 4, len(normal.text)) + 1):
            span = normal.source_span(start, end)
            assert 0 <= span.start < span.end <= len(text)
            assert normal.text[start:end] in fold(text[span.start : span.end]).text


@given(st.lists(st.tuples(nasty_text, st.booleans()).filter(lambda part: part[0] or not part[1]), max_size=5))
def test_a_placeholder_is_one_character_and_keeps_its_span(parts: list[tuple[str, bool]]) -> None:
    normal = fold_parts(parts)
    assert normal.text.count(PLACEHOLDER) == sum(is_placeholder for _, is_placeholder in parts)
    source = "".join(text for text, _ in parts)
    seen = [normal.source_span(i, i + 1) for i, character in enumerate(normal.text) if character == PLACEHOLDER]
    assert [source[span.start : span.end] for span in seen] == [text for text, placeholder in parts if placeholder]


def test_of_a_pile_of_marks_what_composes_is_kept() -> None:
    assert fold("e" + "\u0301" * 2000 + "x").text == "éx"
