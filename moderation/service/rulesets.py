"""The wordlists in force: engines for their versions, built beside the calls and swapped while these go on."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from moderation import shipped
from moderation.automata import SAVED_FROM, automaton_paths, default_cache
from moderation.engine import Engine, Ruleset
from moderation.match.wordlist import Wordlist
from moderation.rules.rule_trials import NO_TRIALS, RuleTrials
from moderation.ruleset import load_ruleset, load_spoken, with_rule_trials, with_trials_of
from moderation.service.beside_calls import beside_calls
from moderation.service.building import build_apart
from moderation.service.logs import describe, log
from moderation.service.newcomers import NO_NEWCOMERS, Newcomers, newcomers_of
from moderation.service.news import News
from moderation.service.presence import Serving
from moderation.service.settings import Settings
from moderation.store.rule_trials import StoredRuleTrials
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Template, TemplateType
from moderation.wordlists.change import SHIPPED, Batch, Overlay
from moderation.wordlists.latest import LatestLists
from moderation.wordlists.overlay import Shipped, apply
from moderation.wordlists.plan import ruleset_with

WARMING = Template("【甲商城】全国第一好茶，会员8折，加薇信abc000000，详见 example.cn", type=TemplateType.MARKETING)
"""A template that every detector has something to do with."""

RETRY_SECONDS = 60.0
"""How long a version that could not be built is left alone; a later one is not."""


@dataclass(frozen=True, slots=True)
class _StandingBy:
    """An engine of a batch that may be applied to its base, and the shipped lists that it was made from."""

    batch: int
    base: int
    shipped: Shipped
    engine: Engine


@dataclass(frozen=True, slots=True)
class _Next:
    """The wordlists of a batch that may be applied, and where their automaton lies once it is saved."""

    batch: int
    shipped: Shipped
    lists: Sequence[Wordlist]
    paths: Sequence[Path]


class Rulesets:
    """Makes engines from the files of some settings, and from the versions of a store where there is one."""

    def __init__(
        self,
        settings: Settings,
        versions: StoredWordlists | None = None,
        rule_trials: StoredRuleTrials | None = None,
    ) -> None:
        self._settings = settings
        self._versions = versions
        self._rule_trials = rule_trials
        self._latest: tuple[int, Overlay] = SHIPPED, {}
        self._standing_by: _StandingBy | None = None
        self._next: _Next | None = None
        self._loading = Lock()
        self._lists = LatestLists(settings.wordlists or shipped.directory("wordlists"))

    def head(self) -> int:
        """Return the version in force; SHIPPED where nothing can change the wordlists."""
        return self._versions.head() if self._versions is not None else SHIPPED

    def trials_head(self) -> int:
        """Return the version of the rules' trials; 0 where nothing can be said of rules."""
        return self._rule_trials.head() if self._rule_trials is not None else 0

    def rule_trials(self) -> RuleTrials:
        """Return which rules are on trial or promoted."""
        return self._rule_trials.current() if self._rule_trials is not None else NO_TRIALS

    def newcomers(self, engine: Engine) -> Newcomers:
        """Return the entries of an engine that are new or on trial."""
        if self._versions is None:
            return NO_NEWCOMERS
        young = timedelta(days=self._settings.new_entry_days)
        return newcomers_of(engine, self._versions, young, datetime.now(UTC))

    @property
    def standing_by(self) -> int | None:
        """The batch whose engine stands by."""
        standing_by = self._standing_by
        return standing_by.batch if standing_by is not None else None

    def stand_by(self, batch: Batch, like: Ruleset) -> bool:
        """Load the engine of a batch that may be applied to its base, once its automaton is saved; tell whether it is.

        `load` gives it for the version that the batch becomes. It takes the place of one before. Raises as `load`.
        """
        with self._loading, beside_calls():
            if not self._is_saved(batch):
                return False
            assert self._next is not None
            engine = warmed(self._ruleset_of(self._next.lists, batch.base + 1, like))
            self._standing_by = _StandingBy(batch.number, batch.base, self._next.shipped, engine)
            return True

    def is_saved(self, batch: Batch) -> bool:
        """Return whether the automaton of a batch that may be applied to its base is saved, as a plan saves it."""
        with self._loading, beside_calls():
            return self._is_saved(batch)

    def stand_down(self) -> None:
        """Let go of what stands by."""
        with self._loading:
            self._standing_by = self._next = None

    def overlay_with(self, batch: Batch) -> Overlay:
        """Return what differs from the shipped wordlists in the version that a batch would be; raise as `load`."""
        assert self._versions is not None
        return apply(self._lists.shipped(), self._overlay(batch.base), self._versions.changes_of(batch.number))

    def engine_of(self, version: int, like: Ruleset) -> Engine:
        """Return an engine of a version by what takes the least time; raise as `load`.

        What is being loaded to stand by is waited for, since it may be this version's.
        """
        with self._loading, beside_calls():
            if self._stands_by(version):
                return self.load(version, like)
            lists = self._lists_of(version)
            if (engine := self._retried(lists, version, like)) is not None:
                return engine
        self._build(lists, version)
        with beside_calls():
            return warmed(with_rule_trials(self._ruleset_of(lists, version, like), self.rule_trials()))

    def up_to_date(self, engine: Engine) -> Engine:
        """Return an engine of what is in force, for a process that may be younger than the engine it was given.

        Where that cannot be had, the engine is returned; what follows the versions tells why.
        """
        with suppress(Exception):
            head, trials = self.head(), self.rule_trials()
            if head != engine.ruleset.wordlists_version:
                return self.engine_of(head, engine.ruleset)
            if trials != engine.ruleset.rule_trials:
                return warmed(with_rule_trials(engine.ruleset, trials))
        return engine

    def load(self, version: int, like: Ruleset | None = None) -> Engine:
        """Return an engine of a version that has loaded what it needs: no call pays for what is the first of its kind.

        What does not depend on the wordlists is that of the ruleset `like` where one is given. Raises what
        `load_ruleset` does, and WordlistError where a version does not fit the shipped wordlists.
        """
        standing_by = self._standing_by
        if standing_by is not None and self._becomes(standing_by, version):
            self._standing_by = None
            engine, trials = standing_by.engine, self.rule_trials()
            same = engine.ruleset.rule_trials == trials
            return engine if same else warmed(with_rule_trials(engine.ruleset, trials))
        with beside_calls():
            return warmed(with_rule_trials(self._ruleset(version, like), self.rule_trials()))

    def _build(self, lists: Sequence[Wordlist], version: int) -> None:
        """Save the automaton of a version by a process of its own, so that loading it is short; raise BuildError.

        Where it is saved already, as a plan does it, no process is needed.
        """
        if all(path.exists() for path in self._paths(lists)):
            return
        build_apart(self._settings, self._overlay(version), BaseProcess.start)

    def _retried(self, lists: Sequence[Wordlist], version: int, like: Ruleset) -> Engine | None:
        """Return an engine of lists that differ from a ruleset's in a few entries on trial alone; else None."""
        if sum(wordlist.on_trial for wordlist in lists) >= SAVED_FROM:
            return None
        cache = self._settings.cache or default_cache()
        ruleset = with_trials_of(like, lists, load_spoken(self._settings.dialects), cache, version)
        return None if ruleset is None else warmed(with_rule_trials(ruleset, self.rule_trials()))

    def _ruleset(self, version: int, like: Ruleset | None) -> Ruleset:
        settings = self._settings
        if like is not None:
            return self._ruleset_of(self._lists_of(version), version, like)
        return load_ruleset(
            settings.wordlists,
            settings.models,
            settings.profiles,
            settings.dialects,
            lists=self._lists_of(version) if version != SHIPPED else None,
            wordlists_version=version,
            records_shadow=settings.records_shadow,
            cache=settings.cache,
            unsaved=_log_unsaved,
        )

    def _lists_of(self, version: int) -> Sequence[Wordlist]:
        return self._lists.overlaid(self._overlay(version))

    def _ruleset_of(self, lists: Sequence[Wordlist], version: int, like: Ruleset) -> Ruleset:
        return ruleset_with(
            lists,
            like,
            load_spoken(self._settings.dialects),
            cache=self._settings.cache or default_cache(),
            unsaved=_log_unsaved,
            wordlists_version=version,
        )

    def _paths(self, lists: Sequence[Wordlist]) -> tuple[Path, ...]:
        settings = self._settings
        return automaton_paths(lists, load_spoken(settings.dialects), settings.cache or default_cache())

    def _is_saved(self, batch: Batch) -> bool:
        shipped_lists = self._lists.shipped()
        if self._next is None or self._next.batch != batch.number or self._next.shipped is not shipped_lists:
            lists = self._lists.overlaid(self.overlay_with(batch))
            self._next = _Next(batch.number, shipped_lists, lists, self._paths(lists))
        return all(path.exists() for path in self._next.paths)

    def _stands_by(self, version: int) -> bool:
        standing_by = self._standing_by
        return standing_by is not None and self._becomes(standing_by, version)

    def _becomes(self, standing_by: _StandingBy, version: int) -> bool:
        """Return whether a version is what stands by: that batch, applied to what it was made for."""
        assert self._versions is not None
        if version != standing_by.base + 1 or self._lists.shipped() is not standing_by.shipped:
            return False
        return self._versions.version(version).batch == standing_by.batch

    def _overlay(self, version: int) -> Overlay:
        """Return what a version, which never changes, lays over the shipped lists."""
        if self._versions is None:
            return {}
        number, overlay = self._latest
        if number != version:
            overlay = self._versions.overlay(version)
            self._latest = version, overlay
        return overlay


