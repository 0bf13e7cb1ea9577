from moderation.v1 import case_pb2 as _case_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FileAppealRequest(_message.Message):
    __slots__ = ("verdict_id", "text", "evidence", "request_id")
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    verdict_id: str
    text: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, verdict_id: _Optional[str] = ..., text: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class FileAppealResponse(_message.Message):
    __slots__ = ("appeal",)
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    appeal: _case_pb2.Appeal
    def __init__(self, appeal: _Optional[_Union[_case_pb2.Appeal, _Mapping]] = ...) -> None: ...

class GetAppealRequest(_message.Message):
    __slots__ = ("appeal",)
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    appeal: int
    def __init__(self, appeal: _Optional[int] = ...) -> None: ...

class GetAppealResponse(_message.Message):
    __slots__ = ("appeal",)
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    appeal: _case_pb2.Appeal
    def __init__(self, appeal: _Optional[_Union[_case_pb2.Appeal, _Mapping]] = ...) -> None: ...

class ListAppealsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "open_only")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    OPEN_ONLY_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    open_only: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., open_only: _Optional[bool] = ...) -> None: ...

class ListAppealsResponse(_message.Message):
    __slots__ = ("appeals", "next_page_token")
    APPEALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    appeals: _containers.RepeatedCompositeFieldContainer[_case_pb2.Appeal]
    next_page_token: str
    def __init__(self, appeals: _Optional[_Iterable[_Union[_case_pb2.Appeal, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DecideAppealRequest(_message.Message):
    __slots__ = ("case", "epoch", "outcome", "reason", "request_id")
    CASE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    case: int
    epoch: int
    outcome: _case_pb2.AppealOutcome
    reason: str
    request_id: str
    def __init__(self, case: _Optional[int] = ..., epoch: _Optional[int] = ..., outcome: _Optional[_Union[_case_pb2.AppealOutcome, str]] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DecideAppealResponse(_message.Message):
    __slots__ = ("appeal",)
    APPEAL_FIELD_NUMBER: _ClassVar[int]
    appeal: _case_pb2.Appeal
    def __init__(self, appeal: _Optional[_Union[_case_pb2.Appeal, _Mapping]] = ...) -> None: ...
