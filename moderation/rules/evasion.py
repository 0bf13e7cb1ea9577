"""Evasion: the disguise of a listed word, a link or a contact is a breach of its own."""

from __future__ import annotations

from moderation.rules.context import used
from moderation.rules.exemptions import EXEMPT
from moderation.rules.expression import signal, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

DISGUISED = signal("evasion:variant")
UNLAWFUL = words(
    "finance/guarantee",
    "prohibited/academic-fraud",
    "prohibited/data-trade",
    "prohibited/drugs",
    "prohibited/forged-document",
    "prohibited/forged-invoice",
    "prohibited/fraud-account",
    "prohibited/fraud-authority",
    "prohibited/fraud-other",
    "prohibited/fraud-part-time",
    "prohibited/fraud-prize",
    "prohibited/gambling",
    "prohibited/illegal-loan",
    "prohibited/investment-fraud",
    "prohibited/money-laundering",
    "prohibited/pornography",
    "prohibited/weapons",
    "profanity/insult",
    "profanity/threat",
    "trade/counterfeit",
)
ABSOLUTE = words("advertising/absolute", "advertising/ranking", "advertising/superlative")

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
    Rule(
        id="EV103",
        name="contact-in-disguise",
        category=ReasonCategory.EVASION,
        severity=Severity.REJECT,
        when=used(signal("evasion:contact")),
        message={
            "zh": "“{quote}”改变写法以躲避联系方式检查",
            "en": "“{quote}” is written so as to escape the contact check",
        },
        advice={
            "zh": "删去，或用正常写法书写公司客服电话",
            "en": "drop it, or write the company's number plainly",
        },
        why="Who writes a number or an account so that a filter does not see it means to hide it.",
        false_positives="VX for WeChat where a firm names its own account; it is refused as an account anyway.",
        bad=(
            Bad("【甲商城】优惠详情伽徽：abcdef123，拒收请回复R", "伽徽：abcdef123"),
            Bad("【甲商城】优惠详情加薇❤领取，拒收请回复R", "加薇❤"),
            Bad("【甲商城】客服扣扣：12345678，拒收请回复R", "扣扣：12345678"),
            Bad("【甲商城】请联系一三九零零零零零零零零取件", "一三九零零零零零零零零", type=NOTIFICATION),
            Bad("【甲商城】请联系①③⑨⓪⓪⓪⓪⓪⓪⓪⓪取件", "①③⑨⓪⓪⓪⓪⓪⓪⓪⓪", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】请联系400-000-0000", type=NOTIFICATION),
            Good("【甲公司】合同金额壹万叁仟元整，签订于二〇二六年一月三日", type=NOTIFICATION),
            Good("【甲公安】谨防诈骗：凡要求加薇❤领取补贴的都是诈骗", type=NOTIFICATION),
            Good("【甲文具】徽章、扣子和微波炉已发货，单号1390000", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_WECHAT_QQ", "FMT_VARIANT_CHAR"),
    ),
    Rule(
        id="EV104",
        name="word-in-disguise",
        category=ReasonCategory.EVASION,
        severity=Severity.REJECT,
        when=used(DISGUISED.inside(UNLAWFUL) | signal("evasion:phrase")) | DISGUISED.inside(ABSOLUTE).outside(EXEMPT),
        message={
            "zh": "“{quote}”改变写法以掩盖“{term}”",
            "en": "“{quote}” is written so as to hide “{term}”",
        },
        advice={
            "zh": "删去，勿以谐音、拆字、符号等改变违禁词的写法",
            "en": "drop it; no other spelling makes the word lawful",
        },
        why="Disguising a term is forbidden by all vendors and shows intent.",
        false_positives="Names that sound or look like a forbidden term; words set apart for looks (免 费).",
        bad=(
            Bad("【甲公司】代開发漂就找我们，拒收请回复R", "代開发漂"),
            Bad("【甲理财】穩賺不赔的项目，拒收请回复R", "穩賺不赔"),
            Bad("【甲娱乐】棋*牌百*家*乐，拒收请回复R", "百*家*乐"),
            Bad("【甲商城】全国苐一的服务，会员8折，拒收请回复R", "全国苐一"),
            Bad("【甲公司】代kai发票就找我们，拒收请回复R", "代kai发票"),
            Bad("【甲理财】本·金·损·失·由·平·台·先·行·垫付，拒收请回复R", "本·金·损·失·由·平·台·先·行·垫"),
        ),
        good=(
            "【甲商城】会员日8折，满100元减20元，拒收请回复R",
            Good("【甲文具】加厚徽章、微波炉收纳架已发货，单号1390000", type=NOTIFICATION),
            Good("【甲電訊】閣下的帳單已發出，請於月底前繳費", type=NOTIFICATION),
            Good("【甲公安】谨防“代開发漂”短信，均为诈骗", type=NOTIFICATION),
            "【甲影院】《最*好的我们》今日上映，会员8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("ABS_VARIANT", "FMT_VARIANT_CHAR"),
    ),
)
