"""`moderation migrate`: a new store, an old one, a newer one, somebody else's, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from store_commands import Commands, commands_over_a_store  # noqa: F401 - a fixture
from stores import POSTGRESQL, STORES, empty_address

from moderation.store.database import open_engine
from moderation.store.migration import known_revisions


def execute(address: str, statement: str) -> None:
    engine = open_engine(address)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=STORES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a schema."""
    return empty_address(request.param, tmp_path)


def test_a_store_is_brought_up_once(commands: Commands, address: str) -> None:
    lacking = {"revisions": known_revisions(), "is_dry_run": True}
    assert commands.record("migrate", "--store", address, "--dry-run") == lacking
    assert commands.record("migrate", "--store", address, "--dry-run") == lacking
    assert commands.record("migrate", "--store", address)["revisions"] == known_revisions()
    assert commands.record("migrate", "--store", address)["revisions"] == []
    assert commands.table("migrate", "--store", address) == "存储的结构已是最新\n"
    keys = ("--keys", str(commands.keys)) if address.startswith(POSTGRESQL) else ()
    assert commands.record("case", "list", "--store", address, *keys)["cases"] == []


def test_a_dry_run_makes_nothing(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "absent" / "store.db"
    assert "0001" in commands.table("migrate", "--store", str(path), "--dry-run")
    assert not path.parent.exists()
    assert "0001" in commands.table("migrate", "--store", str(path), "--locale", "en")
    assert path.with_name("store.db.keys").exists()


def test_an_empty_file_becomes_a_store_with_keys(commands: Commands, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    commands.run("migrate", "--store", str(path))
    assert commands.record("case", "list", "--store", str(path))["cases"] == []


def test_a_store_of_a_newer_release_is_left_alone(commands: Commands, address: str) -> None:
    commands.run("migrate", "--store", address)
    execute(address, "UPDATE alembic_version SET version_num = '9999'")
    for options in ((), ("--dry-run",)):
        assert "（9999）来自更新的版本" in commands.refused("migrate", "--store", address, *options)
    assert "newer release" in commands.refused("migrate", "--store", address, "--locale", "en")


def test_a_database_of_something_else_is_left_alone(commands: Commands, address: str) -> None:
    execute(address, "CREATE TABLE orders (id INTEGER)")
    for options in ((), ("--dry-run",)):
        assert "其他程序的表" in commands.refused("migrate", "--store", address, *options)


def test_other_commands_need_the_schema_of_this_release(commands: Commands) -> None:
    for revision, told in (("0001", "请运行 moderation migrate"), ("9999", "来自更新的版本")):
        execute(str(commands.store.path), f"UPDATE alembic_version SET version_num = '{revision}'")
        for command in (("case", "list"), ("audit", "verify"), ("key", "list")):
            assert told in commands.refused(*command)


def test_a_store_that_cannot_be_reached_or_written(commands: Commands, tmp_path: Path) -> None:
    nobody = "postgresql://moderation@127.0.0.1:1/x"
    for command in (("migrate",), ("case", "list")):
        assert "存储不可用" in commands.refused(*command, "--store", nobody)
    file = tmp_path / "file"
    file.touch()
    assert "MODERATION_STORE" in commands.refused("migrate", "--store", str(file / "store.db"))
    assert "没有存储" in commands.refused("migrate", "--store", "none")


def test_help_says_that_there_is_no_way_back(commands: Commands) -> None:
    assert "There is no way back" in commands.table("migrate", "--help")
