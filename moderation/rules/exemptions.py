"""Where absolute words are lawful: the cases of the SAMR guide on absolute wording, as expressions with names.

`RANK_EXEMPT` holds also for words that name a scope (全国, 全网); a business that praises its attitude or compares with
itself does not speak of all others, so those cases are in `EXEMPT` only.
"""

from __future__ import annotations

from moderation.rules.expression import pattern, signal, words

ORDINAL = words("context/ordinal")
"""The word tells an order, a time or an amount: 第一时间, 第一次, 最低消费, 唯一客服电话."""

LIMIT = pattern("limit")
"""The word bounds a number: 最高可领50元, 最低99元起, 最快1天."""

USAGE = words("context/usage-hint")
"""The word tells how to use the goods (guide: hints to consumers): 最佳赏味期, 为保证最佳口感请冷藏."""

GRADE = words("context/grade")
"""The word is a grade of a standard or part of an official name: 国家级森林公园, 最高级别会员, 太极品鉴."""

OWN_NAME = signal("part:signature") | pattern("title") | pattern("award")
"""The word is part of a name: the sender's own, a work's, an award's: 《最好的我们》, “最佳雇主奖”, 最佳导演奖."""

GOAL = pattern("goal")
"""The word tells what the sender strives for (guide: goals): 追求最佳品质, 力争行业第一."""

NEGATED = pattern("negated")
"""The word is denied: 不敢称最佳, 没有最好只有更好, 所谓“顶级”."""

WARNING = words("context/fraud-warning")
WARNING_WINDOW = 25
"""The word is quoted to warn of it: 谨防“全网最低价”骗局. Used with `apart`, for the warning stands beside the word."""

ATTITUDE = words("context/attitude")
"""The word tells how the sender serves, or is a wish (guide: attitude): 顾客第一, 祝您拥有最美的一天."""

SELF_COMPARISON = pattern("own")
"""The sender is compared with itself (guide: self-comparison): 本店史上最低价, 开业以来最大优惠."""

RANK_EXEMPT = ORDINAL | GRADE | OWN_NAME | GOAL | NEGATED
EXEMPT = RANK_EXEMPT | USAGE | ATTITUDE | SELF_COMPARISON
LIMIT_EXEMPT = EXEMPT | LIMIT

PROVEN = words("advertising/source").near(pattern("period"), within=30)
BOUNDED_FACT = pattern("countable").near(PROVEN, within=30)
"""A rank that can be counted, with its period and the source of the figure (guide: facts in time and place)."""
