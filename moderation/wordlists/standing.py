"""Lines of wordlists as they stand in a version, and which of them are related to a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from moderation.match.wordlist import Entry, Wordlist
from moderation.wordlists.change import SHIPPED, Overlay
from moderation.wordlists.overlay import Shipped, lines_of


class Match(StrEnum):
    """How an entry is related to a text that is searched for."""

    CONTAINS = "CONTAINS"
    FOUND = "FOUND"


class Standing(NamedTuple):
    """A line of a wordlist, and since which version it stands; 0 is as shipped."""

    wordlist: str
    entry: str
    line: str
    since: int
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A wordlist with the number of its entries, and the kinds of variant in which they are found."""

    id: str
    title: str
    entries: int
    kinds: tuple[str, ...]


def listed(shipped: Shipped, overlay: Overlay, wordlist: str) -> Listed:
    """Return what is told of a known wordlist."""
    own = shipped[wordlist].wordlist
    return Listed(wordlist, own.title, len(lines_of(shipped, overlay, wordlist)), tuple(sorted(own.variants)))


def matching(wordlists: Iterable[Wordlist], shipped: Shipped, overlay: Overlay, text: str) -> Iterator[Standing]:
    """Yield the entries that contain a folded text, and those whose words all stand in it as they are written."""
    for wordlist in wordlists:
        lines = lines_of(shipped, overlay, wordlist.id)
        for entry in wordlist.entries:
            if (match := _match(entry, text)) is not None:
                yield Standing(wordlist.id, entry.text, lines[entry.text], SHIPPED, match)


def _match(entry: Entry, text: str) -> Match | None:
    """Return how an entry is related to a folded text."""
    if text in entry.text or any(text in spelling for part in entry.parts for spelling in part):
        return Match.CONTAINS
    return Match.FOUND if all(any(one in text for one in part) for part in entry.parts) else None
