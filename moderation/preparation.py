"""Templates taken apart and folded, many at once: what detectors look at."""

from __future__ import annotations

from collections.abc import Sequence

from moderation.text.characters import Texts
from moderation.text.normal import Normal, fold, fold_many, fold_parts
from moderation.text.parts import MARKS, PartKind, Parts, parse
from moderation.text.template import Template


class Prepared:
    """A template taken apart and folded; `text` has the signature field put in front, `shift` characters long.

    A text `is_bare` that has no mark of a signature or a placeholder. It is taken apart when its parts are asked for.
    """

    __slots__ = ("_parts", "is_bare", "normal", "shift", "template", "text")

    def __init__(self, template: Template, text: str, normal: Normal, parts: Parts | None = None) -> None:
        self.template = template
        self.text = text
        self.shift = len(text) - len(template.text)
        self.normal = normal
        self.is_bare = parts is None
        self._parts = parts

    @property
    def parts(self) -> Parts:
        """The parts of the text."""
        if self._parts is None:
            self._parts = parse(self.text)
        return self._parts


def prepare_many(templates: Sequence[Template]) -> list[Prepared]:
    """Take templates apart and fold them; a placeholder becomes one U+FFFC, so that words never join across it."""
    texts = Texts(f"【{one.signature}】{one.text}" if one.signature else one.text for one in templates)
    normals = fold_many(texts)
    marked = {index: parse(texts[index]) for index in texts.characters.holding(MARKS)}
    for index, parts in marked.items():
        if parts.placeholders or normals[index] is None:
            normals[index] = _fold_parts(texts[index], parts)
    return [
        Prepared(template, text, normal if normal is not None else fold(text), marked.get(index))
        for index, (template, text, normal) in enumerate(zip(templates, texts, normals, strict=True))
    ]


def _fold_parts(text: str, parts: Parts) -> Normal:
    return fold_parts(
        (text[part.span.start : part.span.end], part.kind is PartKind.PLACEHOLDER) for part in parts.parts
    )
