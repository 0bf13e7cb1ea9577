"""Long work in a process of its own, one piece at a time on a machine, behind all others in the machine's queue.

Checks go on as if it were not there: it takes no turn of theirs in this process, and yields to them on the machine.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from moderation.match.classifier import ModelError
from moderation.match.listing import ListingError
from moderation.review.desk import DeskError
from moderation.review.sealing import SealError
from moderation.rules.profile_files import ProfileError
from moderation.ruleset import RulesetError
from moderation.service.behind_calls import start_behind_calls
from moderation.service.logs import describe, log
from moderation.wordlists.problems import shortened
from moderation.wordlists.refusal import WordlistsError, WordlistsReason
from moderation.wordlists.told import Progress

LOCK = "labour.lock"
"""The file in the directory of automata that who has its turn locks."""

WAITING = "waiting"
"""The stage in which others have their turn."""

TOLD_EVERY = 0.2
"""Seconds between two words on the progress of one stage."""

LONGEST_REASON = 2000

Result = TypeVar("Result")
Hear = Callable[[str, int, int], Awaitable[None]]


class LabourError(Exception):
    """The work failed in a way that is not its caller's; its log line tells more."""


class InterruptedLabourError(LabourError):
    """The process that did the work was ended by something else."""


class Labour:
    """Runs work that can be pickled, with its arguments and its result; belongs to one event loop.

    Who is cancelled ends what it has begun. What the work refuses is raised here as it was there. All processes that
    are given the same directory take turns.
    """

    def __init__(self, directory: Path) -> None:
        self._lock = directory / LOCK
        self._turn = asyncio.Semaphore(1)
        self._process: BaseProcess | None = None
        self._closed = False

    async def run(self, work: Callable[[Progress], Result], hear: Hear | None = None) -> Result:
        """Return the result of some work, after what already waits for its turn; `hear` is told how far it is."""
        if self._turn.locked() and hear is not None:
            await hear(WAITING, 0, 1)
        async with self._turn:
            if self._closed:
                raise asyncio.CancelledError
            context = multiprocessing.get_context("spawn")
            here, there = context.Pipe()
            process = context.Process(target=_work, args=(there, self._lock), daemon=True)
            self._process = process
            starting = asyncio.ensure_future(asyncio.to_thread(start_behind_calls, process))
            try:
                await asyncio.shield(starting)
                there.close()
                result: Result = await _heard(here, work, hear)
                return result
            except LabourError:
                if self._closed:
                    raise asyncio.CancelledError from None
                raise
            finally:
                self._process = None
                await asyncio.gather(starting, return_exceptions=True)
                await asyncio.shield(asyncio.to_thread(_end, process, here, there))

    def close(self) -> None:
        """End what is at work, and let nothing begin any more."""
        self._closed = True
        if (process := self._process) is not None and process.pid is not None:
            process.kill()


async def _heard(connection: Connection, work: Callable[[Progress], Any], hear: Hear | None) -> Any:  # noqa: ANN401
    """Send some work to a process that runs, and return what it sends in the end.

    As an argument it could be larger than a pipe holds, and multiprocessing waits for ever where nobody reads that.
    """
    await _through(connection.send, work)
    while True:
        kind, told = await _through(connection.recv)
        if kind == "progress":
            if hear is not None:
                await hear(*told)
        elif kind == "result":
            return told
        else:
            raise _raised(kind, told)


async def _through(pass_on: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - whatever comes
    """Return what comes through a connection; raise InterruptedLabourError where nobody is at its other end."""
    try:
        return await asyncio.to_thread(pass_on, *given)
    except (EOFError, OSError):
        log.error("labour_ended")
        raise InterruptedLabourError("the process that did the work has ended") from None


def _raised(kind: str, told: Any) -> Exception:  # noqa: ANN401 - as `_work` sends it
    if kind == "failed":
        log.error("labour_failed", **told)
        return LabourError("the work failed")
    if kind == "sealed":
        return SealError(*told)
    reason, message, metadata = told
    error = WordlistsError if kind == "wordlists" else DeskError
    return error(reason, message, **metadata)


def _end(process: BaseProcess, *connections: Connection) -> None:
    if process.pid is not None:
        process.kill()
        process.join()
    for connection in connections:
        connection.close()


def _work(connection: Connection, lock: Path) -> None:
    """Do the work that is sent to this process, and send what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work: Callable[[Progress], Any] = connection.recv()
    except EOFError:
        return  # who wants it has gone
    try:
        tell = _telling(connection)
        with _turn(lock, tell):
            sent = "result", work(tell)
    except WordlistsError as error:
        sent = "wordlists", (error.reason, error.message, dict(error.metadata))
    except DeskError as error:
        sent = "desk", (error.reason, error.message, dict(error.metadata))
    except SealError as error:
        sent = "sealed", (error.fault, str(error), error.key_id)
    except (ListingError, ModelError, ProfileError, RulesetError, FileNotFoundError) as error:
        sent = "wordlists", (WordlistsReason.RULESET_NOT_BUILT, shortened(str(error), LONGEST_REASON), {})
    except BrokenPipeError:
        return
    except Exception as error:
        sent = "failed", describe(error)
    with suppress(OSError):
        connection.send(sent)


@contextmanager
def _turn(lock: Path, tell: Progress) -> Iterator[None]:
    """Wait until no other process has its turn; where there are no such locks, or no right to one, nobody waits."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock

        lock.parent.mkdir(parents=True, exist_ok=True)
        held = lock.open("w")
    except (ImportError, OSError):
        yield
        return
    with held:
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except OSError:
            tell(WAITING, 0, 1)
            flock(held, LOCK_EX)
            tell(WAITING, 1, 1)
        yield


def _telling(writing: Connection) -> Progress:
    """Return what sends progress, not too often."""
    last: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - last.get(stage, 0.0) >= TOLD_EVERY:
            last[stage] = now
            writing.send(("progress", (stage, done, total)))

    return tell
