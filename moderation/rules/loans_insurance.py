"""Loans, debt collection, insurance and franchise: notices that must stand and baits that must not."""

from __future__ import annotations

from moderation.rules.claims import NOT_OTP, claim, undenied, used
from moderation.rules.expression import industry, pattern, words
from moderation.rules.laws import (
    AD_25,
    AD_25_1,
    AD_28,
    FINANCE_MARKETING_8,
    FINANCE_MARKETING_10_7,
)
from moderation.rules.repair import Add, Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Severity
from moderation.text.template import Industry, TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
WARNING = words("context/fraud-warning")
LOAN = words("finance/loan").apart(WARNING, within=30)
RISK_DISCLOSURE = ReasonCategory.MISSING_RISK_DISCLOSURE
FRANCHISE = words("finance/franchise") | pattern("franchise-offer")
PAYBACK = (
    words("finance/payback")
    | pattern("payback")
    | pattern("all-profit").near(words("finance/franchise-context"), within=30) & ~words("industry/recruitment")
)
BAIT = words("finance/inducement") | pattern("loan-bait").near(words("finance/loan-context"), within=40)

RULES = (
    claim(
        "RD102",
        "loan-notice-missing",
        LOAN & ~words("finance/loan-notice"),
        message=("推介贷款“{quote}”没有风险提示", "the loan “{quote}” is offered without a notice"),
        advice=(
            "加“请根据个人能力合理贷款，理性消费，避免逾期”",
            "add 请根据个人能力合理贷款，理性消费，避免逾期",
        ),
        why="A loan offer must let people see its risk.",
        false_positives="Service notices about a running loan are notifications.",
        bad=(
            Bad("【甲消费金融】信用贷款最高可借20万，年化利率7.2%起，拒收请回复R", "信用贷款"),
            Bad("【甲银行】消费贷款额度已为您准备，年利率4%起，详询网点，拒收请回复R", "消费贷款"),
        ),
        good=(
            "【甲银行】消费贷款年化利率（单利）7.2%，请根据个人能力合理贷款，拒收请回复R",
            "【甲商城】全场8折，支持多种付款方式，拒收请回复R",
            "【甲银行】警惕冒充本行的小额贷款骗局，拒收请回复R",
        ),
        laws=(AD_25,),
        severity=Severity.REVIEW,
        category=RISK_DISCLOSURE,
        covers=("FIN_RATE_PLAIN",),
        repair=Add("请根据个人能力合理贷款，理性消费，避免逾期"),
    ),
    claim(
        "RD106",
        "loan-rate-missing",
        LOAN & ~words("finance/annual-rate"),
        message=("推介贷款“{quote}”没有写年化利率", "the loan “{quote}” is offered without its annual rate"),
        advice=("写明年化利率（单利）及费用", "state the simple annual rate and the fees"),
        why="The annual rate is the key figure of a loan; daily or monthly figures hide its cost.",
        false_positives="Texts that only name a loan among many services.",
        bad=(
            Bad("【甲消费金融】信用贷款日息万二，请合理借贷，拒收请回复R", "信用贷款"),
            Bad("【甲银行】经营贷款欢迎咨询，请根据个人能力合理贷款，拒收请回复R", "经营贷款"),
        ),
        good=(
            "【甲银行】经营贷款年化利率（单利）3.9%起，请根据个人能力合理贷款，拒收请回复R",
            "【甲书店】金融类图书8折，拒收请回复R",
            "【甲银行】警惕以信用贷款为名的骗局，拒收请回复R",
        ),
        laws=(FINANCE_MARKETING_8,),
        severity=Severity.REVIEW,
        category=RISK_DISCLOSURE,
        covers=("FIN_RATE_PLAIN",),
    ),
    claim(
        "RD103",
        "franchise-risk-notice-missing",
        FRANCHISE.apart(WARNING, within=30) & ~words("finance/risk-notice"),
        message=("招商加盟“{quote}”没有风险提示", "the franchise offer “{quote}” has no risk notice"),
        advice=("加“投资有风险，加盟需谨慎”", "add 投资有风险，加盟需谨慎"),
        why="Seeking franchisees is an offer with an expected return and must warn of its risk.",
        false_positives="Trade fairs that merely mention franchising.",
        bad=(
            Bad("【甲餐饮】奶茶店诚招加盟，总部扶持，拒收请回复R", "诚招加盟"),
            Bad("【甲餐饮】火锅品牌招商加盟火热进行中，拒收请回复R", "招商加盟"),
            Bad("【甲洗车】投入20万就能开店，手续全包，拒收请回复R", "投入20万就能开店"),
            Bad("【甲饮品】市级代理权虚位以待，来电详谈，拒收请回复R", "市级代理权虚位"),
        ),
        good=(
            "【甲餐饮】奶茶店诚招加盟，投资有风险，加盟需谨慎，拒收请回复R",
            "【甲餐饮】各加盟门店会员日8折，拒收请回复R",
            "【甲餐饮】谨防冒充本店招商加盟的骗局，会员日8折，拒收请回复R",
        ),
        laws=(AD_25,),
        severity=Severity.REVIEW,
        category=RISK_DISCLOSURE,
        covers=("FRANCHISE", "FIN_RISK_MISSING"),
        repair=Add("投资有风险，加盟需谨慎"),
    ),
    claim(
        "GR102",
        "payback-promise",
        undenied(PAYBACK),
        message=("“{quote}”承诺回本或获利", "“{quote}” promises payback or profit"),
        advice=("删去回本时间和收入数字，加风险提示", "drop payback times and income figures; add the risk notice"),
        why="An offer with an expected return must not promise its future effect, payback and income included.",
        false_positives="Audited averages that are named as such.",
        bad=(
            Bad("【甲餐饮】开家奶茶店3个月回本，加盟有风险，拒收请回复R", "3个月回本"),
            Bad("【甲日化】小店加盟，月入5万不难，加盟有风险，拒收请回复R", "月入5万"),
            Bad("【甲餐饮】创业零失败，加盟有风险，拒收请回复R", "创业零失败"),
            Bad("【甲娱乐】投放游戏机，每台每天净赚200元，投资有风险，拒收请回复R", "每台每天净赚200元"),
            Bad("【甲面馆】加盟后坐等分红，投资有风险，拒收请回复R", "坐等分红"),
        ),
        good=(
            "【甲餐饮】诚招加盟，经营收益因店而异，加盟有风险，拒收请回复R",
            "【甲餐饮】本店不承诺当月回本，加盟有风险，拒收请回复R",
            "【甲餐饮】开店3个月保证回本，加盟有风险，拒收请回复R",
            "【甲餐饮】诚聘加盟店店长，月收入8000元，拒收请回复R",
            "【甲旅行】民宿只要拍照打卡，在家收钱包优惠券，会员8折，拒收请回复R",
        ),
        laws=(AD_25_1,),
        category=ReasonCategory.GUARANTEED_RETURN,
        covers=("FRANCHISE",),
        repair=Drop(),
    ),
    claim(
        "RD104",
        "financial-inducement",
        BAIT.apart(WARNING, within=30),
        message=("“{quote}”诱导借贷或投资", "“{quote}” induces people to borrow or invest"),
        advice=("删去，改为“以审核结果为准”", "drop it; say that approval decides"),
        why="Wording that plays down cost, risk or hurdles misleads about a financial product.",
        false_positives="The same words about delivery or entry to a shop.",
        bad=(
            Bad("【甲金融】借款秒到账，年化利率7.2%，请合理借贷，拒收请回复R", "秒到账"),
            Bad("【甲金融】无抵押免担保，年化利率7.2%，请合理借贷，拒收请回复R", "无抵押免担保"),
            Bad("【甲财富】安全又高收益，投资有风险，拒收请回复R", "安全又高收益"),
            Bad("【甲金融】无需核资质，额度年化7.2%，请合理借贷，拒收请回复R", "无需核资质"),
        ),
        good=(
            "【甲商城】会员下单立减10元，拒收请回复R",
            "【甲银行】额度与放款时间以审核结果为准，请根据个人能力合理贷款，拒收请回复R",
            "【甲充值】话费秒到账，现金券6月30日止，拒收请回复R",
            "【甲银行】警惕“秒下款”骗局，拒收请回复R",
        ),
        laws=(AD_25, FINANCE_MARKETING_10_7),
        severity=Severity.REVIEW,
        category=RISK_DISCLOSURE,
        covers=("FIN_INDUCE",),
        repair=Drop(),
    ),
    claim(
        "IC176",
        "insurance-claim",
        used("finance/insurance-claim"),
        message=("“{quote}”对保险作误导宣传", "“{quote}” misleads about insurance"),
        advice=("删去，按条款写明保障责任和免责", "drop it; state cover and exclusions as in the terms"),
        why="Insurance must not be sold as a deposit, by a sham end of sale, or as paying for everything.",
        false_positives="A product that the insurer really withdraws, with date and notice.",
        bad=(
            Bad("【甲保险】年金险就是存款，投资有风险，拒收请回复R", "年金险就是存款"),
            Bad("【甲保险】重疾险即将停售，抓紧投保，拒收请回复R", "重疾险即将停售"),
        ),
        good=(
            "【甲保险】车险到期可续保，详询400-000-0000，拒收请回复R",
            "【甲保险】切勿相信“年金险就是存款”，保险不等于存款，拒收请回复R",
        ),
        laws=(AD_28,),
        severity=Severity.REVIEW,
        repair=Drop(),
    ),
    claim(
        "IC177",
        "debt-collection",
        words("finance/collection").apart(WARNING, within=30) & ~industry("GOVERNMENT"),
        message=("“{quote}”以诉讼、上门或曝光催收", "“{quote}” presses for a debt by suit, visit or exposure"),
        advice=("只写账单事实和还款方式", "state the bill and the ways to pay only"),
        why="Collection by pressure is refused by vendors and easily becomes a threat; a person looks at it.",
        false_positives="Lawful notices of a creditor before a suit; courts are exempt by their industry.",
        bad=(
            Bad("【甲金融】您的借款逾期，将安排人员上门", "逾期，将安排人员上门", type=NOTIFICATION),
            Bad("【甲律所】欠款未结，将向法院起诉", "欠款未结，将向法院起诉", type=NOTIFICATION),
        ),
        good=(
            Good("【甲银行】您的信用卡账单${amount}元，还款日${date}，请按时还款", type=NOTIFICATION),
            Good("【甲法院】被告未还款，原告已起诉，请于${date}到庭", type=NOTIFICATION, industry=Industry.GOVERNMENT),
            Good("【甲银行】谨防以逾期起诉为名的诈骗短信", type=NOTIFICATION),
        ),
        severity=Severity.REVIEW,
        types=NOT_OTP,
        covers=("FIN_COLLECTION",),
    ),
)
