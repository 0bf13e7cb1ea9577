"""Lists that a plan tells: the first ones, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")

MOST_SHOWN = 1000
"""Of a kind, in one plan."""

Progress = Callable[[str, int, int], None]
"""Is told a stage of the work, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Told(Generic[Item]):
    """The first of some findings, and the number of all of them."""

    shown: tuple[Item, ...] = ()
    total: int = 0

    @classmethod
    def of(cls, items: Iterable[Item]) -> Told[Item]:
        """Return what is told of findings, which are counted as they come."""
        remaining = iter(items)
        shown = tuple(islice(remaining, MOST_SHOWN))
        return cls(shown, len(shown) + sum(1 for _ in remaining))


def unheard(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
