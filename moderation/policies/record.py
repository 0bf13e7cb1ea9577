"""A policy document as a record that JSON holds, and back: how the store keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from moderation.policies.document import Allowed, Denied, PolicyDocument, SwitchedOff, Weighed
from moderation.rules.rule import Severity
from moderation.text.template import Industry

Record = dict[str, Any]


def to_record(document: PolicyDocument) -> Record:
    """Return the record of a document; what is not said is left out."""
    record: Record = {
        "deny": [
            {"word": one.word, "reason": one.reason}
            | ({"severity": one.severity.value} if one.severity is not Severity.REJECT else {})
            | ({"edges": "word"} if one.word_edges else {})
            for one in document.deny
        ],
        "allow": [
            {"word": one.word, "reason": one.reason}
            | _given(rule=one.rule, wordlist=one.wordlist, tenants=list(one.tenants))
            for one in document.allow
        ],
        "severities": [
            {"rule": one.rule, "severity": one.severity.value, "reason": one.reason} | _given(until=_moment(one.until))
            for one in document.severities
        ],
        "off": [{"rule": one.rule, "reason": one.reason, "until": _moment(one.until)} for one in document.off],
        "review_threshold": document.review_threshold,
        "reject_threshold": document.reject_threshold,
        "profile": document.profile,
        "industry": document.industry.value if document.industry is not None else "",
    }
    return {key: value for key, value in record.items() if value not in ([], "", None)}


def from_record(record: Mapping[str, Any]) -> PolicyDocument:
    """Return the document of a record that `to_record` made."""
    deny: Sequence[Mapping[str, Any]] = record.get("deny", ())
    return PolicyDocument(
        deny=tuple(
            [
                Denied(one["word"], one["reason"], Severity(one.get("severity", Severity.REJECT)), "edges" in one)
                for one in deny
            ]
        ),
        allow=tuple(
            Allowed(
                one["word"], one["reason"], one.get("rule", ""), one.get("wordlist", ""), tuple(one.get("tenants", ()))
            )
            for one in record.get("allow", ())
        ),
        severities=tuple(
            Weighed(one["rule"], Severity(one["severity"]), one["reason"], _parsed(one.get("until")))
            for one in record.get("severities", ())
        ),
        off=tuple(
            SwitchedOff(one["rule"], one["reason"], datetime.fromisoformat(one["until"]))
            for one in record.get("off", ())
        ),
        review_threshold=record.get("review_threshold"),
        reject_threshold=record.get("reject_threshold"),
        profile=record.get("profile", ""),
        industry=Industry(record["industry"]) if record.get("industry") else None,
    )


def _given(**values: object) -> Record:
    return {key: value for key, value in values.items() if value}


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""


def _parsed(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
