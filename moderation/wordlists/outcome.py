"""What comes of uploads, plans and applications: done, or all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from moderation.match.listing import Diagnostic
from moderation.rule_examples import BrokenExample
from moderation.wordlists.change import Batch, Version
from moderation.wordlists.plan import ListCounts, Plan


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Files as they were taken up: `batch` is None where anything is wrong, or nothing was to be kept.

    `version` is the one that they were checked against; `problem_count` counts the problems that are not told too.
    """

    batch: Batch | None
    changes: int
    unchanged: int
    counts: tuple[ListCounts, ...]
    problems: tuple[Diagnostic, ...]
    problem_count: int
    version: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What a batch would do to a version; `plan` is None where lines of it do not fit that."""

    version: int
    plan: Plan | None
    problems: tuple[Diagnostic, ...] = ()
    problem_count: int = 0


@dataclass(frozen=True, slots=True)
class Unsound:
    """Why a batch may not be applied: lines that do not fit what is in force, or examples of rules that break."""

    problems: tuple[Diagnostic, ...] = ()
    broken: tuple[BrokenExample, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a batch: `version` is None where it awaits approval, or where something is `wrong`."""

    batch: Batch
    version: Version | None = None
    wrong: Unsound | None = None
