"""Trades in money: what vendors refuse of finance, by what is offered, by the sender and by the type of template."""

from __future__ import annotations

from moderation.rules.expression import Expression, signal, words
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.rules.trades import notice, trade
from moderation.text.template import Industry, TemplateType

NOT_OTP = (TemplateType.NOTIFICATION, TemplateType.MARKETING)
BANNED = ("FIN_VENDOR_BAN",)
SPECULATION = ("FIN_CRYPTO_STOCK",)
FINANCE = (Industry.FINANCE, Industry.INSURANCE, Industry.LOAN, Industry.SECURITIES)

OFFERS: Expression = words(
    "trade/bank-bill",
    "trade/coins-stamps",
    "trade/commodity-futures",
    "trade/credit-limit",
    "trade/credit-repair",
    "trade/insurance",
    "trade/loan",
    "trade/private-equity",
    "trade/stock",
    "trade/virtual-currency",
    "trade/wealth",
)
"""What is offered for money; where it is found, the sender and its notices need no finding of their own."""

FIRM = words("trade/finance-firm").inside(signal("part:signature"))
BUSINESS = words("trade/finance-text")

RULES: tuple[Rule, ...] = (
    trade(
        "RT101",
        "stock",
        ("股票推介与开户", "shares and share accounts"),
        (
            ("【甲证券】手机股票开户，佣金优惠，拒收请回复R", "股票开户"),
            ("【甲投顾】今日金股已更新，会员请查看，拒收请回复R", "今日金股"),
            ("【甲投顾】手里的股票被套？专业老师帮您解套，拒收请回复R", "股票被套？专业老师帮您解套"),
        ),
        (
            notice("【甲证券】您持有的股票代码600000今日派息，款项已入账"),
            "【甲乳业】蒙牛股份有限公司会员日8折，拒收请回复R",
        ),
        warned="【甲证券】谨防荐股骗局，凡要求转账的都不可信",
        covers=("FIN_CRYPTO_STOCK", "PC_RESTRICTED_TRADES"),
    ),
    trade(
        "RT102",
        "wealth",
        ("投资理财推介", "investments"),
        (
            ("【甲银行】新客理财专享，详询网点，拒收请回复R", "新客理财"),
            ("【甲财富】三年期存款利率上浮，欢迎莅临，拒收请回复R", "存款利率上浮"),
        ),
        (notice("【甲银行】您预约的网点号为A12，请携带身份证"), "【甲商城】会员日全场8折，拒收请回复R"),
        warned="【甲银保监】警惕以投资理财为名的骗局",
        covers=BANNED,
    ),
    trade(
        "RT103",
        "loan",
        ("贷款与借款", "loans"),
        (
            ("【甲消金】信用贷额度已备好，请根据个人能力合理借款，拒收请回复R", "信用贷"),
            ("【甲小贷】急用钱？30万额度等您使用，拒收请回复R", "用钱？30万额度"),
        ),
        (
            notice("【甲银行】您的按揭年利率已按新基准调整，详见手机应用"),
            notice("【甲公司】货款请于本周五前支付，谢谢"),
        ),
        warned="【甲公安】提防无抵押贷骗局，先收费的都是诈骗",
        covers=BANNED,
    ),
    trade(
        "RT104",
        "insurance",
        ("保险推广", "insurance"),
        (
            ("【甲保险】车险报价已为您备好，拒收请回复R", "车险报价"),
            ("【甲保险】重疾险每月仅50元，会员可咨询，拒收请回复R", "重疾险每月仅"),
        ),
        (
            notice("【甲保险】您的报案已受理，理赔员将与您联系"),
            "【甲家居】保险箱会员8折，拒收请回复R",
        ),
        covers=BANNED,
    ),
    trade(
        "RT105",
        "credit-limit",
        ("信用卡推广与提额", "credit cards and higher limits"),
        (
            ("【甲银行】信用卡提额邀请，请登录查看，拒收请回复R", "信用卡提额"),
            ("【甲银行】白金卡首刷满额有礼，拒收请回复R", "白金卡首刷"),
        ),
        (
            notice("【甲银行】您的信用卡已寄出，运单号${no}"),
            notice("【甲银行】非本行卡无法办理信用卡还款"),
        ),
        warned="【甲银行】谨防代办信用卡骗局",
        covers=BANNED,
    ),
    trade(
        "RT106",
        "credit-repair",
        ("征信修复", "repair of credit records"),
        (
            ("【甲咨询】征信修复，专业团队，拒收请回复R", "征信修复"),
            ("【甲咨询】信用记录代办恢复，拒收请回复R", "信用记录代办"),
        ),
        (
            notice("【甲银行】请按时还款，维护良好的信用记录"),
            notice("【甲银行】个人信用报告可在网点自助查询"),
        ),
        warned="【甲银行】征信修复都是骗局，请勿轻信",
        covers=BANNED,
    ),
    trade(
        "RT107",
        "commodity-futures",
        ("原油、期货与贵金属", "oil, futures and precious metals"),
        (
            ("【甲期货】期货开户享服务，期货有风险，拒收请回复R", "期货开户"),
            ("【甲投资】原油双向交易，行情每日更新，拒收请回复R", "原油双向交易"),
        ),
        (notice("【甲珠宝】您定制的黄金首饰已到店，请凭单取货"), "【甲珠宝】黄金首饰工费8折，会员专享，拒收请回复R"),
        warned="【甲证监】警惕炒外汇平台，谨防上当",
        covers=SPECULATION,
    ),
    trade(
        "RT108",
        "private-equity",
        ("私募与股权投资", "private equity"),
        (
            ("【甲资本】私募路演本周六举行，投资有风险，拒收请回复R", "私募路演"),
            ("【甲资本】股权项目路演，投资有风险，拒收请回复R", "股权项目路演"),
        ),
        (notice("【甲公司】您的股权变更登记材料已收到"), notice("【甲公司】股东大会定于6月1日召开，请准时参加")),
        warned="【甲证监】谨防以原始股为名的骗局",
        covers=SPECULATION,
    ),
    trade(
        "RT109",
        "virtual-currency",
        ("虚拟货币", "virtual currency"),
        (
            ("比特币今日行情已更新，点击查看", "比特币"),
            ("新币上所，空投先领", "新币上所"),
        ),
        (notice("【甲银行】纪念币预约已开始，请凭身份证预约"), "【甲游乐园】游戏币买50送10，拒收请回复R"),
        warned="【甲公安】警惕虚拟货币投资骗局",
        covers=SPECULATION,
        errs="News and lessons about the technology.",
    ),
    trade(
        "RT110",
        "digital-collectible",
        ("数字藏品", "digital collectibles"),
        (
            ("【甲数艺】数字藏品今日可申领，会员可登录查看", "数字藏品"),
            ("【甲数艺】新藏品今晚8点铸造，拒收请回复R", "藏品今晚8点铸造"),
        ),
        (notice("【甲博物馆】馆藏品修复讲座已预约成功"), notice("【甲图书馆】藏品数字化工作完成，请登录浏览")),
        warned="【甲公安】谨防数字藏品骗局",
        covers=SPECULATION,
    ),
    trade(
        "RT111",
        "coins-stamps",
        ("邮币收藏品买卖", "stamps and coins for investment"),
        (
            ("【甲收藏】第三套人民币珍藏册，会员价，拒收请回复R", "第三套人民币"),
            ("【甲收藏】银元典藏册到店，拒收请回复R", "银元典藏"),
        ),
        (notice("【甲银行】您预约的纪念币请于3日内到网点兑换"), notice("【甲邮政】邮票图案已公布，欢迎到网点选购信封")),
    ),
    trade(
        "RT112",
        "bank-bill",
        ("票据贴现", "bills of exchange"),
        (
            ("【甲金服】承兑贴现，价格透明，拒收请回复R", "承兑贴现"),
            ("【甲金服】商票当天打款，欢迎咨询，拒收请回复R", "商票当天打款"),
        ),
        (notice("【甲公司】本月货款以汇票支付，请财务签收"), notice("【甲公司】汇票已寄出，请注意查收")),
        covers=BANNED,
    ),
    Rule(
        id="RT116",
        name="trade-finance-sender",
        category=ReasonCategory.PROHIBITED_CONTENT,
        severity=Severity.SHADOW,
        industries=FINANCE,
        types=NOT_OTP,
        when=~(OFFERS | BUSINESS | FIRM),
        message={"zh": "发送者属于金融行业，服务商限制发送", "en": "the sender is in finance, which vendors restrict"},
        advice={"zh": "换用接受金融行业的服务商", "en": "send by a vendor that carries finance"},
        why="Vendors carry nothing for financial senders, or only their codes.",
        false_positives="Texts that the classifier takes for finance; declare the industry.",
        bad=(
            Bad(
                "【甲科技】您预约的服务号为${no}，请到大厅等候",
                type=TemplateType.NOTIFICATION,
                industry=Industry.FINANCE,
            ),
            Bad("【甲科技】会员日到店有茶歇，拒收请回复R", type=TemplateType.MARKETING, industry=Industry.LOAN),
        ),
        good=(
            Good("【甲科技】您预约的服务号为${no}", type=TemplateType.NOTIFICATION, industry=Industry.RETAIL),
            Good("【甲证券】今晚系统升级", type=TemplateType.NOTIFICATION, industry=Industry.SECURITIES),
        ),
        since="0.1.0",
        covers=BANNED,
    ),
)
