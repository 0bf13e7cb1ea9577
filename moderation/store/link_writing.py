"""What is written about links, one by one: registered, verified, revoked, each noted for the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from moderation.links import fields
from moderation.links.challenge import new_token
from moderation.links.link import LinkKind, Proof
from moderation.links.problems import UnfitLinkError
from moderation.links.registry import MOST_PER_TENANT, LinkError, LinkReason
from moderation.links.states import LinkEvent, LinkState, LinkTransitionError, after, state_at
from moderation.links.target import Target
from moderation.review.people import Role
from moderation.store.link_reading import row_of
from moderation.store.link_schema import LINK_HEAD, LINKS
from moderation.store.transaction import Transaction


def invalid(problem: UnfitLinkError, field: str) -> LinkError:
    """Return the refusal of something that is told wrongly; `field` is what the contract calls it."""
    told = {**problem.told, "fault": problem.fault.value, "field": field}
    return LinkError(LinkReason.LINK_INVALID, str(problem), **told)


def next_change(transaction: Transaction) -> int:
    """Return the number of the change that this transaction makes."""
    counted = update(LINK_HEAD).values(number=LINK_HEAD.c.number + 1).returning(LINK_HEAD.c.number)
    return int(transaction.connection.execute(counted).scalar_one())


def add(transaction: Transaction, tenant: str, target: Target, kind: LinkKind, icp_number: str, evidence: str) -> int:
    """Register a link that waits to be verified, and return its number."""
    connection, actor = transaction.connection, transaction.actor
    if actor.role is Role.SENDER and tenant != actor.tenant:
        told = f"a sender of the tenant {actor.tenant!r} cannot register links of {tenant!r}"
        raise LinkError(LinkReason.TENANT_DENIED, told, tenant=tenant)
    is_it = (LINKS.c.tenant == tenant, LINKS.c.host == target.host, LINKS.c.path == target.path)
    known = connection.execute(select(LINKS.c.number).where(*is_it)).scalar_one_or_none()
    if known is not None:
        told = f"the tenant {tenant!r} has this link already: {known}"
        raise LinkError(LinkReason.LINK_EXISTS, told, link=known, tenant=tenant)
    count = connection.execute(select(func.count()).where(LINKS.c.tenant == tenant)).scalar_one()
    if count >= MOST_PER_TENANT:
        told = f"the tenant {tenant!r} has {count} links; revoke some, or register the domain above them"
        raise LinkError(LinkReason.LINK_LIMIT, told, tenant=tenant, most=MOST_PER_TENANT)
    values = {
        "tenant": tenant,
        "host": target.host,
        "path": target.path,
        "kind": kind,
        "state": LinkState.PENDING,
        "epoch": 1,
        "change": next_change(transaction),
        "icp_number": icp_number,
        "evidence": evidence,
        "token": new_token(),
        "added_by": actor.name,
        "added_at": transaction.now,
    }
    number = int(connection.execute(insert(LINKS).values(values).returning(LINKS.c.number)).scalar_one())
    told_of = {"tenant": tenant, "host": target.host, "path": target.path, "kind": kind.value}
    transaction.ledger.note("link.add", f"link/{number}", **told_of, icp=icp_number)
    return number


def verify(
    transaction: Transaction, number: int, evidence: str, valid_until: datetime, icp_number: str, epoch: int
) -> None:
    """Let a link count until a moment, by hand."""
    try:
        until = fields.require_until(valid_until, transaction.now)
    except UnfitLinkError as problem:
        raise invalid(problem, "valid_until") from None
    row = _held(transaction, number, epoch)
    told = {"evidence": evidence, **({"icp_number": icp_number} if icp_number else {})}
    _verified(transaction, row, LinkEvent.VERIFY, Proof.MANUAL, until, **told)


def prove(transaction: Transaction, number: int, method: Proof, epoch: int) -> None:
    """Let a link count for a time, because its host published what it had to."""
    row = _held(transaction, number, epoch)
    _verified(transaction, row, LinkEvent.PROVE, method, transaction.now + fields.PROVED_FOR)


def revoke(transaction: Transaction, number: int, reason: str, epoch: int) -> None:
    """Let a link count no longer."""
    row = _held(transaction, number, epoch)
    ended = {"revoked_by": transaction.actor.name, "revoked_at": transaction.now, "reason": reason}
    _move(transaction, row, LinkEvent.REVOKE, **ended)
    transaction.ledger.note("link.revoke", f"link/{number}", tenant=row.tenant, host=row.host, path=row.path)


def require_event(row: Row[Any], event: LinkEvent, now: datetime) -> LinkState:
    """Return what an event makes of a link now; raise LinkError where it cannot happen."""
    state = state_at(LinkState(row.state), row.valid_until, now)
    try:
        return after(state, event)
    except LinkTransitionError:
        told = f"link {row.number} is {state} and does not take {event}"
        raise LinkError(LinkReason.LINK_STATE, told, link=row.number, state=state) from None


def _verified(
    transaction: Transaction, row: Row[Any], event: LinkEvent, proof: Proof, until: datetime, **columns: str
) -> None:
    now, by = transaction.now, transaction.actor.name
    no_longer = {"revoked_by": None, "revoked_at": None, "reason": None}
    held = {"proof": proof, "verified_by": by, "verified_at": now, "valid_until": until}
    _move(transaction, row, event, **no_longer, **held, **columns)
    said = {"tenant": row.tenant, "host": row.host, "path": row.path, "until": until.isoformat()}
    transaction.ledger.note(f"link.{event.lower()}", f"link/{row.number}", proof=proof.value, **said)


def _held(transaction: Transaction, number: int, epoch: int) -> Row[Any]:
    """Return the row of a link; raise LinkError where it has changed since the epoch that is expected."""
    row = row_of(transaction.connection, transaction.actor, number)
    if epoch not in (0, row.epoch):
        told = f"link {number} has changed since: it is at epoch {row.epoch}, not {epoch}"
        raise LinkError(LinkReason.LINK_CHANGED, told, link=number, epoch=row.epoch, expected=epoch)
    return row


def _move(transaction: Transaction, row: Row[Any], event: LinkEvent, **columns: object) -> None:
    state = require_event(row, event, transaction.now)
    counts = {"epoch": row.epoch + 1, "change": next_change(transaction)}
    changed = transaction.connection.execute(
        update(LINKS)
        .where(LINKS.c.number == row.number, LINKS.c.epoch == row.epoch)
        .values(state=state, **counts, **columns)
    )
    if changed.rowcount != 1:
        told = f"link {row.number} has changed since it was read; read it again"
        raise LinkError(LinkReason.LINK_CHANGED, told, link=row.number)
