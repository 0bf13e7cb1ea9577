"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(previous) = 32 AND length(digest) = 32", name="ck_audit_digests"),
        sa.CheckConstraint("sequence > 0", name="ck_audit_sequence"),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
        sa.UniqueConstraint("digest", name="uq_audit_digest"),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("anchor_count", sa.BigInteger(), nullable=False),
        sa.Column("anchor_digest", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("count >= anchor_count AND anchor_count >= 0", name="ck_audit_head_counts"),
        sa.CheckConstraint("id = 1", name="ck_audit_head_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_identity_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )
    op.create_table(
        "passes",
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count >= 0", name="ck_passes_count"),
        sa.PrimaryKeyConstraint("day", "tenant", name="pk_passes"),
    )
    op.create_table(
        "requests",
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("request_id", sa.String(length=128), nullable=False),
        sa.Column("verb", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "request_id", name="pk_requests"),
    )
    op.create_index("ix_requests_at", "requests", ["at"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("template_id", sa.String(length=128), nullable=False),
        sa.Column("machine", sa.String(length=8), nullable=False),
        sa.Column("standing", sa.String(length=8), nullable=False),
        sa.Column("risk_score", sa.Float(), nullable=False),
        sa.Column("ruleset", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("reissued_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("machine IN ('PASS', 'REJECT', 'REVIEW')", name="ck_verdicts_machine"),
        sa.CheckConstraint("standing IN ('PASS', 'REJECT', 'REVIEW')", name="ck_verdicts_standing"),
        sa.CheckConstraint("length(fingerprint) = 32", name="ck_verdicts_fingerprint"),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.UniqueConstraint("fingerprint", name="uq_verdicts_fingerprint"),
    )
    op.create_index("ix_verdicts_created_at", "verdicts", ["created_at"], unique=False)
    op.create_table(
        "webhooks",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_webhooks"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_webhooks_in_use",
        "webhooks",
        ["tenant", "url"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "cases",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("verdict_id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("queue", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=128), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=128), nullable=True),
        sa.Column("claimed_at", sa.BigInteger(), nullable=True),
        sa.Column("lease_expires_at", sa.BigInteger(), nullable=True),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('APPEAL_CLAIMED', 'CLAIMED')) = (holder IS NOT NULL)"
            " AND (state IN ('APPEAL_CLAIMED', 'CLAIMED')) = (claimed_at IS NOT NULL)"
            " AND (state IN ('APPEAL_CLAIMED', 'CLAIMED')) = (lease_expires_at IS NOT NULL)",
            name="ck_cases_lease",
        ),
        sa.CheckConstraint("queue IN ('APPEAL', 'QUALITY', 'REVIEW')", name="ck_cases_queue"),
        sa.CheckConstraint(
            "state IN ('APPEALED', 'APPEAL_CLAIMED', 'CLAIMED', 'FINAL', 'OPEN', 'RULED')", name="ck_cases_state"
        ),
        sa.CheckConstraint("epoch >= 0", name="ck_cases_epoch"),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name="ck_cases_priority"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name="fk_cases_verdict_id"),
        sa.PrimaryKeyConstraint("number", name="pk_cases"),
        sa.UniqueConstraint("verdict_id", name="uq_cases_verdict_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_cases_waiting",
        "cases",
        ["queue", "skill", "priority", "due_at", "number"],
        unique=False,
        sqlite_where=sa.text("state IN ('APPEALED', 'OPEN')"),
        postgresql_where=sa.text("state IN ('APPEALED', 'OPEN')"),
    )
    op.create_index(
        "ix_cases_unfinished",
        "cases",
        ["priority", "due_at", "number"],
        unique=False,
        sqlite_where=sa.text("state IN ('APPEALED', 'APPEAL_CLAIMED', 'CLAIMED', 'OPEN')"),
        postgresql_where=sa.text("state IN ('APPEALED', 'APPEAL_CLAIMED', 'CLAIMED', 'OPEN')"),
    )
    op.create_index(
        "ix_cases_skill",
        "cases",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("skill <> ''"),
        postgresql_where=sa.text("skill <> ''"),
    )
    op.create_index(
        "ix_cases_lease",
        "cases",
        ["lease_expires_at"],
        unique=False,
        sqlite_where=sa.text("lease_expires_at IS NOT NULL"),
        postgresql_where=sa.text("lease_expires_at IS NOT NULL"),
    )
    op.create_table(
        "verdict_rules",
        sa.Column("verdict_id", sa.String(length=32), nullable=False),
        sa.Column("rule_id", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name="fk_verdict_rules_verdict_id"),
        sa.PrimaryKeyConstraint("verdict_id", "rule_id", name="pk_verdict_rules"),
    )
    op.create_index("ix_verdict_rules_rule_id", "verdict_rules", ["rule_id"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("verdict_id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("filed_by", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("ruled_by", sa.String(length=128), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("decided_by", sa.String(length=128), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("outcome IN ('REVERSED', 'UPHELD')", name="ck_appeals_outcome"),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)",
            name="ck_appeals_decided",
        ),
        sa.CheckConstraint("decided_by <> ruled_by", name="ck_appeals_another_reviewer"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_appeals_case_number"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name="fk_appeals_verdict_id"),
        sa.PrimaryKeyConstraint("number", name="pk_appeals"),
        sa.UniqueConstraint("case_number", name="uq_appeals_case_number"),
        sa.UniqueConstraint("verdict_id", name="uq_appeals_verdict_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeals_tenant_appeals_number", "appeals", ["tenant", "number"], unique=False)
    op.create_index(
        "ix_appeals_undecided",
        "appeals",
        ["number"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "case_bands",
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_case_bands_case_number"),
        sa.PrimaryKeyConstraint("case_number", "band", name="pk_case_bands"),
    )
    op.create_index("ix_case_bands_band_case_bands_case_number", "case_bands", ["band", "case_number"], unique=False)
    op.create_table(
        "case_skips",
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("reviewer", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("skipped_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_case_skips_case_number"),
        sa.PrimaryKeyConstraint("case_number", "reviewer", name="pk_case_skips"),
    )
    op.create_table(
        "case_tags",
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_case_tags_case_number"),
        sa.PrimaryKeyConstraint("case_number", "tag", name="pk_case_tags"),
    )
    op.create_index("ix_case_tags_tag_case_tags_case_number", "case_tags", ["tag", "case_number"], unique=False)
    op.create_table(
        "events",
        sa.Column("sequence", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("verdict_id", sa.String(length=32), nullable=False),
        sa.Column("tenant", sa.String(length=128), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_events_case_number"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"], name="fk_events_verdict_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_tenant_events_sequence", "events", ["tenant", "sequence"], unique=False)
    op.create_table(
        "proposals",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("rule_id", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_proposals_case_number"),
        sa.PrimaryKeyConstraint("number", name="pk_proposals"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rulings",
        sa.Column("case_number", NUMBER, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.String(length=128), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("ruled_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "code IN ('CONFIRMED', 'EVIDENCE_PROVIDED', 'INCOMPLETE', "
            "'LAWFUL', 'MISLEADING', 'OTHER', 'RULE_MISTAKEN', 'UNCLEAR', 'UNLAWFUL')",
            name="ck_rulings_code",
        ),
        sa.CheckConstraint("decision IN ('PASS', 'REJECT')", name="ck_rulings_decision"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_rulings_case_number"),
        sa.PrimaryKeyConstraint("case_number", name="pk_rulings"),
    )
    op.create_index("ix_rulings_ruled_at", "rulings", ["ruled_at"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("webhook", NUMBER, nullable=False),
        sa.Column("event", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('DEAD', 'DELIVERED', 'DUE')", name="ck_deliveries_state"),
        sa.CheckConstraint("attempts >= 0", name="ck_deliveries_attempts"),
        sa.ForeignKeyConstraint(["event"], ["events.sequence"], name="fk_deliveries_event"),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.number"], name="fk_deliveries_webhook"),
        sa.PrimaryKeyConstraint("webhook", "event", name="pk_deliveries"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["webhook", "due_at", "event"],
        unique=False,
        sqlite_where=sa.text("state = 'DUE'"),
        postgresql_where=sa.text("state = 'DUE'"),
    )
    op.create_index(
        "ix_deliveries_dead",
        "deliveries",
        ["webhook", "event"],
        unique=False,
        sqlite_where=sa.text("state = 'DEAD'"),
        postgresql_where=sa.text("state = 'DEAD'"),
    )
