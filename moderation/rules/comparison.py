"""Endorsement and comparison: the state's authority, void honours, disparagement, figures and patents without proof."""

from __future__ import annotations

from moderation.rules.exemptions import WARNING, WARNING_WINDOW
from moderation.rules.expression import pattern, words
from moderation.rules.laws import AD_9_1_2, AD_11, AD_12, AD_13, AD_28
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)
SOURCE = words("advertising/source")
ENDORSED = words("advertising/endorsement")

RULES = (
    Rule(
        id="AW105",
        name="state-endorsement",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REJECT,
        types=MARKETING,
        laws=(AD_9_1_2,),
        when=ENDORSED.apart(WARNING, within=WARNING_WINDOW),
        message={"zh": "“{quote}”以国家机关名义作推荐", "en": "“{quote}” borrows the authority of the state"},
        advice={"zh": "删去该说法", "en": "drop it"},
        why="Advertising must not use the name or image of state organs, their staff, flag or emblem.",
        false_positives="Notices of state organs themselves are notifications, not marketing.",
        bad=(
            Bad("【甲酒业】国宴专用白酒，会员8折，拒收请回复R", "国宴专用"),
            Bad("【甲茶业】中南海特供茶到店，会员8折，拒收请回复R", "中南海特供"),
            Bad("【甲净水】卫健委权威推荐，会员8折，拒收请回复R", "卫健委权威推荐"),
            Bad("【甲净水】国家质检总局推荐品牌，会员8折，拒收请回复R", "国家质检总局推荐"),
        ),
        good=(
            "【甲食品】通过有机产品认证，会员9折，拒收请回复R",
            "【甲酒店】国庆假期家宴预订，会员9折，拒收请回复R",
            "【甲超市】谨防假冒“特供酒”，会员请认准本店，拒收请回复R",
        ),
        since="0.1.0",
        covers=("STATE_ENDORSE",),
        repair=Drop(),
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
            Bad("【甲超市】别家卖的都是假货，到店9折，拒收请回复R", "别家卖的都是假货"),
            Bad("【甲家电】比某牌更省电更便宜，到店9折，拒收请回复R", "比某牌更省电更便宜"),
        ),
        good=(
            "【甲家电】新款比上一代省电10%，会员9折，拒收请回复R",
            "【甲数码】限时秒杀6月18日20点开始，拒收请回复R",
            "【甲影城】大牌好片比较多，会员9折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("CMP_DISPARAGE",),
        repair=Drop(),
    ),
    Rule(
        id="AW107",
        name="void-honour",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_28,),
        when=words("advertising/honor").outside(ENDORSED).apart(WARNING, within=WARNING_WINDOW),
        message={
            "zh": "“{quote}”是失实或不得用于广告的荣誉",
            "en": "“{quote}” is an honour that is void or not to be advertised",
        },
        advice={
            "zh": "删去，或写明颁发机关、年份和证书编号",
            "en": "drop it, or name the body, the year and the certificate",
        },
        why="国家免检 no longer exists, 驰名商标 must not be advertised, and broadcasters recommend no goods.",
        false_positives="Programmes named as such: a text that tells where an advertisement is broadcast.",
        bad=(
            Bad("【甲食品】国家免检产品，到店9折，拒收请回复R", "国家免检"),
            Bad("【甲服饰】中国驰名商标，到店9折，拒收请回复R", "中国驰名商标"),
            Bad("【甲家纺】央视权威上榜，到店9折，拒收请回复R", "央视权威上榜"),
        ),
        good=(
            "【甲律所】驰名商标认定讲座，会员免费，6月18日14点，拒收请回复R",
            "【甲影院】央视春晚同步直播，会员9折，拒收请回复R",
            "【甲食品】质检局推荐产品，到店9折，拒收请回复R",
            "【甲超市】谨防“国家免检”标签，会员请认准本店，拒收请回复R",
        ),
        since="0.1.0",
        covers=("FAKE_HONOR",),
        repair=Drop(),
    ),
    Rule(
        id="AW108",
        name="figure-without-source",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_11,),
        when=(words("advertising/citation") | pattern("figure-claim")) & ~SOURCE,
        message={"zh": "“{quote}”引用数据却没有出处", "en": "“{quote}” cites figures without their source"},
        advice={
            "zh": "写明出处和时间，如“据本店2025年问卷（样本500）”",
            "en": "name source and period, such as 据本店2025年问卷（样本500）",
        },
        why="Data, statistics and survey results in an advertisement must be true, exact and name their source.",
        false_positives="Figures of the sender's own business; name the source, such as 后台统计.",
        bad=(
            Bad("【甲护肤】95%的用户满意，会员8折，拒收请回复R", "95%的用户满意"),
            Bad("【甲护肤】实验证明7天变亮，会员8折，拒收请回复R", "实验证明"),
            Bad("【甲家电】累计销售突破百万台，会员8折，拒收请回复R", "销售突破百万台"),
        ),
        good=(
            "【甲护肤】据本店2025年问卷（样本500），95%的用户满意，会员8折，拒收请回复R",
            "【甲护肤】会员95折，6月30日止，拒收请回复R",
        ),
        since="0.1.0",
        covers=("CMP_NO_SOURCE",),
    ),
    Rule(
        id="AW109",
        name="patent-without-number",
        category=ReasonCategory.ABSOLUTE_WORDING,
        severity=Severity.REVIEW,
        types=MARKETING,
        laws=(AD_12,),
        when=words("advertising/patent") & ~pattern("patent-number"),
        message={
            "zh": "“{quote}”没有标明专利号和专利种类",
            "en": "“{quote}” names neither number nor kind of the patent",
        },
        advice={"zh": "写明专利种类和专利号，或删去专利", "en": "name kind and number of the patent, or drop it"},
        why="An advertisement that speaks of a patent must give its number and kind; an application is no patent.",
        false_positives="Services that deal with patents: filing, search, courses.",
        bad=(
            Bad("【甲家纺】专利技术枕头，会员8折，拒收请回复R", "专利技术"),
            Bad("【甲厨具】荣获三项专利认证，会员8折，拒收请回复R", "荣获三项专利"),
        ),
        good=(
            "【甲厨具】实用新型专利ZL202320000000.0，会员8折，拒收请回复R",
            "【甲事务所】专利年费缴费日为6月18日，会员8折，拒收请回复R",
        ),
        since="0.1.0",
        covers=("PATENT_NO_NUMBER",),
    ),
)
