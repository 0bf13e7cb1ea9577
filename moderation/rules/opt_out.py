"""Opt-out: marketing must tell how to refuse, and refusing must cost nothing."""

from __future__ import annotations

from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_43_2, PRIVACY_15
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
WAY_TO_REFUSE = pattern("opt-out") | words("optout/form")

RULES = (
    Rule(
        id="OO101",
        name="opt-out-missing",
        category=ReasonCategory.MISSING_OPT_OUT,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_43_2,),
        when=~WAY_TO_REFUSE & ~pattern("opt-out-placeholder"),
        message={"zh": "营销短信没有告知拒收方式", "en": "the marketing template does not say how to refuse"},
        advice={"zh": "在结尾加“拒收请回复R”", "en": "append 拒收请回复R"},
        why="Whoever sends advertising electronically must offer a way to refuse more of it.",
        false_positives="Notices declared as marketing; declare them as notification.",
        bad=(
            Bad("【甲商城】会员日全场8折，欢迎选购"),
            Bad("【甲商城】会员日全场8折，回复T领取优惠券"),
            Bad("【甲商城】会员日全场8折，支持7天免费退订"),
        ),
        good=(
            "【甲商城】会员日全场8折，拒收请回复R",
            "【甲商城】会员日全场8折，退订回Ｔ",
            "【甲商城】会员日全场8折，回TD退订。",
            Good("【甲物流】您的快递已到，请凭取件码领取", type=TemplateType.NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="OO102",
        name="opt-out-in-placeholder",
        category=ReasonCategory.MISSING_OPT_OUT,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_43_2,),
        when=pattern("opt-out-placeholder") & ~WAY_TO_REFUSE,
        message={"zh": "拒收方式“{quote}”写在变量里，无法核验", "en": "the opt-out “{quote}” depends on a placeholder"},
        advice={"zh": "把拒收方式写成固定文字，如“拒收请回复R”", "en": "write the opt-out as fixed text: 拒收请回复R"},
        why="What a placeholder will hold cannot be checked, so the way to refuse is not assured.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】会员日全场8折，退订回${key}", "退订回${key}"),
            Bad("【甲商城】新品上市，拒收请回复{1}", "拒收请回复{1}"),
        ),
        good=(
            "【甲商城】尊敬的${name}，会员日全场8折，拒收请回复R",
            "【甲商城】${name}您好，新品上市，退订回T",
        ),
        since="0.1.0",
    ),
    Rule(
        id="OO103",
        name="opt-out-obstacle",
        category=ReasonCategory.MISSING_OPT_OUT,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_43_2, PRIVACY_15),
        when=words("optout/obstacle"),
        message={"zh": "“{quote}”给拒收设置了障碍", "en": "“{quote}” is an obstacle to refusing"},
        advice={"zh": "改为回复即可拒收，如“拒收请回复R”", "en": "let people refuse by reply: 拒收请回复R"},
        why="Withdrawing consent must be as easy as giving it: no call, login, fee or document.",
        false_positives="Cancelling an order or a booking is not refusing messages.",
        bad=(
            Bad("【甲商城】会员日8折，退订请致电400-000-0000，拒收请回复R", "退订请致电"),
            Bad("【甲商城】会员日8折，退订请登录官网办理，拒收请回复R", "退订请登录"),
        ),
        good=(
            "【甲酒店】会员价399元，订单可免费取消，拒收请回复R",
            "【甲商城】会员日8折，客服400-000-0000，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="OO104",
        name="opt-out-in-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        types=(TemplateType.NOTIFICATION, TemplateType.OTP),
        when=WAY_TO_REFUSE,
        message={
            "zh": "通知和验证码不应带拒收提示“{quote}”",
            "en": "notices and codes carry no opt-out, found “{quote}”",
        },
        advice={
            "zh": "删去该提示；若是营销内容，请按营销类型提交",
            "en": "drop it, or declare the template as marketing",
        },
        why="Vendors reject opt-out wording outside marketing, since it shows that the type is wrong.",
        false_positives="Subscriptions whose notices must offer cancelling.",
        bad=(
            Bad("【甲物流】您的快递已到，拒收请回复R", "拒收请回复R", type=TemplateType.NOTIFICATION),
            Bad("【甲商城】您的订单已发货，退订回T", "退订回T", type=TemplateType.NOTIFICATION),
        ),
        good=(
            Good("【甲物流】您的快递已到，请凭取件码领取", type=TemplateType.NOTIFICATION),
            Good("【甲商城】您的退订申请已受理", type=TemplateType.NOTIFICATION),
        ),
        since="0.1.0",
    ),
)
