"""Several server processes on one port: the ruleset is loaded once, and what they fork from it they share.

The system spreads connections among the processes (SO_REUSEPORT). One that dies is replaced; when the first process
ends, whatever the reason, the others drain and end too.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from moderation.engine import Engine
from moderation.ruleset import settle
from moderation.service.listening import StartError, reserved
from moderation.service.logs import describe, log
from moderation.service.settings import Settings

Serve = Callable[[Settings, Engine, int], None]
"""Serves with an engine until signalled, or until a file descriptor can be read to its end."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a worker that has died is replaced; twice as many each time that one dies soon."""

LIVED_LONG = 60.0
FAILED = 3
"""Exit code of a worker that cannot start."""


def run_many(settings: Settings, load: Callable[[], Engine], serve: Serve) -> None:
    """Serve with so many processes as the settings say until SIGTERM or SIGINT; a second signal ends all at once.

    Raises StartError where this system cannot do that, and what taking the port raises.
    """
    if not (hasattr(os, "fork") and hasattr(socket, "SO_REUSEPORT")):
        raise StartError(f"workers: {sys.platform} cannot share a port; set --workers (MODERATION_WORKERS) to 1")
    with reserved(settings) as port:
        engine = load()
        settle()
        ended = _Pool(settings.model_copy(update={"port": port}), engine, serve).run()
    if ended == FAILED:
        raise StartError("workers: a process could not start; its log line tells why")


class _Pool:
    """The processes, by their numbers."""

    def __init__(self, settings: Settings, engine: Engine, serve: Serve) -> None:
        self._settings = settings
        self._engine = engine
        self._serve = serve
        self._numbers: dict[int, int] = {}
        self._started: dict[int, float] = {}
        self._pauses: dict[int, float] = {}
        self._stops = 0
        self._read_end, self._write_end = os.pipe()

    def run(self) -> int:
        """Start all and replace those that die; return FAILED where one could not start, else 0."""
        with _handled(self._stop):
            for number in range(self._settings.workers):
                self._start(number)
            ended = 0
            while self._numbers:
                pid, status = os.waitpid(-1, 0)
                died = self._numbers.pop(pid, None)
                if died is not None and not self._stops:
                    ended = max(ended, self._replace(died, os.waitstatus_to_exitcode(status)))
        os.close(self._write_end)
        os.close(self._read_end)
        return ended

    def _start(self, number: int) -> None:
        pid = os.fork()
        if pid == 0:
            os.close(self._write_end)
            os._exit(self._work(number))
        self._numbers[pid] = number
        self._started[number] = time.monotonic()

    def _work(self, number: int) -> int:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        metrics = self._settings.metrics_port
        port = None if metrics is None else metrics and metrics + number
        try:
            self._serve(self._settings.model_copy(update={"metrics_port": port}), self._engine, self._read_end)
        except StartError as error:
            log.error("worker_cannot_start", worker=number, reason=str(error))
            return FAILED
        except Exception as error:
            log.error("worker_failed", worker=number, **describe(error))
            return 1
        return 0

    def _replace(self, number: int, code: int) -> int:
        """Start a worker again after a pause, or end all where it cannot start."""
        log.error("worker_ended", worker=number, code=code)
        if code == FAILED:
            self._stop()
            return FAILED
        lived = time.monotonic() - self._started[number]
        before = self._pauses.get(number, FIRST_PAUSE / 2)
        self._pauses[number] = FIRST_PAUSE if lived > LIVED_LONG else min(2 * before, LONGEST_PAUSE)
        time.sleep(self._pauses[number])
        if not self._stops:
            self._start(number)
        return 0

    def _stop(self, _number: int = signal.SIGTERM, _frame: FrameType | None = None) -> None:
        self._stops += 1
        for pid in self._numbers:
            os.kill(pid, signal.SIGTERM if self._stops == 1 else signal.SIGKILL)


@contextmanager
def _handled(stop: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def watch(descriptor: int, stop: asyncio.Event) -> None:
    """Set an event of the running loop when the other end of a pipe is closed."""
    loop = asyncio.get_running_loop()

    def closed() -> None:
        loop.remove_reader(descriptor)
        stop.set()

    loop.add_reader(descriptor, closed)
