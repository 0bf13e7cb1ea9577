"""Patterned text: opt-outs, phones, accounts, dates, quantities; and patterns that stay linear."""

from __future__ import annotations

import pytest

from moderation.match import disguise
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


@pytest.mark.parametrize(
    ("text", "kind", "via"),
    [
        ("一三九零零零零零零零零", "written-number", ("digit",)),
        ("壹叁玖〇〇〇〇〇〇〇〇", "written-number", ("digit",)),
        ("幺三九零零零零零零零零", "written-number", ("digit",)),
        ("l390000oooo", "written-number", ("letter",)),
        ("❶❸❾00000000", "written-number", ("digit",)),
        ("139★0000★0000", "written-number", ("separator",)),
        ("1️⃣3️⃣9️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣", "mobile", ("emoji",)),
        ("1 3 9 0 0 0 0 0 0 0 0", "mobile", ("separator",)),
        ("1-3-9-0-0-0-0-0-0-0-0", "mobile", ("separator",)),
        ("1.3.9.0.0.0.0.0.0.0.0", "mobile", ("separator",)),
        ("①③⑨⓪⓪⓪⓪⓪⓪⓪⓪", "mobile", ("digit",)),
        ("¹³⁹⁰⁰⁰⁰⁰⁰⁰⁰", "mobile", ("digit",)),
        ("四〇〇-〇〇〇-〇〇〇〇", "service-number", ("digit",)),
        ("加薇:abc12345", "wechat", ("homophone",)),
        ("伽徽abc12345", "wechat", ("homophone",)),
        ("家微abc12345", "wechat", ("homophone",)),
        ("十V：abc12345", "wechat", ("look-alike", "letter")),
        ("➕🛰abc12345", "wechat", ("emoji",)),
        ("咖VX12345678", "wechat", ("homophone", "letter")),
        ("加维信:abc12345", "wechat", ("homophone",)),
        ("威芯abc12345", "wechat", ("homophone",)),
        ("薇信:13900000000", "wechat", ("homophone",)),
        ("加卫星:abc12345", "wechat", ("homophone",)),
        ("搜绿泡泡abc12345", "wechat", ("look-alike",)),
        ("+\\/:abc12345", "wechat", ("homophone", "look-alike")),
        ("加微.信abc12345", "wechat", ("separator",)),
        ("weixin:abc12345", "wechat", ("pinyin",)),
        ("扣扣12345678", "qq", ("homophone",)),
        ("伽扣裙：12345678", "qq", ("homophone",)),
        ("企鹅：12345678", "qq", ("look-alike",)),
        ("企鵝：12345678", "qq", ("traditional",)),
        ("qiuqiu12345678", "qq", ("pinyin",)),
        ("秋秋：12345678", "qq", ("homophone",)),
        ("Q裙12345678", "qq", ("homophone",)),
        ("+筘：12345678", "qq", ("homophone",)),
        ("加Q一二三四五六七八", "qq", ("digit",)),
        ("纸飞机:abcdef", "telegram", ("look-alike",)),
        ("✈️@abcdef1", "telegram", ("emoji",)),
        ("加薇❤", "solicitation", ("homophone", "emoji")),
        ("加V领取", "solicitation", ("letter",)),
        ("加我徽", "solicitation", ("homophone",)),
        ("🛰️号", "solicitation", ("emoji",)),
        ("伽扣扣咨询", "solicitation", ("homophone",)),
        ("一、三、九、零、零、零、零、零、零、零、零", "written-number", ("digit",)),
        ("⑴⑶⑼⑴⑴⑴⑴⑴⑴⑴⑴", "written-number", ("separator", "digit")),
        ("Q Q 1 2 3 4 5 6 7 8", "qq", ("separator",)),
        ("加🐧咨询", "solicitation", ("emoji",)),
        ("徽亻言:abc12345", "wechat", ("homophone", "split")),
        ("TG:@abcdef1", "telegram", ("letter",)),
        ("微信:abc12345", "wechat", ()),
        ("加QQ:12345678", "qq", ()),
        ("13800000000", "mobile", ()),
        ("138-0000-0000", "mobile", ()),
        ("１３８００００００００", "mobile", ()),
        ("400 000 0000", "service-number", ()),
    ],
)
def test_a_contact_and_how_it_is_disguised(text: str, kind: str, via: tuple[str, ...]) -> None:
    normal = fold(text)
    found = next(one for one in find_many([normal.text])[0] if one.kind == f"contact:{kind}")
    written = normal.text[found.start : found.end]
    start, end = normal.source_range(found.start, found.end)
    assert disguise.of_contact(written, text[start:end]) == tuple(f"variant:{one}" for one in via)


