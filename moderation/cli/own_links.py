"""What tenants have proved to be their own, for checks in this process, as a store knows it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.check import Locale
from moderation.cli.opening import opened_store, settings_of

if TYPE_CHECKING:
    from moderation.match.own_links import OwnLinks

MOST_TENANTS = 4096
"""Tenants whose links are read once for a whole input."""


class OwnLinksOfStore:
    """Tells the links of a tenant by the store that is named, or by the user's own where there is one.

    The store is opened where the first template names a tenant; one that cannot be used ends the command.
    """

    def __init__(self, store: str | None, keys: Path | None, locale: Locale) -> None:
        self._access = Access(store=store, keys=keys, locale=locale)
        self._known = lru_cache(maxsize=MOST_TENANTS)(self._read)

    def __call__(self, tenant: str) -> OwnLinks:
        """Return the links of a tenant."""
        return self._known(tenant)

    def _read(self, tenant: str) -> OwnLinks:
        from moderation.cli.wordlist_access import has_store
        from moderation.match.own_links import NO_LINKS
        from moderation.store.links import StoredLinks

        settings = settings_of(self._access)
        if not has_store(settings):
            return NO_LINKS
        with opened_store(self._access, settings, may_write=False) as store:
            return StoredLinks(store.engine, store.ring).own_links(tenant)
