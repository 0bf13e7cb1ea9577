"""The corpora of the project's own writing as templates, policies and expectations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from moderation.rules.rule import ReasonCategory
from moderation.text.template import Industry, Template, TemplateType
from moderation.verdict import Finding, Policy

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
LIBRARY = ROOT / "library"


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that an unlawful template must have; an empty quote means that something is missing."""

    category: ReasonCategory
    quote: str

    def is_met_by(self, finding: Finding, text: str) -> bool:
        """Return whether a finding is of the category and touches the quoted words."""
        if finding.category is not self.category:
            return False
        if not self.quote or finding.span is None:
            return not self.quote or self.quote not in text
        start = text.find(self.quote)
        while start >= 0:
            if finding.span.start < start + len(self.quote) and start < finding.span.end:
                return True
            start = text.find(self.quote, start + 1)
        return False


@dataclass(frozen=True, slots=True)
class Sample:
    """One template of a corpus with its sender's policy; lawful ones expect nothing."""

    template: Template
    policy: Policy
    expected: tuple[Expected, ...] = ()


@cache
def lawful() -> tuple[Sample, ...]:
    """Return the clean corpus: the library, and what is kept for tests."""
    return tuple(_samples(LIBRARY, CORPUS / "lawful"))


@cache
def unlawful() -> tuple[Sample, ...]:
    """Return the templates that break a rule each."""
    return tuple(_samples(CORPUS / "unlawful"))


def _samples(*directories: Path) -> Iterator[Sample]:
    for directory in directories:
        for path in sorted(directory.glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield _sample(json.loads(line))


def _sample(row: dict[str, Any]) -> Sample:
    template = Template(
        text=row["text"],
        id=row["id"],
        signature=row.get("signature", ""),
        type=TemplateType(row["type"].upper()),
        industry=Industry(row["industry"].upper()) if row.get("industry") else None,
        send_at=datetime.fromisoformat(row["send_at"]) if row.get("send_at") else None,
    )
    expected = tuple(Expected(ReasonCategory(one["category"]), one["quote"]) for one in row.get("expect", ()))
    return Sample(template, Policy(frozenset(row.get("verified_domains", ()))), expected)
