"""Making versions of wordlists: a batch becomes one, perhaps after its approval, or an earlier one is restored.

Whatever is done here is done in a transaction that holds the head of the versions.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, case, func, insert, literal, select, update

from moderation.store.database import expect_many
from moderation.store.transaction import Transaction
from moderation.store.wordlist_news import tell
from moderation.store.wordlist_reading import batch, head, require_known, stands
from moderation.store.wordlist_schema import (
    UNENDED,
    WORDLIST_BATCHES,
    WORDLIST_CHANGES,
    WORDLIST_HEAD,
    WORDLIST_LINES,
    WORDLIST_VERSIONS,
)
from moderation.wordlists.change import Batch, BatchState, Operation
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

_LINES = [column.name for column in WORDLIST_LINES.c]


def apply(transaction: Transaction, number: int, expected: int, approval_above: int) -> int | None:
    """Apply a draft and return the version that it is now; None where it has to be approved first for its size."""
    draft = _in_state(transaction.connection, number, BatchState.DRAFT)
    require_current(transaction.connection, expected)
    if _size(draft) > approval_above:
        _move(transaction, draft, BatchState.AWAITING_APPROVAL)
        transaction.ledger.note("wordlist.submit", f"batch/{number}", expected=expected, changes=_size(draft))
        return None
    return _apply(transaction, draft, expected, None)


def approve(transaction: Transaction, number: int, expected: int) -> int:
    """Apply a batch that waits for a second person, and return the version that it is now."""
    waiting = _in_state(transaction.connection, number, BatchState.AWAITING_APPROVAL)
    if waiting.author == transaction.actor.name:
        told = f"batch {number} is your own; a second person has to approve it"
        raise WordlistsError(WordlistsReason.OWN_BATCH, told, batch=number)
    require_current(transaction.connection, expected)
    transaction.ledger.note("wordlist.approve", f"batch/{number}", expected=expected, author=waiting.author)
    return _apply(transaction, waiting, expected, transaction.actor.name)


def drop(transaction: Transaction, number: int, reason: str) -> None:
    """Let a batch that is not applied never be."""
    unfinished = _in_state(transaction.connection, number, BatchState.DRAFT, BatchState.AWAITING_APPROVAL)
    _move(transaction, unfinished, BatchState.DROPPED)
    transaction.ledger.note("wordlist.drop", f"batch/{number}", reason=reason, author=unfinished.author)


def rollback(transaction: Transaction, to: int, expected: int, reason: str, counts: Mapping[str, int]) -> int:
    """Make a version in which the wordlists are what they were in an earlier one, and return its number.

    `counts` are those between the two versions.
    """
    connection, line = transaction.connection, WORDLIST_LINES.c
    require_known(connection, to)
    require_current(connection, expected)
    number = expected + 1
    expect_many(connection, sum(counts.values()))
    _make(transaction, number, author=transaction.actor.name, restores=to, reason=reason, **counts)
    connection.execute(update(WORDLIST_LINES).where(line.until == UNENDED, line.since > to).values(until=number))
    stood = select(line.wordlist, line.entry, literal(number), literal(UNENDED), line.line, line.is_shipped)
    connection.execute(
        insert(WORDLIST_LINES).from_select(_LINES, stood.where(line.since <= to, line.until > to, line.until < UNENDED))
    )
    transaction.ledger.note("wordlist.rollback", f"version/{number}", restores=to, reason=reason, **counts)
    return number


def counts_between(connection: Connection, first: int, second: int) -> dict[str, int]:
    """Return how many entries are there again, no longer, or by a line of its own, which may read the same as before.

    `differences` tells each; this is counted by the database, so that a rollback takes no time. Versions never change,
    so it may be counted before others have to wait.
    """
    line = WORDLIST_LINES.c
    is_second, is_there = stands(second), case((line.line.is_(None), 0), else_=1)
    is_shipped = func.max(case((line.is_shipped, 1), else_=0))
    had = func.coalesce(func.max(case((is_second, None), else_=is_there)), is_shipped).label("had")
    has = func.coalesce(func.max(case((is_second, is_there), else_=None)), is_shipped).label("has")
    changed = select(had, has).where(stands(first) != is_second).group_by(line.wordlist, line.entry).subquery()
    query = select(changed.c.had, changed.c.has, func.count()).group_by(changed.c.had, changed.c.has)
    counts = {(had, has): count for had, has, count in connection.execute(query)}
    return {name: counts.get(key, 0) for name, key in {"added": (0, 1), "removed": (1, 0), "replaced": (1, 1)}.items()}


def require_current(connection: Connection, expected: int) -> None:
    """Raise WordlistsError where the current version is another one than somebody believes."""
    if expected != (current := head(connection)):
        told = f"the wordlists are at version {current}, not {expected}; look at what changed and try again"
        raise WordlistsError(WordlistsReason.VERSION_STALE, told, expected=expected, current=current)


def _in_state(connection: Connection, number: int, *states: BatchState) -> Batch:
    """Return a batch that is in one of some states; raise WordlistsError where it is not."""
    found = batch(connection, number)
    if found.state not in states:
        told = f"batch {number} is {found.state}, not {' or '.join(states)}"
        raise WordlistsError(WordlistsReason.BATCH_STATE, told, batch=number, state=found.state)
    return found


def _size(of: Batch) -> int:
    return of.added + of.removed + of.replaced


def _move(transaction: Transaction, of: Batch, state: BatchState) -> None:
    moved = update(WORDLIST_BATCHES).where(WORDLIST_BATCHES.c.number == of.number, WORDLIST_BATCHES.c.state == of.state)
    assert transaction.connection.execute(moved.values(state=state)).rowcount == 1


def _apply(transaction: Transaction, of: Batch, expected: int, approved_by: str | None) -> int:
    number = expected + 1
    counts = {"added": of.added, "removed": of.removed, "replaced": of.replaced}
    _make(transaction, number, batch=of.number, author=of.author, approved_by=approved_by, reason=of.reason, **counts)
    _move(transaction, of, BatchState.APPLIED)
    expect_many(transaction.connection, _size(of))
    _write_lines(transaction.connection, of.number, number)
    transaction.ledger.note(
        "wordlist.apply", f"batch/{of.number}", version=number, author=of.author, reason=of.reason, **counts
    )
    return number


def _make(transaction: Transaction, number: int, **columns: object) -> None:
    """Add a version and make it the current one."""
    connection = transaction.connection
    connection.execute(insert(WORDLIST_VERSIONS).values(number=number, at=transaction.now, **columns))
    moved = update(WORDLIST_HEAD).where(WORDLIST_HEAD.c.number == number - 1).values(number=number)
    assert connection.execute(moved).rowcount == 1
    tell(connection, number)


def _write_lines(connection: Connection, of: int, number: int) -> None:
    """Let the lines of a batch stand from a version on, in place of those that stood for their entries."""
    change, line = WORDLIST_CHANGES.c, WORDLIST_LINES.c
    is_of = and_(line.wordlist == change.wordlist, line.entry == change.entry)
    ended = update(WORDLIST_LINES).where(change.batch == of, is_of, line.until == UNENDED).values(until=number)
    connection.execute(ended)
    is_shipped = func.coalesce(line.is_shipped, case((change.operation == Operation.ADD, False), else_=True))
    connection.execute(
        insert(WORDLIST_LINES).from_select(
            _LINES,
            select(change.wordlist, change.entry, literal(number), literal(UNENDED), change.line, is_shipped)
            .outerjoin_from(WORDLIST_CHANGES, WORDLIST_LINES, and_(is_of, line.until == number))
            .where(change.batch == of)
            .order_by(change.position),
        )
    )
