"""What a case, a ruling and an appeal consist of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType

from moderation.review.states import CaseState
from moderation.text.template import Span, Template
from moderation.verdict import Decision

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands in a list for a text that does not open."""


class Queue(StrEnum):
    """Why a case is there: the verdict was REVIEW, a passed template was drawn by lot, or its sender appealed."""

    REVIEW = "REVIEW"
    QUALITY = "QUALITY"
    APPEAL = "APPEAL"


class Priority(IntEnum):
    """Which cases come first: those of the lowest number."""

    COMPLAINT = 0
    GOVERNMENT = 1
    NORMAL = 2
    LOW = 3


class ReasonCode(StrEnum):
    """Why a reviewer decided so, for statistics and for the sender."""

    LAWFUL = "LAWFUL"
    RULE_MISTAKEN = "RULE_MISTAKEN"
    EVIDENCE_PROVIDED = "EVIDENCE_PROVIDED"
    CONFIRMED = "CONFIRMED"
    UNLAWFUL = "UNLAWFUL"
    MISLEADING = "MISLEADING"
    INCOMPLETE = "INCOMPLETE"
    UNCLEAR = "UNCLEAR"
    OTHER = "OTHER"


CODES: Mapping[Decision, tuple[ReasonCode, ...]] = MappingProxyType(
    {
        Decision.PASS: (
            ReasonCode.LAWFUL,
            ReasonCode.RULE_MISTAKEN,
            ReasonCode.EVIDENCE_PROVIDED,
            ReasonCode.OTHER,
        ),
        Decision.REJECT: (
            ReasonCode.CONFIRMED,
            ReasonCode.UNLAWFUL,
            ReasonCode.MISLEADING,
            ReasonCode.INCOMPLETE,
            ReasonCode.UNCLEAR,
            ReasonCode.OTHER,
        ),
    }
)
"""Which reasons a decision may have."""


class Outcome(StrEnum):
    """What became of an appeal: what was decided stands, or is undone."""

    UPHELD = "UPHELD"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding of the verdict, as its reader needs it; `span` is None where something is missing."""

    rule_id: str
    rule_name: str
    category: str
    severity: str
    score: float
    span: Span | None
    quote: str
    term: str
    message: str
    advice: str
    laws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lease:
    """Somebody's hold on a case until a moment; a ruling holds for the epoch of the lease only."""

    holder: str
    epoch: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided on a case."""

    reviewer: str
    decision: Decision
    code: ReasonCode
    note: str
    ruled_at: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Why somebody did not want a case."""

    reviewer: str
    reason: str
    skipped_at: datetime


@dataclass(frozen=True, slots=True)
class Appeal:
    """A request to undo the verdict or the ruling on one template; `outcome` is None until it is decided.

    `reason` is what the sender is told of the decision.
    """

    number: int
    case: int
    verdict_id: str
    tenant: str
    filed_by: str
    text: str
    evidence: tuple[str, ...]
    filed_at: datetime
    outcome: Outcome | None = None
    decided_by: str = ""
    reason: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list: no text but a masked beginning of it."""

    number: int
    verdict_id: str
    queue: Queue
    state: CaseState
    priority: Priority
    tenant: str
    machine: Decision
    risk_score: float
    rules: tuple[str, ...]
    tags: tuple[str, ...]
    excerpt: str
    opened_at: datetime
    due_at: datetime
    lease: Lease | None = None
    ruling: Decision | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case: its line, the template, why it is here, and what people did.

    `purged` tells that the text is gone, for its time was over.
    """

    line: CaseLine
    template: Template
    reasons: tuple[Reason, ...]
    suggested_text: str = ""
    ruling: Ruling | None = None
    appeal: Appeal | None = None
    skips: tuple[Skip, ...] = ()
    purged: bool = False

    @property
    def number(self) -> int:
        """The number of the case."""
        return self.line.number


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case whose template resembles that of a case, by the estimated share of common fragments, 0 to 1."""

    line: CaseLine
    similarity: float
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exception that a reversed decision suggests; policy staff take it or drop it."""

    number: int
    case: int
    rule_id: str
    term: str
    quote: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class QueueStatistics:
    """How one queue stands now."""

    queue: Queue
    waiting: int
    held: int
    overdue: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleStatistics:
    """What people said of the verdicts that a rule took part in."""

    rule_id: str
    cases: int
    passed: int
    rejected: int
    appeals: int
    overturned: int


@dataclass(frozen=True, slots=True)
class ReviewerStatistics:
    """What one reviewer did; `median_seconds` is from the claim to the ruling."""

    reviewer: str
    passed: int
    rejected: int
    decided_appeals: int
    overturned: int
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures by queue, by rule and by reviewer; `passed_unseen` counts templates that passed without a case."""

    queues: tuple[QueueStatistics, ...]
    rules: tuple[RuleStatistics, ...]
    reviewers: tuple[ReviewerStatistics, ...]
    passed_unseen: int = 0


@dataclass(frozen=True, slots=True)
class CaseEventRecord:
    """Something that happened to a case, in the order in which it was committed; no text."""

    sequence: int
    kind: str
    case: int
    verdict_id: str
    tenant: str
    at: datetime
    details: Mapping[str, str | int | float | None]
