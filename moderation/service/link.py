"""LinkService: what tenants register as their own; the registry does the work."""

from __future__ import annotations

from collections.abc import AsyncIterator

from moderation.links.challenge import CHALLENGES
from moderation.links.file import MOST_BYTES
from moderation.links.link import LinkFilter, LinkKind
from moderation.links.registry import LinkRegistry
from moderation.review.desk import PAGE_SIZE
from moderation.review.people import Actor, Role
from moderation.service.choices import LINK_KINDS, LINK_STATES, PROOFS
from moderation.service.decode import Request
from moderation.service.errors import Reason, RequestError
from moderation.service.link_translate import imported_to_proto, link_to_proto
from moderation.service.review_translate import moment_of
from moderation.v1 import link_pb2, link_service_pb2


class LinkHandlers:
    """The methods of LinkService."""

    def __init__(self, links: LinkRegistry) -> None:
        self._links = links

    def add_link(self, message: link_service_pb2.AddLinkRequest, actor: Actor) -> link_service_pb2.AddLinkResponse:
        """Register a link."""
        link = self._links.add(
            actor,
            message.tenant,
            message.target,
            kind=LINK_KINDS.member(message.kind) or LinkKind.OWN_DOMAIN,
            icp_number=message.icp_number,
            evidence=message.evidence,
            request_id=message.request_id,
        )
        return link_service_pb2.AddLinkResponse(link=link_to_proto(link))

    def verify_link(
        self, message: link_service_pb2.VerifyLinkRequest, actor: Actor
    ) -> link_service_pb2.VerifyLinkResponse:
        """Verify a link by hand or by a challenge."""
        way = message.WhichOneof("way")
        if way is None:
            raise RequestError(Reason.FIELD_REQUIRED, "set manual or challenge", "way")
        link = self._proved(message, actor) if way == "challenge" else self._verified(message, actor)
        return link_service_pb2.VerifyLinkResponse(link=link)

    def get_link(self, message: link_service_pb2.GetLinkRequest, actor: Actor) -> link_service_pb2.GetLinkResponse:
        """Return one link."""
        return link_service_pb2.GetLinkResponse(link=link_to_proto(self._links.link(actor, message.link)))

    def list_links(
        self, message: link_service_pb2.ListLinksRequest, actor: Actor
    ) -> link_service_pb2.ListLinksResponse:
        """Return a page of links."""
        wanted = LinkFilter(message.tenant, LINK_STATES.member(message.state), message.host)
        page = self._links.links(actor, wanted, size=message.page_size or PAGE_SIZE, token=message.page_token)
        return link_service_pb2.ListLinksResponse(
            links=[link_to_proto(link) for link in page.items], next_page_token=page.next_token
        )

    def revoke_link(
        self, message: link_service_pb2.RevokeLinkRequest, actor: Actor
    ) -> link_service_pb2.RevokeLinkResponse:
        """Let a link count no longer."""
        link = self._links.revoke(
            actor, message.link, message.reason, epoch=message.epoch, request_id=message.request_id
        )
        return link_service_pb2.RevokeLinkResponse(link=link_to_proto(link))

    def import_links(self, content: bytes, request_id: str, actor: Actor) -> link_service_pb2.ImportLinksResponse:
        """Add or verify again all links of a file."""
        return imported_to_proto(self._links.import_links(actor, content, request_id=request_id))

    def _verified(self, message: link_service_pb2.VerifyLinkRequest, actor: Actor) -> link_pb2.Link:
        if actor.role is not Role.POLICY:
            told = "links are verified by hand by policy staff; use a challenge"
            raise RequestError(
                Reason.ROLE_DENIED, told, method="LinkService.VerifyLink", role=actor.role, allowed=Role.POLICY
            )
        manual = message.manual
        if not manual.HasField("valid_until"):
            raise RequestError(Reason.FIELD_REQUIRED, "must not be empty", "manual.valid_until")
        link = self._links.verify(
            actor,
            message.link,
            manual.evidence,
            moment_of(manual.valid_until),
            icp_number=manual.icp_number,
            epoch=message.epoch,
            request_id=message.request_id,
        )
        return link_to_proto(link)

    def _proved(self, message: link_service_pb2.VerifyLinkRequest, actor: Actor) -> link_pb2.Link:
        method = PROOFS.required(message.challenge, "challenge", CHALLENGES)
        link = self._links.prove(actor, message.link, method, epoch=message.epoch, request_id=message.request_id)
        return link_to_proto(link)


async def collected(
    requests: AsyncIterator[Request[link_service_pb2.ImportLinksRequest]],
) -> tuple[bytes, str]:
    """Return the file that comes in parts, and the id of the write; raise a RequestError where it is too large."""
    parts: list[bytes] = []
    size, request_id = 0, ""
    async for request in requests:
        message = request.checked()
        request_id = message.request_id if not parts else request_id
        parts.append(message.content)
        size += len(message.content)
        if size > MOST_BYTES:
            told = f"the file has more than {MOST_BYTES} bytes; split it"
            raise RequestError(Reason.FIELD_TOO_LONG, told, "content", limit=MOST_BYTES)
    return b"".join(parts), request_id
