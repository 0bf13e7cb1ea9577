"""Many expressions in many texts: what an expression requires, and that joined texts stay apart."""

from __future__ import annotations

import pytest
import re2

from moderation.match import patterns
from moderation.match.pattern_set import PatternSet, Range
from moderation.match.required import required
from moderation.match.sieve import Sieve
from moderation.text.normal import fold
from moderation.train.families.family import lawful_texts

TEXTS = [fold(text).text for text in lawful_texts(3)]


@pytest.mark.parametrize(
    ("expression", "sets"),
    [
        ("满[01]元?", ["满0 满1"]),
        ("(?:买|满)[0-9]*件", ["件", "买 满"]),
        ("买一|满送二", ["买一 满送"]),
        ("买一|满?", []),
        (r"(?P<sum>\$[12]{1,2})\b件", ["$", "件", "1 2"]),
        (r"[\x{4e00}-\x{4e01}]+\s?", ["一 丁"]),
        (r"\x{fffc}{0,2}减?[^a]b{0}[一-龥]", []),
        (r"[\n\]-]", ["\n - ]"]),
        ("[→←]", ["← →"]),
        (r"\p{Hangul}送", ["送"]),
    ],
)
def test_a_match_holds_a_character_or_pair_of_each_required_set(expression: str, sets: list[str]) -> None:
    assert sorted(map(sorted, required(expression))) == sorted(sorted(one.split(" ")) for one in sets)


@pytest.mark.parametrize("expression", ["(?i)a", "(?=a)", "(a", "a)"])
def test_other_syntax_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"group|bracket"):
        required(expression)


@pytest.mark.parametrize("pattern", patterns.PATTERNS, ids=lambda pattern: pattern.kind)
def test_what_matches_holds_what_is_required(pattern: patterns.Pattern) -> None:
    expression, sets = re2.compile(pattern.expression), required(pattern.expression)
    for text in TEXTS:
        if expression.search(text):
            assert all(any(sign in text for sign in one) for one in sets), text


def test_a_sieve_keeps_the_texts_that_hold_what_is_required() -> None:
    sieve = Sieve(["满[0-9]元", "最", "[^a]"])
    numbers, positions = sieve.candidates(["满减9", "满9元", "", "最多"])
    assert numbers.tolist() == [0, 1, 2, 2, 2, 2]
    assert positions.tolist() == [1, 3, 0, 1, 2, 3]


def test_each_text_of_many_begins_and_ends() -> None:
    found = PatternSet(
        [("end", "止(?:$|[,。])"), ("start", "(?:^|[^不])(可退)"), ("word", r"\bok\b"), ("gap", "领[^a]{1,4}奖")]
    )
    texts = ["截止", "可退", "不可退", "ok", "", "领", "奖", "止步,截止。领大奖\nok"]
    assert found.find_many(texts) == [found.find_many([text])[0] for text in texts]
    assert found.find_many(texts)[0] == [Range("end", 1, 2)]
    assert found.find_many(texts)[1] == [Range("start", 0, 2)]
    assert found.find_many(texts)[-1] == [Range("end", 4, 6), Range("word", 10, 12), Range("gap", 6, 9)]


def test_what_is_found_in_a_text_does_not_depend_on_the_others() -> None:
    texts = [*TEXTS, *(text[: len(text) // 2] for text in TEXTS)]
    assert patterns.find_many(texts) == [patterns.find_many([text])[0] for text in texts]
