"""Filled messages: what their values bring in that the template did not have."""

from __future__ import annotations

from moderation.rules.expression import signal
from moderation.rules.laws import FRAUD_25
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION, OTP = TemplateType.NOTIFICATION, TemplateType.OTP
PARCEL = "【甲物流】${name}您好，您的包裹${no}已到${place}，请及时领取"
CODE = "【甲商城】验证码${code}，用于登录，5分钟内有效"

RULES = (
    Rule(
        id="MS101",
        name="message-of-other-template",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=signal("message:mismatch"),
        message={"zh": "短信不是由该模板填写而成", "en": "the message is not filled from this template"},
        advice={"zh": "固定文字须与已通过的模板完全一致", "en": "send the fixed text exactly as it was passed"},
        why="Only what was checked may be sent; another text is another template.",
        false_positives="Senders that change punctuation or blanks while filling.",
        bad=(
            Bad(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的快件A1已到前台，请及时领取"),
            Bad(CODE, type=OTP, message="【甲商城】验证码123456，用于支付，5分钟内有效"),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1已到前台，请及时领取"),
            Good(CODE, type=OTP, message="【甲商城】验证码123456，用于登录，5分钟内有效"),
        ),
        since="0.1.0",
    ),
    Rule(
        id="MS102",
        name="template-not-passed",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=signal("message:template-not-passed"),
        message={"zh": "模板本身未通过（{term}）", "en": "the template itself did not pass ({term})"},
        advice={"zh": "先修改模板并通过检查", "en": "mend the template first"},
        why="A message can be no better than its template.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】${content}", type=NOTIFICATION, message="【甲商城】您的订单已发货，请查收"),
            Bad("【甲商城】会员日${off}折", type=TemplateType.MARKETING, message="【甲商城】会员日8折"),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1已到前台，请及时领取"),
            Good(CODE, type=OTP, message="【甲商城】验证码123456，用于登录，5分钟内有效"),
        ),
        since="0.1.0",
    ),
    Rule(
        id="MS103",
        name="value-too-long",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=signal("value:too-long"),
        message={"zh": "变量值“{quote}”超过{term}个字", "en": "the value “{quote}” is longer than {term} characters"},
        advice={"zh": "缩短变量值，长内容写进模板", "en": "shorten the value; put long text into the template"},
        why="Long values turn a template into another text; vendors bound them.",
        false_positives="Long addresses.",
        bad=(
            Bad(
                PARCEL,
                "甲城乙区丙街道丁社区戊大厦一层大堂物业服务中心前台左侧第三个快递柜九号格口",
                type=NOTIFICATION,
                message="【甲物流】王先生您好，您的包裹A1已到"
                "甲城乙区丙街道丁社区戊大厦一层大堂物业服务中心前台左侧第三个快递柜九号格口，请及时领取",
            ),
            Bad(
                "验证码${word}，用于登录，5分钟内有效",
                "123456789",
                type=OTP,
                signature="甲商城",
                profile="huawei",
                message="验证码123456789，用于登录，5分钟内有效",
            ),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1已到前台，请及时领取"),
            Good(CODE, type=OTP, message="【甲商城】验证码123456，用于登录，5分钟内有效"),
        ),
        since="0.1.0",
        covers=("VAR_MAXLEN",),
    ),
    Rule(
        id="MS104",
        name="value-of-other-kind",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=signal("value:kind"),
        message={
            "zh": "“{quote}”不像变量名所说的{term}",
            "en": "“{quote}” does not look like the {term} that it is named",
        },
        advice={"zh": "按变量名填写内容", "en": "fill in what the name says"},
        why="A code or an amount that is free text can carry anything.",
        false_positives="Names that mean something else to the sender.",
        bad=(
            Bad(CODE, "点此领取红包", type=OTP, message="【甲商城】验证码点此领取红包，用于登录，5分钟内有效"),
            Bad(
                "【甲银行】您尾号${tail}的账户支出${amount}元",
                "请致电客服",
                type=NOTIFICATION,
                message="【甲银行】您尾号0000的账户支出请致电客服元",
            ),
        ),
        good=(
            Good(CODE, type=OTP, message="【甲商城】验证码A1B2，用于登录，5分钟内有效"),
            Good(
                "【甲银行】您尾号${tail}的账户支出${amount}元",
                type=NOTIFICATION,
                message="【甲银行】您尾号0000的账户支出1,200.50元",
            ),
        ),
        since="0.1.0",
        covers=("VAR_TYPE",),
    ),
    Rule(
        id="MS105",
        name="link-in-value",
        category=ReasonCategory.UNVERIFIED_LINK,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=signal("value:link"),
        message={"zh": "变量值带链接“{quote}”", "en": "a value carries the link “{quote}”"},
        advice={"zh": "链接写进模板并验证域名", "en": "put the link into the template and verify its domain"},
        why="A link that comes with a value was never checked.",
        false_positives="Values with a dot between Latin words.",
        bad=(
            Bad(
                PARCEL,
                "a.example.com/x",
                type=NOTIFICATION,
                message="【甲物流】王先生您好，您的包裹A1已到a.example.com/x，请及时领取",
            ),
            Bad(
                PARCEL,
                "yxshop点vip",
                type=NOTIFICATION,
                message="【甲物流】进yxshop点vip 您好，您的包裹A1已到前台，请及时领取",
            ),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1.2已到前台，请及时领取"),
            Good(
                PARCEL,
                type=NOTIFICATION,
                verified_domains=("example.cn",),
                message="【甲物流】王先生您好，您的包裹A1已到 m.example.cn ，请及时领取",
            ),
        ),
        since="0.1.0",
        covers=("URL_IN_VARIABLE",),
    ),
    Rule(
        id="MS106",
        name="contact-in-value",
        category=ReasonCategory.UNVERIFIED_CONTACT,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=signal("value:contact"),
        message={"zh": "变量值带个人联系方式“{quote}”", "en": "a value carries the personal contact “{quote}”"},
        advice={"zh": "只在名为电话的变量里填写号码", "en": "fill numbers only into placeholders named for them"},
        why="Contacts smuggled into values lead people away from the sender.",
        false_positives="Numbers of parcels that look like telephone numbers.",
        bad=(
            Bad(
                PARCEL,
                "13800000000",
                type=NOTIFICATION,
                message="【甲物流】王先生您好，您的包裹A1已到13800000000，请及时领取",
            ),
            Bad(
                PARCEL,
                "加微abc12345",
                type=NOTIFICATION,
                message="【甲物流】加微abc12345 您好，您的包裹A1已到前台，请及时领取",
            ),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1380000已到前台，请及时领取"),
            Good(
                "【甲物流】快递员${courier}电话${phone}，正在派送",
                type=NOTIFICATION,
                message="【甲物流】快递员小王电话13800000000，正在派送",
            ),
        ),
        since="0.1.0",
        covers=("CT_IN_VARIABLE",),
    ),
    Rule(
        id="MS107",
        name="word-in-value",
        category=ReasonCategory.PROHIBITED_CONTENT,
        severity=Severity.REJECT,
        laws=(FRAUD_25,),
        when=signal("value:word"),
        message={"zh": "变量值带来违规内容“{quote}”", "en": "a value brings in “{quote}”"},
        advice={"zh": "检查变量的来源，删去该内容", "en": "check where the value comes from"},
        why="Values are the usual way to send what no template would pass with.",
        false_positives="Names and places that contain a listed word.",
        bad=(
            Bad(
                PARCEL, "代开发票", type=NOTIFICATION, message="【甲物流】代开发票您好，您的包裹A1已到前台，请及时领取"
            ),
            Bad(
                "【甲公司】您申请的贷${x}已受理，请等待",
                "贷款",
                type=NOTIFICATION,
                message="【甲公司】您申请的贷款已受理，请等待",
            ),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1已到前台，请及时领取"),
            Good(
                "【甲银行】您的贷款${no}已受理，请等待",
                type=NOTIFICATION,
                message="【甲银行】您的贷款A1已受理，请等待",
            ),
        ),
        since="0.1.0",
        covers=("VAR_SMUGGLE",),
    ),
    Rule(
        id="MS108",
        name="value-empty",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=signal("value:empty"),
        message={"zh": "变量{term}没有填写", "en": "the placeholder {term} is empty"},
        advice={"zh": "补上内容后再发送", "en": "fill it in before sending"},
        why="A message with a hole tells the receiver nothing, and joins the words beside it.",
        false_positives="Placeholders for what may be absent.",
        bad=(
            Bad(PARCEL, type=NOTIFICATION, message="【甲物流】您好，您的包裹A1已到前台，请及时领取"),
            Bad(CODE, type=OTP, message="【甲商城】验证码，用于登录，5分钟内有效"),
            Bad(CODE, "${code}", type=OTP, message="【甲商城】验证码${code}，用于登录，5分钟内有效"),
        ),
        good=(
            Good(PARCEL, type=NOTIFICATION, message="【甲物流】王先生您好，您的包裹A1已到前台，请及时领取"),
            Good(CODE, type=OTP, message="【甲商城】验证码123456，用于登录，5分钟内有效"),
        ),
        since="0.1.0",
    ),
)
