"""Connections to SQLite or PostgreSQL, and transactions that read or write; on either, one writes at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from sqlalchemy import Connection, Dialect, Engine, Table, create_engine, event, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from moderation.review.desk import DeskError, DeskReason
from moderation.store.schema import AUDIT_HEAD

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BUSY_SECONDS = 5
"""How long a writer waits for another one before the store counts as unavailable."""

SILENT_SECONDS = 15
"""How long a PostgreSQL may leave what it was sent without a word before the connection counts as lost."""

STATEMENT_SECONDS = 60
"""How long one statement may take there."""

MANY = 5000
"""Rows that are many to write at once."""

POOL = 10
TRUSTED_SECONDS = 1.0
"""How long a connection that was given back counts as alive without being asked."""

RETURNED = "returned"
WRITES = "writes"
"""The execution option of a connection whose transaction takes the lock to write at once."""


BUSY = "the store cannot be reached or is busy; try again"
_NO_RIGHT = "there is no right to write the store; check who owns its file and directory, and that the disk is writable"
_BROKEN = "the file of the store is broken; restore a copy of it"
_SQLITE: Mapping[int, tuple[DeskReason, str]] = {
    sqlite3.SQLITE_READONLY: (DeskReason.STORE_UNAVAILABLE, _NO_RIGHT),
    sqlite3.SQLITE_PERM: (DeskReason.STORE_UNAVAILABLE, _NO_RIGHT),
    sqlite3.SQLITE_FULL: (DeskReason.STORE_UNAVAILABLE, "the disk of the store is full; make room"),
    sqlite3.SQLITE_CORRUPT: (DeskReason.STORE_DAMAGED, _BROKEN),
    sqlite3.SQLITE_NOTADB: (DeskReason.STORE_DAMAGED, _BROKEN),
}
"""What the errors of SQLite mean that are told apart, by their numbers."""

_UNDECODED = "Could not decode to UTF-8"
"""What the driver says, without a number, of a text that is none."""


Source = Engine | Connection
"""Where connections come from: an engine, or one that is there already and in no transaction."""

IsolationLevel = Literal["AUTOCOMMIT", "READ COMMITTED", "REPEATABLE READ"]


class StoreError(ValueError):
    """A store cannot be used as it is; the message tells why and how to mend it."""


def open_engine(address: str, *, read_only: bool = False) -> Engine:
    """Return the engine of a store's address: `sqlite:///PATH`, `postgresql://…`, or the path of an SQLite file.

    Raises StoreError for an address of another kind. Nothing is read or written yet. `read_only` opens an SQLite that
    there is no right to write.
    """
    url = _url(address)
    if url.get_backend_name() == SQLITE and read_only:
        return _read_only(url)
    if url.get_backend_name() == SQLITE:
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, pool_size=POOL)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url,
        pool_size=POOL,
        connect_args={
            "connect_timeout": BUSY_SECONDS,
            "keepalives_idle": BUSY_SECONDS,
            "keepalives_interval": BUSY_SECONDS,
            "keepalives_count": 2,
            "tcp_user_timeout": SILENT_SECONDS * 1000,
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={STATEMENT_SECONDS}s",
        },
    )
    event.listen(engine, "checkin", _note_return)
    event.listen(engine, "checkout", partial(_require_alive, engine.dialect))
    return engine


@contextmanager
def reading(source: Source) -> Iterator[Connection]:
    """Give a connection whose transaction sees one state of the store; raise DeskError where it cannot be reached."""
    with connected(source) as plain, _isolated(plain, "REPEATABLE READ").begin():
        yield plain


@contextmanager
def glancing(source: Source) -> Iterator[Connection]:
    """Give a connection for one statement that reads; PostgreSQL is not asked to begin and end a transaction."""
    with connected(source) as plain, _isolated(plain, "AUTOCOMMIT").begin():
        yield plain


@contextmanager
def writing(source: Source) -> Iterator[Connection]:
    """Give a connection whose transaction is the only one that writes; it is committed where nothing is raised."""
    with connected(source) as plain, locked(plain, AUDIT_HEAD) as connection:
        yield connection


@contextmanager
def connected(source: Source) -> Iterator[Connection]:
    """Give a connection without a transaction; raise DeskError where the store cannot be reached."""
    with _faults_told():
        if isinstance(source, Connection):
            yield source
        else:
            with source.connect() as connection:
                yield connection


@contextmanager
def locked(plain: Connection, head: Table) -> Iterator[Connection]:
    """Begin a transaction that writes and is alone with a table of one row; SQLite lets no other write at all."""
    with _isolated(plain, "READ COMMITTED", writes=True).begin():
        lock(plain, head)
        yield plain


def _isolated(plain: Connection, level: IsolationLevel, *, writes: bool = False) -> Connection:
    """Return a connection whose next transactions are of a level in PostgreSQL; SQLite's see one state anyway."""
    if plain.dialect.name == POSTGRESQL:
        return plain.execution_options(isolation_level=level)
    return plain.execution_options(**{WRITES: writes})


