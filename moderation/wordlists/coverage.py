"""Entries beside the others of their wordlist: what is found without them, and what exceptions spare in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass

import ahocorasick

from moderation.match.combinations import SHORTEST_MARK
from moderation.match.section import kinds_of
from moderation.match.wordlist import Entry, Wordlist


@dataclass(frozen=True, slots=True)
class Redundant:
    """An added entry that adds nothing: wherever it stands, `covered_by` is found."""

    wordlist: str
    entry: str
    covered_by: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries of a wordlist that contradict each other, one of them new or changed.

    What the `exception` of `holder` spares is found by `entry`, which stands in it.
    """

    wordlist: str
    entry: str
    exception: str
    holder: str


class Coverage:
    """The entries of a wordlist that are found wherever one of their spellings stands, but for their exceptions.

    Those on trial cover nothing.
    """

    def __init__(self, wordlist: Wordlist) -> None:
        self._wordlist = wordlist
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(wordlist.entries):
            if is_unconditional(entry) and entry.shadow is None:
                for spelling in entry.parts[0]:
                    self._holders[spelling].append(index)
        self._trie = ahocorasick.Automaton()
        for spelling, holders in self._holders.items():
            self._trie.add_word(spelling, (spelling, holders))
        if self._holders:
            self._trie.make_automaton()

    def redundant(self, added: Set[str]) -> Iterator[Redundant]:
        """Yield the added entries, by their texts, that others cover."""
        for index, entry in enumerate(self._wordlist.entries):
            if entry.text in added and (coverer := self._coverer(index, entry)) is not None:
                yield Redundant(self._wordlist.id, entry.text, coverer.text)

    def conflicts(self, written: Set[str]) -> Iterator[Conflict]:
        """Yield the contradictions that new or changed entries, by their texts, take part in."""
        for index, holder in enumerate(self._wordlist.entries):
            for exception in holder.exceptions:
                for other in self._found(exception):
                    entry = self._wordlist.entries[other]
                    is_concerned = entry.text in written or holder.text in written
                    if other != index and is_concerned and not any(one in exception for one in entry.exceptions):
                        yield Conflict(self._wordlist.id, entry.text, exception, holder.text)

    def _coverer(self, index: int, entry: Entry) -> Entry | None:
        """Return the shortest entry that is found wherever another is: in all spellings of one of its parts."""
        for part in entry.parts:
            coverers = [self._coverer_of(spelling, index, entry) for spelling in part]
            if all(coverers):
                return coverers[0]
        return None

    def _coverer_of(self, spelling: str, index: int, entry: Entry) -> Entry | None:
        kinds = kinds_of(self._wordlist, entry)
        for other in self._found(spelling):
            coverer = self._wordlist.entries[other]
            # Of two entries with one spelling the later one is redundant, unless only the earlier one has conditions.
            is_twin = spelling in coverer.parts[0] and other > index and _is_plain(entry)
            is_read = kinds <= kinds_of(self._wordlist, coverer) and (
                not kinds or len(coverer.parts[0][0]) >= SHORTEST_MARK
            )
            if other != index and _is_plain(coverer) and not is_twin and is_read and coverer.weight >= entry.weight:
                return coverer
        return None

    def _found(self, text: str) -> list[int]:
        """Return the entries that stand in a text, by the length of what stands there."""
        if not self._holders:
            return []
        found = sorted((value for _, value in self._trie.iter(text)), key=lambda value: len(value[0]))
        return list(dict.fromkeys(index for _, holders in found for index in holders))


def is_unconditional(entry: Entry) -> bool:
    """Return whether an entry is found wherever it stands, but for its exceptions."""
    return len(entry.parts) == 1 and not entry.word_edges and not entry.near


def _is_plain(entry: Entry) -> bool:
    return is_unconditional(entry) and not entry.exceptions
