"""Automata of batches that may be applied next, built before they are: after the commit they only have to be loaded."""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from moderation import shipped as shipped_files
from moderation.match.turn import TakenError, turn
from moderation.ruleset import default_cache
from moderation.service.logs import describe, log
from moderation.service.rulesets import save_overlaid
from moderation.service.settings import Settings
from moderation.store.wordlists import StoredWordlists
from moderation.wordlists.change import Batch, BatchState, Change, Overlay
from moderation.wordlists.overlay import apply, load_shipped

POLL_SECONDS = 1.0
"""How long a batch may stand before its automaton is begun."""

NICENESS = 10
"""How far a build ahead stands behind what answers calls."""

MOST_AHEAD = 2
"""Batches that automata are built for, the latest ones; each takes the place of an older automaton in the cache."""

AT_ONCE = 10_000
"""Changes of a batch that are read at a time."""

WAITING = frozenset((BatchState.DRAFT, BatchState.AWAITING_APPROVAL))

Build = Callable[[Connection, Path | None, Path | None, Path | None, Overlay], None]


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

    def __init__(self, settings: Settings, wordlists: StoredWordlists, store: str, build: Build | None = None) -> None:
        self._settings = settings
        self._wordlists = wordlists
        self._build = build or _build
        self._tried: set[tuple[int, int]] = set()
        self._process: multiprocessing.process.BaseProcess | None = None
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
                if has_turn:
                    await self._look()

    async def _look(self) -> None:
        try:
            found = await asyncio.to_thread(self._next)
        except Exception as error:
            if not self._is_failing:
                log.warning("batches_not_read", **describe(error))
            self._is_failing = True
            return
        self._is_failing = False
        if found is None:
            return
        self._tried.add((found.batch.number, found.base))
        try:
            await asyncio.to_thread(self._made, found)
        except Exception as error:
            log.warning("batch_not_built_ahead", batch=found.batch.number, base=found.base, **describe(error))
            return
        log.info("built_ahead", batch=found.batch.number, base=found.base)

    def _next(self) -> Ahead | None:
        """Return the latest batch that may be applied to the version in force and was not tried yet."""
        head = self._wordlists.head()
        latest = self._wordlists.batches(states=WAITING, size=MOST_AHEAD).items
        fitting = (Ahead(batch, head) for batch in latest if batch.base == head)
        return next((one for one in fitting if (one.batch.number, one.base) not in self._tried), None)

    def _made(self, ahead: Ahead) -> None:
        """Have the automaton built; raise what reading the batch does, and BuildError."""
        settings = self._settings
        shipped = load_shipped(settings.wordlists or shipped_files.directory("wordlists"))
        overlay = apply(shipped, self._wordlists.overlay(ahead.base), self._changes(ahead.batch))
        context = multiprocessing.get_context("spawn")
        told, telling = context.Pipe(duplex=False)
        arguments = telling, settings.wordlists, settings.dialects, settings.cache, overlay
        process = context.Process(target=self._build, args=arguments, name="build-ahead", daemon=True)
        with told:
            process.start()
            self._process = process
            telling.close()
            try:
                problem = told.recv()
            except EOFError:
                problem = "the process ended before it was done"
        process.join()
        self._process = None
        if problem:
            raise BuildError(problem)

    def _changes(self, batch: Batch) -> Iterator[Change]:
        token, is_first = "", True
        while token or is_first:
            page = self._wordlists.changes(batch.number, size=AT_ONCE, token=token)
            yield from page.items
            token, is_first = page.next_token, False


class BuildError(Exception):
    """A process could not build an automaton."""


def _build(
    telling: Connection, wordlists: Path | None, dialects: Path | None, cache: Path | None, overlay: Overlay
) -> None:
    """Save an automaton, and tell what went wrong, or nothing."""
    with suppress(OSError):
        os.nice(NICENESS)
    problem = ""
    try:
        save_overlaid(wordlists, dialects, cache, overlay)
    except Exception as error:
        problem = type(error).__name__
    with suppress(OSError):
        telling.send(problem)
