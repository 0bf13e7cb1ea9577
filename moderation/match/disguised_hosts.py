"""Hosts in disguise: dots in words and other signs, blanks between letters, suffixes in letters that look alike."""

from __future__ import annotations

import re

LABEL = r"[a-z0-9\x{df}-\x{24f}\x{370}-\x{52f}\x{fffc}\x{1f150}-\x{1f189}\x{1f1e6}-\x{1f1ff}❶-❾_-]+"
_MID_DOTS = "·•・‧∙⋅●丶"
_BRACKETED = r"[(\[{【<](?:点|點|\.|dot)[)\]}】>]"
_DOT = rf"(?: ?[.。{_MID_DOTS}] ?| ?[点點嚸电] ?| dot |{_BRACKETED})"
_SIGN_FOR_DOT = rf"(?: ?[{_MID_DOTS}] ?| ?[点點嚸电] ?| dot |{_BRACKETED})"
_SOUNDS_FOR_DOT = frozenset("嚸电")
_USUAL = "com|cn|net|org|vip|top|xyz|cc|club|shop|site|online|icu"
_C, _O, _M, _N = "[cсϲ🅒🅲🇨]", "[o0оο○〇◯🅞🅾🇴]", "[mм🅜🅼🇲]", "[nпո🅝🅽🇳]"
_ODD_SUFFIX = (
    rf"{_C} ?{_O} ?{_M}(?:\.{_C}{_N})?|{_C} ?{_N}|{_C}{_C}|{_N} ?[e3её] ?[tт]"
    rf"|[vνѵ] ?[i1lі] ?[pр]|[tт] ?{_O} ?[pр]|{_O}rg"
)
_WWW = r"(?:(?:w ?w ?w|[3三]w)(?: ?[.。丶、,点點] ?| )(?:\. ?)?)?"
HOST = (
    rf"{_WWW}(?:(?:{LABEL}{_DOT})*{LABEL}(?:{_DOT}(?:{_ODD_SUFFIX})|{_SIGN_FOR_DOT}(?:{_USUAL}))"
    rf"|[a-z0-9-]{{3,63}} ?[、,] ?(?:com|c0m|cn))"
)
"""A host with something odd about it, or a plain one under com, cn, cc, net, vip, top or org."""

SPELT = r"(?:[a-z0-9./:。·点點] ){4,}[a-z0-9]"
"""A host with a blank after every letter."""

_PLAIN_O, _BLANK_COM = "0оο○〇◯🅞🅾🇴", "c om|co m|c o m|n et|ne t|n e t|v ip|vi p|v i p"
HINT = (
    rf"(?:[点點嚸电)\]}}】>{_MID_DOTS}] ?| dot )(?:c|[nпո] ?[e3ет]|[vtoѵνтw][a-z0-9оοіl ]|[{_MID_DOTS}xsio🅒🅲🇨сϲ])"
    rf"|。 ?[cnvtowxsiсϲ][a-z0-9оοіl○〇◯ ]|[.。] ?(?:c ?[{_PLAIN_O}]|[сϲпոѵνт🅒🅲🇨🅝🅽🇳]|{_BLANK_COM})"
    rf"|[.。] ?(?:n3|v[1і]|n[её]|t[0○о]|[{_PLAIN_O}]r)"
    rf"|w w ?w|ww w|\b[3三]w[ .。丶、,点點]|www[ 丶、,]|[、,] ?(?:com|c0m|cn)\b"
    r"|(?:[a-z0-9./:。·点點] ){4}|[\x{1f150}-\x{1f189}\x{1f1e6}-\x{1f1ff}]"
)
"""What every odd host has and hardly any other text; it tells where to look more closely."""

_WRITTEN_DOT = re.compile(rf" ?[.。{_MID_DOTS}、,] ?|[(\[{{【<](?:点|點|\.|dot)[)\]}}】>]| ?[点點嚸电] ?| dot ")
_PLAIN = re.compile(r"(?!3w\.)[a-z0-9.-]+\.[a-z]+")
_LED_TO = re.compile(r"[0-9]{1,4} ?[点點] ?(?=[^点點]+\.[a-z])|[a-z0-9]+ ?[点點] ?(?=www\.)")
_THRICE_W = re.compile(r"(?:w ?w ?w|[3三]w)[. ]+(?=[^.]+\.[^.])")
_LETTERS = {
    **{first + place: chr(ord("a") + place) for first in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)},
    **{ord("❶") + place: str(place + 1) for place in range(9)},
    0x20E3: "",
}
"""Letters and digits in signs that folding leaves as they are."""

