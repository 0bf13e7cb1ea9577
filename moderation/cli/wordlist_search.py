"""`moderation wordlist show|search`: the lines in force, and since which version each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import WORDLISTS, Access, PageSize, Token, accessing, refuse
from moderation.cli.answering import answer_page
from moderation.cli.failure import ruleset_errors
from moderation.cli.wordlist_access import InForce, OfVersion, WordlistId, lists_of, page_of, require_wordlist
from moderation.wordlists.change import SHIPPED

if TYPE_CHECKING:
    from moderation.cli.rendering.wordlists import Match, Standing
    from moderation.match.wordlist import Entry
    from moderation.review.desk import Page
    from moderation.store.wordlists import StoredWordlists

SHOW_EXAMPLE = "Example: moderation wordlist show advertising/absolute --version 6 --size 100"
SEARCH_EXAMPLE = (
    "Example: moderation wordlist search 首选 · moderation wordlist search 【甲商城】全国首选好茶 --format json"
)

app = typer.Typer(rich_markup_mode=None)


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*WORDLISTS)
def show(
    access: Access, wordlist: WordlistId, version: OfVersion = None, size: PageSize = 50, token: Token = ""
) -> None:
    """List the lines of a wordlist in force, or as shipped where there is no store: first the shipped ones."""
    from moderation.cli.rendering.wordlists import Standing
    from moderation.wordlists.overlay import lines_of

    with lists_of(access, version) as (lists, store):
        require_wordlist(access, lists.shipped, wordlist)
        lines = lines_of(lists.shipped, lists.overlay, wordlist)
        found = [Standing(wordlist, entry, line, SHIPPED) for entry, line in lines.items()]
        page = _dated(page_of(found, size, token, f"wordlist/{wordlist}/{lists.version}"), lists, store)
    _answer(access, "lines", page)


@app.command("search", epilog=SEARCH_EXAMPLE)
@accessing(*WORDLISTS)
def search(
    access: Access,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A word, a part of one, or a whole template.")],
    version: OfVersion = None,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the entries in force that contain a text, and those whose words all stand in it as they are written.

    Other spellings, distances and exceptions are not looked at; `moderation check` does that.
    """
    from moderation.text.normal import fold

    folded = fold(text).text.strip()
    if not folded:
        refuse(access, "no words")
    with lists_of(access, version) as (lists, store):
        found = list(_matching(lists, folded))
        page = _dated(page_of(found, size, token, f"search/{lists.version}/{folded}"), lists, store)
    _answer(access, "matches", page)


def _matching(lists: InForce, text: str) -> Iterator[Standing]:
    from moderation.cli.rendering.wordlists import Standing
    from moderation.wordlists.overlay import lines_of, overlaid

    with ruleset_errors():
        wordlists = overlaid(lists.shipped, lists.overlay)
    for wordlist in wordlists:
        lines = lines_of(lists.shipped, lists.overlay, wordlist.id)
        for entry in wordlist.entries:
            if (match := _match(entry, text)) is not None:
                yield Standing(wordlist.id, entry.text, lines[entry.text], SHIPPED, match)


def _match(entry: Entry, text: str) -> Match | None:
    """Return how an entry is related to a folded text."""
    from moderation.cli.rendering.wordlists import Match

    if text in entry.text or any(text in spelling for part in entry.parts for spelling in part):
        return Match.CONTAINS
    return Match.FOUND if all(any(one in text for one in part) for part in entry.parts) else None


def _dated(page: Page[Standing], lists: InForce, store: StoredWordlists | None) -> Page[Standing]:
    """Return a page whose lines tell since which version they stand."""
    from dataclasses import replace

    if store is None:
        return page
    entries: dict[str, list[str]] = defaultdict(list)
    for one in page.items:
        if one.entry in lists.overlay.get(one.wordlist, {}):
            entries[one.wordlist].append(one.entry)
    since = {wordlist: store.since(lists.version, wordlist, some) for wordlist, some in entries.items()}
    dated = (one._replace(since=since.get(one.wordlist, {}).get(one.entry, SHIPPED)) for one in page.items)
    return replace(page, items=tuple(dated))


def _answer(access: Access, name: str, page: Page[Standing]) -> None:
    from moderation.cli.rendering.wordlists import print_standing, standing_record

    def write(lines: Sequence[Standing]) -> None:
        print_standing(lines, access.locale)

    answer_page(access, name, page, standing_record, write)
