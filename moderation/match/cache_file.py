"""Files that keep what takes long to make: a digest of the rest, a line of JSON, then columns of octets.

A file is written whole or not at all, for this user alone. It is read on the kind of machine that wrote it, and mapped
rather than copied, so that processes share what they read. It is as trusted as the code: who can write the directory
decides what is found.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from typing import Any

UNFINISHED = ".unfinished"

ALIGNED = 8
"""Columns begin at multiples of so many octets, as what reads whole numbers likes it."""

Column = bytes | memoryview

_DIGEST_SIZE = hashlib.blake2b().digest_size


class DamagedError(Exception):
    """There is no such file, or it is not as it was written."""


def write(path: Path, told: Mapping[str, object], columns: Sequence[Column]) -> None:
    """Write a file, which takes the place of one before; raise OSError where the directory cannot be written.

    Directories that are missing are made for this user alone.
    """
    directory = path.parent
    make_directory(directory)
    number, unfinished = tempfile.mkstemp(UNFINISHED, dir=directory)
    try:
        with os.fdopen(number, "w+b") as file:
            _write(file, told, columns)
        Path(unfinished).replace(path)
    except OSError:
        with suppress(OSError):
            Path(unfinished).unlink()
        raise


def make_directory(directory: Path) -> None:
    """Make a directory and those above it that are missing for this user alone; raise OSError where that fails."""
    for place in (*reversed(directory.parents), directory):
        place.mkdir(mode=0o700, exist_ok=True)


def read(path: Path) -> tuple[dict[str, Any], list[memoryview]]:
    """Return what a file tells, and its columns; raise DamagedError where it is missing or damaged."""
    try:
        with path.open("rb") as file:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if hashlib.blake2b(mapped[_DIGEST_SIZE:]).digest() != mapped[:_DIGEST_SIZE]:
            raise DamagedError(path)
        end = _DIGEST_SIZE + ALIGNED + int.from_bytes(mapped[_DIGEST_SIZE : _DIGEST_SIZE + ALIGNED], "little")
        told = json.loads(bytes(mapped[_DIGEST_SIZE + ALIGNED : end]))
        return told, list(_split(mapped[end:], told["sizes"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(path) from error


def told(path: Path) -> dict[str, Any]:
    """Return what a file tells, unread and unproved; raise DamagedError where it tells nothing."""
    try:
        with path.open("rb") as file:
            file.seek(_DIGEST_SIZE)
            size = int.from_bytes(file.read(ALIGNED), "little")
            return dict(json.loads(file.read(min(size, path.stat().st_size))))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedError(path) from error


def latest_first(directory: Path, pattern: str) -> list[Path]:
    """Return the files of a pattern, the one first that was used last; others may delete some meanwhile."""
    used: dict[Path, float] = {}
    for path in directory.glob(pattern):
        with suppress(OSError):
            used[path] = path.stat().st_mtime
    return sorted(used, key=used.__getitem__, reverse=True)


def _write(file: BufferedIOBase, told: Mapping[str, object], columns: Sequence[Column]) -> None:
    views: list[Column] = [memoryview(column).cast("B") for column in columns]
    line = json.dumps({**told, "sizes": [len(view) for view in views]}).encode()
    line += b" " * (-len(line) % ALIGNED)
    digest = hashlib.blake2b()
    file.write(bytes(_DIGEST_SIZE))
    begun: list[Column] = [len(line).to_bytes(ALIGNED, "little"), line]
    for view in begun + views:
        parts: tuple[Column, ...] = (view, bytes(-len(view) % ALIGNED))
        for part in parts:
            file.write(part)
            digest.update(part)
    file.seek(0)
    file.write(digest.digest())


def _split(mapped: memoryview, sizes: Sequence[int]) -> Iterator[memoryview]:
    """Yield columns, each of which is filled up to a multiple of what they are aligned to."""
    start = 0
    for size in sizes:
        yield mapped[start : start + size]
        start += size + -size % ALIGNED
