from moderation.v1 import error_reason_pb2 as _error_reason_pb2
from moderation.v1 import template_pb2 as _template_pb2
from moderation.v1 import verdict_pb2 as _verdict_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CheckRequest(_message.Message):
    __slots__ = ("template", "locale", "without_suggestion")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_SUGGESTION_FIELD_NUMBER: _ClassVar[int]
    template: _template_pb2.Template
    locale: str
    without_suggestion: bool
    def __init__(self, template: _Optional[_Union[_template_pb2.Template, _Mapping]] = ..., locale: _Optional[str] = ..., without_suggestion: _Optional[bool] = ...) -> None: ...

class CheckResponse(_message.Message):
    __slots__ = ("verdict",)
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    verdict: _verdict_pb2.Verdict
    def __init__(self, verdict: _Optional[_Union[_verdict_pb2.Verdict, _Mapping]] = ...) -> None: ...

class CheckBatchRequest(_message.Message):
    __slots__ = ("items", "locale", "without_suggestion")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_SUGGESTION_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[_template_pb2.Template]
    locale: str
    without_suggestion: bool
    def __init__(self, items: _Optional[_Iterable[_Union[_template_pb2.Template, _Mapping]]] = ..., locale: _Optional[str] = ..., without_suggestion: _Optional[bool] = ...) -> None: ...

class CheckBatchResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[CheckResult]
    def __init__(self, results: _Optional[_Iterable[_Union[CheckResult, _Mapping]]] = ...) -> None: ...

class CheckStreamRequest(_message.Message):
    __slots__ = ("template", "locale", "sequence", "without_suggestion")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_SUGGESTION_FIELD_NUMBER: _ClassVar[int]
    template: _template_pb2.Template
    locale: str
    sequence: int
    without_suggestion: bool
    def __init__(self, template: _Optional[_Union[_template_pb2.Template, _Mapping]] = ..., locale: _Optional[str] = ..., sequence: _Optional[int] = ..., without_suggestion: _Optional[bool] = ...) -> None: ...

class CheckStreamResponse(_message.Message):
    __slots__ = ("sequence", "result")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    result: CheckResult
    def __init__(self, sequence: _Optional[int] = ..., result: _Optional[_Union[CheckResult, _Mapping]] = ...) -> None: ...

class CheckMessageRequest(_message.Message):
    __slots__ = ("template", "messages", "locale")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    template: _template_pb2.Template
    messages: _containers.RepeatedScalarFieldContainer[str]
    locale: str
    def __init__(self, template: _Optional[_Union[_template_pb2.Template, _Mapping]] = ..., messages: _Optional[_Iterable[str]] = ..., locale: _Optional[str] = ...) -> None: ...

class CheckMessageResponse(_message.Message):
    __slots__ = ("verdicts",)
    VERDICTS_FIELD_NUMBER: _ClassVar[int]
    verdicts: _containers.RepeatedCompositeFieldContainer[MessageVerdict]
    def __init__(self, verdicts: _Optional[_Iterable[_Union[MessageVerdict, _Mapping]]] = ...) -> None: ...

class MessageVerdict(_message.Message):
    __slots__ = ("decision", "risk_score", "is_filled_from_template", "template_decision", "findings", "values", "segments", "ruleset", "policy_version", "default_policy_version")
    DECISION_FIELD_NUMBER: _ClassVar[int]
    RISK_SCORE_FIELD_NUMBER: _ClassVar[int]
    IS_FILLED_FROM_TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_DECISION_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    RULESET_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    decision: _verdict_pb2.Decision
    risk_score: float
    is_filled_from_template: bool
    template_decision: _verdict_pb2.Decision
    findings: _containers.RepeatedCompositeFieldContainer[_verdict_pb2.Finding]
    values: _containers.RepeatedCompositeFieldContainer[PlaceholderValue]
    segments: int
    ruleset: str
    policy_version: int
    default_policy_version: int
    def __init__(self, decision: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., risk_score: _Optional[float] = ..., is_filled_from_template: _Optional[bool] = ..., template_decision: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., findings: _Optional[_Iterable[_Union[_verdict_pb2.Finding, _Mapping]]] = ..., values: _Optional[_Iterable[_Union[PlaceholderValue, _Mapping]]] = ..., segments: _Optional[int] = ..., ruleset: _Optional[str] = ..., policy_version: _Optional[int] = ..., default_policy_version: _Optional[int] = ...) -> None: ...

class PlaceholderValue(_message.Message):
    __slots__ = ("name", "start", "end")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    name: str
    start: int
    end: int
    def __init__(self, name: _Optional[str] = ..., start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...

class CheckResult(_message.Message):
    __slots__ = ("id", "verdict", "error")
    ID_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    id: str
    verdict: _verdict_pb2.Verdict
    error: ItemError
    def __init__(self, id: _Optional[str] = ..., verdict: _Optional[_Union[_verdict_pb2.Verdict, _Mapping]] = ..., error: _Optional[_Union[ItemError, _Mapping]] = ...) -> None: ...

class ItemError(_message.Message):
    __slots__ = ("reason", "field", "message", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    REASON_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    reason: _error_reason_pb2.ErrorReason
    field: str
    message: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., field: _Optional[str] = ..., message: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...
