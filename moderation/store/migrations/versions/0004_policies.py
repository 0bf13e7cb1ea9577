"""Tenants' policies: versions are not changed, and are numbered without gaps by tenant and all together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_REFUSED = (
    ("policy_versions_is_not_changed", "BEFORE UPDATE ON policy_versions", ""),
    ("policy_versions_is_kept", "BEFORE DELETE ON policy_versions", ""),
    ("policies_is_of_a_tenant", "BEFORE UPDATE OF tenant ON policies", ""),
    ("policies_goes_on", "BEFORE UPDATE OF sequence ON policies", "NEW.sequence <= OLD.sequence"),
    ("policies_is_kept", "BEFORE DELETE ON policies", ""),
    ("policy_head_is_one", "BEFORE UPDATE OF id ON policy_head", ""),
    ("policy_head_goes_on", "BEFORE UPDATE OF sequence ON policy_head", "NEW.sequence <> OLD.sequence + 1"),
    ("policy_head_is_kept", "BEFORE DELETE ON policy_head", ""),
)
"""What is refused of a row: the name of its trigger, when it fires, and the condition, if any."""

_TABLES = ("policy_versions", "policies", "policy_head")
_NEXT = (
    "NEW.sequence <> (SELECT sequence + 1 FROM policy_head)"
    " OR NEW.number <> (SELECT count(*) + 1 FROM policy_versions WHERE tenant = NEW.tenant)"
)


def upgrade() -> None:
    """Make the tables, their triggers, and the head: nobody has a policy."""
    _make_tables()
    op.execute(sa.text("INSERT INTO policy_head (id, sequence) VALUES (1, 0)"))
    if op.get_bind().dialect.name == "sqlite":
        refusal = "BEGIN SELECT RAISE(ABORT, 'what is kept of policies is not changed'); END"
        for name, when, condition in _REFUSED:
            op.execute(f"CREATE TRIGGER {name} {when} {'WHEN ' + condition if condition else ''} {refusal}")
        op.execute(
            f"CREATE TRIGGER policy_versions_have_no_gaps BEFORE INSERT ON policy_versions WHEN {_NEXT}"
            " BEGIN SELECT RAISE(ABORT, 'versions of policies are numbered without gaps'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'what is kept of policies is not changed'; END $$"
    )
    op.execute(
        "CREATE FUNCTION require_next_policy_version() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {_NEXT} THEN RAISE EXCEPTION 'versions of policies are numbered without gaps'; END IF;"
        " RETURN NEW; END $$"
    )
    for name, when, condition in _REFUSED:
        asked = f"WHEN ({condition})" if condition else ""
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW {asked} EXECUTE FUNCTION refuse_policy_change()")
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_is_not_truncated BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_policy_change()"
        )
    op.execute(
        "CREATE TRIGGER policy_versions_have_no_gaps BEFORE INSERT ON policy_versions"
        " FOR EACH ROW EXECUTE FUNCTION require_next_policy_version()"
    )


def _make_tables() -> None:
    op.create_table(
        "policy_versions",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("restores", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("denied", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("sequence > 0 AND number > 0", name="ck_policy_versions_numbers"),
        sa.CheckConstraint("restores BETWEEN 0 AND number - 1", name="ck_policy_versions_restores"),
        sa.CheckConstraint("denied >= 0 AND allowed >= 0 AND rules >= 0", name="ck_policy_versions_counts"),
        sa.CheckConstraint("length(tenant) BETWEEN 1 AND 256", name="ck_policy_versions_tenant"),
        sa.PrimaryKeyConstraint("sequence", name="pk_policy_versions"),
        sa.UniqueConstraint("tenant", "number", name="uq_policy_versions_tenant"),
    )
    op.create_table(
        "policies",
        sa.Column("tenant", sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sequence"], ["policy_versions.sequence"], name="fk_policies_sequence"),
        sa.PrimaryKeyConstraint("tenant", name="pk_policies"),
        sa.UniqueConstraint("sequence", name="uq_policies_sequence"),
    )
    op.create_table(
        "policy_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_policy_head_one_row"),
        sa.CheckConstraint("sequence >= 0", name="ck_policy_head_sequence"),
        sa.PrimaryKeyConstraint("id", name="pk_policy_head"),
    )
