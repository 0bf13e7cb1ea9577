"""The templates that were checked last, to see what other wordlists would make of them."""

from __future__ import annotations

from sqlalchemy import Connection, literal, select
from sqlalchemy import tuple_ as as_tuple

from moderation.store.columns import Moment
from moderation.store.content import Seals
from moderation.store.schema import VERDICTS
from moderation.text.template import Template

AT_ONCE = 500


def last_checked(connection: Connection, seals: Seals, most: int) -> tuple[Template, ...]:
    """Return the templates of the latest verdicts whose texts are kept, the latest first, each once.

    Raises SealError where a key is missing.
    """
    column = VERDICTS.c
    order = column.created_at.desc(), column.id.desc()
    query = select(column.id, column.created_at, column.content).where(column.content.is_not(None)).order_by(*order)
    found: dict[Template, None] = {}
    following = query
    while len(found) < most:
        rows = connection.execute(following.limit(min(AT_ONCE, most))).all()
        for row in rows:
            found.setdefault(seals.unseal_verdict(row.id, row.content).template)
        if not rows:
            break
        last = rows[-1]
        earlier = as_tuple(literal(last.created_at, Moment()), literal(last.id))
        following = query.where(as_tuple(column.created_at, column.id) < earlier)
    return tuple(found)[:most]
