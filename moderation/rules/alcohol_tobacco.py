"""Alcohol and tobacco."""

from __future__ import annotations

from moderation.rules.claims import claim, offered, undenied, used
from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_22, AD_23
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Severity

RULES = (
    claim(
        "IC109",
        "alcohol",
        undenied(
            words("industry/alcohol") | pattern("alcohol-effect").near(words("industry/alcohol-context"), within=20)
        ),
        message=("“{quote}”诱导饮酒或宣称酒的功效", "“{quote}” induces drinking or claims effects of alcohol"),
        advice=("删去该说法", "drop it"),
        why="Advertising for alcohol must not induce drinking, show driving, or claim that it relieves or strengthens.",
        false_positives="Shops that merely sell wine.",
        bad=(
            Bad("【甲酒业】小酌解乏，会员8折，拒收请回复R", "小酌解乏"),
            Bad("【甲酒业】感情深一口闷，到店品尝，拒收请回复R", "一口闷"),
            Bad("【甲酒业】红酒活血化瘀，会员8折，拒收请回复R", "红酒活血化瘀"),
            Bad("【甲酒业】睡前一杯助眠，会员8折，拒收请回复R", "一杯助眠"),
        ),
        good=(
            "【甲酒业】红酒会员8折，拒收请回复R",
            "【甲酒店】晚宴套餐会员8折，拒收请回复R",
            "【甲酒业】理性饮酒，拒绝劝酒，远离拼酒，会员8折，拒收请回复R",
            "【甲餐饮】果汁无限畅饮，啤酒另计，会员8折，拒收请回复R",
        ),
        laws=(AD_23,),
        severity=Severity.REVIEW,
        covers=("ALCOHOL",),
        repair=Drop(),
    ),
    claim(
        "IC110",
        "tobacco",
        offered(used("industry/tobacco")),
        message=("不得推销烟草“{quote}”", "tobacco must not be advertised: “{quote}”"),
        advice=("删去烟草内容", "drop tobacco"),
        why="Tobacco advertising to the public is forbidden, electronic cigarettes included.",
        false_positives="Notices against smoking.",
        bad=(
            Bad("【甲商城】电子烟新品8折，拒收请回复R", "电子烟"),
            Bad("【甲商城】名烟特惠，到店选购，拒收请回复R", "名烟"),
        ),
        good=(
            "【甲餐饮】本店禁烟，会员8折，拒收请回复R",
            "【甲家电】抽油烟机会员8折，拒收请回复R",
            "【甲餐饮】晚市8折（香烟、酒水除外），拒收请回复R",
            "【甲商城】全场8折，卷烟不参加，拒收请回复R",
            "【甲餐饮】本店禁止吸食雪茄，会员8折，拒收请回复R",
            "【甲旅行】南京烟花三月游会员8折，拒收请回复R",
        ),
        laws=(AD_22,),
        covers=("TOBACCO",),
    ),
)
