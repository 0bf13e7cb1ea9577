"""AuditService: the chain of everything that was done, page by page, and whether it is whole."""

from __future__ import annotations

from typing import Protocol

from moderation.review.audit import AuditEntry, encode_details
from moderation.review.audit_proof import Fault, Verified
from moderation.review.desk import PAGE_SIZE
from moderation.review.people import Actor
from moderation.service.check import locale_of
from moderation.service.choices import FAULT_KINDS
from moderation.service.review_translate import timestamp
from moderation.v1 import audit_service_pb2


class AuditTrail(Protocol):
    """Whatever keeps the chain."""

    def audit_entries(self, after: int, size: int) -> tuple[AuditEntry, ...]:
        """Return the entries after a sequence number, in order, up to one that cannot be read.

        Raises DeskError where that is the first of them.
        """
        ...

    def verify_audit(self) -> Fault | Verified:
        """Return the first fault of the chain, or what is proved of it; raise DeskError where that was stopped."""
        ...

    def stop_proving(self) -> None:
        """End every `verify_audit` soon, for the server stops."""
        ...


class AuditHandlers:
    """The methods of AuditService."""

    def __init__(self, trail: AuditTrail) -> None:
        self._trail = trail

    def list_audit_entries(
        self, message: audit_service_pb2.ListAuditEntriesRequest, _actor: Actor
    ) -> audit_service_pb2.ListAuditEntriesResponse:
        """Return the entries after a sequence number."""
        entries = self._trail.audit_entries(message.after, message.page_size or PAGE_SIZE)
        return audit_service_pb2.ListAuditEntriesResponse(entries=[_entry_to_proto(entry) for entry in entries])

    def verify_audit(
        self, message: audit_service_pb2.VerifyAuditRequest, _actor: Actor
    ) -> audit_service_pb2.VerifyAuditResponse:
        """Return whether the chain is whole."""
        locale = locale_of(message.locale)
        result = self._trail.verify_audit()
        if isinstance(result, Fault):
            fault = audit_service_pb2.AuditFault(
                kind=FAULT_KINDS.number(result.kind),
                sequence=result.sequence,
                proved=result.proved,
                message=result.message(locale),
            )
            return audit_service_pb2.VerifyAuditResponse(fault=fault)
        whole = audit_service_pb2.AuditWhole(count=result.head.count, digest=result.head.digest, proved=result.proved)
        return audit_service_pb2.VerifyAuditResponse(whole=whole)


def _entry_to_proto(entry: AuditEntry) -> audit_service_pb2.AuditEntry:
    return audit_service_pb2.AuditEntry(
        sequence=entry.sequence,
        at=timestamp(entry.at),
        actor=entry.actor,
        role=entry.role,
        action=entry.action,
        subject=entry.subject,
        details=encode_details(entry.details),
        previous=entry.previous,
        digest=entry.digest,
    )
