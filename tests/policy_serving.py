"""A real server over the policies of a store and a small ruleset, in a thread of its own."""

from __future__ import annotations

import asyncio
import re
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from serving import captured_logs
from stores import Store

from moderation import shipped
from moderation.engine import Engine
from moderation.match.wordlist_file import load_directory
from moderation.ruleset import build_ruleset
from moderation.service.served_policies import PolicyWatch, ServedPolicies
from moderation.service.server import Server
from moderation.service.settings import Settings


@cache
def tiny_engine() -> Engine:
    """Return an engine over the first entries of every shipped wordlist, without variants and without a model."""
    source = shipped.directory("wordlists")
    with tempfile.TemporaryDirectory() as directory:
        for path in source.rglob("*.txt"):
            header, _, listed = path.read_text("utf-8").rpartition("\n+++\n")
            bare = re.sub(r"(?m)^variants = \[.*\]$", "variants = []", header)
            copy = Path(directory) / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            entries = [line for line in listed.split("\n") if line and not line.startswith("#")]
            copy.write_text("\n".join((bare, "+++", *entries[:3], "")), "utf-8")
        return Engine(build_ruleset(load_directory(Path(directory)), None, records_shadow=False))


@contextmanager
def policy_server(store: Store) -> Iterator[str]:
    """Give the address of a server that follows the policies of a store until the block ends."""
    started: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stopped = asyncio.Event()
        policies = ServedPolicies(lambda _: frozenset(), stored=store.policies)
        policies.follow()
        settings = Settings.model_validate({"port": 0, "grace_seconds": 0.2})
        async with Server(settings, tiny_engine(), store.desk, policies=policies) as server:
            watch = PolicyWatch(policies)
            started.set_result((server.port, asyncio.get_running_loop(), stopped))
            await stopped.wait()
            await watch.stop()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:
            started.set_exception(error)

    with captured_logs():
        thread = threading.Thread(target=run)
        thread.start()
        port, loop, stopped = started.result(60)
        try:
            yield f"127.0.0.1:{port}"
        finally:
            loop.call_soon_threadsafe(stopped.set)
            thread.join(30)
