"""Calls of a server's services: the channel, who makes them, and what their refusals are in this process."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import quote

import grpc
from google.protobuf.message import Message

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.server_error import ServerFault, server_error
from moderation.review.desk import LARGEST_PAGE, DeskError, DeskReason
from moderation.review.people import Actor, Role
from moderation.service.roles import ACTOR_KEY, ROLE_KEY, TENANT_KEY

Asked = TypeVar("Asked", bound=Message)
Answer = TypeVar("Answer", bound=Message)


Refusal = tuple[type[StrEnum], Callable[..., Exception]]
"""The reasons of a service's own refusals, and what makes one of a reason, its message and its metadata."""


class RemoteCalls:
    """A channel to a server; calls of the named services that may succeed a moment later are tried again.

    A refusal for a reason of `own` or of the desk is raised as in this process, all else as ServerError. Unless
    `tells_absence`, a server that does not answer is a store that is unavailable.
    """

    def __init__(self, address: str, *services: str, own: Refusal | None = None, tells_absence: bool = False) -> None:
        self._address = address
        self._own = own
        self._tells_absence = tells_absence
        options = (("grpc.max_receive_message_length", -1), ("grpc.service_config", json.dumps(_retries(*services))))
        self.channel = grpc.insecure_channel(address, options)

    def call(
        self,
        actor: Actor,
        method: grpc.UnaryUnaryMultiCallable[Asked, Answer],
        request: Asked,
        seconds: float = DEADLINE_SECONDS,
    ) -> Answer:
        """Return what a method answers to somebody."""
        with self.refusals():
            return method(request, timeout=seconds, metadata=metadata_of(actor))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Raise what a call in a block is refused for as what it is."""
        try:
            yield
        except grpc.RpcError as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Close the channel."""
        self.channel.close()

    def _told(self, error: grpc.RpcError) -> Exception:
        told = server_error(self._address, error)
        if self._own is not None and told.reason in set(self._own[0]):
            reasons, refusal = self._own
            return refusal(reasons(told.reason), told.detail, **told.metadata)
        if told.reason in set(DeskReason):
            return DeskError(DeskReason(told.reason), told.detail, **told.metadata)
        if told.fault is ServerFault.ABSENT and not self._tells_absence:
            wrong = f"the server {self._address} does not answer there; check HOST:PORT and `moderation serve`"
            return DeskError(DeskReason.STORE_UNAVAILABLE, wrong)
        return told


def all_pages(ask: Callable[[dict[str, Any]], Any]) -> Iterator[Any]:
    """Yield the answers that hold a whole list, page after page; `ask` is given what a request says of its page."""
    token = ""
    while True:
        answer = ask({"page_size": LARGEST_PAGE, "page_token": token})
        yield answer
        token = answer.next_page_token
        if not token:
            return


def metadata_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the metadata by which a call says who makes it."""
    said = ((ACTOR_KEY, quote(actor.name)), (ROLE_KEY, actor.role.value))
    return (*said, (TENANT_KEY, quote(actor.tenant))) if actor.role is Role.SENDER else said


def named(request_id: str) -> str:
    """Return a request's id, a new one where none is given, so that it can be sent again."""
    return request_id or uuid.uuid4().hex


def _retries(*services: str) -> dict[str, Any]:
    """Return what gRPC does about such calls; every write has a request id, so that none is made twice."""
    return {
        "methodConfig": [
            {
                "name": [{"service": f"moderation.v1.{name}"} for name in services],
                "retryPolicy": {
                    "maxAttempts": 4,
                    "initialBackoff": "0.2s",
                    "maxBackoff": "2s",
                    "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
                },
            }
        ]
    }
