"""The errors that calls may end with: one reason each, its status and what to tell the caller."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from google.rpc import code_pb2
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status

from moderation.links.registry import LinkError
from moderation.policies.refusal import PoliciesError
from moderation.review.desk import DeskError, DeskReason
from moderation.wordlists.refusal import WordlistsError

DOMAIN = "moderation"
"""The domain of every ErrorInfo."""

RETRY_SECONDS = 1
"""How long a caller is asked to wait before it tries an overloaded or unready server again."""


class Reason(StrEnum):
    """Why a call failed; the proto enum `ErrorReason` mirrors it."""

    REQUEST_MALFORMED = "REQUEST_MALFORMED"
    FIELD_REQUIRED = "FIELD_REQUIRED"
    FIELD_TOO_LONG = "FIELD_TOO_LONG"
    FIELD_OUT_OF_RANGE = "FIELD_OUT_OF_RANGE"
    ENUM_UNKNOWN = "ENUM_UNKNOWN"
    TIMESTAMP_INVALID = "TIMESTAMP_INVALID"
    PROFILE_UNKNOWN = "PROFILE_UNKNOWN"
    LOCALE_UNKNOWN = "LOCALE_UNKNOWN"
    PAGE_TOKEN_INVALID = "PAGE_TOKEN_INVALID"  # noqa: S105 - a reason, not a secret
    RULE_UNKNOWN = "RULE_UNKNOWN"
    RESPONSE_TOO_LARGE = "RESPONSE_TOO_LARGE"
    OVERLOADED = "OVERLOADED"
    RULESET_NOT_LOADED = "RULESET_NOT_LOADED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    CANCELLED = "CANCELLED"
    INTERNAL = "INTERNAL"
    CHARACTER_FORBIDDEN = "CHARACTER_FORBIDDEN"
    ACTOR_REQUIRED = "ACTOR_REQUIRED"
    ROLE_DENIED = "ROLE_DENIED"
    CASE_UNKNOWN = "CASE_UNKNOWN"
    APPEAL_UNKNOWN = "APPEAL_UNKNOWN"
    VERDICT_UNKNOWN = "VERDICT_UNKNOWN"
    WRONG_STATE = "WRONG_STATE"
    LEASE_LOST = "LEASE_LOST"
    ALREADY_APPEALED = "ALREADY_APPEALED"
    APPEAL_WINDOW_CLOSED = "APPEAL_WINDOW_CLOSED"
    NOT_APPEALABLE = "NOT_APPEALABLE"
    OWN_RULING = "OWN_RULING"
    TEXT_PURGED = "TEXT_PURGED"
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    NOT_SIMILAR = "NOT_SIMILAR"
    STORE_DAMAGED = "STORE_DAMAGED"
    KEY_MISSING = "KEY_MISSING"
    LINK_UNKNOWN = "LINK_UNKNOWN"
    LINK_EXISTS = "LINK_EXISTS"
    LINK_INVALID = "LINK_INVALID"
    LINK_STATE = "LINK_STATE"
    LINK_CHANGED = "LINK_CHANGED"
    LINK_LIMIT = "LINK_LIMIT"
    TENANT_DENIED = "TENANT_DENIED"
    CHALLENGE_FAILED = "CHALLENGE_FAILED"
    POLICY_INVALID = "POLICY_INVALID"
    POLICY_VERSION_STALE = "POLICY_VERSION_STALE"
    POLICY_VERSION_UNKNOWN = "POLICY_VERSION_UNKNOWN"
    BATCH_UNKNOWN = "BATCH_UNKNOWN"
    BATCH_STATE = "BATCH_STATE"
    BATCH_EMPTY = "BATCH_EMPTY"
    BATCH_TOO_LARGE = "BATCH_TOO_LARGE"
    CHANGE_INVALID = "CHANGE_INVALID"
    CHANGE_REPEATED = "CHANGE_REPEATED"
    OWN_BATCH = "OWN_BATCH"
    VERSION_STALE = "VERSION_STALE"
    VERSION_UNKNOWN = "VERSION_UNKNOWN"
    WORDLIST_UNKNOWN = "WORDLIST_UNKNOWN"
    RULESET_NOT_BUILT = "RULESET_NOT_BUILT"
    UPLOAD_MALFORMED = "UPLOAD_MALFORMED"
    WORK_INTERRUPTED = "WORK_INTERRUPTED"


STATUS_CODES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.REQUEST_MALFORMED: "INVALID_ARGUMENT",
        Reason.FIELD_REQUIRED: "INVALID_ARGUMENT",
        Reason.FIELD_TOO_LONG: "INVALID_ARGUMENT",
        Reason.FIELD_OUT_OF_RANGE: "INVALID_ARGUMENT",
        Reason.ENUM_UNKNOWN: "INVALID_ARGUMENT",
        Reason.TIMESTAMP_INVALID: "INVALID_ARGUMENT",
        Reason.PROFILE_UNKNOWN: "INVALID_ARGUMENT",
        Reason.LOCALE_UNKNOWN: "INVALID_ARGUMENT",
        Reason.PAGE_TOKEN_INVALID: "INVALID_ARGUMENT",
        Reason.RULE_UNKNOWN: "NOT_FOUND",
        Reason.RESPONSE_TOO_LARGE: "RESOURCE_EXHAUSTED",
        Reason.OVERLOADED: "RESOURCE_EXHAUSTED",
        Reason.RULESET_NOT_LOADED: "UNAVAILABLE",
        Reason.DEADLINE_EXCEEDED: "DEADLINE_EXCEEDED",
        Reason.CANCELLED: "CANCELLED",
        Reason.INTERNAL: "INTERNAL",
        Reason.CHARACTER_FORBIDDEN: "INVALID_ARGUMENT",
        Reason.ACTOR_REQUIRED: "UNAUTHENTICATED",
        Reason.ROLE_DENIED: "PERMISSION_DENIED",
        Reason.CASE_UNKNOWN: "NOT_FOUND",
        Reason.APPEAL_UNKNOWN: "NOT_FOUND",
        Reason.VERDICT_UNKNOWN: "NOT_FOUND",
        Reason.WRONG_STATE: "FAILED_PRECONDITION",
        Reason.LEASE_LOST: "ABORTED",
        Reason.ALREADY_APPEALED: "ALREADY_EXISTS",
        Reason.APPEAL_WINDOW_CLOSED: "FAILED_PRECONDITION",
        Reason.NOT_APPEALABLE: "FAILED_PRECONDITION",
        Reason.OWN_RULING: "PERMISSION_DENIED",
        Reason.TEXT_PURGED: "FAILED_PRECONDITION",
        Reason.REQUEST_ID_REUSED: "ALREADY_EXISTS",
        Reason.STORE_UNAVAILABLE: "UNAVAILABLE",
        Reason.NOT_SIMILAR: "FAILED_PRECONDITION",
        Reason.STORE_DAMAGED: "DATA_LOSS",
        Reason.KEY_MISSING: "FAILED_PRECONDITION",
        Reason.LINK_UNKNOWN: "NOT_FOUND",
        Reason.LINK_EXISTS: "ALREADY_EXISTS",
        Reason.LINK_INVALID: "INVALID_ARGUMENT",
        Reason.LINK_STATE: "FAILED_PRECONDITION",
        Reason.LINK_CHANGED: "ABORTED",
        Reason.LINK_LIMIT: "FAILED_PRECONDITION",
        Reason.TENANT_DENIED: "PERMISSION_DENIED",
        Reason.CHALLENGE_FAILED: "FAILED_PRECONDITION",
        Reason.POLICY_INVALID: "INVALID_ARGUMENT",
        Reason.POLICY_VERSION_STALE: "ABORTED",
        Reason.POLICY_VERSION_UNKNOWN: "NOT_FOUND",
        Reason.BATCH_UNKNOWN: "NOT_FOUND",
        Reason.BATCH_STATE: "FAILED_PRECONDITION",
        Reason.BATCH_EMPTY: "INVALID_ARGUMENT",
        Reason.BATCH_TOO_LARGE: "INVALID_ARGUMENT",
        Reason.CHANGE_INVALID: "INVALID_ARGUMENT",
        Reason.CHANGE_REPEATED: "INVALID_ARGUMENT",
        Reason.OWN_BATCH: "PERMISSION_DENIED",
        Reason.VERSION_STALE: "ABORTED",
        Reason.VERSION_UNKNOWN: "NOT_FOUND",
        Reason.WORDLIST_UNKNOWN: "NOT_FOUND",
        Reason.RULESET_NOT_BUILT: "FAILED_PRECONDITION",
        Reason.UPLOAD_MALFORMED: "INVALID_ARGUMENT",
        Reason.WORK_INTERRUPTED: "UNAVAILABLE",
    }
)
RETRYABLE = frozenset((Reason.OVERLOADED, Reason.RULESET_NOT_LOADED, Reason.STORE_UNAVAILABLE, Reason.WORK_INTERRUPTED))

FIELDS: Mapping[DeskReason, str] = MappingProxyType(
    {DeskReason.PAGE_TOKEN_INVALID: "page_token", DeskReason.REQUEST_ID_REUSED: "request_id"}
)
"""The field at fault, where a refusal of the desk is always about the same one."""


class RequestError(Exception):
    """An error with a reason for the caller; `field` is the path at fault, no argument may hold any template text."""

    def __init__(self, reason: Reason, message: str, field: str = "", /, **metadata: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.field = field
        self._metadata = {key: str(value) for key, value in metadata.items()}

    @property
    def metadata(self) -> dict[str, str]:
        """What the ErrorInfo carries beside the reason."""
        return ({"field": self.field} if self.field else {}) | self._metadata

    def below(self, parent: str) -> RequestError:
        """Return the same error with its path below a parent field; an empty parent changes nothing."""
        joint = "." if parent and self.field and not self.field.startswith("[") else ""
        path = f"{parent}{joint}{self.field}"
        return RequestError(self.reason, self.message, path, **self._metadata)

    def status(self) -> Status:
        """Return the error as a google.rpc.Status with its details."""
        status = Status(code=code_pb2.Code.Value(STATUS_CODES[self.reason]), message=self._text())
        status.details.add().Pack(ErrorInfo(reason=self.reason.value, domain=DOMAIN, metadata=self.metadata))
        if self.field:
            violation = BadRequest.FieldViolation(field=self.field, description=self.message, reason=self.reason.value)
            status.details.add().Pack(BadRequest(field_violations=[violation]))
        if self.reason in RETRYABLE:
            wait = RetryInfo()
            wait.retry_delay.seconds = RETRY_SECONDS
            status.details.add().Pack(wait)
        return status

    def _text(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


def from_desk(error: DeskError) -> RequestError:
    """Return what a caller is told of a refusal of the desk."""
    return RequestError(Reason(error.reason.value), error.message, FIELDS.get(error.reason, ""), **error.metadata)


def from_links(error: LinkError) -> RequestError:
    """Return what a caller is told of a refusal of the registry of links."""
    told = {name: value for name, value in error.metadata.items() if name != "field"}
    return RequestError(Reason(error.reason.value), error.message, error.metadata.get("field", ""), **told)


def from_policies(error: PoliciesError) -> RequestError:
    """Return what a caller is told of a refusal of the policies."""
    return RequestError(Reason(error.reason.value), error.message, "", **error.metadata)


def from_wordlists(error: WordlistsError) -> RequestError:
    """Return what a caller is told of a refusal of the wordlists."""
    return RequestError(Reason(error.reason.value), error.message, **error.metadata)
