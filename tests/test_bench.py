"""The benchmark tells figures as they are: what is missed or not measured is said to be, and peers find the same."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORDS = ["ab", "b", "bcd", "测试", "试"]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(ROOT / "bench")
    return importlib.import_module


def test_a_goal_is_kept_or_missed_or_not_measured(bench: Callable[[str], ModuleType]) -> None:
    goals = bench("goals")
    parts = {"workloads": {"by batch": {"1024": 25.0}}, "service": {"batches of in-process": 0.5}}
    told = [goals.told(row["kept"]) for row in goals.results(parts)]
    assert told == ["kept", "MISSED", "not measured", "MISSED", *["not measured"] * (len(goals.GOALS) - 4)]


def test_the_goals_told_are_those_of_the_figures(bench: Callable[[str], ModuleType]) -> None:
    report = json.loads((ROOT / "docs" / "performance.json").read_text(encoding="utf-8"))
    assert report["goals"] == bench("goals").results(report["parts"])


def test_what_was_not_measured_is_said_to_be(bench: Callable[[str], ModuleType]) -> None:
    page = bench("performance_page")
    written = page.sections({"goals": [], "parts": {}})
    assert {name for name, table in written.items() if table == "Not measured."} == set(page.SECTIONS)


@pytest.mark.parametrize("length", [10, 1_000])
def test_texts_are_cut_to_a_length(bench: Callable[[str], ModuleType], length: int) -> None:
    cut = bench("texts").pieces(["一二三", "四五"], length, 7)
    assert [len(text) for text in cut] == [length] * 7
    assert "".join(cut).startswith("一二三四五一二三四五")


def test_automata_find_every_hit(bench: Callable[[str], ModuleType]) -> None:
    peers = bench("peers")
    for name in ("pyahocorasick", "ahocorasick_rs", "daachorse"):
        peer = peers.PEERS[name]
        if peers.release(peer) is not None:
            search = peer.build(importlib.import_module(peer.module), WORDS)
            assert [search("abcd测试"), search("nothing else")] == [5, 0], name


def test_a_peer_that_is_not_installed_is_left_out(
    bench: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    peers = bench("peers")

    def missing(distribution: str) -> str:
        raise metadata.PackageNotFoundError(distribution)

    monkeypatch.setattr(peers, "version", missing)
    assert peers.built(peers.PEERS["flashtext"], WORDS, has_variants=False) == ({"left_out": "not installed"}, None)
    assert peers.built(peers.PEERS["re, one alternation"], WORDS, has_variants=False)[1] is not None
