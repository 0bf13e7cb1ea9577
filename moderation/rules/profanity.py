"""Profanity: insults, threats, and scorn for people by region, sex, race, religion or disability."""

from __future__ import annotations

from moderation.rules.context import WARNING_WINDOW, used
from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_9_9, TELECOM_56, TELECOM_56_7, TELECOM_56_8
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
NAME = pattern("quoted").outside(pattern("quoted-at-you"))
"""The word is quoted as the name of a work, a dish, an exhibit, and said to nobody: 《傻瓜》, “龟儿子”豆干."""

RULES = (
    Rule(
        id="PF101",
        name="insult",
        category=ReasonCategory.PROFANITY,
        severity=Severity.REJECT,
        laws=(TELECOM_56_8,),
        when=words("profanity/insult", "profanity/regional-insult").outside(NAME),
        message={"zh": "“{quote}”是辱骂用语", "en": "“{quote}” is an insult"},
        advice={"zh": "删去", "en": "remove it"},
        why="Insults are forbidden content and harm the receiver.",
        false_positives="Names of works and goods that contain such a word and stand bare; put them in 《》 or quotes.",
        bad=(
            Bad("你这个王八蛋，赶紧回话", "王八蛋"),
            Bad("再不来就是傻逼", "傻逼"),
            Bad("【甲服务】你这个“瓜娃子”，赶紧回话", "瓜娃子"),
        ),
        good=(
            "【甲餐饮】傻瓜相机主题展，会员8折，拒收请回复R",
            "【甲剧场】话剧《瓜娃子》周六上演，会员票35元，拒收请回复R",
            "【甲小吃】“小赤佬”米糕4元一只，会员9折，6月30日止，拒收请回复R",
            Good("【甲物业】明日停水，请提前储水", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("PC_INSULT_DISCRIM",),
    ),
    Rule(
        id="PF102",
        name="threat",
        category=ReasonCategory.PROFANITY,
        severity=Severity.REJECT,
        laws=(TELECOM_56_7,),
        when=used(words("profanity/threat", "profanity/regional-threat") | pattern("dialect-threat")),
        message={"zh": "“{quote}”含有威胁", "en": "“{quote}” is a threat"},
        advice={"zh": "删去威胁内容，催收请依法告知", "en": "remove it; collect debts by lawful notice"},
        why="Threats of violence or exposure are forbidden, in debt collection too.",
        false_positives="Lawful notices that a court will enforce a judgment.",
        bad=(Bad("再不还钱就弄死你", "弄死你"), Bad("不还钱就爆你通讯录", "爆你通讯录")),
        good=(
            Good("【甲银行】您的信用卡本期账单${amount}元，还款日${date}，请按时还款", type=NOTIFICATION),
            Good("【甲法院】请于${date}前履行判决义务", type=NOTIFICATION),
            Good("【甲公安】遇到“不还钱就弄死你”一类短信请报警，属于违法犯罪", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("PC_VIOLENCE_THREAT",),
    ),
    Rule(
        id="PF103",
        name="discrimination",
        category=ReasonCategory.PROFANITY,
        severity=Severity.REJECT,
        laws=(AD_9_9, TELECOM_56),
        when=words("profanity/discrimination").apart(words("context/disapproval"), within=WARNING_WINDOW),
        message={
            "zh": "“{quote}”含有歧视内容",
            "en": "“{quote}” scorns people for what they are",
        },
        advice={
            "zh": "删去，不以地域、性别、民族、宗教或残疾区别对待",
            "en": "remove it; treat nobody differently for region, sex, race, religion or disability",
        },
        why="Scorn for people by race, religion, sex, region or disability is forbidden content.",
        false_positives="Campaigns against discrimination; disapproval near the words exempts them.",
        bad=(
            Bad("【甲餐饮】本店谢绝河南人，会员8折，拒收请回复R", "谢绝河南人"),
            Bad("【甲公寓】黑鬼勿扰，会员优先看房，拒收请回复R", "黑鬼"),
            Bad("【甲家政】女人就该待在家里，会员8折，拒收请回复R", "女人就该待在家"),
        ),
        good=(
            "【甲餐饮】河南人家烩面馆开业，会员8折，拒收请回复R",
            Good("【甲妇联】反对歧视：请勿使用娘炮等称呼", type=NOTIFICATION),
            Good("【甲公安】称外地人都是小偷的短信是谣言，请勿相信", type=NOTIFICATION),
            Good("【甲残联】瘸腿桌椅已更换，无障碍坡道开放", type=NOTIFICATION),
            Good("【甲剧院】黑鬼魂系列密室今日检修", type=NOTIFICATION),
        ),
        since="0.1.0",
        covers=("PC_INSULT_DISCRIM",),
    ),
)
