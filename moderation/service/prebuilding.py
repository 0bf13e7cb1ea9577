"""Batches that may be applied next, built and loaded before they are: after the commit they only have to be served."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from moderation.automata import default_cache
from moderation.engine import Ruleset
from moderation.match.turn import TakenError, turn
from moderation.service.behind_calls import start_behind_calls
from moderation.service.building import Build, build_apart
from moderation.service.logs import describe, log
from moderation.service.rulesets import Rulesets
from moderation.service.settings import Settings
from moderation.store.wordlists import StoredWordlists
from moderation.wordlists.change import Batch, BatchState

POLL_SECONDS = 1.0

BEGUN_AFTER = 5.0
"""Seconds that a batch stands before its automaton is begun: who uploads one plans it then, which builds it as well."""

MOST_AHEAD = 2
"""Batches that automata are built for, the latest ones; each takes the place of an older automaton in the cache."""

STANDS_BY_FOR = 600.0
"""Seconds for which the engine of a batch may stand by in memory; that of one which is applied later is loaded then."""

WAITING = frozenset((BatchState.DRAFT, BatchState.AWAITING_APPROVAL))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A batch that may be applied, and the version that it would be applied to."""

    batch: Batch
    base: int


class Prebuilding:
    """Builds automata ahead until it is stopped, one at a time; belongs to one event loop.

    Each is built by a process of its own. Of several servers with a cache and a store, named by `store`, one does so.
    What cannot be built is logged once.
    """

    def __init__(
        self,
        settings: Settings,
        wordlists: StoredWordlists,
        rulesets: Rulesets,
        served: Callable[[], Ruleset],
        store: str,
        build: Build | None = None,
    ) -> None:
        self._settings = settings
        self._rulesets = rulesets
        self._served = served
        self._standing_by: tuple[int, int] | None = None
        self._given_up: tuple[int, int] | None = None
        self._latest = 0, 0.0
        self._stands_since: dict[tuple[int, int], float] = {}
        self._wordlists = wordlists
        self._build = build
        self._tried: set[tuple[int, int]] = set()
        self._process: BaseProcess | None = None
        self._is_failing = False
        name = hashlib.sha256(store.encode()).hexdigest()[:32]
        self._turn = (settings.cache or default_cache()) / f"{name}.ahead"
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Build no more; what is being built is given up."""
        self._task.cancel()
        if self._process is not None:
            self._process.terminate()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        with ExitStack() as held:
            has_turn = False
            while True:
                await asyncio.sleep(POLL_SECONDS)
                if not has_turn:
                    with suppress(TakenError):
                        held.enter_context(turn(self._turn, waits=False))
                        has_turn = True
                await self._look(builds=has_turn)

    async def _look(self, *, builds: bool) -> None:
        try:
            if await asyncio.to_thread(self._wordlists.head) != self._served().wordlists_version:
                return  # what stands by may be just what is being put in place
            waiting = await asyncio.to_thread(self._waiting)
        except Exception as error:
            if not self._is_failing:
                log.warning("batches_not_read", **describe(error))
            self._is_failing = True
            return
        self._is_failing = False
        found = next(filter(self._is_due, waiting), None)
        if builds and found is not None:
            await self._build_ahead(found)
        await self._stand_by(self._recent(waiting))

    def _is_due(self, ahead: Ahead) -> bool:
        place = ahead.batch.number, ahead.base
        since = self._stands_since.setdefault(place, time.monotonic())
        return place not in self._tried and time.monotonic() - since >= BEGUN_AFTER

    def _recent(self, waiting: Sequence[Ahead]) -> Ahead | None:
        """Return the latest of the batches, unless this process has known it for long."""
        if not waiting:
            return None
        latest, now = waiting[0], time.monotonic()
        if self._latest[0] != latest.batch.number:
            self._latest = latest.batch.number, now
        return latest if now - self._latest[1] < STANDS_BY_FOR else None

    async def _stand_by(self, ahead: Ahead | None) -> None:
        """Have the engine of a batch loaded in this process, where that is not done or has failed; None of any."""
        place = (ahead.batch.number, ahead.base) if ahead else None
        is_done = place is None or place == self._given_up or self._rulesets.standing_by == place[0]
        if place == self._standing_by and is_done:
            return
        try:
            if ahead is None:
                await asyncio.to_thread(self._rulesets.stand_down)
            elif not await asyncio.to_thread(self._rulesets.stand_by, ahead.batch, self._served()):
                return
        except Exception as error:
            log.warning("batch_not_loaded_ahead", **describe(error))
            self._given_up = place
        self._standing_by = place
        gc.freeze()

    async def _build_ahead(self, found: Ahead) -> None:
        self._tried.add((found.batch.number, found.base))
        try:
            if await asyncio.to_thread(self._rulesets.is_saved, found.batch):
                return
            await asyncio.to_thread(self._made, found)
        except Exception as error:
            log.warning("batch_not_built_ahead", batch=found.batch.number, base=found.base, **describe(error))
            return
        log.info("built_ahead", batch=found.batch.number, base=found.base)

    def _waiting(self) -> list[Ahead]:
        """Return the latest batches that may be applied to the version in force."""
        head = self._wordlists.head()
        latest = self._wordlists.batches(states=WAITING, size=MOST_AHEAD).items
        return [Ahead(batch, head) for batch in latest if batch.base == head]

    def _made(self, ahead: Ahead) -> None:
        """Have the automaton built; raise what reading the batch does, and BuildError."""

        def start(process: BaseProcess) -> None:
            start_behind_calls(process)
            self._process = process

        try:
            build_apart(self._settings, self._rulesets.overlay_with(ahead.batch), start, self._build)
        finally:
            self._process = None
