"""What processes have counted, taken into the store in one transaction, with the alerts that follow from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from moderation.review.alerts import AlertKind, about_entry, about_rule, about_tenant
from moderation.review.hits import HitKind, HitMode, Tally
from moderation.review.keys import KeyRing
from moderation.review.people import SERVICE
from moderation.review.policy import DEFAULT, ReviewPolicy
from moderation.review.spikes import SpikeLimits
from moderation.store import hits, reject_counts
from moderation.store.alerts import is_quiet, raise_alert
from moderation.store.content import Seals
from moderation.store.reading_desk import Clock, now_in_utc
from moderation.store.transaction import Transaction, begun

MOST_FIRST_HITS = 20
"""First hits of which each is an alert of its own, of one tally; one more alert tells how many others there are."""


class StoredTallies:
    """Takes up tallies; safe to share between threads."""

    def __init__(
        self,
        engine: Engine,
        ring: KeyRing,
        policy: ReviewPolicy = DEFAULT,
        limits: SpikeLimits | None = None,
        clock: Clock = now_in_utc,
    ) -> None:
        self._engine = engine
        self._seals = Seals(ring)
        self._policy = policy
        self._limits = limits or SpikeLimits()
        self._now = clock

    @property
    def now(self) -> datetime:
        """The moment that is now, by the store's clock."""
        return self._now()

    def take(self, tally: Tally) -> list[AlertKind]:
        """Add a tally to what was counted, and return the alerts that were raised; raise DeskError as writes do."""
        with begun(self._engine, SERVICE, self._now(), self._seals, self._policy) as transaction:
            hits.add_counts(transaction, tally.hits)
            hits.keep_examples(transaction, tally.examples)
            raised = self._first_hits(transaction, tally)
            if tally.checked:
                reject_counts.add(transaction, tally, self._limits)
                raised += self._spikes(transaction)
        return raised

    def _first_hits(self, transaction: Transaction, tally: Tally) -> list[AlertKind]:
        by_subject: dict[tuple[str, str, HitMode, int], int] = {}
        for (subject, _), count in tally.hits.items():
            if subject.kind is HitKind.ENTRY:
                place = subject.wordlist, subject.name, subject.mode, subject.since
                by_subject[place] = by_subject.get(place, 0) + count.hits
        first = hits.first_of(transaction, {subject for subject, _ in tally.hits})
        for subject in first[:MOST_FIRST_HITS]:
            place = subject.wordlist, subject.name, subject.mode, subject.since
            details = {"wordlist": place[0], "entry": place[1], "mode": place[2].value, "version": place[3]}
            about = about_entry(*place[:3])
            raise_alert(transaction, AlertKind.FIRST_HIT, about, details | {"hits": by_subject[place]})
        if (rest := len(first) - MOST_FIRST_HITS) > 0:
            raise_alert(transaction, AlertKind.FIRST_HIT, "entries", {"further": rest})
        return [AlertKind.FIRST_HIT] * min(len(first), MOST_FIRST_HITS + 1)

    def _spikes(self, transaction: Transaction) -> list[AlertKind]:
        connection, now, limits = transaction.connection, transaction.now, self._limits
        raised: list[AlertKind] = []
        for kind, name in reject_counts.candidates(connection, now, limits):
            about = about_rule(name) if kind == reject_counts.OF_RULE else about_tenant(name)
            if not is_quiet(connection, AlertKind.REJECT_SPIKE, about, now, limits.pause):
                continue
            found = reject_counts.spike_of(connection, kind, name, now, limits)
            if found is not None:
                details: dict[str, str | int | float | None] = {
                    kind.lower(): name,
                    "rejects": found.window.rejects,
                    "checked": found.window.checked,
                    "share": round(found.spike.share, 4),
                    "usual_share": round(found.spike.usual, 4),
                    "window_minutes": round(limits.window.total_seconds() / 60, 3),
                }
                raise_alert(transaction, AlertKind.REJECT_SPIKE, about, details)
                raised.append(AlertKind.REJECT_SPIKE)
        return raised
