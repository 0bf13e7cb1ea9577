"""Opening a store by its settings: the database, the keys, and where checkpoints of its audit are written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from moderation.review.keys import KeyRing, KeyRingError, new_key_ring, parse_key_ring, read_key_ring, write_key_ring
from moderation.store.database import SQLITE, StoreError, open_engine
from moderation.store.identity import require_own_keys
from moderation.store.migration import migrate, require_current, revision_of
from moderation.store.private_file import new_file
from moderation.store.settings import NONE, StoreSettings, default_store

KEYS, CHECKPOINTS = ".keys", ".checkpoints"
"""What the files beside an SQLite store end with."""


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store that is ready: its database, its keys, and the file of its checkpoints where there is one."""

    engine: Engine
    ring: KeyRing
    checkpoints: Path | None


def open_store(settings: StoreSettings, *, may_write: bool = True) -> OpenedStore:
    """Open a store; an SQLite that is not there yet is made, with keys beside it.

    Raises StoreError where it cannot be used, and tells how to mend it. Who will only read (`may_write`) needs no right
    to write an SQLite.
    """
    if settings.store == NONE:
        raise StoreError("there is no store: MODERATION_STORE is none; name a file or postgresql://USER@HOST/NAME")
    address = settings.store or str(default_store())
    engine = open_engine(address)
    path = Path(str(engine.url.database)) if engine.dialect.name == SQLITE else None
    if path is not None and not may_write and os.access(path, os.F_OK) and not _is_writable(path):
        engine = open_engine(address, read_only=True)
    elif path is not None:
        _require_writable(path)
    try:
        is_new = revision_of(engine) is None
        ring = _ring(settings, path, may_make=is_new)
        if is_new and path is not None:
            migrate(engine)
        require_current(engine)
        require_own_keys(engine, ring)
    except BaseException:
        engine.dispose()
        raise
    beside = path.with_name(path.name + CHECKPOINTS) if path is not None else None
    return OpenedStore(engine, ring, settings.checkpoints or beside)


def _require_writable(path: Path) -> None:
    """Make the file of an SQLite that is not there, for its owner only; raise StoreError where it cannot be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if not _is_writable(path):
            raise PermissionError
    except PermissionError:
        owner = _owner(path if os.access(path, os.F_OK) else path.parent)
        told = "there is no right to write it and its directory; act as the owner, or name another by --store"
        raise StoreError(f"{path}: belongs to {owner}: {told}") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; name another file by --store or MODERATION_STORE") from None


def _is_writable(path: Path) -> bool:
    """Return whether there is a right to write a file, and what SQLite puts beside it."""
    return os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _owner(path: Path) -> str:
    try:
        return path.owner()
    except (KeyError, OSError, NotImplementedError):
        return "somebody else"


def _ring(settings: StoreSettings, store: Path | None, *, may_make: bool) -> KeyRing:
    """Return the keys: those of the settings, or of the file beside an SQLite; a new store gets new ones there."""
    try:
        if settings.key_ring is not None:
            return parse_key_ring(settings.key_ring.get_secret_value())
        path = settings.keys or (store.with_name(store.name + KEYS) if store is not None else None)
        if path is None:
            raise StoreError("keys: a store of PostgreSQL needs MODERATION_KEYS, a file; moderation key new makes one")
        if may_make and settings.keys is None:
            _make_keys(path)
        return read_key_ring(path)
    except KeyRingError as error:
        raise StoreError(str(error)) from None
    except OSError as error:
        mend = "ask its owner for the right to read it" if isinstance(error, PermissionError) else "put the file back"
        told = f"keys: {error.filename}: {error.strerror}; without its keys a store cannot be read: {mend}"
        raise StoreError(told) from None


def _make_keys(path: Path) -> None:
    """Write new keys, whole or not at all, unless another process just did."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    if path.exists():
        return
    with new_file(unfinished) as stream:
        stream.write(write_key_ring(new_key_ring()))
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
