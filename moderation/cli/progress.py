"""The progress bar of long work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONG_INPUT = 1000
"""Lines from which on a progress bar is worth its place."""


@contextmanager
def progress_of(expected: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error for a long input, if that is a terminal; give the function that moves it."""
    if expected < LONG_INPUT or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("检查 · checking", total=expected)
        yield lambda lines: progress.advance(task, lines)
