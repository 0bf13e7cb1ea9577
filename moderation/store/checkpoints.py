"""Checkpoints of the audit in a file outside the database: lines are added, and none is ever changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from moderation.review.audit import AuditError, Checkpoint, Head, decode_checkpoints, encode_checkpoint, make_checkpoint
from moderation.review.keys import KeyRing
from moderation.store.audit_log import ends
from moderation.store.database import StoreError, reading

LONGEST_LINE = 1024
"""Octets; a checkpoint has fewer."""


def read(path: Path | None) -> list[Checkpoint]:
    """Return the checkpoints in a file, none where there is no file; raise StoreError where it holds something else."""
    try:
        return decode_checkpoints(path.read_bytes()) if path is not None and path.exists() else []
    except AuditError as error:
        raise StoreError(f"{path}: {error}") from None
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; check the file of checkpoints") from None


def add(path: Path, ring: KeyRing, now: datetime, heads: Iterable[Head]) -> None:
    """Add checkpoints of some heads to a file; raise StoreError where it cannot be written."""
    key_id = ring.checkpoint_key_id
    lines = [encode_checkpoint(make_checkpoint(head, now, key_id, ring.checkpoint_keys[key_id])) for head in heads]
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "rb+") as file:
            size = file.seek(0, os.SEEK_END)
            is_cut_short = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            file.write(b"\n" * is_cut_short + b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; name another file by MODERATION_CHECKPOINTS") from None


def _last_count(path: Path) -> int:
    """Return how many entries the last line of a file tells, which another process may have added; 0 if none does."""
    try:
        with path.open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - LONGEST_LINE, 0))
            return decode_checkpoints(file.read().rpartition(b"\n")[0].rpartition(b"\n")[2])[-1].count
    except (OSError, AuditError, IndexError):
        return 0


def add_head(engine: Engine, ring: KeyRing, path: Path, now: datetime, known: int) -> int:
    """Add a checkpoint where the chain has grown beyond a known number of entries, and return their number now."""
    with reading(engine) as connection:
        head = ends(connection).head
    if head.count > max(known, _last_count(path)):
        add(path, ring, now, [head])
    return head.count
