"""The tables of the registered links, and the number by which processes see that some have changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint

from moderation.links.link import LinkKind, Proof
from moderation.links.states import LinkState
from moderation.store.columns import NAME, SCHEMA, Moment, Number, Utf8, one_of

MOST_HOST, MOST_PATH, MOST_ICP = 253, 200, 32

LINKS = Table(
    "links",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("tenant", String(NAME), nullable=False),
    Column("host", String(MOST_HOST), nullable=False),
    Column("path", String(MOST_PATH), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("change", BigInteger, nullable=False),
    Column("icp_number", String(MOST_ICP), nullable=False),
    Column("evidence", Utf8, nullable=False),
    Column("token", String(64), nullable=False),
    Column("added_by", String(NAME), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("proof", String(32)),
    Column("verified_by", String(NAME)),
    Column("verified_at", Moment),
    Column("valid_until", Moment),
    Column("revoked_by", String(NAME)),
    Column("revoked_at", Moment),
    Column("reason", Utf8),
    one_of("kind", LinkKind, "kind"),
    one_of("state", (state for state in LinkState if state is not LinkState.EXPIRED), "state"),
    one_of("proof", Proof, "proof"),
    CheckConstraint("epoch > 0 AND change > 0", name="counts"),
    CheckConstraint("state <> 'VERIFIED' OR (verified_by IS NOT NULL AND valid_until IS NOT NULL)", name="verified"),
    CheckConstraint("(state = 'REVOKED') = (revoked_by IS NOT NULL)", name="revoked"),
    UniqueConstraint("tenant", "host", "path"),
    Index("ix_links_change", "change"),
    Index("ix_links_host", "host"),
    sqlite_autoincrement=True,
)
"""One row a tenant, host and path, never deleted; that a verified one is over is told by the clock."""

LINK_HEAD = Table(
    "link_head",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("number >= 0", name="number"),
)
"""One row: the number of the latest change. All links that one transaction changes have its number."""
