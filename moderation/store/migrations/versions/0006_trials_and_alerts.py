"""Trials of rules, hits, counts of rejects, alerts and webhooks for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE = (
    """
    CREATE TRIGGER rule_trials_is_not_changed BEFORE UPDATE ON rule_trials
    BEGIN SELECT RAISE(ABORT, 'what was said of rules is not changed'); END
    """,
    """
    CREATE TRIGGER rule_trials_is_kept BEFORE DELETE ON rule_trials
    BEGIN SELECT RAISE(ABORT, 'what was said of rules is kept'); END
    """,
)

_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_rule_trial_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'what was said of rules is kept and not changed';
    END $$
    """,
    """
    CREATE TRIGGER rule_trials_is_kept BEFORE UPDATE OR DELETE ON rule_trials
    FOR EACH ROW EXECUTE FUNCTION refuse_rule_trial_change()
    """,
    """
    CREATE TRIGGER rule_trials_is_not_truncated BEFORE TRUNCATE ON rule_trials
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rule_trial_change()
    """,
)


def upgrade() -> None:
    """Make the tables; the webhooks that are there are those of tenants."""
    _make_trials()
    _make_alerts()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _make_trials() -> None:
    op.create_table(
        "first_hits",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "since", name="pk_first_hits"),
    )
    op.create_table(
        "hit_examples",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("verdict_id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "mark", name="pk_hit_examples"),
    )
    op.create_index("ix_hit_examples_at", "hit_examples", ["at"], unique=False)
    op.create_table(
        "hits",
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("wordlist", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("hits", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('ENTRY', 'RULE')", name="ck_hits_kind"),
        sa.CheckConstraint("mode IN ('LIVE', 'SHADOW')", name="ck_hits_mode"),
        sa.CheckConstraint("hits > 0 AND changes BETWEEN 0 AND hits", name="ck_hits_counts"),
        sa.PrimaryKeyConstraint("subject", "day", "tenant", name="pk_hits"),
    )
    op.create_index("ix_hits_day", "hits", ["day"], unique=False)
    op.create_table(
        "reject_counts",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("begins_at", sa.BigInteger(), nullable=False),
        sa.Column("rejects", sa.BigInteger(), nullable=False),
        sa.Column("checked", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('ALL', 'RULE', 'TENANT')", name="ck_reject_counts_kind"),
        sa.CheckConstraint("rejects >= 0 AND checked >= 0", name="ck_reject_counts_counts"),
        sa.PrimaryKeyConstraint("kind", "name", "begins_at", name="pk_reject_counts"),
    )
    op.create_index("ix_reject_counts_begins_at", "reject_counts", ["begins_at"], unique=False)
    op.create_table(
        "rule_trials",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(state = 'SHADOW') = (until IS NOT NULL)", name="ck_rule_trials_until"),
        sa.CheckConstraint("state IN ('ENDED', 'LIVE', 'OFF', 'SHADOW')", name="ck_rule_trials_state"),
        sa.PrimaryKeyConstraint("number", name="pk_rule_trials"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rule_trials_rule_id_rule_trials_number", "rule_trials", ["rule_id", "number"], unique=False)


def _make_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("sequence", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('alert.first_hit', 'alert.reject_spike')", name="ck_alerts_kind"),
        sa.PrimaryKeyConstraint("sequence", name="pk_alerts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_subject_alerts_at", "alerts", ["subject", "at"], unique=False)
    op.create_table(
        "alert_deliveries",
        sa.Column("webhook", NUMBER, nullable=False),
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('DEAD', 'DELIVERED', 'DUE')", name="ck_alert_deliveries_state"),
        sa.CheckConstraint("attempts >= 0", name="ck_alert_deliveries_attempts"),
        sa.ForeignKeyConstraint(["event"], ["alerts.sequence"], name="fk_alert_deliveries_event"),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.number"], name="fk_alert_deliveries_webhook"),
        sa.PrimaryKeyConstraint("webhook", "event", name="pk_alert_deliveries"),
    )
    op.create_index(
        "ix_alert_deliveries_dead",
        "alert_deliveries",
        ["webhook", "event"],
        unique=False,
        sqlite_where=sa.text("state = 'DEAD'"),
        postgresql_where=sa.text("state = 'DEAD'"),
    )
    op.create_index(
        "ix_alert_deliveries_due",
        "alert_deliveries",
        ["webhook", "due_at", "event"],
        unique=False,
        sqlite_where=sa.text("state = 'DUE'"),
        postgresql_where=sa.text("state = 'DUE'"),
    )
    op.add_column("webhooks", sa.Column("is_for_alerts", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index("uq_webhooks_in_use", table_name="webhooks")
    op.create_index(
        "uq_webhooks_in_use",
        "webhooks",
        ["is_for_alerts", "tenant", "url"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
