"""Finance: the risk notice that must stand, and the returns that must not be promised."""

from __future__ import annotations

from moderation.rules.claims import claim, undenied, used
from moderation.rules.expression import pattern, words
from moderation.rules.laws import (
    ABSOLUTE_GUIDE_11,
    AD_9_3,
    AD_11,
    AD_25,
    AD_25_1,
    AD_25_2,
    FINANCE_MARKETING_10_3,
    FINANCE_MARKETING_10_7,
    FINANCE_PUBLICITY_1,
)
from moderation.rules.repair import Add, Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Severity
from moderation.text.template import Industry, TemplateType

WARNING = words("context/fraud-warning")
YIELD = words("finance/yield").apart(words("finance/loan", "finance/annual-rate", "finance/margin"), within=15)
PROMISE = (
    words("finance/guarantee").outside(words("finance/lawful-capital"))
    | pattern("return-promise").apart(words("finance/deposit"), within=15)
    | pattern("sure-gain", "dialect-gain").near(words("finance/context"), within=24)
)
INVESTMENT = words("finance/investment") | YIELD
RISK_NOTICE = "理财非存款，产品有风险，投资须谨慎"
RISK_DISCLOSURE = ReasonCategory.MISSING_RISK_DISCLOSURE
FINANCE = Industry.FINANCE

