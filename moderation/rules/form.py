"""Form: signature, placeholders, symbols, test texts and the send window."""

from __future__ import annotations

from datetime import UTC, datetime

from moderation.rules.expression import signal, template, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
LATE = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

RULES = (
    Rule(
        id="SG101",
        name="signature-generic",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REVIEW,
        when=words("signature/generic").filling(signal("part:signature")),
        message={"zh": "签名“{quote}”看不出发送者是谁", "en": "the signature “{quote}” does not name the sender"},
        advice={"zh": "用公司、品牌或应用的名称作签名", "en": "sign with the name of the company, brand or app"},
        why="A signature shows the real identity of the sender; neutral names show none.",
        false_positives="Registered brands that contain such a word.",
        bad=(
            Bad("【温馨提示】您的快递已到", "温馨提示", type=NOTIFICATION),
            Bad("【系统消息】您的订单已发货", "系统消息", type=NOTIFICATION),
        ),
        good=(
            Good("【甲物流】温馨提示：您的快递已到", type=NOTIFICATION),
            Good("【甲银行客服】您的卡片已寄出", type=NOTIFICATION),
            Good("【甲商城】您的订单已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="SG102",
        name="signature-form",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REVIEW,
        when=template(
            "signature-empty", "signature-digits", "signature-length", "signature-twice", "signature-misplaced"
        ),
        message={
            "zh": "签名“{quote}”为空、全是数字、长度不在2-16字、重复或不在首尾",
            "en": "the signature “{quote}” is malformed",
        },
        advice={"zh": "只在开头放一个2-16字的中文或中英文签名", "en": "put one signature of 2-16 characters in front"},
        why="Vendors take one signature of 2 to 16 characters that is not digits only.",
        false_positives="【】 used as ordinary brackets; write “” instead.",
        bad=(
            Bad("【12345】您的快递已到", "【12345】", type=NOTIFICATION),
            Bad("【甲商城】您的快递已到【甲物流】", "【甲物流】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递已到", type=NOTIFICATION),
            Good("您的快递已到【甲商城】", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="VR101",
        name="placeholders-adjacent",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REJECT,
        when=template("placeholder-adjacent"),
        message={"zh": "变量“{quote}”相邻", "en": "the placeholders “{quote}” stand side by side"},
        advice={"zh": "在变量之间写固定文字，或合并为一个变量", "en": "put fixed text between them or merge them"},
        why="Adjacent placeholders can be filled with anything; all vendors refuse them.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】您好，{1}{2}已到期，请及时续费", "{1}{2}", type=NOTIFICATION),
            Bad("【甲商城】您的订单${a}${b}已发货", "${a}${b}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】{1}的会员将于{2}到期", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="VR102",
        name="placeholders-only",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=template("placeholder-only"),
        message={"zh": "固定文字太少，看不出用途", "en": "too little fixed text to tell the purpose"},
        advice={
            "zh": "写出完整的固定文字，只把会变的内容作变量",
            "en": "write the fixed text; keep placeholders for what varies",
        },
        why="A template that is nearly all placeholders approves nothing.",
        false_positives="Templates in other languages.",
        bad=(
            Bad("【甲商城】${content}", "${content}", type=NOTIFICATION),
            Bad("【甲商城】${a}：${b}", "${a}：${b}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
            Good("【甲商城】验证码${code}，5分钟内有效", type=TemplateType.OTP),
        ),
        since="0.1.0",
    ),
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
        ),
        good=(
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
            Good("【甲商城】尊敬的{1}，订单{2}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="FM101",
        name="special-symbol",
        category=ReasonCategory.FORMAT,
        severity=Severity.ADVICE,
        when=template("symbol", "emoji").outside(signal("part:placeholder")),
        message={
            "zh": "特殊符号“{quote}”可能被通道拒绝或显示为乱码",
            "en": "the symbol “{quote}” may be refused or garbled",
        },
        advice={"zh": "删去，金额写成“99元”", "en": "drop it; write amounts as 99元"},
        why="Vendors refuse decoration, and many handsets cannot show it.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】会员价★99元，拒收请回复R", "★"),
            Bad("【甲商城】会员价￥99，拒收请回复R", "￥"),
        ),
        good=(
            "【甲商城】会员价99元，拒收请回复R",
            Good("【甲商城】您的订单（3件）已发货", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="FM102",
        name="test-text",
        category=ReasonCategory.FORMAT,
        severity=Severity.REVIEW,
        when=words("format/test"),
        message={"zh": "“{quote}”像是测试内容", "en": "“{quote}” looks like a test text"},
        advice={"zh": "提交正式的模板", "en": "submit the real template"},
        why="A template whose purpose cannot be told is refused.",
        false_positives="Notices about school or medical tests are not meant.",
        bad=(
            Bad("【甲商城】测试短信，请忽略", "测试短信", type=NOTIFICATION),
            Bad("【甲商城】这是一条测试，请勿回复", "这是一条测试", type=NOTIFICATION),
        ),
        good=(
            Good("【甲医院】您的血糖测试结果已出，请登录查看", type=NOTIFICATION),
            Good("【甲学校】期中测试安排在周三上午", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="SW101",
        name="outside-send-window",
        category=ReasonCategory.SEND_WINDOW,
        severity=Severity.REVIEW,
        types=(TemplateType.MARKETING,),
        when=template("outside-send-window"),
        message={
            "zh": "营销短信计划在{term}发送，不在8:00-21:00之内",
            "en": "marketing is to be sent at {term}, outside 8:00-21:00",
        },
        advice={"zh": "改在8:00-21:00（北京时间）发送", "en": "send between 8:00 and 21:00 China time"},
        why="Operators allow marketing between 8:00 and 21:00 only.",
        false_positives="Receivers abroad, for whom the window is their own.",
        bad=(
            Bad("【甲商城】会员日8折，拒收请回复R", send_at=LATE),
            Bad("【甲影城】周末会员票价35元，拒收请回复R", send_at=LATE),
        ),
        good=(
            Good("【甲商城】会员日8折，拒收请回复R", send_at=NOON),
            Good("【甲物流】您的快递已到", type=NOTIFICATION, send_at=LATE),
        ),
        since="0.1.0",
    ),
)
