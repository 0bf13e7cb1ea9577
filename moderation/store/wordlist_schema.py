"""The tables of the versions of wordlists: batches, their changes, versions, and the lines that stood in each.

A line stands in the versions from `since` on and before `until`, so that every version can be read, not the current one
alone. What differs from the shipped wordlists in a version are the lines that stand in it; one without text says that
the entry is not there.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from moderation.store.columns import NAME, SCHEMA, Moment, Number, Utf8, one_of
from moderation.wordlists.change import BatchState, Operation

MOST_ENTRY, MOST_LINE = 2048, 8192
"""Bytes of an entry, which is in an index, and of a line."""

UNENDED = (1 << 63) - 1
"""Before which version a line stands that still does: of one entry, there is one such line."""

_COUNTS = "added >= 0 AND removed >= 0 AND replaced >= 0"

WORDLIST_BATCHES = Table(
    "wordlist_batches",
    SCHEMA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("state", String(32), nullable=False),
    Column("base", BigInteger, nullable=False),
    Column("author", String(NAME), nullable=False),
    Column("reason", Utf8, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    one_of("state", BatchState, "state"),
    CheckConstraint("base >= 0", name="base"),
    CheckConstraint(f"{_COUNTS} AND added + removed + replaced > 0", name="counts"),
    Index(
        "ix_wordlist_batches_unfinished",
        "number",
        sqlite_where=text("state IN ('AWAITING_APPROVAL', 'DRAFT')"),
        postgresql_where=text("state IN ('AWAITING_APPROVAL', 'DRAFT')"),
    ),
    sqlite_autoincrement=True,
)
"""A batch that is applied or dropped stays as it is."""

WORDLIST_CHANGES = Table(
    "wordlist_changes",
    SCHEMA,
    Column("batch", ForeignKey("wordlist_batches.number"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("operation", String(8), nullable=False),
    Column("wordlist", Utf8, nullable=False),
    Column("entry", Utf8, nullable=False),
    Column("line", Utf8),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("batch", "position"),
    one_of("operation", Operation, "operation"),
    CheckConstraint("(operation = 'REMOVE') = (line IS NULL)", name="line"),
    CheckConstraint(f"length(entry) BETWEEN 1 AND {MOST_ENTRY} AND length(line) <= {MOST_LINE}", name="lengths"),
    sqlite_with_rowid=False,
)
"""Counted from 1 by wordlist and entry within a batch, each entry once."""

WORDLIST_VERSIONS = Table(
    "wordlist_versions",
    SCHEMA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("batch", ForeignKey("wordlist_batches.number"), unique=True),
    Column("restores", BigInteger),
    Column("author", String(NAME), nullable=False),
    Column("approved_by", String(NAME)),
    Column("reason", Utf8, nullable=False),
    Column("at", Moment, nullable=False),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("(batch IS NULL) = (restores IS NOT NULL)", name="origin"),
    CheckConstraint("restores BETWEEN 0 AND number - 1", name="restores"),
    CheckConstraint("approved_by <> author", name="another_person"),
    CheckConstraint(_COUNTS, name="counts"),
)
"""Only added to, and without gaps."""

WORDLIST_LINES = Table(
    "wordlist_lines",
    SCHEMA,
    Column("wordlist", Utf8, nullable=False),
    Column("entry", Utf8, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("line", Utf8),
    Column("is_shipped", Boolean, nullable=False),
    PrimaryKeyConstraint("wordlist", "entry", "until"),
    CheckConstraint("since > 0 AND until > since", name="versions"),
    sqlite_with_rowid=False,
)
"""Only added to, and ended once; `is_shipped` tells whether the shipped wordlist has the entry."""

WORDLIST_HEAD = Table(
    "wordlist_head",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("number >= 0", name="number"),
)
"""One row: the current version. Who writes a batch or a version locks it first, and the audit's head last."""
