"""`moderation audit`: what was done by whom, and the proof that nobody has changed it since."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import LARGEST_NUMBER, STORE, Access, PageSize, accessing, refuse
from moderation.cli.answering import answer, words, write_list
from moderation.cli.opening import actor_of, engine_of, file_of, opened_store, refusals, settings_of
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.cli.rendering.audit import Proof
    from moderation.store.opening import OpenedStore
    from moderation.store.settings import StoreSettings

app = typer.Typer(help="Show, prove, export and purge the audit.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation audit list --after 100 --size 20"
VERIFY_EXAMPLE = (
    "Example: moderation audit verify · "
    "moderation audit verify --file audit.jsonl --checkpoints audit.checkpoints --keys store.keys"
)
EXPORT_EXAMPLE = "Example: moderation audit export -o audit.jsonl"
CHECKPOINT_EXAMPLE = "Example: moderation audit checkpoint --checkpoints /mnt/append-only/audit.checkpoints"
PURGE_EXAMPLE = "Example: moderation audit purge --checkpoints store.checkpoints"

FAULT = 1
"""Exit code where something is wrong with the chain."""

Checkpoints = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="The file of checkpoints; else MODERATION_CHECKPOINTS, or that beside an SQLite."
    ),
]


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*STORE)
def list_entries(
    access: Access,
    after: Annotated[int, typer.Option(min=0, max=LARGEST_NUMBER, help="Entries after this one.")] = 0,
    size: PageSize = 50,
) -> None:
    """List entries in their order; 1: among them is what cannot be read, for it was edited."""
    from moderation.cli.rendering.audit import entry_record, print_entries
    from moderation.review.audit import AuditEntry
    from moderation.store.audit_rows import entries_after
    from moderation.store.database import reading

    with opened_store(access, may_write=False) as opened, reading(opened.engine) as connection:
        found = entries_after(connection, after, size + 1)
    page = found[:size]
    next_after = page[-1].sequence if len(found) > size else None
    shown = [one for one in page if isinstance(one, AuditEntry)]
    broken = [one.sequence for one in page if not isinstance(one, AuditEntry)]

    def write() -> None:
        write_list(access, "entries", shown, lambda some: print_entries(some, access.locale))
        if next_after is not None:
            typer.echo(words(access)["more entries"].format(after=next_after))

    record = {"entries": [entry_record(entry) for entry in shown], "unreadable": broken, "next_after": next_after}
    answer(access, lambda: record, write)
    for sequence in broken:
        typer.echo(words(access)["unreadable entry"].format(sequence=sequence or "?"), err=True)
    raise typer.Exit(FAULT if broken else 0)


@app.command("verify", epilog=VERIFY_EXAMPLE)
@accessing(*STORE)
def verify(
    access: Access,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="Prove this export, not the store.")] = None,
    checkpoints: Checkpoints = None,
) -> None:
    """Prove that no entry was changed, removed or put in.

    0: nothing is wrong; the answer tells how many entries checkpoints prove · 1: something is wrong; the answer tells
    what, and from which entry on nothing can be trusted. Without checkpoints only careless changes are found.
    """
    from moderation.cli.rendering.audit import print_proof, proof_record

    proof = _proof_of_store(access, checkpoints) if file is None else _proof_of_export(access, file, checkpoints)
    if not proof.checkpoints:
        typer.echo(words(access)["no checkpoints" if file is None else "no checkpoints of export"], err=True)
    answer(access, lambda: proof_record(proof, access.locale), lambda: print_proof(proof, access.locale))
    raise typer.Exit(0 if proof.is_whole else FAULT)


@app.command("export", epilog=EXPORT_EXAMPLE)
@accessing("store", "keys", "locale")
def export(
    access: Access,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Write all entries as JSON Lines, with their digests: `audit verify --file` proves them anywhere."""
    from moderation.cli.audit_export import write_export
    from moderation.store.audit_log import every_entry
    from moderation.store.database import reading

    with opened_store(access, may_write=False) as opened, reading(opened.engine) as connection:
        write_export(every_entry(connection), output)


@app.command("checkpoint", epilog=CHECKPOINT_EXAMPLE)
@accessing(*STORE)
def checkpoint(access: Access, checkpoints: Checkpoints = None) -> None:
    """Add a checkpoint of the chain as it is now; keep the file where nobody can change it."""
    from moderation.store.audit_log import ends
    from moderation.store.checkpoints import add
    from moderation.store.database import reading
    from moderation.store.reading_desk import now_in_utc

    with opened_store(access) as opened:
        path = _required(access, checkpoints or opened.checkpoints)
        with reading(opened.engine) as connection:
            head = ends(connection).head
        add(path, opened.ring, now_in_utc(), [head])
    told = {"count": head.count, "head": head.digest.hex(), "checkpoints": str(path)}
    answer(access, lambda: told, lambda: typer.echo(words(access)["checkpoint made"].format(**told)))


