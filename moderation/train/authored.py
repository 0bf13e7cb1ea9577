"""Lawful templates of our own, written out from patterns: what the public collections lack."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from moderation.text.template import Industry, TemplateType

PATTERNS_FILE = "lawful_patterns.txt"
PER_PATTERN = 10
"""Texts written out of one pattern."""

_CHOICE = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class AuthoredText:
    """One text with its industry and type."""

    industry: str
    type: str
    text: str


def texts() -> Iterator[AuthoredText]:
    """Yield the texts, the same ones in every run.

    A line of the file is industry, type and pattern, parted by tabs; `[a|b]` is one of its alternatives.
    """
    content = resources.files(__package__).joinpath(PATTERNS_FILE).read_text(encoding="utf-8")
    for number, line in enumerate(content.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        industry, kind, pattern = line.split("\t")
        choose = random.Random(number)  # noqa: S311
        written = {_write(pattern, choose) for _ in range(PER_PATTERN)}
        yield from (AuthoredText(Industry(industry), TemplateType(kind), text) for text in sorted(written))


def _write(pattern: str, choose: random.Random) -> str:
    """Return the pattern with each choice made, inner choices first."""
    while (found := _CHOICE.search(pattern)) is not None:
        pattern = pattern[: found.start()] + choose.choice(found[1].split("|")) + pattern[found.end() :]
    return pattern
