"""Keeping a store beside the calls: once a minute, in a thread, and once more at the end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from moderation.review.desk import DeskError
from moderation.service.logs import describe, log
from moderation.store.audit_log import AuditFaultError
from moderation.store.keeping import Keeper

EVERY = 60.0
"""Seconds from one round to the next."""


class Housekeeping:
    """Runs a keeper until it is stopped; belongs to one event loop."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Keep the store a last time."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._round()

    async def _run(self) -> None:
        while True:
            await self._round()
            await asyncio.sleep(EVERY)

    async def _round(self) -> None:
        try:
            await asyncio.to_thread(self._keeper.run, datetime.now(UTC))
        except AuditFaultError as error:
            fault = {"fault": error.fault.kind.value, "entry": error.fault.sequence}
            log.error("audit_not_purged", **fault, remedy="moderation audit verify")
        except DeskError as error:
            log.error("store_not_kept", reason=error.reason.value, **self._keeper.named, **describe(error))
        except Exception as error:
            log.error("store_not_kept", **self._keeper.named, **describe(error))
