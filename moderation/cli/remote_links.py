"""The registry of links behind a server's LinkService."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import grpc

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.remote_desk import metadata_of
from moderation.cli.server_error import ServerError, ServerFault, server_error
from moderation.links.link import ALL, Link, LinkFilter, LinkKind, Proof
from moderation.links.registry import Imported, LinkError, LinkReason
from moderation.review.desk import PAGE_SIZE, DeskError, DeskReason, Page
from moderation.review.people import Actor
from moderation.service.choices import LINK_KINDS, LINK_STATES, PROOFS
from moderation.service.link_translate import imported_from_proto, link_from_proto
from moderation.service.review_translate import timestamp
from moderation.v1 import link_service_pb2, link_service_pb2_grpc

PART = 1 << 20
"""Bytes of a file in one message."""

IMPORT_SECONDS = 600.0
"""How long the largest file may take."""

RETRIES = {
    "methodConfig": [
        {
            "name": [{"service": "moderation.v1.LinkService"}],
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
OPTIONS = (("grpc.max_receive_message_length", -1), ("grpc.service_config", json.dumps(RETRIES)))


class RemoteLinks:
    """Implements `moderation.links.registry.LinkRegistry` over a server; safe to share between threads.

    Raises ServerError where the server refuses a call for what the registry has no reason for.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._channel = grpc.insecure_channel(address, OPTIONS)
        self._stub = link_service_pb2_grpc.LinkServiceStub(self._channel)

    def add(
        self,
        actor: Actor,
        tenant: str,
        target: str,
        *,
        kind: LinkKind = LinkKind.OWN_DOMAIN,
        icp_number: str = "",
        evidence: str = "",
        request_id: str = "",
    ) -> Link:
        """Register a link that waits to be verified."""
        request = link_service_pb2.AddLinkRequest(
            tenant=tenant,
            target=target,
            kind=LINK_KINDS.number(kind),
            icp_number=icp_number,
            evidence=evidence,
            request_id=_named(request_id),
        )
        with self._calling():
            return link_from_proto(self._stub.AddLink(request, **_call(actor)).link)

    def verify(
        self,
        actor: Actor,
        number: int,
        evidence: str,
        valid_until: datetime,
        *,
        icp_number: str = "",
        epoch: int = 0,
        request_id: str = "",
    ) -> Link:
        """Verify a link by hand until a moment."""
        manual = link_service_pb2.ManualProof(
            evidence=evidence, valid_until=timestamp(valid_until), icp_number=icp_number
        )
        request = link_service_pb2.VerifyLinkRequest(
            link=number, epoch=epoch, manual=manual, request_id=_named(request_id)
        )
        with self._calling():
            return link_from_proto(self._stub.VerifyLink(request, **_call(actor)).link)

    def prove(self, actor: Actor, number: int, method: Proof, *, epoch: int = 0, request_id: str = "") -> Link:
        """Verify a link by what its host publishes."""
        request = link_service_pb2.VerifyLinkRequest(
            link=number, epoch=epoch, challenge=PROOFS.number(method), request_id=_named(request_id)
        )
        with self._calling():
            return link_from_proto(self._stub.VerifyLink(request, **_call(actor)).link)

    def revoke(self, actor: Actor, number: int, reason: str, *, epoch: int = 0, request_id: str = "") -> Link:
        """Let a link count no longer."""
        request = link_service_pb2.RevokeLinkRequest(
            link=number, epoch=epoch, reason=reason, request_id=_named(request_id)
        )
        with self._calling():
            return link_from_proto(self._stub.RevokeLink(request, **_call(actor)).link)

    def link(self, actor: Actor, number: int) -> Link:
        """Return one link."""
        with self._calling():
            return link_from_proto(
                self._stub.GetLink(link_service_pb2.GetLinkRequest(link=number), **_call(actor)).link
            )

    def links(self, actor: Actor, wanted: LinkFilter = ALL, *, size: int = PAGE_SIZE, token: str = "") -> Page[Link]:
        """Return links, the oldest first, a page at a time."""
        request = link_service_pb2.ListLinksRequest(
            page_size=size,
            page_token=token,
            tenant=wanted.tenant,
            state=LINK_STATES.number(wanted.state),
            host=wanted.host,
        )
        with self._calling():
            answer = self._stub.ListLinks(request, **_call(actor))
        return Page(tuple(map(link_from_proto, answer.links)), answer.next_page_token)

    def import_links(self, actor: Actor, content: bytes, *, request_id: str = "") -> Imported:
        """Add or verify again all links of a CSV file, or none."""
        with self._calling():
            answer = self._stub.ImportLinks(
                _parts(content, _named(request_id)), timeout=IMPORT_SECONDS, metadata=metadata_of(actor)
            )
        return imported_from_proto(answer)

    def close(self) -> None:
        """Close the channel."""
        self._channel.close()

    @contextmanager
    def _calling(self) -> Iterator[None]:
        """Turn a failed call into the registry's own refusal where it is one, else into what is wrong with it."""
        try:
            yield
        except grpc.RpcError as error:
            raise self._told(error) from error

    def _told(self, error: grpc.RpcError) -> LinkError | DeskError | ServerError:
        told = server_error(self._address, error)
        if told.reason in set(LinkReason):
            return LinkError(LinkReason(told.reason), told.detail, **told.metadata)
        if told.reason in set(DeskReason):
            return DeskError(DeskReason(told.reason), told.detail, **told.metadata)
        if told.fault is ServerFault.ABSENT:
            wrong = f"the server {self._address} does not answer there; check HOST:PORT and `moderation serve`"
            return DeskError(DeskReason.STORE_UNAVAILABLE, wrong)
        return told


def _parts(content: bytes, request_id: str) -> Iterator[link_service_pb2.ImportLinksRequest]:
    for start in range(0, max(len(content), 1), PART):
        yield link_service_pb2.ImportLinksRequest(
            content=content[start : start + PART], request_id=request_id if not start else ""
        )


def _call(actor: Actor) -> dict[str, Any]:
    return {"timeout": DEADLINE_SECONDS, "metadata": metadata_of(actor)}


def _named(request_id: str) -> str:
    """Return a request's id, a new one where none is given, so that it can be sent again."""
    return request_id or uuid.uuid4().hex
