"""What a template's form shows under a profile: length, signature, placeholders, opt-out, contacts, send window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from moderation.rules.profiles import Profile
from moderation.text.length import GSM7, UCS2_PART, measure_worst
from moderation.text.normal import fold
from moderation.text.outline import BRACKETS, PHRASE
from moderation.text.parts import Part, PartKind, Parts, folded_name
from moderation.text.script import traditional_runs
from moderation.text.signal import Signal
from moderation.text.template import Industry, Span, Template, TemplateType

ABROAD = frozenset(
    ("international", "overseas", "abroad", "国际", "境外", "海外", "国外", "港澳台", "香港", "澳门", "台湾")
)
"""Names of regions outside mainland China, beside the codes of countries."""

COUNTRY = re.compile("(?!CN$)[A-Z]{2}")
"""A country but China, as ISO 3166-1 writes it."""

FEW_FOREIGN = 3
"""Characters outside GSM-7 that a text sent abroad can do without, in place of a third of its room."""

LEAST_FIXED, LEAST_SAID = 4, 2
"""Han characters or words that tell what a text without placeholders is for, with its signature and without."""

EDGE = timedelta(days=2)
"""How far moments of the first and last year are moved, so that every time zone can tell their time of day."""

LONG_SEGMENTS = 5
"""SMS segments from which on the sender is told how many a template takes at worst."""

MOST_PLAIN = (LONG_SEGMENTS - 1) * UCS2_PART
"""Characters of a text without placeholders that never takes so many segments."""

CLOSING = " \t\r\n。.!！;；)）」”\"'~～"
"""What may follow an opt-out that stands at the end."""

LEAST_FIXED_PER_PLACEHOLDER = 3
"""Fixed characters for each of three or more placeholders, below which a template hardly tells what it is for."""

LONG_SIGNATURE = 12
"""Characters of a signature that most vendors take; a longer one is usually the registered name of the company."""

_BRACKETED = re.compile("【[^【】]*】")
_PLAIN_SIGNATURE = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_DATE_NAME = re.compile(
    r"date|time|day|deadline|expir|until|_end|endat|begin|start|month|hour|日期|时间|日|截止|期限|到期", re.IGNORECASE
)
"""Names of placeholders that carry a date or a time."""

_PLACEHOLDER_NAME = re.compile(r"[A-Za-z]\w*|\d{1,2}")
_FRONT_BRACKET = re.compile(r"\s*([\[［〖「(（][^\]］〗」)）\n]{0,20}[\]］〗」)）])")
_END_BRACKET = re.compile(r"([\[［][^\]］\n]{0,20}[\]］])\s*\Z")
_OTHER_SENDER = re.compile(
    r"\s*(?:尊敬的|亲爱的|您好|恭喜)?"
    r"([\u3400-\u9fff]{2,8}(?:公司|商城|超市|广场|酒店|影城|旗舰店|集团|百货|商场|汽车城|医院|诊所|餐厅))"
    r"(?=[^。！!]{0,10}(?:大促|促销|店庆|开业|周年|优惠|特惠|活动|上新|清仓|满减))"
)
_PHRASE = re.compile(rf"[\u3400-\u9fff]{{{PHRASE}}}")
_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2,}")
_DIGITS_BEFORE, _DIGITS_AFTER = re.compile(r"[0-9A-Za-z]{2,}$"), re.compile(r"[0-9A-Za-z]{2,}")
_UNITS_AFTER = re.compile(r"(?:GB|MB|KB|TB|kg|KG|km|KM|ml|ML|cm|mm|kW|kWh|G|M|T)(?![0-9A-Za-z])")


def form_signals(
    template: Template, kind: TemplateType, industry: Industry | None, text: str, parts: Parts, profile: Profile
) -> list[Signal]:
    """Return what is noteworthy in the form of a template; spans are in `text`, the signature field in front."""
    found = list(parts.signals)
    if parts.placeholders or not _is_short(template, text, profile):
        found.extend(_length_signals(template, text, parts, profile))
    for start, end in traditional_runs(text):
        found.append(Signal("template:traditional", start, end, text[start:end]))
    if parts.signatures or text[:1] in BRACKETS or text[-1:] in BRACKETS:
        found.extend(_edge_signals(text, parts))
    if parts.signatures or profile.signature.place == "beside":
        found.extend(_signature_signals(template, text, parts, profile))
    if parts.placeholders:
        found.extend(_placeholder_signals(kind, text, parts, profile))
    if template.send_at is not None:
        found.extend(_window_signals(template.send_at, industry, profile))
    if profile.text.refused_symbols:
        symbols = re.finditer(f"[{re.escape(profile.text.refused_symbols)}]", text)
        found.extend(Signal("template:refused-symbol", match.start(), match.end(), match[0]) for match in symbols)
    return found


def is_usual(template: Template, text: str, profile: Profile) -> bool:
    """Return whether nothing but its characters and parts can be noteworthy in the form of a template."""
    return (
        _is_short(template, text, profile)
        and template.send_at is None
        and profile.signature.place != "beside"
        and not profile.text.refused_symbols
    )


def _is_short(template: Template, text: str, profile: Profile) -> bool:
    return len(text) <= MOST_PLAIN and len(text) <= profile.text.most_characters and not template.region


def _length_signals(template: Template, text: str, parts: Parts, profile: Profile) -> Iterator[Signal]:
    most = profile.text.most_characters
    if len(text) > most:
        yield Signal("template:too-long", most, len(text), str(most))
    if len(text) > MOST_PLAIN or parts.placeholders:
        segments = measure_worst(text, parts, profile.placeholder.value_length).segments
        if segments >= LONG_SEGMENTS:
            yield Signal("template:segments", term=str(segments))
    if template.region and is_abroad(template.region):
        yield Signal("template:abroad", term=template.region)
        foreign = [index for index, character in enumerate(text) if character not in GSM7]
        if 0 < len(foreign) <= FEW_FOREIGN:
            yield Signal("template:outside-gsm7", foreign[0], foreign[0] + 1, text[foreign[0]])


def is_abroad(region: str) -> bool:
    """Return whether a region is outside mainland China; a name that is no country's code and not known is inside."""
    name = region.strip().upper()
    return COUNTRY.fullmatch(name.partition("-")[0]) is not None or name.lower() in ABROAD


