"""What the store says of links: one, a page of them, and what changed since a number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, or_, select

from moderation.links.link import Link, LinkFilter, LinkKind, Proof
from moderation.links.registry import LinkError, LinkReason
from moderation.links.states import LinkState, state_at
from moderation.review.desk import Page
from moderation.review.people import Actor, Role
from moderation.store.link_schema import LINK_HEAD, LINKS
from moderation.store.pages import after, numbered

AT_ONCE = 10_000


class Standing(NamedTuple):
    """What decides whether a link counts: its state as it is kept, and until when it holds."""

    number: int
    tenant: str
    host: str
    path: str
    kind: LinkKind
    state: LinkState
    epoch: int
    valid_until: datetime | None


STANDING = (
    LINKS.c.number,
    LINKS.c.tenant,
    LINKS.c.host,
    LINKS.c.path,
    LINKS.c.kind,
    LINKS.c.state,
    LINKS.c.epoch,
    LINKS.c.valid_until,
)


def row_of(connection: Connection, actor: Actor, number: int) -> Row[Any]:
    """Return the row of a link; raise LinkError where there is none, or it is not the sender's."""
    row = connection.execute(select(LINKS).where(LINKS.c.number == number)).one_or_none()
    if row is None or (actor.role is Role.SENDER and row.tenant != actor.tenant):
        raise LinkError(LinkReason.LINK_UNKNOWN, f"there is no link {number}", link=number)
    return row


def link_of(row: Row[Any], now: datetime) -> Link:
    """Return the link of a row as it stands at a moment."""
    return Link(
        number=row.number,
        tenant=row.tenant,
        host=row.host,
        path=row.path,
        kind=LinkKind(row.kind),
        state=state_at(LinkState(row.state), row.valid_until, now),
        epoch=row.epoch,
        icp_number=row.icp_number,
        evidence=row.evidence,
        token=row.token,
        added_by=row.added_by,
        added_at=row.added_at,
        proof=Proof(row.proof) if row.proof else None,
        verified_by=row.verified_by or "",
        verified_at=row.verified_at,
        valid_until=row.valid_until,
        revoked_by=row.revoked_by or "",
        revoked_at=row.revoked_at,
        reason=row.reason or "",
    )


def seen_by(actor: Actor, link: Link) -> Link:
    """Return a link as somebody may see it: senders are not told who decided."""
    return replace(link, added_by="", verified_by="", revoked_by="") if actor.role is Role.SENDER else link


def page(connection: Connection, actor: Actor, wanted: LinkFilter, size: int, token: str, now: datetime) -> Page[Link]:
    """Return the links that are wanted, the oldest first; a token is good for the same filter only."""
    tenant = actor.tenant if actor.role is Role.SENDER else wanted.tenant
    filtered = hashlib.sha256("\0".join((tenant, wanted.state or "", wanted.host)).encode("utf-8", "replace"))
    mark = f"{LINKS.name}/{filtered.hexdigest()[:16]}"
    query = select(LINKS).where(LINKS.c.number > after(token, mark))
    if tenant or actor.role is Role.SENDER:
        query = query.where(LINKS.c.tenant == tenant)
    if wanted.host:
        query = query.where(LINKS.c.host == wanted.host)
    if wanted.state is not None:
        is_over = and_(LINKS.c.state == LinkState.VERIFIED, LINKS.c.valid_until <= now)
        conditions = {
            LinkState.EXPIRED: is_over,
            LinkState.VERIFIED: and_(
                LINKS.c.state == LinkState.VERIFIED, or_(LINKS.c.valid_until.is_(None), LINKS.c.valid_until > now)
            ),
        }
        query = query.where(conditions.get(wanted.state, LINKS.c.state == wanted.state))
    rows = connection.execute(query.order_by(LINKS.c.number).limit(size + 1)).all()
    return numbered([seen_by(actor, link_of(row, now)) for row in rows], size, mark)


def head(connection: Connection) -> int:
    """Return the number of the latest change: one row by its key."""
    return int(connection.execute(select(LINK_HEAD.c.number)).scalar_one())


def changed(connection: Connection, since: int) -> Iterator[Standing]:
    """Yield the links that changed after a number; of those that only wait from the beginning on, none."""
    query = select(*STANDING).where(LINKS.c.change > since)
    if not since:
        query = query.where(LINKS.c.state != LinkState.PENDING)
    with connection.execution_options(yield_per=AT_ONCE).execute(query) as rows:
        for row in rows:
            yield _standing(row)


def of_tenant(connection: Connection, tenant: str) -> list[Standing]:
    """Return the links of one tenant that were ever verified or revoked."""
    query = select(*STANDING).where(LINKS.c.tenant == tenant, LINKS.c.state != LinkState.PENDING)
    return [_standing(row) for row in connection.execute(query)]


def _standing(row: Iterable[Any]) -> Standing:
    number, tenant, host, path, kind, state, epoch, valid_until = row
    return Standing(number, tenant, host, path, LinkKind(kind), LinkState(state), epoch, valid_until)
