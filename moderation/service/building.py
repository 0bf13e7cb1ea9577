"""An automaton built by a process of its own, so that loading it is short."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from moderation import shipped
from moderation.automata import default_cache, save_automata
from moderation.ruleset import load_spoken
from moderation.service.settings import Settings
from moderation.wordlists.change import Overlay
from moderation.wordlists.overlay import load_shipped, overlaid

Build = Callable[[Connection, Path | None, Path | None, Path | None], None]
Start = Callable[[BaseProcess], None]


class BuildError(Exception):
    """A process could not build an automaton."""


def build_apart(settings: Settings, overlay: Overlay, start: Start, build: Build | None = None) -> None:
    """Have the automaton of the wordlists of some settings saved, with what is laid over them; raise BuildError.

    What is laid over them is sent once the process runs: multiprocessing waits for ever where one dies that has not
    read its arguments.
    """
    context = multiprocessing.get_context("spawn")
    told, telling = context.Pipe()
    arguments = telling, settings.wordlists, settings.dialects, settings.cache
    process = context.Process(target=build or save_overlaid, args=arguments, name="build", daemon=True)
    with told:
        start(process)
        telling.close()
        try:
            told.send(overlay)
            problem = told.recv()
        except (EOFError, OSError):
            problem = "the process ended before it was done"
    process.join()
    if problem:
        raise BuildError(problem)


def save_overlaid(telling: Connection, wordlists: Path | None, dialects: Path | None, cache: Path | None) -> None:
    """Save the automaton of the wordlists of a directory, or the shipped ones, with what is received to lay over them.

    Tells what went wrong, or nothing.
    """
    problem = ""
    try:
        lists = overlaid(load_shipped(wordlists or shipped.directory("wordlists")), telling.recv())
        save_automata(lists, load_spoken(dialects), cache or default_cache())
    except Exception as error:
        problem = type(error).__name__
    with suppress(OSError):
        telling.send(problem)
