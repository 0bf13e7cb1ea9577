"""Lawful trades that some vendors do not carry: recorded by default, raised by the profile of such a vendor."""

from __future__ import annotations

from moderation.rules.claims import NOT_OTP, claim
from moderation.rules.expression import Expression, industry, words
from moderation.rules.rule import Bad, Good, Rule, Severity
from moderation.rules.trades_finance import BUSINESS, FIRM, OFFERS
from moderation.text.template import Industry, TemplateType

OTP, NOTIFICATION = TemplateType.OTP, TemplateType.NOTIFICATION
FINANCE = (
    words("finance/investment", "finance/loan", "finance/insurance", "finance/speculation", "finance/yield")
    | BUSINESS
    | FIRM
)
"""Words of finance, and firms of finance that sign; `trade-finance-sender` has those whose industry alone tells."""


def _refused(
    key: str,
    name: str,
    when: Expression,
    trade: tuple[str, str],
    bad: tuple[Bad, ...],
    good: tuple[Good | str, ...],
    covers: tuple[str, ...],
    types: tuple[TemplateType, ...] = NOT_OTP,
) -> Rule:
    """Return the rule of one trade, `trade` in Chinese and English."""
    chinese, english = trade
    return claim(
        key,
        name,
        when,
        message=(f"所选通道不接受{chinese}内容", f"the chosen vendor does not carry {english}"),
        advice=("换用接受该行业的通道，或删去该内容", "use a vendor that carries the trade, or drop it"),
        why=f"Some vendors do not carry {english}, whatever it says.",
        false_positives="Lawful messages of the trade: the rule is a vendor's choice and no breach of law.",
        bad=bad,
        good=good,
        severity=Severity.SHADOW,
        types=types,
        covers=covers,
    )


