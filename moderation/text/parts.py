"""The parts of a template: signature, literals and placeholders, with what is wrong about their form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from moderation.text.characters import table_of
from moderation.text.normal import fold
from moderation.text.signal import Signal
from moderation.text.template import Span

PLACEHOLDER_SYNTAX = {
    "dollar": r"\$\{\w{1,64}\}",
    "double-brace": r"\{\{\w{1,64}\}\}",
    "brace-hash": r"\{#\w{1,64}#\}",
    "brace": r"\{\w{1,64}\}",
    "hash": r"#[A-Za-z_]\w{0,31}#",
    "percent": r"(?<![0-9])%[A-Za-z_]\w{0,31}%",
}
"""Syntax name to pattern: `${name}` `{{name}}` `{#var#}` `{name}` `#code#` `%code%`, tried in this order."""

_PLACEHOLDER = re.compile(
    "|".join(f"(?P<{name.replace('-', '_')}>{form})" for name, form in PLACEHOLDER_SYNTAX.items())
)
_MARKS = re.compile("[{}#%]")
"""What every placeholder has, and every broken one."""

MARKS = table_of("{}#%【")
"""Characters of placeholders and signatures; a text without any is one literal."""

UNSIGNED = Signal("template:signature-missing")
_ONLY_UNSIGNED = (UNSIGNED,)
_NAME = "[A-Za-z0-9_Ａ-Ｚａ-ｚ０-９]"
_MALFORMED = re.compile(
    r"\$\s?\{[^{}]{0,64}\}?|\{\{[^{}]{0,64}\}{0,2}|\{#[^{}]{0,64}\}?|\{\s*\}|\$\{?\w{0,64}\}"
    rf"|\{{\s?{_NAME}{{1,64}}\s?(?:\}}|(?![A-Za-z0-9_:/.]))|(?<![/.:=?&-])(?<!{_NAME}){_NAME}{{2,64}}\}}"
    rf"|(?<![A-Za-z0-9/#=?&.])#[a-zａ-ｚ][a-zａ-ｚ_]{{2,31}}(?![#-]|{_NAME})|(?<![A-Za-z0-9%])%[a-zａ-ｚ][a-zａ-ｚ_]{{2,31}}(?!%|{_NAME})"
)
"""Placeholders that lack a bracket, a name or their end, with Latin names: words in braces are ordinary text."""

_OPT_OUT_TAIL = re.compile(r"[\s,，。;；]*(?:如需|如要|若需|若要|需)?(?:屏蔽|退订|拒收|取消|回复?)[^。\n]{0,14}\s*\Z")
_SIGNATURE = re.compile(r"【([^【】]*)】")
_HAN = re.compile(r"[\u3400-\u9fff]")

BRAND_DIGITS = 4
"""Digits that a brand may consist of (360, 4399); a signature of more is a code or a number."""

MIN_FIXED_HAN = 4
"""Han characters outside placeholders that a template needs for its purpose to be told."""


class PartKind(StrEnum):
    """What a part of a template is."""

    SIGNATURE = "signature"
    LITERAL = "literal"
    PLACEHOLDER = "placeholder"


class Part(NamedTuple):
    """A stretch of a template; `value` is the placeholder's name, the signature without brackets, or the literal."""

    kind: PartKind
    span: Span
    value: str
    syntax: str = ""


class Parts(NamedTuple):
    """A template taken apart: parts in order without gaps, signals about its form, its placeholders and signatures."""

    parts: tuple[Part, ...]
    signals: tuple[Signal, ...]
    placeholders: tuple[Part, ...] = ()
    signatures: tuple[Part, ...] = ()

    @property
    def signature(self) -> str:
        """The signature without its brackets; empty where there is none."""
        return self.signatures[0].value if self.signatures else ""


def parse(text: str) -> Parts:
    """Take a template apart; wrong syntax becomes a signal, never an exception."""
    has_marks = _MARKS.search(text) is not None
    if "【" not in text:
        parts = _body_parts(text, 0, len(text), has_marks)
        placeholders = _of_kind(parts, PartKind.PLACEHOLDER) if has_marks else ()
        signals = (*_placeholder_signals(text, parts, placeholders), UNSIGNED) if has_marks else _ONLY_UNSIGNED
        return Parts(tuple(parts), signals, placeholders)
    return _signed(text, has_marks)


