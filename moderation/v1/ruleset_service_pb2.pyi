import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetRulesetRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetRulesetResponse(_message.Message):
    __slots__ = ("head", "processes")
    HEAD_FIELD_NUMBER: _ClassVar[int]
    PROCESSES_FIELD_NUMBER: _ClassVar[int]
    head: int
    processes: _containers.RepeatedCompositeFieldContainer[ServingProcess]
    def __init__(self, head: _Optional[int] = ..., processes: _Optional[_Iterable[_Union[ServingProcess, _Mapping]]] = ...) -> None: ...

class ServingProcess(_message.Message):
    __slots__ = ("id", "host", "pid", "release", "started_at", "seen_at", "ruleset", "wordlists_version", "serving_since", "building_version", "failed_build")
    ID_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    PID_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    SEEN_AT_FIELD_NUMBER: _ClassVar[int]
    RULESET_FIELD_NUMBER: _ClassVar[int]
    WORDLISTS_VERSION_FIELD_NUMBER: _ClassVar[int]
    SERVING_SINCE_FIELD_NUMBER: _ClassVar[int]
    BUILDING_VERSION_FIELD_NUMBER: _ClassVar[int]
    FAILED_BUILD_FIELD_NUMBER: _ClassVar[int]
    id: str
    host: str
    pid: int
    release: str
    started_at: _timestamp_pb2.Timestamp
    seen_at: _timestamp_pb2.Timestamp
    ruleset: str
    wordlists_version: int
    serving_since: _timestamp_pb2.Timestamp
    building_version: int
    failed_build: FailedBuild
    def __init__(self, id: _Optional[str] = ..., host: _Optional[str] = ..., pid: _Optional[int] = ..., release: _Optional[str] = ..., started_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., seen_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ruleset: _Optional[str] = ..., wordlists_version: _Optional[int] = ..., serving_since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., building_version: _Optional[int] = ..., failed_build: _Optional[_Union[FailedBuild, _Mapping]] = ...) -> None: ...

class FailedBuild(_message.Message):
    __slots__ = ("version", "reason", "failed_at")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FAILED_AT_FIELD_NUMBER: _ClassVar[int]
    version: int
    reason: str
    failed_at: _timestamp_pb2.Timestamp
    def __init__(self, version: _Optional[int] = ..., reason: _Optional[str] = ..., failed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
