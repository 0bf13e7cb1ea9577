"""One process at a time does what need be done once: others wait, and find it done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moderation.match.cache_file import make_directory


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
            _lock(descriptor, waits=waits)
        except BlockingIOError as error:
            raise TakenError(path) from error
        yield
        with suppress(OSError):
            path.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, waits: bool) -> None:
    """Lock a file; on Windows everybody has a turn."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
