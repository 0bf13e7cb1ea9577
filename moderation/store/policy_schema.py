"""The tables of tenants' policies: versions that never change, which one is in force, and how many there are.

Versions are numbered by tenant, and all of them together by `sequence`, so that who follows reads what is new.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from moderation.store.columns import NAME, SCHEMA, Moment, Utf8

MOST_TENANT = 256
"""Bytes of the name of a tenant, which is in an index."""

POLICY_VERSIONS = Table(
    "policy_versions",
    SCHEMA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", Utf8, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("restores", BigInteger),
    Column("author", String(NAME), nullable=False),
    Column("reason", Utf8, nullable=False),
    Column("at", Moment, nullable=False),
    Column("denied", Integer, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("document", Utf8, nullable=False),
    CheckConstraint("sequence > 0 AND number > 0", name="numbers"),
    CheckConstraint("restores BETWEEN 0 AND number - 1", name="restores"),
    CheckConstraint("denied >= 0 AND allowed >= 0 AND rules >= 0", name="counts"),
    CheckConstraint(f"length(tenant) BETWEEN 1 AND {MOST_TENANT}", name="tenant"),
    UniqueConstraint("tenant", "number", name="uq_policy_versions_tenant"),
)
"""Only added to."""

POLICIES = Table(
    "policies",
    SCHEMA,
    Column("tenant", Utf8, primary_key=True),
    Column(
        "sequence",
        BigInteger,
        ForeignKey("policy_versions.sequence", name="fk_policies_sequence"),
        nullable=False,
        unique=True,
    ),
)
"""The version in force of each tenant, the last one."""

POLICY_HEAD = Table(
    "policy_head",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("sequence >= 0", name="sequence"),
)
"""One row: the last sequence number. Who writes a policy locks it first, and the audit's head last."""
