"""Hits of what is on trial or new: what is counted of each, and the texts by which a person can judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

MOST_EXAMPLES = 5
"""Texts that are kept for each entry or rule."""

LONGEST_EXCERPT = 200
"""Characters of a text that are kept."""


class HitKind(StrEnum):
    """What was hit."""

    ENTRY = "ENTRY"
    RULE = "RULE"


class HitMode(StrEnum):
    """Whether it was on trial or in force."""

    SHADOW = "SHADOW"
    LIVE = "LIVE"


class Subject(NamedTuple):
    """An entry of a wordlist, or a rule by its id, whose `wordlist` is empty.

    `since` is the version of the wordlists from which the line of an entry stands, 0 for shipped lines.
    """

    kind: HitKind
    wordlist: str
    name: str
    mode: HitMode
    since: int = 0


class Hit(NamedTuple):
    """A subject in one template; `is_change` tells that it changes the decision, or would if it were in force."""

    subject: Subject
    is_change: bool


class Count(NamedTuple):
    """How often a subject was hit, and how many of these are changes."""

    hits: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a subject was hit, cut to its beginning."""

    tenant: str
    text: str
    verdict_id: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a process has counted since it last told the store.

    `hits` are by subject and tenant; `checked` and `rejected` by tenant, `rejected_by` by rule.
    """

    hits: Mapping[tuple[Subject, str], Count] = field(default_factory=dict)
    examples: Mapping[Subject, tuple[Example, ...]] = field(default_factory=dict)
    checked: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[str, int] = field(default_factory=dict)
    rejected_by: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.hits or self.checked)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was counted of a subject over some days."""

    hits: int = 0
    changes: int = 0
    tenants: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What was counted of a subject on one day, in UTC."""

    day: date
    hits: int
    changes: int
    tenants: int


@dataclass(frozen=True, slots=True)
class KeptExample:
    """An example as the store has it; `text` is masked unless it is asked for."""

    verdict_id: str
    tenant: str
    text: str
    at: datetime
