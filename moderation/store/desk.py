"""The reviewers' desk over a store: every verb is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection

from moderation.review.case import (
    Appeal,
    Case,
    Outcome,
    Queue,
    ReasonCode,
)
from moderation.review.people import SERVICE, Actor
from moderation.review.recording import Recorded, Recording
from moderation.review.states import CaseEvent
from moderation.store import appeals, leases, lists, rulings, verdicts
from moderation.store.database import Source, reading
from moderation.store.reading_desk import ReadingDesk
from moderation.store.requests import Answer, is_known, number_in, once
from moderation.store.transaction import CaseRow, Transaction
from moderation.verdict import Decision

NO_PASSES: Mapping[str, int] = {}


class StoredDesk(ReadingDesk):
    """Implements `moderation.review.desk.Desk`; safe to share between threads."""

    _found_nothing = False
    """Whether the last claim found nothing: those that follow look before they lock the store to write."""

    def record(self, recordings: Sequence[Recording], passes: Mapping[str, int] = NO_PASSES) -> list[Recorded]:
        """Keep verdicts, each once, and count templates that passed by tenant; return what stands for each verdict.

        What is returned is durable.
        """
        marks = [one.fingerprint for one in recordings]
        with reading(self._engine) as connection:
            found = verdicts.find(connection, marks)
        is_new = len(found) < len(set(marks)) or any(one.is_purged for one in found.values())
        if is_new or passes:
            with self._begun(self._engine, SERVICE) as transaction:
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

        def first(connection: Connection) -> CaseRow | None:
            return leases.first_waiting(connection, actor.name, queues, tags, skills)

        def work(transaction: Transaction) -> Answer:
            row = first(transaction.connection)
            return _lease(leases.take(transaction, row) if row is not None else None)

        with self._swept() as plain:
            if self._found_nothing:
                with reading(plain) as connection:
                    if not is_known(connection, self._seals, actor, request_id) and first(connection) is None:
                        return None
            case = self._leased(plain, actor, self._write(plain, actor, "claim_next", request_id, arguments, work))
        self._found_nothing = case is None
        return case

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

        self._write(self._engine, actor, "release", request_id, {"case": number, "epoch": epoch}, work)

    def skip(self, actor: Actor, number: int, epoch: int, reason: str, *, request_id: str = "") -> None:
        """Give a case back and never get it again by `claim_next`."""

        def work(transaction: Transaction) -> Answer:
            leases.skip(transaction, number, epoch, reason)
            return {}

        self._write(self._engine, actor, "skip", request_id, {"case": number, "epoch": epoch, "reason": reason}, work)

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
        self._write(self._engine, actor, "rule", request_id, arguments | {"also": list(also)}, work)
        return self.case(actor, number)

    def file_appeal(
        self, actor: Actor, verdict_id: str, text: str, evidence: Sequence[str] = (), *, request_id: str = ""
    ) -> Appeal:
        """Ask that the rejection of a template be undone."""

        def work(transaction: Transaction) -> Answer:
            return {"appeal": appeals.file(transaction, verdict_id, text, evidence)}

        arguments = {"verdict": verdict_id, "text": text, "evidence": list(evidence)}
        return self.appeal(
            actor, number_in(self._write(self._engine, actor, "file_appeal", request_id, arguments, work), "appeal")
        )

    def decide(
        self, actor: Actor, number: int, epoch: int, outcome: Outcome, reason: str, *, request_id: str = ""
    ) -> Appeal:
        """Decide the appeal on a case that the actor holds."""

        def work(transaction: Transaction) -> Answer:
            return {"appeal": appeals.decide(transaction, number, epoch, outcome, reason)}

        arguments = {"case": number, "epoch": epoch, "outcome": outcome, "reason": reason}
        return self.appeal(
            actor, number_in(self._write(self._engine, actor, "decide", request_id, arguments, work), "appeal")
        )

    def _write(
        self,
        source: Source,
        actor: Actor,
        verb: str,
        request_id: str,
        arguments: Mapping[str, object],
        work: Callable[[Transaction], Answer],
    ) -> Answer:
        with self._begun(source, actor) as transaction:
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
        arguments = {"case": number, "epoch": epoch}
        with self._swept() as plain:
            answer = self._write(plain, actor, verb, request_id, arguments, lambda one: _lease(work(one)))
            case = self._leased(plain, actor, answer)
        assert case is not None
        return case

    def _leased(self, plain: Connection, actor: Actor, answer: Answer) -> Case | None:
        """Return the case of a lease; raise DeskError where the lease was given before and is over.

        It is read after the commit, so that nobody who writes waits for it.
        """
        if "case" not in answer:
            return None
        number, epoch = number_in(answer, "case"), number_in(answer, "epoch")
        with reading(plain) as connection:
            case = lists.case(connection, self._seals, number)
        lease = case.line.lease
        if lease is None or (lease.holder, lease.epoch) != (actor.name, epoch) or lease.expires_at <= self._now():
            raise leases.lost(number, epoch)
        return case


def _lease(row: CaseRow | None) -> Answer:
    return {} if row is None else {"case": row.number, "epoch": row.epoch}
