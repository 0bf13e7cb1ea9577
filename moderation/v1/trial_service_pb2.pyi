import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from moderation.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RuleTrialState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RULE_TRIAL_STATE_UNSPECIFIED: _ClassVar[RuleTrialState]
    RULE_TRIAL_STATE_SHADOW: _ClassVar[RuleTrialState]
    RULE_TRIAL_STATE_LIVE: _ClassVar[RuleTrialState]
    RULE_TRIAL_STATE_OFF: _ClassVar[RuleTrialState]
    RULE_TRIAL_STATE_ENDED: _ClassVar[RuleTrialState]
RULE_TRIAL_STATE_UNSPECIFIED: RuleTrialState
RULE_TRIAL_STATE_SHADOW: RuleTrialState
RULE_TRIAL_STATE_LIVE: RuleTrialState
RULE_TRIAL_STATE_OFF: RuleTrialState
RULE_TRIAL_STATE_ENDED: RuleTrialState

class TrialHits(_message.Message):
    __slots__ = ("hits", "changes", "tenants", "first_day", "last_day")
    HITS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    TENANTS_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    LAST_DAY_FIELD_NUMBER: _ClassVar[int]
    hits: int
    changes: int
    tenants: int
    first_day: str
    last_day: str
    def __init__(self, hits: _Optional[int] = ..., changes: _Optional[int] = ..., tenants: _Optional[int] = ..., first_day: _Optional[str] = ..., last_day: _Optional[str] = ...) -> None: ...

class EntryTrial(_message.Message):
    __slots__ = ("wordlist", "entry", "line", "until", "due", "since", "batch", "hits")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    line: str
    until: str
    due: bool
    since: int
    batch: int
    hits: TrialHits
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., line: _Optional[str] = ..., until: _Optional[str] = ..., due: _Optional[bool] = ..., since: _Optional[int] = ..., batch: _Optional[int] = ..., hits: _Optional[_Union[TrialHits, _Mapping]] = ...) -> None: ...

class RuleTrial(_message.Message):
    __slots__ = ("rule_id", "state", "severity", "until", "due", "reason", "author", "said_at", "number", "hits")
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    SAID_AT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    state: RuleTrialState
    severity: _rule_pb2.Severity
    until: str
    due: bool
    reason: str
    author: str
    said_at: _timestamp_pb2.Timestamp
    number: int
    hits: TrialHits
    def __init__(self, rule_id: _Optional[str] = ..., state: _Optional[_Union[RuleTrialState, str]] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., until: _Optional[str] = ..., due: _Optional[bool] = ..., reason: _Optional[str] = ..., author: _Optional[str] = ..., said_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., number: _Optional[int] = ..., hits: _Optional[_Union[TrialHits, _Mapping]] = ...) -> None: ...

class ListEntryTrialsRequest(_message.Message):
    __slots__ = ("wordlist", "entry", "batch", "due", "page_size", "page_token")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    batch: int
    due: bool
    page_size: int
    page_token: str
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ..., batch: _Optional[int] = ..., due: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListEntryTrialsResponse(_message.Message):
    __slots__ = ("trials", "next_page_token", "version")
    TRIALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    trials: _containers.RepeatedCompositeFieldContainer[EntryTrial]
    next_page_token: str
    version: int
    def __init__(self, trials: _Optional[_Iterable[_Union[EntryTrial, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ListRuleTrialsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRuleTrialsResponse(_message.Message):
    __slots__ = ("trials", "next_page_token")
    TRIALS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    trials: _containers.RepeatedCompositeFieldContainer[RuleTrial]
    next_page_token: str
    def __init__(self, trials: _Optional[_Iterable[_Union[RuleTrial, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class TrialEntry(_message.Message):
    __slots__ = ("wordlist", "entry")
    WORDLIST_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    wordlist: str
    entry: str
    def __init__(self, wordlist: _Optional[str] = ..., entry: _Optional[str] = ...) -> None: ...

class GetTrialHitsRequest(_message.Message):
    __slots__ = ("entry", "rule", "unmasked")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNMASKED_FIELD_NUMBER: _ClassVar[int]
    entry: TrialEntry
    rule: str
    unmasked: bool
    def __init__(self, entry: _Optional[_Union[TrialEntry, _Mapping]] = ..., rule: _Optional[str] = ..., unmasked: _Optional[bool] = ...) -> None: ...

class TrialDay(_message.Message):
    __slots__ = ("day", "hits", "changes", "tenants")
    DAY_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    TENANTS_FIELD_NUMBER: _ClassVar[int]
    day: str
    hits: int
    changes: int
    tenants: int
    def __init__(self, day: _Optional[str] = ..., hits: _Optional[int] = ..., changes: _Optional[int] = ..., tenants: _Optional[int] = ...) -> None: ...

class TrialExample(_message.Message):
    __slots__ = ("verdict_id", "tenant", "text", "hit_at")
    VERDICT_ID_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    HIT_AT_FIELD_NUMBER: _ClassVar[int]
    verdict_id: str
    tenant: str
    text: str
    hit_at: _timestamp_pb2.Timestamp
    def __init__(self, verdict_id: _Optional[str] = ..., tenant: _Optional[str] = ..., text: _Optional[str] = ..., hit_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetTrialHitsResponse(_message.Message):
    __slots__ = ("days", "examples")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    days: _containers.RepeatedCompositeFieldContainer[TrialDay]
    examples: _containers.RepeatedCompositeFieldContainer[TrialExample]
    def __init__(self, days: _Optional[_Iterable[_Union[TrialDay, _Mapping]]] = ..., examples: _Optional[_Iterable[_Union[TrialExample, _Mapping]]] = ...) -> None: ...

class SetRuleTrialsRequest(_message.Message):
    __slots__ = ("rules", "state", "severity", "until", "reason", "request_id")
    RULES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedScalarFieldContainer[str]
    state: RuleTrialState
    severity: _rule_pb2.Severity
    until: str
    reason: str
    request_id: str
    def __init__(self, rules: _Optional[_Iterable[str]] = ..., state: _Optional[_Union[RuleTrialState, str]] = ..., severity: _Optional[_Union[_rule_pb2.Severity, str]] = ..., until: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class SetRuleTrialsResponse(_message.Message):
    __slots__ = ("trials",)
    TRIALS_FIELD_NUMBER: _ClassVar[int]
    trials: _containers.RepeatedCompositeFieldContainer[RuleTrial]
    def __init__(self, trials: _Optional[_Iterable[_Union[RuleTrial, _Mapping]]] = ...) -> None: ...
