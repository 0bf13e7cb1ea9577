"""One automaton over the own words of several tenants, which share what they have in common; immutable.

A string stands in it once, however many tenants list it. What a tenant says of a word is kept in columns, found by the
number of the string and of the tenant, so that nothing grows with the number of tenants alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import ahocorasick
import numpy as np

from moderation.match.octets import octets
from moderation.match.own_word import Listing, OwnWord
from moderation.match.plain import CODES, plain_codes
from moderation.match.uncollected import uncollected
from moderation.text.normal import fold, fold_many

SEPARATOR = "\0"
"""Parts joined texts; folding drops it, so that no text and no word holds it."""

_LISTINGS = tuple(Listing)
_WORD_EDGES = 4


class Hit(NamedTuple):
    """A tenant's word at a half-open range of a normal text; `text` is the position of that text."""

    text: int
    start: int
    end: int
    word: OwnWord


class Shelf:
    """The own words of some tenants, searched together; safe to share between threads."""

    @uncollected()
    def __init__(self, words: Mapping[str, Sequence[OwnWord]]) -> None:
        self.slots = {tenant: slot for slot, tenant in enumerate(words)}
        listed = [word for own in words.values() for word in own]
        self._said = _Said(listed)
        owners = np.repeat(np.arange(len(words), dtype=np.int64), [len(own) for own in words.values()])
        numbers: dict[str, int] = {}
        plain = _plain_each(_folded([word.text for word in listed]))
        strings = np.fromiter((numbers.setdefault(one, len(numbers)) for one in plain), np.int64, len(plain))
        keys = strings << 32 | owners
        order = np.argsort(keys, kind="stable")
        self._keys, self._order = keys[order], order.astype(np.uint32)
        self._firsts = np.searchsorted(owners, np.arange(len(words) + 1)).astype(np.uint32)
        self._lengths = np.fromiter(map(len, numbers), np.uint16, len(numbers))
        self._trie = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for string, number in numbers.items():
            if string:
                self._trie.add_word(octets(string), number)
        self._is_empty = not len(self._trie)
        if not self._is_empty:
            self._trie.make_automaton()

    def __len__(self) -> int:
        return len(self._keys)

    def words_of(self, slot: int) -> list[OwnWord]:
        """Return what a tenant lists."""
        return [self._said[number] for number in range(int(self._firsts[slot]), int(self._firsts[slot + 1]))]

    def count_of(self, slot: int) -> int:
        """Return how many words a tenant lists."""
        return int(self._firsts[slot + 1]) - int(self._firsts[slot])

    def find_many(self, texts: Sequence[str], slots: Sequence[int]) -> Iterator[Hit]:
        """Yield the words that stand in normal texts, in each those of one tenant.

        Rare and traditional characters count as the common ones that they stand for, in words and in texts.
        """
        if self._is_empty or not texts:
            return
        content = _plain(SEPARATOR.join(texts)).encode("utf-8", "replace")
        found = np.array(list(self._trie.iter(content.decode("latin-1"))), dtype=np.int64).reshape(-1, 2)
        if not len(found):
            return
        is_first = (np.frombuffer(content, dtype=np.uint8) & 0xC0) != 0x80
        ends = np.cumsum(is_first)[found[:, 0]]
        starts = ends - self._lengths[found[:, 1]]
        begins = np.cumsum([0, *(len(text) + len(SEPARATOR) for text in texts[:-1])])
        among = np.searchsorted(begins, starts, side="right") - 1
        keys = found[:, 1] << 32 | np.array(slots, dtype=np.int64)[among]
        lasts = np.searchsorted(self._keys, keys, side="right")
        firsts = np.searchsorted(self._keys, keys)
        for index in np.flatnonzero(firsts < lasts).tolist():
            text = int(among[index])
            start, end = int(starts[index] - begins[text]), int(ends[index] - begins[text])
            for place in range(int(firsts[index]), int(lasts[index])):
                yield Hit(text, start, end, self._said[int(self._order[place])])


class _Said:
    """Words with all that is said of them, in a few octets each beside their text; equal reasons are kept once."""

    def __init__(self, words: Sequence[OwnWord]) -> None:
        self._texts = "".join(word.text for word in words)
        self._ends = np.cumsum([0, *(len(word.text) for word in words)]).astype(np.uint32)
        self._phrases: list[str] = []
        numbers: dict[str, int] = {}
        self._reasons = self._numbered((word.reason for word in words), numbers)
        self._rules = self._numbered((word.rule for word in words), numbers)
        self._wordlists = self._numbered((word.wordlist for word in words), numbers)
        self._kinds = array("B", (_LISTINGS.index(word.listing) | word.word_edges * _WORD_EDGES for word in words))
        self._phrases.extend(numbers)

    def __getitem__(self, number: int) -> OwnWord:
        kind, phrases = self._kinds[number], self._phrases
        return OwnWord(
            self._texts[self._ends[number] : self._ends[number + 1]],
            phrases[self._reasons[number]],
            _LISTINGS[kind % _WORD_EDGES],
            kind >= _WORD_EDGES,
            phrases[self._rules[number]],
            phrases[self._wordlists[number]],
        )

    def _numbered(self, phrases: Iterable[str], numbers: dict[str, int]) -> array[int]:
        return array("I", (numbers.setdefault(phrase, len(numbers)) for phrase in phrases))


def _folded(words: Sequence[str]) -> list[str]:
    normals = fold_many(words) if words else []
    return [normal.text if normal else fold(word).text for word, normal in zip(words, normals, strict=True)]


def _plain(text: str) -> str:
    """Return a normal text with rare and traditional characters replaced by common ones, one for one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = plain_codes()
    plain = np.where(codes < CODES, table[np.minimum(codes, CODES - 1)], codes).astype(np.uint32)
    return plain.tobytes().decode("utf-32-le", "surrogatepass")


def _plain_each(texts: Sequence[str]) -> list[str]:
    return _plain(SEPARATOR.join(texts)).split(SEPARATOR) if texts else []
