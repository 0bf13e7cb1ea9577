"""What the processes of servers decide by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of processes."""
    op.create_table(
        "serving_processes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=128), nullable=False),
        sa.Column("pid", sa.BigInteger(), nullable=False),
        sa.Column("release", sa.String(length=128), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ruleset", sa.String(length=128), nullable=False),
        sa.Column("wordlists_version", sa.BigInteger(), nullable=False),
        sa.Column("serving_since", sa.BigInteger(), nullable=True),
        sa.Column("building_version", sa.BigInteger(), nullable=True),
        sa.Column("failed_version", sa.BigInteger(), nullable=True),
        sa.Column("failed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(failed_version IS NULL) = (failed_at IS NULL)", name="ck_serving_processes_failed"),
        sa.PrimaryKeyConstraint("id", name="pk_serving_processes"),
    )
