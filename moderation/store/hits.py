"""Hits in the store: counted by day and tenant, with a few sealed texts for each, and read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, distinct, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from moderation.review.hits import (
    LONGEST_EXCERPT,
    MOST_EXAMPLES,
    Count,
    Day,
    Example,
    HitKind,
    HitMode,
    KeptExample,
    Subject,
    Summary,
)
from moderation.review.masking import masked
from moderation.review.sealing import fingerprint
from moderation.store.columns import EPOCH, encoded
from moderation.store.content import Seals
from moderation.store.database import SQLITE
from moderation.store.transaction import Transaction
from moderation.store.trial_schema import FIRST_HITS, HIT_EXAMPLES, HITS, SUBJECT

FIRST_DAY = EPOCH.date()
MOST_BINDINGS = 500


def key_of(subject: Subject) -> str:
    """Return what a subject is kept under, whichever version brought its line."""
    told = "\0".join((subject.kind, subject.mode, subject.wordlist, subject.name))
    return hashlib.sha256(encoded(told)).hexdigest()[:SUBJECT]


def example_place(subject: str, mark: str) -> str:
    """Return the place that an example is sealed for."""
    return f"hit/{subject}/{mark}"


def add_counts(transaction: Transaction, hits: Mapping[tuple[Subject, str], Count]) -> None:
    """Add to the hits of today."""
    day = (transaction.now - EPOCH).days
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for (subject, tenant), count in hits.items():
        row = rows.setdefault(
            (key_of(subject), tenant),
            {
                "subject": key_of(subject),
                "day": day,
                "tenant": tenant,
                "kind": subject.kind,
                "mode": subject.mode,
                "wordlist": subject.wordlist,
                "name": subject.name,
                "hits": 0,
                "changes": 0,
            },
        )
        row["hits"] += count.hits
        row["changes"] += count.changes
    dialect = sqlite if transaction.connection.dialect.name == SQLITE else postgresql
    added = dialect.insert(HITS)
    summed = {name: HITS.c[name] + added.excluded[name] for name in ("hits", "changes")}
    statement = added.on_conflict_do_update(index_elements=list(HITS.primary_key.columns), set_=summed)
    if rows:
        transaction.connection.execute(statement, list(rows.values()))


def first_of(transaction: Transaction, subjects: Iterable[Subject]) -> list[Subject]:
    """Write down which entries were hit for the first time since their lines stand, and return them."""
    wanted = {(key_of(one), one.since): one for one in subjects if one.kind is HitKind.ENTRY}
    known: set[tuple[str, int]] = set()
    keys = sorted({key for key, _ in wanted})
    for start in range(0, len(keys), MOST_BINDINGS):
        some = FIRST_HITS.c.subject.in_(keys[start : start + MOST_BINDINGS])
        rows = transaction.connection.execute(select(FIRST_HITS.c.subject, FIRST_HITS.c.since).where(some))
        known.update((row.subject, row.since) for row in rows)
    new = {key: one for key, one in wanted.items() if key not in known}
    rows_of_new = [{"subject": subject, "since": since, "at": transaction.now} for subject, since in new]
    if rows_of_new:
        transaction.connection.execute(insert(FIRST_HITS), rows_of_new)
    return list(new.values())


def keep_examples(transaction: Transaction, examples: Mapping[Subject, Sequence[Example]]) -> None:
    """Keep texts by which a subject can be judged, as long as it has few."""
    secret = transaction.seals.ring.fingerprint_secret
    for subject, some in examples.items():
        key = key_of(subject)
        query = select(HIT_EXAMPLES.c.mark).where(HIT_EXAMPLES.c.subject == key)
        known = set(transaction.connection.execute(query).scalars())
        for example in some:
            mark = fingerprint(secret, "hit", example.text).hex()[:SUBJECT]
            if mark in known or len(known) >= MOST_EXAMPLES:
                continue
            known.add(mark)
            content = transaction.seals.seal(example_place(key, mark), example.text[:LONGEST_EXCERPT])
            kept = {"verdict_id": example.verdict_id, "tenant": example.tenant, "content": content}
            transaction.connection.execute(
                insert(HIT_EXAMPLES).values(subject=key, mark=mark, at=transaction.now, **kept)
            )


def summaries(
    connection: Connection, kind: HitKind, mode: HitMode, since: date = FIRST_DAY
) -> dict[tuple[str, str], Summary]:
    """Return what was counted from a day on, of everything of a kind that was hit, by wordlist and name."""
    column = HITS.c
    query = (
        select(
            column.wordlist,
            column.name,
            func.sum(column.hits),
            func.sum(column.changes),
            func.count(distinct(column.tenant)),
            func.min(column.day),
            func.max(column.day),
        )
        .where(column.kind == kind, column.mode == mode, column.day >= _number(since))
        .group_by(column.subject, column.wordlist, column.name)
    )
    return {
        (wordlist, name): Summary(int(hits), int(changes), tenants, _day(first), _day(last))
        for wordlist, name, hits, changes, tenants, first, last in connection.execute(query)
    }


def days(connection: Connection, subject: Subject) -> list[Day]:
    """Return what was counted of a subject, by day."""
    column = HITS.c
    query = (
        select(column.day, func.sum(column.hits), func.sum(column.changes), func.count(column.tenant))
        .where(column.subject == key_of(subject))
        .group_by(column.day)
        .order_by(column.day)
    )
    return [
        Day(_day(day), int(hits), int(changes), tenants) for day, hits, changes, tenants in connection.execute(query)
    ]


def examples(connection: Connection, seals: Seals, subject: Subject, *, is_masked: bool = True) -> list[KeptExample]:
    """Return the texts that are kept of a subject, masked unless the whole excerpt is wanted."""
    key, column = key_of(subject), HIT_EXAMPLES.c
    query = select(HIT_EXAMPLES).where(column.subject == key).order_by(column.at, column.mark)
    found: list[KeptExample] = []
    for row in connection.execute(query):
        text = str(seals.unseal(example_place(key, row.mark), row.content))
        found.append(KeptExample(row.verdict_id, row.tenant, masked(text) if is_masked else text, row.at))
    return found


def _number(day: date) -> int:
    return (day - FIRST_DAY).days


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)
