"""Types: promotion inside a notice, codes without their word, codes sent as something else."""

from __future__ import annotations

from moderation.rules.context import PROMOTED, SELLS
from moderation.rules.expression import pattern, template, words
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import Industry, TemplateType

OTP, NOTIFICATION, MARKETING = TemplateType.OTP, TemplateType.NOTIFICATION, TemplateType.MARKETING


RULES = (
    Rule(
        id="TM101",
        name="promotion-in-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(NOTIFICATION,),
        when=SELLS,
        message={"zh": "通知以营销为主：“{quote}”", "en": "the notice sells: “{quote}”"},
        advice={
            "zh": "删去营销内容，或按营销类型提交并加“拒收请回复R”",
            "en": "drop it, or declare marketing with an opt-out",
        },
        why="Vendors price and route by type and refuse sales in notices.",
        false_positives="Notices to members of what they asked to be told, such as 到货提醒 with the price.",
        bad=(
            Bad("【甲商城】新品上市，全场5折，满200元减50元，欢迎选购", "新品上市", type=NOTIFICATION),
            Bad("【甲服饰】周年庆特惠，冬装低至3折起，门店同享", "周年庆", type=NOTIFICATION),
        ),
        good=(
            Good("【甲物流】您的快递已到菜鸟柜，取件码${code}，请及时领取", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货，预计${date}送达", type=NOTIFICATION),
            Good("【甲商城】订单${no}已享会员价，实付${amount}元", type=NOTIFICATION),
            Good("【甲商城】谨防“全场1折清仓”短信，本店从未促销，请勿下单", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("TYPE_NOTICE_HAS_PROMO", "TYPE_PORT_MISUSE"),
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
        covers=("TYPE_OTP_KEYWORD",),
    ),
    Rule(
        id="TM103",
        name="promotion-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REJECT,
        types=(OTP,),
        when=PROMOTED.outside(pattern("code-purpose")),
        message={"zh": "验证码短信夹带营销内容“{quote}”", "en": "the code template carries the promotion “{quote}”"},
        advice={"zh": "删去营销内容，另发营销短信", "en": "drop it and send it as marketing"},
        why="A code template may hold the code, its purpose and its expiry only.",
        false_positives="The purpose of a code that names a promotion.",
        bad=(
            Bad("【甲商城】验证码${code}，用于登录，新人专享全场5折", "全场5折", type=OTP),
            Bad("【甲商城】验证码${code}，会员免费领取好礼", "免费领取", type=OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于支付，5分钟内有效，请勿泄露", type=OTP),
            Good("【甲银行】动态密码${code}，您正在转账，切勿告诉他人", type=OTP),
            Good("【甲酒店】验证码${code}，用于会员价预订，10分钟内有效", type=OTP),
            Good("【甲银行】验证码${code}，谨防“免费领取礼品”骗局，切勿告诉他人", type=OTP),
        ),
        since="0.1.0",
        covers=("TYPE_OTP_EXTRA",),
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
        covers=("TYPE_NOTICE_HAS_CODE",),
    ),
    Rule(
        id="TM105",
        name="otp-without-purpose",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        types=(OTP,),
        when=words("otp/code") & ~words("otp/purpose") & ~words("otp/expiry"),
        message={"zh": "验证码没有写明用途或有效时间", "en": "neither purpose nor expiry of the code is told"},
        advice={
            "zh": "写明用途和有效时间，如“用于登录，5分钟内有效”",
            "en": "say what it is for and how long it holds",
        },
        why="A code without purpose and expiry is easily given away; some vendors refuse it.",
        false_positives="Codes whose purpose the signature tells.",
        bad=(
            Bad("【甲商城】您的验证码是${code}", "验证码", type=OTP),
            Bad("【甲商城】校验码：${code}，请勿告诉他人", "校验码", type=OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于登录", type=OTP),
            Good("【甲商城】您的验证码是${code}，5分钟内有效", type=OTP),
        ),
        since="0.1.0",
        covers=("TYPE_OTP_PURPOSE",),
    ),
    Rule(
        id="TM107",
        name="greeting-as-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        types=(NOTIFICATION,),
        when=words("type/greeting"),
        message={"zh": "节日问候和生日关怀“{quote}”属于营销类型", "en": "the greeting “{quote}” counts as marketing"},
        advice={"zh": "按营销类型提交，并加“拒收请回复R”", "en": "declare it as marketing, with an opt-out"},
        why="Greetings that nobody asked for are advertising to vendors.",
        false_positives="Notices that end with a wish.",
        bad=(
            Bad("【甲银行】尊敬的客户，祝您生日快乐，万事如意", "生日快乐", type=NOTIFICATION),
            Bad("【甲物业】祝业主们新春大吉，阖家欢乐", "新春大吉", type=NOTIFICATION),
        ),
        good=(
            Good("【甲银行】春节期间网点营业时间调整为9:00至16:00", type=NOTIFICATION),
            Good("【甲商城】祝您生日快乐，会员8折，拒收请回复R", type=MARKETING),
        ),
        since="0.1.0",
        covers=("TYPE_GREETING_AS_NOTICE",),
    ),
    Rule(
        id="TM108",
        name="industry-mismatch",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        when=template("industry-mismatch"),
        message={
            "zh": "申报的行业与内容（{term}）不符",
            "en": "the text is of another industry ({term}) than declared",
        },
        advice={"zh": "改正行业，或改写内容", "en": "correct the industry or the text"},
        why="Vendors refuse texts of one trade under another's account.",
        false_positives="Firms of several trades; texts that the classifier takes for another.",
        bad=(
            Bad(
                "【甲物流】您尾号${last4}的信用卡本期账单${amount}元，最低还款额${min}元，请按时还款",
                type=NOTIFICATION,
                industry=Industry.LOGISTICS,
            ),
            Bad("【甲餐饮】您预订的航班CA0000已取消，可免费改签或退票", type=NOTIFICATION, industry=Industry.CATERING),
        ),
        good=(
            Good("【甲物流】您的包裹已到驿站，取件码${code}", type=NOTIFICATION, industry=Industry.LOGISTICS),
            Good("【甲银行】您的信用卡本期账单${amount}元，请按时还款", type=NOTIFICATION, industry=Industry.LOAN),
        ),
        since="0.1.0",
        covers=("TYPE_INDUSTRY_MISMATCH",),
    ),
    Rule(
        id="TM109",
        name="code-abroad-without-word",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(OTP,),
        when=template("abroad") & ~words("otp/code-abroad"),
        message={"zh": "发往{term}的验证码须含英文 code", "en": "a code sent abroad ({term}) must say “code”"},
        advice={"zh": "加上 code，如 Your code is ${{code}}", "en": "say code, as in Your code is ${{code}}"},
        why="Networks abroad tell codes from advertising by the word.",
        false_positives="Receivers who read another language.",
        bad=(
            Bad("【甲商城】您的验证码是${code}，5分钟内有效", type=OTP, region="US"),
            Bad("【甲商城】动态密码${pin}，用于登录", type=OTP, region="SG"),
        ),
        good=(
            Good("【甲商城】Your verification code is ${pin}, valid for 5 minutes", type=OTP, region="US"),
            Good("【甲商城】您的验证码是${pin}，5分钟内有效", type=OTP, region="CN"),
        ),
        since="0.1.0",
        covers=("TYPE_REGION_MIX",),
    ),
    Rule(
        id="TM110",
        name="opt-out-in-otp",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.REVIEW,
        types=(OTP,),
        when=pattern("opt-out") | words("optout/form"),
        message={
            "zh": "验证码短信不应带拒收提示“{quote}”",
            "en": "a code template carries no opt-out, found “{quote}”",
        },
        advice={"zh": "删去该提示", "en": "drop it"},
        why="A code template may hold the code, its purpose and its expiry only.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】验证码${code}，用于登录，拒收请回复R", "拒收请回复R", type=OTP),
            Bad("【甲商城】验证码${code}，5分钟内有效，退订回T", "退订回T", type=OTP),
        ),
        good=(
            Good("【甲商城】验证码${code}，用于登录，5分钟内有效", type=OTP),
            Good("【甲商城】会员日8折，退订回T", type=MARKETING),
        ),
        since="0.1.0",
        covers=("TYPE_OTP_EXTRA", "OPT_IN_NOTICE"),
        repair=Drop(),
    ),
    Rule(
        id="TM111",
        name="promotion-beside-notice",
        category=ReasonCategory.TYPE_MISMATCH,
        severity=Severity.ADVICE,
        types=(NOTIFICATION,),
        when=PROMOTED & ~SELLS,
        message={"zh": "通知里顺带提到优惠“{quote}”", "en": "the notice mentions the promotion “{quote}” in passing"},
        advice={
            "zh": "删去；部分通道不接受通知里的任何营销内容",
            "en": "drop it; some vendors take no promotion in a notice",
        },
        why="A remark does not make a notice an advertisement, but some vendors refuse it.",
        false_positives="Order notices that name the discount that was used.",
        bad=(
            Bad("【甲洗衣】衣物已洗好，请凭码取件。窗帘清洗特惠中", "特惠", type=NOTIFICATION),
            Bad("【甲车行】保养已完工，请取车，机油买三送一", "买三送一", type=NOTIFICATION),
        ),
        good=(
            Good("【甲洗衣】衣物已洗好，请凭码取件", type=NOTIFICATION),
            Good("【甲商城】新品上市，全场5折，满200元减50元，欢迎选购", type=NOTIFICATION),
            Good("【甲商城】谨防“清仓”短信，请勿点击", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("TYPE_NOTICE_HAS_PROMO",),
    ),
)
