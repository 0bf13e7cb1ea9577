"""What tenants have proved to be their own, kept in memory: it follows the store within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from moderation.links.states import LinkState
from moderation.match.own_links import OwnLinks
from moderation.service.logs import describe, log
from moderation.store.link_reading import Standing
from moderation.store.link_standing import own_links_at
from moderation.store.links import StoredLinks
from moderation.store.reading_desk import now_in_utc
from moderation.verdict import Policy

POLL_SECONDS = 0.4
"""How long a change may be there before a process looks for it."""

STALE_SECONDS = 30.0
"""How long links count after the store was last seen; then none does, for some may have been revoked."""

MOST_MADE = 20_000
"""Policies that are kept made; one more is made again where it is needed."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The policy of a tenant, from what it was made, and until when it holds."""

    base: Policy
    standing: Sequence[Standing]
    policy: Policy
    until: datetime | None


class FollowedLinks:
    """Adds to policies what a store knows of their tenants' links; belongs to one event loop.

    The links of each tenant are one tuple that is replaced when they change, so that calls see one state of them.
    """

    def __init__(self, links: StoredLinks, clock: Callable[[], datetime] = now_in_utc) -> None:
        self._links = links
        self._now = clock
        self._change = 0
        self._tenants: dict[str, tuple[Standing, ...]] = {}
        self._made: dict[str, _Made] = {}
        self._seen = monotonic()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read what is known, and follow what changes from then on."""
        await self._look()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Follow no longer."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def added_to(self, base: Policy, tenant: str) -> Policy:
        """Return a policy with the links of a tenant as they stand now; the same one until something changes."""
        standing = self._tenants.get(tenant)
        if standing is None or monotonic() - self._seen > STALE_SECONDS:
            return base
        made = self._made.get(tenant)
        is_fit = made is not None and made.standing is standing and (made.base is base or made.base == base)
        now = self._now()
        if made is None or not is_fit or (made.until is not None and made.until <= now):
            own, until = own_links_at(standing, now)
            made = _Made(base, standing, _with(base, own), until)
            if len(self._made) >= MOST_MADE and tenant not in self._made:
                del self._made[next(iter(self._made))]
            self._made[tenant] = made
        return made.policy

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await self._look()

    async def _look(self) -> None:
        try:
            await asyncio.to_thread(self._catch_up)
        except Exception as error:
            log.warning("links_not_read", **describe(error))
        else:
            self._seen = monotonic()

    def _catch_up(self) -> None:
        if self._links.head() == self._change:
            return
        change, standing = self._links.changed(self._change)
        self._take(standing)
        self._change = change

    def _take(self, changed: Iterable[Standing]) -> None:
        by_tenant: dict[str, dict[int, Standing]] = {}
        for one in changed:
            if one.state is not LinkState.PENDING:
                by_tenant.setdefault(one.tenant, {})[one.number] = one
        for tenant, links in by_tenant.items():
            known = {one.number: one for one in self._tenants.get(tenant, ())}
            self._tenants[tenant] = tuple((known | links).values())


def _with(base: Policy, own: OwnLinks) -> Policy:
    return replace(base, own_links=own) if own or own.lapsed else base
