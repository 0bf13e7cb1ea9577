"""Cases, rulings and appeals to messages of the contract and back."""

from __future__ import annotations

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from moderation.review.case import Appeal, Case, CaseLine, Lease, Reason, Ruling, Similar, Skip
from moderation.rules.rule import ReasonCategory, Severity
from moderation.service.choices import (
    CATEGORIES,
    DECISIONS,
    OUTCOMES,
    PRIORITIES,
    QUEUES,
    RULING_REASONS,
    SEVERITIES,
    STATES,
)
from moderation.service.translate import template_from_proto, template_to_proto
from moderation.text.template import Span
from moderation.v1 import case_pb2, verdict_pb2


def timestamp(moment: datetime | None) -> Timestamp | None:
    """Return the message of a moment that has a time zone."""
    if moment is None:
        return None
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def moment_of(message: Timestamp) -> datetime:
    """Return the moment of a message."""
    return message.ToDatetime(UTC)


def case_to_proto(case: Case) -> case_pb2.Case:
    """Return the message of a case."""
    return case_pb2.Case(
        line=line_to_proto(case.line),
        template=template_to_proto(case.template),
        reasons=[_reason_to_proto(reason) for reason in case.reasons],
        suggested_text=case.suggested_text,
        ruling=ruling_to_proto(case.ruling),
        appeal=appeal_to_proto(case.appeal) if case.appeal is not None else None,
        skips=[
            case_pb2.CaseSkip(reviewer=skip.reviewer, reason=skip.reason, skipped_at=timestamp(skip.skipped_at))
            for skip in case.skips
        ],
        purged=case.purged,
    )


def case_from_proto(message: case_pb2.Case) -> Case:
    """Return the case of a message."""
    return Case(
        line=line_from_proto(message.line),
        template=template_from_proto(message.template),
        reasons=tuple(_reason_from_proto(reason) for reason in message.reasons),
        suggested_text=message.suggested_text,
        ruling=ruling_from_proto(message.ruling) if message.HasField("ruling") else None,
        appeal=appeal_from_proto(message.appeal) if message.HasField("appeal") else None,
        skips=tuple(Skip(skip.reviewer, skip.reason, moment_of(skip.skipped_at)) for skip in message.skips),
        purged=message.purged,
    )


def line_to_proto(line: CaseLine) -> case_pb2.CaseLine:
    """Return the message of a case in a list."""
    return case_pb2.CaseLine(
        case=line.number,
        verdict_id=line.verdict_id,
        queue=QUEUES.number(line.queue),
        state=STATES.number(line.state),
        priority=PRIORITIES.number(line.priority),
        tenant=line.tenant,
        machine_decision=DECISIONS.number(line.machine),
        risk_score=line.risk_score,
        rules=line.rules,
        tags=line.tags,
        excerpt=line.excerpt,
        opened_at=timestamp(line.opened_at),
        due_at=timestamp(line.due_at),
        lease=_lease_to_proto(line.lease),
        ruling=DECISIONS.number(line.ruling),
    )


def line_from_proto(message: case_pb2.CaseLine) -> CaseLine:
    """Return the case in a list of a message."""
    lease = message.lease
    return CaseLine(
        number=message.case,
        verdict_id=message.verdict_id,
        queue=QUEUES.sent(message.queue),
        state=STATES.sent(message.state),
        priority=PRIORITIES.sent(message.priority),
        tenant=message.tenant,
        machine=DECISIONS.sent(message.machine_decision),
        risk_score=message.risk_score,
        rules=tuple(message.rules),
        tags=tuple(message.tags),
        excerpt=message.excerpt,
        opened_at=moment_of(message.opened_at),
        due_at=moment_of(message.due_at),
        lease=Lease(lease.holder, lease.epoch, moment_of(lease.expires_at)) if message.HasField("lease") else None,
        ruling=DECISIONS.member(message.ruling),
    )


