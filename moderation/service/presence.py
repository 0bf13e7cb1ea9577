"""What this process decides by, told to the store for all to see."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from moderation import __version__
from moderation.engine import Ruleset
from moderation.service.logs import describe, log
from moderation.store.presence import Presence, StoredPresence
from moderation.wordlists.problems import shortened

TOLD_EVERY = 10.0
"""Seconds from one word to the next, where nothing happens."""

LONGEST_REASON = 2000


class Serving:
    """What this process serves and builds, as the last look at the store found it; belongs to one event loop."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        host = socket.gethostname()[:128]
        self._told = Presence(uuid.uuid4().hex, host, os.getpid(), __version__, now, now)
        self.head = 0
        self.changed = asyncio.Event()

    def present(self) -> Presence:
        """Return what is told of this process now."""
        return replace(self._told, seen_at=datetime.now(UTC))

    def versions(self) -> Mapping[str, int]:
        """Return the version that is in force, the one that is served, and the one that could not be built, if any."""
        failed = self._told.failed_version
        found = {"head": self.head, "served": self._told.wordlists_version}
        return found if failed is None else found | {"failed": failed}

    def serves(self, ruleset: Ruleset) -> None:
        """Take note that a ruleset is served from now on."""
        self.head = max(self.head, ruleset.wordlists_version)
        self._change(
            ruleset=ruleset.digest,
            wordlists_version=ruleset.wordlists_version,
            serving_since=datetime.now(UTC),
            building_version=None,
            failed_version=None,
            failed_reason=None,
            failed_at=None,
        )

    def builds(self, version: int) -> None:
        """Take note that a version is being built."""
        self._change(building_version=version)

    def failed(self, version: int, error: Exception) -> None:
        """Take note that a version could not be built."""
        reason = shortened(str(error) or type(error).__name__, LONGEST_REASON)
        now = datetime.now(UTC)
        self._change(building_version=None, failed_version=version, failed_reason=reason, failed_at=now)

    def _change(self, **fields: object) -> None:
        self._told = replace(self._told, **fields)  # type: ignore[arg-type]
        self.changed.set()


class Heartbeat:
    """Tells the store of this process until it is stopped; belongs to one event loop."""

    def __init__(self, serving: Serving, kept: StoredPresence) -> None:
        self._serving = serving
        self._kept = kept
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Tell no more, and let the store forget this process."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._try(lambda: self._kept.leave(self._serving.present().id))

    async def _run(self) -> None:
        while True:
            self._serving.changed.clear()
            present = self._serving.present()
            await self._try(lambda present=present: self._kept.tell(present))  # type: ignore[misc]
            try:
                async with asyncio.timeout(TOLD_EVERY):
                    await self._serving.changed.wait()
            except TimeoutError:
                continue

    async def _try(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except Exception as error:
            log.warning("presence_not_told", **describe(error))
