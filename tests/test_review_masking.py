"""Personal data is masked in lists; service numbers, placeholders, dates and sums stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.review.masking import CUT_MARK, masked
from moderation.text.normal import fold


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请致电13800000000咨询", "请致电138****0000咨询"),
        ("请致电138-0000-0000咨询", "请致电138-****-0000咨询"),
        ("手机+86 138 0000 0000。", "手机+86 138 **** 0000。"),
        ("手机8613800000000", "手机86138****0000"),
        ("手机１３８００００００００", "手机１３８****００００"),
        ("手机138\u200b0000\u200b0000", "手机138\u200b****\u200b0000"),
        ("电话010-00000000", "电话010-****0000"),
        ("电话（0571）00000000", "电话（0571）****0000"),
        ("电话00000000", "电话00****00"),
        ("(010)00000000@example.cn", "(010)****0***@example.cn"),
        ("证件110101199001011234已核验", "证件110***********1234已核验"),
        ("证件11010119900101123X已核验", "证件110***********123X已核验"),
        ("卡号6222000000000000000", "卡号622************0000"),
        ("卡号6222 0000 0000 0000", "卡号622* **** **** 0000"),
        ("邮箱zhang.san@example.cn", "邮箱z****.***@example.cn"),
        ("邮箱a@example.cn", "邮箱*@example.cn"),
        ("邮箱12345678@example.cn", "邮箱1*******@example.cn"),
        ("邮箱a@b.cn@c.cn", "邮箱*@b.**@c.cn"),
        ("加微信：jia_shop01领券", "加微信：ji*_******领券"),
        ("微信号是 jiashop，", "微信号是 ji*****，"),
        ("ＷＸ：jiashop", "ＷＸ：ji*****"),
        ("加QQ群12345", "加QQ群12***"),
        ("QQ号码：123456789", "QQ号码：12*******"),
        ("车牌京A12345已入场", "车牌京A***45已入场"),
        ("车牌粤B·D12345已入场", "车牌粤B·****45已入场"),
        ("车牌浙A1234学", "车牌浙A***4学"),
        ("${phone13800000000}", "${phone138****0000}"),
    ],
)
def test_personal_data_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "客服4000000000、400-000-0000、400 0000 000、8000000000",
        "拨打95599、95100000转人工",
        "拨打10086、12345、12378",
        "验证码${code}，尾号${last4}，{1}，{{phone}}，#code#，%card%",
        "微信${wechat_id}，QQ：{qq12345}，#weixin_id#，${name}@example.cn，abc%code%@example.cn",
        "2026-11-23 10:00至2026-12-01 18:00，满1000减100，限前50名",
        "订单123456已发货，回T退订",
        "京东APP下单，微信支付100000元，新品SHOPPING",
        "每天8:30-17:30，11.11-11.13，https://example.cn/a1",
    ],
)
def test_what_tells_of_no_person_stays(text: str) -> None:
    assert masked(text, 200) == text


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("【甲商城】周末8折", 60, "【甲商城】周末8折"),
        ("【甲商城】周末8折", 9, "【甲商城】周末8折"),
        ("【甲商城】周末8折", 8, "【甲商城】周末…"),
        ("【甲商城】周末8折", 1, "…"),
        ("", 1, ""),
        ("致电13800000000", 9, "致电138***…"),
        ("${wechatabcdef}", 14, "${wechatab***…"),
        ("😀😀😀", 2, "😀…"),
    ],
)
def test_a_text_is_masked_then_cut(text: str, length: int, shown: str) -> None:
    assert masked(text, length) == shown


SERVICE = re.compile(r"(?<!\d)(?:[48]00[ -]?(?:\d{7}|\d{3}[ -]?\d{4}|\d{4}[ -]?\d{3})|95\d{5,6})(?!\d)")
SIGNS = (
    "微信 wx qq 号: 京a @ b.cn ${ } { # % 86 400 95 (010) 138 １ ② 0 0000 0000000 ٣ x - * … 卡 abc _ 𝟙 ½ ㏠ ㋀ \ud800"
)
PIECES = st.sampled_from([*SIGNS.split(), " ", "\u200b", "\u0301"])


@given(st.lists(PIECES).map("".join) | st.text(), st.integers(1, 80))
def test_masking_hides_numbers_keeps_the_length_and_is_done_once(text: str, length: int) -> None:
    whole, cut = masked(text, len(text) + 1), masked(text, length)
    assert len(whole) == len(text)
    assert not re.search(r"\d{7}", SERVICE.sub("", fold(whole).text))
    assert all(new in (old, "*") for old, new in zip(text, whole, strict=True))
    assert len(cut) == min(len(text), length)
    assert cut == whole or cut.endswith(CUT_MARK)
    assert masked(whole, len(text) + 1) == whole
    assert masked(cut, length) == cut
