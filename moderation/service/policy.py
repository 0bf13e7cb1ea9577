"""PolicyService: what tenants allow, forbid and re-weight; the store keeps it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime

from moderation.policies.document import DEFAULT, PolicyDocument, PolicyLine, PolicyVersion
from moderation.policies.refusal import stale
from moderation.policies.validation import problems_of, told
from moderation.review.desk import PAGE_SIZE
from moderation.review.people import Actor, Role
from moderation.service.errors import Reason, RequestError
from moderation.service.policy_translate import document_from_proto, line_to_proto, value_to_proto, version_to_proto
from moderation.service.review_translate import moment_of
from moderation.store.pages import after, token_of
from moderation.store.policies import StoredPolicies, nothing
from moderation.v1 import policy_service_pb2


class PolicyHandlers:
    """The methods of PolicyService; `profiles` tells the names of the profiles that there are."""

    def __init__(self, stored: StoredPolicies, profiles: Callable[[], Collection[str]]) -> None:
        self._stored = stored
        self._profiles = profiles

    def get_policy(
        self, message: policy_service_pb2.GetPolicyRequest, actor: Actor
    ) -> policy_service_pb2.GetPolicyResponse:
        """Return a version of a policy, an empty one where the tenant has none."""
        _require_own(actor, message.tenant)
        if message.version:
            found = self._stored.version(message.tenant, message.version)
        else:
            found = self._stored.current(message.tenant) or nothing(message.tenant)
        return policy_service_pb2.GetPolicyResponse(policy=version_to_proto(found, is_signed=_is_signed(actor)))

    def get_effective_policy(
        self, message: policy_service_pb2.GetEffectivePolicyRequest, actor: Actor
    ) -> policy_service_pb2.GetEffectivePolicyResponse:
        """Return a page of what holds for a tenant."""
        _require_own(actor, message.tenant)
        inheritance = self._stored.inheritance(message.tenant)
        moment = moment_of(message.at) if message.HasField("at") else datetime.now(UTC)
        when = moment.isoformat() if message.HasField("at") else "now"
        of_list = f"policy/{inheritance.states}/{when}"
        first = after(message.page_token, of_list)
        values = inheritance.values(moment)
        last = first + (message.page_size or PAGE_SIZE)
        return policy_service_pb2.GetEffectivePolicyResponse(
            values=[value_to_proto(value, is_signed=_is_signed(actor)) for value in values[first:last]],
            next_page_token=token_of([last], of_list) if last < len(values) else "",
        )

    def update_policy(
        self, message: policy_service_pb2.UpdatePolicyRequest, actor: Actor
    ) -> policy_service_pb2.UpdatePolicyResponse:
        """Make the next version of a policy, or tell what it would be."""
        if not message.HasField("document"):
            raise RequestError(Reason.FIELD_REQUIRED, "an empty policy is an empty document, and not none", "document")
        document = document_from_proto(message.document, "document")
        _require_tenant(message.tenant)
        problems = problems_of(document, message.tenant, self._profiles(), datetime.now(UTC))
        if problems:
            path = f"document.{problems[0].path}"
            raise RequestError(Reason.POLICY_INVALID, told(problems), path, problems=len(problems))
        tenant, expected = message.tenant, message.expected_version
        if message.validate_only:
            made = self._planned(actor, tenant, document, expected, message.reason)
        else:
            made = self._stored.update(actor, tenant, document, expected, message.reason, request_id=message.request_id)
        return policy_service_pb2.UpdatePolicyResponse(policy=version_to_proto(made))

    def rollback_policy(
        self, message: policy_service_pb2.RollbackPolicyRequest, actor: Actor
    ) -> policy_service_pb2.RollbackPolicyResponse:
        """Make the next version, which says what an earlier one said."""
        expected, request_id = message.expected_version, message.request_id
        made = self._stored.rollback(
            actor, message.tenant, message.to_version, expected, message.reason, request_id=request_id
        )
        return policy_service_pb2.RollbackPolicyResponse(policy=version_to_proto(made))

    def list_policies(
        self, message: policy_service_pb2.ListPoliciesRequest, actor: Actor
    ) -> policy_service_pb2.ListPoliciesResponse:
        """Return a page of the policies in force."""
        page = self._stored.list(size=message.page_size or PAGE_SIZE, token=message.page_token)
        return policy_service_pb2.ListPoliciesResponse(
            policies=[line_to_proto(line) for line in page.items], next_page_token=page.next_token
        )

    def list_policy_versions(
        self, message: policy_service_pb2.ListPolicyVersionsRequest, actor: Actor
    ) -> policy_service_pb2.ListPolicyVersionsResponse:
        """Return a page of the versions of a policy."""
        _require_own(actor, message.tenant)
        page = self._stored.log(message.tenant, size=message.page_size or PAGE_SIZE, token=message.page_token)
        return policy_service_pb2.ListPolicyVersionsResponse(
            versions=[line_to_proto(line, is_signed=_is_signed(actor)) for line in page.items],
            next_page_token=page.next_token,
        )

    def _planned(
        self, actor: Actor, tenant: str, document: PolicyDocument, expected: int, reason: str
    ) -> PolicyVersion:
        """Return the version that an update would make."""
        current = self._stored.current(tenant)
        version = current.line.version if current is not None else 0
        if version != expected:
            raise stale(tenant, expected, version)
        counts = len(document.deny), len(document.allow), len(document.severities) + len(document.off)
        line = PolicyLine(tenant, version + 1, 0, actor.name, reason, datetime.now(UTC), *counts)
        return PolicyVersion(line, document)


def _is_signed(actor: Actor) -> bool:
    return actor.role is not Role.SENDER


def _require_own(actor: Actor, tenant: str) -> None:
    """Raise a RequestError where a sender asks for what is not its tenant's."""
    if actor.role is Role.SENDER and actor.tenant != tenant:
        told_why = "a sender reads the policy of its own tenant only"
        raise RequestError(Reason.TENANT_DENIED, told_why, "tenant", tenant=tenant)


def _require_tenant(tenant: str) -> None:
    """Raise a RequestError for the name of a tenant that nobody could write on a line."""
    if not tenant.isprintable() or not tenant.strip():
        told_why = f"must be printable; {DEFAULT} is everybody's policy"
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, told_why, "tenant")
