"""A server's desk: the same verbs as the store in this process, by gRPC."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

import grpc
from google.protobuf.message import Message

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.server_error import ServerError, ServerFault, server_error
from moderation.review.case import (
    Appeal,
    Case,
    CaseEventRecord,
    CaseLine,
    Outcome,
    Proposal,
    Queue,
    ReasonCode,
    Similar,
    Statistics,
)
from moderation.review.desk import PAGE_SIZE, CaseFilter, DeskError, DeskReason, Page
from moderation.review.people import Actor, Role
from moderation.service.choices import DECISIONS, OUTCOMES, PRIORITIES, QUEUES, RULING_REASONS, STATES
from moderation.service.record_translate import event_from_proto, proposal_from_proto, statistics_from_proto
from moderation.service.review_translate import (
    appeal_from_proto,
    case_from_proto,
    line_from_proto,
    similar_from_proto,
    timestamp,
)
from moderation.service.roles import ACTOR_KEY, ROLE_KEY, TENANT_KEY
from moderation.v1 import (
    appeal_service_pb2,
    appeal_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
)
from moderation.verdict import Decision


def retries(*services: str) -> dict[str, object]:
    """Return what gRPC does about calls that may succeed a moment later.

    Every write has a request id, so that none is made twice.
    """
    return {
        "methodConfig": [
            {
                "name": [{"service": f"moderation.v1.{name}"} for name in services],
                "retryPolicy": {
                    "maxAttempts": 4,
                    "initialBackoff": "0.2s",
                    "maxBackoff": "2s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
                },
            }
        ]
    }


OPTIONS = (
    ("grpc.max_receive_message_length", -1),
    ("grpc.service_config", json.dumps(retries("ReviewService", "AppealService", "PolicyService"))),
)

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)


class RemoteDesk:
    """Implements `moderation.review.desk.Desk` over a server; safe to share between threads.

    Raises ServerError where the server refuses a call for what the desk has no reason for, such as the actor's role.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._channel = grpc.insecure_channel(address, OPTIONS)
        self._review = review_service_pb2_grpc.ReviewServiceStub(self._channel)
        self._appeal = appeal_service_pb2_grpc.AppealServiceStub(self._channel)

    def claim_next(
        self,
        actor: Actor,
        *,
        queues: frozenset[Queue] = frozenset(),
        tags: frozenset[str] = frozenset(),
        skills: frozenset[str] = frozenset(),
        request_id: str = "",
    ) -> Case | None:
        """Hold the waiting case that comes first; see `Desk`."""
        request = review_service_pb2.ClaimNextRequest(
            queues=[QUEUES.number(queue) for queue in sorted(queues)],
            tags=sorted(tags),
            skills=sorted(skills),
            request_id=_named(request_id),
        )
        answer = self._call(actor, self._review.ClaimNext, request)
        return case_from_proto(answer.case) if answer.HasField("case") else None

    def claim(self, actor: Actor, number: int, *, request_id: str = "") -> Case:
        """Hold one waiting case."""
        request = review_service_pb2.ClaimCaseRequest(case=number, request_id=_named(request_id))
        return case_from_proto(self._call(actor, self._review.ClaimCase, request).case)

    def renew(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> Case:
        """Hold a case for longer."""
        request = review_service_pb2.RenewLeaseRequest(case=number, epoch=epoch, request_id=_named(request_id))
        return case_from_proto(self._call(actor, self._review.RenewLease, request).case)

    def release(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> None:
        """Give a case back."""
        request = review_service_pb2.ReleaseCaseRequest(case=number, epoch=epoch, request_id=_named(request_id))
        self._call(actor, self._review.ReleaseCase, request)

    def skip(self, actor: Actor, number: int, epoch: int, reason: str, *, request_id: str = "") -> None:
        """Give a case back and never get it again by `claim_next`."""
        request = review_service_pb2.SkipCaseRequest(
            case=number, epoch=epoch, reason=reason, request_id=_named(request_id)
        )
        self._call(actor, self._review.SkipCase, request)

    def rule(
        self,
        actor: Actor,
        number: int,
        epoch: int,
        decision: Decision,
        code: ReasonCode,
        note: str = "",
        *,
        also: Sequence[int] = (),
        request_id: str = "",
    ) -> Case:
        """Decide a case that the actor holds, and waiting ones together with it."""
        request = review_service_pb2.RuleCaseRequest(
            case=number,
            epoch=epoch,
            decision=DECISIONS.number(decision),
            reason=RULING_REASONS.number(code),
            note=note,
            also=also,
            request_id=_named(request_id),
        )
        return case_from_proto(self._call(actor, self._review.RuleCase, request).case)

    def case(self, actor: Actor, number: int) -> Case:
        """Return one case."""
        request = review_service_pb2.GetCaseRequest(case=number)
        return case_from_proto(self._call(actor, self._review.GetCase, request).case)

    def cases(self, actor: Actor, wanted: CaseFilter, *, size: int = PAGE_SIZE, token: str = "") -> Page[CaseLine]:
        """Return the cases that are wanted, a page at a time."""
        request = review_service_pb2.ListCasesRequest(
            page_size=size,
            page_token=token,
            queue=QUEUES.number(wanted.queue),
            states=[STATES.number(state) for state in sorted(wanted.states)],
            tenant=wanted.tenant,
            tags=sorted(wanted.tags),
            priority=PRIORITIES.number(wanted.priority),
            rule_id=wanted.rule_id,
            holder=wanted.holder,
            overdue_only=wanted.overdue_only,
        )
        answer = self._call(actor, self._review.ListCases, request)
        return Page(tuple(line_from_proto(line) for line in answer.cases), answer.next_page_token)

    def similar(self, actor: Actor, number: int, *, size: int = 10) -> tuple[Similar, ...]:
        """Return the cases whose templates resemble that of a case."""
        request = review_service_pb2.ListSimilarCasesRequest(case=number, page_size=size)
        answer = self._call(actor, self._review.ListSimilarCases, request)
        return tuple(similar_from_proto(similar) for similar in answer.cases)

    def statistics(self, actor: Actor, *, since: datetime | None = None) -> Statistics:
        """Return figures by queue, rule and reviewer."""
        request = review_service_pb2.GetStatisticsRequest(since=timestamp(since))
        return statistics_from_proto(self._call(actor, self._review.GetStatistics, request).statistics)

    def file_appeal(
        self, actor: Actor, verdict_id: str, text: str, evidence: Sequence[str] = (), *, request_id: str = ""
    ) -> Appeal:
        """Ask that the rejection of a template be undone."""
        request = appeal_service_pb2.FileAppealRequest(
            verdict_id=verdict_id, text=text, evidence=evidence, request_id=_named(request_id)
        )
        return appeal_from_proto(self._call(actor, self._appeal.FileAppeal, request).appeal)

    def appeal(self, actor: Actor, number: int) -> Appeal:
        """Return one appeal."""
        request = appeal_service_pb2.GetAppealRequest(appeal=number)
        return appeal_from_proto(self._call(actor, self._appeal.GetAppeal, request).appeal)

    def appeals(self, actor: Actor, *, open_only: bool = False, size: int = PAGE_SIZE, token: str = "") -> Page[Appeal]:
        """Return appeals, the oldest first, a page at a time."""
        request = appeal_service_pb2.ListAppealsRequest(page_size=size, page_token=token, open_only=open_only)
        answer = self._call(actor, self._appeal.ListAppeals, request)
        return Page(tuple(appeal_from_proto(appeal) for appeal in answer.appeals), answer.next_page_token)

    def decide(
        self, actor: Actor, number: int, epoch: int, outcome: Outcome, reason: str, *, request_id: str = ""
    ) -> Appeal:
        """Decide the appeal on a case that the actor holds."""
        request = appeal_service_pb2.DecideAppealRequest(
            case=number,
            epoch=epoch,
            outcome=OUTCOMES.number(outcome),
            reason=reason,
            request_id=_named(request_id),
        )
        return appeal_from_proto(self._call(actor, self._appeal.DecideAppeal, request).appeal)

    def proposals(self, actor: Actor, *, size: int = PAGE_SIZE, token: str = "") -> Page[Proposal]:
        """Return the exceptions that reversed decisions suggest, the oldest first."""
        request = review_service_pb2.ListProposalsRequest(page_size=size, page_token=token)
        answer = self._call(actor, self._review.ListProposals, request)
        return Page(tuple(proposal_from_proto(one) for one in answer.proposals), answer.next_page_token)

    def events(self, actor: Actor, *, after: int = 0, size: int = PAGE_SIZE) -> tuple[CaseEventRecord, ...]:
        """Return what happened to cases after a sequence number, in order."""
        request = review_service_pb2.ListCaseEventsRequest(after=after, page_size=size)
        answer = self._call(actor, self._review.ListCaseEvents, request)
        return tuple(event_from_proto(event) for event in answer.events)

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()

    def _call(self, actor: Actor, method: grpc.UnaryUnaryMultiCallable[Asked, Answer], request: Asked) -> Answer:
        try:
            return method(request, timeout=DEADLINE_SECONDS, metadata=metadata_of(actor))
        except grpc.RpcError as error:
            raise self._told(error) from error

    def _told(self, error: grpc.RpcError) -> DeskError | ServerError:
        """Return the desk's own refusal where it is one, else what is wrong with the server or the call."""
        told = server_error(self._address, error)
        if told.reason in set(DeskReason):
            return DeskError(DeskReason(told.reason), told.detail, **told.metadata)
        if told.fault is ServerFault.ABSENT:
            wrong = f"the server {self._address} does not answer there; check HOST:PORT and `moderation serve`"
            return DeskError(DeskReason.STORE_UNAVAILABLE, wrong)
        return told


def metadata_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the metadata by which a call says who makes it."""
    said = ((ACTOR_KEY, quote(actor.name)), (ROLE_KEY, actor.role.value))
    return (*said, (TENANT_KEY, quote(actor.tenant))) if actor.role is Role.SENDER else said


def _named(request_id: str) -> str:
    """Return a request's id, a new one where none is given, so that it can be sent again."""
    return request_id or uuid.uuid4().hex
