"""What a batch does to wordlists, and what a version of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

Overlay = Mapping[str, Mapping[str, str | None]]
"""What differs from the shipped wordlists: by wordlist and entry the line that stands now, None where there is none."""

SHIPPED = 0
"""The version that nobody has changed yet."""


class Operation(StrEnum):
    """What a change does to one entry; REPLACE gives it another line."""

    ADD = "ADD"
    REMOVE = "REMOVE"
    REPLACE = "REPLACE"


class Change(NamedTuple):
    """One line of a batch: `entry` is the first column of a wordlist's line, `line` the whole of it, "" for REMOVE.

    `number` is the line of the file that the change was read from, from 1.
    """

    operation: Operation
    wordlist: str
    entry: str
    line: str
    number: int


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for the lines of a batch's file that do not say it; `shadow` is the last day of a trial of them."""

    operation: Operation = Operation.ADD
    wordlist: str = ""
    source: str = ""
    shadow: date | None = None


class BatchState(StrEnum):
    """A batch is uploaded once, then applied as a version, perhaps after a second person approved it, or dropped."""

    DRAFT = "DRAFT"
    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    APPLIED = "APPLIED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class Batch:
    """An uploaded set of changes; `version` is the one that it became, None before."""

    number: int
    state: BatchState
    base: int
    author: str
    reason: str
    uploaded_at: datetime
    added: int
    removed: int
    replaced: int
    approved_by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A state of all wordlists that was in force: `restores` is the earlier version that a rollback went back to."""

    number: int
    batch: int | None
    author: str
    approved_by: str
    reason: str
    at: datetime
    added: int
    removed: int
    replaced: int
    restores: int | None = None


class Difference(NamedTuple):
    """What one entry is in one version and in another, told as the operation that leads there.

    A line is None where there is none, or where the entry is as shipped, whose line the versions do not hold: before an
    ADD there was no entry, before a REPLACE or REMOVE it was as shipped; after a REMOVE there is no entry, after an ADD
    or REPLACE it is as shipped.
    """

    operation: Operation
    wordlist: str
    entry: str
    before: str | None
    after: str | None
