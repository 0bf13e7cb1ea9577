"""Lines of wordlists as they stand in a version, and which of them are related to a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from moderation.match.wordlist import Entry
from moderation.match.wordlist_file import WordlistError, parse_lines
from moderation.wordlists.change import SHIPPED, Overlay
from moderation.wordlists.overlay import Shipped, lines_of
from moderation.wordlists.validation import PARSED_AT_ONCE


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


def matching(shipped: Shipped, overlay: Overlay, text: str) -> Iterator[Standing]:
    """Yield the entries that contain a folded text, and those whose words all stand in it as they are written.

    Of each list the shipped ones come first. What is laid over them is read a part at a time, and not kept. Raises
    WordlistError for lines that do not fit the shipped lists.
    """
    for wordlist, own in sorted(shipped.items()):
        changed = overlay.get(wordlist, {})
        for entry in own.wordlist.entries:
            if entry.text not in changed and (match := _match(entry, text)) is not None:
                yield Standing(wordlist, entry.text, own.by_entry[entry.text], SHIPPED, match)
        lines = [line for _, line in sorted(changed.items()) if line is not None]
        for start in range(0, len(lines), PARSED_AT_ONCE):
            some = list(enumerate(lines[start : start + PARSED_AT_ONCE]))
            entries, diagnostics = parse_lines(some, own.wordlist.sources, wordlist)
            if diagnostics:
                raise WordlistError(diagnostics)
            for entry in entries:
                if (match := _match(entry, text)) is not None:
                    yield Standing(wordlist, entry.text, some[entry.line][1], SHIPPED, match)


def _match(entry: Entry, text: str) -> Match | None:
    """Return how an entry is related to a folded text."""
    if text in entry.text or any(text in spelling for part in entry.parts for spelling in part):
        return Match.CONTAINS
    return Match.FOUND if all(any(one in text for one in part) for part in entry.parts) else None
