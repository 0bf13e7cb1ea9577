"""The one thread that runs the engine: what waits while it works is checked together in its next run."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from moderation.engine import Engine
from moderation.service.errors import Reason, RequestError
from moderation.service.logs import describe, log
from moderation.text.template import Template
from moderation.verdict import Policy, Verdict

CHUNK = 64
"""Templates in one run of the engine; a longer wait would hold up single calls and cancellation."""

Result = TypeVar("Result")
Outcome = Verdict | RequestError
Outcomes = list[Outcome]


@dataclass(frozen=True, slots=True)
class Job:
    """Templates of one call, with a policy each, that wait for the engine; `suggest` asks for mended texts."""

    templates: Sequence[Template]
    policies: Sequence[Policy]
    suggest: bool
    done: asyncio.Future[Outcomes]


class Worker:
    """Runs an engine beside the event loop; belongs to the loop that it was made in."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="engine")
        self._waiting: deque[Job] = deque()
        self._busy = False
        self._closed = False

    @property
    def engine(self) -> Engine:
        """The engine; raises a RequestError until there is one."""
        if self._engine is None:
            raise RequestError(Reason.RULESET_NOT_LOADED, "the ruleset is not loaded yet")
        return self._engine

    @engine.setter
    def engine(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def is_busy(self) -> bool:
        """Whether templates are being checked."""
        return self._busy

    async def check_many(
        self, templates: Sequence[Template], policies: Sequence[Policy], *, suggest: bool = False
    ) -> Outcomes:
        """Return a verdict or an error per template; when the caller is cancelled before its turn, nothing is run."""
        _ = self.engine
        if self._closed:
            raise asyncio.CancelledError
        job = Job(templates, policies, suggest, self._loop.create_future())
        self._waiting.append(job)
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._start)
        return await job.done

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return the result of some work done in the engine's thread, after what already waits for it."""
        if self._closed:
            raise asyncio.CancelledError
        return await self._loop.run_in_executor(self._executor, work)

    async def close(self) -> None:
        """Cancel what waits and let the run in progress end; later calls are cancelled at once."""
        self._closed = True
        for job in self._waiting:
            job.done.cancel()
        self._waiting.clear()
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)

    def _start(self) -> None:
        jobs = self._next_jobs()
        if not jobs or self._closed:
            self._busy = False
            return
        run = self._executor.submit(_run, self.engine, jobs)
        run.add_done_callback(lambda run: self._loop.call_soon_threadsafe(self._finish, jobs, run))

    def _next_jobs(self) -> list[Job]:
        jobs: list[Job] = []
        room = CHUNK
        while self._waiting and (not jobs or len(self._waiting[0].templates) <= room):
            job = self._waiting.popleft()
            if not job.done.done():
                jobs.append(job)
                room -= len(job.templates)
        return jobs

    def _finish(self, jobs: list[Job], run: Future[list[Outcomes]]) -> None:
        waiting = [(index, job) for index, job in enumerate(jobs) if not job.done.done()]
        for index, job in waiting:
            if run.cancelled():
                job.done.cancel()
            elif (error := run.exception()) is not None:
                job.done.set_exception(error)
            else:
                job.done.set_result(run.result()[index])
        self._start()


def _run(engine: Engine, jobs: Sequence[Job]) -> list[Outcomes]:
    """Check the jobs' templates together; if that fails, one by one, so that only the template at fault fails."""
    templates = [template for job in jobs for template in job.templates]
    policies = [policy for job in jobs for policy in job.policies]
    suggest = [job.suggest for job in jobs for _ in job.templates]
    outcomes: Outcomes
    try:
        outcomes = list(engine.check_many(templates, policies, suggest=suggest))
    except Exception:
        outcomes = [_run_one(engine, *one) for one in zip(templates, policies, suggest, strict=True)]
    remaining = iter(outcomes)
    return [list(islice(remaining, len(job.templates))) for job in jobs]


def _run_one(engine: Engine, template: Template, policy: Policy, suggest: bool) -> Outcome:
    try:
        return engine.check_many([template], [policy], suggest=suggest)[0]
    except Exception as error:
        log.error("engine_failed", template_id=template.id, **describe(error))
        return RequestError(Reason.INTERNAL, "internal error")
