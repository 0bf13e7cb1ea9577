"""How soon a fresh process gives its first verdict, and what the workers of a service hold, each and together."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import grpc
import part
from process import children_of
from servers import running, service
from texts import described, texts_of

from moderation.v1 import check_service_pb2, check_service_pb2_grpc, template_pb2

TEXT = "【甲商城】您的订单已发货，请注意查收。"
ROUNDS = 3
WORKERS, CHANNELS, ITEMS = 2, 16, 200
"""Workers that are looked into, connections to them, and templates that each of these sends at once."""

_SHARED, _OWN = ("Shared_Clean", "Shared_Dirty"), ("Private_Clean", "Private_Dirty")


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return seconds to the first verdict, and megabytes of workers."""
    texts, rounds = texts_of(data, quick=quick), 1 if quick else ROUNDS
    return {
        "texts": described(texts, data),
        "seconds to the first verdict": {
            "command line": cold_starts(by_command_line, rounds),
            "service": cold_starts(by_service, rounds),
        },
        "megabytes of workers": worker_memory(texts),
    }


def cold_starts(first_verdict: Callable[[Path], float], rounds: int) -> dict[str, float]:
    """Return the seconds to a first verdict with a saved automaton and without one: medians, in turn."""
    taken: dict[str, list[float]] = {"automaton saved": [], "automaton built": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            for name in ("automaton built", "automaton saved"):
                start = time.perf_counter()
                taken[name].append(first_verdict(Path(cache)) - start)
    return {name: round(statistics.median(times), 2) for name, times in taken.items()}


def by_command_line(cache: Path) -> float:
    """Check a text by the command line; return the moment when it ended."""
    command = [sys.executable, "-m", "moderation.cli.main", "check", "--format", "json", TEXT]
    told = subprocess.run(command, env={**os.environ, "MODERATION_CACHE": str(cache)}, capture_output=True, check=False)
    assert b'"decision"' in told.stdout, told.stderr.decode()
    return time.perf_counter()


def by_service(cache: Path) -> float:
    """Start a service on one core and check a text; return the moment when its verdict was there."""
    with running(service(cache=cache)) as port, grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        request = check_service_pb2.CheckRequest(template=template_pb2.Template(text=TEXT))
        check_service_pb2_grpc.CheckServiceStub(channel).Check(request)
        return time.perf_counter()


def worker_memory(texts: Sequence[str]) -> part.Record:
    """Return what each of some workers holds once it serves, and after checks; nothing if the system does not tell."""
    with running(service(workers=WORKERS), WORKERS) as port:
        pids = [worker for server in children_of(os.getpid()) for worker in children_of(server)]
        if not pids:
            return {}
        before = list(map(held, pids))
        check_all(texts, port)
        after = list(map(held, pids))
    return {"workers": len(pids), "once it serves": _mean(before), "after checks": _mean(after), "checks": len(texts)}


def check_all(texts: Sequence[str], port: int) -> None:
    """Check all texts by several connections, which the system spreads among the workers."""
    alone = [("grpc.use_local_subchannel_pool", 1)]
    for number in range(CHANNELS):
        with grpc.insecure_channel(f"127.0.0.1:{port}", options=alone) as channel:
            stub = check_service_pb2_grpc.CheckServiceStub(channel)
            own = texts[number::CHANNELS]
            for at in range(0, len(own), ITEMS):
                items = [template_pb2.Template(text=text) for text in own[at : at + ITEMS]]
                stub.CheckBatch(check_service_pb2.CheckBatchRequest(items=items))


def held(pid: int) -> dict[str, float]:
    """Return the megabytes of a process: all, those that it shares with others, and its own."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    kilobytes = {name: int(number) for name, number in re.findall(r"^(\w+):\s+(\d+) kB$", told, re.M)}
    return {
        "all": kilobytes["Rss"] / 1024,
        "shared": sum(kilobytes[name] for name in _SHARED) / 1024,
        "its own": sum(kilobytes[name] for name in _OWN) / 1024,
        "its share of all": kilobytes["Pss"] / 1024,
    }


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: round(statistics.mean(row[name] for row in rows), 1) for name in rows[0]}


if __name__ == "__main__":
    part.main(__doc__, measure, on_one_core=False)
