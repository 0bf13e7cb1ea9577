"""Servers to measure: the service, and one that does nothing but read the same requests and write the same responses.

`python bench/servers.py DIRECTORY` is the one that does nothing; the directory holds its answers.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import grpc
import uvloop
from google.protobuf.message import Message

from moderation.service.server import CHECK_SERVICE
from moderation.v1 import check_service_pb2

METHODS: Mapping[str, tuple[type[Message], type[Message]]] = {
    "Check": (check_service_pb2.CheckRequest, check_service_pb2.CheckResponse),
    "CheckBatch": (check_service_pb2.CheckBatchRequest, check_service_pb2.CheckBatchResponse),
    "CheckStream": (check_service_pb2.CheckStreamRequest, check_service_pb2.CheckStreamResponse),
}


def service(**settings: object) -> tuple[Sequence[str], Mapping[str, str]]:
    """Return how to start the service with some settings."""
    variables = {f"MODERATION_{name.upper()}": str(value) for name, value in settings.items()}
    return (sys.executable, "-m", "moderation.cli.main", "serve", "--port", "0"), variables


def no_op(answers: Path) -> tuple[Sequence[str], Mapping[str, str]]:
    """Return how to start the server that does nothing, with its answers by method in files of a directory."""
    return (sys.executable, __file__, str(answers)), {}


@contextmanager
def running(start: tuple[Sequence[str], Mapping[str, str]], workers: int = 1) -> Iterator[int]:
    """Run a server on the first core, or on all for several workers, and this process on the others; yield its port.

    Only Linux can choose cores; elsewhere they share.
    """
    command, variables = start
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if workers == 1:
        run_on({min(cores, default=0)} & cores)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MODERATION_")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**environment, **variables})
    run_on(cores - {min(cores, default=0)} or cores)
    try:
        yield port_of(process, workers)
    finally:
        run_on(cores)
        process.terminate()
        process.communicate(timeout=30)


def run_on(cores: set[int]) -> None:
    """Keep this process, and those that it starts, to some cores; to all where none are named."""
    if cores:
        os.sched_setaffinity(0, cores)


def port_of(process: subprocess.Popen[str], workers: int = 1) -> int:
    """Return the port that a server logs, once it logs that all of it serves."""
    assert process.stderr is not None
    port = 0
    for line in process.stderr:
        entry = json.loads(line)
        port = int(entry.get("port", port))
        workers -= entry["event"] == "serving"
        if not workers:
            return port
    raise SystemExit("a server did not start")


async def serve_no_op(answers: Path) -> None:
    """Answer every call with what the directory holds for its method, until SIGTERM."""
    handlers = {
        "Check": grpc.unary_unary_rpc_method_handler(_answering("Check", answers), *_codec("Check")),
        "CheckBatch": grpc.unary_unary_rpc_method_handler(_answering("CheckBatch", answers), *_codec("CheckBatch")),
        "CheckStream": grpc.stream_stream_rpc_method_handler(
            _streaming("CheckStream", answers), *_codec("CheckStream")
        ),
    }
    grpc_server = grpc.aio.server()
    grpc_server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(CHECK_SERVICE, handlers)])
    port = grpc_server.add_insecure_port("127.0.0.1:0")
    await grpc_server.start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(json.dumps({"event": "serving", "port": port}), file=sys.stderr, flush=True)
    await stop.wait()
    await grpc_server.stop(1)


def _answer(method: str, answers: Path) -> Message:
    return METHODS[method][1].FromString((answers / method).read_bytes())


def _codec(method: str) -> tuple[Callable[[bytes], Message], Callable[[Message], bytes]]:
    request, response = METHODS[method]
    return request.FromString, response.SerializeToString


def _answering(method: str, answers: Path) -> Callable[[Message, object], Awaitable[Message]]:
    answer = _answer(method, answers)

    async def handle(_request: Message, _context: object) -> Message:
        return answer

    return handle


def _streaming(method: str, answers: Path) -> Callable[[AsyncIterator[Message], object], AsyncIterator[Message]]:
    answer = _answer(method, answers)

    async def handle(requests: AsyncIterator[Message], _context: object) -> AsyncIterator[Message]:
        async for _ in requests:
            yield answer

    return handle


if __name__ == "__main__":
    uvloop.run(serve_no_op(Path(sys.argv[1])))
