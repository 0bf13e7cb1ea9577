import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LinkKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_KIND_UNSPECIFIED: _ClassVar[LinkKind]
    LINK_KIND_OWN_DOMAIN: _ClassVar[LinkKind]
    LINK_KIND_OWN_SHORT_DOMAIN: _ClassVar[LinkKind]

class LinkState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_STATE_UNSPECIFIED: _ClassVar[LinkState]
    LINK_STATE_PENDING: _ClassVar[LinkState]
    LINK_STATE_VERIFIED: _ClassVar[LinkState]
    LINK_STATE_EXPIRED: _ClassVar[LinkState]
    LINK_STATE_REVOKED: _ClassVar[LinkState]

class LinkProof(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LINK_PROOF_UNSPECIFIED: _ClassVar[LinkProof]
    LINK_PROOF_MANUAL: _ClassVar[LinkProof]
    LINK_PROOF_DNS: _ClassVar[LinkProof]
    LINK_PROOF_FILE: _ClassVar[LinkProof]
LINK_KIND_UNSPECIFIED: LinkKind
LINK_KIND_OWN_DOMAIN: LinkKind
LINK_KIND_OWN_SHORT_DOMAIN: LinkKind
LINK_STATE_UNSPECIFIED: LinkState
LINK_STATE_PENDING: LinkState
LINK_STATE_VERIFIED: LinkState
LINK_STATE_EXPIRED: LinkState
LINK_STATE_REVOKED: LinkState
LINK_PROOF_UNSPECIFIED: LinkProof
LINK_PROOF_MANUAL: LinkProof
LINK_PROOF_DNS: LinkProof
LINK_PROOF_FILE: LinkProof

class Link(_message.Message):
    __slots__ = ("number", "tenant", "host", "path", "kind", "state", "epoch", "icp_number", "evidence", "challenge", "added_by", "added_at", "proof", "verified_by", "verified_at", "valid_until", "revoked_by", "revoked_at", "reason")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    ICP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    CHALLENGE_FIELD_NUMBER: _ClassVar[int]
    ADDED_BY_FIELD_NUMBER: _ClassVar[int]
    ADDED_AT_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_BY_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_AT_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    REVOKED_BY_FIELD_NUMBER: _ClassVar[int]
    REVOKED_AT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    number: int
    tenant: str
    host: str
    path: str
    kind: LinkKind
    state: LinkState
    epoch: int
    icp_number: str
    evidence: str
    challenge: LinkChallenge
    added_by: str
    added_at: _timestamp_pb2.Timestamp
    proof: LinkProof
    verified_by: str
    verified_at: _timestamp_pb2.Timestamp
    valid_until: _timestamp_pb2.Timestamp
    revoked_by: str
    revoked_at: _timestamp_pb2.Timestamp
    reason: str
    def __init__(self, number: _Optional[int] = ..., tenant: _Optional[str] = ..., host: _Optional[str] = ..., path: _Optional[str] = ..., kind: _Optional[_Union[LinkKind, str]] = ..., state: _Optional[_Union[LinkState, str]] = ..., epoch: _Optional[int] = ..., icp_number: _Optional[str] = ..., evidence: _Optional[str] = ..., challenge: _Optional[_Union[LinkChallenge, _Mapping]] = ..., added_by: _Optional[str] = ..., added_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., proof: _Optional[_Union[LinkProof, str]] = ..., verified_by: _Optional[str] = ..., verified_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., valid_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., revoked_by: _Optional[str] = ..., revoked_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class LinkChallenge(_message.Message):
    __slots__ = ("record_name", "file_url", "content")
    RECORD_NAME_FIELD_NUMBER: _ClassVar[int]
    FILE_URL_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    record_name: str
    file_url: str
    content: str
    def __init__(self, record_name: _Optional[str] = ..., file_url: _Optional[str] = ..., content: _Optional[str] = ...) -> None: ...
