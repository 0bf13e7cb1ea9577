"""Migrations bring either store to this release's schema, once, all or nothing, and never back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from database_faults import Fault, failing
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlalchemy.exc import OperationalError
from store_invariants import check_invariants
from stores import STORES, Store, each_store, empty_address  # noqa: F401 - a fixture
from test_store_requests import one_that_waits

from moderation.store.columns import SCHEMA
from moderation.store.database import StoreError, open_engine, reading, writing
from moderation.store.migration import SCRIPTS, known_revisions, migrate, pending, require_current, revision_of


@pytest.fixture(name="empty", params=STORES)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine of a store without a schema."""
    with closing(Store(empty_address(request.param, tmp_path))) as store:
        yield store.engine


def tables(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrated_schema_is_the_declared_one(store: Store) -> None:
    with reading(store.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SCHEMA) == []


def test_checks_are_the_declared_ones(store: Store) -> None:
    """What the comparison above does not see: checks, by name."""
    with reading(store.engine) as connection:
        found = {check["name"] for name in SCHEMA.tables for check in inspect(connection).get_check_constraints(name)}
    assert found == {
        constraint.name
        for table in SCHEMA.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }


def test_a_store_is_migrated_once(empty: Engine) -> None:
    assert (revision_of(empty), pending(empty)) == (None, known_revisions())
    with pytest.raises(StoreError, match="moderation migrate"):
        require_current(empty)
    assert migrate(empty) == known_revisions()
    require_current(empty)
    assert revision_of(empty) == known_revisions()[-1]
    assert migrate(empty) == []


def test_what_was_there_before_versions_of_wordlists_stays(empty: Engine) -> None:
    with empty.connect() as plain, plain.begin():
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        config.attributes["connection"] = plain
        command.upgrade(config, "0002")
    store = Store(empty.url.render_as_string(hide_password=False))
    store.appealed()
    store.claimed()
    before = rows_of(empty, tables(empty))
    assert migrate(empty) == known_revisions()[known_revisions().index("0003") :]
    after = rows_of(empty, set(before))
    assert {name for name, rows in after.items() if rows != before[name]} == {"alembic_version"}
    assert tables(empty) - set(before) >= {name for name in SCHEMA.tables if name.startswith("wordlist_")}
    assert (store.wordlists.head(), store.wordlists.overlay()) == (0, {})
    one_that_waits(store)
    check_invariants(empty)
    store.engine.dispose()


def rows_of(engine: Engine, names: set[str]) -> dict[str, list[str]]:
    with reading(engine) as connection:
        return {name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}")))) for name in names}


def test_many_migrate_at_once(empty: Engine) -> None:
    with ThreadPoolExecutor(6) as pool:
        lacking = list(pool.map(lambda _: migrate(empty), range(6)))
    assert known_revisions() in lacking
    require_current(empty)


def test_a_migration_is_all_or_nothing(empty: Engine) -> None:
    """Whatever statement fails, the store is as empty as before, and can be migrated."""
    for number in range(1, 1000, 6):
        with failing(empty, number, Fault.REFUSED) as fault, suppress(OperationalError, StoreError):
            migrate(empty)
        if not fault.has_fired:
            break
        assert tables(empty) == set()
    assert number > 40
    require_current(empty)


def test_a_newer_schema_is_refused(store: Store) -> None:
    with writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (migrate, pending, require_current):
        with pytest.raises(StoreError, match="9999"):
            use(store.engine)
    assert revision_of(store.engine) == "9999"


def test_a_database_of_something_else_is_refused(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE orders (number INTEGER)"))
    for use in (migrate, pending, require_current, revision_of):
        with pytest.raises(StoreError, match="something else"):
            use(empty)
    assert tables(empty) == {"orders"}


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("甲" * 1000, encoding="utf-8")
    engine = open_engine(str(path))
    with pytest.raises(StoreError):
        require_current(engine)
    engine.dispose()
    assert path.read_text(encoding="utf-8") == "甲" * 1000


@pytest.mark.parametrize("address", ["mysql://a@b/c", "sqlite://", "sqlite:///:memory:", "http://a", "oracle://"])
def test_addresses_that_are_no_store(address: str) -> None:
    with pytest.raises(StoreError, match="postgresql://"):
        open_engine(address)


@pytest.mark.parametrize(
    "address", ["postgresql://a@127.0.0.1:1/c", "postgresql:///c?host=/nowhere", "/nowhere/store.db"]
)
def test_a_store_that_cannot_be_reached(address: str) -> None:
    engine = open_engine(address)
    with pytest.raises(StoreError):
        require_current(engine)
    engine.dispose()


def test_there_is_no_way_back() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert not [script.revision for script in scripts.walk_revisions() if hasattr(script.module, "downgrade")]
    assert len(scripts.get_heads()) == 1
