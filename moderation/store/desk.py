"""The reviewers' desk over a store: every verb is one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, select

from moderation.review.audit import AuditEntry, Fault, Verified
from moderation.review.case import (
    Appeal,
    Case,
    CaseEventRecord,
    CaseLine,
    Outcome,
    Proposal,
    Queue,
    ReasonCode,
    Similar,
    Statistics,
)
from moderation.review.desk import PAGE_SIZE, CaseFilter, DeskError, DeskReason, Page
from moderation.review.keys import KeyRing
from moderation.review.people import SERVICE, Actor, Role
from moderation.review.policy import DEFAULT, ReviewPolicy
from moderation.review.recording import Recorded, Recording
from moderation.review.states import CaseEvent
from moderation.store import appeals, audit_log, checkpoints, leases, lists, rulings, statistics, verdicts
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.pages import after as after_token
from moderation.store.pages import numbered
from moderation.store.requests import Answer, once
from moderation.store.schema import APPEALS, EVENTS, PROPOSALS
from moderation.store.transaction import CaseRow, Transaction, begun
from moderation.verdict import Decision

Clock = Callable[[], datetime]
NO_PASSES: Mapping[str, int] = {}


def now_in_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


class StoredDesk:
    """Implements `moderation.review.desk.Desk`; safe to share between threads."""

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

    @property
    def policy(self) -> ReviewPolicy:
        """What holds for reviews."""
        return self._policy

    @property
    def fingerprint_secret(self) -> bytes:
        """The secret of the fingerprints by which verdicts are known again."""
        return self._ring.fingerprint_secret

    def record(self, recordings: Sequence[Recording], passes: Mapping[str, int] = NO_PASSES) -> list[Recorded]:
        """Keep verdicts, each once, and count templates that passed by tenant; return what stands for each verdict.

        What is returned is durable.
        """
        marks = [one.fingerprint for one in recordings]
        with reading(self._engine) as connection:
            found = verdicts.find(connection, marks)
        is_new = len(found) < len(set(marks)) or any(one.is_purged for one in found.values())
        if is_new or passes:
            with self._begun(SERVICE) as transaction:
                found = verdicts.record(transaction, recordings)
                verdicts.count_passes(transaction, passes)
        return [found[mark] for mark in marks]

    def claim_next(
        self,
        actor: Actor,
        *,
        queues: frozenset[Queue] = frozenset(),
        tags: frozenset[str] = frozenset(),
        skills: frozenset[str] = frozenset(),
        request_id: str = "",
    ) -> Case | None:
        """Hold the waiting case that comes first; see `Desk`."""
        arguments = {"queues": sorted(queues), "tags": sorted(tags), "skills": sorted(skills)}
        self._sweep()
        with self._begun(actor) as transaction:
            answer = once(
                transaction,
                "claim_next",
                request_id,
                arguments,
                lambda: _lease(leases.claim_next(transaction, queues, tags, skills)),
            )
        return self._leased(actor, answer)

    def claim(self, actor: Actor, number: int, *, request_id: str = "") -> Case:
        """Hold one waiting case."""
        return self._hold(actor, "claim", request_id, number, None, lambda one: leases.claim(one, number))

    def renew(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> Case:
        """Hold a case for longer."""
        return self._hold(actor, "renew", request_id, number, epoch, lambda one: leases.renew(one, number, epoch))

    def release(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> None:
        """Give a case back."""

        def work(transaction: Transaction) -> Answer:
            transaction.give_back(leases.held(transaction, number, epoch), CaseEvent.RELEASE)
            return {}

        self._write(actor, "release", request_id, {"case": number, "epoch": epoch}, work)

    def skip(self, actor: Actor, number: int, epoch: int, reason: str, *, request_id: str = "") -> None:
        """Give a case back and never get it again by `claim_next`."""

        def work(transaction: Transaction) -> Answer:
            leases.skip(transaction, number, epoch, reason)
            return {}

        self._write(actor, "skip", request_id, {"case": number, "epoch": epoch, "reason": reason}, work)

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
        """Decide a case that the actor holds, and waiting ones together with it."""

        def work(transaction: Transaction) -> Answer:
            rulings.rule(transaction, number, epoch, decision, code, note, also)
            return {"case": number}

        arguments = {"case": number, "epoch": epoch, "decision": decision, "code": code, "note": note}
        self._write(actor, "rule", request_id, arguments | {"also": list(also)}, work)
        return self.case(actor, number)

    def case(self, actor: Actor, number: int) -> Case:
        """Return one case."""
        self._sweep()
        with reading(self._engine) as connection:
            return lists.case(connection, self._seals, number)

    def cases(self, actor: Actor, wanted: CaseFilter, *, size: int = PAGE_SIZE, token: str = "") -> Page[CaseLine]:
        """Return the cases that are wanted, a page at a time."""
        self._sweep()
        with reading(self._engine) as connection:
            return lists.cases(connection, self._seals, wanted, self._now(), size, token)

    def similar(self, actor: Actor, number: int, *, size: int = 10) -> tuple[Similar, ...]:
        """Return the cases whose templates resemble that of a case."""
        with reading(self._engine) as connection:
            return lists.similar(connection, self._seals, number, size)

    def statistics(self, actor: Actor, *, since: datetime | None = None) -> Statistics:
        """Return figures by queue, rule and reviewer."""
        self._sweep()
        with reading(self._engine) as connection:
            return statistics.statistics(connection, self._now(), since)

    def file_appeal(
        self, actor: Actor, verdict_id: str, text: str, evidence: Sequence[str] = (), *, request_id: str = ""
    ) -> Appeal:
        """Ask that the rejection of a template be undone."""

        def work(transaction: Transaction) -> Answer:
            return {"appeal": appeals.file(transaction, verdict_id, text, evidence)}

        arguments = {"verdict": verdict_id, "text": text, "evidence": list(evidence)}
        return self.appeal(actor, _number(self._write(actor, "file_appeal", request_id, arguments, work), "appeal"))

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

    def decide(
        self, actor: Actor, number: int, epoch: int, outcome: Outcome, reason: str, *, request_id: str = ""
    ) -> Appeal:
        """Decide the appeal on a case that the actor holds."""

        def work(transaction: Transaction) -> Answer:
            return {"appeal": appeals.decide(transaction, number, epoch, outcome, reason)}

        arguments = {"case": number, "epoch": epoch, "outcome": outcome, "reason": reason}
        return self.appeal(actor, _number(self._write(actor, "decide", request_id, arguments, work), "appeal"))

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
        """Return the entries of the audit after a sequence number, in order."""
        with reading(self._engine) as connection:
            return audit_log.entries(connection, after, size)

    def verify_audit(self) -> Fault | Verified:
        """Return the first fault of the audit, or how much of it the checkpoints prove."""
        return audit_log.prove(self._engine, self._ring, checkpoints.read(self._checkpoint_file), self._now())

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _begun(self, actor: Actor) -> AbstractContextManager[Transaction]:
        return begun(self._engine, actor, self._now(), self._seals, self._policy)

    def _write(
        self,
        actor: Actor,
        verb: str,
        request_id: str,
        arguments: Mapping[str, object],
        work: Callable[[Transaction], Answer],
    ) -> Answer:
        with self._begun(actor) as transaction:
            return once(transaction, verb, request_id, arguments, lambda: work(transaction))

    def _hold(
        self,
        actor: Actor,
        verb: str,
        request_id: str,
        number: int,
        epoch: int | None,
        work: Callable[[Transaction], CaseRow],
    ) -> Case:
        self._sweep()
        with self._begun(actor) as transaction:
            arguments = {"case": number, "epoch": epoch}
            answer = once(transaction, verb, request_id, arguments, lambda: _lease(work(transaction)))
        case = self._leased(actor, answer)
        assert case is not None
        return case

    def _leased(self, actor: Actor, answer: Answer) -> Case | None:
        """Return the case of a lease; raise DeskError where the lease was given before and is over.

        It is read after the commit, so that nobody who writes waits for it.
        """
        if "case" not in answer:
            return None
        number, epoch = _number(answer, "case"), _number(answer, "epoch")
        with reading(self._engine) as connection:
            case = lists.case(connection, self._seals, number)
        lease = case.line.lease
        if lease is None or (lease.holder, lease.epoch) != (actor.name, epoch) or lease.expires_at <= self._now():
            raise leases.lost(number, epoch)
        return case

    def _sweep(self) -> None:
        """Let what has run out be seen as it is."""
        with reading(self._engine) as connection:
            is_needed = leases.has_run_out(connection, self._now())
        if is_needed:
            with self._begun(SERVICE) as transaction:
                leases.sweep(transaction)


def _lease(row: CaseRow | None) -> Answer:
    return {} if row is None else {"case": row.number, "epoch": row.epoch}


def _number(answer: Answer, name: str) -> int:
    return int(answer[name] or 0)


def _told(appeal: Appeal, actor: Actor) -> Appeal:
    """Return an appeal as the actor may see it: senders are not told who decided."""
    return replace(appeal, decided_by="") if actor.role is Role.SENDER else appeal


def _own(actor: Actor, tenant: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that what is read is the actor's: senders see what is their tenant's."""
    return (tenant == actor.tenant,) if actor.role is Role.SENDER else ()
