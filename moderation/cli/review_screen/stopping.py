"""Signals that end the process: they are answered while the screen is on, so that nothing decided is lost."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator

STOPPING = ("SIGTERM", "SIGHUP")
"""What a service manager sends, and a terminal that is closed; Windows has only some of them."""


def answer(stop: Callable[[], None]) -> None:
    """Call `stop` in the running loop where the process is told to end."""
    loop = asyncio.get_running_loop()
    for number in _signals():
        try:
            loop.add_signal_handler(number, stop)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # Windows, or a loop outside the main thread


def ignore() -> None:
    """Let the signals do what they did before."""
    loop = asyncio.get_running_loop()
    for number in _signals():
        try:
            loop.remove_signal_handler(number)
        except (NotImplementedError, RuntimeError, ValueError):
            return


def _signals() -> Iterator[int]:
    return (number for name in STOPPING if (number := getattr(signal, name, None)) is not None)
