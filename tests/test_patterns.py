"""Patterned text: opt-outs, phones, accounts, dates, quantities; and patterns that stay linear."""

from __future__ import annotations

import pytest

from moderation.match.patterns import PATTERNS, find_many
from moderation.text.normal import fold


def kinds(text: str) -> set[str]:
    return {found.kind for found in find_many([fold(text).text])[0]}


def excluded(text: str) -> str:
    normal = fold(text).text
    return "".join(
        normal[found.start : found.end] for found in find_many([normal])[0] if found.kind == "pattern:excluded"
    )


@pytest.mark.parametrize(
    "text",
    [
        "拒收请回复R",
        "拒收回R",
        "回T退订",
        "退订回T",
        "退订回复T",
        "回TD退订",
        "回复TD退订",
        "退订回N",
        "退订回复QX",
        "退订回Ｔ",
        "拒收请回复 R",
        "回TD退订。",
        "回复“R”拒收",
        "退订请回TD",
        "TD退订",
        "回复退订",
    ],
)
def test_opt_out_forms(text: str) -> None:
    assert "pattern:opt-out" in kinds(text)


@pytest.mark.parametrize(
    "text", ["回复T领取", "免费退订", "退订请致电400-000-0000", "回复1办理", "支持7天退订", "拒收变质商品"]
)
def test_no_opt_out(text: str) -> None:
    assert "pattern:opt-out" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "opt_out"),
    [
        ("参加活动请回复1，拒收请回复R", "拒收请回复r"),
        ("好礼等您带回，拒收请回复R", "拒收请回复r"),
        ("预约回复Y，退订回T", "退订回t"),
        ("预约回复Y 退订TD", "退订td"),
        ("回复TD，即可退订", "回复td,即可退订"),
        ("不想收到回T，退订", "回t,退订"),
    ],
)
def test_a_reply_to_something_else_is_no_part_of_the_opt_out(text: str, opt_out: str) -> None:
    folded = fold(text).text
    found = [folded[one.start : one.end] for one in find_many([folded])[0] if one.kind == "pattern:opt-out"]
    assert found == [opt_out]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("13800000000", "contact:mobile"),
        ("138-0000-0000", "contact:mobile"),
        ("+86 138 0000 0000", "contact:mobile"),
        ("１３８００００００００", "contact:mobile"),
        ("400-000-0000", "contact:service-number"),
        ("010-00000000", "contact:landline"),
        ("微信号abc12345", "contact:wechat"),
        ("QQ:12345678", "contact:qq"),
        ("咨询老师V：abcdef123", "contact:wechat"),
        ("绿泡泡abcdef123", "contact:wechat"),
        ("飞机联系@abcdef123", "contact:telegram"),
        ("周入两千", "pattern:daily-income"),
        ("一天赚500元", "pattern:daily-income"),
        ("一个赞3元", "pattern:pay-per-click"),
        ("月息三分", "pattern:usury"),
        ("日息千三", "pattern:usury"),
        ("提供卡号、有效期", "pattern:credential-ask"),
        ("购物卡九折收", "pattern:credit-discount"),
        ("service@example.cn", "contact:email"),
        ("6月30日止", "pattern:date"),
        ("限前100名", "pattern:quantity"),
        ("年化收益率8.5%", "pattern:yield"),
        ("110101199001011234", "pattern:identity-number"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize("text", ["SF1380000000012", "订单20261123000001", "尾号1234"])
def test_other_numbers_are_no_phones(text: str) -> None:
    assert not {kind for kind in kinds(text) if kind.startswith("contact:")}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.kind)
def test_a_pattern_names_characters_without_which_it_cannot_match(pattern: object) -> None:
    texts = [
        "拒收请回复R", "回TD退订", "退订回\ufffc", "6月30日", "今天", "限100名", "年化8%", "5%收益",
        "110101199001011234", "身份证号\ufffc",
        "a@b.cn", "微信号abc12345", "vx:abc12345", "qq12345678", "加v abc12345", "群号12345678",
    ]  # fmt: skip
    for text in texts:
        matched = pattern.kind in kinds(text)  # type: ignore[attr-defined]
        assert not matched or not pattern.triggers.isdisjoint(set(fold(text).text) | set(text))  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["订\ufffc", "定价12.5", "满99", "便宜3"])
def test_what_ends_a_text_ends_with_it_in_a_batch_too(text: str) -> None:
    alone, beside = find_many([text])[0], find_many([text, "x"])[0]
    assert all(found.end <= len(text) for found in beside)
    assert {found.kind for found in alone} == {found.kind for found in beside}


@pytest.mark.parametrize(
    "text",
    [
        "退订请致电客服",
        "拒收须先注销会员",
        "不想收到请携带身份证到门店",
        "如需退订,请支付工本费",
        "退订需提交申请,审核后停发",
        "退订每月仅可于1日办理",
        "退订请回复“TD+姓名”",
        "短信推送,一律无法关闭",
        "退订短信将扣费1元",
    ],
)
def test_obstacles_to_refusing(text: str) -> None:
    assert "pattern:opt-out-obstacle" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "拒收请回复R",
        "退订回T,到店请携带会员卡",
        "到期不自动收费,拒收请回复R",
        "退订回T 请携带本短信到店",
        "退订回TD,咨询请致电4000000000",
        "请审核订单,拒收请回复R",
    ],
)
def test_no_obstacle_is_seen_beside_a_plain_way_to_refuse(text: str) -> None:
    assert "pattern:opt-out-obstacle" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "全场8折,烟酒除外",
        "香烟、药品不参加",
        "晚市8折(酒水、香烟除外)",
        "除处方药、保健食品外均可用",
        "非处方药以外的商品满减",
    ],
)
def test_goods_that_an_offer_leaves_out(text: str) -> None:
    assert "pattern:excluded" in kinds(text)


@pytest.mark.parametrize(
    "text", ["电子烟全场8折特价品除外", "电子烟新品上市,欢迎参加", "感冒药会员8折", "户外用品上新"]
)
def test_goods_that_are_offered_are_not_left_out(text: str) -> None:
    assert not set(excluded(text)) & set("烟药")
