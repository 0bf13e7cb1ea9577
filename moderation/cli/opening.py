"""Opening the store or the desk that a command's options mean; what refuses to be used ends the command."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.failure import fail
from moderation.review.people import Actor, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from moderation.review.desk import Desk
    from moderation.store.opening import OpenedStore
    from moderation.store.settings import StoreSettings


@contextmanager
def opened_desk(access: Access) -> Iterator[tuple[Desk, Actor]]:
    """Give a server's desk or that of the store in this process, and who sits at it."""
    actor = actor_of(access)
    if access.server is not None:
        with refusals(access.locale), _remote_desk(access) as desk:
            yield desk, actor
        return
    from moderation.store.desk import StoredDesk

    settings = settings_of(access)
    with opened_store(access, settings) as opened:
        yield StoredDesk(opened.engine, opened.ring, settings.review_policy), actor


@contextmanager
def opened_store(access: Access, settings: StoreSettings | None = None) -> Iterator[OpenedStore]:
    """Give the store in this process; an SQLite that is not there is not made, for its address may be mistyped."""
    from moderation.store.database import StoreError
    from moderation.store.opening import open_store

    settings = settings or settings_of(access)
    with refusals(access.locale):
        path = file_of(engine_of(settings))
        if path is not None and not path.exists():
            raise StoreError(f"{path}: there is no store; check --store, or make one by moderation migrate")
        opened = open_store(settings)
        try:
            yield opened
        finally:
            opened.engine.dispose()


def engine_of(settings: StoreSettings) -> Engine:
    """Return the database of a store, whatever its schema is; raise StoreError where there is none."""
    from moderation.store.database import StoreError, open_engine
    from moderation.store.settings import NONE, default_store

    if settings.store == NONE:
        raise StoreError("there is no store: MODERATION_STORE is none; name one by --store")
    return open_engine(settings.store or str(default_store()))


def file_of(engine: Engine) -> Path | None:
    """Return the file of an SQLite; None for other databases."""
    from moderation.store.database import SQLITE

    return Path(str(engine.url.database)) if engine.dialect.name == SQLITE else None


def settings_of(access: Access) -> StoreSettings:
    """Return the settings of the store: what the options say and, beneath, MODERATION_* variables."""
    from pydantic import ValidationError

    from moderation.faults import explain
    from moderation.store.settings import StoreSettings

    given = {"store": access.store, "keys": access.keys}
    said = {name: value for name, value in given.items() if value is not None}
    for name, value in said.items():
        if not str(value).strip():
            fail(f"--{name}: is empty; give it a value or leave it out")
    try:
        return StoreSettings(**said)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = ((str(fault["loc"][0]), explain(fault)) for fault in error.errors())
        fail(
            "; ".join(f"{f'--{name}' if name in said else f'MODERATION_{name.upper()}'}: {why}" for name, why in faults)
        )


def actor_of(access: Access) -> Actor:
    """Return who acts; end the command where the options do not say it, or say what is no name or role."""
    from moderation.service.roles import KNOWN_ROLES

    try:
        role = Role(access.role.lower())
    except ValueError:
        role = Role.SYSTEM
    if role not in KNOWN_ROLES:
        fail(f"--role: {access.role!r} is unknown; use {', '.join(KNOWN_ROLES)}")
    name = _named("--actor", access.actor if access.actor is not None else _login())
    if role is not Role.SENDER:
        return Actor(name, role)
    if access.server is not None and not access.tenant:
        fail("--tenant: is missing; at a server a sender speaks for a tenant")
    return Actor(name, role, _named("--tenant", access.tenant) if access.tenant else "")


@contextmanager
def refusals(locale: str) -> Iterator[None]:
    """Turn what the desk, the store, its keys or a server refuse into a clear end of the command."""
    from moderation.cli.checking import ServerError
    from moderation.cli.rendering.refusals import desk_refusal, store_refusal
    from moderation.review.desk import DeskError
    from moderation.review.keys import KeyRingError
    from moderation.review.sealing import SealError
    from moderation.store.database import StoreError

    try:
        yield
    except DeskError as error:
        fail(desk_refusal(error, locale))
    except (StoreError, KeyRingError, SealError) as error:
        fail(store_refusal(str(error), locale))
    except ServerError as error:
        fail(str(error))


@contextmanager
def _remote_desk(access: Access) -> Iterator[Desk]:
    if not access.server or not access.server.strip():
        fail("--server: is empty; write HOST:PORT, such as 127.0.0.1:50051, or leave it out")
    if access.store is not None or access.keys is not None:
        fail("--store and --keys belong to a store in this process; drop them or --server")
    from moderation.cli.remote_desk import RemoteDesk

    desk = RemoteDesk(access.server)
    try:
        yield desk
    finally:
        desk.close()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        fail("--actor: is missing, and this login has no name; say who acts, or set MODERATION_ACTOR")


def _named(option: str, name: str) -> str:
    from moderation.service.roles import MOST_CHARACTERS

    if not name.strip() or not name.isprintable() or len(name) > MOST_CHARACTERS:
        fail(f"{option}: {name[:MOST_CHARACTERS]!r} is no name; write 1 to {MOST_CHARACTERS} printable characters")
    return name
