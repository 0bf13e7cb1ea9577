"""What is wrong in a batch: collected line by line, bounded in number and in length."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.match.listing import Diagnostic, ListingError

MOST_TOLD = 10_000
"""Diagnostics of one batch that are told one by one; of the others the number."""

LONGEST_QUOTE = 40
"""Characters of an entry that a diagnostic quotes."""

LONGEST_TOLD = 400
"""Characters of a problem or of how to mend it."""


class BatchError(ListingError):
    """A batch can't be taken as it is."""


class Problems:
    """Collects diagnostics of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: set[int] = set()
        self._told: list[Diagnostic] = []
        self._untold = 0

    def report(self, line: int, column: int, problem: str, mend: str) -> None:
        """Record what is wrong at a 1-based line and column."""
        self.add((Diagnostic(self.file, line, column, problem, mend),))

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record diagnostics of the same file."""
        for one in diagnostics:
            self.lines.add(one.line)
            if len(self._told) < MOST_TOLD:
                problem, mend = shortened(one.problem, LONGEST_TOLD), shortened(one.mend, LONGEST_TOLD)
                self._told.append(Diagnostic(self.file, one.line, one.column, problem, mend))
            else:
                self._untold += 1

    @property
    def total(self) -> int:
        """How many problems there are, told or not."""
        return len(self._told) + self._untold

    def told(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics in order of lines; the last one says how many more there are."""
        told = sorted(self._told, key=lambda one: (one.line, one.column))
        if self._untold:
            last = max(self.lines)
            told.append(Diagnostic(self.file, last, 1, f"{self._untold} problems more", "mend those above first"))
        return tuple(told)


def shortened(text: str, most: int = LONGEST_QUOTE) -> str:
    """Return a text cut to a length, with a sign that it was cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
