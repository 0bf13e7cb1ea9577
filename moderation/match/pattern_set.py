"""Many expressions searched in many texts: each in the joined texts that it may match; all are RE2, so linear.

One automaton for all expressions would be read in one pass, but has so many states that most of a new text's are new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
        sizes = np.fromiter(map(len, contents), dtype=np.int64, count=len(contents))
        seen = (
            [self._search(number, places, contents, sizes) for number, places in self._sieve.candidates(texts)]
            if texts
            else []
        )
        kinds = [kind for kind, of_kind in seen for _ in range(len(of_kind))]
        if kinds:
            places, starts, ends = _in_characters(np.concatenate([of_kind for _, of_kind in seen]), contents, sizes)
            for kind, place, start, end in zip(kinds, places.tolist(), starts.tolist(), ends.tolist(), strict=True):
                if start < end:
                    found[place].append(Range(kind, start, end))
        return found

    def _search(self, number: int, places: Numbers, contents: Sequence[bytes], sizes: Numbers) -> tuple[str, Numbers]:
        """Return what an expression finds in some texts: the text and the octets, as three columns, and its kind."""
        kind, expression = self._patterns[number]
        joined = BETWEEN.join([contents[place] for place in places.tolist()])
        if self._has_groups[number]:
            spans = [match.span(match.lastindex or 0) for match in expression.finditer(joined)]
        else:
            spans = [match.span() for match in expression.finditer(joined)]
        if not spans:
            return kind, np.zeros((0, 3), dtype=np.int64)
        found = np.array(spans, dtype=np.int64)
        own = sizes[places]
        stops = np.cumsum(own + len(BETWEEN))
        begins = stops - own - len(BETWEEN)
        among = np.searchsorted(stops, found[:, 1] - 1, side="right")
        offsets = np.clip(found - begins[among, None], 0, own[among, None])
        return kind, np.column_stack((places[among], offsets))


def _in_characters(found: Numbers, contents: Sequence[bytes], sizes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the texts of ranges of octets, and where these begin and end in characters."""
    octets = np.frombuffer(b"".join(contents), dtype=np.uint8)
    before = np.zeros(len(octets) + 1, dtype=np.int64)
    np.cumsum((octets & 0xC0) != 0x80, out=before[1:])
    places = found[:, 0]
    begins = (np.cumsum(sizes) - sizes)[places]
    return places, before[begins + found[:, 1]] - before[begins], before[begins + found[:, 2]] - before[begins]


def _ending(expression: str) -> str:
    """Return an expression that takes what follows a text in joined ones for its end too."""
    return _END.sub(lambda sign: sign[1] or r"(?:\x00|\z)", expression)
