"""One server process from start to stop: its ruleset, its store, its event loop and the signals that end it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from threading import Thread

from moderation.engine import Engine
from moderation.review.desk import DeskError
from moderation.service import logs
from moderation.service.challenges import PublicChallenger
from moderation.service.delivery import Courier
from moderation.service.housekeeping import Housekeeping
from moderation.service.news import News
from moderation.service.prebuilding import Prebuilding
from moderation.service.rulesets import Rulesets, RulesetWatch
from moderation.service.served_policies import PolicyWatch, ServedPolicies
from moderation.service.server import Server
from moderation.service.settings import LOOPBACK, Settings, require_loopback
from moderation.service.workers import STOPPING, run_many, watch
from moderation.store.content import Seals
from moderation.store.database import named
from moderation.store.desk import StoredDesk
from moderation.store.keeping import Keeper
from moderation.store.links import StoredLinks
from moderation.store.opening import OpenedStore, open_store
from moderation.store.policies import StoredPolicies
from moderation.store.resealing import count_missing
from moderation.store.rule_trials import StoredRuleTrials
from moderation.store.settings import NONE
from moderation.store.tallies import StoredTallies
from moderation.store.wordlists import StoredWordlists


@dataclass(frozen=True, slots=True)
class Review:
    """The store that a process serves, all that stands over it, what keeps it, and what tells webhooks."""

    opened: OpenedStore
    desk: StoredDesk
    wordlists: StoredWordlists
    links: StoredLinks
    policies: StoredPolicies
    keeper: Keeper
    courier: Courier
    rule_trials: StoredRuleTrials
    tallies: StoredTallies


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; a second signal ends the process at once.

    Raises StoreError where the store cannot be used, and SettingsError where it must not be reached from elsewhere.
    """
    logs.configure(settings.log_level)
    if settings.workers > 1:
        with reviewing(settings) as review:  # what is wrong with the store is told before any process is started
            _log_missing_keys(review)
        run_many(settings, lambda: _load_once(settings), _run)
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
    challenger = PublicChallenger(settings.challenge_nameservers, settings.challenge_networks)
    try:
        wordlists = StoredWordlists(opened.engine, opened.ring, policy)
        rule_trials = StoredRuleTrials(opened.engine, opened.ring, policy)
        tallies = StoredTallies(opened.engine, opened.ring, policy, settings.spike_limits)
        courier = Courier(opened.engine, Seals(opened.ring), settings.webhook_networks)
        links = StoredLinks(opened.engine, opened.ring, policy, challenger=challenger)
        policies = StoredPolicies(opened.engine, opened.ring, policy)
        yield Review(opened, desk, wordlists, links, policies, keeper, courier, rule_trials, tallies)
    finally:
        challenger.close()
        desk.close()


async def serve(
    settings: Settings, stop: asyncio.Event, engine: Engine | None = None, review: Review | None = None
) -> None:
    """Answer until the event is set; without an engine, load the ruleset first while health says NOT_SERVING."""
    _log_store(review)
    policies = ServedPolicies(
        settings.domains_of, settings.verified_domains, review.policies if review is not None else None
    )
    async with _kept(review), _followed(policies), _server(settings, review, policies) as server:
        await _serve(server, stop, engine, review)


def _server(settings: Settings, review: Review | None, policies: ServedPolicies) -> Server:
    if review is None:
        return Server(settings, policies=policies)
    return Server(
        settings,
        desk=review.desk,
        wordlists=review.wordlists,
        links=review.links,
        policies=policies,
        tallies=review.tallies,
    )


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


@asynccontextmanager
async def _followed(policies: ServedPolicies) -> AsyncIterator[None]:
    """Read the policies before any template is checked, and follow them while a block runs."""
    if policies.stored is None:
        yield
        return
    await asyncio.to_thread(policies.follow)
    watch = PolicyWatch(policies)
    try:
        yield
    finally:
        await watch.stop()


async def _serve(server: Server, stop: asyncio.Event, engine: Engine | None, review: Review | None) -> None:
    if engine is not None:
        await _serve_with(server, stop, engine, review)
        return
    loading = asyncio.create_task(asyncio.to_thread(load_in_force, server.settings, review))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((loading, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            await _serve_with(server, stop, await loading, review)
    finally:
        stopping.cancel()
        loading.cancel()


async def _serve_with(server: Server, stop: asyncio.Event, engine: Engine, review: Review | None) -> None:
    """Answer with an engine, and with those of later versions of the wordlists, until the event is set."""
    if review is None:
        await server.serve_with(engine)
        await stop.wait()
        return
    rulesets = Rulesets(server.settings, review.wordlists, review.rule_trials)
    engine = await asyncio.to_thread(rulesets.up_to_date, engine)
    await server.serve_with(engine, await asyncio.to_thread(rulesets.newcomers, engine))
    news = News(review.opened.engine)
    watch = RulesetWatch(rulesets, engine, server.serve_with, server.serving, news)
    store = json.dumps(named(review.opened.engine), sort_keys=True)
    ahead = Prebuilding(server.settings, review.wordlists, rulesets, lambda: server.worker.engine.ruleset, store)
    try:
        await stop.wait()
    finally:
        await ahead.stop()
        await watch.stop()


def _load_once(settings: Settings) -> Engine:
    """Return the engine that processes are forked with: nothing of the store may be open then."""
    with reviewing(settings) as review:
        return load_in_force(settings, review)


def load_in_force(settings: Settings, review: Review | None = None) -> Engine:
    """Return an engine of the wordlists in force, which are the shipped ones where there is no store."""
    rulesets = Rulesets(settings, review.wordlists, review.rule_trials) if review is not None else Rulesets(settings)
    return rulesets.load(rulesets.head())


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
