"""A template's text with its findings, placeholders and signature marked, in colour or by signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from textual.content import Content

from moderation.cli.review_screen.shown import shown
from moderation.review.case import Reason
from moderation.text.parts import Part, PartKind, parse

SEVERITIES = ("REJECT", "REVIEW", "ADVICE", "SHADOW")
"""From the strictest on."""

SIGNS = {"REJECT": "!", "REVIEW": "?", "ADVICE": "~", "SHADOW": "."}
"""What stands after an opening bracket where colour cannot tell the severity."""

COLOURS = {
    "REJECT": "bold #ffffff on #b3261e",
    "REVIEW": "#000000 on #ffca28",
    "ADVICE": "#000000 on #80deea",
    "SHADOW": "#000000 on #bdbdbd",
}
_PARTS = {PartKind.PLACEHOLDER: "italic #9fa8da", PartKind.SIGNATURE: "bold #81c784", PartKind.LITERAL: ""}
_PLAIN_PARTS = {PartKind.PLACEHOLDER: "italic", PartKind.SIGNATURE: "bold", PartKind.LITERAL: ""}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text that lies in one part and under the same reasons."""

    text: str
    part: Part
    reasons: tuple[int, ...]


def marked(text: str, reasons: Sequence[Reason], current: int | None, *, plain: bool) -> Content:
    """Return the text as it is shown; the span of the reason number `current` stands out."""
    pieces: list[tuple[str, str] | str] = []
    for covering, run in groupby(_pieces(text, reasons), key=lambda piece: piece.reasons):
        severity = _strictest([reasons[index].severity for index in covering])
        opening, closing = _brackets(severity, current in covering, plain=plain)
        style = _style(severity, current in covering, plain=plain)
        pieces.append((opening, style))
        pieces += [piece for one in run for piece in _part(one, style, plain=plain)]
        pieces.append((closing, style))
    return Content.assemble(*pieces)


def lines_before(text: str, reasons: Sequence[Reason], current: int, width: int, *, plain: bool) -> int:
    """Return how many lines of `width` cells stand before the line in which the span of a reason begins."""
    span = reasons[current].span
    if span is None:
        return 0
    earlier = [reason for reason in reasons if reason.span is not None and reason.span.end <= span.start]
    before = marked(text[: span.start], earlier, None, plain=plain)
    return max(0, len(before.wrap(max(1, width))) - 1)


def _pieces(text: str, reasons: Sequence[Reason]) -> Iterator[_Piece]:
    spans = [(index, reason.span) for index, reason in enumerate(reasons) if reason.span is not None]
    for part in parse(text).parts:
        inside = (min(max(edge, part.span.start), part.span.end) for _, span in spans for edge in span)
        edges = sorted({part.span.start, part.span.end, *inside})
        for start, end in pairwise(edges):
            covering = tuple(index for index, span in spans if span.start <= start and end <= span.end)
            yield _Piece(text[start:end], part, covering)


def _part(piece: _Piece, style: str, *, plain: bool) -> Iterator[tuple[str, str]]:
    own = (_PLAIN_PARTS if plain else _PARTS)[piece.part.kind]
    written = shown(piece.text)
    if plain and piece.part.kind is PartKind.PLACEHOLDER:
        written = f"‹{written}›"
    yield written, style or own


def _strictest(severities: Sequence[str]) -> str:
    return min(severities, key=lambda severity: SEVERITIES.index(severity) if severity in SEVERITIES else 0, default="")


def _brackets(severity: str, is_current: bool, *, plain: bool) -> tuple[str, str]:
    if not (severity and plain):
        return "", ""
    opening, closing = f"[{SIGNS.get(severity, '!')}", "]"
    return (f"▸{opening}", f"{closing}◂") if is_current else (opening, closing)


def _style(severity: str, is_current: bool, *, plain: bool) -> str:
    if not severity:
        return ""
    if plain:
        return "underline reverse" if is_current else "underline"
    colour = COLOURS.get(severity, COLOURS["REJECT"])
    return f"{colour} underline reverse" if is_current else colour
