from moderation.v1 import template_pb2 as _template_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReasonCategory(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REASON_CATEGORY_UNSPECIFIED: _ClassVar[ReasonCategory]
    REASON_CATEGORY_ABSOLUTE_WORDING: _ClassVar[ReasonCategory]
    REASON_CATEGORY_CONDITIONAL_PROMO: _ClassVar[ReasonCategory]
    REASON_CATEGORY_MISSING_OPT_OUT: _ClassVar[ReasonCategory]
    REASON_CATEGORY_MISSING_RISK_DISCLOSURE: _ClassVar[ReasonCategory]
    REASON_CATEGORY_GUARANTEED_RETURN: _ClassVar[ReasonCategory]
    REASON_CATEGORY_INDUSTRY_CLAIM: _ClassVar[ReasonCategory]
    REASON_CATEGORY_UNVERIFIED_LINK: _ClassVar[ReasonCategory]
    REASON_CATEGORY_UNVERIFIED_CONTACT: _ClassVar[ReasonCategory]
    REASON_CATEGORY_PROHIBITED_CONTENT: _ClassVar[ReasonCategory]
    REASON_CATEGORY_PROFANITY: _ClassVar[ReasonCategory]
    REASON_CATEGORY_SIGNATURE: _ClassVar[ReasonCategory]
    REASON_CATEGORY_VARIABLE: _ClassVar[ReasonCategory]
    REASON_CATEGORY_TYPE_MISMATCH: _ClassVar[ReasonCategory]
    REASON_CATEGORY_SEND_WINDOW: _ClassVar[ReasonCategory]
    REASON_CATEGORY_FORMAT: _ClassVar[ReasonCategory]
    REASON_CATEGORY_PRIVACY: _ClassVar[ReasonCategory]
    REASON_CATEGORY_EVASION: _ClassVar[ReasonCategory]
    REASON_CATEGORY_CUSTOM: _ClassVar[ReasonCategory]
    REASON_CATEGORY_DEGRADED: _ClassVar[ReasonCategory]

class Severity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEVERITY_UNSPECIFIED: _ClassVar[Severity]
    SEVERITY_REJECT: _ClassVar[Severity]
    SEVERITY_REVIEW: _ClassVar[Severity]
    SEVERITY_ADVICE: _ClassVar[Severity]
    SEVERITY_SHADOW: _ClassVar[Severity]
REASON_CATEGORY_UNSPECIFIED: ReasonCategory
REASON_CATEGORY_ABSOLUTE_WORDING: ReasonCategory
REASON_CATEGORY_CONDITIONAL_PROMO: ReasonCategory
REASON_CATEGORY_MISSING_OPT_OUT: ReasonCategory
REASON_CATEGORY_MISSING_RISK_DISCLOSURE: ReasonCategory
REASON_CATEGORY_GUARANTEED_RETURN: ReasonCategory
REASON_CATEGORY_INDUSTRY_CLAIM: ReasonCategory
REASON_CATEGORY_UNVERIFIED_LINK: ReasonCategory
REASON_CATEGORY_UNVERIFIED_CONTACT: ReasonCategory
REASON_CATEGORY_PROHIBITED_CONTENT: ReasonCategory
REASON_CATEGORY_PROFANITY: ReasonCategory
REASON_CATEGORY_SIGNATURE: ReasonCategory
REASON_CATEGORY_VARIABLE: ReasonCategory
REASON_CATEGORY_TYPE_MISMATCH: ReasonCategory
REASON_CATEGORY_SEND_WINDOW: ReasonCategory
REASON_CATEGORY_FORMAT: ReasonCategory
REASON_CATEGORY_PRIVACY: ReasonCategory
REASON_CATEGORY_EVASION: ReasonCategory
REASON_CATEGORY_CUSTOM: ReasonCategory
REASON_CATEGORY_DEGRADED: ReasonCategory
SEVERITY_UNSPECIFIED: Severity
SEVERITY_REJECT: Severity
SEVERITY_REVIEW: Severity
SEVERITY_ADVICE: Severity
SEVERITY_SHADOW: Severity

class Law(_message.Message):
    __slots__ = ("name", "article", "valid_from")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ARTICLE_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    name: str
    article: str
    valid_from: str
    def __init__(self, name: _Optional[str] = ..., article: _Optional[str] = ..., valid_from: _Optional[str] = ...) -> None: ...

class RuleExample(_message.Message):
    __slots__ = ("text", "quote")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    QUOTE_FIELD_NUMBER: _ClassVar[int]
    text: str
    quote: str
    def __init__(self, text: _Optional[str] = ..., quote: _Optional[str] = ...) -> None: ...

class Rule(_message.Message):
    __slots__ = ("id", "name", "category", "severity", "types", "industries", "condition", "message", "advice", "law", "why", "false_positives", "bad", "good", "since")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    INDUSTRIES_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    LAW_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    FALSE_POSITIVES_FIELD_NUMBER: _ClassVar[int]
    BAD_FIELD_NUMBER: _ClassVar[int]
    GOOD_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    category: ReasonCategory
    severity: Severity
    types: _containers.RepeatedScalarFieldContainer[_template_pb2.TemplateType]
    industries: _containers.RepeatedScalarFieldContainer[_template_pb2.Industry]
    condition: str
    message: str
    advice: str
    law: _containers.RepeatedCompositeFieldContainer[Law]
    why: str
    false_positives: str
    bad: _containers.RepeatedCompositeFieldContainer[RuleExample]
    good: _containers.RepeatedCompositeFieldContainer[RuleExample]
    since: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., category: _Optional[_Union[ReasonCategory, str]] = ..., severity: _Optional[_Union[Severity, str]] = ..., types: _Optional[_Iterable[_Union[_template_pb2.TemplateType, str]]] = ..., industries: _Optional[_Iterable[_Union[_template_pb2.Industry, str]]] = ..., condition: _Optional[str] = ..., message: _Optional[str] = ..., advice: _Optional[str] = ..., law: _Optional[_Iterable[_Union[Law, _Mapping]]] = ..., why: _Optional[str] = ..., false_positives: _Optional[str] = ..., bad: _Optional[_Iterable[_Union[RuleExample, _Mapping]]] = ..., good: _Optional[_Iterable[_Union[RuleExample, _Mapping]]] = ..., since: _Optional[str] = ...) -> None: ...
