"""Promotions that the law allows and some vendors refuse: recorded, and raised by the vendor's profile."""

from __future__ import annotations

from moderation.rules.expression import Expression, pattern, words
from moderation.rules.repair import Drop
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

MARKETING = (TemplateType.MARKETING,)


def _refused(
    rule_id: str,
    name: str,
    when: Expression,
    kind: tuple[str, str],
    covers: str,
    bad: tuple[Bad, ...],
    good: tuple[Good | str, ...],
    false_positives: str,
    repair: Drop | None = None,
) -> Rule:
    """Return the SHADOW rule on one kind of promotion, named in Chinese and in English."""
    zh, en = kind
    return Rule(
        id=rule_id,
        name=name,
        category=ReasonCategory.CONDITIONAL_PROMO,
        severity=Severity.SHADOW,
        types=MARKETING,
        when=when,
        message={"zh": f"“{{quote}}”属于{zh}，该通道不接受", "en": f"“{{quote}}” is {en}, which this vendor refuses"},
        advice={"zh": "删去，或改用其他通道", "en": "drop it, or use another vendor"},
        why=f"No law forbids {en}; some vendors list it among the contents that they refuse.",
        false_positives=false_positives,
        bad=bad,
        good=good,
        since="0.1.0",
        covers=(covers,),
        repair=repair,
    )


RULES = (
    _refused(
        "CP104",
        "cash-rebate",
        words("promotion/rebate").outside(words("promotion/paid-review", "promotion/full-rebate")),
        ("返现返利", "a cash rebate"),
        "PROMO_REBATE",
        (
            Bad("【甲商城】消费返现50元，拒收请回复R", "消费返现"),
            Bad("【甲商城】下单返利20元，拒收请回复R", "下单返利"),
        ),
        (
            "【甲商城】下单立减50元，拒收请回复R",
            "【甲商城】好评返现5元，拒收请回复R",
            "【甲旅行】往返利率说明会，会员9折，拒收请回复R",
        ),
        "Rebates laid down in a contract that the receiver knows.",
    ),
    _refused(
        "CP111",
        "one-yuan-sale",
        words("promotion/one-yuan") | pattern("one-yuan-price"),
        ("一元或零元销售", "a sale for one yuan or nothing"),
        "PROMO_ONE_YUAN",
        (
            Bad("【甲商城】1元秒杀，6月18日20点，拒收请回复R", "1元秒杀"),
            Bad("【甲商城】一元就能带走牛奶，6月18日，拒收请回复R", "一元就能带走"),
        ),
        ("【甲商城】会员价99元，拒收请回复R", "【甲商城】每斤便宜1元，会员专享，拒收请回复R"),
        "Prices of a few yuan are not meant.",
        Drop(),
    ),
    _refused(
        "CP112",
        "coupon",
        words("promotion/coupon"),
        ("优惠券或卡类推广", "a coupon or card promotion"),
        "PROMO_COUPON",
        (
            Bad("【甲商城】会员优惠券已到账，拒收请回复R", "优惠券"),
            Bad("【甲商城】来店领券，会员专享，拒收请回复R", "领券"),
        ),
        ("【甲商城】会员日8折，拒收请回复R", "【甲证券】会员投教讲座6月18日，拒收请回复R"),
        "Coupons that the receiver has bought.",
    ),
    _refused(
        "CP114",
        "points",
        words("promotion/points"),
        ("积分兑换、领取或清零", "an offer or expiry of points"),
        "PROMO_POINTS",
        (
            Bad("【甲商城】积分即将清零，请尽快使用，拒收请回复R", "积分即将清零"),
            Bad("【甲商城】您的积分本月到期，拒收请回复R", "积分本月到期"),
        ),
        ("【甲商城】会员日8折，拒收请回复R", "【甲球馆】积分赛周六开始，会员9折，拒收请回复R"),
        "Statements of points that the receiver asked for; send them as notifications.",
    ),
    _refused(
        "CP115",
        "invitation",
        words("promotion/invitation"),
        ("邀请注册、拉新或召回", "an invitation to register, to recruit or to come back"),
        "PROMO_INVITE",
        (
            Bad("【甲商城】好久不见，回来看看新款，拒收请回复R", "好久不见"),
            Bad("【甲商城】诚邀您免费注册，拒收请回复R", "诚邀您免费注册"),
        ),
        ("【甲商城】尊敬的会员，会员日8折，拒收请回复R", "【甲书店】新书回归经典，会员9折，拒收请回复R"),
        "Greetings to members who have been away.",
    ),
    _refused(
        "CP117",
        "survey",
        words("promotion/survey"),
        ("问卷调查或信息收集", "a survey or a collection of data"),
        "PROMO_SURVEY",
        (
            Bad("【甲商城】请填写问卷，拒收请回复R", "填写问卷"),
            Bad("【甲商城】请参与我们的服务调研，拒收请回复R", "参与我们的服务调研"),
        ),
        ("【甲商城】欢迎评价，拒收请回复R", "【甲书店】社会调查方法新书，会员9折，拒收请回复R"),
        "Surveys that a contract provides for.",
    ),
)
