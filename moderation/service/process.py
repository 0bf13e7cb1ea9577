"""One server process from start to stop: its ruleset, its store, its event loop and the signals that end it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from moderation.engine import Engine, Ruleset
from moderation.review.desk import DeskError
from moderation.ruleset import load_ruleset
from moderation.service import logs
from moderation.service.delivery import Courier
from moderation.service.housekeeping import Housekeeping
from moderation.service.server import Server
from moderation.service.settings import LOOPBACK, Settings, require_loopback
from moderation.service.workers import STOPPING, run_many, watch
from moderation.store.content import Seals
from moderation.store.database import named
from moderation.store.desk import StoredDesk
from moderation.store.keeping import Keeper
from moderation.store.opening import OpenedStore, open_store
from moderation.store.resealing import count_missing
from moderation.store.settings import NONE
from moderation.text.template import Template, TemplateType

WARMING = Template("【甲商城】全国第一好茶，会员8折，加薇信abc000000，详见 example.cn", type=TemplateType.MARKETING)
"""A template that every detector has something to do with."""


@dataclass(frozen=True, slots=True)
class Review:
    """The store that a process serves, its desk, what keeps it, and what tells webhooks."""

    opened: OpenedStore
    desk: StoredDesk
    keeper: Keeper
    courier: Courier


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; a second signal ends the process at once.

    Raises StoreError where the store cannot be used, and SettingsError where it must not be reached from elsewhere.
    """
    logs.configure(settings.log_level)
    if settings.workers > 1:
        with reviewing(settings) as review:  # what is wrong with the store is told before any process is started
            _log_missing_keys(review)
        run_many(settings, lambda: warm_engine(settings), _run)
    else:
        _run(settings)


@contextmanager
def reviewing(settings: Settings) -> Iterator[Review | None]:
    """Open the store that the settings ask for; None where they ask for none, or for one that others could reach."""
    if settings.store == NONE or (settings.store is None and settings.host not in LOOPBACK):
        yield None
        return
    require_loopback(settings.host)
    opened, policy = open_store(settings), settings.review_policy
    desk = StoredDesk(opened.engine, opened.ring, policy, checkpoint_file=opened.checkpoints)
    keeper = Keeper(opened.engine, opened.ring, policy, opened.checkpoints)
    try:
        yield Review(opened, desk, keeper, Courier(opened.engine, Seals(opened.ring), settings.webhook_networks))
    finally:
        desk.close()


async def serve(
    settings: Settings, stop: asyncio.Event, engine: Engine | None = None, review: Review | None = None
) -> None:
    """Answer until the event is set; without an engine, load the ruleset first while health says NOT_SERVING."""
    _log_store(review)
    async with _kept(review), Server(settings, desk=review.desk if review else None) as server:
        await _serve(server, stop, engine)


@asynccontextmanager
async def _kept(review: Review | None) -> AsyncIterator[None]:
    """Keep a store and tell webhooks while a block runs; what it does last is under the last checkpoint too."""
    if review is None:
        yield
        return
    housekeeping = Housekeeping(review.keeper)
    review.courier.start()
    try:
        yield
    finally:
        await asyncio.to_thread(review.courier.stop)
        await housekeeping.stop()


async def _serve(server: Server, stop: asyncio.Event, engine: Engine | None) -> None:
    if engine is not None:
        await server.serve_with(engine)
        await stop.wait()
        return
    loading = asyncio.create_task(asyncio.to_thread(warm_engine, server.settings))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((loading, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            await server.serve_with(await loading)
            await stopping
    finally:
        stopping.cancel()
        loading.cancel()


def warm_engine(settings: Settings) -> Engine:
    """Return an engine that has loaded what it needs: no call pays for what is the first of its kind."""
    engine = Engine(_load(settings))
    if (classifier := engine.ruleset.detectors.classifier) is not None:
        classifier.warm()
    engine.check(WARMING, suggest=True)
    return engine


def _load(settings: Settings) -> Ruleset:
    directories = settings.wordlists, settings.models, settings.profiles, settings.dialects
    return load_ruleset(
        *directories, records_shadow=settings.records_shadow, cache=settings.cache, unsaved=_log_unsaved
    )


def _log_unsaved(path: Path, error: OSError) -> None:
    logs.log.warning("automaton_not_saved", path=str(path), reason=error.strerror, **logs.describe(error))


def _log_store(review: Review | None) -> None:
    """Log which store is used, without a name or password, and that its audit has no checkpoints where it has none."""
    if review is None:
        logs.log.info("store", kind=NONE)
        return
    logs.log.info("store", **named(review.opened.engine))
    if review.opened.checkpoints is None:
        logs.log.warning("no_checkpoints", remedy="name a file by MODERATION_CHECKPOINTS")


def _log_missing_keys(review: Review | None) -> None:
    """Warn of texts whose keys are not in the ring, by the ids of the keys."""
    if review is None:
        return
    try:
        missing = count_missing(review.opened.engine, review.opened.ring)
    except DeskError as error:
        logs.log.warning("keys_not_counted", **named(review.opened.engine), **logs.describe(error))
        return
    for key_id, count in sorted(missing.items()):
        remedy = "put the key back into the file of keys, below the current one, and restart"
        logs.log.warning("key_missing", key=key_id, contents=count, remedy=remedy)


def _run(settings: Settings, engine: Engine | None = None, parent: int | None = None) -> None:
    with reviewing(settings) as review:
        if parent is None:
            Thread(target=_log_missing_keys, args=(review,), name="missing-keys", daemon=True).start()
        _run_with(review, settings, engine, parent)


def _run_with(review: Review | None, settings: Settings, engine: Engine | None, parent: int | None) -> None:
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve_until_signalled(settings, engine, parent, review))


async def _serve_until_signalled(
    settings: Settings, engine: Engine | None, parent: int | None, review: Review | None
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.log_loop_error)
    stop = asyncio.Event()

    def stop_once() -> None:
        stop.set()
        for number in STOPPING:
            loop.remove_signal_handler(number)

    for number in STOPPING:
        loop.add_signal_handler(number, stop_once)
    if parent is not None:
        watch(parent, stop)
    await serve(settings, stop, engine, review)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop
