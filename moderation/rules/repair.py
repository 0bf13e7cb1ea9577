"""How a finding can be mended, as data beside the rule that finds it; `moderation.mending` carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Drop:
    """Delete the quoted words, and a separator that then has nothing to part."""


@dataclass(frozen=True, slots=True)
class DropClause:
    """Delete the whole clause that the quoted words stand in, up to the nearest separators."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Write a factual form in the place of the words; `forms` maps terms to them, what it lacks is deleted.

    What the expression `tail` finds right after them goes with them.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Add:
    """Add a statement that is missing, at the end but before the opt-out and a signature that stands there."""

    statement: str


@dataclass(frozen=True, slots=True)
class AddOptOut:
    """Put the profile's opt-out at the end, in the place of any other form of it."""


Repair = Drop | DropClause | Swap | Add | AddOptOut
