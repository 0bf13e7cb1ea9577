"""Shares with their 95 % intervals, and precision, recall and F1 from counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.96
"""Half the width of a 95 % interval, in standard deviations."""

Interval = tuple[float, float]


def wilson(hits: int, total: int) -> Interval:
    """Return the 95 % interval of a share (Wilson, JASA 1927); everything where there is nothing to go by."""
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, Z * Z / total
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / total + spread / (4 * total))
    return max((middle - half) / (1 + spread), 0.0), min((middle + half) / (1 + spread), 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """Hits among some texts; `value` is None where there is no text."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The hits as a share of the total."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share."""
        return wilson(self.hits, self.total)


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts of one kind that were found, found wrongly, and missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> Share:
        """What was found rightly, of all that was found."""
        return Share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> Share:
        """What was found, of all that was there."""
        return Share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there was nothing and nothing was found."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else None

    @property
    def f1_interval(self) -> Interval:
        """The 95 % interval of F1.

        F1 is 2j / (1 + j) of the share j that was found of all that was found or there (Jaccard); what the curve makes
        of the interval of j is that of F1.
        """
        low, high = wilson(self.found, self.found + self.wrong + self.missed)
        return 2 * low / (1 + low), 2 * high / (1 + high)
