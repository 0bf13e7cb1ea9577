import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import rule_pb2 as _rule_pb2
from moderation.v1 import template_pb2 as _template_pb2
from moderation.v1 import verdict_pb2 as _verdict_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CaseQueue(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_QUEUE_UNSPECIFIED: _ClassVar[CaseQueue]
    CASE_QUEUE_REVIEW: _ClassVar[CaseQueue]
    CASE_QUEUE_QUALITY: _ClassVar[CaseQueue]
    CASE_QUEUE_APPEAL: _ClassVar[CaseQueue]

class CasePriority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_PRIORITY_UNSPECIFIED: _ClassVar[CasePriority]
    CASE_PRIORITY_COMPLAINT: _ClassVar[CasePriority]
    CASE_PRIORITY_GOVERNMENT: _ClassVar[CasePriority]
    CASE_PRIORITY_NORMAL: _ClassVar[CasePriority]
    CASE_PRIORITY_LOW: _ClassVar[CasePriority]

class CaseState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_STATE_UNSPECIFIED: _ClassVar[CaseState]
    CASE_STATE_OPEN: _ClassVar[CaseState]
    CASE_STATE_CLAIMED: _ClassVar[CaseState]
    CASE_STATE_RULED: _ClassVar[CaseState]
    CASE_STATE_APPEALED: _ClassVar[CaseState]
    CASE_STATE_APPEAL_CLAIMED: _ClassVar[CaseState]
    CASE_STATE_FINAL: _ClassVar[CaseState]

class AppealOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    APPEAL_OUTCOME_UNSPECIFIED: _ClassVar[AppealOutcome]
    APPEAL_OUTCOME_UPHELD: _ClassVar[AppealOutcome]
    APPEAL_OUTCOME_REVERSED: _ClassVar[AppealOutcome]
CASE_QUEUE_UNSPECIFIED: CaseQueue
CASE_QUEUE_REVIEW: CaseQueue
CASE_QUEUE_QUALITY: CaseQueue
CASE_QUEUE_APPEAL: CaseQueue
CASE_PRIORITY_UNSPECIFIED: CasePriority
CASE_PRIORITY_COMPLAINT: CasePriority
CASE_PRIORITY_GOVERNMENT: CasePriority
CASE_PRIORITY_NORMAL: CasePriority
CASE_PRIORITY_LOW: CasePriority
CASE_STATE_UNSPECIFIED: CaseState
CASE_STATE_OPEN: CaseState
CASE_STATE_CLAIMED: CaseState
CASE_STATE_RULED: CaseState
CASE_STATE_APPEALED: CaseState
CASE_STATE_APPEAL_CLAIMED: CaseState
CASE_STATE_FINAL: CaseState
APPEAL_OUTCOME_UNSPECIFIED: AppealOutcome
APPEAL_OUTCOME_UPHELD: AppealOutcome
APPEAL_OUTCOME_REVERSED: AppealOutcome

class CaseReason(_message.Message):
    __slots__ = ("rule_id", "rule_name", "category", "severity", "score", "span", "quote", "term", "message", "advice", "laws")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    LAWS_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    rule_name: str
    category: _rule_pb2.ReasonCategory
    severity: _rule_pb2.Severity
    score: float
    span: _verdict_pb2.Span
    quote: str
    term: str
    message: str
    advice: str
    laws: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, rule_id: _Optional[str] = ..., rule_name: _Optional[str] = ..., category: _Optional[_Union[_rule_pb2.ReasonCategory, str]] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., score: _Optional[float] = ..., span: _Optional[_Union[_verdict_pb2.Span, _Mapping]] = ..., quote: _Optional[str] = ..., term: _Optional[str] = ..., message: _Optional[str] = ..., advice: _Optional[str] = ..., laws: _Optional[_Iterable[str]] = ...) -> None: ...

