"""Evasion: the disguise of a listed word or of a link is a breach of its own."""

from __future__ import annotations

from moderation.rules.expression import signal, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="EV101",
        name="invisible-characters",
        category=ReasonCategory.EVASION,
        severity=Severity.REJECT,
        when=signal("evasion:invisible").inside(
            words(
                "advertising/absolute",
                "finance/guarantee",
                "prohibited/gambling",
                "prohibited/pornography",
                "prohibited/fraud-part-time",
                "prohibited/forged-invoice",
                "contact/solicit",
            )
        ),
        message={
            "zh": "“{quote}”里夹有不可见字符，用来掩盖“{term}”",
            "en": "invisible characters in “{quote}” hide “{term}”",
        },
        advice={"zh": "删去不可见字符", "en": "remove the invisible characters"},
        why="Disguising a term is forbidden by all vendors and shows intent.",
        false_positives="Text pasted from a page with soft hyphens.",
        bad=(
            Bad("【甲商城】全国\u200b第一的服务，会员8折，拒收请回复R", "全国\u200b第一"),
            Bad("【甲理财】稳\u2062赚不赔，拒收请回复R", "稳\u2062赚不赔"),
        ),
        good=(
            "【甲商城】会员日全场8折，拒收请回复R",
            "【甲商城】会\u200b员日全场8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("ABS_VARIANT", "FMT_VARIANT_CHAR"),
    ),
    Rule(
        id="EV102",
        name="link-in-disguise",
        category=ReasonCategory.EVASION,
        severity=Severity.REJECT,
        when=signal("evasion:link").inside(signal("link:unverified")),
        message={"zh": "“{quote}”改变写法以躲避链接检查", "en": "“{quote}” is written so as to escape the link check"},
        advice={"zh": "删去，或用正常写法书写已验证的链接", "en": "drop it, or write a verified link plainly"},
        why="Disguise is forbidden in itself.",
        false_positives="As for disguised-link.",
        bad=(
            Bad("【甲商城】请进yxshop点vip 查看", "yxshop点vip", type=NOTIFICATION),
            Bad("【甲商城】请进 abc。com 查看", "abc。com", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】早上8点vip场开放", type=NOTIFICATION),
            Good("【甲商城】请登录 www.example.cn 查看", type=NOTIFICATION, verified_domains=("example.cn",)),
        ),
        since="0.1.0",
        covers=("URL_OBFUSCATED", "FMT_VARIANT_CHAR"),
    ),
)
