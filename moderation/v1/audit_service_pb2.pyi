import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuditFaultKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIT_FAULT_KIND_UNSPECIFIED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_EDITED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_MISSING: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_OUT_OF_ORDER: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_UNLINKED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_RESTAMPED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_TRUNCATED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_CHECKPOINT_FORGED: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_CHECKPOINT_KEY_UNKNOWN: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_PURGE_UNTOLD: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_PURGED_EARLY: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_HEAD_DIFFERS: _ClassVar[AuditFaultKind]
    AUDIT_FAULT_KIND_ROW_DIFFERS: _ClassVar[AuditFaultKind]
AUDIT_FAULT_KIND_UNSPECIFIED: AuditFaultKind
AUDIT_FAULT_KIND_EDITED: AuditFaultKind
AUDIT_FAULT_KIND_MISSING: AuditFaultKind
AUDIT_FAULT_KIND_OUT_OF_ORDER: AuditFaultKind
AUDIT_FAULT_KIND_UNLINKED: AuditFaultKind
AUDIT_FAULT_KIND_RESTAMPED: AuditFaultKind
AUDIT_FAULT_KIND_TRUNCATED: AuditFaultKind
AUDIT_FAULT_KIND_CHECKPOINT_FORGED: AuditFaultKind
AUDIT_FAULT_KIND_CHECKPOINT_KEY_UNKNOWN: AuditFaultKind
AUDIT_FAULT_KIND_PURGE_UNTOLD: AuditFaultKind
AUDIT_FAULT_KIND_PURGED_EARLY: AuditFaultKind
AUDIT_FAULT_KIND_HEAD_DIFFERS: AuditFaultKind
AUDIT_FAULT_KIND_ROW_DIFFERS: AuditFaultKind

class AuditEntry(_message.Message):
    __slots__ = ("sequence", "at", "actor", "role", "action", "subject", "details", "previous", "digest")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    at: _timestamp_pb2.Timestamp
    actor: str
    role: str
    action: str
    subject: str
    details: str
    previous: bytes
    digest: bytes
    def __init__(self, sequence: _Optional[int] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., role: _Optional[str] = ..., action: _Optional[str] = ..., subject: _Optional[str] = ..., details: _Optional[str] = ..., previous: _Optional[bytes] = ..., digest: _Optional[bytes] = ...) -> None: ...

class ListAuditEntriesRequest(_message.Message):
    __slots__ = ("after", "page_size")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    after: int
    page_size: int
    def __init__(self, after: _Optional[int] = ..., page_size: _Optional[int] = ...) -> None: ...

class ListAuditEntriesResponse(_message.Message):
    __slots__ = ("entries",)
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ...) -> None: ...

class VerifyAuditRequest(_message.Message):
    __slots__ = ("locale",)
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    locale: str
    def __init__(self, locale: _Optional[str] = ...) -> None: ...

class VerifyAuditResponse(_message.Message):
    __slots__ = ("whole", "fault")
    WHOLE_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    whole: AuditWhole
    fault: AuditFault
    def __init__(self, whole: _Optional[_Union[AuditWhole, _Mapping]] = ..., fault: _Optional[_Union[AuditFault, _Mapping]] = ...) -> None: ...

class AuditWhole(_message.Message):
    __slots__ = ("count", "digest", "proved")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    PROVED_FIELD_NUMBER: _ClassVar[int]
    count: int
    digest: bytes
    proved: int
    def __init__(self, count: _Optional[int] = ..., digest: _Optional[bytes] = ..., proved: _Optional[int] = ...) -> None: ...

class AuditFault(_message.Message):
    __slots__ = ("kind", "sequence", "proved", "message")
    KIND_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PROVED_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    kind: AuditFaultKind
    sequence: int
    proved: int
    message: str
    def __init__(self, kind: _Optional[_Union[AuditFaultKind, str]] = ..., sequence: _Optional[int] = ..., proved: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...
