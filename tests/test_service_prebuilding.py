"""Batches that stand before they are applied: their automata are built ahead, by one process, and errors told once."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from serving import captured_logs, log_lines
from stores import SQLITE, Store, fresh

from moderation.automata import automaton_paths
from moderation.engine import Ruleset
from moderation.match.turn import TakenError, turn
from moderation.review.people import Actor, Role
from moderation.ruleset import load_spoken
from moderation.service import prebuilding
from moderation.service.building import Build
from moderation.service.prebuilding import Prebuilding
from moderation.service.rulesets import Rulesets
from moderation.service.settings import Settings
from moderation.text.template import Template
from moderation.wordlists.change import Change, Operation
from moderation.wordlists.latest import LatestLists

ZHAO = Actor("zhao", Role.POLICY)
LIST, SOURCE = "prohibited/gambling", "telecom56"
LONGEST = 60.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(fresh(SQLITE, tmp_path)) as made:
        yield made


@pytest.fixture(scope="module")
def settings(small_lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(port=0, wordlists=small_lists, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def served(settings: Settings) -> Ruleset:
    """The ruleset of the lists without a batch."""
    return Rulesets(settings).load(0).ruleset


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prebuilding, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(prebuilding, "BEGUN_AFTER", 0.0)


def upload(store: Store, entry: str, base: int = 0) -> int:
    change = Change(Operation.ADD, LIST, entry, f"{entry}\t{SOURCE}", 1)
    return store.wordlists.upload(ZHAO, [change], "例行更新", base).number


@dataclass(frozen=True, slots=True)
class Building:
    """What is built ahead, and what is logged of it."""

    rulesets: Rulesets
    logged: io.StringIO


@asynccontextmanager
async def building(
    settings: Settings, store: Store, served: Ruleset, build: Build | None = None
) -> AsyncIterator[Building]:
    with captured_logs() as logged:
        rulesets = Rulesets(settings, store.wordlists)

        def in_force() -> Ruleset:
            return replace(served, wordlists_version=store.wordlists.head())

        ahead = Prebuilding(settings, store.wordlists, rulesets, in_force, "a store", build)
        yield Building(rulesets, logged)
        await ahead.stop()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST):
        while not is_so():
            await asyncio.sleep(0.02)


def events(building: Building, name: str) -> list[object]:
    return [line["batch"] for line in log_lines(building.logged) if line["event"] == name]


async def test_a_batch_is_built_before_it_is_applied(
    settings: Settings, served: Ruleset, store: Store, small_lists: Path
) -> None:
    async with building(settings, store, served) as logged:
        number = upload(store, "青柠首发")
        await until(lambda: events(logged, "built_ahead") == [number])
    store.wordlists.apply(ZHAO, number, 0, approval_above=9)
    lists = LatestLists(small_lists).overlaid(store.wordlists.overlay(1))
    assert settings.cache is not None
    assert all(path.exists() for path in automaton_paths(lists, load_spoken(), settings.cache))


async def test_a_batch_that_was_built_stands_by_until_it_is_applied(
    settings: Settings, served: Ruleset, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with building(settings, store, served) as made:
        number = upload(store, "青柠转盘")
        await until(lambda: made.rulesets.standing_by == number)
        store.wordlists.apply(ZHAO, number, 0, approval_above=9)
        expected = Rulesets(settings, store.wordlists).load(1)
        monkeypatch.setattr(Rulesets, "_ruleset_of", None)
        engine = made.rulesets.engine_of(1, served)
    assert engine.ruleset.digest == expected.ruleset.digest != served.digest
    assert (engine.ruleset.wordlists_version, expected.ruleset.wordlists_version) == (1, 1)
    assert engine.check(Template("青柠转盘")).findings == expected.check(Template("青柠转盘")).findings
    assert made.rulesets.standing_by is None


@pytest.mark.parametrize("end", ["another is applied", "old"])
async def test_what_stands_by_is_let_go_where_it_is_not_applied_soon(
    end: str, settings: Settings, served: Ruleset, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = upload(store, "青柠牌局")
    async with building(settings, store, served) as made:
        number = upload(store, "青柠转盘")
        await until(lambda: made.rulesets.standing_by == number)
        if end == "old":
            monkeypatch.setattr(prebuilding, "STANDS_BY_FOR", 0.0)
        else:
            store.wordlists.apply(ZHAO, other, 0, approval_above=9)
            engine = made.rulesets.load(1, served)
            found = [one.term for one in engine.ruleset.detectors.automaton.scan("青柠转盘青柠牌局")]
            assert found == ["青柠牌局"]
        await until(lambda: made.rulesets.standing_by is None)


def fails(telling: object, *_: object) -> None:
    telling.send("MemoryError")  # type: ignore[attr-defined]


def dies(*_: object) -> None:
    raise SystemExit(1)


@pytest.mark.parametrize("build", [fails, dies])
async def test_what_cannot_be_built_is_told_once(
    build: Build, settings: Settings, served: Ruleset, store: Store
) -> None:
    async with building(settings, store, served, build) as logged:
        number = upload(store, "青柠彩池")
        await until(lambda: bool(events(logged, "batch_not_built_ahead")))
        await asyncio.sleep(0.2)
    assert events(logged, "batch_not_built_ahead") == [number]


async def test_batches_for_another_version_or_of_others_are_left(
    settings: Settings, served: Ruleset, store: Store
) -> None:
    old, applied = upload(store, "青柠转盘"), upload(store, "青柠牌局")
    store.wordlists.apply(ZHAO, applied, 0, approval_above=9)
    assert settings.cache is not None
    with turn(settings.cache / "other.ahead"):
        async with building(settings, store, served, fails) as logged:
            await asyncio.sleep(0.3)
            assert not events(logged, "batch_not_built_ahead")
            new = upload(store, "青柠抽奖", 1)
            await until(lambda: events(logged, "batch_not_built_ahead") == [new])
    assert old < new


def waits(*_: object) -> None:
    time.sleep(LONGEST)


async def test_a_build_is_given_up_when_the_server_stops(settings: Settings, served: Ruleset, store: Store) -> None:
    upload(store, "青柠竞猜")
    begun = time.monotonic()
    async with building(settings, store, served, waits):
        await asyncio.sleep(1.0)
    assert time.monotonic() - begun < LONGEST / 2


async def test_of_two_servers_one_builds_ahead(settings: Settings, served: Ruleset, store: Store) -> None:
    async with building(settings, store, served, fails), building(settings, store, served, fails) as logged:
        number = upload(store, "青柠筹码")
        await until(lambda: bool(events(logged, "batch_not_built_ahead")))
        await asyncio.sleep(0.3)
    assert events(logged, "batch_not_built_ahead") == [number]


def test_a_turn_is_of_one_and_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.turn"
    with turn(path), pytest.raises(TakenError), turn(path, waits=False):
        pass
    with turn(path, waits=False):
        assert path.exists()
    assert not path.exists()
