"""Several server processes on one port: real ones, killed and stopped as operators and systems do."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO

import grpc
import pytest
from serving import LINK, request

from moderation.v1 import check_service_pb2, check_service_pb2_grpc

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
PATIENCE = 30.0
NO_VARIABLES: Mapping[str, str] = MappingProxyType({})
SERVE = (sys.executable, "-m", "moderation.cli.main", "serve", "--workers", "2")


@dataclass(frozen=True, slots=True)
class Running:
    """A server of two workers, and where it listens."""

    process: subprocess.Popen[str]
    port: int
    metrics: int

    def check(self) -> check_service_pb2.CheckResponse:
        """Return the verdict on a template, asked for on a connection of its own."""
        options = [("grpc.use_local_subchannel_pool", 1)]
        with grpc.insecure_channel(f"127.0.0.1:{self.port}", options) as channel:
            answer: check_service_pb2.CheckResponse = check_service_pb2_grpc.CheckServiceStub(channel).Check(
                request(LINK), timeout=PATIENCE, wait_for_ready=True
            )
        return answer

    def calls(self, worker: int) -> int:
        """Return how many calls a worker has answered."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics + worker}/metrics", timeout=PATIENCE) as page:
            lines = page.read().decode().splitlines()
        return sum(int(float(line.rsplit(" ", 1)[1])) for line in lines if line.startswith("moderation_calls_total"))

    def workers(self) -> list[int]:
        """Return the process numbers of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(number) for number in children.split()]

    def has_replaced(self, worker: int) -> bool:
        """Return whether there are two workers again without one that has died."""
        return len({*self.workers()} - {worker}) == 2


def free_port(count: int = 1) -> int:
    """Return the first of some free ports in a row."""
    while True:
        with closing(socket.socket()) as first:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
        if all(is_free(port + number) for number in range(count)):
            return port


def is_free(port: int) -> bool:
    with closing(socket.socket()) as one:
        return port < 65536 and one.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def running(variables: Mapping[str, str] = NO_VARIABLES) -> Iterator[Running]:
    """Run a server of two workers, in a process group of its own."""
    metrics = free_port(2)
    command = [*SERVE, "--port", "0", "--metrics-port", str(metrics)]
    environment = {**os.environ, **variables}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
    assert process.stderr is not None
    try:
        yield Running(process, serving_port(process.stderr, 2), metrics)
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def serving_port(log: IO[str], workers: int) -> int:
    port = 0
    for line in log:
        entry = json.loads(line)
        port = int(entry.get("port", port))
        workers -= entry["event"] == "serving"
        if not workers:
            return port
    raise AssertionError("the server did not start")


def eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_connections_are_spread_over_workers_and_a_dead_one_is_replaced() -> None:
    with running() as server:
        first = server.workers()
        assert len(first) == 2
        for _ in range(40):
            assert server.check().verdict.ruleset
        assert server.calls(0) + server.calls(1) == 40
        assert min(server.calls(0), server.calls(1)) > 0
        os.kill(first[0], signal.SIGKILL)
        assert eventually(lambda: len(server.workers()) == 2 and first[0] not in server.workers())
        for _ in range(10):
            assert server.check().verdict.ruleset
        os.kill(server.process.pid, signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0


def test_no_worker_outlives_the_first_process() -> None:
    with running() as server:
        workers = server.workers()
        os.kill(server.process.pid, signal.SIGKILL)
        assert eventually(lambda: not any(map(is_alive, workers)))


def test_a_taken_port_is_told_before_anything_is_loaded() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        command = [*SERVE, "--port", str(other.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is taken on 127.0.0.1; choose another by --port" in done.stderr


def test_a_taken_port_of_a_workers_counters_is_told_before_anything_is_loaded() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        command = [*SERVE, "--port", "0", "--metrics-port", str(taken - 1)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: metrics_port: cannot listen on 127.0.0.1, port {taken}: ")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--metrics-port", "65535"), "2 workers need the ports up to 65536, so it must be at most 65534"),
        (("--metrics-port", "6000", "--port", "6001"), "6000 to 6001 holds the port 6001; choose others"),
    ],
)
def test_ports_that_the_workers_cannot_all_have_are_told(options: tuple[str, ...], problem: str) -> None:
    done = subprocess.run([*SERVE, *options], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert problem in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_all_processes_lets_all_drain(number: int) -> None:
    with running() as server:
        os.killpg(server.process.pid, number)
        _, log = server.process.communicate(timeout=PATIENCE)
    assert server.process.returncode == 0
    assert [json.loads(line)["event"] for line in log.splitlines()].count("stopped") == 2


def test_a_signal_while_it_loads_stops_it_in_order() -> None:
    process = subprocess.Popen([*SERVE, "--port", "0"], stderr=subprocess.PIPE, text=True)
    time.sleep(0.9)
    process.terminate()
    _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, -signal.SIGTERM)
    assert log.count('"started"') == log.count('"stopped"')


def test_a_signal_while_workers_are_started_is_heeded() -> None:
    process = subprocess.Popen([*SERVE[:-1], "6", "--port", "0"], stderr=subprocess.PIPE, text=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    assert eventually(lambda: bool(children.read_text(encoding="ascii").strip()))
    process.terminate()
    assert process.wait(PATIENCE) == 0
    process.communicate()


def test_while_one_worker_is_waited_for_others_are_replaced_and_signals_heeded() -> None:
    with running() as server:
        first, other = server.workers()
        for _ in range(3):
            os.kill(first, signal.SIGKILL)
            assert eventually(partial(server.has_replaced, first))
            (first,) = {*server.workers()} - {other}
        os.kill(first, signal.SIGKILL)
        os.kill(other, signal.SIGKILL)
        assert eventually(lambda: bool({*server.workers()} - {first, other}))
        assert len({*server.workers()} - {first, other}) == 1, "the one that died again and again waits longer"
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0


def test_a_second_signal_ends_all_at_once() -> None:
    with running({"MODERATION_DRAIN_SECONDS": "60"}) as server:
        workers = server.workers()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == -signal.SIGINT
        assert eventually(lambda: not any(map(is_alive, workers)))
