"""One process at a time does what need be done once: others wait, and find it done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moderation.match.cache_file import make_directory

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # not on Windows, where everybody has a turn
    LOCK_EX = LOCK_NB = 0

    def flock(descriptor: int, how: int, /) -> None:
        """Let everybody pass."""


class TakenError(Exception):
    """Another process has the turn."""


@contextmanager
def turn(path: Path, *, waits: bool = True) -> Iterator[None]:
    """Hold the turn that a file stands for; the system ends that of a process that dies.

    Where the file cannot be made, everybody has a turn. Raises TakenError where another process has it and `waits` is
    false.
    """
    try:
        make_directory(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        try:
            flock(descriptor, LOCK_EX if waits else LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise TakenError(path) from error
        yield
        with suppress(OSError):
            path.unlink()
    finally:
        os.close(descriptor)