RULES = (
    claim(
        "GR101",
        "guaranteed-return",
        undenied(PROMISE.apart(WARNING, within=30).outside(pattern("none-does")), within=4),
        message=("“{quote}”承诺保本、收益或无风险", "“{quote}” promises capital, return or absence of risk"),
        advice=(
            "删去承诺，写明产品风险等级和风险提示",
            "drop the promise; name the risk class and add the risk notice",
        ),
        why="Advertising for goods with expected returns must not promise future effect, capital or absence of risk.",
        false_positives="Warnings against fraud that quote the promise are exempt, and insured deposits.",
        bad=(
            Bad("【甲理财】保本保息新品上线，拒收请回复R", "保本保息"),
            Bad("【甲投资】零风险理财，投资有风险，拒收请回复R", "零风险"),
            Bad("【甲财富】跟着老师操作稳赚不赔，拒收请回复R", "稳赚不赔"),
            Bad("【甲财富】这款产品风险几乎没有，投资有风险，拒收请回复R", "风险几乎没有"),
            Bad("【甲财富】放心投，亏了算我们的，拒收请回复R", "亏了算我们的"),
            Bad("【甲投资】本金损失由平台先行垫付，投资有风险，拒收请回复R", "本金损失由平台先行垫"),
            Bad("【甲资管】利润分红每季至少5%，投资有风险，拒收请回复R", "分红每季至少5"),
            Bad("【甲投资】跟到我们买，折了算我们的，投资有风险，拒收请回复R", "折了算我们的"),
            Bad("【甲基金】认购后肯定不会亏本，基金有风险，拒收请回复R", "肯定不会亏本"),
        ),
        good=(
            "【甲银行】反诈提醒：凡承诺保本高息的都是骗局，请勿轻信",
            "【甲银行】本产品为非保本浮动收益型，理财非存款，产品有风险，投资须谨慎，拒收请回复R",
            "【甲银行】结构性存款保本浮动收益，期限90天，详询网点，拒收请回复R",
            Good("【甲证券】您持有的债券将于${date}到期还本付息", type=TemplateType.NOTIFICATION),
            Good("【甲人社】社会救助兜底政策解读会将于${date}举行", type=TemplateType.NOTIFICATION),
            "【甲商城】红包赚不停，会员8折，拒收请回复R",
            "【甲银行】三年期大额存单到期一次还本付息，锁定收益2.6%，详询网点，拒收请回复R",
            "【甲商城】清仓价绝对不亏，会员8折，拒收请回复R",
            Good("【甲银行】莫得哪个产品是包赚的，先做风险测评", type=TemplateType.NOTIFICATION),
            Good("【甲银行】哪有稳赚不赔的买卖，先问问家人", type=TemplateType.NOTIFICATION),
            Good("【甲茶饮】是否续约由您自行决定，我们不作收益承诺", type=TemplateType.NOTIFICATION),
        ),
        laws=(AD_25_1, FINANCE_MARKETING_10_3),
        category=ReasonCategory.GUARANTEED_RETURN,
        types=(),
        covers=("FIN_GUARANTEE", "FIN_RISK_FAKE"),
        repair=Drop(),
    ),
    claim(
        "RD101",
        "investment-risk-notice-missing",
        INVESTMENT.apart(WARNING, within=30) & ~words("finance/risk-notice"),
        message=("推介“{quote}”没有风险提示", "“{quote}” is offered without a risk notice"),
        advice=(f"加“{RISK_NOTICE}”", f"add {RISK_NOTICE}"),
        why="Offers with an expected return must carry a reasonable warning of their risk.",
        false_positives="Account notices about a product already held are notifications.",
        bad=(
            Bad("【甲银行】稳健理财产品今日发售，详询客户经理，拒收请回复R", "理财产品今日发售"),
            Bad("【甲证券】本行基金认购即将开始，拒收请回复R", "基金认购"),
            Bad("【甲理财】零风险理财产品，拒收请回复R", "理财产品"),
            Bad("【甲理财】理财产品上新，无风险提示，拒收请回复R", "理财产品"),
        ),
        good=(
            "【甲银行】稳健理财产品今日发售，理财非存款，产品有风险，投资须谨慎，拒收请回复R",
            "【甲基金】新发基金认购开始，基金有风险，投资需谨慎，拒收请回复R",
            "【甲银行】谨防冒充本行销售理财产品，请到网点核实，拒收请回复R",
            "【甲银行】个人借款额度年化7.2%，请根据个人能力合理贷款，拒收请回复R",
        ),
        laws=(AD_25,),
        category=RISK_DISCLOSURE,
        covers=("FIN_RISK_MISSING",),
        repair=Add(RISK_NOTICE),
    ),
    claim(
        "RD105",
        "yield-without-basis",
        YIELD.apart(WARNING, within=30) & ~words("finance/yield-basis"),
        message=("“{quote}”没有写明依据和“过往业绩不代表未来表现”", "“{quote}” names no basis for the figure"),
        advice=(
            "写明统计区间和数据来源，并加“过往业绩不代表未来表现，不构成收益承诺”",
            "name period and source and say that past results are no promise",
        ),
        why="A figure of yield is quoted data: it needs period and source, and must not be taken for a promise.",
        false_positives="Rates of deposits that are written like yields.",
        bad=(
            Bad("【甲银行】新客理财年化8%，产品有风险，投资须谨慎，拒收请回复R", "年化8%"),
            Bad("【甲基金】收益率高达6.5%，基金有风险，投资需谨慎，拒收请回复R", "收益率高达6.5%"),
        ),
        good=(
            "【甲银行】业绩比较基准3.2%，不构成收益承诺，产品有风险，投资须谨慎，拒收请回复R",
            "【甲基金】近一年收益率4.1%，过往业绩不代表未来表现，基金有风险，投资需谨慎，拒收请回复R",
            "【甲银行】谨防“年化30%”的骗局，正规产品请到网点咨询，拒收请回复R",
            "【甲银行】信用贷款年化7.2%起，请根据个人能力合理贷款，拒收请回复R",
            "【甲证券】专业投资者两融利率年化5.2%起，投资有风险，入市需谨慎，拒收请回复R",
        ),
        laws=(AD_11, AD_25),
        severity=Severity.REVIEW,
        category=RISK_DISCLOSURE,
        covers=("FIN_YIELD",),
    ),
    claim(
        "AW120",
        "absolute-in-high-risk-sector",
        used("industry/absolute-effect"),
        message=(
            "“{quote}”对疗效、收益、安全或教学效果作绝对化表述",
            "“{quote}” is absolute about cure, return, safety or teaching",
        ),
        advice=("删去，改为可证实的事实，如产品风险等级、执业许可", "drop it; state a fact such as the risk class"),
        why="Absolute wording about cure, yield, safety or results in medicine, finance and education is never minor.",
        false_positives="Upper limits (最高可达) and the names of courts and ministries are not listed.",
        bad=(
            Bad("【甲财富】最安全的理财，投资有风险，拒收请回复R", "最安全的理财"),
            Bad("【甲诊所】顶级治疗效果，欢迎预约，拒收请回复R", "顶级治疗效果"),
            Bad("【甲教育】全国第一的提分率，暑期班报名，拒收请回复R", "全国第一的提分率"),
        ),
        good=(
            "【甲理财】产品风险等级R2，投资有风险，拒收请回复R",
            "【甲基金】谨防“最高收益”骗局，投资有风险，拒收请回复R",
            "【甲商城】感恩回报老客户，最高回报老会员礼券50元，拒收请回复R",
            "【甲口腔】最后一天洁牙8折，6月30日止，拒收请回复R",
        ),
        laws=(AD_9_3, ABSOLUTE_GUIDE_11),
        category=ReasonCategory.ABSOLUTE_WORDING,
        covers=("ABS_HIGH_RISK_SECTOR",),
        repair=Drop(),
    ),
    claim(
        "IC171",
        "finance-endorsement",
        used("finance/endorsement") & words("finance/investment", "finance/yield", "finance/franchise"),
        message=("“{quote}”利用专家、协会或受益者作证明", "“{quote}” uses experts, bodies or beneficiaries as proof"),
        advice=("删去推荐和证明", "drop the endorsement"),
        why="Offers with an expected return must not use experts, associations or beneficiaries as proof.",
        false_positives="An institution's own analysts who comment on the market.",
        bad=(
            Bad("【甲银行】张教授推荐的理财产品，产品有风险，投资须谨慎，拒收请回复R", "教授推荐"),
            Bad("【甲餐饮】诚招加盟，加盟商已赚，加盟有风险，拒收请回复R", "加盟商已赚"),
        ),
        good=(
            "【甲书店】教授推荐的好书8折，拒收请回复R",
            "【甲基金】切勿相信专家推荐的基金产品，产品有风险，投资须谨慎，拒收请回复R",
        ),
        laws=(AD_25_2,),
        covers=("FIN_ENDORSE",),
        repair=Drop(),
    ),
    claim(
        "IC172",
        "speculative-trade",
        used("finance/speculation"),
        message=("“{quote}”涉及荐股、虚拟货币或投机交易", "“{quote}” offers share tips, crypto or speculation"),
        advice=("删去；证券期货业务须持牌并人工审核", "drop it; licensed brokers go through review"),
        why="Share tips, virtual currency and leverage are the usual bait of unlicensed finance; vendors refuse them.",
        false_positives="Licensed brokers on futures accounts; the reviewer asks for the licence.",
        bad=(
            Bad("【甲投资】免费诊股，请致电400-000-0000，拒收请回复R", "免费诊股"),
            Bad("【甲数字】比特币交易0手续费，拒收请回复R", "比特币"),
            Bad("【甲贵金属】炒黄金双向交易，欢迎体验，拒收请回复R", "炒黄金双向交易"),
        ),
        good=(
            "【甲珠宝】黄金首饰每克减20元，6月30日止，拒收请回复R",
            "【甲银行】谨防比特币投资骗局，拒收请回复R",
            "【甲银行】熊年纪念币升值？请以人民银行公告为准，限量预约6月1日开始，拒收请回复R",
        ),
        laws=(FINANCE_MARKETING_10_7,),
        severity=Severity.REVIEW,
        covers=("FIN_CRYPTO_STOCK",),
    ),
    claim(
        "IC173",
        "finance-licence-unnamed",
        words("finance/loan", "finance/investment", "finance/yield") & ~words("finance/institution"),
        message=("推介“{quote}”看不出持牌机构", "“{quote}” is offered by no licensed institution that can be seen"),
        advice=("写明持牌机构全称，并备好金融业务许可", "name the licensed institution and have its licence ready"),
        why="Who has no licence for a financial business must not market it.",
        false_positives="Licensed institutions whose brand says nothing of their licence.",
        bad=(
            Bad("【甲财富】新款理财产品，投资有风险，拒收请回复R", "理财产品"),
            Bad("【甲分期】信用贷款，年化利率7.2%，请合理借贷，拒收请回复R", "信用贷款"),
        ),
        good=(
            "【甲银行】新款理财产品，投资有风险，拒收请回复R",
            "【甲商城】全场8折，拒收请回复R",
        ),
        laws=(FINANCE_PUBLICITY_1,),
        severity=Severity.ADVICE,
        covers=("FIN_LICENCE",),
    ),
)
