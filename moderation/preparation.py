"""Templates taken apart and folded, many at once: what detectors look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from moderation.text.normal import Normal, fold_many, fold_parts
from moderation.text.parts import PartKind, Parts, parse
from moderation.text.template import Template


class Prepared(NamedTuple):
    """A template taken apart and folded; `text` has the signature field put in front, `shift` characters long."""

    template: Template
    text: str
    shift: int
    parts: Parts
    normal: Normal


def prepare_many(templates: Sequence[Template]) -> list[Prepared]:
    """Take templates apart and fold them; a placeholder becomes one U+FFFC, so that words never join across it."""
    prefixes = [f"【{template.signature}】" if template.signature else "" for template in templates]
    texts = [prefix + template.text for prefix, template in zip(prefixes, templates, strict=True)]
    taken_apart = list(map(parse, texts))
    normals = [
        normal if normal is not None and not parts.placeholders else _fold_parts(text, parts)
        for text, parts, normal in zip(texts, taken_apart, fold_many(texts), strict=True)
    ]
    return [
        Prepared(template, text, len(prefix), parts, normal)
        for template, text, prefix, parts, normal in zip(templates, texts, prefixes, taken_apart, normals, strict=True)
    ]


def _fold_parts(text: str, parts: Parts) -> Normal:
    return fold_parts(
        (text[part.span.start : part.span.end], part.kind is PartKind.PLACEHOLDER) for part in parts.parts
    )
