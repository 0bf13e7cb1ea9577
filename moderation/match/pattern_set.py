"""Many expressions searched in many texts: each in the joined texts that it may match; all are RE2, so linear.

One automaton for all expressions would be read in one pass, but has so many states that most of a new text's are new.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from types import MappingProxyType
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


Check = Callable[[str, Range], Range | None]
"""Returns what has been found in a text as it is told; None where it is something else."""


class PatternSet:
    """Expressions by the kind of signal that they stand for; immutable, safe to share between threads.

    Where an expression has groups, the last one that matched is what is found; what is around it is only read. `checks`
    look at what is found of some kinds.
    """

    def __init__(self, patterns: Iterable[tuple[str, str]], checks: Mapping[str, Check] = MappingProxyType({})) -> None:
        written = tuple(patterns)
        self._kinds = tuple((kind, checks.get(kind)) for kind, _ in written)
        self._expressions = tuple(re2.compile(_ending(expression).encode()) for _, expression in written)
        self._has_groups = tuple(expression.groups > 0 for expression in self._expressions)
        self._sieve = Sieve([expression for _, expression in written])

    def find_many(self, texts: Sequence[str]) -> list[list[Range]]:
        """Return what is found in each text, kind by kind."""
        found: list[list[Range]] = [[] for _ in texts]
        contents = [text.encode("utf-8", "replace") for text in texts]
        numbers, positions = self._sieve.candidates(texts)
        searched = [contents[position] for position in positions.tolist()]
        sizes = np.fromiter(map(len, contents), dtype=np.int64, count=len(contents))[positions]
        begins = np.cumsum(sizes + len(BETWEEN)) - sizes - len(BETWEEN)
        ranges = np.array(list(self._search(numbers, begins, searched)), dtype=np.int64).reshape(-1, 2)
        if len(ranges):
            among = np.searchsorted(begins, ranges[:, 1] - 1, side="right") - 1
            octets = np.clip(ranges - begins[among, None], 0, sizes[among, None])
            columns = numbers[among], positions[among], *_in_characters(octets, positions[among], contents)
            for number, position, start, end in zip(*(column.tolist() for column in columns), strict=True):
                kind, check = self._kinds[number]
                one = Range(kind, start, end) if start < end else None
                if one is not None and check is not None:
                    one = check(texts[position], one)
                if one is not None:
                    found[position].append(one)
        return found

    def _search(self, numbers: Numbers, begins: Numbers, searched: Sequence[bytes]) -> Iterator[tuple[int, int]]:
        """Yield the ranges of what is found in all that is searched, joined; each expression in what it may match."""
        firsts = np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])) if len(numbers) else numbers
        bounds = [*firsts.tolist(), len(searched)]
        for number, begin, (first, last) in zip(
            numbers[firsts].tolist(), begins[firsts].tolist(), pairwise(bounds), strict=True
        ):
            matches = self._expressions[number].finditer(BETWEEN.join(searched[first:last]))
            has_groups = self._has_groups[number]
            for match in matches:
                start, end = match.span(match.lastindex or 0) if has_groups else match.span()
                yield begin + start, begin + end


def _in_characters(octets: Numbers, positions: Numbers, contents: Sequence[bytes]) -> tuple[Numbers, Numbers]:
    """Return the starts and ends of ranges in texts, counted in characters."""
    joined = np.frombuffer(b"".join(contents), dtype=np.uint8)
    before = np.zeros(len(joined) + 1, dtype=np.int64)
    np.cumsum((joined & 0xC0) != 0x80, out=before[1:])
    begins = np.array([0, *accumulate(map(len, contents))], dtype=np.int64)[positions]
    starts, ends = (before[begins + column] - before[begins] for column in octets.T)
    return starts, ends


def _ending(expression: str) -> str:
    """Return an expression that takes what follows a text in joined ones for its end too."""
    return _END.sub(lambda sign: sign[1] or r"(?:\x00|\z)", expression)
