"""Laws and vendor rules as dated citations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Law:
    """One article of a law or regulation, with the days on which this wording and number hold.

    `valid_from` is the day the cited version came into force; `valid_until`, exclusive, the day it was replaced.
    """

    name: str
    article: str
    valid_from: date
    valid_until: date | None = None

    def valid_at(self, day: date) -> bool:
        """Return whether the citation holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def __str__(self) -> str:
        return f"《{self.name}》{self.article}"
