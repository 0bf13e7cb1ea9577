"""The policies that checks are made under: those of a store, followed while calls go on, and what the settings say."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from moderation.match.lexicon import Lexicon
from moderation.match.own_word import OwnWord
from moderation.policies.document import DEFAULT, PolicyVersion
from moderation.policies.effective import Inheritance
from moderation.service.logs import describe, log
from moderation.store.policies import StoredPolicies
from moderation.text.template import Template
from moderation.verdict import Policy

POLL_SECONDS = 0.5
"""How long a version may be in force before a process sees it."""

AT_ONCE = 200
"""Policies whose words are put into the lexicon together."""

GRANTED = f"{DEFAULT}\0"
"""Before the name of a tenant: the words that only it inherits. No name holds U+0000."""

Domains = Callable[[str], frozenset[str]]


@dataclass(slots=True)
class _Held:
    """What holds for a tenant, from each moment at which something ends to the next."""

    moments: Sequence[datetime]
    policy_at: Callable[[datetime], Policy]
    policies: dict[int, Policy] = field(default_factory=dict)

    def at(self, moment: datetime | None) -> Policy:
        """Return what holds at a moment, now unless it is told."""
        if not self.moments:
            number = 0
        else:
            moment = moment or datetime.now(UTC)
            number = bisect_right(self.moments, moment)
        if (known := self.policies.get(number)) is not None:
            return known
        asked = moment if moment is not None and self.moments else datetime.now(UTC)
        made = self.policies[number] = self.policy_at(asked)
        return made


@dataclass(frozen=True, slots=True)
class _State:
    """All policies at a sequence number, their words aside in a lexicon; what was resolved is remembered."""

    sequence: int = 0
    versions: Mapping[str, PolicyVersion] = field(default_factory=dict)
    granted: frozenset[str] = frozenset()
    lexicon: Lexicon = field(default_factory=Lexicon)
    held: dict[str, _Held] = field(default_factory=dict)

    def after(self, changed: Iterable[PolicyVersion]) -> _State:
        """Return the state after some policies changed; this one stays as it is."""
        versions, granted, sequence = dict(self.versions), self.granted, self.sequence
        words: dict[str, Sequence[OwnWord]] = {}
        for version in changed:
            tenant, document = version.line.tenant, version.document
            sequence = max(sequence, version.line.sequence)
            words[tenant] = document.own_words()
            if tenant == DEFAULT:
                own = document.words_for()
                words |= {GRANTED + one: own.get(one, []) for one in granted | own.keys()}
                granted = frozenset(own)
            versions[tenant] = PolicyVersion(version.line, replace(document, deny=(), allow=()))
        return _State(sequence, versions, granted, self.lexicon.changed(words))

    def resolved(self, tenant: str, domains: frozenset[str]) -> _Held:
        """Return what holds for a tenant."""
        own = self.versions.get(tenant) if tenant != DEFAULT else None
        default = self.versions.get(DEFAULT)
        inheritance = Inheritance(tenant, own, default)
        own_version = own.line.version if own is not None else 0
        default_version = default.line.version if default is not None else 0
        found = (
            self.lexicon.of(tenant, own_version) if own is not None else None,
            self.lexicon.of(DEFAULT, default_version, is_inherited=True),
            self.lexicon.of(GRANTED + tenant, default_version, is_inherited=True),
        )
        words = tuple(one for one in found if one is not None)

        def policy_at(moment: datetime) -> Policy:
            return replace(inheritance.policy(moment), words=words, verified_domains=domains)

        return _Held(inheritance.moments, policy_at)


class ServedPolicies:
    """Tells the policy of a template: the tenant's own over the default one, with the domains that are its own.

    `domains_of` tells these; the domains of the tenants in `known` differ from those of all others. Without a store
    nobody has a policy. Policies are read by `follow`, in any thread but by one at a time; `policy_of` never waits.
    """

    def __init__(self, domains_of: Domains, known: Container[str] = (), stored: StoredPolicies | None = None) -> None:
        self._domains_of = domains_of
        self._known = known
        self.stored = stored
        self._state = _State()

    @property
    def sequence(self) -> int:
        """How many versions of policies there were when they were read last."""
        return self._state.sequence

    def policy_of(self, template: Template) -> Policy:
        """Return what holds for a template at the time of its sending, or now."""
        state = self._state
        tenant = template.tenant if self._is_own(state, template.tenant) else ""
        held = state.held.get(tenant)
        if held is None:
            held = state.held[tenant] = state.resolved(tenant, self._domains_of(tenant))
        return held.at(template.send_at)

    def follow(self) -> bool:
        """Read what changed since it was read last; return whether anything did. Raises DeskError as the store does."""
        if self.stored is None or self.stored.head() == self._state.sequence:
            return False
        state, some = self._state, list[PolicyVersion]()
        for version in self.stored.since(state.sequence):
            some.append(version)
            if len(some) == AT_ONCE:
                state, some = state.after(some), []
        self._state = state.after(some)
        return True

    def _is_own(self, state: _State, tenant: str) -> bool:
        """Return whether a tenant is not like all others; whatever else templates name is not remembered."""
        return tenant in state.versions or tenant in state.granted or tenant in self._known


class PolicyWatch:
    """Follows the policies of a store until it is stopped; belongs to one event loop."""

    def __init__(self, policies: ServedPolicies) -> None:
        self._policies = policies
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                if await asyncio.to_thread(self._policies.follow):
                    log.info("policies", sequence=self._policies.sequence)
            except Exception as error:
                log.warning("policies_not_read", **describe(error))
