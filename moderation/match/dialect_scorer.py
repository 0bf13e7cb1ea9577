"""Telling which dialect a text is written in, from the words that dialects have of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ahocorasick
import numpy as np

from moderation.match.dialect import Dialect
from moderation.match.joined import Joined
from moderation.match.octets import octets
from moderation.match.word_starts import WordStarts

SURE, PLAIN, AMBIGUOUS, COMMON = 3, 2, 1, 0
"""What a word scores: a plain marker and any plain word of three characters or more, a shorter plain one, one that
standard text says too, one that standard text says so often that it tells nothing."""

LEAST_SCORE = 3
"""Score from which on a text counts as dialect: a short plain word alone may have come to be where two words meet."""

LONG_WORD = 3

Hit = tuple[int, int, int]
"""Where a word begins and how far from the end it ends, as a negative number, in octets; and its number."""


class DialectScorer:
    """Tells which dialect a text is written in; immutable, safe to share between threads."""

    def __init__(self, dialects: Iterable[Dialect]) -> None:
        self.dialects = tuple(dialects)
        words: dict[str, dict[str, int]] = {}
        for dialect in self.dialects:
            for word, score in _scores_of(dialect).items():
                words.setdefault(word, {})[dialect.id] = score
        # A word that scores nothing is looked for where it can cover a shorter one.
        told = {word: scores for word, scores in words.items() if len(word) > 1 or any(scores.values())}
        self._words = tuple((len(octets(word)), tuple(scores.items())) for word, scores in told.items())
        self._starts = WordStarts({word: max(scores.values()) for word, scores in told.items()})
        self._trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, word in enumerate(told):
            self._trie.add_word(octets(word), number)
        if told:
            self._trie.make_automaton()

    def find_many(self, texts: Sequence[str]) -> list[str]:
        """Return the dialect of each normal text; empty for standard text, and where two dialects tie."""
        told = [""] * len(texts)
        chosen = np.flatnonzero(self._starts.at_most(texts) >= LEAST_SCORE).tolist()
        found = self._hits([texts[index] for index in chosen]) if chosen else {}
        for index, hits in found.items():
            told[chosen[index]] = _best(self._scores(hits))
        return told

    def scores(self, text: str) -> Mapping[str, int]:
        """Return the score of each dialect whose words a normal text has."""
        return self._scores(self._hits([text]).get(0, []))

    def _hits(self, texts: Sequence[str]) -> dict[int, list[Hit]]:
        """Return the words of each text that has any, with what they overlap."""
        found: dict[int, list[Hit]] = {}
        if not self._words:
            return found
        joined = Joined([octets(text) for text in texts])
        for last, number in self._trie.iter(joined.text):
            index, _ = joined.locate(last)
            found.setdefault(index, []).append((last + 1 - self._words[number][0], -last, number))
        return found

    def _scores(self, hits: list[Hit]) -> dict[str, int]:
        """Add up the scores of words, each once; of those that overlap, the one that begins first and is longest."""
        scores: dict[str, int] = {}
        reached: dict[str, int] = {}
        seen: set[tuple[int, str]] = set()
        for start, negative_last, number in sorted(hits):
            for dialect, score in self._words[number][1]:
                if start >= reached.get(dialect, 0):
                    reached[dialect] = 1 - negative_last
                    if (number, dialect) not in seen:
                        seen.add((number, dialect))
                        scores[dialect] = scores.get(dialect, 0) + score
        return scores


def _scores_of(dialect: Dialect) -> dict[str, int]:
    """Return what each word of a dialect scores; one that is ambiguous in one line is so in all but a plain marker."""
    scores: dict[str, int] = {}
    sure: dict[str, int] = {}
    for equivalent in dialect.equivalents:
        word = equivalent.word
        if equivalent.is_ambiguous:
            scores[word] = AMBIGUOUS
        elif equivalent.is_marker:
            sure[word] = SURE
        else:
            scores.setdefault(word, SURE if len(word) >= LONG_WORD else PLAIN)
    return scores | dict.fromkeys(dialect.common, COMMON) | sure


def _best(scores: Mapping[str, int]) -> str:
    best = max(scores.values(), default=0)
    if best < LEAST_SCORE:
        return ""
    leading = [dialect for dialect, score in scores.items() if score == best]
    return leading[0] if len(leading) == 1 else ""
