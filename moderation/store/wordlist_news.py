"""News of versions of wordlists: PostgreSQL tells who listens at once; who has SQLite looks for himself."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import Connection, Engine, func, select

from moderation.store.database import POSTGRESQL

CHANNEL = "moderation_wordlists"


def tell(connection: Connection, version: int) -> None:
    """Let who listens know of a version when this transaction is committed."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_notify(CHANNEL, str(version))))


def is_told(engine: Engine) -> bool:
    """Return whether a store tells of new versions by itself."""
    return engine.dialect.name == POSTGRESQL


async def told(engine: Engine) -> AsyncIterator[None]:
    """Yield once when somebody listens, and then for each new version; raise what the driver does at the loss.

    It has a connection of its own, which none of the pool's timeouts end.
    """
    from psycopg import AsyncConnection

    _, options = engine.dialect.create_connect_args(engine.url)
    defaults = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2}
    async with await AsyncConnection.connect(**{**defaults, **options}, autocommit=True) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        yield
        async for _notice in connection.notifies():
            yield
