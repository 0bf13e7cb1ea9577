"""What the classifier takes for prohibited though no listed word decides it."""

from __future__ import annotations

from functools import reduce
from operator import or_

from moderation.rules.context import used_text
from moderation.rules.expression import Expression, contact, link, model, signal, words
from moderation.rules.laws import TELECOM_56
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
REACH = link("any") | contact(
    "mobile", "landline", "service-number", "wechat", "qq", "telegram", "email", "written-number", "placeholder"
)
PUBLIC_NOTICE = words("signature/local-office").inside(signal("part:signature")) & ~REACH
"""An office of the neighbourhood speaks, and the text leads to nobody: there is nowhere to gamble."""

NAMES = {
    "zh": {
        "contraband": "违禁品交易",
        "escort": "色情服务",
        "forged_documents": "假证假票",
        "fraud": "诈骗",
        "gambling": "赌博",
        "illegal_finance": "非法金融",
        "illegal_service": "违法服务",
        "part_time": "虚假兼职",
    },
    "en": {
        "contraband": "prohibited goods",
        "escort": "sexual services",
        "forged_documents": "forged documents or invoices",
        "fraud": "fraud",
        "gambling": "gambling",
        "illegal_finance": "illegal finance",
        "illegal_service": "illegal services",
        "part_time": "a fake job",
    },
}
"""What people call the kinds of prohibited content that the model tells."""

KINDS = tuple(NAMES["zh"])
"""The kinds of prohibited content that the model tells."""


def _taken_for(strength: str) -> Expression:
    """Hold where the model takes a text that warns of nothing for prohibited content."""
    kinds = [model(f"{strength}.{kind}") for kind in KINDS if kind != "gambling"]
    return used_text(reduce(or_, kinds, model(f"{strength}.gambling") & ~PUBLIC_NOTICE))


MESSAGE = {
    "zh": "模型判断内容疑似{term}，依据“{quote}”等用词",
    "en": "the classifier takes the text for {term}, by “{quote}” among other words",
}
RULES = (
    Rule(
        id="PC201",
        name="model-risk",
        category=ReasonCategory.PROHIBITED_CONTENT,
        severity=Severity.REVIEW,
        laws=(TELECOM_56,),
        when=_taken_for("risk"),
        message=MESSAGE,
        terms=NAMES,
        advice={
            "zh": "由人工审核；请核对内容是否真实合法",
            "en": "a person reviews it; check that the text is true and lawful",
        },
        why="The wording as a whole resembles prohibited messages though no listed term decides it.",
        false_positives="Lawful texts in the style of such messages; the threshold is set on lawful service messages, "
        "and a higher one on texts that name no number, account or address.",
        bad=(
            Bad("老板，手上有闲卡吗，用两天，一天三百，当面结，微信abc000000", "卡吗"),
            Bad("有票要的联系，各行各业都有，点位低，量大再谈，微信abc000000", "票要的联系，各行各业都有，点位"),
        ),
        good=(
            Good(
                "【甲居委会】新春棋牌赛，真人对战，斗地主、麻将，赢家送红包，奖池过万元",
                type=NOTIFICATION,
            ),
            Good(
                "【甲社区】棋牌、捕鱼、真人，注册送38，首充送百，提款秒到，都是骗局，见到app就删",
                type=NOTIFICATION,
            ),
            Good("【甲银行】捕鱼、真人，注册送38，首充送百，提款秒到，都是骗局，见到app就删", type=NOTIFICATION),
            Good(
                "【甲期货】网恋对象带你炒外汇、虚拟币，先给甜头再加码，最后提不了现，这就是骗局，请报警",
                type=NOTIFICATION,
            ),
            Good(
                "【甲社区】棋牌捕鱼、真人视讯、首充送百、提款秒到，都是骗局，远离网络赌博，请拨打96110",
                type=NOTIFICATION,
            ),
            Good("【甲银行】网上赌博十赌九输：首充送百、提款秒到、返水无忧，都是套路", type=NOTIFICATION),
            Good("【甲物流】您的快递已到，请凭取件码${code}领取", type=NOTIFICATION),
            Good("【甲银行】您尾号${last4}的账户收入${amount}元", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
    Rule(
        id="PC202",
        name="model-certain",
        category=ReasonCategory.PROHIBITED_CONTENT,
        severity=Severity.REJECT,
        laws=(TELECOM_56,),
        when=_taken_for("sure"),
        message=MESSAGE,
        terms=NAMES,
        advice={
            "zh": "请删除违法内容；如系误判，可申诉由人工复核",
            "en": "take out what is unlawful; where the classifier errs, appeal to a person",
        },
        why="The wording as a whole resembles prohibited messages so much that 98 in 100 like it were unlawful.",
        false_positives="Lawful texts in the very words of such messages; by the threshold at most 5 in 10,000 lawful "
        "SMS are refused; a kind without texts enough to tell, and a text that leads nowhere, is never refused.",
        bad=(
            Bad("宝妈学生看过来，手机点点就有收入，一单三块到五块，当天结，加微信abc000000了解", "宝妈"),
            Bad("在家点点手机，一单三块，当天结，加微信abc000000", "在家"),
        ),
        good=(
            Good(
                "【甲银行】真人荷官、首充送百、提款秒到、返水无忧、彩金天天送，都是骗局，见到app就删", type=NOTIFICATION
            ),
            Good("【甲居委会】新春棋牌赛，真人对战，斗地主、麻将，赢家送红包，奖池10000元", type=NOTIFICATION),
            Good("【甲物流】您的快递已到，请凭取件码${code}领取", type=NOTIFICATION),
            Good("【甲银行】您尾号${last4}的账户收入${amount}元", type=NOTIFICATION),
        ),
        since="0.1.0",
    ),
)
