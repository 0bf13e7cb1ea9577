"""What the service costs over gRPC, against a server that reads and writes the same messages and does nothing else.

The client is h2load (nghttp2), in C, on another core than the server. Every figure of the service stands beside that of
the server that does nothing, measured in the same run; ratios hold where figures do not.
"""

from __future__ import annotations

import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import grpc
import part
from google.protobuf.message import Message
from servers import METHODS, no_op, running, service
from texts import described, texts_of

from moderation.engine import Engine
from moderation.ruleset import load_ruleset, settle
from moderation.service.server import CHECK_SERVICE
from moderation.text.template import Template, TemplateType
from moderation.v1 import check_service_pb2, template_pb2

CLIENTS, STREAMS = 8, 8
"""Connections, and calls at a time on each."""

TEXTS, CALLS, ITEMS, BATCHES = 8, 2_000, 200, 120
"""Texts that single calls are measured with, and how often; templates of a batch or stream, and how many of these."""

SECONDS, TURNS = 8, 2
"""How long single calls come at half load, and how often each number of workers is measured."""

CLIENT = "h2load"
MISSING = f"{CLIENT} is missing: install nghttp2 (Debian: apt-get install nghttp2-client), then run this again"

_RATE = re.compile(r"finished in [^,]+, ([0-9.]+) req/s")
_FAILED = re.compile(r"requests: .*? (\d+) failed, (\d+) errored, (\d+) timeout")


