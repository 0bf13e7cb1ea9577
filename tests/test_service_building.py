"""Automata built by a process of its own, and what becomes of a process that dies before it has begun."""

from __future__ import annotations

from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from moderation.automata import automaton_paths
from moderation.ruleset import load_spoken
from moderation.service.building import BuildError, build_apart
from moderation.service.settings import Settings
from moderation.wordlists.overlay import load_shipped, overlaid

ABSOLUTE = "advertising/absolute"
LARGE = {ABSOLUTE: {f"宇宙第{number}": f"宇宙第{number}\tlaw9" for number in range(20_000)}}
"""More than any pipe holds."""


@pytest.fixture
def settings(small_lists: Path, tmp_path: Path) -> Settings:
    return Settings(wordlists=small_lists, cache=tmp_path)


def test_an_automaton_is_saved_where_it_is_looked_for(settings: Settings, small_lists: Path, tmp_path: Path) -> None:
    overlay = {ABSOLUTE: {"宇宙第一": "宇宙第一\tlaw9"}}
    build_apart(settings, overlay, BaseProcess.start)
    lists = overlaid(load_shipped(small_lists), overlay)
    assert all(path.exists() for path in automaton_paths(lists, load_spoken(), tmp_path))


def test_a_process_that_dies_before_it_has_begun_holds_nobody_up(settings: Settings) -> None:
    def start_and_kill(process: BaseProcess) -> None:
        process.start()
        process.kill()

    with pytest.raises(BuildError, match="ended before it was done"):
        build_apart(settings, LARGE, start_and_kill)
