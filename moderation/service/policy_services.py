"""PolicyService over the policies of a store."""

from __future__ import annotations

from collections.abc import Callable, Collection

from moderation.service.desk_calls import DeskCalls
from moderation.service.desk_services import Methods
from moderation.service.guard import Guard
from moderation.service.methods import Service, service, unary
from moderation.service.policy import PolicyHandlers
from moderation.store.policies import StoredPolicies
from moderation.v1 import policy_service_pb2

POLICY = policy_service_pb2.DESCRIPTOR.services_by_name["PolicyService"]
POLICY_SERVICES = (POLICY.full_name,)
THREADS = 2
"""Calls that may wait for the store at the same time: policies are changed by few."""


class PolicyServices:
    """The service over some policies; belongs to one event loop. `profiles` tells the names of those that there are."""

    def __init__(self, stored: StoredPolicies, profiles: Callable[[], Collection[str]], guard: Guard) -> None:
        self._calls = DeskCalls(THREADS)
        methods = {
            name: unary(guard, name, self._calls.handler(f"{POLICY.name}.{name}", handle), kind)
            for name, (handle, kind) in _methods(PolicyHandlers(stored, profiles)).items()
        }
        self.service: Service = service(POLICY.full_name, methods)

    async def close(self) -> None:
        """Wait for what is at work; the store stays open."""
        await self._calls.close()


def _methods(handlers: PolicyHandlers) -> Methods:
    return {
        "GetPolicy": (handlers.get_policy, policy_service_pb2.GetPolicyRequest),
        "GetEffectivePolicy": (handlers.get_effective_policy, policy_service_pb2.GetEffectivePolicyRequest),
        "UpdatePolicy": (handlers.update_policy, policy_service_pb2.UpdatePolicyRequest),
        "RollbackPolicy": (handlers.rollback_policy, policy_service_pb2.RollbackPolicyRequest),
        "ListPolicies": (handlers.list_policies, policy_service_pb2.ListPoliciesRequest),
        "ListPolicyVersions": (handlers.list_policy_versions, policy_service_pb2.ListPolicyVersionsRequest),
    }