class RulesetWatch:
    """Swaps the engine when the wordlists change, until it is stopped; belongs to one event loop.

    What cannot be built is logged and told to `serving`, and the engine before goes on. `news` says when to look.
    """

    def __init__(
        self,
        rulesets: Rulesets,
        engine: Engine,
        serve_with: Callable[[Engine, Newcomers], Awaitable[None]],
        serving: Serving | None = None,
        news: News | None = None,
    ) -> None:
        self._rulesets = rulesets
        self._trials: int | None = None
        self._ruleset = engine.ruleset
        self._serve_with = serve_with
        self._serving = serving or Serving()
        self._news = news or News()
        self._failed = SHIPPED
        self._retried_at = 0.0
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more; what is being built is left."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._news.stop()

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            try:
                version, trials = await asyncio.to_thread(self._heads)
            except Exception as error:
                log.warning("wordlists_not_read", **describe(error))
                continue
            self._serving.head = version
            if version == self._failed and time.monotonic() < self._retried_at:
                version = self._ruleset.wordlists_version  # what is said of rules holds all the same
            if (version, trials) != (self._ruleset.wordlists_version, self._trials):
                await self._swap(version, trials)

    def _heads(self) -> tuple[int, int]:
        return self._rulesets.head(), self._rulesets.trials_head()

    async def _swap(self, version: int, trials: int) -> None:
        """Serve with what is in force now, unless it is what is served already."""
        try:
            engine = await self._engine_of(version)
            newcomers = await asyncio.to_thread(self._rulesets.newcomers, engine) if engine is not None else None
        except Exception as error:
            served = self._ruleset.wordlists_version
            log.error("ruleset_not_built", wordlists=version, served=served, **describe(error))
            if version != served:
                self._serving.failed(version, error)
                self._failed, self._retried_at = version, time.monotonic() + RETRY_SECONDS
            return
        self._trials = trials
        if engine is not None and newcomers is not None:
            await self._serve_with(engine, newcomers)
            self._ruleset = engine.ruleset
            gc.freeze()

    async def _engine_of(self, version: int) -> Engine | None:
        """Return an engine of what is in force now; None where that decides as the one that is served."""
        if version == self._ruleset.wordlists_version:
            trials = await asyncio.to_thread(self._rulesets.rule_trials)
            if trials == self._ruleset.rule_trials:
                return None
            return await asyncio.to_thread(warmed, with_rule_trials(self._ruleset, trials))
        self._serving.builds(version)
        return await asyncio.to_thread(self._rulesets.engine_of, version, self._ruleset)


def warmed(ruleset: Ruleset) -> Engine:
    """Return an engine that has loaded what it needs."""
    engine = Engine(ruleset)
    if (classifier := ruleset.detectors.classifier) is not None:
        classifier.warm()
    engine.check(WARMING, suggest=True)
    return engine


def _log_unsaved(path: Path, error: OSError) -> None:
    log.warning("automaton_not_saved", path=str(path), reason=error.strerror, **describe(error))
