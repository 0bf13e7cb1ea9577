"""Word edges by jieba, looked up only for the clause around a candidate."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

_CLAUSE_END = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")
MAX_CLAUSE = 40
"""Characters of context on either side of a candidate; a clause longer than that is cut."""


class Segmenter:
    """A jieba tokenizer of its own with the words added that its dictionary lacks; safe to share between threads.

    `words` are those that were added.
    """

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        self.words = words
        self._tokenizer: Tokenizer | None = None
        self._lock = Lock()
        self._edges_of = lru_cache(maxsize=8192)(self._cut)

    def is_word(self, text: str, start: int, end: int) -> bool:
        """Return whether a range of the text begins and ends at token edges."""
        left = max(start - MAX_CLAUSE, 0)
        for boundary in _CLAUSE_END.finditer(text, left, start):
            left = boundary.end()
        boundary_after = _CLAUSE_END.search(text, end, min(end + MAX_CLAUSE, len(text)))
        right = boundary_after.start() if boundary_after else min(end + MAX_CLAUSE, len(text))
        edges = self._edges_of(text[left:right])
        return start - left in edges and end - left in edges

    def is_known(self, word: str) -> bool:
        """Return whether a word is in the dictionary."""
        tokenizer = self._tokenizer or self._loaded()
        return bool(tokenizer.FREQ.get(word))

    def frequency(self, word: str) -> int:
        """Return how often a word stands in the texts that the dictionary was made from, 0 where it is not in it."""
        tokenizer = self._tokenizer or self._loaded()
        return int(tokenizer.FREQ.get(word) or 0)

    def warm(self) -> None:
        """Load the dictionary now instead of at the first candidate."""
        self._loaded()

    def _cut(self, clause: str) -> frozenset[int]:
        edges, position = {0}, 0
        for token in self._loaded().cut(clause, HMM=False):
            position += len(token)
            edges.add(position)
        return frozenset(edges)

    def _loaded(self) -> Tokenizer:
        with self._lock:
            if self._tokenizer is None:
                import jieba

                jieba.setLogLevel(logging.ERROR)
                tokenizer = jieba.Tokenizer()
                tokenizer.initialize()
                for word in self.words:
                    tokenizer.add_word(word)
                self._tokenizer = tokenizer
            return self._tokenizer
