"""Templates that differ by a name, a value or a number resemble each other; unrelated ones do not."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.review.similar import BANDS, PERMUTATIONS, ROWS, Sketch, bands, similarities, similarity, sketch

SALE = "【甲商城】尊敬的${name}，周末全场女装8折，满300元减30元，12月5日至6日有效，详情请到门店咨询，拒收请回复R"
CODE = "【甲支付】您正在登录，验证码${code}，5分钟内有效，请勿告诉他人。如非本人操作请忽略"


@pytest.mark.parametrize(
    "other",
    [
        SALE,
        SALE.replace("${name}", "{{customer}}"),
        SALE.replace("${name}", "张先生"),
        SALE.replace("甲商城", "优选商城"),
        SALE.replace("8折", "85折").replace("300", "1,299.50").replace("12月5日", "1月15日"),
        SALE.replace("女装", "童装"),
        SALE.replace("8折", "８折").replace("，", ","),
        SALE.replace("减", "減"),
        SALE.replace("折", "\u200b折"),
    ],
)
def test_the_same_template_with_other_values_is_similar(other: str) -> None:
    assert similarity(sketch(SALE), sketch(other)) >= 0.7
    assert set(bands(sketch(SALE))) & set(bands(sketch(other)))


@pytest.mark.parametrize(
    "other",
    [
        CODE,
        "【甲商城】您的订单${no}已发货，快递单号${number}，请注意查收",
        "【乙银行】您尾号${last4}的账户支出${amount}元，余额${balance}元",
        "【丙影院】本周五新片上映，会员购票立减10元，拒收请回复R",
        "甲",
        "",
    ],
)
def test_an_unrelated_template_is_not(other: str) -> None:
    assert similarity(sketch(SALE), sketch(other)) < 0.3
    assert not set(bands(sketch(SALE))) & set(bands(sketch(other)))


def test_the_signature_can_be_left_out() -> None:
    other = CODE.replace("甲支付", "乙丙丁戊己庚辛商贸公司")
    assert similarity(sketch(CODE), sketch(other)) < 1
    assert sketch(CODE, with_signature=False) == sketch(other, with_signature=False)
    assert sketch(CODE, with_signature=False) == sketch(CODE.removeprefix("【甲支付】"))


def test_numbers_and_placeholders_do_not_matter() -> None:
    assert sketch("满300减50，${a}") == sketch("满1,000减9.9，#code#")
    assert sketch("满300减50") != sketch("满减")


texts = st.one_of(
    st.text(),
    st.text("甲\ud800\udfff\0"),
    st.text("甲乙丙0${}", min_size=1, max_size=1),
    st.integers(0, 2**32).map(lambda seed: "".join(chr(0x4E00 + seed * number % 20011) for number in range(2000))),
)


@given(texts, texts)
def test_similarity_is_symmetric_and_whole_for_the_same(one: str, other: str) -> None:
    first, second = sketch(one), sketch(other)
    assert similarity(first, first) == 1
    assert similarity(first, second) == similarity(second, first)
    assert similarities(first, [second, first, second]) == [similarity(first, second), 1, similarity(first, second)]
    assert len(bands(first)) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in bands(first))


def test_one_is_compared_to_none() -> None:
    assert similarities(sketch(SALE), []) == []


@given(st.sets(st.integers(0, BANDS * ROWS - 1), max_size=BANDS - 1))
def test_a_band_is_shared_where_all_its_permutations_agree(differing: set[int]) -> None:
    one = sketch(SALE)
    changed = bytearray(one.least)
    for permutation in differing:
        changed[permutation * 4] ^= 1
    other = Sketch(bytes(changed))
    agree = [mine == theirs for mine, theirs in zip(bands(one), bands(other), strict=True)]
    assert agree == [differing.isdisjoint(range(band * ROWS, (band + 1) * ROWS)) for band in range(BANDS)]
    assert similarity(one, other) == 1 - len(differing) / PERMUTATIONS


def test_bands_of_equal_content_have_keys_of_their_own() -> None:
    assert len(set(bands(Sketch(bytes(PERMUTATIONS * 4))))) == BANDS


def test_another_process_makes_the_same_sketch() -> None:
    program = f"from moderation.review.similar import sketch; print(sketch({SALE!r}).least.hex())"
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == sketch(SALE).least.hex()


def test_stored_sketches_stay_comparable() -> None:
    """What databases hold must resemble what later versions make."""
    assert sketch("甲商城").least[:16].hex() == "18d02bd9907fa6c6a40f9cd6f25813e2"
    assert bands(sketch("甲商城"))[0] == -7627950851969553334


def test_a_broken_sketch_is_refused() -> None:
    with pytest.raises(ValueError, match="a sketch has 3 bytes; it needs 512"):
        Sketch(b"abc")
