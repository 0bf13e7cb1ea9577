"""The bound of every request field, in one table, and the check of a request against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from moderation.service.errors import Reason, RequestError
from moderation.text.template import MAX_TEXT_LENGTH
from moderation.v1 import template_pb2

LATEST_SECOND = 253402300799
"""9999-12-31T23:59:59Z, the last second of a protobuf timestamp."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and most code points of a string, items of a list, or the range of a number."""

    least: int
    most: int


MESSAGE_LENGTH = Bound(1, 2 * MAX_TEXT_LENGTH)
"""Code points of one filled message."""

BOUNDS: Mapping[str, Bound] = MappingProxyType(
    {
        "moderation.v1.Template.id": Bound(0, 128),
        "moderation.v1.Template.text": Bound(1, MAX_TEXT_LENGTH),
        "moderation.v1.Template.signature": Bound(0, 64),
        "moderation.v1.Template.tenant": Bound(0, 64),
        "moderation.v1.Template.profile": Bound(0, 64),
        "moderation.v1.Template.region": Bound(0, 64),
        "moderation.v1.CheckRequest.locale": Bound(0, 35),
        "moderation.v1.CheckBatchRequest.items": Bound(1, 1000),
        "moderation.v1.CheckBatchRequest.locale": Bound(0, 35),
        "moderation.v1.CheckStreamRequest.locale": Bound(0, 35),
        "moderation.v1.CheckMessageRequest.messages": Bound(1, 1000),
        "moderation.v1.CheckMessageRequest.locale": Bound(0, 35),
        "moderation.v1.ListRulesRequest.page_size": Bound(0, 1000),
        "moderation.v1.ListRulesRequest.page_token": Bound(0, 256),
        "moderation.v1.ListRulesRequest.categories": Bound(0, 64),
        "moderation.v1.ListRulesRequest.locale": Bound(0, 35),
        "moderation.v1.ExplainRuleRequest.rule": Bound(1, 64),
        "moderation.v1.ExplainRuleRequest.locale": Bound(0, 35),
    }
)
INTEGERS = frozenset((FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64))

FieldCheck = Callable[[Any], None]
Plan = tuple[tuple[str, FieldCheck], ...]


def check(message: Message) -> None:
    """Raise a RequestError that names the first field outside its bound.

    Messages inside lists are left to the caller, who answers for them one by one.
    """
    for name, field_check in _plan(message.DESCRIPTOR):
        try:
            field_check(getattr(message, name))
        except RequestError as error:
            raise error.below(name) from None


def check_messages(messages: Sequence[str]) -> None:
    """Raise a RequestError that names the first filled message outside its bound."""
    for index, message in enumerate(messages):
        try:
            _check_length(MESSAGE_LENGTH, message)
        except RequestError as error:
            raise error.below(f"messages[{index}]") from None


def check_profile(message: template_pb2.Template, known: Collection[str]) -> None:
    """Raise a RequestError where a template names a profile that there is not; an empty name is the generic one."""
    if message.profile and message.profile not in known:
        names = " ".join(sorted(known))
        told = f"no profile has this name; known are {names}"
        raise RequestError(Reason.PROFILE_UNKNOWN, told, "profile", known=names)


@cache
def _plan(descriptor: Descriptor) -> Plan:
    checks = ((field.name, _field_check(field)) for field in descriptor.fields)
    return tuple((name, field_check) for name, field_check in checks if field_check is not None)


def _field_check(field: FieldDescriptor) -> FieldCheck | None:
    bound = BOUNDS.get(field.full_name)
    if field.message_type is not None and not field.is_repeated:
        return _check_timestamp if field.message_type is Timestamp.DESCRIPTOR else check
    if field.enum_type is not None:
        kind = field.enum_type
        return partial(_check_enums, kind, bound) if field.is_repeated else partial(_check_enum, kind)
    if bound is None:
        return None
    return partial(_check_number if field.cpp_type in INTEGERS and not field.is_repeated else _check_length, bound)


def _check_length(bound: Bound, value: Any) -> None:  # noqa: ANN401 - a string or a list
    if not bound.least <= len(value) <= bound.most:
        if not value:
            raise RequestError(Reason.FIELD_REQUIRED, "must not be empty")
        raise RequestError(Reason.FIELD_TOO_LONG, f"length is {len(value)}, limit is {bound.most}", limit=bound.most)


def _check_number(bound: Bound, value: int) -> None:
    if not bound.least <= value <= bound.most:
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, f"must be {bound.least} to {bound.most}", limit=bound.most)


def _check_enum(kind: EnumDescriptor, value: int) -> None:
    if value not in kind.values_by_number:
        known = " ".join(kind.values_by_name)
        told = f"{value} is not a value of {kind.name}; use one of {known}"
        raise RequestError(Reason.ENUM_UNKNOWN, told, value=value, known=known)


def _check_enums(kind: EnumDescriptor, bound: Bound | None, values: Any) -> None:  # noqa: ANN401 - a repeated field
    if bound is not None:
        _check_length(bound, values)
    for index, value in enumerate(values):
        try:
            _check_enum(kind, value)
        except RequestError as error:
            raise error.below(f"[{index}]") from None


def _check_timestamp(value: Timestamp) -> None:
    if not 0 <= value.seconds <= LATEST_SECOND:
        raise RequestError(Reason.TIMESTAMP_INVALID, "must lie in the years 1970 to 9999")
    if not 0 <= value.nanos < 1_000_000_000:
        raise RequestError(Reason.TIMESTAMP_INVALID, f"nanos is {value.nanos}; it must be 0 to 999999999")
