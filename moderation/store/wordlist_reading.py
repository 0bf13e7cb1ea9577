"""Reading versions of wordlists: which there are, what differs from the shipped lists in one, and between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    literal,
    select,
)
from sqlalchemy import tuple_ as as_tuple

from moderation.review.desk import Page
from moderation.store.columns import Utf8
from moderation.store.pages import after as after_token
from moderation.store.pages import numbered, token_of, words_of
from moderation.store.wordlist_schema import (
    UNENDED,
    WORDLIST_BATCHES,
    WORDLIST_CHANGES,
    WORDLIST_HEAD,
    WORDLIST_LINES,
    WORDLIST_VERSIONS,
)
from moderation.wordlists.change import SHIPPED, Batch, BatchState, Change, Difference, Operation, Overlay, Version
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

READ_AT_ONCE = 10_000
MOST_BINDINGS = 500
"""Values in one list of a statement."""


def head(connection: Connection) -> int:
    """Return the current version."""
    return int(connection.execute(select(WORDLIST_HEAD.c.number)).scalar_one())


def require_known(connection: Connection, version: int) -> None:
    """Raise WordlistsError where there is no such version."""
    current = head(connection)
    if not SHIPPED <= version <= current:
        told = f"there is no version {version} of the wordlists; the current one is {current}"
        raise WordlistsError(WordlistsReason.VERSION_UNKNOWN, told, version=version, current=current)


def batch(connection: Connection, number: int) -> Batch:
    """Return a batch; raise WordlistsError where there is none."""
    row = connection.execute(_batches().where(WORDLIST_BATCHES.c.number == number)).one_or_none()
    if row is None:
        raise WordlistsError(WordlistsReason.BATCH_UNKNOWN, f"there is no batch {number}", batch=number)
    return _batch_of(row)


def batches(connection: Connection, states: frozenset[BatchState], size: int, token: str) -> Page[Batch]:
    """Return a page of the batches in some states, in any where none is named, the latest first."""
    of_list = "/".join((WORDLIST_BATCHES.name, *sorted(states)))
    query = _latest_first(_batches(), WORDLIST_BATCHES.c.number, after_token(token, of_list), size)
    if states:
        query = query.where(WORDLIST_BATCHES.c.state.in_(sorted(states)))
    return numbered([_batch_of(row) for row in connection.execute(query)], size, of_list)


def changes(connection: Connection, number: int, size: int, token: str) -> Page[Change]:
    """Return a page of the changes of a batch, by wordlist and entry."""
    batch(connection, number)
    of_list = f"{WORDLIST_CHANGES.name}/{number}"
    column = WORDLIST_CHANGES.c
    query = select(column.operation, column.wordlist, column.entry, column.line, column.number, column.position)
    following = column.batch == number, column.position > after_token(token, of_list)
    rows = connection.execute(query.where(*following).order_by(column.position).limit(size + 1)).all()
    page = rows[:size]
    return Page(
        tuple(Change(Operation(row.operation), row.wordlist, row.entry, row.line or "", row.number) for row in page),
        token_of([page[-1].position], of_list) if len(rows) > size else "",
    )


def version(connection: Connection, number: int) -> Version:
    """Return what made a version; raise WordlistsError where nothing did."""
    query = select(WORDLIST_VERSIONS).where(WORDLIST_VERSIONS.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        told = f"there is no version {number}"
        raise WordlistsError(WordlistsReason.VERSION_UNKNOWN, told, version=number, current=head(connection))
    return _version_of(row)


def log(connection: Connection, size: int, token: str) -> Page[Version]:
    """Return a page of the versions, the latest first."""
    of_list, number = WORDLIST_VERSIONS.name, WORDLIST_VERSIONS.c.number
    query = _latest_first(select(WORDLIST_VERSIONS), number, after_token(token, of_list), size)
    return numbered([_version_of(row) for row in connection.execute(query)], size, of_list)


def overlay(connection: Connection, number: int | None = None) -> Overlay:
    """Return what differs from the shipped wordlists in a version, the current one unless named."""
    column = WORDLIST_LINES.c
    if number is None:
        is_meant = column.until == UNENDED
    else:
        require_known(connection, number)
        is_meant = stands(number)
    query = select(column.wordlist, column.entry, column.line).where(is_meant)
    found: dict[str, dict[str, str | None]] = {}
    for wordlist, entry, line in connection.execution_options(yield_per=READ_AT_ONCE).execute(query):
        found.setdefault(wordlist, {})[entry] = line
    return found


def since(connection: Connection, number: int, wordlist: str, entries: Sequence[str]) -> dict[str, int]:
    """Return since which version the lines of entries stand as they do in a version; of shipped lines nothing."""
    column = WORDLIST_LINES.c
    query = select(column.entry, column.since).where(column.wordlist == wordlist, stands(number))
    found: dict[str, int] = {}
    for start in range(0, len(entries), MOST_BINDINGS):
        some = column.entry.in_(entries[start : start + MOST_BINDINGS])
        found.update((row.entry, row.since) for row in connection.execute(query.where(some)))
    return found


class RecentLine(NamedTuple):
    """A line that came into force lately: since which version, and when that was."""

    wordlist: str
    entry: str
    since: int
    at: datetime


def recent(connection: Connection, number: int, at: datetime) -> list[RecentLine]:
    """Return the lines of a version that came into force since a moment."""
    column, made = WORDLIST_LINES.c, WORDLIST_VERSIONS.c
    query = (
        select(column.wordlist, column.entry, column.since, made.at)
        .join(WORDLIST_VERSIONS, made.number == column.since)
        .where(stands(number), column.line.is_not(None), made.at >= at)
    )
    return [RecentLine(*row) for row in connection.execute(query)]


def diff(connection: Connection, first: int, second: int, size: int, token: str) -> Page[Difference]:
    """Return a page of what leads from one version to another, by wordlist and entry."""
    of_list = f"{WORDLIST_LINES.name}/{first}/{second}"
    after = tuple(words_of(token, of_list, 2)) if token else None
    found = list(islice(differences(connection, first, second, after, size + 1), size + 1))
    page = tuple(found[:size])
    return Page(page, token_of([page[-1].wordlist, page[-1].entry], of_list) if len(found) > size else "")


def differences(
    connection: Connection,
    first: int,
    second: int,
    after: tuple[str, ...] | None = None,
    at_once: int = READ_AT_ONCE,
) -> Iterator[Difference]:
    """Yield what leads from one version to another, by wordlist and entry, from one after an entry where it is given.

    The lines that stand in one of both only are read once, in the order of their key: there is no join that a database
    could plan badly while it does not know how many they are.
    """
    for number in (first, second):
        require_known(connection, number)
    column, late = WORDLIST_LINES.c, max(first, second)
    is_late = stands(late)
    query = select(column.wordlist, column.entry, column.line, column.is_shipped, is_late.label("is_late")).where(
        stands(min(first, second)) != is_late
    )
    if after is not None:
        named = as_tuple(*(literal(word, Utf8()) for word in after))
        query = query.where(as_tuple(column.wordlist, column.entry) > named)
    query = query.order_by(column.wordlist, column.entry, column.until).execution_options(yield_per=at_once)
    with connection.execute(query) as rows:
        for (wordlist, entry), lines in groupby(rows, itemgetter(0, 1)):
            by_version = {(row.is_late == (second == late)): row for row in lines}
            told = _difference(wordlist, entry, by_version.get(False), by_version.get(True))
            if told is not None:
                yield told


def _difference(wordlist: str, entry: str, then: Row[Any] | None, now: Row[Any] | None) -> Difference | None:
    """Return what leads from one line of an entry to another; None where it leads nowhere."""
    one = then if then is not None else now
    assert one is not None
    had = then.line is not None if then is not None else one.is_shipped
    has = now.line is not None if now is not None else one.is_shipped
    before, after = then and then.line, now and now.line
    if had == has and before == after:
        return None
    operation = Operation.REPLACE if had and has else Operation.ADD if has else Operation.REMOVE
    return Difference(operation, wordlist, entry, before, after)


def stands(number: int) -> ColumnElement[bool]:
    """Return the condition that a line stands in a version."""
    return and_(WORDLIST_LINES.c.since <= number, WORDLIST_LINES.c.until > number)


def _latest_first(query: Select[Any], number: ColumnElement[int], before: int, size: int) -> Select[Any]:
    """Return the query for a page of a list that runs backwards; `before` 0 is its beginning."""
    begun = query.where(number < before) if before else query
    return begun.order_by(number.desc()).limit(size + 1)


def _batches() -> Select[Any]:
    return select(
        WORDLIST_BATCHES, WORDLIST_VERSIONS.c.number.label("version"), WORDLIST_VERSIONS.c.approved_by
    ).outerjoin(WORDLIST_VERSIONS, WORDLIST_VERSIONS.c.batch == WORDLIST_BATCHES.c.number)


def _batch_of(row: Row[Any]) -> Batch:
    return Batch(
        number=row.number,
        state=BatchState(row.state),
        base=row.base,
        author=row.author,
        reason=row.reason,
        uploaded_at=row.uploaded_at,
        added=row.added,
        removed=row.removed,
        replaced=row.replaced,
        approved_by=row.approved_by or "",
        version=row.version,
    )


def _version_of(row: Row[Any]) -> Version:
    return Version(
        number=row.number,
        batch=row.batch,
        author=row.author,
        approved_by=row.approved_by or "",
        reason=row.reason,
        at=row.at,
        added=row.added,
        removed=row.removed,
        replaced=row.replaced,
        restores=row.restores,
    )
