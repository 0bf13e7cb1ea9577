"""The progress of long work on wordlists, shown on standard error, and what is told where its fruit cannot be kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from moderation.cli.access import Access
from moderation.cli.answering import words
from moderation.wordlists.told import Progress

if TYPE_CHECKING:
    from moderation.automata import Unsaved


@contextmanager
def plan_progress(access: Access) -> Iterator[Progress]:
    """Give what shows each stage on standard error: bars on a terminal, else a line when the stage is done."""
    said = words(access)
    if not sys.stderr.isatty():

        def tell(stage: str, done: int, total: int) -> None:
            if done >= total:
                typer.echo(f"{said[f'stage {stage}']} {done}/{total}", err=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(said[f"stage {stage}"])
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def unsaved(access: Access) -> Unsaved:
    """Return what warns that an automaton was not saved."""

    def warn(path: Path, error: OSError) -> None:
        typer.echo(words(access)["not saved"].format(path=path, why=error.strerror), err=True)

    return warn
