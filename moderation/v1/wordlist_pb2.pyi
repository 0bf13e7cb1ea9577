import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import verdict_pb2 as _verdict_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EntryMatch(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTRY_MATCH_UNSPECIFIED: _ClassVar[EntryMatch]
    ENTRY_MATCH_CONTAINS: _ClassVar[EntryMatch]
    ENTRY_MATCH_FOUND: _ClassVar[EntryMatch]

class WordlistOperation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORDLIST_OPERATION_UNSPECIFIED: _ClassVar[WordlistOperation]
    WORDLIST_OPERATION_ADD: _ClassVar[WordlistOperation]
    WORDLIST_OPERATION_REMOVE: _ClassVar[WordlistOperation]
    WORDLIST_OPERATION_REPLACE: _ClassVar[WordlistOperation]

class WordlistBatchState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORDLIST_BATCH_STATE_UNSPECIFIED: _ClassVar[WordlistBatchState]
    WORDLIST_BATCH_STATE_DRAFT: _ClassVar[WordlistBatchState]
    WORDLIST_BATCH_STATE_AWAITING_APPROVAL: _ClassVar[WordlistBatchState]
    WORDLIST_BATCH_STATE_APPLIED: _ClassVar[WordlistBatchState]
    WORDLIST_BATCH_STATE_DROPPED: _ClassVar[WordlistBatchState]

class EntryCautionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTRY_CAUTION_KIND_UNSPECIFIED: _ClassVar[EntryCautionKind]
    ENTRY_CAUTION_KIND_ONE_CHARACTER: _ClassVar[EntryCautionKind]
    ENTRY_CAUTION_KIND_EVERYDAY_WORD: _ClassVar[EntryCautionKind]
ENTRY_MATCH_UNSPECIFIED: EntryMatch
ENTRY_MATCH_CONTAINS: EntryMatch
ENTRY_MATCH_FOUND: EntryMatch
WORDLIST_OPERATION_UNSPECIFIED: WordlistOperation
WORDLIST_OPERATION_ADD: WordlistOperation
WORDLIST_OPERATION_REMOVE: WordlistOperation
WORDLIST_OPERATION_REPLACE: WordlistOperation
WORDLIST_BATCH_STATE_UNSPECIFIED: WordlistBatchState
WORDLIST_BATCH_STATE_DRAFT: WordlistBatchState
WORDLIST_BATCH_STATE_AWAITING_APPROVAL: WordlistBatchState
WORDLIST_BATCH_STATE_APPLIED: WordlistBatchState
WORDLIST_BATCH_STATE_DROPPED: WordlistBatchState
ENTRY_CAUTION_KIND_UNSPECIFIED: EntryCautionKind
ENTRY_CAUTION_KIND_ONE_CHARACTER: EntryCautionKind
ENTRY_CAUTION_KIND_EVERYDAY_WORD: EntryCautionKind

class Wordlist(_message.Message):
    __slots__ = ("id", "title", "entries", "kinds")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    title: str
    entries: int
    kinds: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., entries: _Optional[int] = ..., kinds: _Optional[_Iterable[str]] = ...) -> None: ...

class WordlistEntry(_message.Message):
    __slots__ = ("wordlist", "entry", "line", "since", "match")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    MATCH_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    line: str
    since: int
    match: EntryMatch
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., line: _Optional[str] = ..., since: _Optional[int] = ..., match: _Optional[_Union[EntryMatch, str]] = ...) -> None: ...

class WordlistChange(_message.Message):
    __slots__ = ("operation", "wordlist", "entry", "line", "number")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    operation: WordlistOperation
    wordlist: str
    entry: str
    line: str
    number: int
    def __init__(self, operation: _Optional[_Union[WordlistOperation, str]] = ..., wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., line: _Optional[str] = ..., number: _Optional[int] = ...) -> None: ...