def _signed(text: str, has_marks: bool) -> Parts:
    """Take a template apart that has brackets as signatures do."""
    body_start, body_end = 0, len(text)
    parts: list[Part] = []
    signatures = list(_SIGNATURE.finditer(text))
    front = signatures[0] if signatures and not text[: signatures[0].start()].strip() else None
    back = signatures[-1] if signatures and signatures[-1] is not front else None
    if back is not None and text[back.end() :].strip():
        back = None
    if front is not None:
        parts.append(Part(PartKind.SIGNATURE, Span(0, front.end()), front[1].strip()))
        body_start = front.end()
    if back is not None:
        body_end = back.start()
    parts.extend(_body_parts(text, body_start, body_end, has_marks))
    if back is not None:
        parts.append(Part(PartKind.SIGNATURE, Span(back.start(), len(text)), back[1].strip()))
    misplaced = [match for match in signatures if match is not front and match is not back]
    placeholders, signed = _of_kind(parts, PartKind.PLACEHOLDER), _of_kind(parts, PartKind.SIGNATURE)
    signals = _placeholder_signals(text, parts, placeholders) if has_marks else []
    signals.extend(_signature_signals(text, signed, misplaced))
    return Parts(tuple(parts), tuple(signals), placeholders, signed)


def _of_kind(parts: Sequence[Part], kind: PartKind) -> tuple[Part, ...]:
    return tuple([part for part in parts if part.kind is kind])


def _body_parts(text: str, start: int, end: int, has_marks: bool) -> list[Part]:
    if not has_marks:
        return [Part(PartKind.LITERAL, Span(start, end), text[start:end])] if end > start else []
    parts: list[Part] = []
    position = start
    for match in _PLACEHOLDER.finditer(text, start, end):
        if match.start() > position:
            parts.append(Part(PartKind.LITERAL, Span(position, match.start()), text[position : match.start()]))
        syntax = (match.lastgroup or "").replace("_", "-")
        parts.append(Part(PartKind.PLACEHOLDER, Span(*match.span()), match[0].strip("${}#%"), syntax))
        position = match.end()
    if position < end:
        parts.append(Part(PartKind.LITERAL, Span(position, end), text[position:end]))
    return parts


def _placeholder_signals(text: str, parts: Sequence[Part], placeholders: Sequence[Part]) -> list[Signal]:
    signals = [Signal("part:placeholder", part.span.start, part.span.end, part.value) for part in placeholders]
    for one, other in pairwise(parts):
        if one.kind is PartKind.PLACEHOLDER and other.kind is PartKind.PLACEHOLDER:
            signals.append(Signal("template:placeholder-adjacent", one.span.start, other.span.end))
    if placeholders:
        syntaxes = {part.syntax for part in placeholders}
        if len(syntaxes) > 1:
            odd = next(part for part in placeholders if part.syntax != placeholders[0].syntax)
            signals.append(Signal("template:placeholder-mixed", odd.span.start, odd.span.end, placeholders[0].syntax))
        fixed = sum(len(_HAN.findall(part.value)) for part in parts if part.kind is PartKind.LITERAL)
        if fixed < MIN_FIXED_HAN:
            signals.append(Signal("template:placeholder-only", placeholders[0].span.start, placeholders[-1].span.end))
    for part in parts:
        if part.kind is PartKind.LITERAL:
            malformed = _MALFORMED.finditer(text, part.span.start, part.span.end)
            signals.extend(Signal("template:placeholder-malformed", *match.span()) for match in malformed)
    return signals


def _signature_signals(text: str, signatures: Sequence[Part], misplaced: Sequence[re.Match[str]]) -> list[Signal]:
    signals = [Signal("part:signature", part.span.start, part.span.end, part.value) for part in signatures]
    if not signatures:
        signals.append(UNSIGNED)
    for part in signatures:
        if flaw := _flaw_of(part.value):
            term = "" if flaw == "empty" else part.value
            signals.append(Signal(f"template:signature-{flaw}", part.span.start, part.span.end, term))
    if len(signatures) > 1:
        one, other = (folded_name(part.value) for part in signatures)
        kind = "repeated" if one and (one in other or other in one) else "twice"
        signals.append(Signal(f"template:signature-{kind}", signatures[1].span.start, signatures[1].span.end))
    is_signed = bool(signatures) or (bool(misplaced) and _OPT_OUT_TAIL.match(text, misplaced[-1].end()) is not None)
    kind = "brackets-in-body" if is_signed else "signature-misplaced"
    signals.extend(Signal(f"template:{kind}", *match.span()) for match in misplaced)
    return signals


@lru_cache(maxsize=4096)
def _flaw_of(signature: str) -> str:
    """Return what is wrong with the name in a signature: it is empty, a number, or has a placeholder; else nothing."""
    visible = folded_name(signature)
    if not visible:
        return "empty"
    if visible.isdecimal():
        return "digits" if len(visible) > BRAND_DIGITS else "number"
    return "placeholder" if _PLACEHOLDER.search(signature) or _MALFORMED.search(signature) else ""


@lru_cache(maxsize=4096)
def folded_name(signature: str) -> str:
    """Return the normal text of a signature's name."""
    return fold(signature).text.strip()
