"""The tables of trials and alerts: which rules are on trial, what was hit, what was rejected, and who is told.

A hit is of an entry or a rule, on trial (SHADOW) or in force (LIVE), counted by day and tenant. Excerpts of texts are
sealed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from moderation.review.alerts import AlertKind
from moderation.review.hits import HitKind, HitMode
from moderation.rules.rule_trials import TrialState
from moderation.store.columns import NAME, SCHEMA, Moment, Number, Utf8, one_of
from moderation.store.schema import DeliveryState

SUBJECT = 32
"""Characters of a digest of what is counted or told of: entries are too long for an index beside a tenant."""

RULE_TRIALS = Table(
    "rule_trials",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("rule_id", String(NAME), nullable=False),
    Column("state", String(8), nullable=False),
    Column("severity", String(8)),
    Column("until", String(10)),
    Column("reason", Utf8, nullable=False),
    Column("author", String(NAME), nullable=False),
    Column("at", Moment, nullable=False),
    one_of("state", TrialState, "state"),
    CheckConstraint("(state = 'SHADOW') = (until IS NOT NULL)", name="until"),
    Index(None, "rule_id", "number"),
    sqlite_autoincrement=True,
)
"""Only added to: what was said last of a rule holds for every tenant. Who adds to it locks the wordlists' head."""

HITS = Table(
    "hits",
    SCHEMA,
    Column("subject", String(SUBJECT), nullable=False),
    Column("day", Integer, nullable=False),
    Column("tenant", String(NAME), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("mode", String(8), nullable=False),
    Column("wordlist", Utf8, nullable=False),
    Column("name", Utf8, nullable=False),
    Column("hits", BigInteger, nullable=False),
    Column("changes", BigInteger, nullable=False),
    PrimaryKeyConstraint("subject", "day", "tenant"),
    one_of("kind", HitKind, "kind"),
    one_of("mode", HitMode, "mode"),
    CheckConstraint("hits > 0 AND changes BETWEEN 0 AND hits", name="counts"),
    Index(None, "day"),
)
"""`changes` counts the templates that would have been decided otherwise, or that were rejected by what is in force."""

HIT_EXAMPLES = Table(
    "hit_examples",
    SCHEMA,
    Column("subject", String(SUBJECT), nullable=False),
    Column("mark", String(SUBJECT), nullable=False),
    Column("verdict_id", String(32), nullable=False),
    Column("tenant", String(NAME), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("subject", "mark"),
    Index(None, "at"),
)
"""A few texts for each; `mark` tells one from another, `verdict_id` is empty where the verdict was not kept."""

FIRST_HITS = Table(
    "first_hits",
    SCHEMA,
    Column("subject", String(SUBJECT), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("subject", "since"),
)
"""When an entry was hit first since the version of the wordlists that brought its line."""

REJECT_COUNTS = Table(
    "reject_counts",
    SCHEMA,
    Column("kind", String(8), nullable=False),
    Column("name", String(NAME), nullable=False),
    Column("begins_at", Moment, nullable=False),
    Column("rejects", BigInteger, nullable=False),
    Column("checked", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "name", "begins_at"),
    CheckConstraint("kind IN ('ALL', 'RULE', 'TENANT')", name="kind"),
    CheckConstraint("rejects >= 0 AND checked >= 0", name="counts"),
    Index(None, "begins_at"),
)
"""What was checked and rejected in one window of time: of all, by tenant, by rule (whose `checked` is 0)."""

ALERTS = Table(
    "alerts",
    SCHEMA,
    Column("sequence", Number, primary_key=True, autoincrement=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(SUBJECT), nullable=False),
    Column("about", Utf8, nullable=False),
    Column("at", Moment, nullable=False),
    Column("details", Text, nullable=False),
    one_of("kind", AlertKind, "kind"),
    Index(None, "subject", "at"),
    sqlite_autoincrement=True,
)

ALERT_DELIVERIES = Table(
    "alert_deliveries",
    SCHEMA,
    Column("webhook", ForeignKey("webhooks.number"), nullable=False),
    Column("event", ForeignKey("alerts.sequence"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("failure", Text, nullable=False),
    PrimaryKeyConstraint("webhook", "event"),
    one_of("state", DeliveryState, "state"),
    CheckConstraint("attempts >= 0", name="attempts"),
    Index(
        "ix_alert_deliveries_due",
        "webhook",
        "due_at",
        "event",
        sqlite_where=text("state = 'DUE'"),
        postgresql_where=text("state = 'DUE'"),
    ),
    Index(
        "ix_alert_deliveries_dead",
        "webhook",
        "event",
        sqlite_where=text("state = 'DEAD'"),
        postgresql_where=text("state = 'DEAD'"),
    ),
)
"""The same columns as `deliveries` has, which are of events of cases."""
