"""The policies of a store in this process."""

from __future__ import annotations

from datetime import UTC, datetime

from moderation.policies.document import PolicyDocument, PolicyLine, PolicyVersion
from moderation.policies.effective import Value
from moderation.policies.refusal import stale
from moderation.review.desk import Page
from moderation.review.people import Actor
from moderation.store.pages import after, token_of
from moderation.store.policies import StoredPolicies, nothing


class LocalPolicies:
    """Implements `moderation.cli.policy_access.Policies` over a store."""

    def __init__(self, stored: StoredPolicies) -> None:
        self._stored = stored

    def version(self, actor: Actor, tenant: str, number: int) -> PolicyVersion:
        """Return one version of a policy, the one in force for 0."""
        return self._stored.version(tenant, number) if number else self._stored.current(tenant) or nothing(tenant)

    def values(self, actor: Actor, tenant: str, at: datetime | None, size: int, token: str) -> Page[Value]:
        """Return a page of what holds for a tenant at a moment, now unless told."""
        inheritance = self._stored.inheritance(tenant)
        of_list = f"policy/{inheritance.states}"
        first = after(token, of_list)
        values = inheritance.values(at or datetime.now(UTC))
        last = first + size
        return Page(tuple(values[first:last]), token_of([last], of_list) if last < len(values) else "")

    def update(
        self, actor: Actor, tenant: str, document: PolicyDocument, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version of a policy."""
        return self._stored.update(actor, tenant, document, expected, reason, request_id=request_id)

    def validate(self, actor: Actor, tenant: str, document: PolicyDocument, expected: int) -> None:
        """Refuse what `update` would, besides what is wrong in the file."""
        if (current := self.version(actor, tenant, 0).line.version) != expected:
            raise stale(tenant, expected, current)

    def rollback(
        self, actor: Actor, tenant: str, to: int, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version, which says what an earlier one said."""
        return self._stored.rollback(actor, tenant, to, expected, reason, request_id=request_id)

    def list(self, actor: Actor, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the policies in force."""
        return self._stored.list(size=size, token=token)

    def log(self, actor: Actor, tenant: str, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the versions of a policy, the latest first."""
        return self._stored.log(tenant, size=size, token=token)
