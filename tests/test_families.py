"""Families: their grammar, what is wrong with a file, and that the shipped ones are many and wide enough."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from moderation.match.classifier import LAWFUL
from moderation.text.normal import fold
from moderation.text.template import Industry, TemplateType
from moderation.train.families.family import (
    PER_FAMILY,
    FamilyError,
    load_families,
    parse_families,
    shared_slots,
    write_texts,
)
from moderation.train.families.grammar import GrammarError, Slot, unbalanced, write

FAMILY = """[[family]]
id = "account-movement"
industry = "FINANCE"
type = "NOTIFICATION"
risk = "normal"
signatures = ["<coined>银行"]
texts = ["尾号<tail>[收入|支出]<amount>元<end>"]
slots.end = ["，详询网点", ""]
"""


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("您好", {"您好"}),
        ("[收入|支出]到账", {"收入到账", "支出到账"}),
        ("[今[天|晚]|明天]", {"今天", "今晚", "明天"}),
        ("[请|]查收", {"请查收", "查收"}),
        ("<what>到了", {"快递到了", "外卖到了"}),
        ("<nested>", {"快递单", "外卖单"}),
    ],
)
def test_a_pattern_is_written_out_in_all_its_ways(pattern: str, texts: set[str]) -> None:
    slots = {"what": Slot(("快递", "外卖")), "nested": Slot(("<what>单",))}
    assert {write(pattern, slots, random.Random(seed)) for seed in range(60)} == texts


def test_digits_are_drawn_and_placeholders_keep_their_signs() -> None:
    slots = {"code": Slot(("####",), ("code",))}
    written = {write("验证码<code>", slots, random.Random(seed)) for seed in range(200)}
    assert any(re.fullmatch(r"验证码\d{4}", text) for text in written)
    assert {"验证码${code}", "验证码#code#", "验证码{{code}}"} <= written
    assert not any("####" in text for text in written)


def test_a_text_is_all_values_or_all_placeholders() -> None:
    slots = {"code": Slot(("1111",), ("code",))}
    for seed in range(60):
        first, second = write("<code>和<code>", slots, random.Random(seed)).split("和")
        assert first == second


@pytest.mark.parametrize(("pattern", "problem"), [("<what>", "no slot <what>"), ("<round>", "leads back to itself")])
def test_a_pattern_that_cannot_be_written_is_told(pattern: str, problem: str) -> None:
    with pytest.raises(GrammarError, match=problem):
        write(pattern, {"round": Slot(("<round>",))}, random.Random(1))


@pytest.mark.parametrize(("pattern", "expected"), [("[a|b]", False), ("[a|[b]", True), ("a]b[", True), ("", False)])
def test_brackets_pair_up(pattern: str, expected: bool) -> None:
    assert unbalanced(pattern) is expected


def test_a_family_is_written_the_same_in_every_run_and_signed_in_several_ways() -> None:
    (family,) = parse_families("a.toml", FAMILY, shared_slots())
    texts = write_texts(family, 200, seed=3)
    assert texts == write_texts(family, 200, seed=3) != write_texts(family, 200, seed=4)
    assert len(set(texts)) == len(texts) == 200
    places = Counter((text.startswith("【"), text.endswith("】")) for text in texts)
    assert set(places) == {(True, False), (False, True), (False, False)}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('id = "account-movement"', "", "family ?: 'id'"),
        ("FINANCE", "BANKING", "'BANKING' is not a valid Industry"),
        ("NOTIFICATION", "NOTICE", "'NOTICE' is not a valid TemplateType"),
        ("risk =", "risky =", "unknown risky; known are"),
        ("[收入|支出]", "[收入|支出", "brackets do not pair up"),
        ("<end>", "<ending>", "no slot <ending>"),
        ("texts = [", "texts = [[", "a.toml: "),
    ],
)
def test_a_wrong_file_is_told_with_the_family(before: str, after: str, problem: str) -> None:
    with pytest.raises(FamilyError) as caught:
        list(parse_families("a.toml", FAMILY.replace(before, after), shared_slots()))
    assert problem in str(caught.value)
    assert str(caught.value).startswith("a.toml")


def test_there_are_families_enough_on_both_sides_in_all_industries_and_types() -> None:
    families = load_families()
    sides = Counter(family.lawful for family in families)
    assert sides[True] >= 60
    assert sides[False] >= 60
    assert {family.industry for family in families if family.lawful} == set(Industry)
    assert {family.type for family in families if family.lawful} == set(TemplateType)
    assert sum(family.hard for family in families if family.lawful) >= 20
    assert sum(family.hard for family in families if not family.lawful) >= 20
    assert LAWFUL not in {family.risk for family in families if not family.lawful}


def test_the_families_give_sixty_thousand_distinct_texts_fully_written_out() -> None:
    texts = {fold(text).text for family in load_families() for text in write_texts(family)}
    assert len(texts) >= 60_000
    assert not any(re.search(r"[\[\]|<>]", text.replace("【变量】", "")) for text in texts)


@pytest.mark.parametrize("family", load_families(), ids=lambda family: family.id)
def test_a_family_has_texts_enough(family: object) -> None:
    assert len(write_texts(family)) >= PER_FAMILY / 3  # type: ignore[arg-type]
