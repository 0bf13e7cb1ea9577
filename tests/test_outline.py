"""What the characters of texts tell at first sight, and how many segments many texts take, agree with a closer look."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.text.characters import Characters, Texts, characters_of, table_of
from moderation.text.length import measure, segments_many
from moderation.text.outline import BRACKETS, NOWHERE, outlines
from moderation.text.script import traditional_runs

TEXTS = st.lists(st.text(st.sampled_from("甲乙丙丁賺abc1[【】\n\t €{^😀,。\U000e0041"), max_size=90), max_size=6)


@pytest.mark.parametrize(
    ("text", "is_plain", "said"),
    [
        ("您的快递到了", True, 4),
        ("a,您的快递", True, 6),
        ("您的,快递", True, NOWHERE),
        ("賺钱", False, NOWHERE),
        ("[甲]您好", False, NOWHERE),
        ("您好)", True, NOWHERE),
        ("您好]", False, NOWHERE),
        ("", True, NOWHERE),
    ],
)
def test_an_outline(text: str, is_plain: bool, said: int) -> None:
    assert outlines([text]) == [(is_plain, said)]


@given(TEXTS)
def test_outlines_agree_with_a_closer_look(texts: list[str]) -> None:
    for text, (is_plain, said) in zip(texts, outlines(texts), strict=True):
        phrase = re.search("[\u3400-\u9fff]{4}", text)
        assert said == (phrase.end() if phrase else NOWHERE)
        assert is_plain == (not traditional_runs(text) and BRACKETS.isdisjoint((text[:1], text[-1:])))


@given(TEXTS)
def test_segments_of_many_are_those_of_each(texts: list[str]) -> None:
    assert segments_many(texts) == [measure(text).segments for text in texts]


@given(TEXTS)
def test_texts_that_hold_a_character(texts: list[str]) -> None:
    held = Characters(texts).holding(table_of("a【"))
    assert held == [index for index, text in enumerate(texts) if "a" in text or "【" in text]


def test_the_characters_of_texts_that_steps_share_are_put_in_a_row_once() -> None:
    texts = Texts(["甲a", "", "乙"])
    row = characters_of(texts)
    assert characters_of(texts) is row
    assert row.codes.tolist() == characters_of(list(texts)).codes.tolist() == list(map(ord, "甲a乙"))
    assert row.texts_at(row.starts) == [0, 2]
