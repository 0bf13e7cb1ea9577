"""A server's policies: the same verbs as over a store in this process, by gRPC."""

from __future__ import annotations

from datetime import datetime

from moderation.cli.remote_calls import RemoteCalls, named
from moderation.policies.document import PolicyDocument, PolicyLine, PolicyVersion
from moderation.policies.effective import Value
from moderation.policies.refusal import PoliciesError, PoliciesReason
from moderation.review.desk import Page
from moderation.review.people import Actor
from moderation.service.policy_translate import (
    document_to_proto,
    line_from_proto,
    value_from_proto,
    version_from_proto,
)
from moderation.service.review_translate import timestamp
from moderation.v1 import policy_service_pb2, policy_service_pb2_grpc


class RemotePolicies:
    """Implements `moderation.cli.policy_access.Policies` over a server; raises ServerError as `RemoteDesk` does."""

    def __init__(self, address: str) -> None:
        own = (PoliciesReason, PoliciesError)
        self._calls = RemoteCalls(address, "PolicyService", own=own, tells_absence=True)
        self._call = self._calls.call
        self._stub = policy_service_pb2_grpc.PolicyServiceStub(self._calls.channel)

    def version(self, actor: Actor, tenant: str, number: int) -> PolicyVersion:
        """Return one version of a policy, the one in force for 0."""
        request = policy_service_pb2.GetPolicyRequest(tenant=tenant, version=number)
        return version_from_proto(self._call(actor, self._stub.GetPolicy, request).policy)

    def values(self, actor: Actor, tenant: str, at: datetime | None, size: int, token: str) -> Page[Value]:
        """Return a page of what holds for a tenant at a moment, now unless told."""
        request = policy_service_pb2.GetEffectivePolicyRequest(
            tenant=tenant, at=timestamp(at), page_size=size, page_token=token
        )
        answer = self._call(actor, self._stub.GetEffectivePolicy, request)
        return Page(tuple(value_from_proto(value) for value in answer.values), answer.next_page_token)

    def update(
        self, actor: Actor, tenant: str, document: PolicyDocument, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version of a policy."""
        request = policy_service_pb2.UpdatePolicyRequest(
            tenant=tenant,
            document=document_to_proto(document),
            expected_version=expected,
            reason=reason,
            request_id=named(request_id),
        )
        return version_from_proto(self._call(actor, self._stub.UpdatePolicy, request).policy)

    def validate(self, actor: Actor, tenant: str, document: PolicyDocument, expected: int) -> None:
        """Refuse what `update` would."""
        request = policy_service_pb2.UpdatePolicyRequest(
            tenant=tenant,
            document=document_to_proto(document),
            expected_version=expected,
            reason="plan",
            validate_only=True,
        )
        self._call(actor, self._stub.UpdatePolicy, request)

    def rollback(
        self, actor: Actor, tenant: str, to: int, expected: int, reason: str, request_id: str
    ) -> PolicyVersion:
        """Make the next version, which says what an earlier one said."""
        request = policy_service_pb2.RollbackPolicyRequest(
            tenant=tenant, to_version=to, expected_version=expected, reason=reason, request_id=named(request_id)
        )
        return version_from_proto(self._call(actor, self._stub.RollbackPolicy, request).policy)

    def list(self, actor: Actor, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the policies in force."""
        request = policy_service_pb2.ListPoliciesRequest(page_size=size, page_token=token)
        answer = self._call(actor, self._stub.ListPolicies, request)
        return Page(tuple(line_from_proto(line) for line in answer.policies), answer.next_page_token)

    def log(self, actor: Actor, tenant: str, size: int, token: str) -> Page[PolicyLine]:
        """Return a page of the versions of a policy, the latest first."""
        request = policy_service_pb2.ListPolicyVersionsRequest(tenant=tenant, page_size=size, page_token=token)
        answer = self._call(actor, self._stub.ListPolicyVersions, request)
        return Page(tuple(line_from_proto(line) for line in answer.versions), answer.next_page_token)

    def close(self) -> None:
        """Close the channel."""
        self._calls.close()
