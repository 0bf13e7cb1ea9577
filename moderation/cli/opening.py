"""Opening the store or the desk that a command's options mean; what refuses to be used ends the command."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from moderation.cli.access import Access, refuse
from moderation.cli.failure import fail
from moderation.cli.server_error import is_address
from moderation.review.people import Actor, Role

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from moderation.review.desk import Desk
    from moderation.store.opening import OpenedStore
    from moderation.store.settings import StoreSettings


class Closable(Protocol):
    """What holds a connection."""

    def close(self) -> None:
        """Let go of it."""
        ...


Remote = TypeVar("Remote", bound=Closable)


@contextmanager
def opened_desk(access: Access) -> Iterator[tuple[Desk, Actor]]:
    """Give a server's desk or that of the store in this process, and who sits at it."""
    actor = actor_of(access)
    if access.server is not None:
        from moderation.cli.remote_desk import RemoteDesk

        with at_server(access, RemoteDesk) as remote:
            yield remote, actor
        return
    from moderation.store.desk import StoredDesk

    settings = settings_of(access)
    with opened_store(access, settings) as opened:
        yield StoredDesk(opened.engine, opened.ring, settings.review_policy), actor


@contextmanager
def opened_store(
    access: Access, settings: StoreSettings | None = None, *, may_write: bool = True
) -> Iterator[OpenedStore]:
    """Give the store in this process; what refuses to be used ends the command."""
    settings = settings or settings_of(access)
    with refusals(access.locale), existing_store(settings, may_write=may_write) as opened:
        yield opened


@contextmanager
def existing_store(settings: StoreSettings, *, may_write: bool = True) -> Iterator[OpenedStore]:
    """Give the store in this process; an SQLite that is not there is not made, for its address may be mistyped.

    Raises StoreError where it cannot be used.
    """
    from moderation.store.database import StoreError
    from moderation.store.opening import open_store

    path = file_of(engine_of(settings))
    try:
        is_absent = path is not None and not path.exists()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; name another file by --store or MODERATION_STORE") from None
    if is_absent:
        raise StoreError(f"{path}: there is no store; check --store, or make one by moderation migrate")
    opened = open_store(settings, may_write=may_write)
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

    from moderation.cli.rendering.settings import setting_fault
    from moderation.faults import explain
    from moderation.store.settings import StoreSettings

    given = {"store": access.store, "keys": access.keys}
    said = {name: value for name, value in given.items() if value is not None}
    for name, value in said.items():
        if not str(value).strip():
            refuse(access, "empty", option=f"--{name}")
    try:
        return StoreSettings(**said)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = ((str(fault["loc"][0]), setting_fault(explain(fault), access.locale)) for fault in error.errors())
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
        refuse(access, "unknown", option="--role", value=repr(access.role), known=", ".join(KNOWN_ROLES))
    name = _named(access, "--actor", access.actor if access.actor is not None else _login(access))
    if role is not Role.SENDER:
        return Actor(name, role)
    if access.server is not None and access.has_tenant and not access.tenant:
        refuse(access, "no tenant")
    return Actor(name, role, _named(access, "--tenant", access.tenant) if access.tenant else "")


@contextmanager
def refusals(locale: str) -> Iterator[None]:
    """Turn what the desk, the store, its keys or a server refuse into a clear end of the command."""
    from moderation.cli.rendering.hints import hinted
    from moderation.cli.rendering.refusals import refusal
    from moderation.cli.rendering.servers import server_refusal
    from moderation.cli.rendering.system import in_language
    from moderation.cli.server_error import ServerError
    from moderation.links.registry import LinkError
    from moderation.policies.refusal import PoliciesError
    from moderation.review.desk import DeskError
    from moderation.review.keys import KeyRingError
    from moderation.review.sealing import SealError
    from moderation.store.database import StoreError
    from moderation.wordlists.refusal import WordlistsError

    try:
        yield
    except (DeskError, StoreError, KeyRingError, SealError, WordlistsError, LinkError, PoliciesError) as error:
        fail(in_language(locale, hinted(error, refusal(error, locale), locale)))
    except ServerError as error:
        fail(server_refusal(error, locale))


def require_server(access: Access) -> str:
    """Return the address of the server that is named; end the command where it is none, or a store is named too."""
    if not access.server or not access.server.strip():
        refuse(access, "empty server")
    if not is_address(access.server):
        refuse(access, "no address", value=repr(access.server))
    if access.store is not None or access.keys is not None:
        refuse(access, "store and server")
    return access.server


@contextmanager
def at_server(access: Access, connect: Callable[[str], Remote]) -> Iterator[Remote]:
    """Give what speaks to the server that the options mean, and close it; what is refused ends the command."""
    with refusals(access.locale), closing(connect(require_server(access))) as remote:
        yield remote


def _login(access: Access) -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        refuse(access, "no login")


def _named(access: Access, option: str, name: str) -> str:
    from moderation.service.roles import MOST_CHARACTERS

    if not name.strip() or not name.isprintable() or len(name) > MOST_CHARACTERS:
        refuse(access, "no name", option=option, value=repr(name[:MOST_CHARACTERS]), most=MOST_CHARACTERS)
    return name
