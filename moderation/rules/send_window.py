"""The send window: when marketing may be sent, on the clock of the profile."""

from __future__ import annotations

from datetime import UTC, datetime

from moderation.rules.expression import pattern, template
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.text.template import Industry, TemplateType

NOTIFICATION = TemplateType.NOTIFICATION
LATE = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

RULES = (
    Rule(
        id="SW101",
        name="outside-send-window",
        category=ReasonCategory.SEND_WINDOW,
        severity=Severity.REVIEW,
        types=(TemplateType.MARKETING,),
        when=template("outside-send-window"),
        message={
            "zh": "计划的发送时间不在营销短信的可发时段之内：{term}",
            "en": "marketing is to be sent outside its window: {term}",
        },
        advice={
            "zh": "改在括号内的时段发送",
            "en": "send within the window in brackets",
        },
        why="Operators allow marketing between 8:00 and 21:00 only.",
        false_positives="Receivers abroad, for whom the window is their own.",
        bad=(
            Bad("【甲商城】会员日8折，拒收请回复R", send_at=LATE),
            Bad("【甲影城】周末会员票价35元，拒收请回复R", send_at=LATE),
            Bad("周末会员票价35元，拒收请回复R", send_at=EVENING, profile="qiniu", signature="甲影城"),
        ),
        good=(
            Good("【甲商城】会员日8折，拒收请回复R", send_at=NOON),
            Good("【甲影城】周末会员票价35元，拒收请回复R", send_at=EVENING),
            Good("【甲社区】防汛演练邀您参加，拒收请回复R", send_at=LATE, industry=Industry.GOVERNMENT),
            Good("【甲物流】您的快递已到驿站", type=NOTIFICATION, send_at=LATE),
        ),
        since="0.1.0",
        covers=("WIN_MARKETING",),
    ),
    Rule(
        id="SW102",
        name="night-promised",
        category=ReasonCategory.SEND_WINDOW,
        severity=Severity.ADVICE,
        types=(TemplateType.MARKETING,),
        when=pattern("night-time"),
        message={"zh": "“{quote}”容易让人在夜间发送", "en": "“{quote}” invites sending at night"},
        advice={"zh": "在前一天的可发时段内发送预告", "en": "announce it within the window of the day before"},
        why="Marketing about something at midnight tends to be sent at midnight.",
        false_positives="Announcements that are sent by day.",
        bad=(
            Bad("【甲商城】6月18日零点开抢，会员8折，拒收请回复R", "零点开抢"),
            Bad("【甲商城】新品今晚23点准时开售，拒收请回复R", "23点准时开售"),
        ),
        good=(
            "【甲商城】6月18日10点开抢，会员8折，拒收请回复R",
            "【甲影城】零点场电影票35元，拒收请回复R",
        ),
        since="0.1.0",
        covers=("WIN_TEXT",),
    ),
)
