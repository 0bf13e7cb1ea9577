"""Lists of any version as people look at them: shipped lines first, then what a version lays over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import Store, each_store

from moderation.match.wordlist_file import WordlistError
from moderation.review.people import Actor, Role
from moderation.store.wordlist_desk import WordlistDesk
from moderation.store.wordlists import StoredWordlists
from moderation.wordlists.change import Change, Operation
from moderation.wordlists.directories import Directories
from moderation.wordlists.refusal import WordlistsError, WordlistsReason
from moderation.wordlists.standing import Match

__all__ = ["each_store"]

ABSOLUTE = "advertising/absolute"
ZHAO = Actor("zhao", Role.POLICY)


def applied(wordlists: StoredWordlists, *changes: tuple[Operation, str, str]) -> int:
    base = wordlists.head()
    made = [
        Change(operation, ABSOLUTE, entry, line and f"{entry}\t{line}", number)
        for number, (operation, entry, line) in enumerate(changes, 1)
    ]
    wordlists.apply(ZHAO, wordlists.upload(ZHAO, made, "巡查", base).number, base, approval_above=9)
    return base + 1


def test_every_version_is_looked_at_as_it_was(store: Store, small_lists: Path) -> None:
    desk = WordlistDesk(Directories(small_lists), store.wordlists)
    first, second = (one.entry for one in desk.lines(ABSOLUTE, 0).items)
    applied(store.wordlists, (Operation.ADD, "云朵九号", "law9"), (Operation.REMOVE, second, ""))
    applied(store.wordlists, (Operation.REPLACE, first, f"law9\texcept={first}的歌"))
    seen = [(one.entry, one.since) for one in desk.lines(ABSOLUTE, desk.meant(None)).items]
    assert seen == [(first, 2), ("云朵九号", 1)]
    assert [one.entry for one in desk.lines(ABSOLUTE, 0).items] == [first, second]
    assert [desk.wordlist(ABSOLUTE, version).entries for version in (0, 1, 2)] == [2, 2, 2]
    assert desk.search(second, 1).items == ()
    page = desk.lines(ABSOLUTE, 1, size=1)
    assert [one.entry for one in desk.lines(ABSOLUTE, 1, token=page.next_token).items] == ["云朵九号"]
    found = desk.search("云朵", 2).items
    assert [(one.entry, one.since, one.match) for one in found] == [("云朵九号", 1, Match.CONTAINS)]
    whole = desk.search(f"甲店{first}云朵九号", 2).items
    assert [(one.entry, one.match) for one in whole] == [("云朵九号", Match.FOUND), (first, Match.FOUND)]
    assert desk.export(ABSOLUTE, 1).endswith("云朵九号\tlaw9\n")
    assert {one.operation for one in desk.diff(0, 2).items} == set(Operation)


def test_what_is_not_there_is_told_with_what_is_near(store: Store, small_lists: Path) -> None:
    desk = WordlistDesk(Directories(small_lists), store.wordlists)
    with pytest.raises(WordlistsError) as unknown:
        desk.lines("advertising/absolut", 0)
    assert unknown.value.reason is WordlistsReason.WORDLIST_UNKNOWN
    assert ABSOLUTE in unknown.value.metadata["near"]
    with pytest.raises(WordlistsError) as late:
        desk.meant(1)
    assert late.value.reason is WordlistsReason.VERSION_UNKNOWN
    alone = WordlistDesk(Directories(small_lists), None)
    assert (alone.meant(None), len(alone.lines(ABSOLUTE, 0).items)) == (0, 2)
    with pytest.raises(WordlistsError):
        alone.meant(1)


def test_a_version_that_fits_the_shipped_lists_no_more_is_told(store: Store, small_lists: Path) -> None:
    version = applied(store.wordlists, (Operation.ADD, "云朵九号", "gone"))
    desk = WordlistDesk(Directories(small_lists), store.wordlists)
    with pytest.raises(WordlistError, match="unknown source 'gone'"):
        desk.search("云朵", version)
