"""Methods of gRPC services from handlers: how requests are read and answers written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import grpc
from google.protobuf.message import Message

from moderation.service.decode import deserializer
from moderation.service.guard import Guard, Handler

Method: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Service: TypeAlias = "grpc.GenericRpcHandler[Any, Any]"


def service(name: str, methods: Mapping[str, Method]) -> Service:
    """Return a service with its methods by their names."""
    return grpc.method_handlers_generic_handler(name, dict(methods))


def unary(guard: Guard, name: str, handler: Handler[Any], kind: type[Message], items: str = "") -> Method:
    """Return a method that answers once; `items` names the list whose items fail one by one."""
    return grpc.unary_unary_rpc_method_handler(guard.around(name, handler), deserializer(kind, items), _serialize)


def answering(guard: Guard, name: str, handler: Handler[Any], kind: type[Message]) -> Method:
    """Return a method that answers one request again and again."""
    return grpc.unary_stream_rpc_method_handler(guard.around(name, handler), deserializer(kind), _serialize)


def collecting(guard: Guard, name: str, handler: Handler[Any], kind: type[Message]) -> Method:
    """Return a method that answers many requests once."""
    return grpc.stream_unary_rpc_method_handler(guard.around(name, handler), deserializer(kind), _serialize)


def stream(guard: Guard, name: str, handler: Handler[Any], kind: type[Message]) -> Method:
    """Return a method that answers each of many requests."""
    return grpc.stream_stream_rpc_method_handler(guard.around(name, handler), deserializer(kind), _serialize)


def _serialize(message: Message) -> bytes:
    return message.SerializeToString()
