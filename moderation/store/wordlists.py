"""Versions of wordlists over a store: every verb is one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Engine

from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.keys import KeyRing
from moderation.review.people import Actor
from moderation.review.policy import ReviewPolicy
from moderation.store import wordlist_reading, wordlist_upload, wordlist_versions
from moderation.store.database import connected, reading
from moderation.store.requests import Answer, number_in, once
from moderation.store.transaction import Transaction
from moderation.store.wordlist_reading import RecentLine
from moderation.store.wordlist_schema import WORDLIST_HEAD
from moderation.store.writing_alone import WritingAlone
from moderation.wordlists.change import Batch, BatchState, Change, Difference, Overlay, Version

CHANGES_AT_ONCE = 10_000
"""Changes of a batch that are read at a time where all are."""


class StoredWordlists(WritingAlone):
    """What differs from the shipped wordlists, in numbered versions; safe to share between threads.

    Every write takes a `request_id` as `moderation.review.desk.Desk` does, and raises WordlistsError where it is
    refused; whether the actor's role permits it is not asked here. What the store itself cannot do, a request id or a
    page token that is wrong, raise DeskError.
    """

    _head = WORDLIST_HEAD

    def upload(self, actor: Actor, changes: Iterable[Change], reason: str, base: int, *, request_id: str = "") -> Batch:
        """Take up a batch that was made for a version; nobody waits while the changes come in, however many.

        The changes of a batch that was sent before are read to their end, to see that they are the same.
        """
        with connected(self._engine) as plain, wordlist_upload.staged(plain, changes) as staged:
            arguments = {"changes": staged.digest, "reason": reason, "base": base}
            with self._begun(plain, actor) as transaction:

                def work() -> Answer:
                    return {"batch": wordlist_upload.keep(transaction, staged, base, reason)}

                answer = once(transaction, "wordlist.upload", request_id, arguments, work)
        return self.batch(number_in(answer, "batch"))

    def apply(
        self, actor: Actor, batch: int, expected_version: int, *, approval_above: int, request_id: str = ""
    ) -> Version | Batch:
        """Make the next version of a draft where the current version is the expected one.

        A batch of more than `approval_above` changes is returned as it waits for approval.
        """

        def work(transaction: Transaction) -> Answer:
            version = wordlist_versions.apply(transaction, batch, expected_version, approval_above)
            return {"batch": batch} if version is None else {"version": version}

        arguments = {"batch": batch, "expected": expected_version, "approval_above": approval_above}
        answer = self._write(actor, "wordlist.apply", request_id, arguments, work)
        return self.version(number_in(answer, "version")) if "version" in answer else self.batch(batch)

    def approve(self, actor: Actor, batch: int, expected_version: int, *, request_id: str = "") -> Version:
        """Make the next version of a batch that waits for somebody else than its author."""

        def work(transaction: Transaction) -> Answer:
            return {"version": wordlist_versions.approve(transaction, batch, expected_version)}

        arguments = {"batch": batch, "expected": expected_version}
        answer = self._write(actor, "wordlist.approve", request_id, arguments, work)
        return self.version(number_in(answer, "version"))

    def drop(self, actor: Actor, batch: int, reason: str, *, request_id: str = "") -> Batch:
        """Let a batch that is not applied never be."""

        def work(transaction: Transaction) -> Answer:
            wordlist_versions.drop(transaction, batch, reason)
            return {}

        self._write(actor, "wordlist.drop", request_id, {"batch": batch, "reason": reason}, work)
        return self.batch(batch)

    def rollback(
        self, actor: Actor, to_version: int, expected_version: int, reason: str, *, request_id: str = ""
    ) -> Version:
        """Make the next version, in which all wordlists are what they were in an earlier one."""
        with reading(self._engine) as connection:
            counts = wordlist_versions.counts_between(connection, expected_version, to_version)

        def work(transaction: Transaction) -> Answer:
            return {"version": wordlist_versions.rollback(transaction, to_version, expected_version, reason, counts)}

        arguments = {"to": to_version, "expected": expected_version, "reason": reason}
        answer = self._write(actor, "wordlist.rollback", request_id, arguments, work)
        return self.version(number_in(answer, "version"))

    @property
    def opened_by(self) -> tuple[Engine, KeyRing, ReviewPolicy]:
        """What the store was opened by: its database, its keys, and what holds for reviews."""
        return self._engine, self._seals.ring, self._policy

    def head(self) -> int:
        """Return the current version: one row by its key, cheap enough to poll."""
        with reading(self._engine) as connection:
            return wordlist_reading.head(connection)

    def version(self, number: int) -> Version:
        """Return what made a version; there is nothing that made the shipped one."""
        with reading(self._engine) as connection:
            return wordlist_reading.version(connection, number)

    def log(self, *, size: int = PAGE_SIZE, token: str = "") -> Page[Version]:
        """Return the versions, the latest first."""
        with reading(self._engine) as connection:
            return wordlist_reading.log(connection, size, token)

    def batch(self, number: int) -> Batch:
        """Return one batch."""
        with reading(self._engine) as connection:
            return wordlist_reading.batch(connection, number)

    def batches(
        self, *, states: frozenset[BatchState] = frozenset(), size: int = PAGE_SIZE, token: str = ""
    ) -> Page[Batch]:
        """Return the batches in some states, in any where none is named, the latest first."""
        with reading(self._engine) as connection:
            return wordlist_reading.batches(connection, states, size, token)

    def changes(self, batch: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Change]:
        """Return the changes of a batch, by wordlist and entry."""
        with reading(self._engine) as connection:
            return wordlist_reading.changes(connection, batch, size, token)

    def changes_of(self, batch: int) -> Iterator[Change]:
        """Yield all changes of a batch, by wordlist and entry; each page is read when it is needed."""
        token, is_first = "", True
        while token or is_first:
            page = self.changes(batch, size=CHANGES_AT_ONCE, token=token)
            yield from page.items
            token, is_first = page.next_token, False

    def overlay(self, version: int | None = None) -> Overlay:
        """Return what differs from the shipped wordlists in a version, the current one unless named."""
        with reading(self._engine) as connection:
            return wordlist_reading.overlay(connection, version)

    def since(self, version: int, wordlist: str, entries: Sequence[str]) -> dict[str, int]:
        """Return since which version the lines of entries stand as they do in a version; of shipped lines nothing."""
        with reading(self._engine) as connection:
            return wordlist_reading.since(connection, version, wordlist, entries)

    def recent(self, version: int, since: datetime) -> list[RecentLine]:
        """Return the lines of a version that came into force since a moment, and which version brought each."""
        with reading(self._engine) as connection:
            return wordlist_reading.recent(connection, version, since)

    def diff(self, from_version: int, to_version: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Difference]:
        """Return what leads from one version to another, by wordlist and entry."""
        with reading(self._engine) as connection:
            return wordlist_reading.diff(connection, from_version, to_version, size, token)
