"""Trades of goods and care: beauty, medicine, property, lessons, games, drinks, phones, carriers."""

from __future__ import annotations

from moderation.rules.rule import Rule, Severity
from moderation.rules.trades import notice, trade
from moderation.text.template import TemplateType

NOT_OTP = (TemplateType.NOTIFICATION, TemplateType.MARKETING)

RULES: tuple[Rule, ...] = (
    trade(
        "RT152",
        "beauty",
        ("美容美发", "beauty salons"),
        (
            ("【甲美】美容院周年店庆，拒收请回复R", "美容院周年"),
            ("【甲美】烫染会员价5折，拒收请回复R", "烫染会员价"),
        ),
        (
            notice("【甲商城】您购买的护肤礼盒已发货"),
            notice("【甲社区】理发室周三停电，请改日前来"),
        ),
    ),
    trade(
        "RT155",
        "health-care",
        ("保健养生", "health care and tonics"),
        (
            ("【甲养】养生讲座周六举行，拒收请回复R", "养生讲座"),
            ("【甲养】滋补礼盒特惠，拒收请回复R", "滋补礼盒"),
        ),
        (
            notice("【甲物流】您购买的益生菌已签收"),
            notice("【甲社区】卫生保健所周三更换办公地点"),
        ),
    ),
    trade(
        "RT156",
        "elder-care",
        ("养老推广", "homes for the old"),
        (
            ("【甲康】养老公寓开放参观，拒收请回复R", "养老公寓开放参观"),
            ("【甲康】康养基地床位预订，拒收请回复R", "康养基地床位"),
        ),
        (
            notice("【甲人社】您本月养老金已发放"),
            notice("【甲社区】老年食堂周三菜单已更新"),
        ),
    ),
    trade(
        "RT157",
        "real-estate",
        ("房产推广", "real estate"),
        (
            ("【甲地产】样板间开放，欢迎品鉴，拒收请回复R", "样板间开放"),
            ("【甲地产】三居户型首付30万起，拒收请回复R", "户型首付"),
        ),
        (
            notice("【甲酒店】您预订的公寓房可于14点后入住"),
            notice("【甲房管】您的不动产证已办好，请领取"),
        ),
        types=NOT_OTP,
        covers=(
            "RE_GAME_EDU_OTP_ONLY",
            "PC_RESTRICTED_TRADES",
        ),
    ),
    trade(
        "RT158",
        "training",
        ("教育培训推广", "training"),
        (
            ("【甲教育】免费试听两节，6月30日止，拒收请回复R", "免费试听"),
            ("【甲教育】秋季作文班学费九折，拒收请回复R", "作文班学费"),
        ),
        (
            notice("【甲学校】孩子的兴趣班本周停课一次"),
            notice("【甲考试院】您的自考成绩已公布"),
        ),
        types=NOT_OTP,
        covers=(
            "RE_GAME_EDU_OTP_ONLY",
            "PC_RESTRICTED_TRADES",
        ),
    ),
    trade(
        "RT159",
        "game",
        ("游戏推广", "games"),
        (
            ("【甲互娱】新服开启，礼遇等您，拒收请回复R", "新服开启"),
            ("【甲互娱】新服福利，登录可领，拒收请回复R", "新服福利"),
        ),
        (
            notice("【甲学校】亲子游戏日活动改到周六上午"),
            notice("【甲商城】您购买的积木玩具已发货"),
        ),
        types=NOT_OTP,
        covers=(
            "RE_GAME_EDU_OTP_ONLY",
            "PC_RESTRICTED_TRADES",
        ),
    ),
    trade(
        "RT160",
        "board-game",
        ("棋牌", "card and board games"),
        (
            ("【甲互娱】斗地主新赛季开始，拒收请回复R", "斗地主"),
            ("【甲互娱】掼蛋大奖赛在线开战，拒收请回复R", "掼蛋大奖赛"),
        ),
        (
            notice("【甲商城】您购买的家用麻将机已安装"),
            notice("【甲社区】棋牌室周三消杀，暂停开放"),
        ),
    ),
    trade(
        "RT161",
        "lottery-ticket",
        ("彩票", "lottery tickets"),
        (
            ("【甲】双色球今晚开奖，理性购彩", "双色球"),
            ("【甲】奖池超10亿元，理性参与", "奖池超10亿元"),
        ),
        (
            notice("【甲商城】年会开奖名单已公布"),
            "【甲铃】订购彩铃可在官网办理，拒收请回复R",
            "【甲美妆】整体彩妆课会员8折，拒收请回复R",
            "【甲景区】幸福彩虹步道开放，会员票8折，拒收请回复R",
            "【甲美妆】十足彩感口红会员8折，拒收请回复R",
        ),
    ),
    trade(
        "RT163",
        "tea",
        ("茶叶推广", "tea"),
        (
            ("【甲茶】春茶上市，会员9折，拒收请回复R", "春茶上市"),
            ("【甲茶】头采古树茶每斤398元，拒收请回复R", "头采古树茶"),
        ),
        (
            notice("【甲物流】您的茶叶已签收"),
            "【甲餐饮】奶茶新品第二杯半价，拒收请回复R",
        ),
    ),
    trade(
        "RT164",
        "fur",
        ("皮草", "furs"),
        (
            ("【甲服饰】貂皮大衣到店，会员8折，拒收请回复R", "貂皮大衣"),
            ("【甲服饰】狐狸毛反季清仓，拒收请回复R", "狐狸毛反季"),
        ),
        (
            notice("【甲干洗】您送洗的狐狸毛领外套可取了"),
            "【甲服饰】羊绒衫会员8折，拒收请回复R",
        ),
    ),
    trade(
        "RT165",
        "adult",
        ("成人用品", "adult goods"),
        (
            ("【甲】情趣内衣会员8折，拒收请回复R", "情趣内衣"),
            ("【甲】男性持久，放心选购，拒收请回复R", "男性持久"),
        ),
        (
            notice("【甲民政】夫妻双方请持证件到二楼办理登记"),
            notice("【甲燃气】厨房安全套餐服务已上门完成"),
        ),
    ),
    trade(
        "RT166",
        "counterfeit",
        ("高仿与A货", "counterfeits"),
        (
            ("高仿名表，一折起", "高仿"),
            ("大牌同厂品质，价格一折", "大牌同厂"),
        ),
        (
            "【甲科技】提高仿真精度的新软件已上线，会员8折，拒收请回复R",
            notice("【甲奢品】您寄存的名表保养已完成"),
        ),
        warned="【甲市监】谨防高仿商品，购物请索取发票",
        severity=Severity.REVIEW,
    ),
    trade(
        "RT167",
        "phone-sale",
        ("手机买卖与租机", "phones for sale or rent"),
        (
            ("【甲数码】租手机免运费，拒收请回复R", "租手机"),
            ("【甲数码】最新机型免押，拒收请回复R", "机型免押"),
        ),
        (
            notice("【甲维修】您送修的手机已修好，请凭单领取"),
            notice("【甲数码】您购买的手机已发货"),
        ),
    ),
    trade(
        "RT168",
        "software-sale",
        ("软件售卖", "software for sale"),
        (
            ("【甲软件】拓客系统上线，拒收请回复R", "拓客系统"),
            ("【甲软件】收银系统免费试用，拒收请回复R", "收银系统免费试用"),
        ),
        (
            notice("【甲公司】ERP今晚22点升级，暂停登录"),
            notice("【甲学校】选课软件今日维护"),
        ),
    ),
    trade(
        "RT169",
        "car-sale",
        ("汽车销售", "car sales"),
        (
            ("【甲汽车】试驾有礼，周末到店，拒收请回复R", "试驾有礼"),
            ("【甲汽车】现车直降2万，拒收请回复R", "现车直降"),
        ),
        (
            notice("【甲汽车】您的新车牌照已办好，请到店领取"),
            notice("【甲交管】新车登记请提前预约"),
        ),
    ),
    trade(
        "RT170",
        "operator-business",
        ("运营商业务推广", "carriers' business"),
        (
            ("【甲通信】移动用户可办理新业务", "移动用户"),
            ("【甲通信】电信新装宽带立减，拒收请回复R", "电信新装宽带"),
        ),
        (
            "【甲软件】移动端已支持夜间模式，会员8折，拒收请回复R",
            notice("【甲公安】电信诈骗多发，话费转账请核实"),
            notice("【甲景区】客流量大，免费用餐券请错峰使用"),
        ),
        covers=("PC_OPERATOR_WORDS",),
    ),
)
