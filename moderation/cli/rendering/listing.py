"""Records as tables for people and as JSON for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from moderation.evaluation.printable import shown

Record = dict[str, Any]
"""A JSON record, with the keys that scripts rely on."""

PIPE_WIDTH = 200
"""Cells of a line where there is no terminal."""


def rfc3339(at: datetime | None) -> str | None:
    """Return a moment in UTC to the microsecond; None where there is none."""
    if at is None:
        return None
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def local(at: datetime) -> str:
    """Return a moment in this machine's zone, to the minute; at the ends of time as it is."""
    with suppress(OverflowError, ValueError):
        at = at.astimezone()
    return at.strftime("%Y-%m-%d %H:%M")


def print_json(record: Record) -> None:
    """Write one record on standard output."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table on standard output; what could command a terminal is escaped."""
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    console().print(table)


def console() -> Console:
    """Return a console on standard output that shows texts as they are."""
    made = Console(highlight=False, emoji=False, markup=False, soft_wrap=False)
    if not sys.stdout.isatty():
        made.width = PIPE_WIDTH
    return made
