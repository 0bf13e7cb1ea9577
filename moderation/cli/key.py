"""`moderation key`: the keys that seal texts at rest; secrets are never shown."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import STORE, Access, accessing, refuse
from moderation.cli.answering import answer, words
from moderation.cli.opening import actor_of, engine_of, existing_store, file_of, opened_store, refusals, settings_of
from moderation.review.people import Actor, Role

if TYPE_CHECKING:
    from moderation.review.keys import KeyRing
    from moderation.store.settings import StoreSettings

app = typer.Typer(help="Make, rotate and list the keys of a store.", no_args_is_help=True, rich_markup_mode=None)

NEW_EXAMPLE = "Example: moderation key new store.keys · moderation key new store.keys --algorithm sm4-gcm"
ROTATE_EXAMPLE = "Example: moderation key rotate --keys store.keys"
RESEAL_EXAMPLE = "Example: moderation key reseal --store postgresql://moderation@db.example.cn/moderation"
LIST_EXAMPLE = "Example: moderation key list --format json"


class Sealing(StrEnum):
    """An algorithm that seals."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"


AlgorithmOption = Annotated[Sealing, typer.Option(help="How the new key seals.")]


@app.command("new", epilog=NEW_EXAMPLE)
@accessing("locale", "format")
def new(
    access: Access,
    file: Annotated[Path, typer.Argument(help="The file to make; it must not be there.")],
    algorithm: AlgorithmOption = Sealing.AES_256_GCM,
) -> None:
    """Make a file of new keys that only you may read.

    Who loses it loses all texts of the store: keep a copy elsewhere than the copies of the store.
    """
    from moderation.review.keys import Algorithm, new_key_ring, write_key_ring
    from moderation.store.private_file import new_file

    ring = new_key_ring(Algorithm(algorithm))
    try:
        with new_file(file) as stream:
            stream.write(write_key_ring(ring))
    except FileExistsError:
        refuse(access, "keys are there", path=file)
    except OSError as error:
        refuse(access, "keys not written", path=file, why=error.strerror)
    told = {"keys": str(file), "current": ring.current.id}
    answer(access, lambda: told, lambda: typer.echo(words(access)["keys made"].format(**told)))


@app.command("rotate", epilog=ROTATE_EXAMPLE)
@accessing(*STORE, "actor", "role", role=Role.LEAD)
def rotate(access: Access, algorithm: AlgorithmOption = Sealing.AES_256_GCM) -> None:
    """Put a new current key into the file of keys, above the old ones.

    Then restart every server, for those that lack the key cannot read what it seals; then `moderation key reseal`.
    The audit of the store tells of it, where the store can be opened.
    """
    actor, settings = actor_of(access), settings_of(access)
    with refusals(access.locale):
        path = _key_file(access, settings)
        try:
            ring = _rotated(path.resolve(), algorithm)
        except FileExistsError as error:
            refuse(access, "rotating", path=error.filename)
        except OSError as error:
            refuse(access, "keys not changed", path=path, why=error.strerror)
    if unnoted := _note_rotation(access, settings, actor, ring):
        typer.echo(words(access)["rotation not noted"].format(why=unnoted), err=True)
    told = {"keys": str(path), "current": ring.current.id}
    answer(access, lambda: told, lambda: typer.echo(words(access)["key rotated"].format(**told)))


@app.command("reseal", epilog=RESEAL_EXAMPLE)
@accessing(*STORE, "actor", "role", role=Role.LEAD)
def reseal(access: Access) -> None:
    """Seal everything with the current key; the store may be in use, by servers that were restarted since the rotation.

    Cut short, it goes on where it is run again. Keys that `moderation key list` then counts 0 for may be deleted.
    """
    from moderation.store import resealing
    from moderation.store.content import Seals
    from moderation.store.reading_desk import now_in_utc
    from moderation.store.transaction import begun

    actor, settings = actor_of(access), settings_of(access)
    typer.echo(words(access)["reseal after restart"], err=True)
    with opened_store(access, settings) as opened, _progress(access) as progress:
        count = resealing.reseal(opened.engine, opened.ring, progress)
        key_id = opened.ring.current.id
        if count:
            seals = Seals(opened.ring)
            with begun(opened.engine, actor, now_in_utc(), seals, settings.review_policy) as transaction:
                transaction.ledger.note("texts.reseal", f"key/{key_id}", contents=count)
    told = {"resealed": count, "current": key_id}
    answer(access, lambda: told, lambda: typer.echo(words(access)["resealed"].format(**told)))


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*STORE)
def list_keys(access: Access) -> None:
    """List the keys by id, and how many texts each has sealed; those that are missing, too."""
    from moderation.cli.rendering.listing import print_table
    from moderation.store.resealing import count_by_key

    with opened_store(access) as opened:
        records = _records(opened.ring, count_by_key(opened.engine))
    said = words(access)
    columns = [said[name] for name in ("key", "algorithm", "contents", "state")]
    rows = [
        (str(one["key"]), str(one["algorithm"] or "-"), str(one["contents"]), said[f"is {one['state']}"])
        for one in records
    ]
    answer(access, lambda: {"keys": records}, lambda: print_table(columns, rows))


