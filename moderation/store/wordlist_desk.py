"""Wordlists as people work with them: the lists of some directories, and what the versions of a store lay over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from threading import Lock
from typing import TypeVar

from moderation.review.desk import PAGE_SIZE, Page
from moderation.store.pages import after, token_of
from moderation.store.wordlists import StoredWordlists
from moderation.wordlists.change import SHIPPED, Difference, Overlay
from moderation.wordlists.directories import Directories
from moderation.wordlists.overlay import Shipped, content_of, lines_of, with_shipped
from moderation.wordlists.refusal import WordlistsError, WordlistsReason
from moderation.wordlists.standing import Listed, Standing, listed, matching

Item = TypeVar("Item")


class WordlistDesk:
    """Reads the lists of any version; without versions of a store, the shipped ones. Safe to share between threads.

    The shipped lists are read once. Raises WordlistError for what is wrong in their files, WordlistsError where a
    version or a list is unknown, and DeskError for what the store cannot do.
    """

    def __init__(self, files: Directories, versions: StoredWordlists | None) -> None:
        self.files = files
        self._versions = versions
        self._lock = Lock()
        self._read: tuple[int, Overlay] = (SHIPPED, {})

    @cached_property
    def shipped(self) -> Shipped:
        """The lists that versions are laid over."""
        return self.files.load_shipped()

    @property
    def versions(self) -> StoredWordlists:
        """The versions; raises WordlistsError where there is no store."""
        if self._versions is None:
            told = "there is no store, so the wordlists have no versions"
            raise WordlistsError(WordlistsReason.VERSION_UNKNOWN, told, version=SHIPPED, current=SHIPPED)
        return self._versions

    def meant(self, version: int | None) -> int:
        """Return a version, the current one unless named; raise WordlistsError where there is no such."""
        if version == SHIPPED or (version is None and self._versions is None):
            return SHIPPED
        if self._versions is None:
            told = f"there is no version {version}"
            raise WordlistsError(WordlistsReason.VERSION_UNKNOWN, told, version=version, current=SHIPPED)
        if version is None:
            return self._versions.head()
        return self._versions.version(version).number

    def overlay(self, version: int) -> Overlay:
        """Return what a version lays over the shipped lists; that of the version read last is kept."""
        if version == SHIPPED or self._versions is None:
            return {}
        with self._lock:
            if self._read[0] != version:
                self._read = version, self._versions.overlay(version)
            return self._read[1]

    def wordlists(self, version: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Listed]:
        """Return the lists of a version by id."""
        overlay = self.overlay(version)
        page = page_of(sorted(self.shipped), size, token, f"wordlists/{version}")
        return Page(tuple(listed(self.shipped, overlay, one) for one in page.items), page.next_token)

    def wordlist(self, wordlist: str, version: int) -> Listed:
        """Return one list of a version."""
        self.require(wordlist)
        return listed(self.shipped, self.overlay(version), wordlist)

    def lines(self, wordlist: str, version: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Standing]:
        """Return the lines of a list in a version, first the shipped ones."""
        self.require(wordlist)
        lines = lines_of(self.shipped, self.overlay(version), wordlist)
        page = page_of(list(lines), size, token, f"wordlist/{wordlist}/{version}")
        standing = tuple(Standing(wordlist, entry, lines[entry], SHIPPED) for entry in page.items)
        return self._dated(Page(standing, page.next_token), version)

    def search(self, text: str, version: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Standing]:
        """Return the entries that are related to a folded text, in a version."""
        found = list(matching(self.shipped, self.overlay(version), text))
        return self._dated(page_of(found, size, token, f"search/{version}/{text}"), version)

    def export(self, wordlist: str, version: int) -> str:
        """Return a list of a version as a file."""
        self.require(wordlist)
        return content_of(self.shipped, self.overlay(version), wordlist)

    def diff(self, from_version: int, to_version: int, *, size: int = PAGE_SIZE, token: str = "") -> Page[Difference]:
        """Return what leads from one version to another, with the shipped lines."""
        page = self.versions.diff(from_version, to_version, size=size, token=token)
        return replace(page, items=tuple(with_shipped(self.shipped, one) for one in page.items))

    def require(self, wordlist: str) -> None:
        """Raise WordlistsError where there is no such list."""
        if wordlist not in self.shipped:
            near = ", ".join(get_close_matches(wordlist[:64], self.shipped, cutoff=0.5)) or "-"
            told = f"there is no wordlist {wordlist[:64]!r}; near are: {near}"
            raise WordlistsError(WordlistsReason.WORDLIST_UNKNOWN, told, wordlist=wordlist[:64], near=near)

    def _dated(self, page: Page[Standing], version: int) -> Page[Standing]:
        """Return a page whose lines tell since which version they stand."""
        if self._versions is None or version == SHIPPED:
            return page
        overlay = self.overlay(version)
        entries: dict[str, list[str]] = defaultdict(list)
        for one in page.items:
            if one.entry in overlay.get(one.wordlist, {}):
                entries[one.wordlist].append(one.entry)
        since = {wordlist: self._versions.since(version, wordlist, some) for wordlist, some in entries.items()}
        dated = (one._replace(since=since.get(one.wordlist, {}).get(one.entry, SHIPPED)) for one in page.items)
        return replace(page, items=tuple(dated))


def page_of(items: Sequence[Item], size: int, token: str, of_list: str) -> Page[Item]:
    """Return a page of a list that is in memory; raise DeskError for a token of another list."""
    first = after(token, of_list)
    last = first + size
    return Page(tuple(items[first:last]), token_of([last], of_list) if last < len(items) else "")
