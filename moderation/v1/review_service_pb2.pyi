import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import case_pb2 as _case_pb2
from moderation.v1 import verdict_pb2 as _verdict_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClaimNextRequest(_message.Message):
    __slots__ = ("queues", "tags", "skills", "request_id")
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    queues: _containers.RepeatedScalarFieldContainer[_case_pb2.CaseQueue]
    tags: _containers.RepeatedScalarFieldContainer[str]
    skills: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, queues: _Optional[_Iterable[_Union[_case_pb2.CaseQueue, str]]] = ..., tags: _Optional[_Iterable[str]] = ..., skills: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ClaimNextResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class ClaimCaseRequest(_message.Message):
    __slots__ = ("case", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    request_id: str
    def __init__(self, case: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class ClaimCaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class RenewLeaseRequest(_message.Message):
    __slots__ = ("case", "epoch", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    epoch: int
    request_id: str
    def __init__(self, case: _Optional[int] = ..., epoch: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class RenewLeaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class ReleaseCaseRequest(_message.Message):
    __slots__ = ("case", "epoch", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    epoch: int
    request_id: str
    def __init__(self, case: _Optional[int] = ..., epoch: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReleaseCaseResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SkipCaseRequest(_message.Message):
    __slots__ = ("case", "epoch", "reason", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    epoch: int
    reason: str
    request_id: str
    def __init__(self, case: _Optional[int] = ..., epoch: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class SkipCaseResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RuleCaseRequest(_message.Message):
    __slots__ = ("case", "epoch", "decision", "reason", "note", "also", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ALSO_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    epoch: int
    decision: _verdict_pb2.Decision
    reason: _verdict_pb2.RulingReason
    note: str
    also: _containers.RepeatedScalarFieldContainer[int]
    request_id: str
    def __init__(self, case: _Optional[int] = ..., epoch: _Optional[int] = ..., decision: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., reason: _Optional[_Union[_verdict_pb2.RulingReason, str]] = ..., note: _Optional[str] = ..., also: _Optional[_Iterable[int]] = ..., request_id: _Optional[str] = ...) -> None: ...

class RuleCaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class GetCaseRequest(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: int
    def __init__(self, case: _Optional[int] = ...) -> None: ...

class GetCaseResponse(_message.Message):
    __slots__ = ("case",)
    CASE_FIELD_NUMBER: _ClassVar[int]
    case: _case_pb2.Case
    def __init__(self, case: _Optional[_Union[_case_pb2.Case, _Mapping]] = ...) -> None: ...

class ListCasesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "queue", "states", "tenant", "tags", "priority", "rule_id", "holder", "overdue_only")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_ONLY_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    queue: _case_pb2.CaseQueue
    states: _containers.RepeatedScalarFieldContainer[_case_pb2.CaseState]
    tenant: str
    tags: _containers.RepeatedScalarFieldContainer[str]
    priority: _case_pb2.CasePriority
    rule_id: str
    holder: str
    overdue_only: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., queue: _Optional[_Union[_case_pb2.CaseQueue, str]] = ..., states: _Optional[_Iterable[_Union[_case_pb2.CaseState, str]]] = ..., tenant: _Optional[str] = ..., tags: _Optional[_Iterable[str]] = ..., priority: _Optional[_Union[_case_pb2.CasePriority, str]] = ..., rule_id: _Optional[str] = ..., holder: _Optional[str] = ..., overdue_only: _Optional[bool] = ...) -> None: ...

class ListCasesResponse(_message.Message):
    __slots__ = ("cases", "next_page_token")
    CASES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[_case_pb2.CaseLine]
    next_page_token: str
    def __init__(self, cases: _Optional[_Iterable[_Union[_case_pb2.CaseLine, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListSimilarCasesRequest(_message.Message):
    __slots__ = ("case", "page_size")
    CASE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    case: int
    page_size: int
    def __init__(self, case: _Optional[int] = ..., page_size: _Optional[int] = ...) -> None: ...

class ListSimilarCasesResponse(_message.Message):
    __slots__ = ("cases",)
    CASES_FIELD_NUMBER: _ClassVar[int]
    cases: _containers.RepeatedCompositeFieldContainer[_case_pb2.SimilarCase]
    def __init__(self, cases: _Optional[_Iterable[_Union[_case_pb2.SimilarCase, _Mapping]]] = ...) -> None: ...

class GetStatisticsRequest(_message.Message):
    __slots__ = ("since",)
    SINCE_FIELD_NUMBER: _ClassVar[int]
    since: _timestamp_pb2.Timestamp
    def __init__(self, since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetStatisticsResponse(_message.Message):
    __slots__ = ("statistics",)
    STATISTICS_FIELD_NUMBER: _ClassVar[int]
    statistics: _case_pb2.Statistics
    def __init__(self, statistics: _Optional[_Union[_case_pb2.Statistics, _Mapping]] = ...) -> None: ...

class ListProposalsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProposalsResponse(_message.Message):
    __slots__ = ("proposals", "next_page_token")
    PROPOSALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    proposals: _containers.RepeatedCompositeFieldContainer[_case_pb2.Proposal]
    next_page_token: str
    def __init__(self, proposals: _Optional[_Iterable[_Union[_case_pb2.Proposal, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListCaseEventsRequest(_message.Message):
    __slots__ = ("after", "page_size")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    after: int
    page_size: int
    def __init__(self, after: _Optional[int] = ..., page_size: _Optional[int] = ...) -> None: ...

class ListCaseEventsResponse(_message.Message):
    __slots__ = ("events",)
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_case_pb2.CaseEvent]
    def __init__(self, events: _Optional[_Iterable[_Union[_case_pb2.CaseEvent, _Mapping]]] = ...) -> None: ...

class WatchCasesRequest(_message.Message):
    __slots__ = ("after",)
    AFTER_FIELD_NUMBER: _ClassVar[int]
    after: int
    def __init__(self, after: _Optional[int] = ...) -> None: ...

class WatchCasesResponse(_message.Message):
    __slots__ = ("event",)
    EVENT_FIELD_NUMBER: _ClassVar[int]
    event: _case_pb2.CaseEvent
    def __init__(self, event: _Optional[_Union[_case_pb2.CaseEvent, _Mapping]] = ...) -> None: ...
