from moderation.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListRulesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "categories", "locale")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CATEGORIES_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    categories: _containers.RepeatedScalarFieldContainer[_rule_pb2.ReasonCategory]
    locale: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., categories: _Optional[_Iterable[_Union[_rule_pb2.ReasonCategory, str]]] = ..., locale: _Optional[str] = ...) -> None: ...

class ListRulesResponse(_message.Message):
    __slots__ = ("rules", "next_page_token", "ruleset")
    RULES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    RULESET_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[_rule_pb2.Rule]
    next_page_token: str
    ruleset: str
    def __init__(self, rules: _Optional[_Iterable[_Union[_rule_pb2.Rule, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., ruleset: _Optional[str] = ...) -> None: ...

class ExplainRuleRequest(_message.Message):
    __slots__ = ("rule", "locale")
    RULE_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    rule: str
    locale: str
    def __init__(self, rule: _Optional[str] = ..., locale: _Optional[str] = ...) -> None: ...

class ExplainRuleResponse(_message.Message):
    __slots__ = ("rule", "ruleset")
    RULE_FIELD_NUMBER: _ClassVar[int]
    RULESET_FIELD_NUMBER: _ClassVar[int]
    rule: _rule_pb2.Rule
    ruleset: str
    def __init__(self, rule: _Optional[_Union[_rule_pb2.Rule, _Mapping]] = ..., ruleset: _Optional[str] = ...) -> None: ...