RULES = (
    _refused(
        "IC117",
        "aesthetic-medicine",
        words("industry/aesthetic-medicine", "trade/cosmetic-surgery"),
        ("整形、医美", "aesthetic medicine"),
        (
            Bad("【甲美容】水光针会员体验，详询400-000-0000，拒收请回复R", "水光针"),
            Bad("【甲医院】双眼皮手术请提前预约，拒收请回复R", "双眼皮手术"),
        ),
        ("【甲美发】烫染会员8折，拒收请回复R", "【甲家居】仓库微整理服务上线，拒收请回复R"),
        ("BEAUTY_MEDICAL",),
    ),
    _refused(
        "IC118",
        "medical-service",
        words("industry/medical-service", "trade/medical"),
        ("医疗", "medical services"),
        (
            Bad("【甲口腔】种植牙请提前预约，拒收请回复R", "种植牙"),
            Bad("【甲诊所】近视手术咨询400-000-0000，拒收请回复R", "近视手术"),
        ),
        ("【甲商场】周末人流量大，请错峰到店，会员8折，拒收请回复R", "【甲超市】鸡蛋会员8折，拒收请回复R"),
        ("PC_RESTRICTED_TRADES",),
    ),
    _refused(
        "IC124",
        "otp-only-industry",
        industry("REAL_ESTATE", "EDUCATION", "GAMES"),
        ("房地产、教育、游戏的通知和营销", "notices and marketing of real estate, education and games"),
        (
            Bad("【甲教育】暑期班开课，会员9折，拒收请回复R", industry=Industry.EDUCATION),
            Bad("【甲地产】样板间开放，拒收请回复R", industry=Industry.REAL_ESTATE),
        ),
        (
            Good("【甲教育】验证码${code}，用于登录，5分钟内有效", type=OTP, industry=Industry.EDUCATION),
            Good("【甲商城】全场8折，拒收请回复R", industry=Industry.RETAIL),
        ),
        ("RE_GAME_EDU_OTP_ONLY",),
    ),
    _refused(
        "IC141",
        "alcohol-offer",
        words("industry/alcohol-product", "trade/alcohol-sale"),
        ("酒类", "alcohol"),
        (
            Bad("【甲酒庄】葡萄酒会员8折，拒收请回复R", "酒庄"),
            Bad("【甲商城】白酒满200减20，6月30日止，拒收请回复R", "白酒"),
        ),
        ("【甲旅行】知名酒店周末8折，拒收请回复R", "【甲超市】果汁会员8折，拒收请回复R"),
        ("ALCOHOL",),
    ),
    _refused(
        "IC156",
        "recruitment",
        words("industry/recruitment", "trade/recruitment"),
        ("招聘、面试", "recruitment"),
        (
            Bad("【甲公司】您的面试安排在${date}", "面试", type=NOTIFICATION),
            Bad("【甲餐饮】诚聘服务员，月薪5000元，拒收请回复R", "诚聘服务员，月薪"),
        ),
        (Good("【甲公司】您的入库单已审核", type=NOTIFICATION), "【甲超市】鸡蛋会员8折，拒收请回复R"),
        ("PC_RESTRICTED_TRADES",),
    ),
    _refused(
        "IC174",
        "finance-text",
        FINANCE & ~OFFERS,
        ("金融", "finance"),
        (
            Bad("【甲科】您持有的理财产品今日分红", "理财产品", type=NOTIFICATION),
            Bad("【甲科】重疾险条款已更新，请登录查看", "重疾险", type=NOTIFICATION),
            Bad("【甲农商行】您预约的服务号为${no}，请到大厅等候", "农商行", type=NOTIFICATION),
            Bad("【甲卡】您尾号1234的卡片支出200元", "尾号1234的卡片支出", type=NOTIFICATION),
        ),
        (
            "【甲商城】全场8折，拒收请回复R",
            Good("【甲物流】尾号${last4}的包裹已存入快递柜", type=NOTIFICATION),
            Good("【甲商城】退款已原路退回您的银行卡，请查收", type=NOTIFICATION),
            Good("【甲证券】手机股票开户已完成", type=NOTIFICATION),
            Good("【甲血液银行】感谢您的支持，证书已寄出", type=NOTIFICATION),
            Good("【甲保险柜】您的订单已发货，请留意查收", type=NOTIFICATION),
            Good("【甲教育基金会】感谢您的支持，证书已寄出", type=NOTIFICATION),
            Good("【甲金融街物业】明日停水，请提前储水", type=NOTIFICATION),
        ),
        ("FIN_VENDOR_BAN",),
    ),
    _refused(
        "IC175",
        "finance-otp",
        FINANCE & ~OFFERS,
        ("金融验证码", "one-time codes of finance"),
        (
            Bad("【甲科】验证码${code}，用于理财产品购买", "理财产品", type=OTP),
            Bad("【甲证券】验证码${code}，用于登录，5分钟内有效", "证券", type=OTP),
        ),
        (
            Good("【甲商城】验证码${code}，用于登录，5分钟内有效", type=OTP, industry=Industry.RETAIL),
            Good("【甲物流】取件验证码${code}，5分钟内有效", type=OTP, industry=Industry.LOGISTICS),
            Good("【甲商城】验证码${code}，用于绑定付款银行，5分钟内有效", type=OTP),
            Good("【甲证券】验证码${code}，用于股票开户，5分钟内有效", type=OTP),
        ),
        ("FIN_VENDOR_BAN",),
        types=(OTP,),
    ),
    _refused(
        "IC178",
        "overdue-notice",
        words("finance/overdue"),
        ("催缴、催款", "reminders of debts"),
        (
            Bad("【甲银行】您的账单已逾期，请还款", "逾期，请还款", type=NOTIFICATION),
            Bad("【甲物业】您欠费${amount}元，请补缴", "欠费${amount}元，请补缴", type=NOTIFICATION),
        ),
        (
            Good("【甲图书馆】您借的书已逾期，请归还", type=NOTIFICATION),
            Good("【甲银行】请按时还款，避免逾期", type=NOTIFICATION),
        ),
        ("FIN_COLLECTION",),
    ),
    _refused(
        "IC179",
        "franchise-offer",
        words("finance/franchise", "trade/franchise"),
        ("招商加盟", "franchise offers"),
        (
            Bad("【甲餐饮】诚招加盟，加盟有风险，拒收请回复R", "诚招加盟"),
            Bad("【甲日化】招代理，投资有风险，拒收请回复R", "招代理"),
        ),
        ("【甲餐饮】各加盟门店会员日8折，拒收请回复R", "【甲银行】招商会员日8折，拒收请回复R"),
        ("FRANCHISE",),
    ),
)
