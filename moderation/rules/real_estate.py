"""Real estate: returns, distances in minutes, kinds of area, planned facilities, permits."""

from __future__ import annotations

from moderation.rules.claims import claim, undenied
from moderation.rules.expression import industry, pattern, words
from moderation.rules.laws import AD_26, AD_26_1, AD_26_2, AD_26_4
from moderation.rules.repair import Add, Drop, DropClause
from moderation.rules.rule import Bad, Good, ReasonCategory, Severity
from moderation.text.template import Industry

ESTATE = words("industry/real-estate") | industry("REAL_ESTATE")
AREA_KIND_WINDOW = 12
"""Characters between an area and the words that say which kind it is."""

RULES = (
    claim(
        "IC108",
        "real-estate-claim",
        undenied(words("industry/real-estate-claim") | pattern("estate-gain") & ESTATE),
        message=("房地产不得宣称“{quote}”", "real estate must not claim “{quote}”"),
        advice=("删去升值、租金和回报承诺", "drop appreciation, rents and returns"),
        why="Real estate advertising must not promise appreciation or returns.",
        false_positives="Property management notices.",
        bad=(
            Bad("【甲地产】以租养贷的旺铺，拒收请回复R", "以租养贷"),
            Bad("【甲地产】地段升值空间看得见，欢迎品鉴，拒收请回复R", "地段升值空间"),
            Bad("【甲地产】公寓交房后身价翻倍，欢迎品鉴，拒收请回复R", "交房后身价翻倍"),
        ),
        good=(
            "【甲地产】距地铁站800米，建筑面积约89平方米，拒收请回复R",
            "【甲家装】设计方案8折，拒收请回复R",
            "【甲住建】谨防售后包租骗局，拒收请回复R",
            "【甲租车】周末包租车8折，拒收请回复R",
            "【甲超市】会员储值每月返5%电子券，限100名，拒收请回复R",
        ),
        laws=(AD_26_1,),
        covers=("RE_RETURN",),
        repair=DropClause(),
    ),
    claim(
        "IC131",
        "travel-time",
        words("industry/travel-time") & ESTATE,
        message=("“{quote}”以所需时间表示位置", "“{quote}” tells the place by travel time"),
        advice=("改为米数，如“距地铁站约800米”", "give metres: 距地铁站约800米"),
        why="Real estate advertising must not describe a place by the time it takes to get to a landmark.",
        false_positives="Timetables of shuttle buses; other trades are not concerned.",
        bad=(
            Bad("【甲地产】距地铁5分钟，建筑面积89平方米，拒收请回复R", "距地铁5分钟"),
            Bad("【甲地产】湖景洋房，10分钟直达市中心，拒收请回复R", "分钟直达市中心"),
            Bad("【甲地产】半小时生活圈，欢迎品鉴，拒收请回复R", "半小时生活圈", industry=Industry.REAL_ESTATE),
        ),
        good=(
            "【甲地产】洋房距地铁站800米，拒收请回复R",
            "【甲餐饮】距地铁5分钟，火锅会员8折，拒收请回复R",
            "【甲地产】看房专车从地铁口出发，每30分钟一班，样板间开放，拒收请回复R",
        ),
        laws=(AD_26_2,),
        covers=("RE_TIME_DISTANCE",),
    ),
    claim(
        "IC132",
        "area-kind-missing",
        pattern("area").apart(words("industry/area-kind"), within=AREA_KIND_WINDOW)
        & ESTATE
        & ~words("industry/decoration"),
        message=("“{quote}”没有写明是建筑面积还是套内建筑面积", "“{quote}” does not say which kind of area it is"),
        advice=("写“建筑面积约…㎡”或“套内建筑面积约…㎡”", "write 建筑面积约…㎡ or 套内建筑面积约…㎡"),
        why="The area must be named as gross floor area or usable area.",
        false_positives="Areas of gardens and of the whole project.",
        bad=(
            Bad("【甲地产】洋房在售，89平米起，拒收请回复R", "89平米"),
            Bad("【甲地产】样板间开放，120-140㎡阔景，拒收请回复R", "120-140㎡"),
        ),
        good=(
            "【甲地产】建筑面积约89平米洋房在售，拒收请回复R",
            "【甲家装】89平米装修套餐8折，拒收请回复R",
            "【甲酒店】30平米大床房会员8折，拒收请回复R",
            "【甲整装】89平米两居装修套餐8折，拒收请回复R",
            Good("【甲地产】样板间开放，欢迎品鉴，拒收请回复R", industry=Industry.REAL_ESTATE),
        ),
        laws=(AD_26,),
        severity=Severity.REVIEW,
        covers=("RE_AREA",),
    ),
    claim(
        "IC133",
        "planned-facility",
        words("industry/planned-facility") & ESTATE & ~words("industry/planning-notice"),
        message=("“{quote}”尚未建成而没有说明", "“{quote}” is not built yet and the text does not say so"),
        advice=("注明“规划中，以政府批准为准”", "add 规划中，以政府批准为准"),
        why="Planned roads, schools and shops must not mislead: the text has to say that they are planned.",
        false_positives="Facilities that open on a day that the authority has announced.",
        bad=(
            Bad("【甲地产】洋房在售，地铁即将开通，拒收请回复R", "地铁即将开通"),
            Bad("【甲地产】未来地铁上盖公寓，欢迎品鉴，拒收请回复R", "未来地铁"),
        ),
        good=(
            "【甲地产】洋房在售，地铁即将开通，以政府批准为准，拒收请回复R",
            "【甲商场】地铁即将开通，周年庆全场8折，拒收请回复R",
        ),
        laws=(AD_26_4,),
        severity=Severity.REVIEW,
        covers=("RE_PLANNING",),
        repair=Add("周边设施规划中，以政府批准为准"),
    ),
    claim(
        "IC134",
        "sale-permit-missing",
        words("industry/real-estate-sale") & ESTATE & ~words("industry/sale-permit"),
        message=("售房“{quote}”没有写开发企业和预售许可证号", "“{quote}” names neither developer nor sale permit"),
        advice=("写明开发企业名称和预售许可证号", "name the developer and the number of the permit"),
        why="Buyers must be able to see who sells and by what permit.",
        false_positives="Resale and lettings.",
        bad=(
            Bad("【甲地产】洋房盛大开盘，拒收请回复R", "开盘"),
            Bad("【甲地产】旺铺首付30万，拒收请回复R", "首付"),
        ),
        good=(
            "【甲地产】洋房盛大开盘，预售许可证号000000，开发商甲公司，拒收请回复R",
            "【甲汽车】新车首付3万起，拒收请回复R",
        ),
        severity=Severity.ADVICE,
        category=ReasonCategory.MISSING_RISK_DISCLOSURE,
        covers=("RE_PERMIT",),
    ),
    claim(
        "IC135",
        "real-estate-promise",
        undenied(words("industry/real-estate-promise") | pattern("estate-promise")) & ESTATE,
        message=("“{quote}”承诺入学、落户、首付或风水", "“{quote}” promises school, residence, payment or luck"),
        advice=("删去，入学和落户以主管部门政策为准", "drop it; authorities decide on schools and residence"),
        why="Schools and residence are decided by authorities; to sell them with a home misleads.",
        false_positives="Agents that state the school district as published by the authority.",
        bad=(
            Bad("【甲地产】学区房在售，拒收请回复R", "学区房"),
            Bad("【甲地产】公寓零首付，拒收请回复R", "零首付"),
            Bad("【甲地产】住宅一套搞定落户，拒收请回复R", "搞定落户"),
        ),
        good=(
            "【甲地产】洋房在售，欢迎品鉴，拒收请回复R",
            "【甲住建】购房提示：禁止首付贷等违规宣传，拒收请回复R",
            "【甲汽车】购车零首付，利率以审批为准，拒收请回复R",
        ),
        laws=(AD_26_4,),
        severity=Severity.REVIEW,
        covers=("RE_PLANNING",),
        repair=Drop(),
    ),
)
