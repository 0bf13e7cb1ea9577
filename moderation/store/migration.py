"""Bringing a store's schema up to this release's; never back, and never from a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError

from moderation.store.database import POSTGRESQL, WRITES, StoreError

SCRIPTS = Path(__file__).parent / "migrations"
MIGRATING = 0x6D6F64
"""The number of the lock under which one process of several migrates."""


def known_revisions() -> list[str]:
    """Return the revisions of this release, the oldest first."""
    scripts = ScriptDirectory(str(SCRIPTS))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def revision_of(engine: Engine) -> str | None:
    """Return the revision of a store's schema; None where it has none yet. Raise StoreError for somebody else's."""
    with _opened(engine) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None and inspect(connection).get_table_names():
            raise StoreError("the database holds tables of something else; name an empty one")
        return revision


def pending(engine: Engine) -> list[str]:
    """Return the revisions that a store lacks, the oldest first; raise StoreError where it is of a newer release."""
    known, current = known_revisions(), revision_of(engine)
    if current is None:
        return known
    if current not in known:
        raise StoreError(
            f"the store's schema ({current}) is of a newer release than this one ({known[-1]}); install that release"
        )
    return known[known.index(current) + 1 :]


def migrate(engine: Engine) -> list[str]:
    """Bring a store up to this release's schema, all or nothing, and return the revisions that it lacked."""
    lacking = pending(engine)
    if lacking:
        with _opened(engine) as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                if engine.dialect.name == POSTGRESQL:
                    connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
                config = Config()
                config.set_main_option("script_location", str(SCRIPTS))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    return lacking


@contextmanager
def _opened(engine: Engine) -> Iterator[Connection]:
    """Give a connection; raise StoreError where there is no database of this kind, or it does not answer."""
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        why = str(error.orig).strip().partition("\n")[0]
        raise StoreError(f"the store cannot be used: {why}; check its address") from None


def require_current(engine: Engine) -> None:
    """Raise StoreError where a store's schema is not this release's."""
    if lacking := pending(engine):
        raise StoreError(f"the store's schema lacks {', '.join(lacking)}; run moderation migrate")
