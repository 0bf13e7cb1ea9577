"""Why policies are not changed as somebody asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PoliciesReason(StrEnum):
    """Why a policy is refused; the gRPC error reasons of the same names mirror these."""

    POLICY_INVALID = "POLICY_INVALID"
    POLICY_VERSION_STALE = "POLICY_VERSION_STALE"
    POLICY_VERSION_UNKNOWN = "POLICY_VERSION_UNKNOWN"


class PoliciesError(Exception):
    """Something is refused, and nothing has changed; `metadata` holds names and numbers, never words."""

    def __init__(self, reason: PoliciesReason, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata: Mapping[str, str] = {key: str(value) for key, value in metadata.items()}


def stale(tenant: str, expected: int, current: int) -> PoliciesError:
    """Return the error that a policy is at another version than somebody believes."""
    told = f"the policy of {tenant} is at version {current}, not {expected}; look at what changed and try again"
    reason = PoliciesReason.POLICY_VERSION_STALE
    return PoliciesError(reason, told, tenant=tenant, expected=expected, current=current)


def unknown(tenant: str, version: int, current: int) -> PoliciesError:
    """Return the error that a policy has no such version."""
    told = f"the policy of {tenant} has no version {version}; the current one is {current}"
    reason = PoliciesReason.POLICY_VERSION_UNKNOWN
    return PoliciesError(reason, told, tenant=tenant, version=version, current=current)
