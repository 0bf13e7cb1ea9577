"""Contacts: service numbers only; no personal mobile, WeChat, QQ or group."""

from __future__ import annotations

from moderation.rules.expression import contact, words
from moderation.rules.laws import AD_43_2, FRAUD_25
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="CT101",
        name="personal-mobile",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REVIEW,
        laws=(AD_43_2,),
        when=contact("mobile"),
        message={"zh": "“{quote}”是个人手机号", "en": "“{quote}” is a personal mobile number"},
        advice={"zh": "改用固定电话、400或95号码", "en": "use a landline, 400 or 95 number"},
        why="The sender's contact must be the company's; vendors refuse personal mobile numbers.",
        false_positives="Couriers' numbers in delivery notices; put them into a placeholder.",
        bad=(
            Bad("【甲商城】请联系13800000000取件", "13800000000", type=NOTIFICATION),
            Bad("【甲商城】请联系138 0000 0000取件", "138 0000 0000", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】请联系400-000-0000", type=NOTIFICATION),
            Good("【甲商城】运单号SF1380000000012已签收", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="CT102",
        name="wechat-or-qq",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=contact("wechat", "qq") | words("contact/solicit"),
        message={"zh": "“{quote}”引导添加个人账号或群", "en": "“{quote}” leads to a personal account or group"},
        advice={
            "zh": "删去，改用公司客服电话或已验证的链接",
            "en": "drop it; use the company's number or a verified link",
        },
        why="Moving the talk to a personal account is how most fraud begins; all vendors refuse it.",
        false_positives="微信支付, 微信公众号 and the like are not personal accounts.",
        bad=(
            Bad("【甲商城】优惠详情加微信领取，拒收请回复R", "加微信"),
            Bad("【甲商城】客服QQ：12345678，拒收请回复R", "QQ：12345678"),
        ),
        good=(
            Good("【甲商城】您已通过微信支付付款20元", type=NOTIFICATION),
            "【甲商城】会员日8折，详询400-000-0000，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="CT103",
        name="contact-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REJECT,
        types=(TemplateType.OTP,),
        when=contact("mobile", "landline", "service-number", "wechat", "qq", "email"),
        message={
            "zh": "验证码短信不能带联系方式“{quote}”",
            "en": "a code template must not carry the contact “{quote}”",
        },
        advice={"zh": "删去联系方式", "en": "drop the contact"},
        why="Vendors refuse contacts beside codes.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】验证码${code}，客服400-000-0000", "400-000-0000", type=TemplateType.OTP),
            Bad("【甲商城】验证码${code}，5分钟内有效，咨询010-00000000", "010-00000000", type=TemplateType.OTP),
        ),
        good=(
            Good("【甲商城】验证码123456，用于登录，5分钟内有效", type=TemplateType.OTP),
            Good("【甲商城】订单已发货，客服400-000-0000", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
)
