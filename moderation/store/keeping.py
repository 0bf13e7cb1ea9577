"""What a store needs from time to time: leases ended, checkpoints made, old things purged."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Engine

from moderation.review.audit import Head
from moderation.review.keys import KeyRing
from moderation.review.people import SERVICE, Actor
from moderation.review.policy import ReviewPolicy
from moderation.store import audit_log, checkpoints, leases, retention
from moderation.store.content import Seals
from moderation.store.database import named, reading
from moderation.store.transaction import begun

LEAST_PAUSE = 0.2
"""Seconds that others get to write between two parts of a long work; SQLite lets them sleep for half as long."""

PURGED_EVERY = timedelta(hours=1)


class Keeper:
    """Keeps one store; several processes may do so at the same time."""

    def __init__(self, engine: Engine, ring: KeyRing, policy: ReviewPolicy, checkpoint_file: Path | None) -> None:
        self._engine = engine
        self._ring = ring
        self._policy = policy
        self._file = checkpoint_file
        self._known = 0
        self._purged_at: datetime | None = None

    @property
    def named(self) -> dict[str, str | None]:
        """Which database is kept, for a log."""
        return named(self._engine)

    def run(self, now: datetime) -> None:
        """Do what is due; raise DeskError where the store cannot be reached, StoreError where the file cannot."""
        with reading(self._engine) as connection:
            has_run_out = leases.has_run_out(connection, now)
        if has_run_out:
            with begun(self._engine, SERVICE, now, Seals(self._ring), self._policy) as transaction:
                leases.sweep(transaction)
        if self._purged_at is None or now - self._purged_at >= PURGED_EVERY:
            self.purge(now)
            self._purged_at = now
        self.checkpoint(now)

    def checkpoint(self, now: datetime) -> None:
        """Make a checkpoint where the audit has grown since the last one that this keeper made."""
        if self._file is not None:
            self._known = checkpoints.add_head(self._engine, self._ring, self._file, now, self._known)

    def purge(self, now: datetime, actor: Actor = SERVICE) -> Head | None:
        """Purge texts, traces and audit entries whose time is over; return the anchor of the latter where it moved."""
        purged = retention.AT_ONCE
        while purged == retention.AT_ONCE:
            started = monotonic()
            with begun(self._engine, actor, now, Seals(self._ring), self._policy) as transaction:
                purged = retention.purge_texts(transaction)
            sleep(max(monotonic() - started, LEAST_PAUSE) if purged == retention.AT_ONCE else 0.0)
        with begun(self._engine, actor, now, Seals(self._ring), self._policy) as transaction:
            retention.purge_traces(transaction)
            retention.purge_trials(transaction)
            cut = audit_log.purge(transaction, now - self._policy.audit_kept)
            if cut is not None and self._file is not None:
                anchor, at = cut
                checkpoints.add(self._file, self._ring, at, [anchor])
        return cut[0] if cut is not None else None
