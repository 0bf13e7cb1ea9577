"""The reviewers' desk: everything that people do to cases, whether the store is in this process or behind a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from moderation.review.case import (
    Appeal,
    Case,
    CaseEventRecord,
    CaseLine,
    Outcome,
    Priority,
    Proposal,
    Queue,
    ReasonCode,
    Similar,
    Statistics,
)
from moderation.review.people import Actor
from moderation.review.states import CaseState
from moderation.verdict import Decision

Item = TypeVar("Item")

PAGE_SIZE = 50
LARGEST_PAGE = 500


class DeskReason(StrEnum):
    """Why the desk refuses something; the gRPC error reasons of the same names mirror these."""

    CASE_UNKNOWN = "CASE_UNKNOWN"
    APPEAL_UNKNOWN = "APPEAL_UNKNOWN"
    VERDICT_UNKNOWN = "VERDICT_UNKNOWN"
    WRONG_STATE = "WRONG_STATE"
    LEASE_LOST = "LEASE_LOST"
    ALREADY_APPEALED = "ALREADY_APPEALED"
    APPEAL_WINDOW_CLOSED = "APPEAL_WINDOW_CLOSED"
    NOT_APPEALABLE = "NOT_APPEALABLE"
    OWN_RULING = "OWN_RULING"
    NOT_SIMILAR = "NOT_SIMILAR"
    TEXT_PURGED = "TEXT_PURGED"
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"
    PAGE_TOKEN_INVALID = "PAGE_TOKEN_INVALID"  # noqa: S105 - a reason, not a secret
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    STORE_DAMAGED = "STORE_DAMAGED"
    KEY_MISSING = "KEY_MISSING"


class DeskError(Exception):
    """The desk refuses something, and nothing has changed; `metadata` never holds any text of a template."""

    def __init__(self, reason: DeskReason, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata: Mapping[str, str] = {key: str(value) for key, value in metadata.items()}


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list; `next_token` asks for those that follow, and is empty on the last page."""

    items: tuple[Item, ...]
    next_token: str = ""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are meant; what is empty or None excludes nothing."""

    queue: Queue | None = None
    states: frozenset[CaseState] = frozenset()
    tenant: str = ""
    tags: frozenset[str] = frozenset()
    priority: Priority | None = None
    rule_id: str = ""
    holder: str = ""
    overdue_only: bool = False


class Desk(Protocol):
    """What can be done to cases and appeals.

    Every write takes a `request_id`: sent again with the same arguments it changes nothing and returns what it
    returned; with other arguments it raises DeskError (REQUEST_ID_REUSED). An empty one makes the write not repeatable.
    All raise DeskError where something cannot be done; whether the actor's role permits it is not asked here.
    """

    def claim_next(
        self,
        actor: Actor,
        *,
        queues: frozenset[Queue] = frozenset(),
        tags: frozenset[str] = frozenset(),
        skills: frozenset[str] = frozenset(),
        request_id: str = "",
    ) -> Case | None:
        """Hold the waiting case that comes first by priority, due time and age; None where nothing waits.

        A case whose tag is a skill (`dialect:…`) goes to reviewers who have it; to anybody once it is overdue. An
        appeal never goes to who ruled.
        """
        ...

    def claim(self, actor: Actor, number: int, *, request_id: str = "") -> Case:
        """Hold one waiting case."""
        ...

    def renew(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> Case:
        """Hold a case for longer."""
        ...

    def release(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> None:
        """Give a case back."""
        ...

    def skip(self, actor: Actor, number: int, epoch: int, reason: str, *, request_id: str = "") -> None:
        """Give a case back and never get it again by `claim_next`; the reason is for the lead."""
        ...

    def rule(
        self,
        actor: Actor,
        number: int,
        epoch: int,
        decision: Decision,
        code: ReasonCode,
        note: str = "",
        *,
        also: Sequence[int] = (),
        request_id: str = "",
    ) -> Case:
        """Decide a case that the actor holds, PASS or REJECT.

        `also` names waiting cases that resemble it and are decided with it; either all of them are ruled or none.
        """
        ...

    def case(self, actor: Actor, number: int) -> Case:
        """Return one case."""
        ...

    def cases(self, actor: Actor, wanted: CaseFilter, *, size: int = PAGE_SIZE, token: str = "") -> Page[CaseLine]:
        """Return the cases that are wanted, in the order in which they are claimed, a page at a time."""
        ...

    def similar(self, actor: Actor, number: int, *, size: int = 10) -> tuple[Similar, ...]:
        """Return the cases whose templates resemble that of a case, the most similar first."""
        ...

    def statistics(self, actor: Actor, *, since: datetime | None = None) -> Statistics:
        """Return figures by queue, rule and reviewer; rulings before a moment are not counted."""
        ...

    def file_appeal(
        self, actor: Actor, verdict_id: str, text: str, evidence: Sequence[str] = (), *, request_id: str = ""
    ) -> Appeal:
        """Ask that the rejection of a template be undone: once a verdict, by its tenant, within the window."""
        ...

    def appeal(self, actor: Actor, number: int) -> Appeal:
        """Return one appeal."""
        ...

    def appeals(self, actor: Actor, *, open_only: bool = False, size: int = PAGE_SIZE, token: str = "") -> Page[Appeal]:
        """Return appeals, the oldest first, a page at a time; senders see those of their tenant."""
        ...

    def decide(
        self, actor: Actor, number: int, epoch: int, outcome: Outcome, reason: str, *, request_id: str = ""
    ) -> Appeal:
        """Decide the appeal on a case that the actor holds (`number` is the case); never by who ruled it."""
        ...

    def proposals(self, actor: Actor, *, size: int = PAGE_SIZE, token: str = "") -> Page[Proposal]:
        """Return the exceptions that reversed decisions suggest, the oldest first."""
        ...

    def events(self, actor: Actor, *, after: int = 0, size: int = PAGE_SIZE) -> tuple[CaseEventRecord, ...]:
        """Return what happened to cases after a sequence number, in order; senders see their tenant's."""
        ...

    def close(self) -> None:
        """Let go of what the desk holds open."""
        ...
