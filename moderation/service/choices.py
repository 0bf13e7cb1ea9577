"""Enums of the domain and their numbers in the contract, both ways."""

from __future__ import annotations

from collections.abc import Container, Iterable
from enum import Enum
from typing import Any, Generic, TypeVar

from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper

from moderation.links.link import LinkKind, Proof
from moderation.links.states import LinkState
from moderation.policies.effective import Origin
from moderation.review.audit_proof import FaultKind
from moderation.review.case import Outcome, Priority, Queue, ReasonCode
from moderation.review.states import CaseState
from moderation.rules.rule import ReasonCategory, Severity
from moderation.rules.rule_trials import TrialState
from moderation.service.errors import Reason, RequestError
from moderation.v1 import (
    audit_service_pb2,
    case_pb2,
    link_pb2,
    policy_service_pb2,
    rule_pb2,
    trial_service_pb2,
    verdict_pb2,
)
from moderation.verdict import Decision

Member = TypeVar("Member", bound=Enum)


class Choices(Generic[Member]):
    """The members of an enum; None is the number 0, which means that none is chosen."""

    def __init__(self, wrapper: EnumTypeWrapper, prefix: str, members: Iterable[Member]) -> None:
        self._names = {wrapper.Value(prefix + member.name): prefix + member.name for member in members}
        self._numbers = {member: wrapper.Value(prefix + member.name) for member in members}
        self._members = {number: member for member, number in self._numbers.items()}

    def number(self, member: Member | None) -> Any:  # noqa: ANN401 - each enum has a type of its own in the stubs
        """Return the number of a member."""
        return self._numbers.get(member, 0) if member is not None else 0

    def member(self, number: int) -> Member | None:
        """Return the member of a number."""
        return self._members.get(number)

    def sent(self, number: int) -> Member:
        """Return the member of a number in an answer, which always has one; raise KeyError for a newer server's."""
        return self._members[number]

    def required(self, number: int, field: str, allowed: Container[Member] | None = None) -> Member:
        """Return the member of a request's field; raise a RequestError where there is none or it is not allowed."""
        member = self._members.get(number)
        if member is not None and (allowed is None or member in allowed):
            return member
        known = " ".join(name for one, name in self._names.items() if allowed is None or self._members[one] in allowed)
        if number == 0:
            raise RequestError(Reason.FIELD_REQUIRED, f"must be one of {known}", field)
        raise RequestError(Reason.ENUM_UNKNOWN, f"must be one of {known}", field, value=number, known=known)


DECISIONS = Choices(verdict_pb2.Decision, "DECISION_", Decision)
RULING_REASONS = Choices(verdict_pb2.RulingReason, "RULING_REASON_", ReasonCode)
CATEGORIES = Choices(rule_pb2.ReasonCategory, "REASON_CATEGORY_", ReasonCategory)
SEVERITIES = Choices(rule_pb2.Severity, "SEVERITY_", Severity)
QUEUES = Choices(case_pb2.CaseQueue, "CASE_QUEUE_", Queue)
PRIORITIES = Choices(case_pb2.CasePriority, "CASE_PRIORITY_", Priority)
STATES = Choices(case_pb2.CaseState, "CASE_STATE_", CaseState)
OUTCOMES = Choices(case_pb2.AppealOutcome, "APPEAL_OUTCOME_", Outcome)
LINK_KINDS = Choices(link_pb2.LinkKind, "LINK_KIND_", LinkKind)
LINK_STATES = Choices(link_pb2.LinkState, "LINK_STATE_", LinkState)
PROOFS = Choices(link_pb2.LinkProof, "LINK_PROOF_", Proof)
ORIGINS = Choices(policy_service_pb2.PolicyOrigin, "POLICY_ORIGIN_", Origin)
TRIAL_STATES = Choices(trial_service_pb2.RuleTrialState, "RULE_TRIAL_STATE_", TrialState)
FAULT_KINDS = Choices(audit_service_pb2.AuditFaultKind, "AUDIT_FAULT_KIND_", FaultKind)
