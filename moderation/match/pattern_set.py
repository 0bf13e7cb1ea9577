"""Many expressions searched at once: one pass over a text tells which of them match it; all are RE2, so linear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import re2

SET_MEMORY = 256 << 20
"""Bytes that the states of the joint automaton may take; RE2 drops and rebuilds them when they are used up."""


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
        self._patterns = tuple((kind, re2.compile(expression.encode())) for kind, expression in patterns)
        options = re2.Options()
        options.max_mem = SET_MEMORY
        self._set = re2.Set.SearchSet(options)
        for _, expression in self._patterns:
            self._set.Add(expression.pattern)
        self._set.Compile()

    def find_many(self, texts: Sequence[str]) -> list[list[Range]]:
        """Return what is found in each text, kind by kind."""
        return [self.find(text) for text in texts]

    def find(self, text: str) -> list[Range]:
        """Return what is found in a text, kind by kind."""
        content = text.encode("utf-8", "replace")
        matching = self._set.Match(content)
        if not matching:
            return []
        is_ascii = len(content) == len(text)
        found: list[Range] = []
        for number in sorted(matching):
            kind, expression = self._patterns[number]
            octets, characters = 0, 0
            for match in expression.finditer(content):
                start, end = match.span(match.lastindex or 0)
                if not is_ascii:
                    length = len(content[start:end].decode("utf-8", "replace"))
                    characters += len(content[octets:start].decode("utf-8", "replace"))
                    octets, start, end = end, characters, characters + length
                    characters = end
                found.append(Range(kind, start, end))
        return found
