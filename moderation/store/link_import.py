"""Files of links into the store: all of them are added or verified again, or none is and the problems are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, insert, select, update

from moderation.links.challenge import new_token
from moderation.links.file import LinkLine, Problems
from moderation.links.link import Proof
from moderation.links.problems import LinkFault, UnfitLinkError
from moderation.links.states import LinkState
from moderation.store.database import expect_many
from moderation.store.link_reading import AT_ONCE
from moderation.store.link_schema import LINKS
from moderation.store.link_writing import next_change
from moderation.store.transaction import Transaction

MOST_NAMED = 500
"""Tenants that are asked for by name; for more, all links are read, which takes seconds and not minutes."""

WRITTEN_AT_ONCE = 5000

KNOWN = select(
    LINKS.c.number, LINKS.c.tenant, LINKS.c.host, LINKS.c.path, LINKS.c.kind, LINKS.c.state, LINKS.c.icp_number
)
Place = tuple[str, str, str]
Item = TypeVar("Item")


def keep(transaction: Transaction, lines: Sequence[LinkLine], problems: Problems) -> tuple[int, int]:
    """Add or verify again what a file lists, and return how many of each; nothing where there is a problem."""
    known = _known(transaction, lines)
    for line in lines:
        if (row := known.get(_place(line))) is not None:
            _require_renewable(line, row, problems)
    if problems or not lines:
        return 0, 0
    change = next_change(transaction)
    expect_many(transaction.connection, len(lines))
    fresh = [line for line in lines if _place(line) not in known]
    old = [line for line in lines if _place(line) in known]
    for some in _parts(fresh, WRITTEN_AT_ONCE):
        transaction.connection.execute(insert(LINKS), [_new(transaction, line, change) for line in some])
    renewal = _renewal()
    for some in _parts(old, WRITTEN_AT_ONCE):
        rows = [_renewed(transaction, line, known[_place(line)], change) for line in some]
        transaction.connection.execute(renewal, rows)
    return len(fresh), len(old)


def _known(transaction: Transaction, lines: Sequence[LinkLine]) -> dict[Place, Any]:
    """Return the links of some lines that there are already."""
    tenants, places = {line.tenant for line in lines}, set(map(_place, lines))
    query = KNOWN.where(LINKS.c.tenant.in_(sorted(tenants))) if len(tenants) <= MOST_NAMED else KNOWN
    found: dict[Place, Any] = {}
    with transaction.connection.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        for row in rows:
            place = row.tenant, row.host, row.path
            if place in places:
                found[place] = row
    return found


def _require_renewable(line: LinkLine, row: Row[Any], problems: Problems) -> None:
    if row.state == LinkState.REVOKED:
        problems.report(line.line, "domain", UnfitLinkError(LinkFault.WAS_REVOKED, link=row.number))
    elif row.kind != line.kind:
        problems.report(line.line, "kind", UnfitLinkError(LinkFault.KIND_DIFFERS, link=row.number))


def _new(transaction: Transaction, line: LinkLine, change: int) -> dict[str, object]:
    return {
        **_verified(transaction, line, change),
        "tenant": line.tenant,
        "host": line.target.host,
        "path": line.target.path,
        "kind": line.kind,
        "state": LinkState.VERIFIED,
        "epoch": 1,
        "icp_number": line.icp_number,
        "token": new_token(),
        "added_by": transaction.actor.name,
        "added_at": transaction.now,
    }


def _verified(transaction: Transaction, line: LinkLine, change: int) -> dict[str, object]:
    return {
        "change": change,
        "evidence": line.evidence,
        "proof": Proof.MANUAL,
        "verified_by": transaction.actor.name,
        "verified_at": transaction.now,
        "valid_until": line.valid_until,
    }


def _renewal() -> Any:  # noqa: ANN401 - an UPDATE, whose type says nothing
    """Return the statement that verifies a link again."""
    names = ("change", "evidence", "proof", "verified_by", "verified_at", "valid_until", "icp_number")
    values: dict[str, object] = {name: bindparam(f"new_{name}", type_=LINKS.c[name].type) for name in names}
    return (
        update(LINKS)
        .where(LINKS.c.number == bindparam("known"))
        .values(state=LinkState.VERIFIED, epoch=LINKS.c.epoch + 1, **values)
    )


def _renewed(transaction: Transaction, line: LinkLine, row: Row[Any], change: int) -> dict[str, object]:
    """Return what is written of a link that is verified again; an ICP number that is not told stays what it was."""
    values = {**_verified(transaction, line, change), "icp_number": line.icp_number or row.icp_number}
    return {"known": row.number, **{f"new_{name}": value for name, value in values.items()}}


def _place(line: LinkLine) -> Place:
    return line.tenant, line.target.host, line.target.path


def _parts(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
