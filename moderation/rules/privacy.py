"""Privacy: sensitive personal data in clear, and personal data asked for by message."""

from __future__ import annotations

from moderation.rules.expression import pattern, words
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
        when=pattern("identity-number", "identity-written"),
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
        covers=("SENSITIVE_PI",),
    ),
    Rule(
        id="PV102",
        name="personal-data-asked",
        category=ReasonCategory.PRIVACY,
        severity=Severity.REVIEW,
        laws=(PRIVACY_28,),
        when=(words("privacy/ask") | pattern("personal-data-ask")).apart(words("privacy/denied"), within=8),
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
            Good("【甲银行】请勿把您的银行卡号、身份证照片发给客服", type=NOTIFICATION),
            Good("【甲银行】如有人让您念出或提供验证码，请挂断电话", type=NOTIFICATION),
            Good("【甲支付】验证码${code}，来电要求您告知验证码的，请拒绝", type=TemplateType.OTP),
        ),
        since="0.1.0",
        covers=("CT_REPLY_TO",),
    ),
    Rule(
        id="PV103",
        name="sensitive-data-in-clear",
        category=ReasonCategory.PRIVACY,
        severity=Severity.REVIEW,
        laws=(PRIVACY_28,),
        when=words("privacy/sensitive") | pattern("card-number", "personal-fact"),
        message={"zh": "“{quote}”写出了敏感个人信息", "en": "“{quote}” tells sensitive personal data"},
        advice={
            "zh": "改为“请登录查看”，或只写尾号",
            "en": "let people look it up after login, or show the last digits",
        },
        why="Health, bank cards and faces are sensitive; a message is read by whoever holds the handset.",
        false_positives="Education about a disease that names nobody.",
        bad=(
            Bad("【甲医院】您的HIV检测结果为阳性，请登录查看", "HIV检测结果为", type=NOTIFICATION),
            Bad("【甲公司】您的银行卡6222000000000000000已绑定", "银行卡6222000000000000000", type=NOTIFICATION),
        ),
        good=(
            Good("【甲医院】您的检查报告已出，请登录查看", type=NOTIFICATION),
            Good("【甲疾控】艾滋病预防讲座周五举行，欢迎参加", type=NOTIFICATION),
            Good("【甲银行】您尾号0000的银行卡已绑定", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SENSITIVE_PI",),
    ),
)