def _edge_signals(text: str, parts: Parts) -> Iterator[Signal]:
    """Yield brackets at the edges of the body, and another sender that it begins with."""
    is_signed = bool(parts.parts) and parts.parts[0].kind is PartKind.SIGNATURE
    start = parts.parts[0].span.end if is_signed else 0
    if not BRACKETS.isdisjoint((text[start : start + 1], text[-1:])):
        for match in (_FRONT_BRACKET.match(text, start), _END_BRACKET.search(text, start)):
            if match is not None:
                yield Signal("template:edge-bracket", *match.span(1), match[1])
    other = _OTHER_SENDER.match(text, start) if parts.signature else None
    if other is not None and not _shares_name(other[1], parts.signature):
        yield Signal("template:signature-other-name", *other.span(1), other[1])


def _shares_name(name: str, signature: str) -> bool:
    """Return whether two names share two adjacent characters."""
    return any(name[index : index + 2] in signature for index in range(len(name) - 1))


def _signature_signals(template: Template, text: str, parts: Parts, profile: Profile) -> Iterator[Signal]:
    demands = profile.signature
    for part in parts.signatures:
        name, span = folded_name(part.value), part.span
        if not demands.least <= len(name) <= demands.most:
            yield Signal("template:signature-length", *_pair(span), f"{demands.least}-{demands.most}")
        elif len(name) > LONG_SIGNATURE:
            yield Signal("template:signature-long", *_pair(span), str(LONG_SIGNATURE))
        if name and not demands.symbols and not _PLAIN_SIGNATURE.fullmatch(name):
            yield Signal("template:signature-symbol", *_pair(span), part.value)
        if name and name.isascii() and any(character.isalpha() for character in name):
            yield Signal("template:signature-latin", *_pair(span), part.value)
    if demands.place == "beside":
        shift = len(template.signature) + 2 if template.signature else 0
        for match in _BRACKETED.finditer(text, shift):
            yield Signal("template:signature-in-body", *match.span(), match[0])


def _placeholder_signals(kind: TemplateType, text: str, parts: Parts, profile: Profile) -> Iterator[Signal]:
    demands, placeholders = profile.placeholder, parts.placeholders
    for part in placeholders:
        if demands.syntaxes and part.syntax not in demands.syntaxes:
            yield Signal("template:placeholder-refused", *_pair(part.span), demands.syntaxes[0])
        if not _PLACEHOLDER_NAME.fullmatch(part.value.strip("#")):
            yield Signal("template:placeholder-name", *_pair(part.span), part.value)
        if _DATE_NAME.search(part.value):
            yield Signal("template:placeholder-date", *_pair(part.span), part.value)
        if _is_partial(text, part.span):
            yield Signal("template:placeholder-partial", *_pair(part.span), part.value)
    if len(placeholders) > (most := demands.most_of(kind)):
        yield Signal("template:placeholder-count", *_pair(placeholders[most].span), str(most))
    if demands.once:
        yield from _repeated(placeholders)
    if demands.numbered:
        yield from _misnumbered(placeholders)
    fixed = sum(len(part.value.strip()) for part in parts.parts if part.kind is PartKind.LITERAL)
    if len(placeholders) > 2 and fixed < LEAST_FIXED_PER_PLACEHOLDER * len(placeholders):
        yield Signal("template:placeholder-share", placeholders[0].span.start, placeholders[-1].span.end)


