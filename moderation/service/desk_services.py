"""The services of the reviewers' desk: ReviewService, AppealService and AuditService over one desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message

from moderation.review.desk import Desk
from moderation.review.people import Actor
from moderation.service.appeal import AppealHandlers
from moderation.service.audit import AuditHandlers, AuditTrail
from moderation.service.desk_calls import DeskCalls
from moderation.service.guard import Guard
from moderation.service.methods import Method, Service, answering, service, unary
from moderation.service.review import ReviewHandlers
from moderation.service.watch import Watch
from moderation.v1 import appeal_service_pb2, audit_service_pb2, review_service_pb2

REVIEW = review_service_pb2.DESCRIPTOR.services_by_name["ReviewService"]
APPEAL = appeal_service_pb2.DESCRIPTOR.services_by_name["AppealService"]
AUDIT = audit_service_pb2.DESCRIPTOR.services_by_name["AuditService"]
DESK_SERVICES = (REVIEW.full_name, APPEAL.full_name, AUDIT.full_name)

LONG = frozenset(("VerifyAudit",))
"""Methods that read the whole store: one call at a time, beside all others."""

Methods = Mapping[str, tuple[Callable[[Any, Actor], Message], type[Message]]]
"""What answers each method, and what it is asked with."""


class ServedDesk(Desk, AuditTrail, Protocol):
    """A desk that also keeps the audit."""


class DeskServices:
    """The services over one desk; belongs to one event loop.

    Those who watch have a limit of their own, so that they take no place of other calls.
    """

    def __init__(self, desk: ServedDesk, guard: Guard, watchers: Guard) -> None:
        self._desk = desk
        self._guard = guard
        self._calls = DeskCalls()
        self._long_calls = DeskCalls(threads=1)
        self._watch = Watch(desk, self._calls)
        watching = answering(watchers, "WatchCases", self._watch.watch_cases, review_service_pb2.WatchCasesRequest)
        self.services: tuple[Service, ...] = (
            self._service(REVIEW, _review(ReviewHandlers(desk)), {"WatchCases": watching}),
            self._service(APPEAL, _appeal(AppealHandlers(desk))),
            self._service(AUDIT, _audit(AuditHandlers(desk))),
        )

    def end_long_calls(self) -> None:
        """End the calls that would not end by themselves, or not soon."""
        self._watch.close()
        self._desk.stop_proving()

    async def close(self) -> None:
        """Wait for what is at work; the desk stays open."""
        await self._calls.close()
        await self._long_calls.close()

    def _service(
        self, descriptor: ServiceDescriptor, methods: Methods, further: Mapping[str, Method] | None = None
    ) -> Service:
        made = {}
        for name, (handle, kind) in methods.items():
            calls = self._long_calls if name in LONG else self._calls
            made[name] = unary(self._guard, name, calls.handler(f"{descriptor.name}.{name}", handle), kind)
        return service(descriptor.full_name, made | dict(further or {}))


def _review(handlers: ReviewHandlers) -> Methods:
    return {
        "ClaimNext": (handlers.claim_next, review_service_pb2.ClaimNextRequest),
        "ClaimCase": (handlers.claim_case, review_service_pb2.ClaimCaseRequest),
        "RenewLease": (handlers.renew_lease, review_service_pb2.RenewLeaseRequest),
        "ReleaseCase": (handlers.release_case, review_service_pb2.ReleaseCaseRequest),
        "SkipCase": (handlers.skip_case, review_service_pb2.SkipCaseRequest),
        "RuleCase": (handlers.rule_case, review_service_pb2.RuleCaseRequest),
        "GetCase": (handlers.get_case, review_service_pb2.GetCaseRequest),
        "ListCases": (handlers.list_cases, review_service_pb2.ListCasesRequest),
        "ListSimilarCases": (handlers.list_similar_cases, review_service_pb2.ListSimilarCasesRequest),
        "GetStatistics": (handlers.get_statistics, review_service_pb2.GetStatisticsRequest),
        "ListProposals": (handlers.list_proposals, review_service_pb2.ListProposalsRequest),
        "ListCaseEvents": (handlers.list_case_events, review_service_pb2.ListCaseEventsRequest),
    }


def _appeal(handlers: AppealHandlers) -> Methods:
    return {
        "FileAppeal": (handlers.file_appeal, appeal_service_pb2.FileAppealRequest),
        "GetAppeal": (handlers.get_appeal, appeal_service_pb2.GetAppealRequest),
        "ListAppeals": (handlers.list_appeals, appeal_service_pb2.ListAppealsRequest),
        "DecideAppeal": (handlers.decide_appeal, appeal_service_pb2.DecideAppealRequest),
    }


def _audit(handlers: AuditHandlers) -> Methods:
    return {
        "ListAuditEntries": (handlers.list_audit_entries, audit_service_pb2.ListAuditEntriesRequest),
        "VerifyAudit": (handlers.verify_audit, audit_service_pb2.VerifyAuditRequest),
    }