def lock(connection: Connection, head: Table) -> None:
    """Wait until no other transaction holds the one row of a table, and hold it until the end of this one."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(head.c.id).with_for_update())


def expect_many(connection: Connection, rows: int) -> None:
    """Let PostgreSQL, in this transaction, take longer where many rows are written, and join them all at once.

    It believes that rows just written are few, and would join them with others one by one.
    """
    if rows > MANY and connection.dialect.name == POSTGRESQL:
        connection.execute(text("SET LOCAL enable_nestloop = off"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS * 10}s'"))


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn what the database could not do into a DeskError; a broken constraint or statement stays what it is."""
    try:
        yield
    except PoolTimeout as error:
        raise DeskError(DeskReason.STORE_UNAVAILABLE, BUSY) from error
    except DBAPIError as error:
        reason, told = _told(error)
        if reason is None:
            raise
        raise DeskError(reason, told) from error


def _told(error: DBAPIError) -> tuple[DeskReason | None, str]:
    """Return what an error of the driver means for who asked; None where it is a fault of this program."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None and str(error.orig).startswith(_UNDECODED):
        return DeskReason.STORE_DAMAGED, "the store holds text that is not UTF-8; restore a copy of it"
    if code is not None and (told := _SQLITE.get(code & 0xFF)) is not None:
        return told
    if isinstance(error, (OperationalError, InterfaceError)):
        return DeskReason.STORE_UNAVAILABLE, BUSY
    if error.connection_invalidated:
        return DeskReason.STORE_UNAVAILABLE, "the connection to the store was lost; try again"
    return None, ""


def named(engine: Engine) -> dict[str, str | None]:
    """Return which database an engine is of, for a log: no name of a user and no password."""
    url = engine.url
    if engine.dialect.name == SQLITE:
        return {"kind": SQLITE, "path": url.database}
    host = url.host or url.query.get("host")
    return {
        "kind": POSTGRESQL,
        "host": host if host is None or isinstance(host, str) else ",".join(host),
        "database": url.database,
    }


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


def _note_return(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[RETURNED] = monotonic()


def _require_alive(dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401
    """Ask PostgreSQL whether it still knows a connection that was idle; where it does not, the pool makes new ones."""
    returned = record.info.get(RETURNED)
    if returned is None or monotonic() - returned < TRUSTED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _read_only(url: URL) -> Engine:
    """Return the engine of an SQLite that cannot be written; without a log beside it, nothing else writes it either."""
    path = Path(str(url.database)).absolute()
    is_still = not path.with_name(path.name + "-wal").exists()
    uri = f"{path.as_uri()}?mode=ro{'&immutable=1' if is_still else ''}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True, check_same_thread=False)

    engine = create_engine(url, creator=connect)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
