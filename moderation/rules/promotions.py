"""Promotions: gifts, last chances, discounts and paid reviews need their conditions."""

from __future__ import annotations

from moderation.rules.exemptions import WARNING, WARNING_WINDOW
from moderation.rules.expression import pattern, template, words
from moderation.rules.laws import AD_8_2, AD_28, PRICE_16, PRICE_18, PROMOTION_20, PROMOTION_21
from moderation.rules.repair import Drop, Swap
from moderation.rules.rule import Bad, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
LAST_CHANCE = words("promotion/last-chance")
PERIOD = pattern("date") | template("placeholder-date") | words("promotion/deadline").outside(LAST_CHANCE)
STOCK = pattern("stock")
CONDITION = words("promotion/condition").outside(LAST_CHANCE) | pattern("threshold")
FREE = (
    words("promotion/free")
    | pattern("zero-price", "dialect-free")
    | (words("promotion/one-yuan") | pattern("one-yuan-price")).outside(pattern("add-on-price"))
)
PAID_REVIEW = words("promotion/paid-review") | pattern("paid-review")
REBATE = (
    words("promotion/rebate")
    .outside(words("promotion/full-rebate") | PAID_REVIEW | words("promotion/lottery"))
    .apart(WARNING, within=WARNING_WINDOW)
)

