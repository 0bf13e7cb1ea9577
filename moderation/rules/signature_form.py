"""Where a signature stands, how long it is and in what characters: what networks and vendors take."""

from __future__ import annotations

from moderation.rules.expression import signal, template
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION, MARKETING = TemplateType.NOTIFICATION, TemplateType.MARKETING
SIGNATURE = signal("part:signature")

RULES = (
    Rule(
        id="SG102",
        name="signature-form",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REVIEW,
        when=template("signature-empty", "signature-digits")
        | (template("signature-misplaced") & ~template("edge-bracket")),
        message={
            "zh": "签名“{quote}”为空、全是数字、多了括号或不在首尾",
            "en": "the signature “{quote}” is empty, all digits, in brackets twice, or neither in front nor at the end",
        },
        advice={"zh": "只在开头放一个写明发送者的签名", "en": "put one signature that names the sender in front"},
        why="Vendors take one signature, in front or at the end, that is not digits only.",
        false_positives="【】 used as ordinary brackets in a text whose signature the vendor adds; write “” instead.",
        bad=(
            Bad("【88888】您的快递已到驿站", "【88888】", type=NOTIFICATION),
            Bad("您在【甲商城】购买的商品已到驿站", "【甲商城】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
            Good("您的快递已到驿站【甲商城】", type=NOTIFICATION),
            Good("【360】您的快递已到驿站", type=NOTIFICATION),
            Good("您的快递【加急】已到驿站[甲商城]", type=NOTIFICATION),
            Good("您的快递已到驿站【甲商城】如需屏蔽，回复0000", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_CHARSET",),
    ),
    Rule(
        id="SG103",
        name="signature-length",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REVIEW,
        when=template("signature-length").outside(template("signature-empty")),
        message={
            "zh": "签名“{quote}”的长度应为{term}个字",
            "en": "the signature “{quote}” must have {term} characters",
        },
        advice={"zh": "用公司或产品的简称", "en": "use the short name of the company or product"},
        why="Networks and vendors take signatures of a bounded length only.",
        false_positives="None known.",
        bad=(
            Bad("【甲】您的快递已到驿站", "【甲】", type=NOTIFICATION),
            Bad(
                "【甲城甲区甲街道甲社区综合服务中心便民服务大厅】您的证件已办好",
                "【甲城甲区甲街道甲社区综合服务中心便民服务大厅】",
                type=NOTIFICATION,
            ),
            Bad(
                "您的证件已办好",
                "【甲城甲区生活服务平台甲分站】",
                NOTIFICATION,
                profile="aliyun",
                signature="甲城甲区生活服务平台甲分站",
            ),
        ),
        good=(
            Good("【甲店】您的快递已到驿站", type=NOTIFICATION),
            Good("【甲城甲区生活服务平台甲分站】您的证件已办好", type=NOTIFICATION),
            Good("【】您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_LENGTH",),
    ),
    Rule(
        id="SG107",
        name="signature-in-body",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REJECT,
        when=template("signature-in-body"),
        message={
            "zh": "正文里不应写签名“{quote}”，由平台添加",
            "en": "the vendor adds the signature; remove “{quote}”",
        },
        advice={"zh": "删去正文里的【】，在签名栏填写", "en": "move it to the signature field"},
        why="Vendors that put the signature in front themselves refuse brackets of that kind in the text.",
        false_positives="Templates that were written for another vendor.",
        bad=(
            Bad("【甲商城】您的快递已到驿站", "【甲商城】", type=NOTIFICATION, profile="aliyun"),
            Bad("您的快递已到驿站【甲商城】", "【甲商城】", type=NOTIFICATION, profile="tencent"),
        ),
        good=(
            Good("您的快递已到驿站", type=NOTIFICATION, signature="甲商城", profile="aliyun"),
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_IN_BODY",),
    ),
    Rule(
        id="SG108",
        name="signature-symbol",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.REJECT,
        when=template("signature-symbol"),
        message={"zh": "签名“{quote}”含有符号或空格", "en": "the signature “{quote}” holds symbols or blanks"},
        advice={"zh": "只用汉字、字母和数字", "en": "use Han characters, letters and digits only"},
        why="Vendors register signatures of plain characters only.",
        false_positives="Brands that are written with a sign.",
        bad=(
            Bad("您的快递已到驿站", "【甲-商城】", NOTIFICATION, signature="甲-商城", profile="aliyun"),
            Bad("您的订单已发货", "【甲商城！】", NOTIFICATION, signature="甲商城！", profile="huawei"),
        ),
        good=(
            Good("您的快递已到驿站", signature="甲商城", type=NOTIFICATION, profile="aliyun"),
            Good("【甲-商城】您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_CHARSET",),
    ),
    Rule(
        id="SG109",
        name="signature-latin",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("signature-latin").outside(template("signature-placeholder")),
        message={"zh": "纯英文签名“{quote}”常被拦截", "en": "the Latin signature “{quote}” is often blocked"},
        advice={"zh": "加中文，如【ABC商城】", "en": "add Chinese, such as 【ABC商城】"},
        why="Receivers and filters cannot tell a sender from Latin letters alone.",
        false_positives="Known brands in Latin letters.",
        bad=(
            Bad("【ABC】您的快递已到驿站", "【ABC】", type=NOTIFICATION),
            Bad("您的订单已发货【shop】", "【shop】", type=NOTIFICATION),
        ),
        good=(
            Good("【ABC商城】您的快递已到驿站", type=NOTIFICATION),
            Good("【${brand}】您的快递已到驿站", type=NOTIFICATION),
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_ENGLISH_ONLY",),
    ),
    Rule(
        id="SG111",
        name="signature-brackets",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("edge-bracket") & template("signature-missing"),
        message={"zh": "“{quote}”不是签名用的括号", "en": "“{quote}” is not in the brackets of a signature"},
        advice={
            "zh": "签名用【】，正文首尾不用其他括号",
            "en": "write the signature in 【】; no other brackets at the edges",
        },
        why="Networks read the signature from 【】 only; other brackets at the edge are taken for a broken one.",
        false_positives="Remarks in brackets at the start of a text.",
        bad=(
            Bad("[甲商城]您的快递已到驿站", "[甲商城]", type=NOTIFICATION),
            Bad("「甲商城」您的快递已到驿站", "「甲商城」", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递已到驿站", type=NOTIFICATION),
            Good("【甲商城】您的快递（3件）已到驿站", type=NOTIFICATION),
            Good("【甲商城】您的快递已到驿站[加急]", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_BRACKET_KIND",),
    ),
    Rule(
        id="SG114",
        name="brackets-in-body",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("brackets-in-body") | (template("signature-misplaced") & template("edge-bracket")),
        message={"zh": "正文里的“{quote}”会被当作签名", "en": "“{quote}” in the text may be taken for a signature"},
        advice={
            "zh": "正文改用“”或（），【】只用于签名",
            "en": "use other marks in the text; 【】 is for the signature",
        },
        why="Networks read signatures from 【】; a second pair makes some vendors refuse the template.",
        false_positives="Vendors that look at the first pair only.",
        bad=(
            Bad("【甲商城】您的快递【加急】已到驿站", "【加急】", type=NOTIFICATION),
            Bad("【甲商城】【乙物流】您的快递已到驿站", "【乙物流】", type=NOTIFICATION),
            Bad("【甲商城】您的快递【特急】已到驿站", "【特急】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您的快递（加急）已到驿站", type=NOTIFICATION),
            Good("您的快递已到驿站【甲商城】", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_MULTI", "SIG_CHARSET"),
    ),
    Rule(
        id="SG115",
        name="signature-repeated",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("signature-repeated"),
        message={"zh": "签名重复，多出“{quote}”", "en": "the signature stands twice; “{quote}” is one too many"},
        advice={"zh": "只留一个签名", "en": "keep one signature"},
        why="The sender is plain, but some networks refuse a second pair of 【】.",
        false_positives="None known.",
        bad=(
            Bad("【甲银行】您的卡片已寄出【甲银行】", "【甲银行】", type=NOTIFICATION),
            Bad("【甲旅行网】您的订单已出票【甲旅行】", "【甲旅行】", type=NOTIFICATION),
        ),
        good=(
            Good("【甲银行】您的卡片已寄出", type=NOTIFICATION),
            Good("【甲商城】您的卡片已寄出【乙物流】", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_MULTI",),
    ),
    Rule(
        id="SG116",
        name="signature-long",
        category=ReasonCategory.SIGNATURE,
        severity=Severity.ADVICE,
        when=template("signature-long"),
        message={
            "zh": "签名“{quote}”超过{term}个字，多数通道不接受",
            "en": "the signature “{quote}” has more than {term} characters, which most vendors refuse",
        },
        advice={"zh": "用公司或品牌的简称", "en": "use the short name of the company or brand"},
        why="Most vendors bound a signature at twelve characters, and receivers know the short name.",
        false_positives="Vendors that take longer signatures.",
        bad=(
            Bad(
                "【甲城乙商贸有限责任公司丙分公司】您的订单已发货",
                "【甲城乙商贸有限责任公司丙分公司】",
                type=NOTIFICATION,
            ),
            Bad(
                "您的证件已办好【甲城甲区便民服务综合大厅甲站】", "【甲城甲区便民服务综合大厅甲站】", type=NOTIFICATION
            ),
        ),
        good=(
            Good("【乙商贸】您的订单已发货", type=NOTIFICATION),
            Good("【甲城乙商贸有限公司】您的订单已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("SIG_LENGTH",),
    ),
)
