"""What is sealed in the store, and how: templates with their reasons, notes, appeals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from moderation.review.case import Reason
from moderation.review.circumstances import Circumstances, as_fields, of_fields
from moderation.review.keys import KeyRing
from moderation.review.sealing import seal, unseal
from moderation.text.template import Industry, Span, Template, TemplateType


@dataclass(frozen=True, slots=True)
class VerdictContent:
    """The template of a verdict, why it was decided so, a better text where there is one, and how it was made."""

    template: Template
    reasons: tuple[Reason, ...]
    suggested_text: str
    tags: tuple[str, ...]
    made: Circumstances | None = None


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens contents by a ring of keys; what a content belongs to is sealed with it."""

    ring: KeyRing

    def seal(self, place: str, content: Any) -> bytes:  # noqa: ANN401 - anything that JSON can say
        """Return a content sealed for a place such as `verdict/ab12…`."""
        return seal(self.ring, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"), place.encode())

    def unseal(self, place: str, sealed: bytes) -> Any:  # noqa: ANN401 - as `seal`
        """Return the content that was sealed for this place; raise SealError where it is another's or is broken."""
        return json.loads(unseal(self.ring, sealed, place.encode()).decode("utf-8", "surrogatepass"))

    def seal_verdict(self, verdict_id: str, content: VerdictContent) -> bytes:
        """Return the sealed content of a verdict."""
        send_at = content.template.send_at
        fields = {
            "template": _fields(content.template) | {"send_at": send_at and send_at.isoformat()},
            "reasons": list(map(_fields, content.reasons)),
            "suggested_text": content.suggested_text,
            "tags": content.tags,
        }
        if content.made is not None:
            fields["made"] = as_fields(content.made)
        return self.seal(verdict_place(verdict_id), fields)

    def unseal_verdict(self, verdict_id: str, sealed: bytes) -> VerdictContent:
        """Return what `seal_verdict` sealed."""
        content = self.unseal(verdict_place(verdict_id), sealed)
        return VerdictContent(
            _template(content["template"]),
            tuple(map(_reason, content["reasons"])),
            content["suggested_text"],
            tuple(content["tags"]),
            of_fields(content["made"]) if "made" in content else None,
        )


def verdict_place(verdict_id: str) -> str:
    """Return the place that the content of a verdict is sealed for."""
    return f"verdict/{verdict_id}"


def _fields(value: Template | Reason) -> dict[str, Any]:
    """Return the fields of a value as they are; `asdict` would copy all that they hold."""
    return {name: getattr(value, name) for name in value.__slots__}


def _template(fields: dict[str, Any]) -> Template:
    kind, industry, send_at = fields["type"], fields["industry"], fields["send_at"]
    known = {
        "type": kind and TemplateType(kind),
        "industry": industry and Industry(industry),
        "send_at": send_at and datetime.fromisoformat(send_at),
    }
    return Template(**(fields | known))


def _reason(fields: dict[str, Any]) -> Reason:
    span = fields["span"]
    return Reason(**(fields | {"span": span and Span(*span), "laws": tuple(fields["laws"])}))
