"""The registry of links over a store: every verb is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from copy import copy
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine

from moderation.links import fields
from moderation.links.challenge import CHALLENGES, ChallengeError, ChallengeFault, Challenger, require_proof
from moderation.links.file import Problems, read_links
from moderation.links.link import ALL, Link, LinkFilter, LinkKind, Proof
from moderation.links.problems import UnfitLinkError
from moderation.links.registry import Imported, LinkError, LinkReason
from moderation.links.states import LinkEvent
from moderation.links.target import target_of
from moderation.match.own_links import OwnLinks
from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.keys import KeyRing
from moderation.review.people import Actor, Role
from moderation.review.policy import DEFAULT, ReviewPolicy
from moderation.store import link_import, link_reading, link_writing
from moderation.store.database import reading
from moderation.store.link_reading import Standing, link_of, row_of, seen_by
from moderation.store.link_schema import LINK_HEAD
from moderation.store.link_standing import own_links_at
from moderation.store.link_writing import invalid
from moderation.store.reading_desk import Clock, now_in_utc
from moderation.store.requests import Answer, number_in
from moderation.store.transaction import Transaction
from moderation.store.writing_alone import WritingAlone

Made = TypeVar("Made")
Shorteners = Callable[[], Collection[str]]


class StoredLinks(WritingAlone):
    """Implements `moderation.links.registry.LinkRegistry` over a database; safe to share between threads.

    `shorteners` tells the public hosts of short links, `challenger` looks at what is published; without one, nothing
    can be proved. What is read or looked at for long is so outside of a transaction.
    """

    _head = LINK_HEAD

    def __init__(
        self,
        engine: Engine,
        ring: KeyRing,
        policy: ReviewPolicy = DEFAULT,
        clock: Clock = now_in_utc,
        *,
        shorteners: Shorteners = frozenset,
        challenger: Challenger | None = None,
    ) -> None:
        super().__init__(engine, ring, policy, clock)
        self._shorteners = shorteners
        self._challenger = challenger

    def knowing(self, shorteners: Shorteners) -> StoredLinks:
        """Return the same registry, which is told the public hosts of short links by somebody else."""
        made = copy(self)
        made._shorteners = shorteners
        return made

    def add(
        self,
        actor: Actor,
        tenant: str,
        target: str,
        *,
        kind: LinkKind = LinkKind.OWN_DOMAIN,
        icp_number: str = "",
        evidence: str = "",
        request_id: str = "",
    ) -> Link:
        """Register a link that waits to be verified."""
        whose = _told("tenant", lambda: fields.tenant_of(tenant))
        meant = _told("target", lambda: target_of(target, kind, self._shorteners()))
        filed = _told("icp_number", lambda: fields.icp_number_of(icp_number))
        shown = _told("evidence", lambda: fields.text_of(evidence))
        arguments = {"tenant": whose, "target": meant, "kind": kind, "icp": filed, "evidence": shown}

        def work(transaction: Transaction) -> Answer:
            return {"link": link_writing.add(transaction, whose, meant, kind, filed, shown)}

        return self.link(actor, number_in(self._write(actor, "link.add", request_id, arguments, work), "link"))

    def verify(
        self,
        actor: Actor,
        number: int,
        evidence: str,
        valid_until: datetime,
        *,
        icp_number: str = "",
        epoch: int = 0,
        request_id: str = "",
    ) -> Link:
        """Verify a link by hand until a moment, in whatever state it is."""
        filed = _told("icp_number", lambda: fields.icp_number_of(icp_number))
        shown = _told("evidence", lambda: fields.evidence_of(evidence))
        arguments = {"link": number, "evidence": shown, "until": valid_until.timestamp(), "icp": filed, "epoch": epoch}

        def work(transaction: Transaction) -> Answer:
            link_writing.verify(transaction, number, shown, valid_until, filed, epoch)
            return {}

        self._write(actor, "link.verify", request_id, arguments, work)
        return self.link(actor, number)

    def prove(self, actor: Actor, number: int, method: Proof, *, epoch: int = 0, request_id: str = "") -> Link:
        """Verify a link for a year by what its host publishes."""
        with reading(self._engine) as connection:
            row = row_of(connection, actor, number)
        arguments = {"link": number, "method": method, "epoch": epoch}
        if not self._is_answered(actor, request_id, "link.prove", arguments):
            link_writing.require_event(row, LinkEvent.PROVE, self._now())
            self._require_proof(method, row.host, row.token, number)

        def work(transaction: Transaction) -> Answer:
            link_writing.prove(transaction, number, method, epoch or row.epoch)
            return {}

        self._write(actor, "link.prove", request_id, arguments, work)
        return self.link(actor, number)

    def revoke(self, actor: Actor, number: int, reason: str, *, epoch: int = 0, request_id: str = "") -> Link:
        """Let a link count no longer."""
        why = _told("reason", lambda: fields.evidence_of(reason))

        def work(transaction: Transaction) -> Answer:
            link_writing.revoke(transaction, number, why, epoch)
            return {}

        self._write(actor, "link.revoke", request_id, {"link": number, "reason": why, "epoch": epoch}, work)
        return self.link(actor, number)

    def link(self, actor: Actor, number: int) -> Link:
        """Return one link."""
        with reading(self._engine) as connection:
            return seen_by(actor, link_of(row_of(connection, actor, number), self._now()))

    def links(self, actor: Actor, wanted: LinkFilter = ALL, *, size: int = PAGE_SIZE, token: str = "") -> Page[Link]:
        """Return links, the oldest first, a page at a time; raise LinkError where a sender asks for those of others."""
        if actor.role is Role.SENDER and wanted.tenant not in ("", actor.tenant):
            told = f"a sender of the tenant {actor.tenant!r} sees no links of {wanted.tenant!r}"
            raise LinkError(LinkReason.TENANT_DENIED, told, tenant=wanted.tenant)
        with reading(self._engine) as connection:
            return link_reading.page(connection, actor, wanted, size, token, self._now())

    def import_links(self, actor: Actor, content: bytes, *, request_id: str = "") -> Imported:
        """Add or verify again all links of a CSV file, or none."""
        problems = Problems()
        digest = hashlib.sha256(content).hexdigest()
        lines = read_links(content, self._now(), self._shorteners(), problems)

        def work(transaction: Transaction) -> Answer:
            added, renewed = link_import.keep(transaction, lines, problems)
            if problems:
                raise _InvalidFileError
            told = {"added": added, "renewed": renewed}
            transaction.ledger.note("link.import", f"file/{digest[:16]}", sha256=digest, **told)
            return told

        try:
            answer = self._write(actor, "link.import", request_id, {"sha256": digest}, work)
        except _InvalidFileError:
            told = tuple(sorted(problems.told, key=lambda one: one.line))
            return Imported(problems=told, untold=problems.untold)
        return Imported(number_in(answer, "added"), number_in(answer, "renewed"))

    def head(self) -> int:
        """Return the number of the latest change: one row by its key, cheap enough to poll."""
        with reading(self._engine) as connection:
            return link_reading.head(connection)

    def changed(self, since: int) -> tuple[int, list[Standing]]:
        """Return the number of the latest change, and the links that changed after another one."""
        with reading(self._engine) as connection:
            return link_reading.head(connection), list(link_reading.changed(connection, since))

    def own_links(self, tenant: str) -> OwnLinks:
        """Return what a tenant has proved to be its own, as it stands now."""
        with reading(self._engine) as connection:
            return own_links_at(link_reading.of_tenant(connection, tenant), self._now())[0]

    def close(self) -> None:
        """Do nothing: who opened the database closes it."""

    def _require_proof(self, method: Proof, host: str, token: str, number: int) -> None:
        try:
            if self._challenger is None or method not in CHALLENGES:
                raise ChallengeError(ChallengeFault.NOT_OFFERED)
            require_proof(self._challenger, method, host, token)
        except ChallengeError as error:
            said = {"link": number, "host": host, "method": method.value, "fault": error.fault.value}
            told = f"the challenge {method} of {host} proves nothing: {error}"
            raise LinkError(LinkReason.CHALLENGE_FAILED, told, **said, detail=error.detail) from None

    def _is_answered(self, actor: Actor, request_id: str, verb: str, arguments: Mapping[str, object]) -> bool:
        """Return whether a write was done before, so that nothing need be looked at again."""
        try:
            self._write(actor, verb, request_id, arguments, _not_done)
        except _NotDoneError:
            return False
        return True


class _InvalidFileError(Exception):
    """A file has problems, so that nothing of it is kept."""


class _NotDoneError(Exception):
    """A write was not done before."""


def _not_done(_: Transaction) -> Answer:
    raise _NotDoneError


def _told(field: str, read: Callable[[], Made]) -> Made:
    """Return what is told in a field; raise LinkError where it is told wrongly."""
    try:
        return read()
    except UnfitLinkError as problem:
        raise invalid(problem, field) from None
