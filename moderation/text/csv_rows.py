"""The rows of a CSV file with their line numbers; after a broken row it goes on with the next line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

Row = tuple[int, list[str] | csv.Error]
"""The number of the line that a row begins on, and its cells or what is wrong with it."""


def read_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the rows that are not empty.

    A quote that nothing closes swallows the lines after it; they are read again, as rows of their own.
    """
    remaining = iter(lines)
    again: deque[str] = deque()
    taken: list[str] = []

    def feed() -> Iterator[str]:
        while (line := again.popleft() if again else next(remaining, None)) is not None:
            taken.append(line)
            yield line

    rows = csv.reader(feed(), strict=True)
    number = 1
    while True:
        taken.clear()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, error
            again.extendleft(reversed(taken[1:]))
            rows = csv.reader(feed(), strict=True)
            number += 1
        else:
            if row:
                yield number, row
            number += len(taken)
