"""Many expressions searched in many texts: each in the joined texts that it may match; all are RE2, so linear.

One automaton for all expressions would be read in one pass, but has so many states that most of a new text's are new.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

import re2

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
        self._sieve = Sieve([expression for _, expression in written])

    def find_many(self, texts: Sequence[str]) -> list[list[Range]]:
        """Return what is found in each text, kind by kind."""
        found: list[list[Range]] = [[] for _ in texts]
        if texts:
            contents = [text.encode("utf-8", "replace") for text in texts]
            for number, places in self._sieve.candidates(texts):
                self._search(number, [(contents[place], found[place]) for place in places])
        return found

    def _search(self, number: int, texts: Sequence[tuple[bytes, list[Range]]]) -> None:
        """Add what an expression finds in some texts to what was found in each."""
        kind, expression = self._patterns[number]
        starts: list[int] = []
        for match in expression.finditer(BETWEEN.join([content for content, _ in texts])):
            starts = starts or list(accumulate([len(content) + len(BETWEEN) for content, _ in texts], initial=0))
            start, end = match.span(match.lastindex or 0)
            place = bisect_right(starts, end - 1) - 1
            content, found = texts[place]
            first = max(start - starts[place], 0)
            skipped = len(content[:first].decode("utf-8", "replace"))
            length = len(content[first : end - starts[place]].decode("utf-8", "replace"))
            if length:
                found.append(Range(kind, skipped, skipped + length))


def _ending(expression: str) -> str:
    """Return an expression that takes what follows a text in joined ones for its end too."""
    return _END.sub(lambda sign: sign[1] or r"(?:\x00|\z)", expression)
