"""LinkService over one registry: which method is answered how, and in which threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from typing import Any

from google.protobuf.message import Message

from moderation.links.registry import LinkRegistry
from moderation.review.people import Actor
from moderation.service.decode import Request
from moderation.service.desk_calls import DeskCalls
from moderation.service.guard import Context, Guard, require_time
from moderation.service.link import LinkHandlers, collected
from moderation.service.methods import Service, collecting, service, unary
from moderation.service.roles import permitted
from moderation.v1 import link_service_pb2

LINK = link_service_pb2.DESCRIPTOR.services_by_name["LinkService"]
LINK_SERVICES = (LINK.full_name,)

CHALLENGE_THREADS = 4
"""Challenges that are looked at, and files that are taken up, at the same time; they take seconds."""

FILES = 2
"""Files that are in memory at the same time; more wait."""


class LinkServices:
    """LinkService over a registry; belongs to one event loop. What takes long has threads of its own."""

    def __init__(self, links: LinkRegistry, guard: Guard) -> None:
        self._handlers = LinkHandlers(links)
        self._guard = guard
        self._calls = DeskCalls()
        self._long_calls = DeskCalls(threads=CHALLENGE_THREADS)
        self._importing = asyncio.Semaphore(FILES)
        unaries: Mapping[str, tuple[DeskCalls, Callable[[Any, Actor], Message], type[Message]]] = {
            "AddLink": (self._calls, self._handlers.add_link, link_service_pb2.AddLinkRequest),
            "VerifyLink": (self._long_calls, self._handlers.verify_link, link_service_pb2.VerifyLinkRequest),
            "GetLink": (self._calls, self._handlers.get_link, link_service_pb2.GetLinkRequest),
            "ListLinks": (self._calls, self._handlers.list_links, link_service_pb2.ListLinksRequest),
            "RevokeLink": (self._calls, self._handlers.revoke_link, link_service_pb2.RevokeLinkRequest),
        }
        methods = {
            name: unary(guard, name, calls.handler(f"LinkService.{name}", handle), kind)
            for name, (calls, handle, kind) in unaries.items()
        }
        kind = link_service_pb2.ImportLinksRequest
        methods["ImportLinks"] = collecting(guard, "ImportLinks", self._import_links, kind)
        self.service: Service = service(LINK.full_name, methods)

    async def close(self) -> None:
        """Wait for what is at work."""
        await self._calls.close()
        await self._long_calls.close()

    async def _import_links(
        self, requests: AsyncIterator[Request[link_service_pb2.ImportLinksRequest]], context: Context
    ) -> link_service_pb2.ImportLinksResponse:
        actor = permitted("LinkService.ImportLinks", context.invocation_metadata())
        async with self._importing:
            content, request_id = await collected(requests)
            require_time(context)
            return await self._long_calls.run(partial(self._handlers.import_links, content, request_id, actor))
