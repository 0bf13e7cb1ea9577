"""`moderation migrate`: a store's schema brought up to this release's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import STORE, Access, accessing
from moderation.cli.answering import answer, words
from moderation.cli.opening import engine_of, file_of, refusals, settings_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from moderation.store.settings import StoreSettings

EXAMPLE = "Example: moderation migrate --dry-run · moderation migrate --store postgresql://moderation@db.example.cn/moderation"


@accessing(*STORE)
def migrate(
    access: Access,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what is lacking, and change nothing.")] = False,
) -> None:
    """Bring a store's schema up to this release's, all or nothing.

    There is no way back: make a backup before. A store of a newer release, and a database of something else, are left
    alone (2). An SQLite that is not there is made, with keys beside it.
    """
    settings = settings_of(access)
    with refusals(access.locale):
        engine = engine_of(settings)
        try:
            revisions = _lacking(engine) if dry_run else _migrated(engine, settings)
        finally:
            engine.dispose()
    done = "up to date" if not revisions else "lacking" if dry_run else "migrated"
    told = {"revisions": revisions, "is_dry_run": dry_run}
    answer(access, lambda: told, lambda: typer.echo(words(access)[done].format(revisions=", ".join(revisions))))


def _lacking(engine: Engine) -> list[str]:
    """Return the revisions that a store lacks; nothing is made where there is no file."""
    from moderation.store.migration import known_revisions, pending

    path = file_of(engine)
    return known_revisions() if path is not None and not path.exists() else pending(engine)


def _migrated(engine: Engine, settings: StoreSettings) -> list[str]:
    """Migrate a store and return the revisions that it lacked; a new SQLite is opened, so that it gets its keys."""
    from moderation.store import migration
    from moderation.store.opening import open_store

    path = file_of(engine)
    if path is None or (path.exists() and migration.revision_of(engine) is not None):
        return migration.migrate(engine)
    open_store(settings).engine.dispose()
    return migration.known_revisions()
