"""Kinds of promotion that vendors refuse, whatever is sold."""

from __future__ import annotations

from moderation.rules.rule import ReasonCategory, Rule
from moderation.rules.trades import notice, trade

PROMOTION = ReasonCategory.CONDITIONAL_PROMO

RULES: tuple[Rule, ...] = (
    trade(
        "RT181",
        "coupon",
        ("优惠券推广", "coupons"),
        (
            ("【甲商城】会员优惠券待您使用，拒收请回复R", "优惠券"),
            ("【甲商城】您的100元购物券今日到账，拒收请回复R", "购物券今日到账"),
        ),
        (
            notice("【甲商场】购物券已使用，感谢惠顾"),
            notice("【甲商城】优惠券已使用，订单${no}支付成功"),
        ),
        category=PROMOTION,
        covers=("PROMO_COUPON",),
    ),
    trade(
        "RT182",
        "card-promotion",
        ("会员卡与储值卡推广", "membership and prepaid cards"),
        (
            ("【甲超市】充值有礼，详询门店，拒收请回复R", "充值有礼"),
            ("【甲健身】年卡限时买一送一，拒收请回复R", "年卡限时"),
        ),
        (
            notice("【甲健身】您的会员卡将于6月30日到期"),
            notice("【甲超市】您的会员卡余额为${amount}元"),
        ),
        category=PROMOTION,
        covers=("PROMO_COUPON",),
    ),
    trade(
        "RT183",
        "points",
        ("积分兑换与清零", "points to redeem"),
        (
            ("【甲商城】积分兑换开始，拒收请回复R", "积分兑换"),
            ("【甲商城】您有8000积分，月底前可换礼品，拒收请回复R", "积分，月底前可换"),
        ),
        (
            notice("【甲商城】本次消费获得120积分，感谢惠顾"),
            notice("【甲学校】校园足球积分榜已更新"),
        ),
        category=PROMOTION,
        covers=("PROMO_POINTS",),
    ),
    trade(
        "RT184",
        "survey",
        ("问卷调查", "surveys"),
        (
            ("【甲商城】邀请您填写问卷，拒收请回复R", "填写问卷"),
            ("【甲商城】占用您3分钟参与调研，拒收请回复R", "参与调研"),
        ),
        (
            notice("【甲医院】流行病学调查工作人员将与您联系"),
            notice("【甲公司】事故调查报告已公布，请登录查看"),
        ),
        category=PROMOTION,
        covers=("PROMO_SURVEY",),
    ),
    trade(
        "RT185",
        "user-recall",
        ("拉新与召回", "winning and winning back users"),
        (
            ("【甲商城】邀请好友一起来，拒收请回复R", "邀请好友"),
            ("【甲商城】好久不见，为您准备回来礼遇，拒收请回复R", "好久不见，为您准备回来"),
        ),
        (
            notice("【甲网校】您的账号注册成功，初始密码为${code}"),
            notice("【甲供水】水表久未抄见，请致电预约"),
        ),
        category=PROMOTION,
        covers=("PROMO_INVITE",),
    ),
    trade(
        "RT186",
        "visit-invitation",
        ("邀请到店", "invitations to a shop"),
        (
            ("【甲商城】诚邀您到店品鉴，拒收请回复R", "诚邀您到店"),
            ("【甲商城】进店礼遇，诚邀品鉴，拒收请回复R", "进店礼遇，诚邀"),
        ),
        (
            notice("【甲眼镜】您的镜片已到店，请凭单取镜"),
            notice("【甲商城】您的订单可到店领取"),
        ),
        category=PROMOTION,
        covers=("PROMO_INVITE",),
    ),
    trade(
        "RT187",
        "one-yuan",
        ("一元夺宝与零元购", "sales for one yuan or nothing"),
        (
            ("【甲商城】1元秒杀今晚开始，拒收请回复R", "1元秒杀"),
            ("【甲商城】一分钱好物带走，拒收请回复R", "一分钱好物带走"),
        ),
        (
            "【甲商城】爆款101元秒杀、201元抢购，加301元换购，满401元购物减20元，拒收请回复R",
            "【甲商城】爆款二十一元秒杀、二十一元抢购，加三十一元换购，满四十一元购物减三元，拒收请回复R",
            "【甲商城】爆款100元秒杀、200元抢购，加300元换购，满400元购物减20元，拒收请回复R",
        ),
        category=PROMOTION,
        covers=("PROMO_ONE_YUAN",),
    ),
    trade(
        "RT188",
        "taokouling",
        ("淘口令", "copy-to-open codes"),
        (
            ("【甲商城】复制此消息，打开应用查看，拒收请回复R", "复制此消息"),
            ("【甲商城】复制后到手机打开支付宝，拒收请回复R", "复制后到手机打开支付宝"),
        ),
        (
            notice("【甲学校】请复制班级编号，用于登录平台"),
            notice("【甲停车】请打开支付宝扫码缴费"),
        ),
        category=PROMOTION,
        covers=("URL_TAOKOULING",),
    ),
    trade(
        "RT189",
        "app-promotion",
        ("应用、公众号与小程序推广", "apps, public accounts and mini programs"),
        (
            ("【甲商城】关注公众号领礼包，拒收请回复R", "关注公众号"),
            ("【甲商城】新人首单请到小程序，拒收请回复R", "首单请到小程序"),
        ),
        (
            notice("【甲政务】您在小程序提交的申请已受理"),
            notice("【甲商城】电子发票已开具，点击下载即可"),
        ),
        category=PROMOTION,
        covers=(
            "CT_PUBLIC_ACCOUNT",
            "URL_APP_DOWNLOAD",
        ),
    ),
    trade(
        "RT190",
        "confirm-receipt",
        ("回复确认收货", "replies that confirm an order"),
        (
            ("【甲商城】您的订单已送达，请回复确认收货", "请回复确认收货"),
            ("【甲商城】如同意发货，请回复1", "同意发货，请回复1"),
        ),
        (
            notice("【甲物流】确认收货前请验货，如有破损请拒收"),
            notice("【甲医院】预约成功，回复1确认，回复2取消"),
        ),
        category=PROMOTION,
    ),
)
