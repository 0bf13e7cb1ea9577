"""A named fact about a template: what detectors produce and rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Signal(NamedTuple):
    """A fact such as `words:advertising/absolute` or `link:shortener`, with where it was seen.

    `start` and `end` are a half-open range of the source text, or both -1 for a fact about the whole template.
    `term` is what the detector was looking for (the wordlist entry, the class name); the written form may differ.
    `via` lists the kinds of disguise or derivation that led from the term to the written form.
    """

    name: str
    start: int = -1
    end: int = -1
    term: str = ""
    confidence: float = 1.0
    via: tuple[str, ...] = ()

    @property
    def has_span(self) -> bool:
        """Whether the fact points at characters."""
        return self.start >= 0


Signals = Mapping[str, Sequence[Signal]]
