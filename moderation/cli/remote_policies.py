"""A server's policies: the same verbs as over a store in this process, by gRPC."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TypeVar

import grpc
from google.protobuf.message import Message

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.remote_desk import OPTIONS, metadata_of
from moderation.cli.server_error import ServerError, server_error
from moderation.policies.document import PolicyDocument, PolicyLine, PolicyVersion
from moderation.policies.effective import Value
from moderation.policies.refusal import PoliciesError, PoliciesReason
from moderation.review.desk import DeskError, DeskReason, Page
from moderation.review.people import Actor
from moderation.service.policy_translate import (
    document_to_proto,
    line_from_proto,
    value_from_proto,
    version_from_proto,
)
from moderation.service.review_translate import timestamp
from moderation.v1 import policy_service_pb2, policy_service_pb2_grpc

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)


class RemotePolicies:
    """Implements `moderation.cli.policy_access.Policies` over a server; raises ServerError as `RemoteDesk` does."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._channel = grpc.insecure_channel(address, OPTIONS)
        self._stub = policy_service_pb2_grpc.PolicyServiceStub(self._channel)

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
            request_id=_named(request_id),
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
            tenant=tenant, to_version=to, expected_version=expected, reason=reason, request_id=_named(request_id)
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
        self._channel.close()

    def _call(self, actor: Actor, method: grpc.UnaryUnaryMultiCallable[Asked, Answer], request: Asked) -> Answer:
        try:
            return method(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(actor))
        except grpc.RpcError as error:
            raise _told(server_error(self._address, error)) from error


def _told(error: ServerError) -> PoliciesError | DeskError | ServerError:
    """Return the refusal of the policies or the store where it is one."""
    if error.reason in set(PoliciesReason):
        return PoliciesError(PoliciesReason(error.reason), error.detail, **error.metadata)
    if error.reason in set(DeskReason):
        return DeskError(DeskReason(error.reason), error.detail, **error.metadata)
    return error


def _named(request_id: str) -> str:
    return request_id or uuid.uuid4().hex
