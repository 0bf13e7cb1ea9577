"""What the processes of all servers over a store decide by: each tells of itself now and then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Engine, String, Table, delete, insert, select, update

from moderation.store.columns import NAME, SCHEMA, Moment, Utf8
from moderation.store.database import WRITES, connected, reading

FORGOTTEN_AFTER = timedelta(hours=1)
"""How long a process that tells no more is kept."""

GONE_AFTER = timedelta(seconds=35)
"""How long a process is believed to be there after it told of itself last."""

PROCESSES = Table(
    "serving_processes",
    SCHEMA,
    Column("id", String(32), primary_key=True),
    Column("host", String(NAME), nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("release", String(NAME), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ruleset", String(NAME), nullable=False),
    Column("wordlists_version", BigInteger, nullable=False),
    Column("serving_since", Moment),
    Column("building_version", BigInteger),
    Column("failed_version", BigInteger),
    Column("failed_reason", Utf8),
    Column("failed_at", Moment),
    CheckConstraint("(failed_version IS NULL) = (failed_at IS NULL)", name="failed"),
)


@dataclass(frozen=True, slots=True)
class Presence:
    """One process of a server: `ruleset` is empty while it loads its first.

    `failed_version` is the one that it could not build, None where that is served or passed over since.
    """

    id: str
    host: str
    pid: int
    release: str
    started_at: datetime
    seen_at: datetime
    ruleset: str = ""
    wordlists_version: int = 0
    serving_since: datetime | None = None
    building_version: int | None = None
    failed_version: int | None = None
    failed_reason: str | None = None
    failed_at: datetime | None = None


class StoredPresence:
    """Keeps what processes tell of themselves; safe to share between threads. Raises DeskError as the store does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tell(self, one: Presence) -> None:
        """Keep what a process tells, in place of what it told before; those long gone are forgotten."""
        values: Mapping[str, Any] = asdict(one)
        column = PROCESSES.c
        with connected(self._engine) as plain, plain.execution_options(**{WRITES: True}).begin():
            known = plain.execute(update(PROCESSES).where(column.id == one.id).values(**values)).rowcount
            if not known:
                plain.execute(insert(PROCESSES).values(**values))
                plain.execute(delete(PROCESSES).where(column.seen_at < one.seen_at - FORGOTTEN_AFTER))

    def leave(self, process: str) -> None:
        """Forget a process, which ends."""
        with connected(self._engine) as plain, plain.execution_options(**{WRITES: True}).begin():
            plain.execute(delete(PROCESSES).where(PROCESSES.c.id == process))

    def present(self, now: datetime) -> tuple[Presence, ...]:
        """Return the processes that told of themselves lately, the eldest first."""
        column = PROCESSES.c
        query = select(PROCESSES).where(column.seen_at > now - GONE_AFTER).order_by(column.started_at, column.id)
        with reading(self._engine) as connection:
            return tuple(Presence(**row._mapping) for row in connection.execute(query))
