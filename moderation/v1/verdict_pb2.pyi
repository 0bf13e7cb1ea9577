import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import rule_pb2 as _rule_pb2
from moderation.v1 import template_pb2 as _template_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Decision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_UNSPECIFIED: _ClassVar[Decision]
    DECISION_PASS: _ClassVar[Decision]
    DECISION_REVIEW: _ClassVar[Decision]
    DECISION_REJECT: _ClassVar[Decision]

class RulingReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RULING_REASON_UNSPECIFIED: _ClassVar[RulingReason]
    RULING_REASON_LAWFUL: _ClassVar[RulingReason]
    RULING_REASON_RULE_MISTAKEN: _ClassVar[RulingReason]
    RULING_REASON_EVIDENCE_PROVIDED: _ClassVar[RulingReason]
    RULING_REASON_CONFIRMED: _ClassVar[RulingReason]
    RULING_REASON_UNLAWFUL: _ClassVar[RulingReason]
    RULING_REASON_MISLEADING: _ClassVar[RulingReason]
    RULING_REASON_INCOMPLETE: _ClassVar[RulingReason]
    RULING_REASON_UNCLEAR: _ClassVar[RulingReason]
    RULING_REASON_OTHER: _ClassVar[RulingReason]
DECISION_UNSPECIFIED: Decision
DECISION_PASS: Decision
DECISION_REVIEW: Decision
DECISION_REJECT: Decision
RULING_REASON_UNSPECIFIED: RulingReason
RULING_REASON_LAWFUL: RulingReason
RULING_REASON_RULE_MISTAKEN: RulingReason
RULING_REASON_EVIDENCE_PROVIDED: RulingReason
RULING_REASON_CONFIRMED: RulingReason
RULING_REASON_UNLAWFUL: RulingReason
RULING_REASON_MISLEADING: RulingReason
RULING_REASON_INCOMPLETE: RulingReason
RULING_REASON_UNCLEAR: RulingReason
RULING_REASON_OTHER: RulingReason

class Span(_message.Message):
    __slots__ = ("start", "end")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class Finding(_message.Message):
    __slots__ = ("rule_id", "rule_name", "category", "severity", "score", "span", "quote", "term", "via", "message", "advice", "law")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    TERM_FIELD_NUMBER: _ClassVar[int]
    VIA_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    rule_name: str
    category: _rule_pb2.ReasonCategory
    severity: _rule_pb2.Severity
    score: float
    span: Span
    quote: str
    term: str
    via: _containers.RepeatedScalarFieldContainer[str]
    message: str
    advice: str
    law: _containers.RepeatedCompositeFieldContainer[_rule_pb2.Law]
    def __init__(self, rule_id: _Optional[str] = ..., rule_name: _Optional[str] = ..., category: _Optional[_Union[_rule_pb2.ReasonCategory, str]] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., score: _Optional[float] = ..., span: _Optional[_Union[Span, _Mapping]] = ..., quote: _Optional[str] = ..., term: _Optional[str] = ..., via: _Optional[_Iterable[str]] = ..., message: _Optional[str] = ..., advice: _Optional[str] = ..., law: _Optional[_Iterable[_Union[_rule_pb2.Law, _Mapping]]] = ...) -> None: ...

class Classification(_message.Message):
    __slots__ = ("type", "industry", "risk")
    class TypeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    class IndustryEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    class RiskEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: float
        def __init__(self, key: _Optional[str] = ..., value: _Optional[float] = ...) -> None: ...
    TYPE_FIELD_NUMBER: _ClassVar[int]
    INDUSTRY_FIELD_NUMBER: _ClassVar[int]
    RISK_FIELD_NUMBER: _ClassVar[int]
    type: _containers.ScalarMap[str, float]
    industry: _containers.ScalarMap[str, float]
    risk: _containers.ScalarMap[str, float]
    def __init__(self, type: _Optional[_Mapping[str, float]] = ..., industry: _Optional[_Mapping[str, float]] = ..., risk: _Optional[_Mapping[str, float]] = ...) -> None: ...

class Edit(_message.Message):
    __slots__ = ("rule_id", "start", "end", "replacement")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    REPLACEMENT_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    start: int
    end: int
    replacement: str
    def __init__(self, rule_id: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ..., replacement: _Optional[str] = ...) -> None: ...

class Ruling(_message.Message):
    __slots__ = ("decision", "reason", "ruled_at", "is_appeal")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RULED_AT_FIELD_NUMBER: _ClassVar[int]
    IS_APPEAL_FIELD_NUMBER: _ClassVar[int]
    decision: Decision
    reason: RulingReason
    ruled_at: _timestamp_pb2.Timestamp
    is_appeal: bool
    def __init__(self, decision: _Optional[_Union[Decision, str]] = ..., reason: _Optional[_Union[RulingReason, str]] = ..., ruled_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., is_appeal: _Optional[bool] = ...) -> None: ...

class Verdict(_message.Message):
    __slots__ = ("id", "decision", "risk_score", "type", "industry", "findings", "classification", "suggested_text", "segments", "ruleset", "degraded", "suggested_decision", "edits", "tags", "verdict_id", "case", "machine_decision", "ruling", "policy_version", "default_policy_version")
    ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    RISK_SCORE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    INDUSTRY_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    CLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_TEXT_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    RULESET_FIELD_NUMBER: _ClassVar[int]
    DEGRADED_FIELD_NUMBER: _ClassVar[int]
    SUGGESTED_DECISION_FIELD_NUMBER: _ClassVar[int]
    EDITS_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    CASE_FIELD_NUMBER: _ClassVar[int]
    MACHINE_DECISION_FIELD_NUMBER: _ClassVar[int]
    RULING_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    decision: Decision
    risk_score: float
    type: _template_pb2.TemplateType
    industry: _template_pb2.Industry
    findings: _containers.RepeatedCompositeFieldContainer[Finding]
    classification: Classification
    suggested_text: str
    segments: int
    ruleset: str
    degraded: _containers.RepeatedScalarFieldContainer[str]
    suggested_decision: Decision
    edits: _containers.RepeatedCompositeFieldContainer[Edit]
    tags: _containers.RepeatedScalarFieldContainer[str]
    verdict_id: str
    case: int
    machine_decision: Decision
    ruling: Ruling
    policy_version: int
    default_policy_version: int
    def __init__(self, id: _Optional[str] = ..., decision: _Optional[_Union[Decision, str]] = ..., risk_score: _Optional[float] = ..., type: _Optional[_Union[_template_pb2.TemplateType, str]] = ..., industry: _Optional[_Union[_template_pb2.Industry, str]] = ..., findings: _Optional[_Iterable[_Union[Finding, _Mapping]]] = ..., classification: _Optional[_Union[Classification, _Mapping]] = ..., suggested_text: _Optional[str] = ..., segments: _Optional[int] = ..., ruleset: _Optional[str] = ..., degraded: _Optional[_Iterable[str]] = ..., suggested_decision: _Optional[_Union[Decision, str]] = ..., edits: _Optional[_Iterable[_Union[Edit, _Mapping]]] = ..., tags: _Optional[_Iterable[str]] = ..., verdict_id: _Optional[str] = ..., case: _Optional[int] = ..., machine_decision: _Optional[_Union[Decision, str]] = ..., ruling: _Optional[_Union[Ruling, _Mapping]] = ..., policy_version: _Optional[int] = ..., default_policy_version: _Optional[int] = ...) -> None: ...
