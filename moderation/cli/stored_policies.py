"""What a store says of tenants, for checks in this process: their policies, and the links that are their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.check import Locale
from moderation.cli.opening import opened_store, settings_of
from moderation.verdict import Policy

if TYPE_CHECKING:
    from moderation.match.own_links import OwnLinks
    from moderation.text.template import Template

MOST_TENANTS = 4096
"""Tenants whose links are read once for a whole input."""


class PoliciesOfStore:
    """Tells the policy of a template by the store that is named, or by the user's own where there is one.

    Policies are read once. A store that is not named is opened where the first template names a tenant; one that
    cannot be used ends the command.
    """

    def __init__(self, store: str | None, keys: Path | None, locale: Locale) -> None:
        self._access = Access(store=store, keys=keys, locale=locale)
        self._own_links = lru_cache(maxsize=MOST_TENANTS)(self._read_links)

    def __call__(self, template: Template) -> Policy:
        """Return what holds for a template."""
        if not template.tenant and self._access.store is None:
            return Policy()
        policy = self._policy_of(template)
        own = self._own_links(template.tenant) if template.tenant else None
        return replace(policy, own_links=own) if own is not None and (own or own.lapsed) else policy

    @cached_property
    def _has_store(self) -> bool:
        from moderation.cli.wordlist_access import has_store

        return has_store(settings_of(self._access))

    @cached_property
    def _policy_of(self) -> Callable[[Template], Policy]:
        from moderation.service.served_policies import ServedPolicies
        from moderation.store.policies import StoredPolicies

        if not self._has_store:
            return lambda _: Policy()
        with opened_store(self._access, may_write=False) as opened:
            policies = ServedPolicies(lambda _: frozenset(), stored=StoredPolicies(opened.engine, opened.ring))
            policies.follow()
        return policies.policy_of

    def _read_links(self, tenant: str) -> OwnLinks:
        from moderation.match.own_links import NO_LINKS
        from moderation.store.links import StoredLinks

        if not self._has_store:
            return NO_LINKS
        with opened_store(self._access, may_write=False) as opened:
            return StoredLinks(opened.engine, opened.ring).own_links(tenant)
