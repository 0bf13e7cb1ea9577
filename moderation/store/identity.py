"""Whether a ring of keys is the one that a store was made with."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select

from moderation.review.keys import KeyRing
from moderation.store.database import StoreError, reading, writing
from moderation.store.schema import IDENTITY


def require_own_keys(engine: Engine, ring: KeyRing) -> None:
    """Raise StoreError where the root of another ring made a store; a new store is made by this ring from now on."""
    wanted = select(IDENTITY.c.root)
    with reading(engine) as connection:
        root = connection.execute(wanted).scalar_one_or_none()
    if root is None:
        with writing(engine) as connection:
            root = connection.execute(wanted).scalar_one_or_none()
            if root is None:
                root = ring.marks[0]
                connection.execute(insert(IDENTITY).values(id=1, root=root))
    if root not in ring.marks:
        raise StoreError("keys: these are not the keys of this store; name the file that it was made with")
