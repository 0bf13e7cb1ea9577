"""The variant compiler: each kind by an example, its bounds, and what it never makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from variant_source import DIALECTS, FORMS, Dictionary, table

from moderation import shipped
from moderation.match.dialect import load_dialects
from moderation.match.forms import Forms, load_forms
from moderation.match.readings import Readings
from moderation.match.variants import MOST_VARIANTS, VariantCompiler, least_confidence
from moderation.match.wordlist import VARIANT_KINDS
from moderation.text.segment import Segmenter

NOTHING = Dictionary()


def compiler(dictionary: Dictionary = NOTHING, forms: Forms = FORMS, looked_for: str = "") -> VariantCompiler:
    readings = Readings(forms)
    classes = readings.classes(set(looked_for)) if looked_for else {}
    return VariantCompiler(forms, DIALECTS, readings, classes, dictionary)


def spelt(word: str, *kinds: str, dictionary: Dictionary = NOTHING) -> list[str]:
    return [variant.text for variant in compiler(dictionary).variants(word, kinds)]


@pytest.mark.parametrize(
    ("kind", "word", "expected"),
    [
        ("traditional", "稳赚", ["稳賺", "穩赚", "穩賺"]),
        ("homophone", "不赔本", ["不陪本", "不棓本"]),
        ("homophone", "加微", ["加薇", "加徽", "加威"]),  # a word's own form, and a character's
        ("look-alike", "第一", ["苐一"]),  # 弟 is too doubtful for two characters
        ("look-alike", "第一品牌", ["苐一品牌", "弟一品牌"]),
        ("split", "好赌", ["好贝者", "女子赌"]),
        ("letter", "加微", ["加v", "+微", "+v"]),
        ("letter", "第一", ["no.1"]),
        ("digit", "第一", ["第壹", "第1"]),
        ("digit", "百分百", ["100%"]),
        ("pinyin", "彩票", ["caipiao", "cai票", "彩piao"]),
        ("pinyin", "赌博", ["du博", "赌bo"]),  # dubo is too short
        ("emoji", "赛马", ["赛🐎"]),
        ("emoji", "玩具手枪", ["玩具🔫"]),
        ("slang", "代开", ["代幵"]),
        ("reversed", "代开票", ["票开代"]),
        ("reversed", "开票", []),
        ("dialect", "没有风险", ["冇风险", "莫得风险"]),
        ("dialect", "没有不赔", ["冇不赔", "冇唔赔", "没有唔赔", "莫得不赔"]),  # one dialect at a time
        ("dialect", "有钱", []),  # an ambiguous word of the dialect
        ("separator", "稳赚", []),  # taken out of the text instead
    ],
)
def test_each_kind_makes_its_spellings(kind: str, word: str, expected: list[str]) -> None:
    assert spelt(word, kind) == expected


def test_what_was_changed_is_told_with_its_confidence() -> None:
    found = {variant.text: variant.reading for variant in compiler().variants("没有不赔", VARIANT_KINDS)}
    assert found["莫得不赔"].kinds == ("dialect:sichuan",)
    assert (found["没有不陪"].kinds, found["没有不陪"].confidence) == (("homophone",), 0.8)
    both = found["沒有不陪"]
    assert both.kinds == ("traditional", "homophone")
    assert both.confidence == pytest.approx(0.72)
    assert found["赔不有没"].kinds == ("reversed",)


def test_the_surest_come_first_and_only_so_many() -> None:
    confidences = [variant.reading.confidence for variant in compiler().variants("没有不赔", VARIANT_KINDS)]
    assert confidences == sorted(confidences, reverse=True)
    many = Forms(table(homophone={"赔": {chr(0x9000 + number): 0.9 for number in range(99)}}), {})
    assert len(compiler(forms=many).variants("稳赚不赔", ["homophone"])) == MOST_VARIANTS
    assert len(compiler(forms=many).variants("稳赚不赔", ["homophone"], most=5)) == 5


def test_the_best_form_of_every_kind_is_made_however_many_are_surer() -> None:
    forms = Forms(
        table(homophone={"赔": {chr(0x9000 + number): 0.9 for number in range(99)}}, split={"好": {"女子": 0.7}}), {}
    )
    found = [variant.text for variant in compiler(forms=forms).variants("好赚不赔", ["homophone", "split"], most=5)]
    assert "女子赚不赔" in found
    assert len(found) == 5


@pytest.mark.parametrize(("length", "least"), [(1, 0.9), (2, 0.7), (3, 0.5), (4, 0.3), (40, 0.3)])
def test_short_words_ask_for_more_confidence(length: int, least: float) -> None:
    assert least_confidence(length) == least


def test_dialect_words_replace_whole_words_only() -> None:
    dictionary = Dictionary(unbroken=frozenset(("不凡",)))
    assert spelt("没有不凡", "dialect", dictionary=dictionary) == ["冇不凡", "莫得不凡"]
    assert "没有唔凡" in spelt("没有不凡", "dialect")


def test_a_guess_never_makes_a_word_of_the_dictionary() -> None:
    dictionary = Dictionary(known=frozenset(("加薇", "加v")))
    assert spelt("加微", "homophone", dictionary=dictionary) == ["加徽", "加威"]
    assert "加v" not in spelt("加微", "letter", dictionary=dictionary)
    assert "加v" in spelt("加微", "letter")


def test_what_shares_a_code_is_not_spelt_out() -> None:
    found = [variant.text for variant in compiler(looked_for="加微").variants("加微", ["homophone", "letter"])]
    assert "加薇" not in found
    assert {"加v", "加威"} <= set(found)


def test_numbers_alone_are_not_written_in_other_digits() -> None:
    assert spelt("00", "digit") == []
    assert spelt("00后", "digit")


@given(
    word=st.text("没有不赔稳赚加微第一赌博彩票好a0", min_size=2, max_size=8),
    chosen=st.sets(st.sampled_from(sorted(VARIANT_KINDS))),
)
def test_variants_are_new_distinct_bounded_and_always_the_same(word: str, chosen: set[str]) -> None:
    dictionary = Dictionary(known=frozenset(("加薇", "堵博")))
    variants = compiler(dictionary).variants(word, chosen)
    texts = [variant.text for variant in variants]
    assert variants == compiler(dictionary).variants(word, sorted(chosen, reverse=True))
    assert len(texts) == len(set(texts))
    assert word not in texts
    assert not dictionary.known & set(texts)
    for variant in variants:
        assert least_confidence(len(word)) <= variant.reading.confidence <= 1.0
        assert {kind.split(":")[0] for kind in variant.reading.kinds} <= chosen
        assert len(variant.text) > 1


@pytest.mark.parametrize(
    ("word", "written", "kind"),
    [
        ("没有风险", "莫得风险", "dialect:sichuan"),
        ("没有风险", "冇风险", "dialect:cantonese"),
        ("代开发票", "代kai发票", "pinyin"),
        ("稳赚不赔", "禾急赚不赔", "split"),
        ("全国第一", "全国第壹", "digit"),
        ("全国第一", "全国no.1", "digit"),
        ("微信", "薇信", "homophone"),
        ("人民币", "软妹币", "slang"),
    ],
)
def test_the_shipped_tables_make_what_people_write(word: str, written: str, kind: str) -> None:
    forms, dialects = load_forms(shipped.directory("variants")), load_dialects(shipped.directory("dialects"))
    found = VariantCompiler(forms, dialects, Readings(forms), {}, Segmenter()).variants(word, VARIANT_KINDS, most=500)
    assert {variant.text: variant.reading.kinds for variant in found}.get(written) == (kind,)
