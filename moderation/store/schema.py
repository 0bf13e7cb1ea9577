"""The tables of the store, alike in SQLite and PostgreSQL; what must always hold is in their constraints.

Moments are whole microseconds since 1970 in UTC, so that both stores order and compare them alike. What holds text of
a template, a note or a secret is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
    text,
)

from moderation.review.case import Outcome, Priority, Queue, ReasonCode
from moderation.review.states import HELD, WAITING, CaseState
from moderation.store.columns import NAME, SCHEMA, Moment, Number, one_of
from moderation.verdict import Decision


def _state_in(states: Iterable[CaseState]) -> str:
    return f"state IN ({', '.join(repr(state.value) for state in sorted(states))})"


IS_WAITING, IS_UNFINISHED = _state_in(WAITING), _state_in(WAITING | HELD)
"""Conditions of the indexes of cases, which queries repeat word by word to be served by them."""

_IS_HELD = _state_in(HELD)

VERDICTS = Table(
    "verdicts",
    SCHEMA,
    Column("id", String(32), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False, unique=True),
    Column("tenant", String(NAME), nullable=False),
    Column("template_id", String(NAME), nullable=False),
    Column("machine", String(8), nullable=False),
    Column("standing", String(8), nullable=False),
    Column("risk_score", Float, nullable=False),
    Column("ruleset", String(NAME), nullable=False),
    Column("content", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("reissued_at", Moment),
    one_of("machine", Decision, "machine"),
    one_of("standing", Decision, "standing"),
    CheckConstraint("length(fingerprint) = 32", name="fingerprint"),
    Index(None, "created_at"),
)

VERDICT_RULES = Table(
    "verdict_rules",
    SCHEMA,
    Column("verdict_id", ForeignKey("verdicts.id"), nullable=False),
    Column("rule_id", String(NAME), nullable=False),
    PrimaryKeyConstraint("verdict_id", "rule_id"),
    Index(None, "rule_id"),
)

PASSES = Table(
    "passes",
    SCHEMA,
    Column("day", Integer, nullable=False),
    Column("tenant", String(NAME), nullable=False),
    Column("count", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "tenant"),
    CheckConstraint("count >= 0", name="count"),
)

CASES = Table(
    "cases",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("verdict_id", ForeignKey("verdicts.id"), nullable=False, unique=True),
    Column("tenant", String(NAME), nullable=False),
    Column("queue", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("skill", String(NAME), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("holder", String(NAME)),
    Column("claimed_at", Moment),
    Column("lease_expires_at", Moment),
    Column("sketch", LargeBinary, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    one_of("queue", Queue, "queue"),
    one_of("state", CaseState, "state"),
    CheckConstraint(f"priority BETWEEN {min(Priority):d} AND {max(Priority):d}", name="priority"),
    CheckConstraint("epoch >= 0", name="epoch"),
    CheckConstraint(
        " AND ".join(
            f"({_IS_HELD}) = ({column} IS NOT NULL)" for column in ("holder", "claimed_at", "lease_expires_at")
        ),
        name="lease",
    ),
    Index(
        "ix_cases_waiting",
        "queue",
        "skill",
        "priority",
        "due_at",
        "number",
        sqlite_where=text(IS_WAITING),
        postgresql_where=text(IS_WAITING),
    ),
    Index(
        "ix_cases_unfinished",
        "priority",
        "due_at",
        "number",
        sqlite_where=text(IS_UNFINISHED),
        postgresql_where=text(IS_UNFINISHED),
    ),
    Index(
        "ix_cases_skill",
        "due_at",
        sqlite_where=text("skill <> ''"),
        postgresql_where=text("skill <> ''"),
    ),
    Index(
        "ix_cases_lease",
        "lease_expires_at",
        sqlite_where=text("lease_expires_at IS NOT NULL"),
        postgresql_where=text("lease_expires_at IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

CASE_TAGS = Table(
    "case_tags",
    SCHEMA,
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("tag", String(NAME), nullable=False),
    PrimaryKeyConstraint("case_number", "tag"),
    Index(None, "tag", "case_number"),
)

CASE_BANDS = Table(
    "case_bands",
    SCHEMA,
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("band", BigInteger, nullable=False),
    PrimaryKeyConstraint("case_number", "band"),
    Index(None, "band", "case_number"),
)

CASE_SKIPS = Table(
    "case_skips",
    SCHEMA,
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("reviewer", String(NAME), nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Column("skipped_at", Moment, nullable=False),
    PrimaryKeyConstraint("case_number", "reviewer"),
)

RULINGS = Table(
    "rulings",
    SCHEMA,
    Column("case_number", ForeignKey("cases.number"), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("reviewer", String(NAME), nullable=False),
    Column("decision", String(8), nullable=False),
    Column("code", String(32), nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("ruled_at", Moment, nullable=False),
    one_of("decision", (Decision.PASS, Decision.REJECT), "decision"),
    one_of("code", ReasonCode, "code"),
    Index(None, "ruled_at"),
)

APPEALS = Table(
    "appeals",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("case_number", ForeignKey("cases.number"), nullable=False, unique=True),
    Column("verdict_id", ForeignKey("verdicts.id"), nullable=False, unique=True),
    Column("tenant", String(NAME), nullable=False),
    Column("filed_by", String(NAME), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("ruled_by", String(NAME)),
    Column("outcome", String(8)),
    Column("decided_by", String(NAME)),
    Column("reason", LargeBinary),
    Column("decided_at", Moment),
    one_of("outcome", Outcome, "outcome"),
    CheckConstraint(
        "(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL)", name="decided"
    ),
    CheckConstraint("decided_by <> ruled_by", name="another_reviewer"),
    Index(
        "ix_appeals_undecided", "number", sqlite_where=text("outcome IS NULL"), postgresql_where=text("outcome IS NULL")
    ),
    Index(None, "tenant", "number"),
    sqlite_autoincrement=True,
)

PROPOSALS = Table(
    "proposals",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("rule_id", String(NAME), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

EVENTS = Table(
    "events",
    SCHEMA,
    Column("sequence", Number, primary_key=True, autoincrement=True),
    Column("kind", String(32), nullable=False),
    Column("case_number", ForeignKey("cases.number"), nullable=False),
    Column("verdict_id", ForeignKey("verdicts.id"), nullable=False),
    Column("tenant", String(NAME), nullable=False),
    Column("at", Moment, nullable=False),
    Column("details", Text, nullable=False),
    Index(None, "tenant", "sequence"),
    sqlite_autoincrement=True,
)

WEBHOOKS = Table(
    "webhooks",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("tenant", String(NAME), nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("removed_at", Moment),
    Column("is_for_alerts", Boolean, nullable=False, server_default=false()),
    Index(
        "uq_webhooks_in_use",
        "is_for_alerts",
        "tenant",
        "url",
        unique=True,
        sqlite_where=text("removed_at IS NULL"),
        postgresql_where=text("removed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)
"""Of a tenant, or of the operators, who are told of alerts: those have no tenant."""


class DeliveryState(StrEnum):
    """What became of one event for one webhook."""

    DUE = "DUE"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


DELIVERIES = Table(
    "deliveries",
    SCHEMA,
    Column("webhook", ForeignKey("webhooks.number"), nullable=False),
    Column("event", ForeignKey("events.sequence"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("failure", Text, nullable=False),
    PrimaryKeyConstraint("webhook", "event"),
    one_of("state", DeliveryState, "state"),
    CheckConstraint("attempts >= 0", name="attempts"),
    Index(
        "ix_deliveries_due",
        "webhook",
        "due_at",
        "event",
        sqlite_where=text("state = 'DUE'"),
        postgresql_where=text("state = 'DUE'"),
    ),
    Index(
        "ix_deliveries_dead",
        "webhook",
        "event",
        sqlite_where=text("state = 'DEAD'"),
        postgresql_where=text("state = 'DEAD'"),
    ),
)

REQUESTS = Table(
    "requests",
    SCHEMA,
    Column("actor", String(NAME), nullable=False),
    Column("request_id", String(NAME), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("actor", "request_id"),
    Index(None, "at"),
)

AUDIT = Table(
    "audit",
    SCHEMA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(NAME), nullable=False),
    Column("role", String(16), nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", String(NAME), nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", LargeBinary(32), nullable=False, unique=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    CheckConstraint("sequence > 0", name="sequence"),
    CheckConstraint("length(previous) = 32 AND length(digest) = 32", name="digests"),
)

IDENTITY = Table(
    "identity",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("root", LargeBinary(32), nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)
"""One row: by which root of a ring of keys the store was made; see `moderation.review.keys.KeyRing.marks`."""

AUDIT_HEAD = Table(
    "audit_head",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("anchor_count", BigInteger, nullable=False),
    Column("anchor_digest", LargeBinary(32), nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("count >= anchor_count AND anchor_count >= 0", name="counts"),
)
"""One row: the head of the chain, and the last entry that was purged. Who writes anything locks it first."""
