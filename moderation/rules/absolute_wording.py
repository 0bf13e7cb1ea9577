"""Absolute wording: claims to be the best, the first, the only one, or certain to work."""

from __future__ import annotations

from moderation.rules.expression import words
from moderation.rules.laws import AD_9_1_2, AD_9_3, AD_13, AD_28
from moderation.rules.rule import Bad, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)

RULES = (
    Rule(
        id="AW101",
        name="absolute-term",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_9_3,),
        when=words("advertising/absolute").apart(words("context/fraud-warning"), within=25),
        message={"zh": "“{quote}”属于绝对化用语", "en": "“{quote}” is absolute wording"},
        advice={
            "zh": "删去，或改为可证实的事实，如门店数、开业年份、检测编号",
            "en": "drop it, or state a fact that can be proved: number of shops, founding year, certificate number",
        },
        why="The law forbids 国家级, 最高级, 最佳 and what means the same, whatever the goods.",
        false_positives="Brand names and awards that contain such a word; quote the award's full name with its year.",
        bad=(
            Bad("【甲食品】国家级品质月饼，会员8折，详询400-000-0000，拒收请回复R", "国家级"),
            Bad("【甲家居】第一品牌沙发周末特惠，拒收请回复R", "第一品牌"),
        ),
        good=(
            "【甲食品】请于最佳赏味期7天内食用，会员8折，拒收请回复R",
            "【甲影城】周末最后一场19:30开映，会员票价35元，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="AW102",
        name="ranking-claim",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_9_3,),
        when=words("advertising/ranking").outside(words("advertising/absolute")),
        message={"zh": "“{quote}”宣称排名，须有依据", "en": "“{quote}” claims a rank and needs proof"},
        advice={
            "zh": "写明时间、地域、范围和数据来源，或删去排名",
            "en": "name period, area, scope and source of the figure, or drop the rank",
        },
        why="A rank is absolute wording unless it is a true fact bounded in time and place.",
        false_positives="Rankings that are provable facts; the reviewer asks for the proof.",
        bad=(
            Bad("【甲家电】行业第一的净水器，周末8折，拒收请回复R", "行业第一"),
            Bad("【甲母婴】口碑榜首的奶瓶上新，到店9折，拒收请回复R", "榜首"),
        ),
        good=(
            "【甲商城】第一次下单的会员立减10元，拒收请回复R",
            "【甲商城】我们会在第一时间为会员发货，全场9折，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="AW103",
        name="superlative",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_9_3,),
        when=words("advertising/superlative").outside(words("advertising/absolute")),
        message={"zh": "“{quote}”是最高级形容，易构成绝对化用语", "en": "“{quote}” is a superlative"},
        advice={"zh": "改为具体描述，如“口感清爽”“低至99元”", "en": "describe the goods instead of ranking them"},
        why="最 with an adjective about the goods is read as absolute wording by the authorities.",
        false_positives="Limits and times (最多可领, 最迟, 最新) are not superlatives about goods.",
        bad=(
            Bad("【甲果园】最好吃的橙子到货，会员9折，拒收请回复R", "最好吃"),
            Bad("【甲数码】最先进的耳机上市，到店试听，拒收请回复R", "最先进"),
        ),
        good=(
            "【甲商城】会员日最多可领3张券，6月30日止，拒收请回复R",
            "【甲商城】最新活动：会员到店8折，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="AW104",
        name="certain-effect",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28,),
        when=words("advertising/effect"),
        message={"zh": "“{quote}”承诺绝对效果", "en": "“{quote}” promises a certain effect"},
        advice={"zh": "删去，或写明检测依据与适用条件", "en": "drop it, or name the test and the conditions"},
        why="An effect that is said to be certain misleads unless it is proved for everybody.",
        false_positives="Material contents such as 100%纯棉 are facts and are not listed.",
        bad=(
            Bad("【甲护肤】百分百有效的祛痘套装，会员8折，拒收请回复R", "百分百有效"),
            Bad("【甲生活】除螨100%有效，到店体验，拒收请回复R", "100%有效"),
        ),
        good=(
            "【甲服饰】100%纯棉T恤99元，拒收请回复R",
            "【甲商城】正品保证，假一赔三，会员8折，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="AW105",
        name="state-endorsement",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_9_1_2, AD_28),
        when=words("advertising/endorsement"),
        message={
            "zh": "“{quote}”借国家机关或虚假荣誉作推荐",
            "en": "“{quote}” borrows the authority of the state or a void title",
        },
        advice={"zh": "删去该说法", "en": "drop it"},
        why="Advertising must not use state organs as endorsement, nor titles that no longer exist.",
        false_positives="Notices of state organs themselves are notifications, not marketing.",
        bad=(
            Bad("【甲酒业】国宴专用白酒，会员8折，拒收请回复R", "国宴专用"),
            Bad("【甲食品】国家免检产品，到店9折，拒收请回复R", "国家免检"),
        ),
        good=(
            "【甲食品】通过有机产品认证，会员9折，拒收请回复R",
            "【甲酒店】国庆假期家宴预订，会员9折，拒收请回复R",
        ),
        since="0.1.0",
    ),
    Rule(
        id="AW106",
        name="disparaging-comparison",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_13,),
        when=words("advertising/comparison"),
        message={"zh": "“{quote}”贬低其他经营者", "en": "“{quote}” disparages other businesses"},
        advice={"zh": "只写自己的产品，不作比较", "en": "speak of your own goods only"},
        why="An advertisement must not disparage the goods or services of others.",
        false_positives="Neutral comparison with one's own earlier product.",
        bad=(
            Bad("【甲数码】吊打同行的音质，会员8折，拒收请回复R", "吊打同行"),
            Bad("【甲家电】秒杀同行的静音空调，到店9折，拒收请回复R", "秒杀同行"),
        ),
        good=(
            "【甲家电】新款比上一代省电10%，会员9折，拒收请回复R",
            "【甲数码】限时秒杀6月18日20点开始，拒收请回复R",
        ),
        since="0.1.0",
    ),
)
