"""Calls that wait for a desk: who calls is asked first, and the work is done in threads beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from google.protobuf.message import Message

from moderation.review.people import Actor
from moderation.service.decode import Request
from moderation.service.guard import Context, Handler, require_time
from moderation.service.roles import permitted

THREADS = 8
"""Calls that may wait for the store at the same time; more wait for a thread."""

Received = TypeVar("Received", bound=Message)
Result = TypeVar("Result")


class DeskCalls:
    """Runs handlers that are plain functions of a request and of who calls; belongs to one event loop.

    A call whose deadline passes ends at once; what its thread has begun is ended there, so a write may still be made.
    """

    def __init__(self, threads: int = THREADS) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="desk")

    def handler(self, method: str, handle: Callable[[Received, Actor], Result]) -> Handler[Result]:
        """Return the handler of a method that only some roles may call."""

        async def call(request: Request[Received], context: Context) -> Result:
            message, actor = begun(method, request, context)
            return await self.run(lambda: handle(message, actor))

        return call

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return the result of some work done in a thread; when the caller is cancelled before its turn, none is."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def close(self) -> None:
        """Wait for what is at work, and drop what is not begun."""
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)


def begun(method: str, request: Request[Received], context: Context) -> tuple[Received, Actor]:
    """Return a call's request and who calls; raise a RequestError where one of them is not as it must be."""
    actor = permitted(method, context.invocation_metadata())
    message = request.checked()
    require_time(context)
    return message, actor
