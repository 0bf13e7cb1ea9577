"""Wordlists in this process: the verbs of commands over a store, or over the shipped lists alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from moderation.cli.wordlist_access import Progressing
from moderation.review.desk import Page
from moderation.review.people import Actor, Role
from moderation.store.wordlist_desk import WordlistDesk
from moderation.wordlists.change import Batch, BatchState, Difference, Version

if TYPE_CHECKING:
    from moderation.automata import Unsaved
    from moderation.store.wordlist_work import Upload, Work
    from moderation.wordlists.batch_files import BatchFile
    from moderation.wordlists.outcome import Applied, Planned, Unsound, Uploaded
    from moderation.wordlists.standing import Listed, Standing
    from moderation.wordlists.told import Progress

NOBODY = Actor("-", Role.POLICY)
"""Who looks only."""


class LocalLists:
    """Implements `moderation.cli.wordlist_access.Lists`; without an actor, nothing is written."""

    def __init__(
        self,
        desk: WordlistDesk,
        actor: Actor | None,
        approval_above: int,
        progress: Callable[[], Progressing],
        unsaved: Unsaved,
    ) -> None:
        self._desk = desk
        self._actor = actor or NOBODY
        self._approval_above = approval_above
        self._progress = progress
        self._unsaved = unsaved

    def wordlists(self) -> list[Listed]:
        """Return all lists in force."""
        shipped = self._desk.shipped
        return list(self._desk.wordlists(self._desk.meant(None), size=len(shipped)).items)

    def lines(self, wordlist: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the lines of a list in a version; see `Lists`."""
        return self._desk.lines(wordlist, self._desk.meant(version), size=size, token=token)

    def search(self, text: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the entries that are related to a folded text."""
        return self._desk.search(text, self._desk.meant(version), size=size, token=token)

    def export(self, wordlist: str, version: int | None) -> str:
        """Return a list as a file."""
        return self._desk.export(wordlist, self._desk.meant(version))

    def diff(self, from_version: int, to_version: int, *, size: int, token: str) -> Page[Difference]:
        """Return what leads from one version to another."""
        return self._desk.diff(from_version, to_version, size=size, token=token)

    def log(self, *, size: int, token: str) -> Page[Version]:
        """Return the versions, the latest first."""
        return self._desk.versions.log(size=size, token=token)

    def batches(self, *, states: frozenset[BatchState], size: int, token: str) -> Page[Batch]:
        """Return the batches in some states."""
        return self._desk.versions.batches(states=states, size=size, token=token)

    def upload(self, files: Sequence[BatchFile], wanted: Upload) -> Uploaded:
        """Take files up as one batch."""
        return self._work().upload(self._actor, files, wanted)

    def plan(self, batch: int, templates: int) -> Planned:
        """Return what a batch would do, and show how far that is."""
        from moderation.service.policies_now import policies_now
        from moderation.store.elsewhere import checked_templates

        with self._progress() as tell:
            versions = self._desk.versions
            checked = checked_templates(versions, templates)
            engine, ring, _ = versions.opened_by
            return self._work(tell).plan(batch, checked, policies_now(engine, ring))

    def apply(self, batch: int, expected: int, *, approval_above: int | None, request_id: str) -> Applied:
        """Put a batch into force, where it is sound."""
        from moderation.wordlists.outcome import Applied

        versions = self._desk.versions
        if (wrong := self._unsound(batch, expected, BatchState.DRAFT)) is not None:
            return Applied(versions.batch(batch), None, wrong)
        above = self._approval_above if approval_above is None else approval_above
        done = versions.apply(self._actor, batch, expected, approval_above=above, request_id=request_id)
        return Applied(versions.batch(batch), done if isinstance(done, Version) else None)

    def approve(self, batch: int, expected: int, *, request_id: str) -> Applied:
        """Put a batch that awaits it into force, where it is sound."""
        from moderation.wordlists.outcome import Applied

        versions = self._desk.versions
        if (wrong := self._unsound(batch, expected, BatchState.AWAITING_APPROVAL)) is not None:
            return Applied(versions.batch(batch), None, wrong)
        version = versions.approve(self._actor, batch, expected, request_id=request_id)
        return Applied(versions.batch(batch), version)

    def drop(self, batch: int, reason: str, *, request_id: str) -> Batch:
        """Let a batch never be."""
        return self._desk.versions.drop(self._actor, batch, reason, request_id=request_id)

    def rollback(self, to_version: int, expected: int, reason: str, *, request_id: str) -> Version:
        """Restore an earlier version."""
        return self._desk.versions.rollback(self._actor, to_version, expected, reason, request_id=request_id)

    def _unsound(self, batch: int, expected: int, state: BatchState) -> Unsound | None:
        with self._progress() as tell:
            return self._work(tell).unsound(self._actor, batch, expected, state)

    def _work(self, tell: Progress | None = None) -> Work:
        """Return what does long work; looking at lists needs none, and starts sooner without it."""
        from moderation.store.wordlist_work import Work
        from moderation.wordlists.told import unheard

        return Work(self._desk, tell or unheard, self._unsaved)
