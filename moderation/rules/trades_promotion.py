"""Kinds of promotion that vendors refuse, whatever is sold."""

from __future__ import annotations

from moderation.rules.rule import ReasonCategory, Rule
from moderation.rules.trades import notice, trade

PROMOTION = ReasonCategory.CONDITIONAL_PROMO

RULES: tuple[Rule, ...] = (
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
