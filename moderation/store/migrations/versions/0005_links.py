"""Registered links, and the number of their latest change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_link_removal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'registered links are revoked, not removed';
    END $$
    """,
    "CREATE TRIGGER links_are_kept BEFORE DELETE ON links FOR EACH ROW EXECUTE FUNCTION refuse_link_removal()",
    """
    CREATE TRIGGER links_are_not_truncated BEFORE TRUNCATE ON links
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_link_removal()
    """,
    """
    CREATE TRIGGER links_stay_what_they_are BEFORE UPDATE OF number, tenant, host, path, kind, token ON links
    FOR EACH ROW EXECUTE FUNCTION refuse_link_removal()
    """,
)

_SQLITE = (
    """
    CREATE TRIGGER links_are_kept BEFORE DELETE ON links
    BEGIN SELECT RAISE(ABORT, 'registered links are revoked, not removed'); END
    """,
    """
    CREATE TRIGGER links_stay_what_they_are BEFORE UPDATE OF number, tenant, host, path, kind, token ON links
    BEGIN SELECT RAISE(ABORT, 'registered links are revoked, not removed'); END
    """,
)


def upgrade() -> None:
    """Make the tables and their triggers; nothing has changed yet."""
    op.create_table(
        "links",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("icp_number", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=128), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.String(length=32), nullable=True),
        sa.Column("verified_by", sa.String(length=128), nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("revoked_by", sa.String(length=128), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('OWN_DOMAIN', 'OWN_SHORT_DOMAIN')", name="ck_links_kind"),
        sa.CheckConstraint("state IN ('PENDING', 'REVOKED', 'VERIFIED')", name="ck_links_state"),
        sa.CheckConstraint("proof IN ('DNS', 'FILE', 'MANUAL')", name="ck_links_proof"),
        sa.CheckConstraint("epoch > 0 AND change > 0", name="ck_links_counts"),
        sa.CheckConstraint(
            "state <> 'VERIFIED' OR (verified_by IS NOT NULL AND valid_until IS NOT NULL)", name="ck_links_verified"
        ),
        sa.CheckConstraint("(state = 'REVOKED') = (revoked_by IS NOT NULL)", name="ck_links_revoked"),
        sa.PrimaryKeyConstraint("number", name="pk_links"),
        sa.UniqueConstraint("tenant", "host", "path", name="uq_links_tenant_host_path"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_links_change", "links", ["change"], unique=False)
    op.create_index("ix_links_host", "links", ["host"], unique=False)
    op.create_table(
        "link_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_link_head_one_row"),
        sa.CheckConstraint("number >= 0", name="ck_link_head_number"),
        sa.PrimaryKeyConstraint("id", name="pk_link_head"),
    )
    op.execute(sa.text("INSERT INTO link_head (id, number) VALUES (1, 0)"))
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