def _is_partial(text: str, span: Span) -> bool:
    """Return whether a placeholder cuts a number or a Latin word: 186${2}1234, but not 尾号${last4} or ${used}GB."""
    before = _DIGITS_BEFORE.search(text, max(span.start - 32, 0), span.start)
    after = _DIGITS_AFTER.match(text, span.end)
    if after is not None and _UNITS_AFTER.match(text, span.end):
        after = None
    return before is not None and after is not None


def _repeated(placeholders: Sequence[Part]) -> Iterator[Signal]:
    counts = Counter(part.value for part in placeholders)
    seen: set[str] = set()
    for part in placeholders:
        if counts[part.value] > 1 and part.value in seen:
            yield Signal("template:placeholder-repeated", *_pair(part.span), part.value)
        seen.add(part.value)


def _misnumbered(placeholders: Sequence[Part]) -> Iterator[Signal]:
    """Yield the first numbered placeholder that does not carry on from 1 without a gap."""
    numbers = [(int(part.value), part) for part in placeholders if part.value.isdecimal()]
    expected = 1
    for number, part in numbers:
        if number > expected or number < 1:
            yield Signal("template:placeholder-numbering", *_pair(part.span), str(expected))
            return
        expected = max(expected, number + 1)


def _window_signals(send_at: datetime, industry: Industry | None, profile: Profile) -> Iterator[Signal]:
    window = profile.send_window
    if industry in window.exempt:
        return
    moment = _on_clock(send_at, window.clock)
    if not window.is_open(moment.time()):
        told = f"{moment:%H:%M} ({window.opens:%H:%M}-{window.closes:%H:%M})"
        yield Signal("template:outside-send-window", term=told)


def _on_clock(moment: datetime, clock: ZoneInfo) -> datetime:
    """Return a moment on a clock; one without an offset is taken to be on that clock already."""
    if moment.tzinfo is None:
        return moment
    if moment.year in (MINYEAR, MAXYEAR):
        moment += EDGE if moment.year == MINYEAR else -EDGE
    return moment.astimezone(clock)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def purpose_signals(refusals: Sequence[Signal], text: str, parts: Parts) -> Iterator[Signal]:
    """Yield that a text without placeholders says too little beside its signature and its ways to refuse."""
    body = next((part.span for part in parts.parts if part.kind is PartKind.LITERAL), Span(0, 0))
    end = min(refusals[0].start, body.end) if refusals else body.end
    if parts.placeholders or _PHRASE.search(text, body.start, end):
        return
    for refusal in reversed(refusals):
        text = text[: refusal.start] + " " + text[refusal.end :]
    signed = sum(1 for _ in _WORD.finditer(f"【{parts.signature}】")) if parts.signature else 0
    said = sum(1 for _ in islice(_WORD.finditer(text), LEAST_FIXED + signed))
    if said < LEAST_FIXED or said - signed < LEAST_SAID:
        yield Signal("template:unclear")


def opt_out_signals(found: Sequence[Signal], text: str, parts: Parts, profile: Profile) -> Iterator[Signal]:
    """Yield what the profile finds wrong with the ways to refuse that a template names; `found` is in text order."""
    if not found:
        return
    last = found[-1]
    accepted = _accepted(profile.opt_out.forms)
    if accepted and not any(_bare(text[signal.start : signal.end]) in accepted for signal in found):
        yield Signal("template:opt-out-form", last.start, last.end, profile.opt_out.forms[0])
    keys = {_key(text[signal.start : signal.end]) for signal in found} - {""}
    if len(keys) > 1:
        yield Signal("template:opt-out-twice", last.start, last.end)
    end = parts.parts[-1].span.start if parts.parts[-1].kind is PartKind.SIGNATURE else len(text)
    if profile.opt_out.at_end and text[last.end : max(end, last.end)].strip(CLOSING):
        yield Signal("template:opt-out-not-last", last.start, last.end)


@lru_cache(maxsize=256)
def _accepted(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(form).text.replace(" ", "") for form in forms)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Return the folded text without blanks, quotes and punctuation."""
    return re.sub(r"[\s\"'“”‘’「」,.:;!。，：；！()（）]", "", fold(text).text)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Return what a way to refuse asks to be sent: r, td."""
    return re.sub(r"[^a-z0-9]", "", _bare(text))


def contact_signals(found: Sequence[Signal], profile: Profile) -> Iterator[Signal]:
    """Yield the first contact that is one too many for the profile; `found` is in text order."""
    if len(found) > profile.contact.most:
        one = found[profile.contact.most]
        yield Signal("template:contact-count", one.start, one.end, str(profile.contact.most))
