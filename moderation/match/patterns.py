"""Patterned text: phone numbers, accounts, dates, amounts, opt-out forms, symbols; all are RE2, so linear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import re2

from moderation.match.joined import Joined

_QUOTES = r"""["'“”‘’「」\s:]*"""
_REPLY = r"(?:回复?|回覆|发送?|编辑|發送|回復)(?:短信|字母|数字)?"
_KEY = r"[a-z0-9]{1,6}"
_REFUSE = r"(?:退订|拒收|拒订|取消订阅|取消接收|拒绝接收|不再接收|不想接收|退訂)"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of signal and its expression; it is only tried on texts that hold one of the trigger characters."""

    kind: str
    expression: str
    triggers: frozenset[str]


_DIGITS = frozenset("0123456789")

PATTERNS = (
    Pattern(
        "pattern:opt-out",
        rf"{_REFUSE}(?:本?短信|此?类?信息)?[,:\s]*(?:请|可|就|只需)?(?:直接)?{_REPLY}{_QUOTES}{_KEY}\b"
        rf"|{_REPLY}{_QUOTES}(?:{_KEY}{_QUOTES})?[,\s]*(?:即可|可以|可|就|为|则|以|将)?{_REFUSE}"
        rf"|{_REFUSE}{_QUOTES}(?:t|td|r|n|q|qx)\b|\b(?:td|t){_REFUSE}|回{_QUOTES}(?:td?|n|r){_QUOTES}退",
        frozenset("退拒订收"),
    ),
    Pattern(
        "pattern:opt-out-placeholder",
        rf"{_REFUSE}[,:\s]*(?:请)?{_REPLY}{_QUOTES}\x{{fffc}}|{_REPLY}{_QUOTES}\x{{fffc}}{_QUOTES}{_REFUSE}",
        frozenset("\ufffc"),
    ),
    Pattern(
        "pattern:date",
        r"[0-9]{1,2}月(?:[0-9]{1,2}[日号]|底|末|初|中旬)|[0-9]{1,2}[日号](?:前|止|截止|起|结束)|20[0-9]{2}[-/.年][0-9]{1,2}"
        r"|[0-9]{1,2}\.[0-9]{1,2}(?:[-~至到][0-9]{1,2}\.[0-9]{1,2}|[日号前止])|[0-9]{1,2}[:点](?:[0-9]{2}|整)?"
        r"|今[天日晚]|明[天日晚]|本[周月]|[周星期][一二三四五六日天]|[0-9]+(?:天|小时|个?工作日)内",
        frozenset("月日号年:点今明本周星天时."),
    ),
    Pattern(
        "pattern:quantity",
        r"(?:限|前|仅剩?|剩余?|共|余)[0-9一二三四五六七八九十百千万]{1,6}(?:名|份|件|个|位|套|台|人|张|席|组|间|辆|盒|箱|斤)",
        frozenset("限前仅剩共余"),
    ),
    Pattern(
        "pattern:yield",
        r"(?:年化|收益|回报|利率|月息|日息)[^0-9。!?\n]{0,8}[0-9]+(?:\.[0-9]+)?(?:%|个点|厘|分)"
        r"|[0-9]+(?:\.[0-9]+)?%[^。!?\n]{0,4}(?:年化|收益|回报)",
        frozenset("化收益回报利息"),
    ),
    Pattern(
        "pattern:area",
        r"\b[0-9]{2,3}(?:\.[0-9]+)?(?:平米|平方米?|㎡|m2|m²)?(?:[-~至到—][0-9]{2,3}(?:\.[0-9]+)?)?"
        r"(?:平米|平方米?|㎡|m2|m²|平(?:[二两三四五]房|[一二两三四五]居|[一二两三四]室|户型|洋房|别墅|公寓|商铺|复式|小户型|起))",
        frozenset("平㎡²m"),
    ),
    Pattern(
        "pattern:identity-number",
        r"\b[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9x]\b|身份证(?:号码|号)?[:为是]{0,2}\x{fffc}",
        _DIGITS | {"\ufffc"},
    ),
    Pattern("contact:email", r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", frozenset("@")),
    Pattern(
        "contact:wechat",
        r"(?:微信|微讯|薇信|威信|v信|vx|weixin|wechat|\bwx|加v|加微|加薇)(?:公众)?(?:号|号码|同号)?[^a-z0-9\x{3400}-\x{9fff}]{0,4}"
        r"[a-z0-9][a-z0-9_-]{4,19}",
        frozenset("微薇威v信w"),
    ),
    Pattern(
        "contact:qq",
        r"(?:qq|扣扣|企鹅|q群|群)(?:群|号|号码)?[^a-z0-9\x{3400}-\x{9fff}]{0,4}[1-9][0-9]{4,10}\b",
        frozenset("q扣鹅群"),
    ),
)
_COMPILED = tuple((pattern.kind, re2.compile(pattern.expression), pattern.triggers) for pattern in PATTERNS)
_NUMBER = re2.compile(r"\+?[0-9](?:[ \-.]{0,2}[0-9]){6,19}")
_SYMBOLS = re2.compile(r"[¥￥$★☆※→←↑↓●○◆◇■□▲△☞☜✓✔√✿❀♥♡❤✦✧『』〖〗「」①-⑳❶-❿⑴-⑽]|\^_\^")
_EMOJI = re2.compile(r"[\x{1f000}-\x{1faff}\x{2600}-\x{27bf}\x{2b00}-\x{2bff}]")


class Range(NamedTuple):
    """A kind of signal at a half-open range of the text that was searched; `term` is what was recognised."""

    kind: str
    start: int
    end: int
    term: str = ""


def find_many(texts: Sequence[str]) -> list[list[Range]]:
    """Return the patterned stretches of each normal text, kind by kind."""
    found: list[list[Range]] = [[] for _ in texts]
    joined = Joined(texts)
    characters = set(joined.text)
    for kind, expression, triggers in _COMPILED:
        if not triggers.isdisjoint(characters):
            for match in expression.finditer(joined.text):
                _record(found, joined, kind, match.span())
    if not _DIGITS.isdisjoint(characters):
        for match in _NUMBER.finditer(joined.text):
            kind = phone_kind("".join(digit for digit in match[0] if digit in "+0123456789"))
            if kind:
                _record(found, joined, kind, match.span())
    return found


def find_symbols(texts: Sequence[str]) -> list[list[Range]]:
    """Return the symbols and emoji of each source text, which folding would change."""
    found: list[list[Range]] = [[] for _ in texts]
    joined = Joined(texts)
    for kind, expression in (("template:symbol", _SYMBOLS), ("template:emoji", _EMOJI)):
        for match in expression.finditer(joined.text):
            _record(found, joined, kind, match.span())
    return found


def _record(found: list[list[Range]], joined: Joined, kind: str, span: tuple[int, int]) -> None:
    index, offset = joined.locate(span[0])
    found[index].append(Range(kind, span[0] - offset, span[1] - offset))


def phone_kind(number: str) -> str:
    """Return the contact kind of a number's digits; empty for what is no phone number."""
    digits = number.removeprefix("+86") if number.startswith("+86") else number.lstrip("+")
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        return "contact:mobile"
    if len(digits) == 10 and digits[:3] in ("400", "800"):
        return "contact:service-number"
    if 10 <= len(digits) <= 12 and digits[0] == "0" and digits[1] != "0":
        return "contact:landline"
    return ""
