"""A store as another process of this program opens it: what that takes is handed over, never told on a command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.engine import URL

from moderation.review.keys import KeyRing
from moderation.review.policy import ReviewPolicy
from moderation.store.checked import last_checked
from moderation.store.content import Seals
from moderation.store.database import open_engine, reading
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Template


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a store is, its keys, and what holds for reviews; hold on to it as to the keys themselves."""

    url: URL
    ring: KeyRing
    policy: ReviewPolicy

    @classmethod
    def of(cls, wordlists: StoredWordlists) -> Elsewhere:
        """Return what opens the store of some wordlists again."""
        engine, ring, policy = wordlists.opened_by
        return cls(engine.url, ring, policy)

    @contextmanager
    def opened(self) -> Iterator[StoredWordlists]:
        """Give the wordlists of the store."""
        engine = open_engine(self.url.render_as_string(hide_password=False))
        try:
            yield StoredWordlists(engine, self.ring, self.policy)
        finally:
            engine.dispose()


def checked_templates(wordlists: StoredWordlists, most: int) -> tuple[Template, ...]:
    """Return the templates that were checked last, the latest first."""
    engine, ring, _ = wordlists.opened_by
    with reading(engine) as connection:
        return last_checked(connection, Seals(ring), most)
