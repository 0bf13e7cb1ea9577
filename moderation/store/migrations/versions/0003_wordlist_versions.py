"""Versions of wordlists: what is decided is not changed, and versions are numbered without gaps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_NOT_CHANGED = {
    "wordlist_batches": "number, base, author, reason, uploaded_at, added, removed, replaced",
    "wordlist_changes": "",
    "wordlist_versions": "",
    "wordlist_lines": "wordlist, entry, since, line, is_shipped",
    "wordlist_head": "id",
}
"""Columns that are never updated, all where none is named; no row is ever deleted."""

_ENDED = {
    "wordlist_batches": ("state", "OLD.state IN ('APPLIED', 'DROPPED') OR NEW.state = 'DRAFT'"),
    "wordlist_lines": ("until", "OLD.until <> 9223372036854775807"),
    "wordlist_head": ("number", "NEW.number <> OLD.number + 1"),
}
"""A column, and when it is not updated."""

_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_wordlist_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'what is kept of the versions of wordlists is not changed';
    END $$
    """,
    """
    CREATE FUNCTION require_next_wordlist_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number <> (SELECT number + 1 FROM wordlist_head) THEN
        RAISE EXCEPTION 'versions of wordlists are numbered without gaps';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION require_wordlist_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM wordlist_versions WHERE number = NEW.number) THEN
        RAISE EXCEPTION 'the head of the wordlists is a version';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER wordlist_versions_have_no_gaps BEFORE INSERT ON wordlist_versions
    FOR EACH ROW EXECUTE FUNCTION require_next_wordlist_version()
    """,
    """
    CREATE TRIGGER wordlist_head_is_a_version BEFORE UPDATE ON wordlist_head
    FOR EACH ROW EXECUTE FUNCTION require_wordlist_version()
    """,
)

_SQLITE = (
    """
    CREATE TRIGGER wordlist_versions_have_no_gaps BEFORE INSERT ON wordlist_versions
    WHEN NEW.number <> (SELECT number + 1 FROM wordlist_head)
    BEGIN SELECT RAISE(ABORT, 'versions of wordlists are numbered without gaps'); END
    """,
    """
    CREATE TRIGGER wordlist_head_is_a_version BEFORE UPDATE ON wordlist_head
    WHEN NOT EXISTS (SELECT 1 FROM wordlist_versions WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the head of the wordlists is a version'); END
    """,
)


def upgrade() -> None:
    """Make the tables, their triggers, and the head, which is the shipped wordlists."""
    _make_batches()
    _make_versions()
    op.execute(sa.text("INSERT INTO wordlist_head (id, number) VALUES (1, 0)"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
    for table, columns in _NOT_CHANGED.items():
        update = f"UPDATE OF {columns}" if columns else "UPDATE"
        _refuse(f"{table}_is_not_changed", f"BEFORE {update} ON {table}", is_sqlite)
        _refuse(f"{table}_is_kept", f"BEFORE DELETE ON {table}", is_sqlite)
        if not is_sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_is_not_truncated BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION refuse_wordlist_change()"
            )
    for table, (column, condition) in _ENDED.items():
        _refuse(f"{table}_{column}_ends", f"BEFORE UPDATE OF {column} ON {table}", is_sqlite, condition)


def _refuse(name: str, when: str, is_sqlite: bool, condition: str = "") -> None:
    """Make a trigger that refuses what is done to a row."""
    if is_sqlite:
        refusal = "BEGIN SELECT RAISE(ABORT, 'what is kept of the versions of wordlists is not changed'); END"
        op.execute(f"CREATE TRIGGER {name} {when} {'WHEN ' + condition if condition else ''} {refusal}")
    else:
        asked = f"WHEN ({condition})" if condition else ""
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW {asked} EXECUTE FUNCTION refuse_wordlist_change()")


def _make_batches() -> None:
    op.create_table(
        "wordlist_batches",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('APPLIED', 'AWAITING_APPROVAL', 'DRAFT', 'DROPPED')", name="ck_wordlist_batches_state"
        ),
        sa.CheckConstraint("base >= 0", name="ck_wordlist_batches_base"),
        sa.CheckConstraint(
            "added >= 0 AND removed >= 0 AND replaced >= 0 AND added + removed + replaced > 0",
            name="ck_wordlist_batches_counts",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_wordlist_batches"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_wordlist_batches_unfinished",
        "wordlist_batches",
        ["number"],
        unique=False,
        sqlite_where=sa.text("state IN ('AWAITING_APPROVAL', 'DRAFT')"),
        postgresql_where=sa.text("state IN ('AWAITING_APPROVAL', 'DRAFT')"),
    )
    op.create_table(
        "wordlist_changes",
        sa.Column("batch", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(length=8), nullable=False),
        sa.Column("wordlist", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("operation IN ('ADD', 'REMOVE', 'REPLACE')", name="ck_wordlist_changes_operation"),
        sa.CheckConstraint("(operation = 'REMOVE') = (line IS NULL)", name="ck_wordlist_changes_line"),
        sa.CheckConstraint(
            "length(entry) BETWEEN 1 AND 2048 AND length(line) <= 8192", name="ck_wordlist_changes_lengths"
        ),
        sa.ForeignKeyConstraint(["batch"], ["wordlist_batches.number"], name="fk_wordlist_changes_batch"),
        sa.PrimaryKeyConstraint("batch", "position", name="pk_wordlist_changes"),
        sqlite_with_rowid=False,
    )


def _make_versions() -> None:
    op.create_table(
        "wordlist_versions",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch", NUMBER, nullable=True),
        sa.Column("restores", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("approved_by", sa.String(length=128), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name="ck_wordlist_versions_number"),
        sa.CheckConstraint("(batch IS NULL) = (restores IS NOT NULL)", name="ck_wordlist_versions_origin"),
        sa.CheckConstraint("restores BETWEEN 0 AND number - 1", name="ck_wordlist_versions_restores"),
        sa.CheckConstraint("approved_by <> author", name="ck_wordlist_versions_another_person"),
        sa.CheckConstraint("added >= 0 AND removed >= 0 AND replaced >= 0", name="ck_wordlist_versions_counts"),
        sa.ForeignKeyConstraint(["batch"], ["wordlist_batches.number"], name="fk_wordlist_versions_batch"),
        sa.PrimaryKeyConstraint("number", name="pk_wordlist_versions"),
        sa.UniqueConstraint("batch", name="uq_wordlist_versions_batch"),
    )
    op.create_table(
        "wordlist_lines",
        sa.Column("wordlist", sa.LargeBinary(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.CheckConstraint("since > 0 AND until > since", name="ck_wordlist_lines_versions"),
        sa.PrimaryKeyConstraint("wordlist", "entry", "until", name="pk_wordlist_lines"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "wordlist_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_wordlist_head_one_row"),
        sa.CheckConstraint("number >= 0", name="ck_wordlist_head_number"),
        sa.PrimaryKeyConstraint("id", name="pk_wordlist_head"),
    )
