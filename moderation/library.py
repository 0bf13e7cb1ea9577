"""Lawful templates that are offered to senders as a start: all of them pass, and are found by words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from moderation.text.normal import fold
from moderation.text.template import Industry, TemplateType

TITLE_WEIGHT = 3
"""How much more a word in the title counts than one in the text."""


@dataclass(frozen=True, slots=True)
class LibraryTemplate:
    """A ready-made template; `signature` is set where it travels beside the text."""

    id: str
    title: str
    industry: Industry
    type: TemplateType
    text: str
    signature: str = ""
    verified_domains: tuple[str, ...] = ()


def load_library(directory: Path) -> tuple[LibraryTemplate, ...]:
    """Return the templates of a directory, in the order of their ids."""
    lines = (line for path in directory.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines())
    rows = map(json.loads, lines)
    return tuple(sorted(map(_template, rows), key=lambda template: template.id))


def search(
    templates: Iterable[LibraryTemplate],
    words: Sequence[str],
    *,
    kind: TemplateType | None = None,
    industry: Industry | None = None,
) -> list[LibraryTemplate]:
    """Return the templates of a type and industry, those that share most with the words first.

    A word counts by its two-character pieces, so that a template is found by part of a word too; what shares nothing
    with the words is left out.
    """
    chosen = [
        template for template in templates if kind in (None, template.type) and industry in (None, template.industry)
    ]
    pieces = {piece for word in words for piece in _pieces(fold(word).text)}
    if not pieces:
        return chosen
    scores = {template.id: _score(template, pieces) for template in chosen}
    found = [template for template in chosen if scores[template.id]]
    return sorted(found, key=lambda template: (-scores[template.id], template.id))


def _template(row: dict[str, object]) -> LibraryTemplate:
    domains = row.get("verified_domains", ())
    return LibraryTemplate(
        id=str(row["id"]),
        title=str(row["title"]),
        industry=Industry(str(row["industry"]).upper()),
        type=TemplateType(str(row["type"]).upper()),
        text=str(row["text"]),
        signature=str(row.get("signature", "")),
        verified_domains=tuple(map(str, domains)) if isinstance(domains, list) else (),
    )


def _pieces(word: str) -> list[str]:
    return [word[start : start + 2] for start in range(len(word) - 1)] or [word]


def _score(template: LibraryTemplate, pieces: set[str]) -> int:
    title, text = fold(template.title).text, fold(template.text).text
    return sum(TITLE_WEIGHT * (piece in title) + (piece in text) for piece in pieces)
