import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import link_pb2 as _link_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AddLinkRequest(_message.Message):
    __slots__ = ("tenant", "target", "kind", "icp_number", "evidence", "request_id")
    TENANT_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ICP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    tenant: str
    target: str
    kind: _link_pb2.LinkKind
    icp_number: str
    evidence: str
    request_id: str
    def __init__(self, tenant: _Optional[str] = ..., target: _Optional[str] = ..., kind: _Optional[_Union[_link_pb2.LinkKind, str]] = ..., icp_number: _Optional[str] = ..., evidence: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AddLinkResponse(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: _link_pb2.Link
    def __init__(self, link: _Optional[_Union[_link_pb2.Link, _Mapping]] = ...) -> None: ...

class VerifyLinkRequest(_message.Message):
    __slots__ = ("link", "epoch", "manual", "challenge", "request_id")
    LINK_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    MANUAL_FIELD_NUMBER: _ClassVar[int]
    CHALLENGE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    link: int
    epoch: int
    manual: ManualProof
    challenge: _link_pb2.LinkProof
    request_id: str
    def __init__(self, link: _Optional[int] = ..., epoch: _Optional[int] = ..., manual: _Optional[_Union[ManualProof, _Mapping]] = ..., challenge: _Optional[_Union[_link_pb2.LinkProof, str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ManualProof(_message.Message):
    __slots__ = ("evidence", "valid_until", "icp_number")
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    VALID_UNTIL_FIELD_NUMBER: _ClassVar[int]
    ICP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    evidence: str
    valid_until: _timestamp_pb2.Timestamp
    icp_number: str
    def __init__(self, evidence: _Optional[str] = ..., valid_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., icp_number: _Optional[str] = ...) -> None: ...

class VerifyLinkResponse(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: _link_pb2.Link
    def __init__(self, link: _Optional[_Union[_link_pb2.Link, _Mapping]] = ...) -> None: ...

class GetLinkRequest(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: int
    def __init__(self, link: _Optional[int] = ...) -> None: ...

class GetLinkResponse(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: _link_pb2.Link
    def __init__(self, link: _Optional[_Union[_link_pb2.Link, _Mapping]] = ...) -> None: ...

class ListLinksRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "tenant", "state", "host")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    tenant: str
    state: _link_pb2.LinkState
    host: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., tenant: _Optional[str] = ..., state: _Optional[_Union[_link_pb2.LinkState, str]] = ..., host: _Optional[str] = ...) -> None: ...

class ListLinksResponse(_message.Message):
    __slots__ = ("links", "next_page_token")
    LINKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    links: _containers.RepeatedCompositeFieldContainer[_link_pb2.Link]
    next_page_token: str
    def __init__(self, links: _Optional[_Iterable[_Union[_link_pb2.Link, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RevokeLinkRequest(_message.Message):
    __slots__ = ("link", "epoch", "reason", "request_id")
    LINK_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    link: int
    epoch: int
    reason: str
    request_id: str
    def __init__(self, link: _Optional[int] = ..., epoch: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RevokeLinkResponse(_message.Message):
    __slots__ = ("link",)
    LINK_FIELD_NUMBER: _ClassVar[int]
    link: _link_pb2.Link
    def __init__(self, link: _Optional[_Union[_link_pb2.Link, _Mapping]] = ...) -> None: ...

class ImportLinksRequest(_message.Message):
    __slots__ = ("content", "request_id")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    request_id: str
    def __init__(self, content: _Optional[bytes] = ..., request_id: _Optional[str] = ...) -> None: ...

class ImportLinksResponse(_message.Message):
    __slots__ = ("added", "renewed", "problems", "untold")
    ADDED_FIELD_NUMBER: _ClassVar[int]
    RENEWED_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    UNTOLD_FIELD_NUMBER: _ClassVar[int]
    added: int
    renewed: int
    problems: _containers.RepeatedCompositeFieldContainer[LinkLineProblem]
    untold: int
    def __init__(self, added: _Optional[int] = ..., renewed: _Optional[int] = ..., problems: _Optional[_Iterable[_Union[LinkLineProblem, _Mapping]]] = ..., untold: _Optional[int] = ...) -> None: ...

class LinkLineProblem(_message.Message):
    __slots__ = ("line", "column", "fault", "message", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    LINE_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    line: int
    column: str
    fault: str
    message: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, line: _Optional[int] = ..., column: _Optional[str] = ..., fault: _Optional[str] = ..., message: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...