class Load(NamedTuple):
    """How many single calls and batches are sent, and for how many seconds at half load."""

    calls: int
    batches: int
    seconds: int


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return what the service does beside one that does nothing, and two workers beside one."""
    if shutil.which(CLIENT) is None:
        sys.exit(MISSING)
    texts = texts_of(data, quick=quick)
    share = 4 if quick else 1
    load = Load(CALLS // share, BATCHES // share, SECONDS // share)
    return (
        {"texts": described(texts, data)} | rates(texts, load) | {"workers, templates a second": workers(texts, load)}
    )


def rates(texts: Sequence[str], load: Load) -> part.Record:
    """Return calls or templates a second, and latencies at half load."""
    singles, many = texts[:TEXTS], texts[TEXTS : TEXTS + ITEMS]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with running(service(verdict_cache_bytes=0)) as port:
            bodies = _bodies(singles, many, port, directory)
            engine = _rates(port, bodies, load)
            half = engine["Check"] / 2
            latencies = {"service": _latencies(port, bodies["Check"][0], half, load.seconds, directory)}
        with running(service()) as port:
            kept = _rates(port, bodies, load)
        with running(no_op(directory)) as port:
            idle = _rates(port, bodies, load)
            latencies["no-op"] = _latencies(port, bodies["Check"][0], half, load.seconds, directory)
    return {
        "calls a second": {"service": engine, "service, verdicts kept": kept, "no-op": idle},
        "of the no-op": {method: round(rate / idle[method], 3) for method, rate in engine.items()},
        "of the no-op, verdicts kept": {method: round(rate / idle[method], 3) for method, rate in kept.items()},
        "templates of a batch or stream": ITEMS,
        "batches of in-process": round(engine["CheckBatch"] * ITEMS / in_process(many), 3),
        "milliseconds at half load": latencies,
    }


def workers(texts: Sequence[str], load: Load) -> dict[str, float]:
    """Return templates a second in batches with one worker and with two, both on all cores but the client's own.

    They take turns, and the best turn of each counts.
    """
    singles, many = texts[:TEXTS], texts[TEXTS : TEXTS + ITEMS]
    found = {"1": 0.0, "2": 0.0}
    with tempfile.TemporaryDirectory() as name:
        for count in (1, 2) * TURNS:
            with running(service(verdict_cache_bytes=0, workers=count), count) as port:
                bodies = _bodies(singles, many, port, Path(name))
                rate = _rate(port, "CheckBatch", bodies["CheckBatch"][0], load.batches) * ITEMS
                found[str(count)] = max(found[str(count)], rate)
    return found | {"ratio": round(found["2"] / found["1"], 3)}


def in_process(texts: Sequence[str]) -> float:
    """Return templates a second that the engine checks in batches of the same texts."""
    engine = Engine(load_ruleset())
    settle()
    templates = [Template(text, type=TemplateType.MARKETING) for text in texts]
    taken: list[float] = []
    for _ in range(8):
        start = time.perf_counter()
        engine.check_many(templates)
        taken.append(time.perf_counter() - start)
    return len(texts) / statistics.median(taken[1:])


def _bodies(singles: Sequence[str], many: Sequence[str], port: int, directory: Path) -> Mapping[str, Sequence[Path]]:
    """Write the requests as gRPC frames them, and the answers of the service for the server that does nothing."""
    kind = template_pb2.TEMPLATE_TYPE_MARKETING
    templates = [template_pb2.Template(text=text, type=kind) for text in (*singles, *many)]
    unary = [check_service_pb2.CheckRequest(template=one, without_suggestion=True) for one in templates[: len(singles)]]
    batch = check_service_pb2.CheckBatchRequest(items=templates[len(singles) :], without_suggestion=True)
    stream = [
        check_service_pb2.CheckStreamRequest(sequence=number, template=one, without_suggestion=True)
        for number, one in enumerate(templates[len(singles) :])
    ]
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        answers = {
            "Check": _call(channel, "Check", unary[0]),
            "CheckBatch": _call(channel, "CheckBatch", batch),
            "CheckStream": next(iter(_stream(channel, stream[:1]))),
        }
    for method, answer in answers.items():
        (directory / method).write_bytes(answer.SerializeToString())
    framed: dict[str, Sequence[Sequence[Message]]] = {
        "Check": [[one] for one in unary],
        "CheckBatch": [[batch]],
        "CheckStream": [stream],
    }
    return {
        method: [_written(directory, method, n, one) for n, one in enumerate(all_)] for method, all_ in framed.items()
    }


def _written(directory: Path, method: str, number: int, messages: Sequence[Message]) -> Path:
    path = directory / f"{method}.{number}.body"
    contents = [message.SerializeToString() for message in messages]
    path.write_bytes(b"".join(struct.pack(">BI", 0, len(content)) + content for content in contents))
    return path


def _call(channel: grpc.Channel, method: str, request: Message) -> Message:
    answer: Message = channel.unary_unary(
        f"/{CHECK_SERVICE}/{method}", type(request).SerializeToString, METHODS[method][1].FromString
    )(request)
    return answer


def _stream(channel: grpc.Channel, requests: Sequence[Message]) -> Sequence[Message]:
    call = channel.stream_stream(
        f"/{CHECK_SERVICE}/CheckStream",
        check_service_pb2.CheckStreamRequest.SerializeToString,
        check_service_pb2.CheckStreamResponse.FromString,
    )
    return list(call(iter(requests)))


def _rates(port: int, bodies: Mapping[str, Sequence[Path]], load: Load) -> dict[str, float]:
    return {
        method: round(
            statistics.median(
                _rate(port, method, body, load.calls if method == "Check" else load.batches) for body in paths
            ),
            1,
        )
        for method, paths in bodies.items()
    }


def _rate(port: int, method: str, body: Path, calls: int) -> float:
    """Return calls a second, after one that does not count: what can be kept is kept from then on."""
    _h2load(port, method, body, "-n", "1", "-c", "1")
    told = _h2load(port, method, body, "-n", str(calls), "-c", str(CLIENTS), "-m", str(STREAMS))
    found = _RATE.search(told)
    assert found is not None, told
    return float(found[1])


def _latencies(port: int, body: Path, calls_per_second: float, seconds: int, directory: Path) -> dict[str, float]:
    """Return percentiles, in milliseconds, of single calls that come at a steady rate."""
    log = directory / "latencies"
    log.unlink(missing_ok=True)
    rate = max(round(calls_per_second / CLIENTS), 1)
    paced = ["-D", str(seconds), "--rps", str(rate), f"--log-file={log}"]
    _h2load(port, "Check", body, "-c", str(CLIENTS), "-m", str(STREAMS), *paced)
    taken = sorted(int(line.split("\t")[2]) / 1000 for line in log.read_text(encoding="ascii").splitlines())
    cuts = statistics.quantiles(taken, n=100)
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2), "calls": len(taken)}


def _h2load(port: int, method: str, body: Path, *options: str) -> str:
    command = [CLIENT, *options, "-d", str(body), "-H", "content-type: application/grpc", "-H", "te: trailers"]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/{CHECK_SERVICE}/{method}"], capture_output=True, text=True, check=True
    )
    failed = _FAILED.search(done.stdout)
    assert failed is not None, done.stdout
    assert not any(map(int, failed.groups())), done.stdout
    return done.stdout


if __name__ == "__main__":
    part.main(__doc__, measure, on_one_core=False)
