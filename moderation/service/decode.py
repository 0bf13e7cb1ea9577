"""Request bytes to a request: what cannot be decoded becomes an error that names the field, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Generic, TypeVar

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor, FileDescriptor
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.message import DecodeError, Message

from moderation.service import bounds
from moderation.service.errors import Reason, RequestError

Received = TypeVar("Received", bound=Message)


@dataclass(frozen=True, slots=True)
class Request(Generic[Received]):
    """A request as it came: its message, or why there is none.

    `item_errors` tells which items of a list could not be decoded; such an item stands in the message without its
    bad fields, so that its id is not lost.
    """

    message: Received
    error: RequestError | None = None
    item_errors: Mapping[int, RequestError] = field(default_factory=dict)

    def checked(self) -> Received:
        """Return the message if it was decoded and is within its bounds, else raise a RequestError."""
        if self.error is not None:
            raise self.error
        bounds.check(self.message)
        return self.message


def deserializer(kind: type[Received], items: str = "") -> Callable[[bytes], Request[Received]]:
    """Return a deserializer that never raises; `items` names the list whose items fail one by one."""
    return partial(_decode, kind, items)


def _decode(kind: type[Received], items: str, data: bytes) -> Request[Received]:
    try:
        return Request(kind.FromString(data))
    except DecodeError:
        return _explain(kind, items, data)


def _explain(kind: type[Received], items: str, data: bytes) -> Request[Received]:
    name = kind.DESCRIPTOR.full_name
    try:
        twin = _twin(kind.DESCRIPTOR).FromString(data)
    except DecodeError:
        error = RequestError(Reason.REQUEST_MALFORMED, f"not a valid {name}", type=name)
        return Request(kind(), error)
    errors: dict[int, RequestError] = {}
    first: RequestError | None = None
    for path, index in _clear_bad_strings(twin, items):
        error = RequestError(Reason.REQUEST_MALFORMED, "not valid UTF-8", path, type=name)
        if index is None:
            first = first or error
        else:
            errors.setdefault(index, error)
    return Request(kind.FromString(twin.SerializeToString()), first, errors)


def _clear_bad_strings(twin: Message, items: str) -> Iterator[tuple[str, int | None]]:
    """Empty each string that is not UTF-8 and yield its path, with its index where it stands in an item."""
    for descriptor, value in twin.ListFields():
        name = descriptor.name
        if descriptor.type == FieldDescriptor.TYPE_BYTES and descriptor.is_repeated:
            for index, one in enumerate(value):
                if not _is_utf8(one):
                    value[index] = b""
                    yield f"{name}[{index}]", None
        elif descriptor.type == FieldDescriptor.TYPE_BYTES:
            if not _is_utf8(value):
                twin.ClearField(name)
                yield name, None
        elif descriptor.type == FieldDescriptor.TYPE_MESSAGE:
            children: Any = enumerate(value) if descriptor.is_repeated else ((None, value),)
            for index, child in children:
                parent = name if index is None else f"{name}[{index}]"
                for path, _ in _clear_bad_strings(child, ""):
                    yield f"{parent}.{path}", index if name == items else None


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def _twin(descriptor: Descriptor) -> type[Message]:
    """Return the same message on the wire with bytes for strings, so that bad UTF-8 can be read and located."""
    pool = descriptor_pool.DescriptorPool()
    _add_twin_file(pool, descriptor.file, set())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(descriptor.full_name))


def _add_twin_file(pool: descriptor_pool.DescriptorPool, file: FileDescriptor, added: set[str]) -> None:
    if file.name in added:
        return
    added.add(file.name)
    for dependency in file.dependencies:
        _add_twin_file(pool, dependency, added)
    twin = FileDescriptorProto()
    file.CopyToProto(twin)
    for message in twin.message_type:
        for member in message.field:
            if member.type == FieldDescriptorProto.TYPE_STRING:
                member.type = FieldDescriptorProto.TYPE_BYTES
    pool.Add(twin)