class WordlistBatch(_message.Message):
    __slots__ = ("number", "state", "base", "author", "reason", "uploaded_at", "added", "removed", "replaced", "approved_by", "version")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BASE_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UPLOADED_AT_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    REPLACED_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    number: int
    state: WordlistBatchState
    base: int
    author: str
    reason: str
    uploaded_at: _timestamp_pb2.Timestamp
    added: int
    removed: int
    replaced: int
    approved_by: str
    version: int
    def __init__(self, number: _Optional[int] = ..., state: _Optional[_Union[WordlistBatchState, str]] = ..., base: _Optional[int] = ..., author: _Optional[str] = ..., reason: _Optional[str] = ..., uploaded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., added: _Optional[int] = ..., removed: _Optional[int] = ..., replaced: _Optional[int] = ..., approved_by: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class WordlistVersion(_message.Message):
    __slots__ = ("number", "batch", "author", "approved_by", "reason", "at", "added", "removed", "replaced", "restores")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    APPROVED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    REPLACED_FIELD_NUMBER: _ClassVar[int]
    RESTORES_FIELD_NUMBER: _ClassVar[int]
    number: int
    batch: int
    author: str
    approved_by: str
    reason: str
    at: _timestamp_pb2.Timestamp
    added: int
    removed: int
    replaced: int
    restores: int
    def __init__(self, number: _Optional[int] = ..., batch: _Optional[int] = ..., author: _Optional[str] = ..., approved_by: _Optional[str] = ..., reason: _Optional[str] = ..., at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., added: _Optional[int] = ..., removed: _Optional[int] = ..., replaced: _Optional[int] = ..., restores: _Optional[int] = ...) -> None: ...

class WordlistDifference(_message.Message):
    __slots__ = ("operation", "wordlist", "entry", "before", "after")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    operation: WordlistOperation
    wordlist: str
    entry: str
    before: str
    after: str
    def __init__(self, operation: _Optional[_Union[WordlistOperation, str]] = ..., wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...

class LineProblem(_message.Message):
    __slots__ = ("file", "line", "column", "problem", "mend")
    FILE_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    MEND_FIELD_NUMBER: _ClassVar[int]
    file: str
    line: int
    column: int
    problem: str
    mend: str
    def __init__(self, file: _Optional[str] = ..., line: _Optional[int] = ..., column: _Optional[int] = ..., problem: _Optional[str] = ..., mend: _Optional[str] = ...) -> None: ...

class WordlistCounts(_message.Message):
    __slots__ = ("wordlist", "added", "removed", "replaced")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ADDED_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    REPLACED_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    added: int
    removed: int
    replaced: int
    def __init__(self, wordlist: _Optional[str] = ..., added: _Optional[int] = ..., removed: _Optional[int] = ..., replaced: _Optional[int] = ...) -> None: ...

class RedundantEntry(_message.Message):
    __slots__ = ("wordlist", "entry", "covered_by")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    COVERED_BY_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    covered_by: str
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., covered_by: _Optional[str] = ...) -> None: ...

class EntryConflict(_message.Message):
    __slots__ = ("wordlist", "entry", "exception", "holder")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    EXCEPTION_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    exception: str
    holder: str
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., exception: _Optional[str] = ..., holder: _Optional[str] = ...) -> None: ...

class EntryCaution(_message.Message):
    __slots__ = ("kind", "wordlist", "entry", "spelling", "frequency")
    KIND_FIELD_NUMBER: _ClassVar[int]
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    SPELLING_FIELD_NUMBER: _ClassVar[int]
    FREQUENCY_FIELD_NUMBER: _ClassVar[int]
    kind: EntryCautionKind
    wordlist: str
    entry: str
    spelling: str
    frequency: int
    def __init__(self, kind: _Optional[_Union[EntryCautionKind, str]] = ..., wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., spelling: _Optional[str] = ..., frequency: _Optional[int] = ...) -> None: ...

class EntryHit(_message.Message):
    __slots__ = ("wordlist", "entry", "quote")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    quote: str
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., quote: _Optional[str] = ...) -> None: ...

class LawfulHit(_message.Message):
    __slots__ = ("id", "title", "text", "hits", "before", "after", "rules")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    id: str
    title: str
    text: str
    hits: _containers.RepeatedCompositeFieldContainer[EntryHit]
    before: _verdict_pb2.Decision
    after: _verdict_pb2.Decision
    rules: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., text: _Optional[str] = ..., hits: _Optional[_Iterable[_Union[EntryHit, _Mapping]]] = ..., before: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., after: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., rules: _Optional[_Iterable[str]] = ...) -> None: ...

class VerdictFlip(_message.Message):
    __slots__ = ("id", "tenant", "text", "before", "after", "gained", "lost", "quotes")
    ID_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    GAINED_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    QUOTES_FIELD_NUMBER: _ClassVar[int]
    id: str
    tenant: str
    text: str
    before: _verdict_pb2.Decision
    after: _verdict_pb2.Decision
    gained: _containers.RepeatedScalarFieldContainer[str]
    lost: _containers.RepeatedScalarFieldContainer[str]
    quotes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., tenant: _Optional[str] = ..., text: _Optional[str] = ..., before: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., after: _Optional[_Union[_verdict_pb2.Decision, str]] = ..., gained: _Optional[_Iterable[str]] = ..., lost: _Optional[_Iterable[str]] = ..., quotes: _Optional[_Iterable[str]] = ...) -> None: ...

