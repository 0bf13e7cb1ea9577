"""Statistics, proposals and events to messages of the contract and back."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.struct_pb2 import Struct, Value

from moderation.review.case import (
    CaseEventRecord,
    Proposal,
    QueueStatistics,
    ReviewerStatistics,
    RuleStatistics,
    Statistics,
)
from moderation.service.choices import QUEUES
from moderation.service.review_translate import moment_of, timestamp
from moderation.v1 import case_pb2


def statistics_to_proto(statistics: Statistics) -> case_pb2.Statistics:
    """Return the message of figures."""
    return case_pb2.Statistics(
        queues=[_queue_to_proto(queue) for queue in statistics.queues],
        rules=[_rule_to_proto(rule) for rule in statistics.rules],
        reviewers=[_reviewer_to_proto(reviewer) for reviewer in statistics.reviewers],
        passed_unseen=statistics.passed_unseen,
    )


def statistics_from_proto(message: case_pb2.Statistics) -> Statistics:
    """Return the figures of a message."""
    return Statistics(
        tuple(_queue_from_proto(queue) for queue in message.queues),
        tuple(_rule_from_proto(rule) for rule in message.rules),
        tuple(_reviewer_from_proto(reviewer) for reviewer in message.reviewers),
        message.passed_unseen,
    )


def proposal_to_proto(proposal: Proposal) -> case_pb2.Proposal:
    """Return the message of a proposal."""
    return case_pb2.Proposal(
        proposal=proposal.number,
        case=proposal.case,
        rule_id=proposal.rule_id,
        term=proposal.term,
        quote=proposal.quote,
        proposed_at=timestamp(proposal.proposed_at),
    )


def proposal_from_proto(message: case_pb2.Proposal) -> Proposal:
    """Return the proposal of a message."""
    return Proposal(
        message.proposal, message.case, message.rule_id, message.term, message.quote, moment_of(message.proposed_at)
    )


def event_to_proto(event: CaseEventRecord) -> case_pb2.CaseEvent:
    """Return the message of an event."""
    details = Struct()
    details.update(event.details)
    return case_pb2.CaseEvent(
        sequence=event.sequence,
        kind=event.kind,
        case=event.case,
        verdict_id=event.verdict_id,
        tenant=event.tenant,
        at=timestamp(event.at),
        details=details,
    )


def event_from_proto(message: case_pb2.CaseEvent) -> CaseEventRecord:
    """Return the event of a message."""
    return CaseEventRecord(
        sequence=message.sequence,
        kind=message.kind,
        case=message.case,
        verdict_id=message.verdict_id,
        tenant=message.tenant,
        at=moment_of(message.at),
        details=_details(message.details),
    )


def _details(message: Struct) -> Mapping[str, str | int | float | None]:
    return {name: _scalar(value) for name, value in message.fields.items()}


def _scalar(value: Value) -> str | int | float | None:
    """Return a fact; its message has one kind of number, of which the whole ones are taken for int."""
    if value.HasField("string_value"):
        return value.string_value
    if not value.HasField("number_value"):
        return None
    number = value.number_value
    return int(number) if number.is_integer() else number


def _queue_to_proto(queue: QueueStatistics) -> case_pb2.QueueStatistics:
    return case_pb2.QueueStatistics(
        queue=QUEUES.number(queue.queue),
        waiting=queue.waiting,
        held=queue.held,
        overdue=queue.overdue,
        oldest_at=timestamp(queue.oldest_at),
    )


def _queue_from_proto(message: case_pb2.QueueStatistics) -> QueueStatistics:
    oldest_at = moment_of(message.oldest_at) if message.HasField("oldest_at") else None
    return QueueStatistics(QUEUES.sent(message.queue), message.waiting, message.held, message.overdue, oldest_at)


def _rule_to_proto(rule: RuleStatistics) -> case_pb2.RuleStatistics:
    return case_pb2.RuleStatistics(
        rule_id=rule.rule_id,
        cases=rule.cases,
        passed=rule.passed,
        rejected=rule.rejected,
        appeals=rule.appeals,
        overturned=rule.overturned,
    )


def _rule_from_proto(message: case_pb2.RuleStatistics) -> RuleStatistics:
    return RuleStatistics(
        message.rule_id, message.cases, message.passed, message.rejected, message.appeals, message.overturned
    )


def _reviewer_to_proto(reviewer: ReviewerStatistics) -> case_pb2.ReviewerStatistics:
    return case_pb2.ReviewerStatistics(
        reviewer=reviewer.reviewer,
        passed=reviewer.passed,
        rejected=reviewer.rejected,
        decided_appeals=reviewer.decided_appeals,
        overturned=reviewer.overturned,
        median_seconds=reviewer.median_seconds,
    )


def _reviewer_from_proto(message: case_pb2.ReviewerStatistics) -> ReviewerStatistics:
    return ReviewerStatistics(
        message.reviewer,
        message.passed,
        message.rejected,
        message.decided_appeals,
        message.overturned,
        message.median_seconds if message.HasField("median_seconds") else None,
    )
