"""How many SMS segments a template takes on the air interface (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from moderation.text.characters import characters_of, table_of
from moderation.text.parts import PartKind, Parts

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("^{}\\[~]|€\f")
GSM7 = GSM7_BASIC | GSM7_EXTENSION
_OUTSIDE_GSM7 = ~table_of(GSM7)
UCS2_SINGLE, UCS2_PART = 70, 67
GSM7_SINGLE, GSM7_PART = 160, 153
DEFAULT_VALUE_LENGTH = 35
"""UTF-16 units that a placeholder's value may take where nothing else is declared (vendors allow 35 at most)."""


@dataclass(frozen=True, slots=True)
class Length:
    """The size of a text: `units` are septets in GSM-7 and UTF-16 code units in UCS-2."""

    encoding: str
    units: int
    segments: int


def measure(text: str) -> Length:
    """Return the size of a filled message."""
    if GSM7.issuperset(text):
        units = len(text) + sum(character in GSM7_EXTENSION for character in text)
        return Length("GSM-7", units, _gsm7_segments(text, units))
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return Length("UCS-2", units, _ucs2_segments(text, units))


def segments_many(texts: Sequence[str]) -> list[int]:
    """Return how many segments each of some filled messages takes."""
    if not texts:
        return []
    characters = characters_of(texts)
    lengths = characters.lengths
    segments: list[int] = np.where(lengths <= UCS2_SINGLE, 1, -(-lengths // UCS2_PART)).tolist()
    is_plain = characters.any(_OUTSIDE_GSM7[characters.codes]) & ~characters.any(characters.codes > 0xFFFF)
    for index in np.flatnonzero(~is_plain).tolist():
        segments[index] = measure(texts[index]).segments
    return segments


def measure_worst(text: str, parts: Parts, value_length: int = DEFAULT_VALUE_LENGTH) -> Length:
    """Return the size of a template with every placeholder filled by so many Han characters."""
    if not parts.placeholders:
        return measure(text)
    filled = "".join(
        "\u4e00" * value_length if part.kind is PartKind.PLACEHOLDER else text[part.span.start : part.span.end]
        for part in parts.parts
    )
    return measure(filled)


def _gsm7_segments(text: str, septets: int) -> int:
    if septets <= GSM7_SINGLE:
        return 1
    return _fill((2 if character in GSM7_EXTENSION else 1 for character in text), GSM7_PART)


def _ucs2_segments(text: str, units: int) -> int:
    if units <= UCS2_SINGLE:
        return 1
    if units == len(text):
        return -(-units // UCS2_PART)
    return _fill((2 if character > "\uffff" else 1 for character in text), UCS2_PART)


def _fill(sizes: Iterable[int], room: int) -> int:
    """Return how many parts hold characters of these sizes, none of which may be cut in two."""
    segments, used = 1, 0
    for size in sizes:
        if used + size > room:
            segments, used = segments + 1, 0
        used += size
    return segments
