"""What is read at a desk over a store: cases, appeals, figures, events and the audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from sqlalchemy import ColumnElement, Connection, Engine, select

from moderation.review.audit import AuditEntry
from moderation.review.audit_proof import Fault, Verified
from moderation.review.case import Appeal, Case, CaseEventRecord, CaseLine, Proposal, Similar, Statistics
from moderation.review.desk import PAGE_SIZE, CaseFilter, DeskError, DeskReason, Page
from moderation.review.keys import KeyRing
from moderation.review.people import SERVICE, Actor, Role
from moderation.review.policy import DEFAULT, ReviewPolicy
from moderation.store import appeals, audit_log, checkpoints, leases, lists, statistics
from moderation.store.content import Seals
from moderation.store.database import Source, connected, glancing, reading
from moderation.store.pages import after as after_token
from moderation.store.pages import numbered
from moderation.store.schema import APPEALS, EVENTS, PROPOSALS
from moderation.store.transaction import Transaction, begun

Clock = Callable[[], datetime]


def now_in_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


class ReadingDesk:
    """The half of a desk that changes nothing but what time has changed already; safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        ring: KeyRing,
        policy: ReviewPolicy = DEFAULT,
        clock: Clock = now_in_utc,
        checkpoint_file: Path | None = None,
    ) -> None:
        self._engine = engine
        self._ring = ring
        self._checkpoint_file = checkpoint_file
        self._seals = Seals(ring)
        self._policy = policy
        self._now = clock
        self._proving_ends = Event()

    @property
    def policy(self) -> ReviewPolicy:
        """What holds for reviews."""
        return self._policy

    @property
    def fingerprint_secret(self) -> bytes:
        """The secret of the fingerprints by which verdicts are known again."""
        return self._ring.fingerprint_secret

    def case(self, actor: Actor, number: int) -> Case:
        """Return one case."""
        with self._swept() as plain, reading(plain) as connection:
            return lists.case(connection, self._seals, number)

    def cases(self, actor: Actor, wanted: CaseFilter, *, size: int = PAGE_SIZE, token: str = "") -> Page[CaseLine]:
        """Return the cases that are wanted, a page at a time."""
        with self._swept() as plain, reading(plain) as connection:
            return lists.cases(connection, self._seals, wanted, self._now(), size, token)

    def similar(self, actor: Actor, number: int, *, size: int = 10) -> tuple[Similar, ...]:
        """Return the cases whose templates resemble that of a case."""
        with reading(self._engine) as connection:
            return lists.similar(connection, self._seals, number, size)

    def statistics(self, actor: Actor, *, since: datetime | None = None) -> Statistics:
        """Return figures by queue, rule and reviewer."""
        with self._swept() as plain, reading(plain) as connection:
            return statistics.statistics(connection, self._now(), since)

    def appeal(self, actor: Actor, number: int) -> Appeal:
        """Return one appeal."""
        query = select(APPEALS).where(APPEALS.c.number == number, *_own(actor, APPEALS.c.tenant))
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise DeskError(DeskReason.APPEAL_UNKNOWN, f"there is no appeal {number}", appeal=number)
        return _told(appeals.appeal_of(row, self._seals), actor)

    def appeals(self, actor: Actor, *, open_only: bool = False, size: int = PAGE_SIZE, token: str = "") -> Page[Appeal]:
        """Return appeals, the oldest first, a page at a time."""
        query = select(APPEALS).where(
            APPEALS.c.number > after_token(token, APPEALS.name), *_own(actor, APPEALS.c.tenant)
        )
        if open_only:
            query = query.where(APPEALS.c.outcome.is_(None))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(APPEALS.c.number).limit(size + 1)).all()
        return numbered([_told(appeals.appeal_of(row, self._seals), actor) for row in rows], size, APPEALS.name)

    def proposals(self, actor: Actor, *, size: int = PAGE_SIZE, token: str = "") -> Page[Proposal]:
        """Return the exceptions that reversed decisions suggest, the oldest first."""
        query = (
            select(PROPOSALS)
            .where(PROPOSALS.c.number > after_token(token, PROPOSALS.name))
            .order_by(PROPOSALS.c.number)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query.limit(size + 1)).all()
        return numbered([appeals.proposal_of(row, self._seals) for row in rows], size, PROPOSALS.name)

    def events(self, actor: Actor, *, after: int = 0, size: int = PAGE_SIZE) -> tuple[CaseEventRecord, ...]:
        """Return what happened to cases after a sequence number, in order."""
        query = select(EVENTS).where(EVENTS.c.sequence > after, *_own(actor, EVENTS.c.tenant))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(EVENTS.c.sequence).limit(size)).all()
        return tuple(
            CaseEventRecord(
                row.sequence, row.kind, row.case_number, row.verdict_id, row.tenant, row.at, json.loads(row.details)
            )
            for row in rows
        )

    def audit_entries(self, after: int, size: int) -> tuple[AuditEntry, ...]:
        """Return the entries of the audit after a sequence number, in order, up to one that cannot be read."""
        with reading(self._engine) as connection:
            return audit_log.readable(connection, after, size)

    def verify_audit(self) -> Fault | Verified:
        """Return the first fault of the audit, or how much of it the checkpoints prove."""
        made = checkpoints.read(self._checkpoint_file)
        return audit_log.prove(self._engine, self._ring, made, self._now(), self._proving_ends.is_set)

    def stop_proving(self) -> None:
        """Let every `verify_audit`, now or later, raise DeskError."""
        self._proving_ends.set()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _begun(self, source: Source, actor: Actor) -> AbstractContextManager[Transaction]:
        return begun(source, actor, self._now(), self._seals, self._policy)

    @contextmanager
    def _swept(self) -> Iterator[Connection]:
        """Give a connection to a store in which what has run out is seen as it is."""
        with connected(self._engine) as plain:
            with glancing(plain) as connection:
                is_needed = leases.has_run_out(connection, self._now())
            if is_needed:
                with self._begun(plain, SERVICE) as transaction:
                    leases.sweep(transaction)
            yield plain


def _told(appeal: Appeal, actor: Actor) -> Appeal:
    """Return an appeal as the actor may see it: senders are not told who decided."""
    return replace(appeal, decided_by="") if actor.role is Role.SENDER else appeal


def _own(actor: Actor, tenant: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that what is read is the actor's: senders see what is their tenant's."""
    return (tenant == actor.tenant,) if actor.role is Role.SENDER else ()
