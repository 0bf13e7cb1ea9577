"""Many expressions searched in many texts: each in the joined texts that it may match; all are RE2, so linear.

One automaton for all expressions would be read in one pass, but has so many states that most of a new text's are new.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import re2

from moderation.match.ragged import Numbers
from moderation.match.sieve import Sieve

BETWEEN = b"\0\n" * 8
"""Stands between joined texts. No expression reaches across it: what skips U+0000 ends with a line, or skips few."""

_END = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


class Range(NamedTuple):
    """A kind of signal at a half-open range of the text that was searched; `term` is what was recognised."""

    kind: str
    start: int
    end: int
    term: str = ""


class PatternSet:
    """Expressions by the kind of signal that they stand for; immutable, safe to share between threads.

    Where an expression has groups, the last one that matched is what is found; what is around it is only read.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        written = tuple(patterns)
        self._patterns = tuple((kind, re2.compile(_ending(expression).encode())) for kind, expression in written)
        self._has_groups = tuple(expression.groups > 0 for _, expression in self._patterns)
        self._sieve = Sieve([expression for _, expression in written])

    def find_many(self, texts: Sequence[str]) -> list[list[Range]]:
        """Return what is found in each text, kind by kind."""
        found: list[list[Range]] = [[] for _ in texts]
        contents = [text.encode("utf-8", "replace") for text in texts]
        seen = [
            one for number, places in self._sieve.candidates(texts) for one in self._search(number, places, contents)
        ]
        if seen:
            numbers, places, starts, ends = _in_characters(np.array(seen, dtype=np.int64), contents)
            for number, place, start, end in zip(numbers, places, starts, ends, strict=True):
                if start < end:
                    found[place].append(Range(self._patterns[number][0], start, end))
        return found

    def _search(self, number: int, places: Sequence[int], contents: Sequence[bytes]) -> Iterator[Octets]:
        """Yield what an expression finds in some texts."""
        expression = self._patterns[number][1]
        matches = expression.finditer(BETWEEN.join([contents[place] for place in places]))
        has_groups = self._has_groups[number]
        stops: list[int] = []
        for match in matches:
            start, end = match.span(match.lastindex or 0) if has_groups else match.span()
            stops = stops or list(accumulate([len(contents[place]) + len(BETWEEN) for place in places]))
            among = bisect_right(stops, end - 1)
            size = len(contents[places[among]])
            begin = stops[among] - size - len(BETWEEN)
            yield number, places[among], min(max(start - begin, 0), size), min(max(end - begin, 0), size)


Octets = tuple[int, int, int, int]
"""The number of an expression, the position of a text, and what was found in it, as a half-open range of octets."""


def _in_characters(found: Numbers, contents: Sequence[bytes]) -> tuple[list[int], ...]:
    """Return the columns of what was found, with ranges of characters."""
    octets = np.frombuffer(b"".join(contents), dtype=np.uint8)
    before = np.zeros(len(octets) + 1, dtype=np.int64)
    np.cumsum((octets & 0xC0) != 0x80, out=before[1:])
    numbers, places, starts, ends = found.T
    begins = np.array([0, *accumulate(map(len, contents))], dtype=np.int64)[places]
    columns = numbers, places, before[begins + starts] - before[begins], before[begins + ends] - before[begins]
    return tuple(column.tolist() for column in columns)


def _ending(expression: str) -> str:
    """Return an expression that takes what follows a text in joined ones for its end too."""
    return _END.sub(lambda sign: sign[1] or r"(?:\x00|\z)", expression)
