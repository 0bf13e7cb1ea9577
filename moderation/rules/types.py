"""Types: promotion inside a notice, codes without their word, codes sent as something else."""

from __future__ import annotations

from moderation.rules.expression import signal, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

OTP, NOTIFICATION = TemplateType.OTP, TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="TM101",
        name="promotion-in-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(NOTIFICATION,),
        when=words("promotion/offer") & signal("model:type.MARKETING"),
        message={"zh": "通知里含有营销内容“{quote}”", "en": "the notice carries the promotion “{quote}”"},
        advice={
            "zh": "删去营销内容，或按营销类型提交并加“拒收请回复R”",
            "en": "drop it, or declare marketing with an opt-out",
        },
        why="Vendors price and route by type and refuse sales in notices.",
        false_positives="Order notices that name the discount that was used.",
        bad=(
            Bad("【甲商城】新品上市，全场5折，满200元减50元，欢迎选购", "新品上市", type=NOTIFICATION),
            Bad("【甲服饰】周年庆特惠，冬装低至3折起，门店同享", "周年庆", type=NOTIFICATION),
        ),
        good=(
            Good("【甲物流】您的快递已到菜鸟柜，取件码${code}，请及时领取", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货，预计${date}送达", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="TM102",
        name="otp-without-code-word",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(OTP,),
        when=~words("otp/code"),
        message={"zh": "验证码短信没有“验证码”字样", "en": "the code template does not say 验证码"},
        advice={"zh": "写明“验证码”、用途和有效时间", "en": "say 验证码, what it is for and how long it holds"},
        why="Vendors demand 验证码, 校验码, 注册码 or 动态码 in a template of this type.",
        false_positives="Codes in other languages.",
        bad=(
            Bad("【甲商城】您的密码是${code}，请妥善保管", type=OTP),
            Bad("【甲商城】${code}，请在5分钟内输入", type=OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于登录，5分钟内有效", type=OTP),
            Good("【甲商城】动态码${code}，请勿告诉他人", type=OTP),
        ),
        since="0.1.0",
    ),
    Rule(
        id="TM103",
        name="promotion-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REJECT,
        types=(OTP,),
        when=words("promotion/offer", "promotion/free", "promotion/last-chance", "promotion/lottery"),
        message={"zh": "验证码短信夹带营销内容“{quote}”", "en": "the code template carries the promotion “{quote}”"},
        advice={"zh": "删去营销内容，另发营销短信", "en": "drop it and send it as marketing"},
        why="A code template may hold the code, its purpose and its expiry only.",
        false_positives="The purpose of a code that names a promotion.",
        bad=(
            Bad("【甲商城】验证码${code}，新人专享全场5折", "全场5折", type=OTP),
            Bad("【甲商城】验证码${code}，会员免费领取好礼", "免费领取", type=OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于支付，5分钟内有效，请勿泄露", type=OTP),
            Good("【甲银行】动态密码${code}，您正在转账，切勿告诉他人", type=OTP),
        ),
        since="0.1.0",
    ),
    Rule(
        id="TM104",
        name="code-in-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        types=(NOTIFICATION, TemplateType.MARKETING),
        when=words("otp/code") & words("otp/expiry"),
        message={"zh": "“{quote}”应按验证码类型提交", "en": "“{quote}” belongs to a template of type OTP"},
        advice={"zh": "类型改为验证码", "en": "declare the template as OTP"},
        why="Codes have a channel of their own with faster delivery.",
        false_positives="Notices that explain how codes work.",
        bad=(
            Bad("【甲商城】验证码${code}，5分钟内有效", "验证码", type=NOTIFICATION),
            Bad("【甲商城】您的校验码${code}，10分钟内有效", "校验码", type=NOTIFICATION),
        ),
        good=(
            Good("【甲银行】请勿向任何人泄露验证码", type=NOTIFICATION),
            Good("【甲商城】您的订单已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
)
