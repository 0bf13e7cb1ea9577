"""A tenant's own words, and detectors that were not available."""

from __future__ import annotations

from moderation.rules.expression import signal
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import TemplateType

NOTIFICATION = TemplateType.NOTIFICATION

RULES = (
    Rule(
        id="CU101",
        name="tenant-forbidden-word",
        category=ReasonCategory.CUSTOM,
        severity=Severity.REJECT,
        when=signal("policy:forbidden-word"),
        message={"zh": "“{quote}”在贵方自设的禁用词里", "en": "“{quote}” is on your own list of forbidden words"},
        advice={"zh": "删去该词，或修改自设词表", "en": "drop it, or change your list"},
        why="A tenant's own list is checked beside the shared ones.",
        false_positives="Whatever the tenant listed too broadly.",
        bad=(
            Bad("【甲商城】乙品牌同款上市，拒收请回复R", "乙品牌", forbidden_words=("乙品牌",)),
            Bad("【甲商城】ＡＢＣ同款上市，拒收请回复R", "ＡＢＣ", forbidden_words=("abc",)),
        ),
        good=(
            Good("【甲商城】甲品牌新品上市，拒收请回复R", forbidden_words=("乙品牌",)),
            Good("【甲商城】乙品牌同款上市，拒收请回复R"),
        ),
        since="0.1.0",
    ),
    Rule(
        id="CU102",
        name="tenant-watched-word",
        category=ReasonCategory.CUSTOM,
        severity=Severity.REVIEW,
        when=signal("policy:watched-word"),
        message={"zh": "“{quote}”在贵方自设的关注词里", "en": "“{quote}” is on your own list of watched words"},
        advice={"zh": "等待人工审核，或删去该词", "en": "wait for the review, or drop it"},
        why="Words that a tenant wants a person to look at.",
        false_positives="Whatever the tenant listed too broadly.",
        bad=(
            Bad("【甲商城】乙品牌同款上市，拒收请回复R", "乙品牌", watched_words=("乙品牌",)),
            Bad("【甲商城】ＡＢＣ同款上市，拒收请回复R", "ＡＢＣ", watched_words=("abc",)),
        ),
        good=(
            Good("【甲商城】甲品牌新品上市，拒收请回复R", watched_words=("乙品牌",)),
            Good("【甲商城】乙品牌同款上市，拒收请回复R"),
        ),
        since="0.1.0",
    ),
    Rule(
        id="DG101",
        name="detector-unavailable",
        category=ReasonCategory.DEGRADED,
        severity=Severity.REVIEW,
        when=signal("degraded:detector"),
        message={
            "zh": "检测器{term}未能运行，转人工审核",
            "en": "the detector {term} was not available; a person decides",
        },
        advice={"zh": "稍后重新提交，或等待人工审核", "en": "submit again later, or wait for the review"},
        why="What was not checked is never passed.",
        false_positives="None: it tells about the service, not about the text.",
        bad=(
            Bad("【甲商城】您的订单已发货", type=NOTIFICATION, broken_detectors=("classifier",)),
            Bad("【甲商城】会员日8折，拒收请回复R", broken_detectors=("links",)),
        ),
        good=(
            Good("【甲商城】您的订单已发货", type=NOTIFICATION),
            "【甲商城】会员日8折，拒收请回复R",
        ),
        since="0.1.0",
    ),
)
