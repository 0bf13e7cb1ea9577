"""Sealing everything anew with the current key, so that old ones can go; a little at a time, to go on after a stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Column, Engine, LargeBinary, Row, Table, bindparam, func, select, tuple_, update

from moderation.review.keys import KeyRing
from moderation.review.sealing import LONGEST_HEADER, SealError, key_id_of, seal, sealed_by, unseal
from moderation.store.appeals import appeal_place, proposal_place, reason_place
from moderation.store.content import verdict_place
from moderation.store.database import reading, writing
from moderation.store.deliveries import secret_place
from moderation.store.hits import example_place
from moderation.store.keeping import LEAST_PAUSE
from moderation.store.leases import skip_place
from moderation.store.rulings import note_place
from moderation.store.schema import APPEALS, CASE_SKIPS, PROPOSALS, RULINGS, VERDICTS, WEBHOOKS
from moderation.store.trial_schema import HIT_EXAMPLES

AT_ONCE = 500
"""Rows that are sealed anew in one transaction."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of sealed contents, and the place that each row's is sealed for."""

    table: Table
    column: Column[bytes]
    place: Callable[[Row[Any]], str]


SEALED = (
    Sealed(VERDICTS, VERDICTS.c.content, lambda row: verdict_place(row.id)),
    Sealed(RULINGS, RULINGS.c.note, lambda row: note_place(row.case_number)),
    Sealed(APPEALS, APPEALS.c.content, lambda row: appeal_place(row.verdict_id)),
    Sealed(APPEALS, APPEALS.c.reason, lambda row: reason_place(row.verdict_id)),
    Sealed(PROPOSALS, PROPOSALS.c.content, lambda row: proposal_place(row.case_number)),
    Sealed(CASE_SKIPS, CASE_SKIPS.c.reason, lambda row: skip_place(row.case_number, row.reviewer)),
    Sealed(WEBHOOKS, WEBHOOKS.c.secret, lambda row: secret_place(row.number)),
    Sealed(HIT_EXAMPLES, HIT_EXAMPLES.c.content, lambda row: example_place(row.subject, row.mark)),
)
"""Every column that holds something sealed; a test compares it with the schema."""


def reseal(engine: Engine, ring: KeyRing, progress: Callable[[int], None]) -> int:
    """Seal what other keys than the current one sealed; tell how many as it goes, and return how many in all."""
    count = 0
    for sealed in SEALED:
        for page in _pages(engine, sealed):
            old = [row for row in page if key_id_of(row[-1]) != ring.current.id]
            if old:
                started = monotonic()
                _reseal(engine, ring, sealed, old)
                sleep(max(monotonic() - started, LEAST_PAUSE))
                count += len(old)
                progress(count)
    return count


def count_by_key(engine: Engine) -> Counter[str]:
    """Return how many contents each key has sealed."""
    return Counter(key_id_of(row[-1]) for sealed in SEALED for page in _pages(engine, sealed) for row in page)


def count_missing(engine: Engine, ring: KeyRing) -> Counter[str]:
    """Return how many contents are sealed by each key that a ring lacks; empty for those that tell no key."""
    found: Counter[str] = Counter()
    known = [sealed_by(key) for key in ring.sealing]
    for sealed in SEALED:
        beginning = func.substr(sealed.column, 1, LONGEST_HEADER, type_=LargeBinary)
        others = (func.substr(sealed.column, 1, len(start), type_=LargeBinary) != start for start in known)
        with reading(engine) as connection:
            query = select(beginning).where(sealed.column.is_not(None), *others)
            found.update(map(_key_id, connection.execute(query).scalars()))
    return found


def _key_id(sealed: bytes) -> str:
    try:
        return key_id_of(sealed)
    except SealError:
        return ""


def _pages(engine: Engine, sealed: Sealed) -> Iterator[list[Row[Any]]]:
    """Yield the rows that hold something, with their keys and, last, the content."""
    keys = list(sealed.table.primary_key.columns)
    query = select(sealed.table, sealed.column.label("sealed")).where(sealed.column.is_not(None)).order_by(*keys)
    after: tuple[Any, ...] | None = None
    while True:
        following = query if after is None else query.where(tuple_(*keys) > tuple_(*after))
        with reading(engine) as connection:
            page = list(connection.execute(following.limit(AT_ONCE)))
        if not page:
            return
        yield page
        after = tuple(getattr(page[-1], key.name) for key in keys)


def _reseal(engine: Engine, ring: KeyRing, sealed: Sealed, rows: list[Row[Any]]) -> None:
    """Replace contents that nobody has changed meanwhile."""
    keys = list(sealed.table.primary_key.columns)
    is_unchanged = sealed.column == bindparam("before")
    statement = update(sealed.table).where(*(key == bindparam(f"of_{key.name}") for key in keys), is_unchanged)
    changes = []
    for row in rows:
        place = sealed.place(row).encode()
        anew = seal(ring, unseal(ring, row[-1], place), place)
        changes.append({f"of_{key.name}": getattr(row, key.name) for key in keys} | {"before": row[-1], "anew": anew})
    with writing(engine) as connection:
        connection.execute(statement.values({sealed.column: bindparam("anew")}), changes)
