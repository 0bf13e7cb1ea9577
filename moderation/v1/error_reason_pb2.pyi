from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    ERROR_REASON_REQUEST_MALFORMED: _ClassVar[ErrorReason]
    ERROR_REASON_FIELD_REQUIRED: _ClassVar[ErrorReason]
    ERROR_REASON_FIELD_TOO_LONG: _ClassVar[ErrorReason]
    ERROR_REASON_FIELD_OUT_OF_RANGE: _ClassVar[ErrorReason]
    ERROR_REASON_ENUM_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_TIMESTAMP_INVALID: _ClassVar[ErrorReason]
    ERROR_REASON_PROFILE_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_LOCALE_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_PAGE_TOKEN_INVALID: _ClassVar[ErrorReason]
    ERROR_REASON_RULE_UNKNOWN: _ClassVar[ErrorReason]
    ERROR_REASON_RESPONSE_TOO_LARGE: _ClassVar[ErrorReason]
    ERROR_REASON_OVERLOADED: _ClassVar[ErrorReason]
    ERROR_REASON_RULESET_NOT_LOADED: _ClassVar[ErrorReason]
    ERROR_REASON_DEADLINE_EXCEEDED: _ClassVar[ErrorReason]
    ERROR_REASON_CANCELLED: _ClassVar[ErrorReason]
    ERROR_REASON_INTERNAL: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
ERROR_REASON_REQUEST_MALFORMED: ErrorReason
ERROR_REASON_FIELD_REQUIRED: ErrorReason
ERROR_REASON_FIELD_TOO_LONG: ErrorReason
ERROR_REASON_FIELD_OUT_OF_RANGE: ErrorReason
ERROR_REASON_ENUM_UNKNOWN: ErrorReason
ERROR_REASON_TIMESTAMP_INVALID: ErrorReason
ERROR_REASON_PROFILE_UNKNOWN: ErrorReason
ERROR_REASON_LOCALE_UNKNOWN: ErrorReason
ERROR_REASON_PAGE_TOKEN_INVALID: ErrorReason
ERROR_REASON_RULE_UNKNOWN: ErrorReason
ERROR_REASON_RESPONSE_TOO_LARGE: ErrorReason
ERROR_REASON_OVERLOADED: ErrorReason
ERROR_REASON_RULESET_NOT_LOADED: ErrorReason
ERROR_REASON_DEADLINE_EXCEEDED: ErrorReason
ERROR_REASON_CANCELLED: ErrorReason
ERROR_REASON_INTERNAL: ErrorReason