class RuleFlips(_message.Message):
    __slots__ = ("rule_id", "gained", "lost")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    GAINED_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    gained: int
    lost: int
    def __init__(self, rule_id: _Optional[str] = ..., gained: _Optional[int] = ..., lost: _Optional[int] = ...) -> None: ...

class BrokenExample(_message.Message):
    __slots__ = ("rule_id", "rule_name", "text", "quote", "found")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    RULE_NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    rule_name: str
    text: str
    quote: str
    found: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, rule_id: _Optional[str] = ..., rule_name: _Optional[str] = ..., text: _Optional[str] = ..., quote: _Optional[str] = ..., found: _Optional[_Iterable[str]] = ...) -> None: ...

class PlanTotals(_message.Message):
    __slots__ = ("redundant", "conflicts", "cautions", "lawful", "stricter", "milder", "broken", "problems")
    REDUNDANT_FIELD_NUMBER: _ClassVar[int]
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    CAUTIONS_FIELD_NUMBER: _ClassVar[int]
    LAWFUL_FIELD_NUMBER: _ClassVar[int]
    STRICTER_FIELD_NUMBER: _ClassVar[int]
    MILDER_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    redundant: int
    conflicts: int
    cautions: int
    lawful: int
    stricter: int
    milder: int
    broken: int
    problems: int
    def __init__(self, redundant: _Optional[int] = ..., conflicts: _Optional[int] = ..., cautions: _Optional[int] = ..., lawful: _Optional[int] = ..., stricter: _Optional[int] = ..., milder: _Optional[int] = ..., broken: _Optional[int] = ..., problems: _Optional[int] = ...) -> None: ...

class WordlistPlan(_message.Message):
    __slots__ = ("version", "before", "after", "applicable", "totals", "counts", "checked", "otherwise", "rules", "redundant", "conflicts", "cautions", "lawful", "stricter", "milder", "broken", "problems")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    APPLICABLE_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    CHECKED_FIELD_NUMBER: _ClassVar[int]
    OTHERWISE_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    REDUNDANT_FIELD_NUMBER: _ClassVar[int]
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    CAUTIONS_FIELD_NUMBER: _ClassVar[int]
    LAWFUL_FIELD_NUMBER: _ClassVar[int]
    STRICTER_FIELD_NUMBER: _ClassVar[int]
    MILDER_FIELD_NUMBER: _ClassVar[int]
    BROKEN_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    version: int
    before: str
    after: str
    applicable: bool
    totals: PlanTotals
    counts: _containers.RepeatedCompositeFieldContainer[WordlistCounts]
    checked: int
    otherwise: int
    rules: _containers.RepeatedCompositeFieldContainer[RuleFlips]
    redundant: _containers.RepeatedCompositeFieldContainer[RedundantEntry]
    conflicts: _containers.RepeatedCompositeFieldContainer[EntryConflict]
    cautions: _containers.RepeatedCompositeFieldContainer[EntryCaution]
    lawful: _containers.RepeatedCompositeFieldContainer[LawfulHit]
    stricter: _containers.RepeatedCompositeFieldContainer[VerdictFlip]
    milder: _containers.RepeatedCompositeFieldContainer[VerdictFlip]
    broken: _containers.RepeatedCompositeFieldContainer[BrokenExample]
    problems: _containers.RepeatedCompositeFieldContainer[LineProblem]
    def __init__(self, version: _Optional[int] = ..., before: _Optional[str] = ..., after: _Optional[str] = ..., applicable: _Optional[bool] = ..., totals: _Optional[_Union[PlanTotals, _Mapping]] = ..., counts: _Optional[_Iterable[_Union[WordlistCounts, _Mapping]]] = ..., checked: _Optional[int] = ..., otherwise: _Optional[int] = ..., rules: _Optional[_Iterable[_Union[RuleFlips, _Mapping]]] = ..., redundant: _Optional[_Iterable[_Union[RedundantEntry, _Mapping]]] = ..., conflicts: _Optional[_Iterable[_Union[EntryConflict, _Mapping]]] = ..., cautions: _Optional[_Iterable[_Union[EntryCaution, _Mapping]]] = ..., lawful: _Optional[_Iterable[_Union[LawfulHit, _Mapping]]] = ..., stricter: _Optional[_Iterable[_Union[VerdictFlip, _Mapping]]] = ..., milder: _Optional[_Iterable[_Union[VerdictFlip, _Mapping]]] = ..., broken: _Optional[_Iterable[_Union[BrokenExample, _Mapping]]] = ..., problems: _Optional[_Iterable[_Union[LineProblem, _Mapping]]] = ...) -> None: ...