def ruling_to_proto(ruling: Ruling | None) -> case_pb2.CaseRuling | None:
    """Return the message of a reviewer's ruling."""
    if ruling is None:
        return None
    return case_pb2.CaseRuling(
        reviewer=ruling.reviewer,
        decision=DECISIONS.number(ruling.decision),
        reason=RULING_REASONS.number(ruling.code),
        note=ruling.note,
        ruled_at=timestamp(ruling.ruled_at),
    )


def ruling_from_proto(message: case_pb2.CaseRuling) -> Ruling:
    """Return the reviewer's ruling of a message."""
    decision, code = DECISIONS.sent(message.decision), RULING_REASONS.sent(message.reason)
    return Ruling(message.reviewer, decision, code, message.note, moment_of(message.ruled_at))


def appeal_to_proto(appeal: Appeal) -> case_pb2.Appeal:
    """Return the message of an appeal."""
    return case_pb2.Appeal(
        appeal=appeal.number,
        case=appeal.case,
        verdict_id=appeal.verdict_id,
        tenant=appeal.tenant,
        filed_by=appeal.filed_by,
        text=appeal.text,
        evidence=appeal.evidence,
        filed_at=timestamp(appeal.filed_at),
        outcome=OUTCOMES.number(appeal.outcome),
        decided_by=appeal.decided_by,
        reason=appeal.reason,
        decided_at=timestamp(appeal.decided_at),
    )


def appeal_from_proto(message: case_pb2.Appeal) -> Appeal:
    """Return the appeal of a message."""
    return Appeal(
        number=message.appeal,
        case=message.case,
        verdict_id=message.verdict_id,
        tenant=message.tenant,
        filed_by=message.filed_by,
        text=message.text,
        evidence=tuple(message.evidence),
        filed_at=moment_of(message.filed_at),
        outcome=OUTCOMES.member(message.outcome),
        decided_by=message.decided_by,
        reason=message.reason,
        decided_at=moment_of(message.decided_at) if message.HasField("decided_at") else None,
    )


def similar_to_proto(similar: Similar) -> case_pb2.SimilarCase:
    """Return the message of a similar case."""
    return case_pb2.SimilarCase(
        line=line_to_proto(similar.line), similarity=similar.similarity, ruling=ruling_to_proto(similar.ruling)
    )


def similar_from_proto(message: case_pb2.SimilarCase) -> Similar:
    """Return the similar case of a message."""
    ruling = ruling_from_proto(message.ruling) if message.HasField("ruling") else None
    return Similar(line_from_proto(message.line), message.similarity, ruling)


def _lease_to_proto(lease: Lease | None) -> case_pb2.Lease | None:
    if lease is None:
        return None
    return case_pb2.Lease(holder=lease.holder, epoch=lease.epoch, expires_at=timestamp(lease.expires_at))


def _reason_to_proto(reason: Reason) -> case_pb2.CaseReason:
    span = reason.span
    return case_pb2.CaseReason(
        rule_id=reason.rule_id,
        rule_name=reason.rule_name,
        category=CATEGORIES.number(ReasonCategory(reason.category)),
        severity=SEVERITIES.number(Severity(reason.severity)),
        score=reason.score,
        span=verdict_pb2.Span(start=span.start, end=span.end) if span is not None else None,
        quote=reason.quote,
        term=reason.term,
        message=reason.message,
        advice=reason.advice,
        laws=reason.laws,
    )


def _reason_from_proto(message: case_pb2.CaseReason) -> Reason:
    return Reason(
        rule_id=message.rule_id,
        rule_name=message.rule_name,
        category=CATEGORIES.sent(message.category).value,
        severity=SEVERITIES.sent(message.severity).value,
        score=message.score,
        span=Span(message.span.start, message.span.end) if message.HasField("span") else None,
        quote=message.quote,
        term=message.term,
        message=message.message,
        advice=message.advice,
        laws=tuple(message.laws),
    )
