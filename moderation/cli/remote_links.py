"""The registry of links behind a server's LinkService."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from moderation.cli.remote_calls import RemoteCalls, metadata_of, named
from moderation.links.link import ALL, Link, LinkFilter, LinkKind, Proof
from moderation.links.registry import Imported, LinkError, LinkReason
from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.people import Actor
from moderation.service.choices import LINK_KINDS, LINK_STATES, PROOFS
from moderation.service.link_translate import imported_from_proto, link_from_proto
from moderation.service.review_translate import timestamp
from moderation.v1 import link_service_pb2, link_service_pb2_grpc

PART = 1 << 20
"""Bytes of a file in one message."""

IMPORT_SECONDS = 600.0
"""How long the largest file may take."""


class RemoteLinks:
    """Implements `moderation.links.registry.LinkRegistry` over a server; safe to share between threads.

    Raises ServerError where the server refuses a call for what the registry has no reason for.
    """

    def __init__(self, address: str) -> None:
        self._calls = RemoteCalls(address, "LinkService", own=(LinkReason, LinkError))
        self._call = self._calls.call
        self._stub = link_service_pb2_grpc.LinkServiceStub(self._calls.channel)

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
            request_id=named(request_id),
        )
        return link_from_proto(self._call(actor, self._stub.AddLink, request).link)

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
            link=number, epoch=epoch, manual=manual, request_id=named(request_id)
        )
        return link_from_proto(self._call(actor, self._stub.VerifyLink, request).link)

    def prove(self, actor: Actor, number: int, method: Proof, *, epoch: int = 0, request_id: str = "") -> Link:
        """Verify a link by what its host publishes."""
        request = link_service_pb2.VerifyLinkRequest(
            link=number, epoch=epoch, challenge=PROOFS.number(method), request_id=named(request_id)
        )
        return link_from_proto(self._call(actor, self._stub.VerifyLink, request).link)

    def revoke(self, actor: Actor, number: int, reason: str, *, epoch: int = 0, request_id: str = "") -> Link:
        """Let a link count no longer."""
        request = link_service_pb2.RevokeLinkRequest(
            link=number, epoch=epoch, reason=reason, request_id=named(request_id)
        )
        return link_from_proto(self._call(actor, self._stub.RevokeLink, request).link)

    def link(self, actor: Actor, number: int) -> Link:
        """Return one link."""
        request = link_service_pb2.GetLinkRequest(link=number)
        return link_from_proto(self._call(actor, self._stub.GetLink, request).link)

    def links(self, actor: Actor, wanted: LinkFilter = ALL, *, size: int = PAGE_SIZE, token: str = "") -> Page[Link]:
        """Return links, the oldest first, a page at a time."""
        request = link_service_pb2.ListLinksRequest(
            page_size=size,
            page_token=token,
            tenant=wanted.tenant,
            state=LINK_STATES.number(wanted.state),
            host=wanted.host,
        )
        answer = self._call(actor, self._stub.ListLinks, request)
        return Page(tuple(map(link_from_proto, answer.links)), answer.next_page_token)

    def import_links(self, actor: Actor, content: bytes, *, request_id: str = "") -> Imported:
        """Add or verify again all links of a CSV file, or none."""
        with self._calls.refusals():
            answer = self._stub.ImportLinks(
                _parts(content, named(request_id)), timeout=IMPORT_SECONDS, metadata=metadata_of(actor)
            )
        return imported_from_proto(answer)

    def close(self) -> None:
        """Close the channel."""
        self._calls.close()


def _parts(content: bytes, request_id: str) -> Iterator[link_service_pb2.ImportLinksRequest]:
    for start in range(0, max(len(content), 1), PART):
        yield link_service_pb2.ImportLinksRequest(
            content=content[start : start + PART], request_id=request_id if not start else ""
        )
