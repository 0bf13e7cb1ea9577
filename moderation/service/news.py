"""When it is time to look for a new version of the wordlists: at a word of the store, and now and then without one."""

from __future__ import annotations

import asyncio

from sqlalchemy import Engine

from moderation.service.logs import describe, log
from moderation.store.wordlist_news import is_told, told

POLL_SECONDS = 0.5
"""How long a version may be in force before a process looks, where the store does not tell."""

CALM_SECONDS = 2.0
"""The same, while the store tells: should a word of it be lost, it is seen no later."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before it is listened again, twice as many each time that it fails."""


class News:
    """Says when to look; belongs to one event loop. Without an engine that tells, it is every half a second."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._news = asyncio.Event()
        self.is_listening = False
        listens = engine is not None and is_told(engine)
        self._task = asyncio.create_task(self._listen(engine)) if engine is not None and listens else None

    async def wait(self) -> None:
        """Wait until it is time to look."""
        try:
            async with asyncio.timeout(CALM_SECONDS if self.is_listening else POLL_SECONDS):
                await self._news.wait()
        except TimeoutError:
            return
        self._news.clear()

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self, engine: Engine) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async for _ in told(engine):
                    self.is_listening, pause = True, FIRST_PAUSE
                    self._news.set()
                log.warning("wordlists_not_listened", seconds=pause)
            except Exception as error:
                log.warning("wordlists_not_listened", seconds=pause, **describe(error))
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
