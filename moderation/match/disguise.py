"""What kinds of disguise a contact or a host is written in, by the characters that stand for others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moderation.match.contact_patterns import (
    ADD_EMOJI,
    ADD_LOOKS,
    ADD_SOUNDS,
    DIGIT_SIGNS,
    HAN_DIGITS,
    HEARTS,
    Q_SOUNDS,
    WEI_SOUNDS,
    XIN_SOUNDS,
)

CONTACTS = frozenset(
    f"contact:{kind}"
    for kind in ("mobile", "service-number", "written-number", "wechat", "qq", "telegram", "solicitation")
)
"""Kinds of contact that are looked at for a disguise."""

_SIGNS = re.compile(r"[\u2460-\u24ff\u2070-\u209f²³¹\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff]")
"""Letters and digits in circles, raised, or of the mathematical alphabets; folding makes them plain."""

KEYCAP = "\u20e3"
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_INVISIBLE = re.compile(r"[\xad\u200b-\u200f\u2060-\u2064\ufeff]")
_MANY_GAPS = re.compile(r"(?:[0-9][^0-9a-z]{1,2}){7}[0-9]")
_PLAIN_NUMBER = re.compile(r"[0-9+ \-.]+")
LEAST_SPELT = 15
"""Characters of the shortest number with a gap after most of its digits."""

_ODD_GAP = re.compile("[*★☆]")
_SERVICE = ("400", "800")
"""How numbers begin that firms like to set off with signs."""

_NUMBER = re.compile(rf"[0-9oli+{HAN_DIGITS}{DIGIT_SIGNS} \-.·•_~/|*★☆()、,]+")
_TOKEN = re.compile(
    rf"(?P<emoji>[{HEARTS}{ADD_EMOJI}🛰🐧✈])|(?P<traditional>[維鵝訊])|(?P<split>亻言)"
    rf"|(?P<lookalike>[{ADD_LOOKS}∨νꝗ☆ω]|\\+/|/|绿泡泡|绿色软件|企鹅|纸?飞机|电报)"
    rf"|(?P<homophone>[{ADD_SOUNDS}{WEI_SOUNDS}{XIN_SOUNDS}{Q_SOUNDS}裙]|卫[星信]|秋秋|球球|丘丘|邱邱)"
    rf"|(?P<pinyin>(?:jia ?)?wei ?xin(?: ?hao)?|jia ?wei|qiuqiu)"
    rf"|(?P<letter>[vw]x|v|w(?=[ .]?信)|tg|(?<=[微維{WEI_SOUNDS}])x)"
    r"|(?P<plain>wechat|telegram|qq?|[\u3400-\u9fff])"
    r"|(?P<gap>[^a-z0-9])"
)
_NAMES = frozenset(("letter", "pinyin", "plain"))
_JOINED = re.compile(rf"[微維薇徽威{WEI_SOUNDS}v∨ν/q{Q_SOUNDS}][ \-_.*?~·/|★☆+](?=[信芯心号{HEARTS}q{Q_SOUNDS}])")
"""The name of a chat program with a sign between its two characters."""
_WRITTEN_ID = re.compile(rf"[{HAN_DIGITS}][0-9{HAN_DIGITS}]{{3}}|[0-9{HAN_DIGITS}]{{3}}[{HAN_DIGITS}]")


def of_contact(written: str, source: str) -> tuple[str, ...]:
    """Return the kinds of disguise of a contact, given in normal text and in the source; empty for a plain one."""
    if source.isascii() and len(written) < LEAST_SPELT and _PLAIN_NUMBER.fullmatch(written):
        return ()
    found = _of_number(written) if _NUMBER.fullmatch(written) else _of_account(written)
    kinds = dict.fromkeys(found)
    if _SIGNS.search(source):
        kinds["digit"] = None
    if KEYCAP in source:
        kinds["emoji"] = None
    invisible = ("invisible",) if _INVISIBLE.search(source) else ()
    return (*(f"variant:{kind}" for kind in kinds), *invisible)


def is_odd(source: str) -> bool:
    """Return whether letters or digits are wide, in circles or on keys, raised or of mathematical alphabets."""
    return not source.isascii() and (
        KEYCAP in source or any(sign.search(source) for sign in (_WIDE, _SIGNS, _INVISIBLE))
    )


def _of_number(written: str) -> Iterator[str]:
    if any(sign in HAN_DIGITS or sign in DIGIT_SIGNS for sign in written):
        yield "digit"
    if any(letter in written for letter in "oli"):
        yield "letter"
    if written.startswith(_SERVICE):
        return
    if _MANY_GAPS.search(written) or _ODD_GAP.search(written):
        yield "separator"


def _of_account(written: str) -> Iterator[str]:
    position, is_named = 0, False
    while match := _TOKEN.match(written, position):
        kind = str(match.lastgroup)
        is_latin = match[0].isascii() and kind in _NAMES
        if is_latin and is_named:
            break
        is_named = is_named or is_latin
        position = match.end()
        if kind == "lookalike":
            yield "look-alike"
        elif kind not in ("plain", "gap"):
            yield kind
    if _JOINED.search(written):
        yield "separator"
    if _WRITTEN_ID.search(written):
        yield "digit"
