"""Minors who are urged to buy, recruitment, and companies that claim to act for an authority."""

from __future__ import annotations

from moderation.rules import context
from moderation.rules.claims import NOT_OTP, claim, used
from moderation.rules.expression import industry
from moderation.rules.laws import AD_9_2, AD_9_9, AD_28, AD_40_2
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Good, Severity
from moderation.text.template import Industry, TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    claim(
        "IC151",
        "minors-urged",
        used("industry/minors"),
        message=("“{quote}”劝诱未成年人购买", "“{quote}” urges minors to buy"),
        advice=("改为向家长介绍，不劝诱孩子", "address the parents and urge no child"),
        why="Advertising to children under 14 must not urge them to ask their parents to buy.",
        false_positives="Invitations to parents and children together.",
        bad=(
            Bad("【甲玩具】快让妈妈带你来，积木8折，拒收请回复R", "让妈妈带你来"),
            Bad("【甲文具】小朋友们叫爸妈来看新品，拒收请回复R", "小朋友们叫爸妈"),
        ),
        good=(
            "【甲玩具】家长可带孩子到店体验，积木8折，拒收请回复R",
            "【甲消协】警惕孩子用压岁钱充值游戏，请家长留意，拒收请回复R",
        ),
        laws=(AD_40_2,),
        severity=Severity.REVIEW,
        covers=("MINORS",),
    ),
    claim(
        "IC152",
        "recruitment-fee",
        context.used(used("industry/recruitment-fee")),
        message=("“{quote}”向求职者收费", "“{quote}” asks fees of applicants"),
        advice=("删去收费，招聘不得收取押金和费用", "drop it: applicants pay nothing"),
        why="Deposits and fees before work begins are a usual form of fraud on applicants.",
        false_positives="Fees of public examinations are exempt.",
        bad=(
            Bad("【甲人力】入职前缴纳服装费200元", "入职前缴纳服装费", type=NOTIFICATION),
            Bad("【甲人力】诚聘普工，押金300元，拒收请回复R", "诚聘普工，押金"),
        ),
        good=(
            Good("【甲人力】诚聘普工，不收押金", type=NOTIFICATION),
            Good("【甲公司】您的入职手续将于${date}办理，请携带身份证", type=NOTIFICATION),
            Good("【甲人社】求职时要交押金的多为虚假宣传", type=NOTIFICATION),
            Good("【甲学院】防骗课堂：应聘前要求先付工装费或建档费的用人单位，请同学们远离", type=NOTIFICATION),
            Good("【甲街道】应聘时若对方要求交保证金，请当场拒绝并拨打12333", type=NOTIFICATION),
        ),
        laws=(AD_28,),
        severity=Severity.REVIEW,
        types=NOT_OTP,
    ),
    claim(
        "IC153",
        "recruitment-discrimination",
        used("industry/recruitment-discrimination"),
        message=("“{quote}”在招聘中歧视", "“{quote}” discriminates in recruitment"),
        advice=("删去性别、婚育、地域等限制", "drop limits of sex, marriage or origin"),
        why="Advertising must not discriminate by sex, people or religion; recruitment neither by marriage or origin.",
        false_positives="Work that the law keeps for one sex.",
        bad=(
            Bad("【甲公司】诚聘会计，女性勿扰", "诚聘会计，女性勿扰", type=NOTIFICATION),
            Bad("【甲公司】招聘文员，未婚未育", "招聘文员，未婚未育", type=NOTIFICATION),
        ),
        good=(
            Good("【甲公司】诚聘会计，男女不限", type=NOTIFICATION),
            Good("【甲人社】招聘中严禁写“男性优先”", type=NOTIFICATION),
        ),
        laws=(AD_9_9,),
        severity=Severity.REVIEW,
        types=NOT_OTP,
        repair=Drop(),
    ),
    claim(
        "IC154",
        "recruitment-age-limit",
        used("industry/recruitment-age"),
        message=("“{quote}”限制年龄", "“{quote}” limits the age"),
        advice=("如非岗位必需，删去年龄限制", "drop the age limit unless the work demands it"),
        why="An age limit without need keeps people from work; vendors and media ask for its reason.",
        false_positives="Limits that a law sets for the work.",
        bad=(
            Bad("【甲公司】招聘店员，35岁以下", "招聘店员，35岁以下", type=NOTIFICATION),
            Bad("【甲公司】急招，90后优先", "急招，90后优先", type=NOTIFICATION),
        ),
        good=(
            Good("【甲公司】招聘店员，须年满18周岁", type=NOTIFICATION),
            Good("【甲人社】严禁招聘限定“35岁以下”", type=NOTIFICATION),
        ),
        severity=Severity.ADVICE,
        types=NOT_OTP,
        repair=Drop(),
    ),
    claim(
        "IC155",
        "recruitment-bait",
        used("industry/recruitment-bait"),
        message=("“{quote}”以高薪招揽，须核实岗位", "“{quote}” baits with pay; the post must be checked"),
        advice=("写明用人单位、岗位、工作地点和薪资构成", "name employer, post, place and how the pay is made up"),
        why="High pay for no skill, night clubs and work abroad are how people are lured into crime.",
        false_positives="Daily pay of real short work; the reviewer asks for the employer.",
        bad=(
            Bad("【甲人力】诚聘，高薪无需经验", "高薪无需经验", type=NOTIFICATION),
            Bad("【甲人力】海外高薪，包食宿", "海外高薪", type=NOTIFICATION),
        ),
        good=(
            Good("【甲餐饮】诚聘服务员，月薪5000元，工作地点在甲市", type=NOTIFICATION),
            Good("【甲公安】远离境外高薪诱惑", type=NOTIFICATION),
        ),
        laws=(AD_28,),
        severity=Severity.REVIEW,
        types=NOT_OTP,
    ),
    claim(
        "IC161",
        "authority-claim",
        used("industry/authority-claim") & ~industry("GOVERNMENT"),
        message=("“{quote}”自称受国家机关委托或指定", "“{quote}” claims to act for an authority"),
        advice=("删去；确有委托的，提交委托文件并由机关名义发送", "drop it, or prove the commission"),
        why="Advertising must not use the name of state organs; fraud lives on such claims.",
        false_positives="Bodies that an authority really commissioned; the reviewer asks for the paper.",
        bad=(
            Bad("【甲服务】受工商局委托开展年检", "受工商局委托", type=NOTIFICATION),
            Bad("【甲培训】消防局指定培训机构，拒收请回复R", "消防局指定培训机构"),
        ),
        good=(
            Good("【甲街道】受民政局委托，入户调查将于${date}开始", type=NOTIFICATION, industry=Industry.GOVERNMENT),
            Good("【甲代办】本公司提供年检咨询", type=NOTIFICATION),
            Good("【甲银行】谨防自称受公安局委托的诈骗电话", type=NOTIFICATION, industry=Industry.FINANCE),
        ),
        laws=(AD_9_2,),
        severity=Severity.REVIEW,
        types=NOT_OTP,
        covers=("SIG_GOV_FINANCE",),
    ),
)
