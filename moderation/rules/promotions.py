"""Promotions: gifts, last chances, lotteries and rebates need their conditions."""

from __future__ import annotations

from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_8_2, AD_28, PRICE_18
from moderation.rules.rule import Bad, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
CONDITION = words("promotion/condition") | pattern("quantity")
TIME_LIMIT = words("promotion/deadline") | pattern("date") | pattern("quantity")

RULES = (
    Rule(
        id="CP101",
        name="free-gift-without-condition",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_8_2, PRICE_18),
        when=words("promotion/free") & ~CONDITION,
        message={
            "zh": "“{quote}”没有写明品名、数量、期限和方式",
            "en": "“{quote}” names no goods, quantity, period or way",
        },
        advice={
            "zh": "补充条件，如“会员凭短信领保温杯1个，限前100名，6月30日止”",
            "en": "state item, quantity, deadline and how",
        },
        why="A gift in an advertisement must be named with its kind, quantity, period and way.",
        false_positives="Public services that are free by nature.",
        bad=(
            Bad("【甲商城】雨伞免费领取，快来，拒收请回复R", "免费领取"),
            Bad("【甲影城】电影票免费送，点击参与，拒收请回复R", "免费送"),
        ),
        good=(
            "【甲商城】会员凭短信免费领取保温杯1个，限前100名，6月30日止，拒收请回复R",
            "【甲商城】消费满200元免费送雨伞1把，送完即止，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="CP102",
        name="last-chance-without-limit",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28,),
        when=words("promotion/last-chance") & ~TIME_LIMIT,
        message={"zh": "“{quote}”没有写明截止时间或剩余数量", "en": "“{quote}” names neither deadline nor stock"},
        advice={"zh": "写明截止日期或数量，如“6月20日24点止”", "en": "name the deadline or the stock"},
        why="Scarcity without a date or number cannot be checked and misleads.",
        false_positives="Texts whose deadline is in a placeholder with an unusual name.",
        bad=(
            Bad("【甲服饰】最后机会，错过不再有，拒收请回复R", "最后机会"),
            Bad("【甲家居】活动即将结束，速来抢购，拒收请回复R", "即将结束"),
        ),
        good=(
            "【甲服饰】最后机会：活动6月20日24点结束，拒收请回复R",
            "【甲家居】限时抢购，6月18日0点至6月20日24点，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="CP103",
        name="lottery",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28,),
        when=words("promotion/lottery"),
        message={
            "zh": "“{quote}”为有奖销售，多数通道不接受",
            "en": "“{quote}” is a prize promotion, which most vendors refuse",
        },
        advice={
            "zh": "删去抽奖内容，或写明奖项、概率和时间并走人工审核",
            "en": "drop it, or state prizes, odds and times",
        },
        why="Prize promotions must publish prizes, odds and times; vendors list them as forbidden.",
        false_positives="Number-plate and housing lotteries by public bodies are notifications.",
        bad=(
            Bad("【甲商城】会员日大抽奖，天天有惊喜，拒收请回复R", "大抽奖"),
            Bad("【甲商城】幸运大转盘等你来，拒收请回复R", "幸运大转盘"),
        ),
        good=(
            "【甲商城】会员日全场8折，拒收请回复R",
            "【甲商城】会员积分可在店内抵扣，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="CP104",
        name="cash-rebate",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(PRICE_18,),
        when=words("promotion/rebate").outside(words("promotion/paid-review")),
        message={
            "zh": "“{quote}”为返现返利，多数通道不接受",
            "en": "“{quote}” is a cash rebate, which most vendors refuse",
        },
        advice={"zh": "改为直接优惠，如“下单立减50元”", "en": "offer the discount directly: 下单立减50元"},
        why="Rebates are a usual bait of fraud; vendors list them as forbidden.",
        false_positives="Rebates laid down in a contract that the receiver knows.",
        bad=(
            Bad("【甲商城】消费返现50元，拒收请回复R", "返现"),
            Bad("【甲商城】下单返利20元，拒收请回复R", "下单返利"),
        ),
        good=(
            "【甲商城】下单立减50元，拒收请回复R",
            "【甲商城】满1000元减200元，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="CP105",
        name="paid-review",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REJECT,
        laws=(AD_28,),
        when=words("promotion/paid-review"),
        message={"zh": "“{quote}”以利益换取评价", "en": "“{quote}” pays for reviews"},
        advice={"zh": "改为“欢迎评价”，不附加利益", "en": "invite reviews without reward"},
        why="Bought reviews are false commercial information.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】好评返现5元，拒收请回复R", "好评返现"),
            Bad("【甲餐饮】晒图好评返10元，拒收请回复R", "好评返10元"),
        ),
        good=(
            "【甲商城】感谢惠顾，欢迎评价，拒收请回复R",
            "【甲餐饮】会员到店立减10元，拒收请回复R",
        ),
        since="0.1.0",
    ),
)
