"""What a reviewer decided and the desk does not know yet: it is held back so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.review.case import Case, Lease, Outcome, ReasonCode
from moderation.review.desk import Desk
from moderation.review.people import Actor
from moderation.verdict import Decision

HELD_BACK = timedelta(seconds=5)
"""How long a decision can be undone."""

LEASE_MARGIN = timedelta(seconds=2)
"""What must be left of the lease when a decision is sent; one is held back for less where the lease is short."""


@dataclass(frozen=True, slots=True)
class Held:
    """The case on the screen, the lease on it since when, and what is noted and marked for the ruling."""

    case: Case
    lease: Lease
    since: datetime
    note: str = ""
    together: frozenset[int] = frozenset()

    @property
    def number(self) -> int:
        """The number of the case."""
        return self.case.number


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """A ruling as the reviewer decided it."""

    decision: Decision
    code: ReasonCode
    note: str


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """A decision on an appeal as the reviewer decided it."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that is sent when it is due; sent twice, it counts once."""

    held: Held
    draft: RulingDraft | OutcomeDraft
    due_at: datetime
    request_id: str

    @property
    def what(self) -> str:
        """The decision or outcome, as its enum says it."""
        return self.draft.decision if isinstance(self.draft, RulingDraft) else self.draft.outcome

    def send(self, desk: Desk, actor: Actor) -> None:
        """Tell the desk; raise DeskError where it refuses."""
        number, epoch, draft = self.held.number, self.held.lease.epoch, self.draft
        if isinstance(draft, OutcomeDraft):
            desk.decide(actor, number, epoch, draft.outcome, draft.reason, request_id=self.request_id)
            return
        also = sorted(self.held.together)
        request_id = self.request_id
        desk.rule(actor, number, epoch, draft.decision, draft.code, draft.note, also=also, request_id=request_id)


def due_at(held: Held, now: datetime) -> datetime:
    """Return when a decision of this moment is sent."""
    return max(now, min(now + HELD_BACK, held.lease.expires_at - LEASE_MARGIN))