@pytest.mark.parametrize(
    "text",
    [
        "企鹅馆门票100元",
        "飞机起飞",
        "飞机:MU5102",
        "高铁+飞机,全程接送",
        "V领毛衣",
        "加V领毛衣",
        "加薇家园",
        "徽商银行12345678",
        "薇诺娜12345678",
        "面膜+薇诺娜",
        "王薇(82000000)",
        "李薇:82000000",
        "卫星电视12345",
        "VX系列型号12345",
        "家微波炉",
        "增加徽章",
        "微信支付",
        "微信公众号",
        "另加扣20000元",
        "每月代扣:10000",
        "+VIP123456",
        "壹万叁仟元整",
        "二〇二六年一月三日",
        "身份证号四四零三零零一九九零零一零一零零零零零",
        "版本1.3.9.0",
        "座位13、14、15、16、17、18排",
        "1-3-5-7-9-11号楼",
        "编号1390000000a",
        "会员号:VX20261124",
        "型号VX-12345",
        "优惠码:WX20261124",
        "群12345号楼",
        "球球宠物店:82000000",
    ],
)
def test_what_only_resembles_a_contact(text: str) -> None:
    assert not {kind for kind in kinds(text) if kind.startswith("contact:")}


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


DIALECT_SHAPES = [
    ("跟到买就是了，折了算我们的", "dialect-gain"),
    ("蚀咗我哋包", "dialect-gain"),
    ("蚀脱阿拉赔", "dialect-gain"),
    ("闭到眼睛都赚", "dialect-gain"),
    ("本钱一分都少不脱", "dialect-gain"),
    ("莫得哪家比得到我们", "dialect-top"),
    ("认第二冇人敢认第一", "dialect-top"),
    ("至抵食嘅虾饺", "dialect-top"),
    ("硬是第一的冷吃兔", "dialect-top"),
    ("谁家也撵不上", "dialect-top"),
    ("打麻将带彩", "dialect-gambling"),
    ("玩真钱麻将", "dialect-gambling"),
    ("打铜钿麻将", "dialect-gambling"),
    ("黑户侪好借", "dialect-loan"),
    ("借贵利都唔使查底，身份证就攞得", "dialect-loan"),
    ("先交188块保证金再派单", "dialect-job"),
    ("刷一单抽8个点", "dialect-job"),
    ("发票随便扯", "dialect-invoice"),
    ("么子发票都开得", "dialect-invoice"),
    ("你中咗大奖，过68蚊运费畀我哋", "dialect-prize"),
    ("一个崩都唔收", "dialect-free"),
    ("打断侬只脚", "dialect-threat"),
    ("莫得哪个产品是包赚的", "none-does"),
]
ORDINARY_SHAPES = [
    ("全国晚上水费优惠", "dialect-top"),
    ("莫得哪个比得上妈妈", "dialect-top"),
    ("上海第一人民医院", "dialect-top"),
    ("打麻将莫带彩", "dialect-gambling"),
    ("电动麻雀枱1880蚊一张", "dialect-gambling"),
    ("麻将室一桌40元", "dialect-gambling"),
    ("红十字会培训", "dialect-gambling"),
    ("假一赔十", "dialect-gambling"),
    ("手机租赁，先交200元押金", "dialect-job"),
    ("请给店家打五星好评", "dialect-job"),
    ("发票侪开好了", "dialect-invoice"),
    ("没办理业务也能开户", "dialect-invoice"),
    ("请勿输入密码，不能输入三次", "dialect-gain"),
    ("全场8折我们包邮", "dialect-gain"),
    ("打断您一下，管子敲断了", "dialect-threat"),
]


@pytest.mark.parametrize(("text", "kind"), DIALECT_SHAPES)
def test_turns_of_phrase_of_dialects(text: str, kind: str) -> None:
    assert f"pattern:{kind}" in kinds(text)


@pytest.mark.parametrize(("text", "kind"), ORDINARY_SHAPES)
def test_ordinary_words_that_look_like_them(text: str, kind: str) -> None:
    assert f"pattern:{kind}" not in kinds(text)


@pytest.mark.parametrize(("text", "kind"), DIALECT_SHAPES)
def test_the_trigger_characters_of_dialect_shapes_stand_in_them(text: str, kind: str) -> None:
    (pattern,) = (one for one in PATTERNS if one.kind == f"pattern:{kind}")
    assert not pattern.triggers.isdisjoint(text)