RULES = (
    Rule(
        id="CP101",
        name="free-gift-without-condition",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_8_2, PRICE_18),
        when=FREE & ~(CONDITION | STOCK | PERIOD),
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
            Bad("【甲家居】不粘锅一分钱都不用花，快来，拒收请回复R", "一分钱都不用花"),
            Bad("【甲影城】0元游花海，快来，拒收请回复R", "0元游"),
            Bad("【甲数码】一元购平板，快来，拒收请回复R", "一元购"),
        ),
        good=(
            "【甲商城】会员凭短信免费领取保温杯1个，限前100名，6月30日止，拒收请回复R",
            "【甲商城】消费满200元免费送雨伞1把，送完即止，拒收请回复R",
            "【甲商城】雨伞免费领取，凭短信到店，拒收请回复R",
            "【甲商城】满200元雨伞免费领取，拒收请回复R",
            "【甲商城】雨伞免费领取，首批100把，拒收请回复R",
            "【甲商城】雨伞免费领取，6月30日结束，拒收请回复R",
            "【甲商城】雨伞免费领取，时间：${deadline}，拒收请回复R",
            "【甲商城】端午免费送粽子，拒收请回复R",
            "【甲通信】宽带提速包免费领取，领取后15天有效，拒收请回复R",
            "【甲游泳】体验票免费送一张，限首次到馆，拒收请回复R",
            "【甲商城】免费停车，免费送货，会员8折，拒收请回复R",
            "【甲商城】满100元购牛奶，会员90元购，拒收请回复R",
            "【甲餐饮】套餐加1元得可乐，会员有礼，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_FREE_NO_COND",),
    ),
    Rule(
        id="CP102",
        name="last-chance-without-limit",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28, PROMOTION_20),
        when=LAST_CHANCE & ~(PERIOD | STOCK),
        message={"zh": "“{quote}”没有写明截止时间或剩余数量", "en": "“{quote}” names neither deadline nor stock"},
        advice={"zh": "写明截止日期或数量，如“6月20日24点止”", "en": "name the deadline or the stock"},
        why="Scarcity without a date or number cannot be checked and misleads.",
        false_positives="Texts whose deadline is in a placeholder with an unusual name.",
        bad=(
            Bad("【甲服饰】最后机会，错过不再有，拒收请回复R", "最后机会"),
            Bad("【甲家居】活动即将结束，速来抢购，拒收请回复R", "活动即将结束"),
            Bad("【甲家居】最后三天，会员8折，拒收请回复R", "最后三天"),
            Bad("【甲服饰】报名马上截止，会员8折，拒收请回复R", "马上截止"),
            Bad("【甲服饰】撤柜倒计时，会员8折，拒收请回复R", "撤柜倒计时"),
        ),
        good=(
            "【甲服饰】最后机会：活动6月20日24点结束，拒收请回复R",
            "【甲家居】限时抢购，6月18日0点至6月20日24点，拒收请回复R",
            "【甲家居】最后机会，时间：${end_time}，拒收请回复R",
            "【甲家居】最后机会，端午特惠，拒收请回复R",
            "【甲家居】最后机会，余20套，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_NO_DEADLINE",),
    ),
    Rule(
        id="CP105",
        name="paid-review",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REJECT,
        laws=(AD_28,),
        when=PAID_REVIEW.apart(WARNING, within=WARNING_WINDOW),
        message={"zh": "“{quote}”以利益换取评价", "en": "“{quote}” pays for reviews"},
        advice={"zh": "改为“欢迎评价”，不附加利益", "en": "invite reviews without reward"},
        why="Bought reviews are false commercial information.",
        false_positives="None known.",
        bad=(
            Bad("【甲商城】好评返现5元，拒收请回复R", "好评返现"),
            Bad("【甲餐饮】晒图好评返10元，拒收请回复R", "晒图好评返10元"),
            Bad("【甲餐饮】五星评价截图得红包，拒收请回复R", "五星评价截图得红包"),
            Bad("【甲洗衣】带图点评即返8元，拒收请回复R", "带图点评即返8元"),
            Bad("【甲洗衣】评价后送10元红包，拒收请回复R", "评价后送10元红包"),
        ),
        good=(
            "【甲商城】感谢惠顾，欢迎评价，拒收请回复R",
            "【甲餐饮】会员到店立减10元，拒收请回复R",
            "【甲餐饮】好评如潮的牛排，下单就送红酒1杯，拒收请回复R",
            "【甲商城】谨防“好评返现”骗局，会员8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_PAID_REVIEW",),
        repair=Swap(
            {"好评返现": "欢迎评价", "好评有礼": "欢迎评价", "好评有奖": "欢迎评价", "晒图返现": "欢迎晒图"},
            tail=r"(?:最高|最多)?[0-9]+(?:\.[0-9]+)?[元块](?:现金|红包|话费)?",
        ),
    ),
    Rule(
        id="CP106",
        name="unnamed-gift",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.ADVICE,
        types=MARKETING,
        laws=(AD_8_2, PRICE_18),
        when=words("promotion/gift") & ~pattern("named-gift"),
        message={"zh": "赠品“{quote}”没有写明品名和数量", "en": "the gift “{quote}” has neither name nor quantity"},
        advice={"zh": "写明赠品品名和数量，如“保温杯1个”", "en": "name the gift and its quantity: 保温杯1个"},
        why="A gift must be shown with its name and quantity.",
        false_positives="Texts that name the gift in words only, without a number.",
        bad=(
            Bad("【甲商城】会员下单送好礼，6月30日止，拒收请回复R", "送好礼"),
            Bad("【甲家居】精美礼品限前100名，6月30日止，拒收请回复R", "精美礼品"),
            Bad("【甲家居】到访就有豪礼，限6月30日前，拒收请回复R", "到访就有豪礼"),
        ),
        good=(
            "【甲商城】会员下单送好礼保温杯1个，6月30日止，拒收请回复R",
            "【甲家居】礼品专区上新，会员9折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_FREE_NO_COND",),
    ),
    Rule(
        id="CP107",
        name="discount-without-threshold",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.ADVICE,
        types=MARKETING,
        when=pattern("upper-discount") & ~CONDITION,
        message={"zh": "“{quote}”没有写明门槛或适用范围", "en": "“{quote}” names neither threshold nor range"},
        advice={
            "zh": "写明条件，如“满1000减200”，或写“详见活动规则”",
            "en": "state the condition: 满1000减200, or where to read it",
        },
        why="Conditions of a promotion must be plain; an upper bound alone hides them.",
        false_positives="Prices that start at an amount and need no condition.",
        bad=(
            Bad("【甲商城】会员日最高减200，拒收请回复R", "最高减200"),
            Bad("【甲服饰】春装2折起，拒收请回复R", "2折起"),
        ),
        good=(
            "【甲商城】会员日满1000减200，6月1日-7日，拒收请回复R",
            "【甲商城】会员日满1000最高减200，拒收请回复R",
            "【甲服饰】春装2折起，详见门店海报，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_COND_HIDDEN",),
    ),
    Rule(
        id="CP108",
        name="price-cut-without-base",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.ADVICE,
        types=MARKETING,
        laws=(PRICE_16, PROMOTION_21),
        when=pattern("price-cut").outside(pattern("upper-discount")) & ~(pattern("price") | CONDITION),
        message={
            "zh": "“{quote}”没有写明与什么价格相比",
            "en": "“{quote}” does not say what price it is compared with",
        },
        advice={
            "zh": "写明现价和被比较价格，如“现价1499元（6月1日前成交价1999元）”",
            "en": "name the price now and the price compared with",
        },
        why="A cut must be counted from a true price, not above the lowest of the seven days before. "
        "A plain percentage (8折) has that base by law and is not found.",
        false_positives="Cuts from list prices that everybody knows, such as fares.",
        bad=(
            Bad("【甲家电】空调直降500元，会员专享，拒收请回复R", "直降500元"),
            Bad("【甲数码】新机降价300，会员专享，拒收请回复R", "降价300，"),
        ),
        good=(
            "【甲家电】空调现价1499元，直降500元，拒收请回复R",
            "【甲家电】满3000元直降500元，拒收请回复R",
            "【甲家电】空调直降500元，详见门店海报，拒收请回复R",
            "【甲家电】空调最高直降500元，会员专享，拒收请回复R",
            "【甲家电】会员日空调8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_DISCOUNT_NO_BASE",),
    ),
    Rule(
        id="CP113",
        name="scarcity-without-number",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.ADVICE,
        types=MARKETING,
        laws=(AD_28,),
        when=words("promotion/scarcity") & ~STOCK,
        message={"zh": "“{quote}”没有写明剩余数量", "en": "“{quote}” does not say how many are left"},
        advice={"zh": "写明剩余数量，如“余20套”，或删去", "en": "say how many are left, or drop it"},
        why="Scarcity must be true; without a number nobody can check it.",
        false_positives="Stock that changes while the text is sent.",
        bad=(
            Bad("【甲服饰】库存告急，会员8折，拒收请回复R", "库存告急"),
            Bad("【甲影城】席位已不多，会员8折，拒收请回复R", "席位已不多"),
        ),
        good=(
            "【甲服饰】库存告急，仅余20件，会员8折，拒收请回复R",
            "【甲影城】会员票价35元，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_FAKE_SCARCITY",),
        repair=Drop(),
    ),
    Rule(
        id="CP116",
        name="full-rebate",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28,),
        when=words("promotion/full-rebate").apart(WARNING, within=WARNING_WINDOW),
        message={"zh": "“{quote}”承诺返还全部或按期返钱", "en": "“{quote}” promises all the money back"},
        advice={"zh": "改为直接优惠，如“下单立减50元”", "en": "offer the discount directly: 下单立减50元"},
        why="Spending that is paid back in full or day by day is a usual shape of illegal fund-raising.",
        false_positives="Deposits that are returned; say 押金.",
        bad=(
            Bad("【甲商城】会员购物全返，拒收请回复R", "购物全返"),
            Bad("【甲商城】下单后每天固定返利，拒收请回复R", "每天固定返利"),
        ),
        good=(
            "【甲商城】下单立减50元，拒收请回复R",
            "【甲租赁】退租时押金全额返还，会员9折，拒收请回复R",
            "【甲商城】谨防“消费全返”骗局，会员9折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_REBATE",),
    ),
    Rule(
        id="CP118",
        name="rebate-without-terms",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_8_2, PRICE_18),
        when=REBATE & ~(CONDITION | STOCK | PERIOD),
        message={
            "zh": "“{quote}”没有写明条件、期限和方式",
            "en": "“{quote}” names neither condition nor period nor way of paying back",
        },
        advice={
            "zh": "写明条件和期限，如“满300元返60元，6月30日止”，或改为立减",
            "en": "state condition and period, or take the money off the price",
        },
        why="Money that is given back is a gift: its amount, condition, period and way must be told.",
        false_positives="Rebates laid down in a contract that the receiver knows.",
        bad=(
            Bad("【甲商城】下单返利，快来，拒收请回复R", "下单返利"),
            Bad("【甲影城】推荐朋友各得现金，越多越好，拒收请回复R", "推荐朋友各得现金"),
        ),
        good=(
            "【甲商城】下单返利20元，6月30日止，拒收请回复R",
            "【甲商城】充值返话费10元，首批500份，拒收请回复R",
            "【甲商城】满300元返现60元，拒收请回复R",
            "【甲商城】购物全额返现，拒收请回复R",
            "【甲商城】带图点评后返红包，拒收请回复R",
            "【甲商城】会员抽现金红包，拒收请回复R",
            "【甲商城】谨防“下单返利”骗局，会员8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_REBATE", "PROMO_COND_HIDDEN"),
    ),
    Rule(
        id="CP119",
        name="rebate-without-period",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.ADVICE,
        types=MARKETING,
        laws=(AD_8_2, PRICE_18),
        when=(REBATE & (words("promotion/condition") | pattern("threshold"))) & ~(STOCK | PERIOD),
        message={"zh": "“{quote}”没有写明期限或数量", "en": "“{quote}” names neither period nor number"},
        advice={"zh": "写明期限，如“6月30日止”", "en": "name the period"},
        why="A rebate is a gift, and a gift needs its period and quantity.",
        false_positives="Rebates that hold without end.",
        bad=(
            Bad("【甲商城】满300元返现金60元，拒收请回复R", "返现金"),
            Bad("【甲商城】单笔满99元返红包，拒收请回复R", "返红包"),
        ),
        good=(
            "【甲商城】满300元返现金60元，6月30日止，拒收请回复R",
            "【甲商城】满300元返现金60元，限前100名，拒收请回复R",
            "【甲商城】满300元抽现金红包，拒收请回复R",
            "【甲商城】谨防“满300元返现”骗局，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_REBATE",),
    ),
)
