"""Placeholders: their syntax, names, numbers and places, as a profile takes them."""

from __future__ import annotations

from moderation.rules.expression import link, template
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION, MARKETING, OTP = TemplateType.NOTIFICATION, TemplateType.MARKETING, TemplateType.OTP

RULES = (
    Rule(
        id="VR103",
        name="placeholder-syntax",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-malformed", "placeholder-mixed"),
        message={"zh": "变量“{quote}”写法有误或混用了两种写法", "en": "“{quote}” is malformed or of a second syntax"},
        advice={"zh": "统一使用一种写法，如${{name}}", "en": "use one syntax throughout, such as ${{name}}"},
        why="A wrong placeholder is sent as it stands.",
        false_positives="Braces in ordinary text; write （） instead.",
        bad=(
            Bad("【甲商城】您的订单${no已发货", "${no已发货", type=NOTIFICATION),
            Bad("【甲商城】尊敬的${name}，订单{1}已发货", "{1}", type=NOTIFICATION),
            Bad("【甲商城】您的订单{no，已发货", "{no", type=NOTIFICATION),
            Bad("【甲影城】取票码#code，请提前到场", "#code", type=NOTIFICATION),
        ),
        good=(
            Good(
                "【甲影城】请到5#厅观影，详见 m.example.cn/a#top", type=NOTIFICATION, verified_domains=("example.cn",)
            ),
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
            Good("【甲商城】尊敬的{1}，订单{2}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_SYNTAX",),
    ),
    Rule(
        id="VR104",
        name="placeholder-syntax-of-profile",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-refused").outside(template("placeholder-mixed")),
        message={"zh": "该通道不认变量写法“{quote}”", "en": "this vendor does not read “{quote}” as a placeholder"},
        advice={"zh": "改用该通道的写法（{term}）", "en": "use the syntax of this vendor ({term})"},
        why="Each vendor reads one syntax; another is sent as it stands.",
        false_positives="None known.",
        bad=(
            Bad("您的订单{no}已发货", "{no}", type=NOTIFICATION, signature="甲商城", profile="aliyun"),
            Bad("您的订单${no}已发货", "${no}", type=NOTIFICATION, signature="甲商城", profile="tencent"),
        ),
        good=(
            Good("您的订单${no}已发货", type=NOTIFICATION, signature="甲商城", profile="aliyun"),
            Good("【甲商城】您的订单{no}已发货", type=NOTIFICATION),
            Good("您的订单${no}已发往{city}", type=NOTIFICATION, signature="甲商城", profile="aliyun"),
        ),
        since="0.1.0",
        covers=("VAR_SYNTAX",),
    ),
    Rule(
        id="VR106",
        name="placeholder-numbering",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-numbering"),
        message={
            "zh": "变量“{quote}”的编号应为{term}",
            "en": "the placeholder “{quote}” should have the number {term}",
        },
        advice={"zh": "从1起连续编号", "en": "number them from 1 without gaps"},
        why="Numbered placeholders are filled in order; a gap shifts every value.",
        false_positives="None known.",
        bad=(
            Bad("{1}的会员将于{3}到期", "{3}", type=NOTIFICATION, signature="甲商城", profile="tencent"),
            Bad("您的订单{2}已发货", "{2}", type=NOTIFICATION, signature="甲商城", profile="tencent"),
        ),
        good=(
            Good("{1}的会员将于{2}到期", type=NOTIFICATION, signature="甲商城", profile="tencent"),
            Good("【甲商城】{1}的会员将于{3}到期", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_NUMBERING",),
    ),
    Rule(
        id="VR107",
        name="placeholder-name",
        category=ReasonCategory.VARIABLE,
        severity=Severity.ADVICE,
        when=template("placeholder-name"),
        message={
            "zh": "变量名“{quote}”应以字母开头或为序号",
            "en": "“{quote}” should begin with a letter or be a number",
        },
        advice={"zh": "用有含义的英文名，如${{order_no}}", "en": "use a telling name such as ${{order_no}}"},
        why="Vendors take names of letters and digits; a telling name helps the reviewer.",
        false_positives="Vendors that take Chinese names.",
        bad=(
            Bad("【甲商城】您的订单${订单号}已发货", "${订单号}", type=NOTIFICATION),
            Bad("【甲商城】您的订单${_1}已发货", "${_1}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的订单${order_no}已发货", type=NOTIFICATION),
            Good("【甲商城】您的订单{1}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_NAME",),
    ),
    Rule(
        id="VR108",
        name="placeholder-repeated",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-repeated"),
        message={"zh": "变量“{quote}”重复使用", "en": "the placeholder “{quote}” is used twice"},
        advice={"zh": "每个变量只用一次，换一个名字", "en": "use each name once"},
        why="Some vendors refuse a template in which a name stands twice.",
        false_positives="None known.",
        bad=(
            Bad("${n}已到${n}门口", "${n}", type=NOTIFICATION, signature="甲学校", profile="aliyun"),
            Bad("${no}已发货，单号${no}请查收", "${no}", type=NOTIFICATION, signature="甲商城", profile="aliyun"),
        ),
        good=(
            Good("${n}已到${place}门口", type=NOTIFICATION, signature="甲学校", profile="aliyun"),
            Good("【甲学校】${n}已到${n}门口", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_DUPLICATE",),
    ),
    Rule(
        id="VR109",
        name="placeholder-count",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-count"),
        message={
            "zh": "变量“{quote}”超出该通道允许的{term}个",
            "en": "“{quote}” is beyond the {term} that this vendor takes",
        },
        advice={"zh": "减少变量，或写成固定文字", "en": "use fewer placeholders or fixed text"},
        why="Vendors bound the number of placeholders by type; some take none in marketing.",
        false_positives="None known.",
        bad=(
            Bad(
                "尊敬的${name}，会员日8折，拒收请回复R", "${name}", type=MARKETING, signature="甲商城", profile="huawei"
            ),
            Bad(
                "验证码${code}，用于${use}登录，5分钟内有效",
                "${use}",
                type=OTP,
                signature="甲商城",
                profile="volcengine",
            ),
        ),
        good=(
            Good("尊敬的会员，会员日8折，拒收请回复R", type=MARKETING, signature="甲商城", profile="huawei"),
            "【甲商城】尊敬的${name}，会员日8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("VAR_COUNT", "VAR_IN_MARKETING"),
    ),
    Rule(
        id="VR110",
        name="placeholder-partial",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-partial").outside(link("placeholder-host", "placeholder-path")),
        message={"zh": "变量“{quote}”把号码或单词切开", "en": "the placeholder “{quote}” cuts a number or word in two"},
        advice={
            "zh": "整个号码作一个变量，或只留尾号",
            "en": "make the whole number one placeholder, or show its end only",
        },
        why="A number that is half fixed can be completed to anything.",
        false_positives="Codes with a fixed frame.",
        bad=(
            Bad("【甲商城】请联系186${2}1234取件", "${2}", type=NOTIFICATION),
            Bad("【甲商城】请联系138{1}0000取件", "{1}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您尾号${last4}的手机已绑定", type=NOTIFICATION),
            Good("【甲通信】您本月已用流量${used}GB", type=NOTIFICATION),
            Good(
                "【甲商城】订单已发货，查看 m.example.cn/order${id}99 谢谢",
                type=NOTIFICATION,
                verified_domains=("example.cn",),
            ),
        ),
        since="0.1.0",
        covers=("VAR_PARTIAL",),
    ),
)
