"""What was checked and rejected in short windows of time, summed over all processes, and the spikes in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from moderation.review.hits import Tally
from moderation.review.spikes import BASELINE, Spike, SpikeLimits, Window, spike_in
from moderation.store.columns import EPOCH, NAME
from moderation.store.database import SQLITE
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import REJECT_COUNTS

ALL, OF_RULE, OF_TENANT = "ALL", "RULE", "TENANT"


@dataclass(frozen=True, slots=True)
class Found:
    """A spike of a tenant or a rule, and the window that it is in."""

    kind: str
    name: str
    window: Window
    spike: Spike


def window_of(at: datetime, length: timedelta) -> datetime:
    """Return when the window begins that a moment is in."""
    return at - (at - EPOCH) % length


def add(transaction: Transaction, tally: Tally, limits: SpikeLimits) -> None:
    """Add to the counts of the window that is now."""
    begins_at = window_of(transaction.now, limits.window)
    counts = {(ALL, ""): (sum(tally.rejected.values()), sum(tally.checked.values()))}
    counts |= {(OF_TENANT, tenant): (tally.rejected.get(tenant, 0), count) for tenant, count in tally.checked.items()}
    counts |= {(OF_RULE, rule_id): (count, 0) for rule_id, count in tally.rejected_by.items()}
    rows = [
        {"kind": kind, "name": name[:NAME], "begins_at": begins_at, "rejects": rejects, "checked": checked}
        for (kind, name), (rejects, checked) in counts.items()
    ]
    dialect = sqlite if transaction.connection.dialect.name == SQLITE else postgresql
    added = dialect.insert(REJECT_COUNTS)
    summed = {name: REJECT_COUNTS.c[name] + added.excluded[name] for name in ("rejects", "checked")}
    keys = list(REJECT_COUNTS.primary_key.columns)
    transaction.connection.execute(added.on_conflict_do_update(index_elements=keys, set_=summed), rows)


def candidates(connection: Connection, now: datetime, limits: SpikeLimits) -> list[tuple[str, str]]:
    """Return the tenants and rules that have so many rejects in the window that is now that it may be a spike."""
    column = REJECT_COUNTS.c
    is_now = column.begins_at == window_of(now, limits.window)
    query = select(column.kind, column.name).where(is_now, column.kind != ALL, column.rejects >= limits.least)
    return [(kind, name) for kind, name in connection.execute(query.order_by(column.kind, column.name))]


def spike_of(connection: Connection, kind: str, name: str, now: datetime, limits: SpikeLimits) -> Found | None:
    """Return the spike of a tenant or a rule in the window that is now, None where it has none."""
    counts = _counts(connection, kind, name, now)
    if kind == OF_RULE:
        of_all = _counts(connection, ALL, "", now)
        rejects = {moment: one.rejects for moment, one in counts.items()}
        counts = {moment: Window(rejects.get(moment, 0), one.checked) for moment, one in of_all.items()}
    current = counts.pop(window_of(now, limits.window), Window(0, 0))
    spike = spike_in(current, list(counts.values()), limits)
    return None if spike is None else Found(kind, name, current, spike)


def _counts(connection: Connection, kind: str, name: str, now: datetime) -> dict[datetime, Window]:
    column = REJECT_COUNTS.c
    query = select(column.begins_at, column.rejects, column.checked).where(
        column.kind == kind, column.name == name, column.begins_at > now - BASELINE
    )
    return {begins_at: Window(rejects, checked) for begins_at, rejects, checked in connection.execute(query)}
