"""What a template's form shows under a profile: length, signature, placeholders, opt-out, contacts, send window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from moderation.rules.profiles import Profile
from moderation.text.normal import fold
from moderation.text.parts import Part, PartKind, Parts
from moderation.text.signal import Signal
from moderation.text.template import Industry, Span, Template, TemplateType

LONG_SEGMENTS = 5
"""SMS segments from which on the sender is told how many a template takes at worst."""

LEAST_FIXED_SHARE = 0.5
"""Share of fixed characters below which a template with three or more placeholders hardly tells what it is for."""

_PLAIN_SIGNATURE = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_DATE_NAME = re.compile(
    r"date|time|day|deadline|expir|until|_end|endat|begin|start|month|hour|日期|时间|日|截止|期限|到期", re.IGNORECASE
)
"""Names of placeholders that carry a date or a time."""

_PLACEHOLDER_NAME = re.compile(r"[A-Za-z]\w*|\d{1,2}")
_DIGITS_BEFORE, _DIGITS_AFTER = re.compile(r"[0-9A-Za-z]{2,}$"), re.compile(r"[0-9A-Za-z]{2,}")
_UNITS_AFTER = re.compile(r"(?:GB|MB|KB|TB|kg|KG|km|KM|ml|ML|cm|mm|kW|kWh|G|M|T)(?![0-9A-Za-z])")


def form_signals(
    template: Template, kind: TemplateType, industry: Industry | None, text: str, parts: Parts, profile: Profile
) -> Iterator[Signal]:
    """Yield what is noteworthy in the form of a template; spans are in `text`, the signature field in front."""
    yield from parts.signals
    yield from _length_signals(text, profile)
    yield from _signature_signals(template, parts, profile)
    if parts.placeholders:
        yield from _placeholder_signals(kind, text, parts, profile)
    yield from _window_signals(template, industry, profile)
    if profile.text.refused_symbols:
        for match in re.finditer(f"[{re.escape(profile.text.refused_symbols)}]", text):
            yield Signal("template:refused-symbol", match.start(), match.end(), match[0])


def _length_signals(text: str, profile: Profile) -> Iterator[Signal]:
    most = profile.text.most_characters
    if len(text) > most:
        yield Signal("template:too-long", most, len(text), str(most))


def _signature_signals(template: Template, parts: Parts, profile: Profile) -> Iterator[Signal]:
    demands = profile.signature
    for part in parts.parts:
        if part.kind is not PartKind.SIGNATURE:
            continue
        name, span = fold(part.value).text.strip(), part.span
        if not demands.least <= len(name) <= demands.most:
            yield Signal("template:signature-length", *_pair(span), f"{demands.least}-{demands.most}")
        if name and not demands.symbols and not _PLAIN_SIGNATURE.fullmatch(name):
            yield Signal("template:signature-symbol", *_pair(span), part.value)
        if name and name.isascii() and any(character.isalpha() for character in name):
            yield Signal("template:signature-latin", *_pair(span), part.value)
        if demands.place == "beside" and not template.signature:
            yield Signal("template:signature-in-body", *_pair(span), part.value)


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
    yield from _repeated(placeholders)
    yield from _misnumbered(placeholders)
    fixed = sum(len(part.value.strip()) for part in parts.parts if part.kind is PartKind.LITERAL)
    if len(placeholders) > 2 and fixed < LEAST_FIXED_SHARE * sum(
        len(text[part.span.start : part.span.end]) for part in parts.parts if part.kind is not PartKind.SIGNATURE
    ):
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


def _window_signals(template: Template, industry: Industry | None, profile: Profile) -> Iterator[Signal]:
    window = profile.send_window
    if template.send_at is None or industry in window.exempt:
        return
    moment = template.send_at.astimezone(window.clock)
    if not window.opens <= moment.time() < window.closes:
        told = f"{moment:%H:%M}"
        yield Signal("template:outside-send-window", term=told, source=f"{window.opens:%H:%M}-{window.closes:%H:%M}")


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def opt_out_signals(found: Sequence[Signal], text: str, parts: Parts, profile: Profile) -> Iterator[Signal]:
    """Yield what the profile finds wrong with the ways to refuse that a template names; `found` is in text order."""
    if not found:
        return
    accepted = [fold(form).text.replace(" ", "") for form in profile.opt_out.forms]
    if accepted and not any(_bare(text[signal.start : signal.end]) in accepted for signal in found):
        yield Signal("template:opt-out-form", found[-1].start, found[-1].end, profile.opt_out.forms[0])
    keys = {re.sub(r"[^a-z0-9]", "", _bare(text[signal.start : signal.end])) for signal in found} - {""}
    if len(keys) > 1:
        yield Signal("template:opt-out-twice", found[-1].start, found[-1].end)
    rest = text[found[-1].end :]
    if parts.parts and parts.parts[-1].kind is PartKind.SIGNATURE and len(parts.parts) > 1:
        rest = text[found[-1].end : parts.parts[-1].span.start]
    if rest.strip(" \t\n。.!！;；)）】」”\"'~～"):
        yield Signal("template:opt-out-not-last", found[-1].start, found[-1].end)


def _bare(text: str) -> str:
    """Return the folded text without blanks, quotes and punctuation."""
    return re.sub(r"[\s\"'“”‘’「」,.:;!。，：；！()（）]", "", fold(text).text)


def contact_signals(found: Sequence[Signal], profile: Profile) -> Iterator[Signal]:
    """Yield the first contact that is one too many for the profile; `found` is in text order."""
    if len(found) > profile.contact.most:
        one = found[profile.contact.most]
        yield Signal("template:contact-count", one.start, one.end, str(profile.contact.most))
