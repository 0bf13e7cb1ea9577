from moderation.v1 import wordlist_pb2 as _wordlist_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BatchFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BATCH_FORMAT_UNSPECIFIED: _ClassVar[BatchFormat]
    BATCH_FORMAT_WORDLIST: _ClassVar[BatchFormat]
    BATCH_FORMAT_TXT: _ClassVar[BatchFormat]
    BATCH_FORMAT_CSV: _ClassVar[BatchFormat]
    BATCH_FORMAT_XLSX: _ClassVar[BatchFormat]
BATCH_FORMAT_UNSPECIFIED: BatchFormat
BATCH_FORMAT_WORDLIST: BatchFormat
BATCH_FORMAT_TXT: BatchFormat
BATCH_FORMAT_CSV: BatchFormat
BATCH_FORMAT_XLSX: BatchFormat

class ListWordlistsRequest(_message.Message):
    __slots__ = ("version", "page_size", "page_token")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    version: int
    page_size: int
    page_token: str
    def __init__(self, version: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListWordlistsResponse(_message.Message):
    __slots__ = ("wordlists", "next_page_token", "version")
    WORDLISTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    wordlists: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.Wordlist]
    next_page_token: str
    version: int
    def __init__(self, wordlists: _Optional[_Iterable[_Union[_wordlist_pb2.Wordlist, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetWordlistRequest(_message.Message):
    __slots__ = ("wordlist", "version")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    version: int
    def __init__(self, wordlist: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class GetWordlistResponse(_message.Message):
    __slots__ = ("wordlist", "version")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    wordlist: _wordlist_pb2.Wordlist
    version: int
    def __init__(self, wordlist: _Optional[_Union[_wordlist_pb2.Wordlist, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class ListEntriesRequest(_message.Message):
    __slots__ = ("wordlist", "version", "page_size", "page_token")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    version: int
    page_size: int
    page_token: str
    def __init__(self, wordlist: _Optional[str] = ..., version: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token", "version")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistEntry]
    next_page_token: str
    version: int
    def __init__(self, entries: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class SearchEntriesRequest(_message.Message):
    __slots__ = ("text", "version", "page_size", "page_token")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    text: str
    version: int
    page_size: int
    page_token: str
    def __init__(self, text: _Optional[str] = ..., version: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class SearchEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token", "version")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistEntry]
    next_page_token: str
    version: int
    def __init__(self, entries: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ExportWordlistRequest(_message.Message):
    __slots__ = ("wordlist", "version")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    version: int
    def __init__(self, wordlist: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ExportWordlistResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    def __init__(self, content: _Optional[bytes] = ...) -> None: ...

class UploadBatchRequest(_message.Message):
    __slots__ = ("header", "file", "content", "changes")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    header: UploadHeader
    file: UploadFile
    content: bytes
    changes: UploadChanges
    def __init__(self, header: _Optional[_Union[UploadHeader, _Mapping]] = ..., file: _Optional[_Union[UploadFile, _Mapping]] = ..., content: _Optional[bytes] = ..., changes: _Optional[_Union[UploadChanges, _Mapping]] = ...) -> None: ...

class UploadHeader(_message.Message):
    __slots__ = ("request_id", "base_version", "reason", "validate_only")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BASE_VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    base_version: int
    reason: str
    validate_only: bool
    def __init__(self, request_id: _Optional[str] = ..., base_version: _Optional[int] = ..., reason: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class UploadFile(_message.Message):
    __slots__ = ("name", "format", "operation", "wordlist", "source", "shadow_until")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SHADOW_UNTIL_FIELD_NUMBER: _ClassVar[int]
    name: str
    format: BatchFormat
    operation: _wordlist_pb2.WordlistOperation
    wordlist: str
    source: str
    shadow_until: str
    def __init__(self, name: _Optional[str] = ..., format: _Optional[_Union[BatchFormat, str]] = ..., operation: _Optional[_Union[_wordlist_pb2.WordlistOperation, str]] = ..., wordlist: _Optional[str] = ..., source: _Optional[str] = ..., shadow_until: _Optional[str] = ...) -> None: ...

class UploadChanges(_message.Message):
    __slots__ = ("changes",)
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistChange]
    def __init__(self, changes: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistChange, _Mapping]]] = ...) -> None: ...

class UploadBatchResponse(_message.Message):
    __slots__ = ("batch", "changes", "unchanged", "counts", "problems", "problem_count", "version")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    batch: _wordlist_pb2.WordlistBatch
    changes: int
    unchanged: int
    counts: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistCounts]
    problems: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.LineProblem]
    problem_count: int
    version: int
    def __init__(self, batch: _Optional[_Union[_wordlist_pb2.WordlistBatch, _Mapping]] = ..., changes: _Optional[int] = ..., unchanged: _Optional[int] = ..., counts: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistCounts, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[_wordlist_pb2.LineProblem, _Mapping]]] = ..., problem_count: _Optional[int] = ..., version: _Optional[int] = ...) -> None: ...

class PlanBatchRequest(_message.Message):
    __slots__ = ("batch", "templates")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    TEMPLATES_FIELD_NUMBER: _ClassVar[int]
    batch: int
    templates: int
    def __init__(self, batch: _Optional[int] = ..., templates: _Optional[int] = ...) -> None: ...

class PlanProgress(_message.Message):
    __slots__ = ("stage", "done", "total")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    stage: str
    done: int
    total: int
    def __init__(self, stage: _Optional[str] = ..., done: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...

class PlanBatchResponse(_message.Message):
    __slots__ = ("progress", "plan")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    progress: PlanProgress
    plan: _wordlist_pb2.WordlistPlan
    def __init__(self, progress: _Optional[_Union[PlanProgress, _Mapping]] = ..., plan: _Optional[_Union[_wordlist_pb2.WordlistPlan, _Mapping]] = ...) -> None: ...

class ApplyBatchRequest(_message.Message):
    __slots__ = ("batch", "expected_version", "request_id")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    batch: int
    expected_version: int
    request_id: str
    def __init__(self, batch: _Optional[int] = ..., expected_version: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApplyBatchResponse(_message.Message):
    __slots__ = ("version", "batch", "problems", "broken")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    version: _wordlist_pb2.WordlistVersion
    batch: _wordlist_pb2.WordlistBatch
    problems: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.LineProblem]
    broken: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.BrokenExample]
    def __init__(self, version: _Optional[_Union[_wordlist_pb2.WordlistVersion, _Mapping]] = ..., batch: _Optional[_Union[_wordlist_pb2.WordlistBatch, _Mapping]] = ..., problems: _Optional[_Iterable[_Union[_wordlist_pb2.LineProblem, _Mapping]]] = ..., broken: _Optional[_Iterable[_Union[_wordlist_pb2.BrokenExample, _Mapping]]] = ...) -> None: ...

class ApproveBatchRequest(_message.Message):
    __slots__ = ("batch", "expected_version", "request_id")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    batch: int
    expected_version: int
    request_id: str
    def __init__(self, batch: _Optional[int] = ..., expected_version: _Optional[int] = ..., request_id: _Optional[str] = ...) -> None: ...

class ApproveBatchResponse(_message.Message):
    __slots__ = ("version", "batch", "problems", "broken")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    version: _wordlist_pb2.WordlistVersion
    batch: _wordlist_pb2.WordlistBatch
    problems: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.LineProblem]
    broken: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.BrokenExample]
    def __init__(self, version: _Optional[_Union[_wordlist_pb2.WordlistVersion, _Mapping]] = ..., batch: _Optional[_Union[_wordlist_pb2.WordlistBatch, _Mapping]] = ..., problems: _Optional[_Iterable[_Union[_wordlist_pb2.LineProblem, _Mapping]]] = ..., broken: _Optional[_Iterable[_Union[_wordlist_pb2.BrokenExample, _Mapping]]] = ...) -> None: ...

class DropBatchRequest(_message.Message):
    __slots__ = ("batch", "reason", "request_id")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    batch: int
    reason: str
    request_id: str
    def __init__(self, batch: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DropBatchResponse(_message.Message):
    __slots__ = ("batch",)
    BATCH_FIELD_NUMBER: _ClassVar[int]
    batch: _wordlist_pb2.WordlistBatch
    def __init__(self, batch: _Optional[_Union[_wordlist_pb2.WordlistBatch, _Mapping]] = ...) -> None: ...

class RollbackRequest(_message.Message):
    __slots__ = ("to_version", "expected_version", "reason", "request_id")
    TO_VERSION_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    to_version: int
    expected_version: int
    reason: str
    request_id: str
    def __init__(self, to_version: _Optional[int] = ..., expected_version: _Optional[int] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RollbackResponse(_message.Message):
    __slots__ = ("version",)
    VERSION_FIELD_NUMBER: _ClassVar[int]
    version: _wordlist_pb2.WordlistVersion
    def __init__(self, version: _Optional[_Union[_wordlist_pb2.WordlistVersion, _Mapping]] = ...) -> None: ...

class GetBatchRequest(_message.Message):
    __slots__ = ("batch",)
    BATCH_FIELD_NUMBER: _ClassVar[int]
    batch: int
    def __init__(self, batch: _Optional[int] = ...) -> None: ...

class GetBatchResponse(_message.Message):
    __slots__ = ("batch",)
    BATCH_FIELD_NUMBER: _ClassVar[int]
    batch: _wordlist_pb2.WordlistBatch
    def __init__(self, batch: _Optional[_Union[_wordlist_pb2.WordlistBatch, _Mapping]] = ...) -> None: ...

class ListBatchesRequest(_message.Message):
    __slots__ = ("states", "page_size", "page_token")
    STATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_wordlist_pb2.WordlistBatchState]
    page_size: int
    page_token: str
    def __init__(self, states: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistBatchState, str]]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListBatchesResponse(_message.Message):
    __slots__ = ("batches", "next_page_token")
    BATCHES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    batches: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistBatch]
    next_page_token: str
    def __init__(self, batches: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistBatch, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListChangesRequest(_message.Message):
    __slots__ = ("batch", "page_size", "page_token")
    BATCH_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    batch: int
    page_size: int
    page_token: str
    def __init__(self, batch: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistChange]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistChange, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListVersionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListVersionsResponse(_message.Message):
    __slots__ = ("versions", "next_page_token")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistVersion]
    next_page_token: str
    def __init__(self, versions: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistVersion, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DiffVersionsRequest(_message.Message):
    __slots__ = ("from_version", "to_version", "page_size", "page_token")
    FROM_VERSION_FIELD_NUMBER: _ClassVar[int]
    TO_VERSION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    from_version: int
    to_version: int
    page_size: int
    page_token: str
    def __init__(self, from_version: _Optional[int] = ..., to_version: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class DiffVersionsResponse(_message.Message):
    __slots__ = ("differences", "next_page_token")
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    differences: _containers.RepeatedCompositeFieldContainer[_wordlist_pb2.WordlistDifference]
    next_page_token: str
    def __init__(self, differences: _Optional[_Iterable[_Union[_wordlist_pb2.WordlistDifference, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
