"""Privacy, evasion, a tenant's own words, and detectors that were not available."""

from __future__ import annotations

from moderation.rules.expression import pattern, signal, words
from moderation.rules.laws import PRIVACY_28
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="PV101",
        name="identity-in-clear",
        category=ReasonCategory.PRIVACY,
        severity=Severity.REVIEW,
        laws=(PRIVACY_28,),
        when=pattern("identity-number"),
        message={"zh": "“{quote}”涉及完整的敏感个人信息", "en": "“{quote}” shows sensitive personal data in full"},
        advice={"zh": "只写尾号，如“证件尾号${{last4}}”", "en": "show the last digits only"},
        why="Sensitive personal information is to be shown only where it must be, and then in part.",
        false_positives="Long order numbers that look like identity numbers.",
        bad=(
            Bad("【甲公司】您登记的证件110101199001011234已核验", "110101199001011234", type=NOTIFICATION),
            Bad("【甲公司】身份证号码：${id}，请核对", "身份证号码：${id}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲公司】您登记的证件尾号${last4}已核验", type=NOTIFICATION),
            Good("【甲公司】请携带身份证到前台办理", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="PV102",
        name="personal-data-asked",
        category=ReasonCategory.PRIVACY,
        severity=Severity.REVIEW,
        laws=(PRIVACY_28,),
        when=words("privacy/ask"),
        message={"zh": "“{quote}”通过短信收集个人信息", "en": "“{quote}” collects personal data by message"},
        advice={"zh": "请用户在官方应用或网点提交", "en": "collect it in the app or at the counter"},
        why="Personal data sent by reply is unprotected, and asking for it is a usual form of fraud.",
        false_positives="Confirmations by a single letter or number.",
        bad=(
            Bad("【甲公司】请回复姓名和身份证号完成登记", "回复姓名和身份证号", type=NOTIFICATION),
            Bad("【甲公司】报名请回复姓名+手机号", "回复姓名+手机号", type=NOTIFICATION),
        ),
        good=(
            Good("【甲医院】预约成功，回复1确认，回复2取消", type=NOTIFICATION),
            Good("【甲公司】请登录应用完善资料", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
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
    ),
    Rule(
        id="CU101",
        name="tenant-forbidden-word",
        category=ReasonCategory.CUSTOM,
        severity=Severity.REJECT,
        when=signal("policy:forbidden-word"),
        message={"zh": "“{quote}”在贵方自设的禁用词里", "en": "“{quote}” is on your own list of forbidden words"},
        advice={"zh": "删去该词，或修改自设词表", "en": "drop it, or change your list"},
        why="A tenant's own list is checked beside the shared ones.",
        false_positives="Whatever the tenant listed too broadly.",
        bad=(
            Bad("【甲商城】乙品牌同款上市，拒收请回复R", "乙品牌", forbidden_words=("乙品牌",)),
            Bad("【甲商城】ＡＢＣ同款上市，拒收请回复R", "ＡＢＣ", forbidden_words=("abc",)),
        ),
        good=(
            Good("【甲商城】甲品牌新品上市，拒收请回复R", forbidden_words=("乙品牌",)),
            Good("【甲商城】乙品牌同款上市，拒收请回复R"),
        ),
        since="0.1.0",
    ),
    Rule(
        id="DG101",
        name="detector-unavailable",
        category=ReasonCategory.DEGRADED,
        severity=Severity.REVIEW,
        when=signal("degraded:detector"),
        message={
            "zh": "检测器{term}未能运行，转人工审核",
            "en": "the detector {term} was not available; a person decides",
        },
        advice={"zh": "稍后重新提交，或等待人工审核", "en": "submit again later, or wait for the review"},
        why="What was not checked is never passed.",
        false_positives="None: it tells about the service, not about the text.",
        bad=(
            Bad("【甲商城】您的订单已发货", type=NOTIFICATION, broken_detectors=("classifier",)),
            Bad("【甲商城】会员日8折，拒收请回复R", broken_detectors=("links",)),
        ),
        good=(
            Good("【甲商城】您的订单已发货", type=NOTIFICATION),
            "【甲商城】会员日8折，拒收请回复R",
        ),
        since="0.1.0",
    ),
)
