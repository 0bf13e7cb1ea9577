"""A verdict on its way into the store, and what the store says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moderation.review.case import Priority, Queue, Reason, ReasonCode
from moderation.review.circumstances import Circumstances
from moderation.text.template import Industry, Template
from moderation.verdict import Decision

SKILL = "dialect:"
"""Tags that begin so ask for a reviewer who can read them."""


def skill_of(tags: Iterable[str]) -> str:
    """Return the tag that asks for a reviewer of that skill; empty where anybody can read the template."""
    return next((tag for tag in tags if tag.startswith(SKILL)), "")


@dataclass(frozen=True, slots=True)
class Recording:
    """A verdict that is to be kept.

    `fingerprint` (32 bytes) tells whether it was kept before: it covers whatever the verdict depends on. `tags` are
    those of the verdict, its type and its industry. `made` tells how to make it again.
    """

    fingerprint: bytes
    template: Template
    machine: Decision
    risk_score: float
    ruleset: str
    reasons: tuple[Reason, ...] = ()
    suggested_text: str = ""
    tags: tuple[str, ...] = ()
    industry: Industry | None = None
    made: Circumstances | None = None

    @property
    def queue(self) -> Queue | None:
        """The queue in which a case is opened at once; None where it needs none: a rejection can be appealed."""
        return {Decision.REVIEW: Queue.REVIEW, Decision.PASS: Queue.QUALITY}.get(self.machine)

    @property
    def priority(self) -> Priority:
        """How soon people should look at it."""
        if self.machine is Decision.PASS:
            return Priority.LOW
        return Priority.GOVERNMENT if self.industry is Industry.GOVERNMENT else Priority.NORMAL


@dataclass(frozen=True, slots=True)
class PersonsWord:
    """What a person decided last on a verdict; `code` is empty where an appeal was decided."""

    decision: Decision
    code: ReasonCode | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """A verdict as the store keeps it: `standing` is what holds now, after people have spoken.

    `is_purged` tells that its text was no longer kept.
    """

    verdict_id: str
    case: int | None
    machine: Decision
    standing: Decision
    word: PersonsWord | None = None
    is_purged: bool = False
