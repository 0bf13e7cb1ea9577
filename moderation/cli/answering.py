"""Answering as it is asked for: a JSON record for scripts, or what is written for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from moderation.cli.access import Access
from moderation.cli.rule import Format

if TYPE_CHECKING:
    from moderation.review.desk import Page

Item = TypeVar("Item")


def answer(access: Access, record: Callable[[], dict[str, Any]], write: Callable[[], None]) -> None:
    """Write a record as JSON, or let it be written for people."""
    if access.format is Format.JSON:
        from moderation.cli.rendering.listing import print_json

        print_json(record())
    else:
        write()


def answer_page(
    access: Access,
    name: str,
    page: Page[Item],
    record: Callable[[Item], dict[str, Any]],
    write: Callable[[Sequence[Item]], None],
) -> None:
    """Write a page of a list, and how the next one is asked for; to people, that there is nothing."""

    def write_page() -> None:
        write_list(access, name, page.items, write)
        if page.next_token:
            typer.echo(words(access)["more"].format(token=page.next_token))

    answer(access, lambda: {name: [record(one) for one in page.items], "next_token": page.next_token}, write_page)


def write_list(access: Access, name: str, items: Sequence[Item], write: Callable[[Sequence[Item]], None]) -> None:
    """Let a list be written for people, or tell them that there is nothing."""
    if items:
        write(items)
    else:
        typer.echo(words(access)[f"no {name}"])


def words(access: Access) -> Mapping[str, str]:
    """Return the words for people in their language."""
    from moderation.cli.rendering.words import WORDS

    return WORDS[access.locale]