def _records(ring: KeyRing, counts: dict[str, int]) -> list[dict[str, object]]:
    """Return every key that the ring has or that sealed something, the current one first."""
    states = {key.id: "old" for key in ring.sealing} | {ring.current.id: "current"}
    states |= {key.id: "root" for key in ring.roots}
    algorithms = {key.id: key.algorithm.value for key in (*ring.sealing, *ring.roots)}
    states |= {key_id: "missing" for key_id in sorted(counts) if key_id not in algorithms}
    return [
        {"key": key_id, "algorithm": algorithms.get(key_id), "contents": counts.get(key_id, 0), "state": state}
        for key_id, state in states.items()
    ]


def _note_rotation(access: Access, settings: StoreSettings, actor: Actor, ring: KeyRing) -> str:
    """Note a rotation in the audit of the store whose keys these are; return why that cannot be, empty where it is."""
    from moderation.cli.rendering.refusals import refusal
    from moderation.review.desk import DeskError
    from moderation.store.content import Seals
    from moderation.store.database import StoreError
    from moderation.store.reading_desk import now_in_utc
    from moderation.store.transaction import begun

    try:
        with existing_store(settings) as opened:
            seals, policy = Seals(opened.ring), settings.review_policy
            with begun(opened.engine, actor, now_in_utc(), seals, policy) as transaction:
                algorithm = ring.current.algorithm.value
                transaction.ledger.note("key.rotate", f"key/{ring.current.id}", algorithm=algorithm)
    except (StoreError, DeskError) as error:
        return refusal(error, access.locale)
    return ""


def _key_file(access: Access, settings: StoreSettings) -> Path:
    """Return the file of a store's keys; end the command where they are in no file."""
    from moderation.store.opening import KEYS

    if settings.key_ring is not None and access.keys is None:
        refuse(access, "keys in no file")
    if settings.keys is not None:
        return settings.keys
    store = file_of(engine_of(settings))
    if store is None:
        refuse(access, "no keys")
    return store.with_name(store.name + KEYS)


def _rotated(path: Path, algorithm: Sealing) -> KeyRing:
    """Put a new key above what a file of keys holds, at once and for good, and return the ring."""
    from moderation.review.keys import Algorithm, read_key_ring, rotated, write_key_ring
    from moderation.store.private_file import flush_directory, new_file

    unfinished = path.with_name(path.name + ".new")
    with new_file(unfinished) as stream:
        ring = rotated(read_key_ring(path), Algorithm(algorithm))
        line, _, _ = write_key_ring(ring).partition("\n")
        stream.write(f"{line}\n{path.read_text('utf-8-sig')}")
        _give_to_owner(unfinished, path)
    unfinished.replace(path)
    flush_directory(path.parent)
    return ring


def _give_to_owner(path: Path, like: Path) -> None:
    """Let those read a file who may read another; only root may give a file away."""
    shutil.copymode(like, path)
    owner, own = like.stat(), path.stat()
    if (owner.st_uid, owner.st_gid) != (own.st_uid, own.st_gid):
        shutil.chown(path, owner.st_uid, owner.st_gid)


@contextmanager
def _progress(access: Access) -> Iterator[Callable[[int], None]]:
    """Give the function that shows on standard error, if that is a terminal, how much is resealed."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(words(access)["resealing"].format(count=0)) as status:
        yield lambda count: status.update(words(access)["resealing"].format(count=count))
