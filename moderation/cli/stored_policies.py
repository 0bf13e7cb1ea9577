"""What a store says of tenants, for checks in this process: their policies, and the links that are their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.check import Locale
from moderation.cli.opening import opened_store, settings_of
from moderation.verdict import Policy

if TYPE_CHECKING:
    from moderation.text.template import Template


class PoliciesOfStore:
    """Tells the policy of a template by the store that is named, or by the user's own where there is one.

    A store that is not named is opened where the first template names a tenant; one that cannot be used ends the
    command. It is closed with all that is `opened`.
    """

    def __init__(self, store: str | None, keys: Path | None, locale: Locale, opened: ExitStack) -> None:
        self._access = Access(store=store, keys=keys, locale=locale)
        self._policy_of: Callable[[Template], Policy] | None = None
        self._opened = opened

    def __call__(self, template: Template) -> Policy:
        """Return what holds for a template."""
        if not template.tenant and self._access.store is None:
            return Policy()
        if self._policy_of is None:
            self._policy_of = self._read()
        return self._policy_of(template)

    def _read(self) -> Callable[[Template], Policy]:
        from moderation.cli.wordlist_access import has_store
        from moderation.service.policies_now import policies_now

        settings = settings_of(self._access)
        if not has_store(settings):
            return lambda _: Policy()
        store = self._opened.enter_context(opened_store(self._access, settings, may_write=False))
        return policies_now(store.engine, store.ring)
