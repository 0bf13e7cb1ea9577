"""ReviewService: what reviewers do to cases; the desk does the work."""

from __future__ import annotations

from moderation.review.case import CODES, Case
from moderation.review.desk import PAGE_SIZE, CaseFilter, Desk
from moderation.review.people import Actor
from moderation.service.choices import DECISIONS, PRIORITIES, QUEUES, RULING_REASONS, STATES
from moderation.service.record_translate import event_to_proto, proposal_to_proto, statistics_to_proto
from moderation.service.review_translate import case_to_proto, line_to_proto, moment_of, similar_to_proto
from moderation.v1 import case_pb2, review_service_pb2

SIMILAR_CASES = 10
"""Similar cases that are returned unless another number is asked for."""


class ReviewHandlers:
    """The methods of ReviewService that answer once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def claim_next(
        self, message: review_service_pb2.ClaimNextRequest, actor: Actor
    ) -> review_service_pb2.ClaimNextResponse:
        """Hold the waiting case that comes first."""
        queues = (QUEUES.required(number, f"queues[{place}]") for place, number in enumerate(message.queues))
        case = self._desk.claim_next(
            actor,
            queues=frozenset(queues),
            tags=frozenset(message.tags),
            skills=frozenset(message.skills),
            request_id=message.request_id,
        )
        return review_service_pb2.ClaimNextResponse(case=_optional(case))

    def claim_case(
        self, message: review_service_pb2.ClaimCaseRequest, actor: Actor
    ) -> review_service_pb2.ClaimCaseResponse:
        """Hold one case."""
        case = self._desk.claim(actor, message.case, request_id=message.request_id)
        return review_service_pb2.ClaimCaseResponse(case=case_to_proto(case))

    def renew_lease(
        self, message: review_service_pb2.RenewLeaseRequest, actor: Actor
    ) -> review_service_pb2.RenewLeaseResponse:
        """Hold a case for longer."""
        case = self._desk.renew(actor, message.case, message.epoch, request_id=message.request_id)
        return review_service_pb2.RenewLeaseResponse(case=case_to_proto(case))

    def release_case(
        self, message: review_service_pb2.ReleaseCaseRequest, actor: Actor
    ) -> review_service_pb2.ReleaseCaseResponse:
        """Give a case back."""
        self._desk.release(actor, message.case, message.epoch, request_id=message.request_id)
        return review_service_pb2.ReleaseCaseResponse()

    def skip_case(
        self, message: review_service_pb2.SkipCaseRequest, actor: Actor
    ) -> review_service_pb2.SkipCaseResponse:
        """Give a case back for others."""
        self._desk.skip(actor, message.case, message.epoch, message.reason, request_id=message.request_id)
        return review_service_pb2.SkipCaseResponse()

    def rule_case(
        self, message: review_service_pb2.RuleCaseRequest, actor: Actor
    ) -> review_service_pb2.RuleCaseResponse:
        """Decide a case, and others with it."""
        decision = DECISIONS.required(message.decision, "decision", CODES)
        case = self._desk.rule(
            actor,
            message.case,
            message.epoch,
            decision,
            RULING_REASONS.required(message.reason, "reason", CODES[decision]),
            message.note,
            also=tuple(message.also),
            request_id=message.request_id,
        )
        return review_service_pb2.RuleCaseResponse(case=case_to_proto(case))

    def get_case(self, message: review_service_pb2.GetCaseRequest, actor: Actor) -> review_service_pb2.GetCaseResponse:
        """Return one case."""
        return review_service_pb2.GetCaseResponse(case=case_to_proto(self._desk.case(actor, message.case)))

    def list_cases(
        self, message: review_service_pb2.ListCasesRequest, actor: Actor
    ) -> review_service_pb2.ListCasesResponse:
        """Return a page of cases."""
        states = (STATES.required(number, f"states[{place}]") for place, number in enumerate(message.states))
        wanted = CaseFilter(
            queue=QUEUES.member(message.queue),
            states=frozenset(states),
            tenant=message.tenant,
            tags=frozenset(message.tags),
            priority=PRIORITIES.member(message.priority),
            rule_id=message.rule_id,
            holder=message.holder,
            overdue_only=message.overdue_only,
        )
        page = self._desk.cases(actor, wanted, size=message.page_size or PAGE_SIZE, token=message.page_token)
        return review_service_pb2.ListCasesResponse(
            cases=[line_to_proto(line) for line in page.items], next_page_token=page.next_token
        )

    def list_similar_cases(
        self, message: review_service_pb2.ListSimilarCasesRequest, actor: Actor
    ) -> review_service_pb2.ListSimilarCasesResponse:
        """Return the cases that resemble one."""
        found = self._desk.similar(actor, message.case, size=message.page_size or SIMILAR_CASES)
        return review_service_pb2.ListSimilarCasesResponse(cases=[similar_to_proto(similar) for similar in found])

    def get_statistics(
        self, message: review_service_pb2.GetStatisticsRequest, actor: Actor
    ) -> review_service_pb2.GetStatisticsResponse:
        """Return figures."""
        since = moment_of(message.since) if message.HasField("since") else None
        statistics = self._desk.statistics(actor, since=since)
        return review_service_pb2.GetStatisticsResponse(statistics=statistics_to_proto(statistics))

    def list_proposals(
        self, message: review_service_pb2.ListProposalsRequest, actor: Actor
    ) -> review_service_pb2.ListProposalsResponse:
        """Return a page of proposals."""
        page = self._desk.proposals(actor, size=message.page_size or PAGE_SIZE, token=message.page_token)
        return review_service_pb2.ListProposalsResponse(
            proposals=[proposal_to_proto(proposal) for proposal in page.items], next_page_token=page.next_token
        )

    def list_case_events(
        self, message: review_service_pb2.ListCaseEventsRequest, actor: Actor
    ) -> review_service_pb2.ListCaseEventsResponse:
        """Return what happened after a sequence number."""
        events = self._desk.events(actor, after=message.after, size=message.page_size or PAGE_SIZE)
        return review_service_pb2.ListCaseEventsResponse(events=[event_to_proto(event) for event in events])


def _optional(case: Case | None) -> case_pb2.Case | None:
    return case_to_proto(case) if case is not None else None
