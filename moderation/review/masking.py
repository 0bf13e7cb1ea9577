"""Personal data in texts that are shown in lists: found in the normal text, so also where disguised, and starred."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moderation.text.normal import fold
from moderation.text.parts import PLACEHOLDER_SYNTAX

EXCERPT_LENGTH = 60
STAR = "*"
CUT_MARK = "…"

_PLACEHOLDER = rf"(?![${{#%]{{1,3}}\w{{0,57}}\d{{7}})(?:{'|'.join(PLACEHOLDER_SYNTAX.values())})"
"""A placeholder, unless its name hides a number."""

_SERVICE_NUMBER = r"(?<!\d)(?:[48]00[ -]?(?:\d{3}[ -]?\d{4}|\d{4}[ -]?\d{3})|95\d{3,6})(?!\d)"

_BETWEEN = r"[ \-.·_/]{0,2}"
_APART = r"[^a-z0-9\u3400-\u9fff*${#%]"
_ACCOUNT = rf"(?:号码?|群号?|同号|id)?{_APART}{{0,4}}[是为]?{_APART}{{0,2}}"
_WECHAT = rf"(?:[微薇威][信x]|v信|(?<![a-z])(?:wx|vx|wechat|weixin))(?:公众)?{_ACCOUNT}"
_QQ = rf"(?:(?<![a-z])qq|扣扣|企鹅|[q扣]群){_ACCOUNT}"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"

_PERSONAL = {
    "mail": r"(?P<mail>(?<![a-z0-9._+-])[a-z0-9._+-]+(?=@[a-z0-9-]{1,63}\.[a-z0-9]))",
    "wechat": rf"{_WECHAT}(?P<wechat>[a-z0-9][a-z0-9_-]{{4,}})",
    "qq": rf"{_QQ}(?P<qq>[1-9]\d{{4,}})",
    "plate": (
        rf"(?P<plate>[{_PROVINCES}][a-hj-np-z][ ·.-]?(?=[a-z]{{0,5}}\d)"
        r"[a-hj-np-z0-9]{4}[a-hj-np-z0-9挂学警港澳领]{1,2})(?![a-z0-9])"
    ),
    "mobile": rf"(?<!\d)(?:86{_BETWEEN})?(?P<mobile>1[3-9](?:{_BETWEEN}\d){{9}})(?!\d)",
    "landline": r"(?<!\d)0[1-9]\d{1,2}[) -]{1,2}(?P<landline>\d{3,4}[ -]?\d{4})(?!\d)",
    "card": r"(?<!\d)(?P<card>\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)",
    "identity": r"(?<!\d)(?P<identity>\d{6}[ -]?\d{8}[ -]?\d{3}[\dx])(?!\d)",
    "number": r"(?<!\d)(?P<number>\d{7,})",
}
_FOUND = re.compile("|".join((_PLACEHOLDER, _SERVICE_NUMBER, *_PERSONAL.values())))
"""What is masked, as the group that matched; without a group what stays, found so that nothing in it is masked."""

_SHOWN = {"mail": (1, 0), "wechat": (2, 0), "qq": (2, 0), "plate": (2, 2), "landline": (0, 4)}
"""Letters and digits that are shown at the start and the end; of numbers it hangs on their length."""

_LONG_NUMBER = 11


def masked(text: str, length: int = EXCERPT_LENGTH) -> str:
    """Return a text with stars for personal data, cut to a number of code points, at least 1, that counts the cut mark.

    Numbers of mobiles, landlines, identity and bank cards, plates, accounts and whatever has 7 digits keep their ends;
    service numbers (400, 800, 95…) and placeholders stay. What is masked already does not change.
    """
    settled = _settled(text)
    return settled if len(settled) <= length else _settled(settled[: length - 1] + CUT_MARK)


def _settled(text: str) -> str:
    """Return a text starred until nothing is found: stars or a cut may lay bare what stood across something else."""
    while (starred := _starred(text)) != text:
        text = starred
    return text


def _starred(text: str) -> str:
    normal = fold(text)
    characters = list(text)
    for place in _hidden(normal.text):
        start, end = normal.source_range(place, place + 1)
        characters[start:end] = STAR * (end - start)
    return "".join(characters)


def _hidden(text: str) -> Iterator[int]:
    """Yield the places of the letters and digits that are to be hidden in a normal text."""
    for match in _FOUND.finditer(text):
        if (kind := match.lastgroup) is not None:
            places = [place for place in range(*match.span(kind)) if text[place].isalnum()]
            front, back = _SHOWN.get(kind) or ((3, 4) if len(places) >= _LONG_NUMBER else (2, 2))
            yield from places[min(front, len(places) - 1) : len(places) - back]
