"""Files that only their owner may read, written so that they outlive a fall of the machine, or are not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Give a file that was not there; it is gone again where what writes it fails.

    Raises FileExistsError where it was there.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        flush_directory(path.parent)
    except BaseException:
        path.unlink()
        raise


def flush_directory(path: Path) -> None:
    """Let a new name in a directory outlive a fall of the machine; Windows cannot be asked to."""
    if os.name == "posix":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
