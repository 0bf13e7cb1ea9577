"""What may come to be through a placeholder: words, links and contacts that no one has seen."""

from __future__ import annotations

from moderation.rules.expression import contact, link, pattern, signal, template
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION, MARKETING, OTP = TemplateType.NOTIFICATION, TemplateType.MARKETING, TemplateType.OTP

RULES = (
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
        covers=("VAR_ADJACENT",),
    ),
    Rule(
        id="VR102",
        name="placeholders-only",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=template("placeholder-only").outside(template("placeholder-adjacent")),
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
            Good("【甲商城】验证码${code}，5分钟内有效", type=OTP),
            Good("【甲商城】${a}${b}", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_ALL",),
    ),
    Rule(
        id="VR105",
        name="placeholder-share",
        category=ReasonCategory.VARIABLE,
        severity=Severity.ADVICE,
        when=template("placeholder-share")
        .outside(template("placeholder-only"))
        .outside(template("placeholder-adjacent")),
        message={"zh": "变量多于固定文字，难以判断用途", "en": "there are more placeholders than fixed text"},
        advice={"zh": "把固定的内容写出来", "en": "write out what does not vary"},
        why="Reviewers refuse templates whose purpose cannot be told from the fixed text.",
        false_positives="Short status messages with many values.",
        bad=(
            Bad(
                "【甲商城】${username}的${productname}于${datetime}已发货",
                "${username}的${productname}于${datetime}",
                type=NOTIFICATION,
            ),
            Bad(
                "【甲学校】${student}在${classroom}的${homework}已批改",
                "${student}在${classroom}的${homework}",
                type=NOTIFICATION,
            ),
        ),
        good=(
            Good("【甲商城】${a}、${b}、${c}", type=NOTIFICATION),
            Good("【甲商城】${a}${b}：${c}已到门口", type=NOTIFICATION),
            Good("【甲商城】尊敬的${name}，您的订单${no}已于${date}发货，请注意查收", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_RATIO",),
    ),
    Rule(
        id="VR111",
        name="word-across-placeholder",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=signal("evasion:placeholder-split"),
        message={
            "zh": "“{quote}”去掉变量后成为“{term}”",
            "en": "“{quote}” becomes “{term}” where the placeholder is empty",
        },
        advice={"zh": "改写变量两侧的文字", "en": "change the words beside the placeholder"},
        why="A listed word that is parted by a placeholder appears when the value is empty or short.",
        false_positives="Words that meet by chance on both sides of a value.",
        bad=(
            Bad("【甲公司】提供低息贷${x}款，到店咨询，拒收请回复R", "贷${x}款"),
            Bad("【甲公司】代开发${x}票，欢迎咨询，拒收请回复R", "发${x}票"),
        ),
        good=(
            Good("【甲健身】您本次共跑${n}分钟，消耗${k}千卡", type=NOTIFICATION),
            Good("【甲银行】您的贷款${amount}元已发放", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_SMUGGLE",),
    ),
    Rule(
        id="VR112",
        name="link-in-placeholder",
        category=ReasonCategory.VARIABLE,
        severity=Severity.REVIEW,
        when=link("placeholder"),
        message={"zh": "“{quote}”的链接写在变量里，无法核验", "en": "“{quote}” leaves the link to a placeholder"},
        advice={
            "zh": "链接写成固定文字，只把订单号作变量",
            "en": "write the link as fixed text; vary the order number only",
        },
        why="A link that is filled in later cannot be verified; all vendors refuse it.",
        false_positives="A page or button whose name stands in the placeholder.",
        bad=(
            Bad("【甲商城】订单已发货，点击${url}查看", "点击${url}", type=NOTIFICATION),
            Bad("【甲商城】电子发票已开具，链接：{1}", "链接：{1}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】订单${no}已发货，请登录应用查看", type=NOTIFICATION),
            Good("【甲商城】您可以点击“我的订单”查看${no}", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("URL_IN_VARIABLE",),
    ),
    Rule(
        id="VR113",
        name="contact-in-placeholder",
        category=ReasonCategory.VARIABLE,
        severity=Severity.SHADOW,
        when=contact("placeholder"),
        message={"zh": "“{quote}”的联系方式写在变量里", "en": "“{quote}” leaves the contact to a placeholder"},
        advice={"zh": "写成固定的座机、400或95号码", "en": "write a landline, 400 or 95 number as fixed text"},
        why="Some vendors refuse contacts that cannot be checked beforehand.",
        false_positives="Couriers' numbers, which differ by parcel.",
        bad=(
            Bad("【甲商城】有疑问请致电${tel}", "致电${tel}", type=NOTIFICATION),
            Bad("【甲物流】快递员电话：{1}，请保持畅通", "电话：{1}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】有疑问请致电400-000-0000", type=NOTIFICATION),
            Good("【甲商城】您的订单${no}已发货", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("CT_IN_VARIABLE",),
    ),
    Rule(
        id="VR114",
        name="currency-before-placeholder",
        category=ReasonCategory.VARIABLE,
        severity=Severity.SHADOW,
        when=pattern("currency-placeholder"),
        message={"zh": "“{quote}”把金额符号和变量连用", "en": "“{quote}” joins a currency sign and a placeholder"},
        advice={"zh": "写成“${{amount}}元”", "en": "write ${{amount}}元"},
        why="Some vendors refuse values that carry a price sign.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】您已付款￥${amount}，感谢惠顾", "￥${amount}", type=NOTIFICATION),
            Bad("【甲商城】本单合计¥{1}，请核对", "¥{1}", type=NOTIFICATION),
        ),
        good=(
            Good("【甲商城】您已付款${amount}元，感谢惠顾", type=NOTIFICATION),
            Good("【甲商城】本单合计99元，请核对", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("VAR_CURRENCY",),
    ),
)
