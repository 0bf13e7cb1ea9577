"""Numbers beside words that are deleted: no unit leaves its number behind, no word that leads to one goes alone."""

from __future__ import annotations

import re

_UNIT = re.compile(
    r"分(?!红|期|享)|小时|[秒个元块倍折%％斤亿款席套米岁级步家次]|公里|"
    r"天(?![天然猫麻生])|日(?![息薪进常利])|周(?![年边末到全])|年(?![化息金利])|月(?![息经薪])|"
    r"万(?![能艾])|人(?![人体寿])|名(?![校师烟酒牌])|位(?![于置列居])|成(?![功本分])|期(?![待望])"
)
_LEAD = (
    r"(?:最[快短少多高低迟]|[只仅][需要]?|短短|不到|不足|不?超过|大?约|近|快至|低至|高达|长达|可达|"
    r"一般|平均|预计|第|每)"
)
_DIGITS = r"[0-9０-９](?:[0-9０-９.．,~～\-—至到]*[0-9０-９])?"
_HAN_DIGITS = r"[一二两三四五六七八九十百千几数半]+"
_BEFORE_UNIT = re.compile(rf"(?:{_LEAD}\s?)*(?:{_DIGITS}|{_HAN_DIGITS})\s?$")
_BEFORE_NUMBER = re.compile(rf"(?:{_LEAD}\s?)+$")
_NUMBER = re.compile(r"[0-9０-９]")
_LEADS_TO_NUMBER = re.compile(r"(?:[至达才率入息赚薪]|[仅只][需要]?)\s?$")
LONGEST = 16
"""Characters in which a number and what leads to it are sought."""


def start_with_number(text: str, first: int, start: int, end: int) -> int:
    """Return where words begin together with the number that counts them and what leads to it, `first` at the least."""
    head = text[max(first, start - LONGEST) : start]
    if _UNIT.match(text, start, end):
        found = _BEFORE_UNIT.search(head)
    elif _NUMBER.match(text, start, end):
        found = _BEFORE_NUMBER.search(head)
    else:
        return start
    return start - len(head) + found.start() if found else start


def begins_with_unit(text: str, start: int, end: int) -> bool:
    """Return whether words begin with what a number before them counts."""
    return _UNIT.match(text, start, end) is not None


def leads_to_number(text: str, start: int, end: int, last: int) -> bool:
    """Return whether words end with one, such as 低至, that the number after them belongs to."""
    return _LEADS_TO_NUMBER.search(text[start:end]) is not None and _NUMBER.match(text, end, last) is not None
