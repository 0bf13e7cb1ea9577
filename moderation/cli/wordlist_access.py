"""The wordlists that commands work with: those of a store, of the shipped files where there is none, or of a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from moderation.cli.access import LARGEST_NUMBER, Access, refuse, within
from moderation.cli.failure import ruleset_errors
from moderation.cli.opening import actor_of, at_server, opened_store, refusals, settings_of
from moderation.wordlists.change import Batch, BatchState, Difference, Version
from moderation.wordlists.told import Progress

if TYPE_CHECKING:
    from moderation.review.desk import Page
    from moderation.store.settings import StoreSettings
    from moderation.store.wordlist_work import Upload
    from moderation.wordlists.batch_files import BatchFile
    from moderation.wordlists.directories import Directories
    from moderation.wordlists.outcome import Applied, Planned, Uploaded
    from moderation.wordlists.standing import Listed, Standing

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

Progressing = AbstractContextManager[Progress]


class Lists(Protocol):
    """Wordlists as their commands see them; what somebody does to them is done by who the options say."""

    def wordlists(self) -> list[Listed]:
        """Return all lists in force."""
        ...

    def lines(self, wordlist: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the lines of a list in a version, the current one unless named."""
        ...

    def search(self, text: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the entries that are related to a folded text."""
        ...

    def export(self, wordlist: str, version: int | None) -> str:
        """Return a list as a file."""
        ...

    def diff(self, from_version: int, to_version: int, *, size: int, token: str) -> Page[Difference]:
        """Return what leads from one version to another."""
        ...

    def log(self, *, size: int, token: str) -> Page[Version]:
        """Return the versions, the latest first."""
        ...

    def batches(self, *, states: frozenset[BatchState], size: int, token: str) -> Page[Batch]:
        """Return the batches in some states, in any where none is named."""
        ...

    def upload(self, files: Sequence[BatchFile], wanted: Upload) -> Uploaded:
        """Take files up as one batch, or tell all that is wrong in them."""
        ...

    def plan(self, batch: int, templates: int) -> Planned:
        """Return what a batch would do, also to so many stored templates."""
        ...

    def apply(self, batch: int, expected: int, *, approval_above: int | None, request_id: str) -> Applied:
        """Put a batch into force, where it is sound."""
        ...

    def approve(self, batch: int, expected: int, *, request_id: str) -> Applied:
        """Put a batch that awaits it into force, where it is sound."""
        ...

    def drop(self, batch: int, reason: str, *, request_id: str) -> Batch:
        """Let a batch never be."""
        ...

    def rollback(self, to_version: int, expected: int, reason: str, *, request_id: str) -> Version:
        """Restore an earlier version."""
        ...


@contextmanager
def opened_lists(access: Access, *, needs_store: bool = True) -> Iterator[Lists]:
    """Give the wordlists that the options mean; what is refused ends the command.

    Where no store is needed and there is none, they are the shipped ones.
    """
    from moderation.cli.wordlist_local import LocalLists
    from moderation.cli.wordlist_progress import plan_progress, unsaved
    from moderation.store.wordlist_desk import WordlistDesk
    from moderation.store.wordlists import StoredWordlists

    if access.server is not None:
        from moderation.cli.remote_wordlists import RemoteLists

        actor = actor_of(access)
        with at_server(access, lambda address: RemoteLists(address, actor, lambda: plan_progress(access))) as remote:
            yield remote
        return
    writer = actor_of(access) if needs_store else None
    settings, files = settings_of(access), directories_of(access)
    if not needs_store and not has_store(settings):
        with refusals(access.locale), ruleset_errors(access.locale):
            yield LocalLists(WordlistDesk(files, None), None, 0, lambda: plan_progress(access), unsaved(access))
        return
    with opened_store(access, settings) as store, ruleset_errors(access.locale):
        desk = WordlistDesk(files, StoredWordlists(store.engine, store.ring, settings.review_policy))
        yield LocalLists(desk, writer, settings.approval_above, lambda: plan_progress(access), unsaved(access))


def directories_of(access: Access) -> Directories:
    """Return where the files of the ruleset are; end the command where there is no such directory."""
    from moderation.wordlists.directories import Directories

    return Directories(
        _directory(access, "wordlists"),
        _directory(access, "dialects"),
        _directory(access, "models"),
        _directory(access, "profiles"),
    )


def require_writable(access: Access, request_id: str, reason: str | None = None) -> None:
    """End the command where a write cannot be kept as it is told."""
    within(access, "--request-id", request_id, "RuleCaseRequest.request_id")
    if reason is not None:
        within(access, "--reason", reason, "SkipCaseRequest.reason")


def _directory(access: Access, option: str) -> Path | None:
    path: Path | None = getattr(access, option)
    if path is not None and not path.is_dir():
        refuse(access, "no directory", option=option, path=path)
    return path


def has_store(settings: StoreSettings) -> bool:
    """Return whether a store is named, or is where one is kept that is not."""
    from moderation.store.settings import NONE, default_store

    return settings.store != NONE if settings.store is not None else default_store().exists()
