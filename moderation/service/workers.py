"""Several server processes on one port: the ruleset is loaded once, and what they fork from it they share.

The system spreads connections among the processes (SO_REUSEPORT). One that dies is replaced; when the first process
ends, whatever the reason, the others drain and end too.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from moderation.engine import Engine
from moderation.ruleset import settle
from moderation.service.listening import StartError, require_free, reserved
from moderation.service.logs import describe, log
from moderation.service.settings import Settings

Serve = Callable[[Settings, Engine, int], None]
"""Serves with an engine until signalled, or until a file descriptor can be read to its end."""

STOPPING = (signal.SIGTERM, signal.SIGINT)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a worker that has died is replaced; twice as many each time that one dies soon."""

LIVED_LONG = 60.0
FAILED = 3
"""Exit code of a worker that cannot start."""


def run_many(settings: Settings, load: Callable[[], Engine], serve: Serve) -> None:
    """Serve with so many processes as the settings say until SIGTERM or SIGINT; a second signal ends all at once.

    Raises StartError where this system cannot do that, and what taking the ports raises.
    """
    if not (hasattr(os, "fork") and hasattr(socket, "SO_REUSEPORT")):
        raise StartError(f"workers: {sys.platform} cannot share a port; set --workers (MODERATION_WORKERS) to 1")
    with reserved(settings) as port, _signals() as signals:
        for number in range(settings.workers if settings.metrics_port else 0):
            require_free(settings.host, metrics_port_of(settings, number), "metrics_port")
        engine = load()
        settle()
        failed = _Pool(settings.model_copy(update={"port": port}), engine, serve, signals).run()
    if failed:
        raise StartError("workers: a process could not start; its log line tells why")


def metrics_port_of(settings: Settings, worker: int) -> int | None:
    """Return the port of a worker's counters: each has the one after the worker before; 0 lets the system choose."""
    first = settings.metrics_port
    return first + worker if first else first


class _Signals:
    """The signals that have arrived, in order, also while nobody waited for them."""

    def __init__(self, arriving: socket.socket) -> None:
        self._arriving = arriving

    def wait(self, seconds: float | None) -> Sequence[int]:
        """Return the signals that have arrived, after waiting for one at most so long."""
        if not select.select([self._arriving], [], [], seconds)[0]:
            return ()
        return self._arriving.recv(4096)


@contextmanager
def _signals() -> Iterator[_Signals]:
    """Collect the signals to stop, and those that tell of ended processes."""
    arriving, told = socket.socketpair()
    told.setblocking(False)
    watched = (*STOPPING, signal.SIGCHLD)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in watched}
    descriptor = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    try:
        yield _Signals(arriving)
    finally:
        signal.set_wakeup_fd(descriptor)
        for number, handler in before.items():
            signal.signal(number, handler)
        arriving.close()
        told.close()


class _Pool:
    """The processes, by their numbers."""

    def __init__(self, settings: Settings, engine: Engine, serve: Serve, signals: _Signals) -> None:
        self._settings = settings
        self._engine = engine
        self._serve = serve
        self._signals = signals
        self._numbers: dict[int, int] = {}
        self._started: dict[int, float] = {}
        self._pauses: dict[int, float] = {}
        self._due: dict[int, float] = dict.fromkeys(range(settings.workers), 0.0)
        self._failed = False
        self._is_stopping = False
        self._read_end, self._write_end = os.pipe()

    def run(self) -> bool:
        """Start all and replace those that die, until told to stop; return whether one could not start."""
        for number in self._signals.wait(0.0):
            self._heed(number)
        while self._numbers or not self._is_stopping:
            now = time.monotonic()
            for worker in [worker for worker, moment in self._due.items() if moment <= now and not self._is_stopping]:
                del self._due[worker]
                self._start(worker)
            seconds = max(min(self._due.values()) - time.monotonic(), 0.0) if self._due else None
            for number in self._signals.wait(None if self._is_stopping else seconds):
                self._heed(number)
            self._reap()
        os.close(self._read_end)
        return self._failed

    def _heed(self, number: int) -> None:
        if number not in STOPPING:
            return
        if self._is_stopping:
            for pid in self._numbers:
                os.kill(pid, signal.SIGKILL)
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        self._stop()

    def _stop(self) -> None:
        """Let all drain and end: what they watch is closed."""
        if not self._is_stopping:
            self._is_stopping = True
            os.close(self._write_end)

    def _start(self, worker: int) -> None:
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for number in (*STOPPING, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            os.close(self._write_end)
            os._exit(self._work(worker))
        self._numbers[pid] = worker
        self._started[worker] = time.monotonic()

    def _work(self, worker: int) -> int:
        port = metrics_port_of(self._settings, worker)
        try:
            self._serve(self._settings.model_copy(update={"metrics_port": port}), self._engine, self._read_end)
        except StartError as error:
            log.error("worker_cannot_start", worker=worker, reason=str(error))
            return FAILED
        except Exception as error:
            log.error("worker_failed", worker=worker, **describe(error))
            return 1
        return 0

    def _reap(self) -> None:
        """Take leave of the workers that have ended, and plan for those to replace."""
        while self._numbers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            worker = self._numbers.pop(pid, None)
            if worker is not None and not self._is_stopping:
                self._replace(worker, os.waitstatus_to_exitcode(status))

    def _replace(self, worker: int, code: int) -> None:
        """Plan to start a worker again after a pause, or end all where it cannot start."""
        (log.error if code else log.info)("worker_ended", worker=worker, code=code)
        if code == FAILED:
            self._failed = True
            self._stop()
            return
        lived = time.monotonic() - self._started[worker]
        before = self._pauses.get(worker, FIRST_PAUSE / 2)
        self._pauses[worker] = FIRST_PAUSE if lived > LIVED_LONG else min(2 * before, LONGEST_PAUSE)
        self._due[worker] = time.monotonic() + self._pauses[worker]


def watch(descriptor: int, stop: asyncio.Event) -> None:
    """Set an event of the running loop when the other end of a pipe is closed."""
    loop = asyncio.get_running_loop()

    def closed() -> None:
        loop.remove_reader(descriptor)
        stop.set()

    loop.add_reader(descriptor, closed)