_SUFFIX_LOOKS = str.maketrans("сϲоο○〇◯0мпոеё3тνѵіl1р", "ccooooo" + "omnneeetvviiip")
_USUAL_SUFFIXES = frozenset(_USUAL.split("|"))
_FIRM_SUFFIXES = frozenset(("com", "cn", "net", "org"))
"""Suffixes that are no words; vip, top, app and the like are."""

_COMMON_LABELS = frozenset(
    (
        "app",
        "vip",
        "ios",
        "wifi",
        "wap",
        "pc",
        "qq",
        "iphone",
        "ipad",
        "android",
        "svip",
        "plus",
        "pro",
        "max",
        "mac",
        "wi-fi",
    )
)
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "vs", "no"))
_SENTENCE_ENDS = frozenset("。·•●")
MOST_CLOCK_DIGITS = 2
MOST_COUNT_DIGITS = 4
"""Digits of a count before 点 and a word (100点vip积分), where it is no dot."""


def plain_host(written: str) -> str:
    """Return a host with its dots and the letters of its suffix restored; the same one where it is written plainly."""
    if _PLAIN.fullmatch(written):
        return written
    dotted = _THRICE_W.sub("www.", _WRITTEN_DOT.sub(".", written.translate(_LETTERS)))
    host = dotted.replace(" ", "")
    first, dot, suffix = host.rpartition(".")
    looks = suffix.translate(_SUFFIX_LOOKS)
    return f"{first}{dot}{looks}" if looks in _USUAL_SUFFIXES else host


def prose_before(written: str) -> int:
    """Return how many characters stand before a host that 点 leads to: a count, a word (500点www.example.cn)."""
    match = _LED_TO.match(written)
    return match.end() if match else 0


def is_prose(text: str, start: int, end: int, written: str, host: str) -> bool:
    """Return whether what looks like a host without scheme or path is prose: a time, a list, two sentences."""
    labels = host.split(".")
    first, suffix = labels[0], labels[-1]
    is_pair, is_firm = len(labels) == 2, suffix in _FIRM_SUFFIXES
    if host == written:
        return is_pair and suffix not in _USUAL_SUFFIXES and _is_english(text, start, end, labels)
    if "点" in written or "點" in written:
        most = MOST_CLOCK_DIGITS if is_firm or len(suffix) == 2 else MOST_COUNT_DIGITS
        if first.isdecimal() and len(first) <= most:
            return True
    if "," in written or "、" in written:
        return is_pair and _is_listed(text, end, first, suffix)
    if not suffix.isascii():
        return " " in written or not _SENTENCE_ENDS.isdisjoint(written)
    if not is_firm and not _SOUNDS_FOR_DOT.isdisjoint(written):
        return True
    follows = text[end : end + 1]
    is_second_sentence = _is_han(follows) and not _SENTENCE_ENDS.isdisjoint(written)
    if is_firm or not is_pair:
        is_version = not is_firm and any(map(str.isdecimal, labels[1:]))
        return (suffix not in _USUAL_SUFFIXES and ". " in written) or (is_version and is_second_sentence)
    is_apart = suffix not in _USUAL_SUFFIXES and " " in written
    return first in _COMMON_LABELS or follows.isdecimal() or is_second_sentence or is_apart


def _is_listed(text: str, end: int, first: str, suffix: str) -> bool:
    """Return whether a comma between a word and a suffix separates things that are named (VISA, com、cn)."""
    if first in _USUAL_SUFFIXES or first in _COMMON_LABELS or text[end : end + 1] in (",", "、", "."):
        return True
    return suffix == "cn" and (not any(map(str.isdecimal, first)) or _is_han(text[end : end + 1]))


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_english(text: str, start: int, end: int, labels: list[str]) -> bool:
    """Return whether two words with a dot between them stand among other words in Latin letters."""
    if labels[0] in _TITLES:
        return True
    if not labels[-1].isalpha():
        return False
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return _is_word_beside(before[::-1]) or _is_word_beside(after)


def _is_word_beside(beside: str) -> bool:
    return len(beside) == 2 and beside[0] == " " and beside[1].isascii() and beside[1].isalpha()