@app.command("purge", epilog=PURGE_EXAMPLE)
@accessing(*STORE, "actor", "role", role=Role.LEAD)
def purge(access: Access, checkpoints: Checkpoints = None) -> None:
    """Purge what is kept no longer: texts of templates, and entries of the audit.

    MODERATION_TEXT_DAYS and MODERATION_AUDIT_DAYS say how long they are kept; a server purges by itself. The chain is
    proved before, and nothing is purged where something is wrong with it (1). A checkpoint tells where the rest begins,
    so that it stays provable. What is purged cannot be brought back: export it before.
    """
    from moderation.cli.rendering.audit import print_proof, proof_record
    from moderation.store.keeping import Keeper
    from moderation.store.reading_desk import now_in_utc

    actor, settings = actor_of(access), settings_of(access)
    with opened_store(access, settings) as opened:
        path = _required(access, checkpoints or opened.checkpoints)
        proof = _proof_of(opened, path)
        if not proof.is_whole:
            answer(access, lambda: proof_record(proof, access.locale), lambda: print_proof(proof, access.locale))
            raise typer.Exit(FAULT)
        keeper = Keeper(opened.engine, opened.ring, settings.review_policy, path)
        anchor = keeper.purge(now_in_utc(), actor)
        keeper.checkpoint(now_in_utc())
    told = {"purged_up_to": anchor.count if anchor else None, "checkpoints": str(path)}
    done = "purged up to" if anchor else "nothing purged"
    answer(access, lambda: told, lambda: typer.echo(words(access)[done].format(purged=told["purged_up_to"])))


def _proof_of_store(access: Access, checkpoints: Path | None) -> Proof:
    with opened_store(access, may_write=False) as opened:
        return _proof_of(opened, _existing(access, checkpoints) or opened.checkpoints)


def _proof_of(opened: OpenedStore, checkpoints: Path | None) -> Proof:
    from moderation.cli.rendering.audit import Proof
    from moderation.store.audit_log import prove
    from moderation.store.audit_rows import ends_of
    from moderation.store.checkpoints import read
    from moderation.store.database import reading
    from moderation.store.reading_desk import now_in_utc

    made = read(checkpoints)
    with reading(opened.engine) as connection:
        kept = ends_of(connection)
    first = kept.anchor.count + 1 if kept is not None else 1
    return Proof(prove(opened.engine, opened.ring, made, now_in_utc()), first, len(made))


def _proof_of_export(access: Access, file: Path, checkpoints: Path | None) -> Proof:
    """Return what is proved of an export; what it begins with is taken for what follows the purged entries."""
    from moderation.cli.audit_export import ExportError, read_export
    from moderation.cli.rendering.audit import Proof
    from moderation.review.audit_proof import anchor_before, verify
    from moderation.store.checkpoints import read
    from moderation.store.opening import CHECKPOINTS

    settings = settings_of(access)
    with refusals(access.locale):
        path = _existing(access, checkpoints) or settings.checkpoints or _beside(settings, CHECKPOINTS)
        made = read(path)
        keys = _checkpoint_keys(access, settings) if made else {}
    if made and checkpoints is None:
        typer.echo(words(access)["checkpoints of export"].format(checkpoints=path), err=True)
    try:
        first = tuple(islice(read_export(file), 1))
        if not first and not made:
            refuse(access, "empty export", path=file)
        anchor = anchor_before(first)
        return Proof(verify(read_export(file), made, keys, anchor), anchor.count + 1, len(made))
    except ExportError as error:
        refuse(access, "no entry", path=file, line=error.line)
    except OSError as error:
        refuse(access, "unreadable export", path=file, why=error.strerror)


def _checkpoint_keys(access: Access, settings: StoreSettings) -> Mapping[str, bytes]:
    from moderation.review.keys import parse_key_ring, read_key_ring
    from moderation.store.opening import KEYS

    if settings.key_ring is not None:
        return parse_key_ring(settings.key_ring.get_secret_value()).checkpoint_keys
    path = settings.keys or _beside(settings, KEYS)
    if path is None:
        refuse(access, "no keys of checkpoints")
    try:
        return read_key_ring(path).checkpoint_keys
    except OSError as error:
        refuse(access, "unreadable", option="--keys", path=path, why=error.strerror)


def _beside(settings: StoreSettings, ending: str) -> Path | None:
    """Return a file beside the SQLite that is meant, None where there is none; the store itself is not opened."""
    from moderation.store.settings import NONE

    store = file_of(engine_of(settings)) if settings.store != NONE else None
    path = store.with_name(store.name + ending) if store is not None else None
    return path if path is not None and os.access(path, os.F_OK) else None


def _existing(access: Access, checkpoints: Path | None) -> Path | None:
    if checkpoints is not None and not checkpoints.is_file():
        refuse(access, "no file", option="--checkpoints", path=checkpoints)
    return checkpoints


def _required(access: Access, checkpoints: Path | None) -> Path:
    if checkpoints is None:
        refuse(access, "no checkpoints")
    return checkpoints
