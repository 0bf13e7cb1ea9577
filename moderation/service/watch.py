"""WatchCases: what happens to cases, as it happens; one look at the store serves all who watch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from moderation.review.case import CaseEventRecord
from moderation.review.desk import LARGEST_PAGE, Desk
from moderation.review.people import SERVICE, Actor
from moderation.service.decode import Request
from moderation.service.desk_calls import DeskCalls, begun
from moderation.service.guard import Context
from moderation.service.logs import describe, log
from moderation.service.record_translate import event_to_proto
from moderation.v1 import review_service_pb2

LOOK_SECONDS = 0.5
"""How long what happened may wait to be seen."""


class Watch:
    """Writes events to all who watch; belongs to one event loop."""

    def __init__(self, desk: Desk, calls: DeskCalls) -> None:
        self._desk = desk
        self._calls = calls
        self._news = asyncio.Event()
        self._newest = 0
        self._watchers = 0
        self._looking: asyncio.Task[None] | None = None
        self._is_closed = False

    async def watch_cases(self, request: Request[review_service_pb2.WatchCasesRequest], context: Context) -> None:
        """Write what happened after a sequence number and then what happens, until cancelled or closed."""
        message, actor = begun("ReviewService.WatchCases", request, context)
        after = message.after
        with self._watching():
            while not self._is_closed:
                news = self._news
                events = await self._events(actor, after)
                for event in events:
                    await context.write(review_service_pb2.WatchCasesResponse(event=event_to_proto(event)))
                    after = event.sequence
                if not events:
                    await news.wait()

    def close(self) -> None:
        """Let all who watch end."""
        self._is_closed = True
        self._tell()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Look for news while there is anybody who watches."""
        self._watchers += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._watchers -= 1
            if not self._watchers and self._looking is not None:
                self._looking.cancel()
                self._looking = None

    async def _look(self) -> None:
        """Wake who watches when there is news, or when the store fails: then each of them meets the failure itself."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                events = await self._events(SERVICE, self._newest)
            except Exception as error:
                log.warning("watch_failed", **describe(error))
                self._tell()
                continue
            if events:
                self._newest = events[-1].sequence
                self._tell()

    async def _events(self, actor: Actor, after: int) -> tuple[CaseEventRecord, ...]:
        return await self._calls.run(lambda: self._desk.events(actor, after=after, size=LARGEST_PAGE))

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
