import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TemplateType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TEMPLATE_TYPE_UNSPECIFIED: _ClassVar[TemplateType]
    TEMPLATE_TYPE_OTP: _ClassVar[TemplateType]
    TEMPLATE_TYPE_NOTIFICATION: _ClassVar[TemplateType]
    TEMPLATE_TYPE_MARKETING: _ClassVar[TemplateType]

class Industry(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INDUSTRY_UNSPECIFIED: _ClassVar[Industry]
    INDUSTRY_FINANCE: _ClassVar[Industry]
    INDUSTRY_INSURANCE: _ClassVar[Industry]
    INDUSTRY_LOAN: _ClassVar[Industry]
    INDUSTRY_SECURITIES: _ClassVar[Industry]
    INDUSTRY_RETAIL: _ClassVar[Industry]
    INDUSTRY_CATERING: _ClassVar[Industry]
    INDUSTRY_LOGISTICS: _ClassVar[Industry]
    INDUSTRY_CARRIER: _ClassVar[Industry]
    INDUSTRY_TRAVEL: _ClassVar[Industry]
    INDUSTRY_AUTOMOTIVE: _ClassVar[Industry]
    INDUSTRY_MEDICAL: _ClassVar[Industry]
    INDUSTRY_HEALTH_FOOD: _ClassVar[Industry]
    INDUSTRY_COSMETICS: _ClassVar[Industry]
    INDUSTRY_EDUCATION: _ClassVar[Industry]
    INDUSTRY_REAL_ESTATE: _ClassVar[Industry]
    INDUSTRY_HOME: _ClassVar[Industry]
    INDUSTRY_GOVERNMENT: _ClassVar[Industry]
    INDUSTRY_UTILITIES: _ClassVar[Industry]
    INDUSTRY_RECRUITMENT: _ClassVar[Industry]
    INDUSTRY_FRANCHISE: _ClassVar[Industry]
    INDUSTRY_ALCOHOL: _ClassVar[Industry]
    INDUSTRY_TOBACCO: _ClassVar[Industry]
    INDUSTRY_GAMES: _ClassVar[Industry]
    INDUSTRY_INTERNET: _ClassVar[Industry]
    INDUSTRY_ENTERTAINMENT: _ClassVar[Industry]
    INDUSTRY_OTHER: _ClassVar[Industry]
TEMPLATE_TYPE_UNSPECIFIED: TemplateType
TEMPLATE_TYPE_OTP: TemplateType
TEMPLATE_TYPE_NOTIFICATION: TemplateType
TEMPLATE_TYPE_MARKETING: TemplateType
INDUSTRY_UNSPECIFIED: Industry
INDUSTRY_FINANCE: Industry
INDUSTRY_INSURANCE: Industry
INDUSTRY_LOAN: Industry
INDUSTRY_SECURITIES: Industry
INDUSTRY_RETAIL: Industry
INDUSTRY_CATERING: Industry
INDUSTRY_LOGISTICS: Industry
INDUSTRY_CARRIER: Industry
INDUSTRY_TRAVEL: Industry
INDUSTRY_AUTOMOTIVE: Industry
INDUSTRY_MEDICAL: Industry
INDUSTRY_HEALTH_FOOD: Industry
INDUSTRY_COSMETICS: Industry
INDUSTRY_EDUCATION: Industry
INDUSTRY_REAL_ESTATE: Industry
INDUSTRY_HOME: Industry
INDUSTRY_GOVERNMENT: Industry
INDUSTRY_UTILITIES: Industry
INDUSTRY_RECRUITMENT: Industry
INDUSTRY_FRANCHISE: Industry
INDUSTRY_ALCOHOL: Industry
INDUSTRY_TOBACCO: Industry
INDUSTRY_GAMES: Industry
INDUSTRY_INTERNET: Industry
INDUSTRY_ENTERTAINMENT: Industry
INDUSTRY_OTHER: Industry

class Template(_message.Message):
    __slots__ = ("id", "text", "signature", "type", "industry", "tenant", "profile", "region", "send_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    INDUSTRY_FIELD_NUMBER: _ClassVar[int]
    TENANT_FIELD_NUMBER: _ClassVar[int]
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    SEND_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    signature: str
    type: TemplateType
    industry: Industry
    tenant: str
    profile: str
    region: str
    send_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., signature: _Optional[str] = ..., type: _Optional[_Union[TemplateType, str]] = ..., industry: _Optional[_Union[Industry, str]] = ..., tenant: _Optional[str] = ..., profile: _Optional[str] = ..., region: _Optional[str] = ..., send_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