class Lease(_message.Message):
    __slots__ = ("holder", "epoch", "expires_at")
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    holder: str
    epoch: int
    expires_at: _timestamp_pb2.Timestamp
    def __init__(self, holder: _Optional[str] = ..., epoch: _Optional[int] = ..., expires_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseRuling(_message.Message):
    __slots__ = ("reviewer", "decision", "reason", "note", "ruled_at")
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    RULED_AT_FIELD_NUMBER: _ClassVar[int]
    reviewer: str
    decision: _verdict_pb2.Decision
    reason: _verdict_pb2.RulingReason
    note: str
    ruled_at: _timestamp_pb2.Timestamp
    def __init__(self, reviewer: _Optional[str] = ..., decision: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., reason: _Optional[_Union[_verdict_pb2.RulingReason, str]] = ..., note: _Optional[str] = ..., ruled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseSkip(_message.Message):
    __slots__ = ("reviewer", "reason", "skipped_at")
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_AT_FIELD_NUMBER: _ClassVar[int]
    reviewer: str
    reason: str
    skipped_at: _timestamp_pb2.Timestamp
    def __init__(self, reviewer: _Optional[str] = ..., reason: _Optional[str] = ..., skipped_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Appeal(_message.Message):
    __slots__ = ("appeal", "case", "verdict_id", "tenant", "filed_by", "text", "evidence", "filed_at", "outcome", "decided_by", "reason", "decided_at")
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    FILED_BY_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    FILED_AT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    appeal: int
    case: int
    verdict_id: str
    tenant: str
    filed_by: str
    text: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    filed_at: _timestamp_pb2.Timestamp
    outcome: AppealOutcome
    decided_by: str
    reason: str
    decided_at: _timestamp_pb2.Timestamp
    def __init__(self, appeal: _Optional[int] = ..., case: _Optional[int] = ..., verdict_id: _Optional[str] = ..., tenant: _Optional[str] = ..., filed_by: _Optional[str] = ..., text: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., filed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[_Union[AppealOutcome, str]] = ..., decided_by: _Optional[str] = ..., reason: _Optional[str] = ..., decided_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CaseLine(_message.Message):
    __slots__ = ("case", "verdict_id", "queue", "state", "priority", "tenant", "machine_decision", "risk_score", "rules", "tags", "excerpt", "opened_at", "due_at", "lease", "ruling")
    CASE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    MACHINE_DECISION_FIELD_NUMBER: _ClassVar[int]
    RISK_SCORE_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    EXCERPT_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    RULING_FIELD_NUMBER: _ClassVar[int]
    case: int
    verdict_id: str
    queue: CaseQueue
    state: CaseState
    priority: CasePriority
    tenant: str
    machine_decision: _verdict_pb2.Decision
    risk_score: float
    rules: _containers.RepeatedScalarFieldContainer[str]
    tags: _containers.RepeatedScalarFieldContainer[str]
    excerpt: str
    opened_at: _timestamp_pb2.Timestamp
    due_at: _timestamp_pb2.Timestamp
    lease: Lease
    ruling: _verdict_pb2.Decision
    def __init__(self, case: _Optional[int] = ..., verdict_id: _Optional[str] = ..., queue: _Optional[_Union[CaseQueue, str]] = ..., state: _Optional[_Union[CaseState, str]] = ..., priority: _Optional[_Union[CasePriority, str]] = ..., tenant: _Optional[str] = ..., machine_decision: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., risk_score: _Optional[float] = ..., rules: _Optional[_Iterable[str]] = ..., tags: _Optional[_Iterable[str]] = ..., excerpt: _Optional[str] = ..., opened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lease: _Optional[_Union[Lease, _Mapping]] = ..., ruling: _Optional[_Union[_verdict_pb2.Decision, str]] = ...) -> None: ...

class Case(_message.Message):
    __slots__ = ("line", "template", "reasons", "suggested_text", "ruling", "appeal", "skips", "purged")
    LINE_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_TEXT_FIELD_NUMBER: _ClassVar[int]
    RULING_FIELD_NUMBER: _ClassVar[int]
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    SKIPS_FIELD_NUMBER: _ClassVar[int]
    PURGED_FIELD_NUMBER: _ClassVar[int]
    line: CaseLine
    template: _template_pb2.Template
    reasons: _containers.RepeatedCompositeFieldContainer[CaseReason]
    suggested_text: str
    ruling: CaseRuling
    appeal: Appeal
    skips: _containers.RepeatedCompositeFieldContainer[CaseSkip]
    purged: bool
    def __init__(self, line: _Optional[_Union[CaseLine, _Mapping]] = ..., template: _Optional[_Union[_template_pb2.Template, _Mapping]] = ..., reasons: _Optional[_Iterable[_Union[CaseReason, _Mapping]]] = ..., suggested_text: _Optional[str] = ..., ruling: _Optional[_Union[CaseRuling, _Mapping]] = ..., appeal: _Optional[_Union[Appeal, _Mapping]] = ..., skips: _Optional[_Iterable[_Union[CaseSkip, _Mapping]]] = ..., purged: _Optional[bool] = ...) -> None: ...

class SimilarCase(_message.Message):
    __slots__ = ("line", "similarity", "ruling")
    LINE_FIELD_NUMBER: _ClassVar[int]
    SIMILARITY_FIELD_NUMBER: _ClassVar[int]
    RULING_FIELD_NUMBER: _ClassVar[int]
    line: CaseLine
    similarity: float
    ruling: CaseRuling
    def __init__(self, line: _Optional[_Union[CaseLine, _Mapping]] = ..., similarity: _Optional[float] = ..., ruling: _Optional[_Union[CaseRuling, _Mapping]] = ...) -> None: ...

class Proposal(_message.Message):
    __slots__ = ("proposal", "case", "rule_id", "term", "quote", "proposed_at")
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_AT_FIELD_NUMBER: _ClassVar[int]
    proposal: int
    case: int
    rule_id: str
    term: str
    quote: str
    proposed_at: _timestamp_pb2.Timestamp
    def __init__(self, proposal: _Optional[int] = ..., case: _Optional[int] = ..., rule_id: _Optional[str] = ..., term: _Optional[str] = ..., quote: _Optional[str] = ..., proposed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class QueueStatistics(_message.Message):
    __slots__ = ("queue", "waiting", "held", "overdue", "oldest_at")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    OLDEST_AT_FIELD_NUMBER: _ClassVar[int]
    queue: CaseQueue
    waiting: int
    held: int
    overdue: int
    oldest_at: _timestamp_pb2.Timestamp
    def __init__(self, queue: _Optional[_Union[CaseQueue, str]] = ..., waiting: _Optional[int] = ..., held: _Optional[int] = ..., overdue: _Optional[int] = ..., oldest_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RuleStatistics(_message.Message):
    __slots__ = ("rule_id", "cases", "passed", "rejected", "appeals", "overturned")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    APPEALS_FIELD_NUMBER: _ClassVar[int]
    OVERTURNED_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    cases: int
    passed: int
    rejected: int
    appeals: int
    overturned: int
    def __init__(self, rule_id: _Optional[str] = ..., cases: _Optional[int] = ..., passed: _Optional[int] = ..., rejected: _Optional[int] = ..., appeals: _Optional[int] = ..., overturned: _Optional[int] = ...) -> None: ...

class ReviewerStatistics(_message.Message):
    __slots__ = ("reviewer", "passed", "rejected", "decided_appeals", "overturned", "median_seconds")
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    DECIDED_APPEALS_FIELD_NUMBER: _ClassVar[int]
    OVERTURNED_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    reviewer: str
    passed: int
    rejected: int
    decided_appeals: int
    overturned: int
    median_seconds: float
    def __init__(self, reviewer: _Optional[str] = ..., passed: _Optional[int] = ..., rejected: _Optional[int] = ..., decided_appeals: _Optional[int] = ..., overturned: _Optional[int] = ..., median_seconds: _Optional[float] = ...) -> None: ...

class Statistics(_message.Message):
    __slots__ = ("queues", "rules", "reviewers", "passed_unseen")
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    REVIEWERS_FIELD_NUMBER: _ClassVar[int]
    PASSED_UNSEEN_FIELD_NUMBER: _ClassVar[int]
    queues: _containers.RepeatedCompositeFieldContainer[QueueStatistics]
    rules: _containers.RepeatedCompositeFieldContainer[RuleStatistics]
    reviewers: _containers.RepeatedCompositeFieldContainer[ReviewerStatistics]
    passed_unseen: int
    def __init__(self, queues: _Optional[_Iterable[_Union[QueueStatistics, _Mapping]]] = ..., rules: _Optional[_Iterable[_Union[RuleStatistics, _Mapping]]] = ..., reviewers: _Optional[_Iterable[_Union[ReviewerStatistics, _Mapping]]] = ..., passed_unseen: _Optional[int] = ...) -> None: ...

class CaseEvent(_message.Message):
    __slots__ = ("sequence", "kind", "case", "verdict_id", "tenant", "at", "details")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    kind: str
    case: int
    verdict_id: str
    tenant: str
    at: _timestamp_pb2.Timestamp
    details: _struct_pb2.Struct
    def __init__(self, sequence: _Optional[int] = ..., kind: _Optional[str] = ..., case: _Optional[int] = ..., verdict_id: _Optional[str] = ..., tenant: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., details: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...
