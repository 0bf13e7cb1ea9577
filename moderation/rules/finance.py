"""Finance: the risk notice that must stand, and the returns that must not be promised."""

from __future__ import annotations

from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_25, AD_25_1
from moderation.rules.rule import Bad, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
WARNING = words("context/fraud-warning")

RULES = (
    Rule(
        id="GR101",
        name="guaranteed-return",
        category=ReasonCategory.GUARANTEED_RETURN,
        severity=Severity.REJECT,
        laws=(AD_25_1,),
        when=words("finance/guarantee").apart(WARNING, within=30),
        message={
            "zh": "“{quote}”承诺保本、收益或无风险",
            "en": "“{quote}” promises capital, return or absence of risk",
        },
        advice={
            "zh": "删去承诺，写明产品风险等级和风险提示",
            "en": "drop the promise; name the risk class and add the risk notice",
        },
        why="Advertising for goods with expected returns must not promise future effect, capital or absence of risk.",
        false_positives="Warnings against fraud that quote the promise are exempt.",
        bad=(
            Bad("【甲理财】保本保息新品上线，拒收请回复R", "保本保息"),
            Bad("【甲投资】零风险理财，投资有风险，拒收请回复R", "零风险"),
            Bad("【甲财富】跟着老师操作稳赚不赔，拒收请回复R", "稳赚不赔"),
        ),
        good=(
            "【甲银行】反诈提醒：凡承诺保本高息的都是骗局，请勿轻信",
            "【甲银行】本产品为非保本浮动收益型，理财非存款，产品有风险，投资须谨慎，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="RD101",
        name="investment-risk-notice-missing",
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_25,),
        when=(words("finance/investment") | pattern("yield")).apart(WARNING, within=30)
        & ~words("finance/risk-notice")
        & ~words("finance/loan"),
        message={"zh": "推介“{quote}”没有风险提示", "en": "“{quote}” is offered without a risk notice"},
        advice={"zh": "加“理财非存款，产品有风险，投资须谨慎”", "en": "add 理财非存款，产品有风险，投资须谨慎"},
        why="Offers with an expected return must carry a reasonable warning of their risk.",
        false_positives="Account notices about a product already held are notifications.",
        bad=(
            Bad("【甲银行】稳健理财产品今日发售，详询客户经理，拒收请回复R", "理财产品"),
            Bad("【甲证券】本行基金认购即将开始，拒收请回复R", "基金认购"),
        ),
        good=(
            "【甲银行】稳健理财产品今日发售，理财非存款，产品有风险，投资须谨慎，拒收请回复R",
            "【甲基金】新发基金认购开始，基金有风险，投资需谨慎，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="RD102",
        name="loan-notice-missing",
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_25,),
        when=words("finance/loan").apart(WARNING, within=30) & ~words("finance/loan-notice"),
        message={"zh": "推介贷款“{quote}”没有风险提示", "en": "the loan “{quote}” is offered without a notice"},
        advice={
            "zh": "写明年化利率（单利），并加“请根据个人能力合理贷款，理性消费，避免逾期”",
            "en": "state the simple annual rate and add 请根据个人能力合理贷款，理性消费，避免逾期",
        },
        why="A loan offer must let people see its cost and its risk.",
        false_positives="Service notices about a running loan are notifications.",
        bad=(
            Bad("【甲消费金融】信用贷款最高可借20万，拒收请回复R", "信用贷款"),
            Bad("【甲银行】消费贷款额度已为您准备，详询网点，拒收请回复R", "消费贷款"),
        ),
        good=(
            "【甲银行】消费贷款年化利率（单利）7.2%，请根据个人能力合理贷款，拒收请回复R",
            "【甲商城】全场8折，支持多种付款方式，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="RD103",
        name="franchise-risk-notice-missing",
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_25,),
        when=words("finance/franchise") & ~words("finance/risk-notice"),
        message={"zh": "招商加盟“{quote}”没有风险提示", "en": "the franchise offer “{quote}” has no risk notice"},
        advice={"zh": "加“投资有风险，加盟需谨慎”", "en": "add 投资有风险，加盟需谨慎"},
        why="Seeking franchisees is an offer with an expected return and must warn of its risk.",
        false_positives="Trade fairs that merely mention franchising.",
        bad=(
            Bad("【甲餐饮】奶茶店诚招加盟，总部扶持，拒收请回复R", "诚招加盟"),
            Bad("【甲餐饮】火锅品牌招商加盟火热进行中，拒收请回复R", "招商加盟"),
        ),
        good=(
            "【甲餐饮】奶茶店诚招加盟，投资有风险，加盟需谨慎，拒收请回复R",
            "【甲餐饮】各加盟门店会员日8折，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="RD104",
        name="financial-inducement",
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_25,),
        when=words("finance/inducement").apart(WARNING, within=30),
        message={"zh": "“{quote}”诱导借贷或投资", "en": "“{quote}” induces people to borrow or invest"},
        advice={"zh": "删去，改为“以审核结果为准”", "en": "drop it; say that approval decides"},
        why="Wording that plays down cost, risk or hurdles misleads about a financial product.",
        false_positives="The same words about delivery or entry to a shop.",
        bad=(
            Bad("【甲金融】借款秒到账，门槛低，拒收请回复R", "秒到账"),
            Bad("【甲金融】无抵押免担保，随借随还，拒收请回复R", "无抵押免担保"),
        ),
        good=(
            "【甲商城】会员下单立减10元，拒收请回复R",
            "【甲银行】额度与放款时间以审核结果为准，请根据个人能力合理贷款，拒收请回复R",
        ),
        since="0.1.0",
    ),
)
