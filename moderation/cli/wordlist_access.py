"""The wordlists in force: the shipped ones, and what a version of a store lays over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from moderation.cli.access import LARGEST_NUMBER, Access, refuse, within
from moderation.cli.failure import ruleset_errors
from moderation.cli.opening import actor_of, opened_store, refusals, settings_of
from moderation.wordlists.change import SHIPPED, Overlay

if TYPE_CHECKING:
    from moderation.review.desk import Page
    from moderation.review.people import Actor
    from moderation.store.opening import OpenedStore
    from moderation.store.settings import StoreSettings
    from moderation.store.wordlists import StoredWordlists
    from moderation.wordlists.overlay import Shipped

BatchNumber = Annotated[int, typer.Argument(metavar="BATCH", min=1, max=LARGEST_NUMBER, help="The number of a batch.")]
Expect = Annotated[
    int,
    typer.Option(
        "--expect", metavar="VERSION", min=0, max=LARGEST_NUMBER, help="The version that you believe is in force."
    ),
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why, for the log and the audit.")]
OfVersion = Annotated[
    int | None,
    typer.Option(
        "--version", metavar="VERSION", min=0, max=LARGEST_NUMBER, help="As of this version; else what is in force."
    ),
]
WordlistId = Annotated[str, typer.Argument(metavar="ID", help="A wordlist, as moderation wordlist list names it.")]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class InForce:
    """The shipped lists, and what a version lays over them."""

    shipped: Shipped
    overlay: Overlay
    version: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A store with its wordlists, its settings, and who acts on it."""

    store: OpenedStore
    wordlists: StoredWordlists
    settings: StoreSettings
    actor: Actor


@contextmanager
def opened_wordlists(access: Access) -> Iterator[Opened]:
    """Give the wordlists of the store that the options mean; what is refused ends the command."""
    from moderation.store.wordlists import StoredWordlists

    actor, settings = actor_of(access), settings_of(access)
    with opened_store(access, settings) as store:
        wordlists = StoredWordlists(store.engine, store.ring, settings.review_policy)
        yield Opened(store, wordlists, settings, actor)


@contextmanager
def lists_of(access: Access, version: int | None = None) -> Iterator[tuple[InForce, StoredWordlists | None]]:
    """Give the lists in force, or those of a version; where there is no store, the shipped ones."""
    from moderation.store.wordlists import StoredWordlists
    from moderation.wordlists.refusal import WordlistsError, WordlistsReason

    settings = settings_of(access)
    if has_store(settings):
        with opened_store(access, settings) as store:
            wordlists = StoredWordlists(store.engine, store.ring, settings.review_policy)
            yield in_force(access, wordlists, version), wordlists
        return
    with refusals(access.locale):
        if version:
            told = f"there is no version {version}"
            raise WordlistsError(WordlistsReason.VERSION_UNKNOWN, told, version=version, current=SHIPPED)
        yield InForce(load(access), {}, SHIPPED), None


def in_force(access: Access, wordlists: StoredWordlists, version: int | None = None) -> InForce:
    """Return the lists of a version of a store, the current one unless named."""
    meant = wordlists.head() if version is None else version
    overlay = wordlists.overlay(meant)
    return InForce(load(access), overlay, meant)


def load(access: Access) -> Shipped:
    """Return the shipped wordlists, or those of a directory that is named; what is wrong there ends the command."""
    from moderation import shipped
    from moderation.wordlists.overlay import load_shipped

    with ruleset_errors():
        return load_shipped(directory_of(access, "wordlists") or shipped.directory("wordlists"))


def directory_of(access: Access, option: str) -> Path | None:
    """Return the directory that an option names, None where it does not; end the command where there is none such."""
    path: Path | None = getattr(access, option)
    if path is not None and not path.is_dir():
        refuse(access, "no directory", option=option, path=path)
    return path


def require_wordlist(access: Access, shipped: Shipped, wordlist: str) -> None:
    """End the command where there is no such wordlist."""
    from difflib import get_close_matches

    if wordlist not in shipped:
        near = get_close_matches(wordlist[:64], shipped, cutoff=0.5)
        refuse(access, "no wordlist", value=repr(wordlist[:64]), near=", ".join(near) or "-")


def require_writable(access: Access, request_id: str, reason: str | None = None) -> None:
    """End the command where a write cannot be kept as it is told."""
    within(access, "--request-id", request_id, "RuleCaseRequest.request_id")
    if reason is not None:
        within(access, "--reason", reason, "SkipCaseRequest.reason")


def page_of(items: Sequence[Item], size: int, token: str, of_list: str) -> Page[Item]:
    """Return a page of a list that is in memory; raise DeskError for a token of another list."""
    from moderation.review.desk import Page
    from moderation.store.pages import after, token_of

    first = after(token, of_list)
    last = first + size
    return Page(tuple(items[first:last]), token_of([last], of_list) if last < len(items) else "")


def has_store(settings: StoreSettings) -> bool:
    """Return whether a store is named, or is where one is kept that is not."""
    from moderation.store.settings import NONE, default_store

    return settings.store != NONE if settings.store is not None else default_store().exists()
