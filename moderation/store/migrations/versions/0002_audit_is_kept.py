"""Audit entries can only be added, and only those that the anchor stands for can be purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = (
    """
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are not changed'); END
    """,
    """
    CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    WHEN OLD.sequence > (SELECT anchor_count FROM audit_head)
    BEGIN SELECT RAISE(ABORT, 'audit entries are purged up to the anchor only'); END
    """,
    """
    CREATE TRIGGER audit_head_is_kept BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'the head of the audit is not deleted'); END
    """,
)

_POSTGRESQL = (
    """
    CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit' THEN
        IF OLD.sequence <= (SELECT anchor_count FROM audit_head) THEN RETURN OLD; END IF;
      END IF;
      RAISE EXCEPTION 'audit entries are only added, and purged up to the anchor';
    END $$
    """,
    "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    """
    CREATE TRIGGER audit_is_not_truncated BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
    """,
    """
    CREATE TRIGGER audit_head_is_kept BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
    """,
)


def upgrade() -> None:
    """Make the triggers of the audit and the head of its chain, which begins with nothing."""
    op.execute(
        sa.text(
            "INSERT INTO audit_head (id, count, digest, anchor_count, anchor_digest)"
            " VALUES (1, 0, :nothing, 0, :nothing)"
        ).bindparams(nothing=bytes(32))
    )
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
