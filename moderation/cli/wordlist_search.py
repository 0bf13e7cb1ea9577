"""`moderation wordlist show|search`: the lines in force, and since which version each stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import REMOTE, WORDLISTS, Access, PageSize, Token, accessing, refuse
from moderation.cli.answering import answer_page
from moderation.cli.wordlist_access import OfVersion, WordlistId, opened_lists
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.review.desk import Page
    from moderation.wordlists.standing import Standing

SHOW_EXAMPLE = "Example: moderation wordlist show advertising/absolute --version 6 --size 100"
SEARCH_EXAMPLE = (
    "Example: moderation wordlist search 首选 · moderation wordlist search 【甲商城】全国首选好茶 --format json"
)

app = typer.Typer(rich_markup_mode=None)


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
def show(
    access: Access, wordlist: WordlistId, version: OfVersion = None, size: PageSize = 50, token: Token = ""
) -> None:
    """List the lines of a wordlist in force, or as shipped where there is no store: first the shipped ones."""
    with opened_lists(access, needs_store=False) as lists:
        page = lists.lines(wordlist, version, size=size, token=token)
    _answer(access, "lines", page)


@app.command("search", epilog=SEARCH_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
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
    with opened_lists(access, needs_store=False) as lists:
        page = lists.search(folded, version, size=size, token=token)
    _answer(access, "matches", page)


def _answer(access: Access, name: str, page: Page[Standing]) -> None:
    from moderation.cli.rendering.wordlists import print_standing, standing_record

    def write(lines: Sequence[Standing]) -> None:
        print_standing(lines, access.locale)

    answer_page(access, name, page, standing_record, write)
