"""Prizes: lotteries, the cap on their value, and notices that somebody has won."""

from __future__ import annotations

from moderation.rules.exemptions import WARNING, WARNING_WINDOW
from moderation.rules.expression import contact, link, pattern, words
from moderation.rules.laws import FRAUD_25, PROMOTION_13, PROMOTION_17, TELECOM_57
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
LOTTERY = words("promotion/lottery")
LARGE_PRIZE = (
    pattern("large-prize").near(pattern("top-prize"), within=6).outside(pattern("prize-total")) | pattern("car-prize")
).apart(WARNING, within=WARNING_WINDOW)
WAY_TO_CLAIM = link("unverified") | contact("mobile", "landline", "service-number", "wechat", "qq")
WIN_NOTICE = (
    words("promotion/win-notice").outside(words("prohibited/fraud-prize")).apart(WARNING, within=WARNING_WINDOW)
)

RULES = (
    Rule(
        id="CP103",
        name="lottery",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(PROMOTION_13,),
        when=LOTTERY.outside(LARGE_PRIZE).apart(WARNING, within=WARNING_WINDOW),
        message={
            "zh": "“{quote}”为有奖销售，须公布奖项、概率和时间，多数通道不接受",
            "en": "“{quote}” is a prize promotion: publish prizes, odds and times; most vendors refuse it",
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
            Bad("【甲商城】到店抽取10名幸运会员，拒收请回复R", "抽取10名幸运"),
        ),
        good=(
            "【甲商城】会员日全场8折，拒收请回复R",
            "【甲商城】会员积分可在店内抵扣，拒收请回复R",
            "【甲商城】抽奖赢汽车，拒收请回复R",
            "【甲商城】谨防“刮刮乐”骗局，会员8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_LOTTERY",),
        repair=Drop(),
    ),
    Rule(
        id="CP109",
        name="prize-above-cap",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(PROMOTION_17,),
        when=LARGE_PRIZE,
        message={
            "zh": "“{quote}”超过抽奖最高奖五万元的上限",
            "en": "“{quote}” exceeds the cap of 50,000 yuan on a prize",
        },
        advice={"zh": "单个奖项价值不超过五万元", "en": "keep each prize at 50,000 yuan or below"},
        why="The highest prize of a lottery that sells goods must not exceed 50,000 yuan.",
        false_positives="Totals of all prizes; write 总计 or 奖品合计.",
        bad=(
            Bad("【甲商城】周末见，头奖10万元现金，拒收请回复R", "10万元现金"),
            Bad("【甲家居】到店就抽奔驰，周末见，拒收请回复R", "抽奔驰"),
        ),
        good=(
            "【甲商城】会员日抽奖，奖品总值10万元，拒收请回复R",
            "【甲商城】会员日抽奖，头奖5万元现金，拒收请回复R",
            "【甲车行】抽空来店试驾奔驰，会员有茶点，拒收请回复R",
            "【甲银行】谨防“抽奔驰”骗局，会员请认准本行，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_PRIZE_CAP",),
    ),
    Rule(
        id="CP110",
        name="win-notice-with-contact",
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.REJECT,
        laws=(FRAUD_25, TELECOM_57),
        when=WIN_NOTICE & WAY_TO_CLAIM,
        message={
            "zh": "中奖通知“{quote}”附链接或号码，形同诈骗",
            "en": "the win notice “{quote}” with a link or number looks like fraud",
        },
        advice={
            "zh": "删去链接和号码，请获奖者登录官方应用查看",
            "en": "drop link and number; ask the winner to look into the official app",
        },
        why="A notice of a prize with a link or number to claim it is the commonest shape of SMS fraud.",
        false_positives="Notices of real prizes; link to a verified domain.",
        bad=(
            Bad("【甲商城】您已获奖，点 example.com/a 查收，拒收请回复R", "您已获奖"),
            Bad("【甲商城】领奖通知：奖品已备好，详询13800000000，拒收请回复R", "领奖通知"),
        ),
        good=(
            "【甲商城】恭喜您中奖，点 example.com/a 领取，拒收请回复R",
            "【甲商城】您已获奖，请登录应用查看，拒收请回复R",
            Good("【甲商城】您已获奖，点 example.com/a 领取，拒收请回复R", verified_domains=("example.com",)),
            "【甲银行】谨防“您已获奖”短信，请勿点击链接，客服400-000-0000，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PROMO_WIN_NOTICE",),
    ),
)
