"""A server's desk: the same verbs as the store in this process, by gRPC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from moderation.cli.remote_calls import RemoteCalls, named
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
from moderation.review.desk import PAGE_SIZE, CaseFilter, Page
from moderation.review.people import Actor
from moderation.service.choices import DECISIONS, OUTCOMES, PRIORITIES, QUEUES, RULING_REASONS, STATES
from moderation.service.record_translate import event_from_proto, proposal_from_proto, statistics_from_proto
from moderation.service.review_translate import (
    appeal_from_proto,
    case_from_proto,
    line_from_proto,
    similar_from_proto,
    timestamp,
)
from moderation.v1 import (
    appeal_service_pb2,
    appeal_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
)
from moderation.verdict import Decision


class RemoteDesk:
    """Implements `moderation.review.desk.Desk` over a server; safe to share between threads.

    Raises ServerError where the server refuses a call for what the desk has no reason for, such as the actor's role.
    """

    def __init__(self, address: str) -> None:
        self._calls = RemoteCalls(address, "ReviewService", "AppealService")
        self._call = self._calls.call
        self._review = review_service_pb2_grpc.ReviewServiceStub(self._calls.channel)
        self._appeal = appeal_service_pb2_grpc.AppealServiceStub(self._calls.channel)

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
            request_id=named(request_id),
        )
        answer = self._call(actor, self._review.ClaimNext, request)
        return case_from_proto(answer.case) if answer.HasField("case") else None

    def claim(self, actor: Actor, number: int, *, request_id: str = "") -> Case:
        """Hold one waiting case."""
        request = review_service_pb2.ClaimCaseRequest(case=number, request_id=named(request_id))
        return case_from_proto(self._call(actor, self._review.ClaimCase, request).case)

    def renew(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> Case:
        """Hold a case for longer."""
        request = review_service_pb2.RenewLeaseRequest(case=number, epoch=epoch, request_id=named(request_id))
        return case_from_proto(self._call(actor, self._review.RenewLease, request).case)

    def release(self, actor: Actor, number: int, epoch: int, *, request_id: str = "") -> None:
        """Give a case back."""
        request = review_service_pb2.ReleaseCaseRequest(case=number, epoch=epoch, request_id=named(request_id))
        self._call(actor, self._review.ReleaseCase, request)

    def skip(self, actor: Actor, number: int, epoch: int, reason: str, *, request_id: str = "") -> None:
        """Give a case back and never get it again by `claim_next`."""
        request = review_service_pb2.SkipCaseRequest(
            case=number, epoch=epoch, reason=reason, request_id=named(request_id)
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
            request_id=named(request_id),
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
            verdict_id=verdict_id, text=text, evidence=evidence, request_id=named(request_id)
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
            request_id=named(request_id),
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
        self._calls.close()
