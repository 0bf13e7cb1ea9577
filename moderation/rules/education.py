"""Education and training: promised results, examiners, endorsements."""

from __future__ import annotations

from moderation.rules import context
from moderation.rules.claims import NOT_OTP, claim, undenied, used
from moderation.rules.expression import Expression, industry, pattern, words
from moderation.rules.laws import AD_24_1, AD_24_2, AD_24_3, EDUCATION_80
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Severity
from moderation.text.template import TemplateType

EDUCATION_WINDOW = 40
"""Characters between a promise and the words that show that it is about training."""


def _taught(kind: str) -> Expression:
    """Hold for patterned text of a kind where the text is about training."""
    return pattern(kind).near(
        words("industry/education", "industry/training-outcome"), within=EDUCATION_WINDOW
    ) | pattern(kind) & industry("EDUCATION")


RULES = (
    claim(
        "IC107",
        "education-claim",
        undenied(words("industry/education-claim") | _taught("exam")),
        message=("教育培训不得承诺“{quote}”", "training must not promise “{quote}”"),
        advice=("删去对成绩、录取、通过的承诺", "drop promises of results, admission or passing"),
        why="Training must not promise passing, admission, degrees or effect, directly or by refunds that imply it.",
        false_positives="Refund terms that promise no result.",
        bad=(
            Bad("【甲教育】考研保录取，拒收请回复R", "保录取"),
            Bad("【甲教育】会计考试包您过，拒收请回复R", "考试包您过"),
            Bad("【甲驾校】科目二包过，拒收请回复R", "包过"),
            Bad("【甲教育】托福班保100分，寒假班报名，拒收请回复R", "保100分"),
            Bad("【甲培训】会计中级躺着就能过，拒收请回复R", "躺着就能过"),
        ),
        good=(
            "【甲教育】考研冲刺班开课，会员9折，拒收请回复R",
            "【甲教育】英语课程试听2节，6月30日止，拒收请回复R",
            "【甲教育】本机构不承诺保过，冲刺班会员9折，拒收请回复R",
            "【甲银行】红包过期提醒：会员8折券6月30日止，拒收请回复R",
            "【甲物流】快件确保5分钟揽收，一次通过安检，会员8折，拒收请回复R",
        ),
        laws=(AD_24_1,),
        covers=("EDU_PROMISE",),
        repair=Drop(),
    ),
    claim(
        "IC121",
        "education-implied-promise",
        undenied(words("industry/education-implied") | _taught("score-gain") | _taught("mind"))
        & ~words("industry/recruitment"),
        message=("“{quote}”暗示学习效果", "“{quote}” implies a result of training"),
        advice=("删去，改写课时、内容和师资", "drop it; state hours, contents and teachers"),
        why="Implied promises of results count as promises.",
        false_positives="Statements of course length.",
        bad=(
            Bad("【甲驾校】快速拿证，欢迎报名，拒收请回复R", "快速拿证"),
            Bad("【甲教育】冲刺班30天提高100分，拒收请回复R", "天提高100分"),
            Bad("【甲教育】记忆力提升5倍，少儿课程8折，6月30日止，拒收请回复R", "记忆力提升5倍"),
        ),
        good=(
            "【甲驾校】学车会员优惠200元，6月30日止，拒收请回复R",
            "【甲教育】不保证快速提分，循序渐进，暑期班报名，拒收请回复R",
            "【甲银行】信用分上涨20分可享会员8折，拒收请回复R",
            "【甲教育】诚聘英语老师，月薪8千，拒收请回复R",
        ),
        laws=(AD_24_1,),
        severity=Severity.REVIEW,
        covers=("EDU_PROMISE",),
        repair=Drop(),
    ),
    claim(
        "IC122",
        "education-examiner",
        undenied(words("industry/education-examiner") | _taught("examiner")),
        message=("“{quote}”暗示考试机构或命题人员参与培训", "“{quote}” implies that examiners take part"),
        advice=("删去命题、阅卷、考官等说法", "drop examiners and graders"),
        why="Training must not claim that examining bodies or their staff take part.",
        false_positives="Examining bodies that speak for themselves are notifications.",
        bad=(
            Bad("【甲教育】命题人授课，名额有限，拒收请回复R", "命题人"),
            Bad("【甲教育】雅思考官坐镇，暑期班报名，拒收请回复R", "考官坐镇"),
            Bad("【甲教育】主讲曾参与高考阅卷，寒假班报名，拒收请回复R", "参与高考阅卷"),
        ),
        good=(
            "【甲教育】暑期班由专职教师授课，拒收请回复R",
            "【甲教育】切勿相信命题人授课的宣传，暑期班报名，拒收请回复R",
        ),
        laws=(AD_24_2,),
        covers=("EDU_EXAMINER",),
        repair=Drop(),
    ),
    claim(
        "IC123",
        "education-endorsement",
        used("industry/education-endorsement"),
        message=("“{quote}”以学校、专家或受益者作推荐", "“{quote}” uses schools, experts or pupils as proof"),
        advice=("删去推荐和学员成绩证明", "drop endorsements and pupils' results"),
        why="Training must not use schools, experts or beneficiaries as endorsement.",
        false_positives="Where a teacher studied is a fact about the teacher.",
        bad=(
            Bad("【甲教育】状元推荐的英语课程，拒收请回复R", "状元推荐"),
            Bad("【甲教育】我们的学员考上清华，寒假班报名，拒收请回复R", "学员考上清华"),
        ),
        good=(
            "【甲教育】英语课由北大毕业的教师主讲，拒收请回复R",
            "【甲教育】抵制以专家推荐为名的培训广告，拒收请回复R",
            "【甲书店】教授推荐书目8折，考研课程同步上线，拒收请回复R",
        ),
        laws=(AD_24_3,),
        severity=Severity.REVIEW,
        covers=("EDU_ENDORSE",),
        repair=Drop(),
    ),
    claim(
        "PC120",
        "academic-fraud",
        context.used(used("prohibited/academic-fraud")),
        message=("“{quote}”涉嫌考试作弊或代写论文", "“{quote}” points to cheating or ghost-written theses"),
        advice=("该内容不得发送，请删去", "this must not be sent; remove it"),
        why="To sit examinations, write theses or earn credits for others is unlawful; so are certificates without.",
        false_positives="Warnings of schools; denials and warnings near the words exempt them",
        bad=(
            Bad("【甲教育】网课代刷，按门结账，拒收请回复R", "网课代刷"),
            Bad("【甲咨询】硕士论文代笔，拒收请回复R", "论文代笔"),
        ),
        good=(
            Good("【甲大学】严禁网课代刷，违者按校规处理", type=TemplateType.NOTIFICATION),
            Good("【甲公安】凡声称交钱包过、免考办证的均为诈骗", type=TemplateType.NOTIFICATION),
            "【甲书店】论文写作课程8折，6月30日止，拒收请回复R",
        ),
        laws=(EDUCATION_80,),
        category=ReasonCategory.PROHIBITED_CONTENT,
        types=NOT_OTP,
        covers=("EDU_CHEAT",),
    ),
)
