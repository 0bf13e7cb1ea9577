"""Connections to SQLite or PostgreSQL, and transactions that read or write; on either, one writes at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from moderation.review.desk import DeskError, DeskReason
from moderation.store.schema import AUDIT_HEAD

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BUSY_SECONDS = 5
"""How long a writer waits for another one before the store counts as unavailable."""

SILENT_SECONDS = 15
"""How long a PostgreSQL may leave what it was sent without a word before the connection counts as lost."""

STATEMENT_SECONDS = 60
"""How long one statement may take there."""

POOL = 10
WRITES = "writes"
"""The execution option of a connection whose transaction takes the lock to write at once."""


class StoreError(ValueError):
    """A store cannot be used as it is; the message tells why and how to mend it."""


def open_engine(address: str) -> Engine:
    """Return the engine of a store's address: `sqlite:///PATH`, `postgresql://…`, or the path of an SQLite file.

    Raises StoreError for an address of another kind. Nothing is read or written yet.
    """
    url = _url(address)
    if url.get_backend_name() == SQLITE:
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=POOL)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=POOL,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "keepalives_idle": BUSY_SECONDS,
            "keepalives_interval": BUSY_SECONDS,
            "keepalives_count": 2,
            "tcp_user_timeout": SILENT_SECONDS * 1000,
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={STATEMENT_SECONDS}s",
        },
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transaction sees one state of the store; raise DeskError where it cannot be reached."""
    with _faults_told(), engine.connect() as connection:
        if engine.dialect.name == POSTGRESQL:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transaction is the only one that writes; it is committed where nothing is raised."""
    with _faults_told(), engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            if engine.dialect.name == POSTGRESQL:
                connection.execute(select(AUDIT_HEAD.c.id).with_for_update())
            yield connection


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn what the database could not do into a DeskError; a broken constraint or statement stays what it is."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        told = "the store cannot be reached or is busy; try again"
        raise DeskError(DeskReason.STORE_UNAVAILABLE, told) from error
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise DeskError(DeskReason.STORE_UNAVAILABLE, "the connection to the store was lost; try again") from error


def require_address(address: str) -> None:
    """Raise StoreError where this is no address of a store."""
    _url(address)


def _url(address: str) -> URL:
    if not re.match(r"[a-z+]+://", address):
        return URL.create(SQLITE, database=str(Path(address).expanduser()))
    try:
        url = make_url(address)
    except ArgumentError:
        raise StoreError("the store's address is no URL; write sqlite:///PATH or postgresql://USER@HOST/NAME") from None
    if url.get_backend_name() == POSTGRESQL:
        if find_spec("psycopg") is None:
            raise StoreError("a store of PostgreSQL needs its driver; pip install 'moderation[postgresql]'")
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == SQLITE and url.database not in (None, "", ":memory:"):
        return url.set(drivername=SQLITE)
    raise StoreError(
        "the store is a file of SQLite or a PostgreSQL; write sqlite:///PATH or postgresql://USER@HOST/NAME"
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a connection of the driver
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
