"""Single gRPC calls a second: the service against a server that does nothing, with the same client in the same run.

`python bench/unary.py` prints the figures; `python bench/unary.py no-op` is the server that does nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle

import grpc
import uvloop
from google.protobuf.message import Message

from moderation.service.server import CHECK_SERVICE
from moderation.train.families.family import lawful_texts
from moderation.v1 import check_service_pb2, template_pb2

CALLERS = 64
SECONDS, ROUNDS = 2.0, 3
NO_OP = (sys.executable, __file__, "no-op")
SERVICE = (sys.executable, "-m", "moderation.cli.main", "serve", "--port", "0", "--log-level", "info")


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Return calls a second of both servers and their ratio; rounds alternate, so that both meet the same machine."""
    kind = template_pb2.TEMPLATE_TYPE_MARKETING
    templates = [template_pb2.Template(text=text, type=kind) for text in texts]
    requests = [check_service_pb2.CheckRequest(template=one).SerializeToString() for one in templates]
    with server(SERVICE) as service, server(NO_OP) as no_op:
        rates: dict[str, list[float]] = {service: [], no_op: []}
        for turn in range(ROUNDS + 1):
            for address, taken in rates.items():
                rate = uvloop.run(calls_per_second(address, requests))
                taken.extend([rate] if turn else [])
    served, idle = statistics.median(rates[service]), statistics.median(rates[no_op])
    return {"Check, calls a second": round(served), "no-op, calls a second": round(idle), "ratio": served / idle}


@contextmanager
def server(command: Sequence[str]) -> Iterator[str]:
    """Run a server on the first core, and this process on the others; give its address once it serves.

    Only Linux can choose cores; elsewhere they share.
    """
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    run_on({min(cores, default=0)} & cores)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MODERATION_")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    run_on(cores - {min(cores, default=0)} or cores)
    try:
        yield f"127.0.0.1:{port_of(process)}"
    finally:
        run_on(cores)
        process.terminate()
        process.communicate(timeout=30)


def run_on(cores: set[int]) -> None:
    """Keep this process, and those that it starts, to some cores; to all where none are named."""
    if cores:
        os.sched_setaffinity(0, cores)


def port_of(process: subprocess.Popen[str]) -> int:
    """Return the port that a server logs, once it logs that it serves."""
    assert process.stderr is not None
    port = 0
    for line in process.stderr:
        entry = json.loads(line)
        port = int(entry.get("port", port))
        if entry["event"] == "serving":
            return port
    raise SystemExit("a server did not start")


async def calls_per_second(address: str, requests: Sequence[bytes]) -> float:
    """Return how many calls some callers get answered, one at a time each, with bytes that cost the client least."""
    async with grpc.aio.insecure_channel(address) as channel:
        check = channel.unary_unary(f"/{CHECK_SERVICE}/Check", request_serializer=None, response_deserializer=None)
        waiting, until, done = cycle(requests), time.perf_counter() + SECONDS, 0

        async def caller() -> None:
            nonlocal done
            while time.perf_counter() < until:
                await check(next(waiting), timeout=30)
                done += 1

        started = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        return done / (time.perf_counter() - started)


async def serve_no_op() -> None:
    """Answer every Check with an empty response, until SIGTERM."""
    response = check_service_pb2.CheckResponse()

    async def check(_request: Message, _context: object) -> Message:
        return response

    handler = grpc.unary_unary_rpc_method_handler(
        check, check_service_pb2.CheckRequest.FromString, check_service_pb2.CheckResponse.SerializeToString
    )
    grpc_server = grpc.aio.server()
    grpc_server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(CHECK_SERVICE, {"Check": handler})])
    port = grpc_server.add_insecure_port("127.0.0.1:0")
    await grpc_server.start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(json.dumps({"event": "serving", "port": port}), file=sys.stderr, flush=True)
    await stop.wait()
    await grpc_server.stop(1)


if __name__ == "__main__":
    if sys.argv[1:] == ["no-op"]:
        uvloop.run(serve_no_op())
    else:
        for name, figure in measure(lawful_texts()).items():
            print(f"{name:<30}{figure:>10,.2f}")
