"""What leads from one policy document to another, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from moderation.policies.document import CHINA, PolicyDocument
from moderation.policies.effective import OFF
from moderation.rules.rule import Severity


class Difference(NamedTuple):
    """One thing that a policy says, before and after; None where it says nothing."""

    key: str
    before: str | None
    after: str | None


def differences(before: PolicyDocument, after: PolicyDocument) -> list[Difference]:
    """Return what changes, in the order of the documents."""
    then, now = dict(_said(before)), dict(_said(after))
    return [
        Difference(key, then.get(key), now.get(key))
        for key in dict.fromkeys((*then, *now))
        if then.get(key) != now.get(key)
    ]


def _said(document: PolicyDocument) -> Iterator[tuple[str, str]]:
    for name in ("profile", "industry"):
        if value := getattr(document, name):
            yield name, str(value)
    for name in ("review", "reject"):
        if (threshold := getattr(document, f"{name}_threshold")) is not None:
            yield f"threshold.{name}", f"{threshold:g}"
    for weighed in document.severities:
        until = f" < {weighed.until.astimezone(CHINA).isoformat()}" if weighed.until is not None else ""
        yield f"severity.{weighed.rule}", f"{weighed.severity}{until} ({weighed.reason})"
    for off in document.off:
        yield f"severity.{off.rule}", f"{OFF} < {off.until.astimezone(CHINA).isoformat()} ({off.reason})"
    for denied in document.deny:
        severity = "" if denied.severity is Severity.REJECT else f" {denied.severity}"
        edges = " edges=word" if denied.word_edges else ""
        yield f"deny {denied.word}", f"({denied.reason}){severity}{edges}"
    for allowed in document.allow:
        limit = allowed.rule or allowed.wordlist
        tenants = f" tenants={','.join(allowed.tenants)}" if allowed.tenants else ""
        yield f"allow {allowed.word}" + (f" [{limit}]" if limit else ""), f"({allowed.reason}){tenants}"
