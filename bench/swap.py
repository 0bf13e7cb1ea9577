"""What changes of wordlists cost while templates are checked: batches, swaps, ways back, and lists of any size.

Commands are measured on one core, as people call them; the service has two workers, on all cores. A version is seen
when both have it. Swaps are asked of the service, while single calls come at a steady rate, by connections to either
worker.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import generated_entries
import grpc
import part
from goals import APPLIED, BACK, PLANNED, SEEN, SEEN_BACK
from process import keep_to_one_core
from remote_batches import RemoteBatches
from servers import run_on, running, service
from texts import sms_of
from wordlist_commands import Place, batch_file

from moderation.match.automaton import Automaton
from moderation.text.normal import fold
from moderation.v1 import check_service_pb2, check_service_pb2_grpc, template_pb2
from variants import built, scanning, shipped_lists, timed

ENTRIES, QUICK_ENTRIES = 100_000, 5_000
LISTS = {"few kinds of variant": "trade/bar", "every kind": "prohibited/gambling"}
"""Wordlists that the batch is added to: one that asks for two kinds of variant, and one that asks for all."""

SWAPS, QUICK_SWAPS = 20, 4
WORKERS, CHANNELS = 2, 16
CALLS_A_SECOND, WARMING = 200, 3
SETTLED = 1.0
"""Seconds without an answer by a ruleset, after which no worker serves it."""

SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (10_000, 100_000)
USUAL_KINDS = ("separator", "traditional")
"""Kinds that most shipped lists ask for."""

LONGEST = 120.0
TEXT = "【甲商城】您的订单已发货，请注意查收。"


def measure(data: Path | None, quick: bool) -> part.Record:
    """Return the seconds of batches, of swaps and of ways back, and the figures of lists of several sizes."""
    entries = QUICK_ENTRIES if quick else ENTRIES
    batches = {}
    for name, wordlist in LISTS.items():
        print("…", name, file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as directory:
            batches[name] = batch(Place(Path(directory)), entries, wordlist)
    with tempfile.TemporaryDirectory() as directory:
        swaps = asyncio.run(swapping(Place(Path(directory)), quick))
    sizes = {str(number): of_size(number, data, quick) for number in (QUICK_SIZES if quick else SIZES)}
    return {"entries of a batch": entries, "batches": batches, "swaps": swaps, "sizes": sizes}


def batch(place: Place, number: int, wordlist: str) -> part.Record:
    """Return what a batch costs: planned and applied on one core without a server, then seen by one and taken back."""
    place.run("migrate")
    file = batch_file(place, number)
    with on_one_core():
        place.run("wordlist", "build")
        planning, made = place.plan(file, wordlist)
        applying, back = place.apply(made, 0), place.rollback(0, 1)
    with running(service(workers=WORKERS, **place.settings), WORKERS) as port:
        again = place.plan(file, wordlist)[1]
        seen_applied = asyncio.run(seen(place, port, 3, lambda: place.apply(again, 2)))
        seen_back = asyncio.run(seen(place, port, 4, lambda: place.rollback(2, 3)))
    taken = {PLANNED: planning, APPLIED: applying, SEEN: seen_applied, BACK: back, SEEN_BACK: seen_back}
    return {name: round(seconds, 2) for name, seconds in taken.items()}


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep what is started meanwhile to one core."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    keep_to_one_core()
    try:
        yield
    finally:
        run_on(cores)


async def seen(place: Place, port: int, version: int, act: Callable[[], object]) -> float:
    """Do what makes a version; return the seconds from its commit until no connection sees the ruleset before it."""
    async with AsyncExitStack() as stack:
        stubs = [await stack.enter_async_context(connected(port)) for _ in range(CHANNELS)]
        looking = [asyncio.create_task(changed(stub)) for stub in stubs]
        committed = asyncio.create_task(asyncio.to_thread(place.committed, version))
        await asyncio.to_thread(act)
        async with asyncio.timeout(LONGEST):
            return max(await asyncio.gather(*looking)) - await committed


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[check_service_pb2_grpc.CheckServiceStub]:
    """Give a connection of its own, to whichever worker the system chooses."""
    alone = [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=alone) as channel:
        yield check_service_pb2_grpc.CheckServiceStub(channel)


async def changed(stub: check_service_pb2_grpc.CheckServiceStub) -> float:
    """Return the moment when a connection gives verdicts of another ruleset."""
    before = await ruleset_of(stub)
    while await ruleset_of(stub) == before:
        await asyncio.sleep(0.05)
    return time.perf_counter()


async def ruleset_of(stub: check_service_pb2_grpc.CheckServiceStub) -> str:
    """Check a text; return the ruleset of the verdict."""
    template = template_pb2.Template(text=TEXT)
    answer = await stub.Check(check_service_pb2.CheckRequest(template=template, without_suggestion=True))
    return str(answer.verdict.ruleset)


async def swapping(place: Place, quick: bool) -> part.Record:
    """Return the milliseconds of single calls while small batches are planned, applied and swapped, and in between.

    After each swap nothing changes for as long as it took, so that what else the machine does falls on both alike.
    """
    swaps = QUICK_SWAPS if quick else SWAPS
    place.run("migrate")
    batches = [batch_file(place, 10, 10 * number) for number in range(swaps)]
    gc.collect()
    gc.freeze()  # what the client holds to make batches is no part of a call
    with running(service(workers=WORKERS, **place.settings), WORKERS) as port:
        asked = RemoteBatches(port)
        async with AsyncExitStack() as stack:
            stubs = [await stack.enter_async_context(connected(port)) for _ in range(CHANNELS)]
            await Calls(stubs).until(asyncio.create_task(asyncio.sleep(WARMING)))
            calls = Calls(stubs)

            async def swap_all() -> list[Swap]:
                return [await swap(calls, asked, place, version, file) for version, file in enumerate(batches)]

            changing = asyncio.create_task(swap_all())
            await calls.until(changing)
            done = await changing
    swapped, quiet = calls.during(done), calls.beside(done)
    milliseconds = {"no swap": percentiles(quiet), "swaps": percentiles(swapped)}
    since = [one.seen_after for one in done]
    return {
        "number": swaps,
        "a swap, s": round(statistics.median(one.ended - one.begun for one in done), 1),
        "workers": WORKERS,
        "calls a second": CALLS_A_SECOND,
        "milliseconds": milliseconds,
        "p99 while swaps go on, times that without": round(
            milliseconds["swaps"]["p99"] / milliseconds["no swap"]["p99"], 2
        ),
        "seen after the commit, s": {"median": round(statistics.median(since), 2), "most": round(max(since), 2)},
    }


class Swap(NamedTuple):
    """When a batch began to be planned, when no worker served the version before any more, and how long that took."""

    begun: float
    ended: float
    seen_after: float


async def swap(calls: Calls, asked: RemoteBatches, place: Place, version: int, file: Path) -> Swap:
    """Plan a batch and apply it to a version; then let nothing change for as long as that took."""
    begun = time.perf_counter()
    batch = await asyncio.to_thread(asked.plan, file, LISTS["every kind"])
    before = calls.latest
    committed = asyncio.create_task(asyncio.to_thread(place.committed, version + 1))
    await asyncio.to_thread(asked.apply, batch, version)
    while time.perf_counter() - calls.answered[before] < SETTLED:
        await asyncio.sleep(0.1)
    ended = calls.answered[before]
    await asyncio.sleep(ended - begun)
    return Swap(begun, ended, max(ended - await committed, 0.0))


class Calls:
    """Single calls at a steady rate: when each was due, its milliseconds, and when each ruleset was named last."""

    def __init__(self, stubs: Sequence[check_service_pb2_grpc.CheckServiceStub]) -> None:
        self._stubs = stubs
        self._taken: list[tuple[float, float]] = []
        self.answered: dict[str, float] = {}
        self.latest = ""

    async def until(self, task: asyncio.Task[Any]) -> None:
        """Call until a task has ended."""
        made: list[asyncio.Task[None]] = []
        begun = time.perf_counter()
        while not task.done():
            due = begun + len(made) / CALLS_A_SECOND
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            stub = self._stubs[len(made) % len(self._stubs)]
            made.append(asyncio.create_task(self._call(stub, max(due, time.perf_counter()))))
        await asyncio.gather(*made)

    async def _call(self, stub: check_service_pb2_grpc.CheckServiceStub, due: float) -> None:
        self.latest = await ruleset_of(stub)
        self.answered[self.latest] = now = time.perf_counter()
        self._taken.append((due, (now - due) * 1e3))

    def during(self, swaps: Sequence[Swap]) -> list[float]:
        """Return the milliseconds of calls that were due during swaps."""
        return [one for due, one in self._taken if any(swap.begun <= due < swap.ended for swap in swaps)]

    def beside(self, swaps: Sequence[Swap]) -> list[float]:
        """Return the milliseconds of the other calls."""
        return [one for due, one in self._taken if not any(swap.begun <= due < swap.ended for swap in swaps)]


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return some percentiles of calls, and how many there were."""
    cuts = statistics.quantiles(milliseconds, n=1000)
    told = {"p50": cuts[499], "p99": cuts[989], "p999": cuts[998], "most": max(milliseconds)}
    return {name: round(figure, 2) for name, figure in told.items()} | {"calls": len(milliseconds)}


def of_size(number: int, data: Path | None, quick: bool) -> part.Record:
    """Return what a list of so many entries costs to build, to hold and to scan, by a fresh process on one core."""
    print("…", f"{number:,} entries", file=sys.stderr, flush=True)
    given = [*(["--data", str(data)] if data else []), *(["--quick"] if quick else [])]
    command = [sys.executable, __file__, *given, "--entries", str(number)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def run_size() -> None:
    """Measure a list of one size and print that."""
    parser = part.options(__doc__)
    parser.add_argument("--entries", type=int, required=True)
    given = parser.parse_args()
    keep_to_one_core()
    source = shipped_lists().source
    generated = replace(generated_entries.wordlist(given.entries, has_variants=True), variants=USUAL_KINDS)
    compiled, record = built([generated], source)
    texts = [fold(text).text for text in sms_of(given.data, quick=given.quick)]
    automaton = Automaton([generated], source, compiled)
    scanned = timed({"scan": scanning(automaton, texts)}, texts, given.quick)
    print(json.dumps(record | {"microseconds_a_text": scanned["microseconds_a_text"]["scan"]}))


if __name__ == "__main__":
    if "--entries" in sys.argv:
        run_size()
    else:
        part.main(__doc__, measure, on_one_core=False)
