"""The long work of WordlistService, as the process that does it finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from moderation.review.people import Actor
from moderation.service.policies_now import policies_now
from moderation.service.settings import Settings
from moderation.store.elsewhere import Elsewhere, checked_templates
from moderation.store.wordlist_desk import WordlistDesk
from moderation.store.wordlist_work import Upload, Work
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Template
from moderation.verdict import Policy
from moderation.wordlists.batch_file import BatchFormat, format_of
from moderation.wordlists.batch_files import BatchFile
from moderation.wordlists.change import BatchState, Given
from moderation.wordlists.directories import Directories
from moderation.wordlists.outcome import Planned, Unsound, Uploaded
from moderation.wordlists.told import Progress


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that was received; without a format its name tells it, or it holds changes told one by one."""

    name: str
    path: Path
    format: BatchFormat | None
    given: Given
    is_changes: bool = False

    def read(self) -> BatchFile:
        """Return the file with its content."""
        content = self.path.read_bytes()
        format = None if self.is_changes else self.format or format_of(self.name, content)
        return BatchFile(self.name, content, format, self.given)


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where the work is done: a store, the files of a ruleset, and the domains that are verified, by tenant."""

    store: Elsewhere
    files: Directories
    domains: Mapping[str, frozenset[str]]
    shared: frozenset[str]

    @classmethod
    def of(cls, settings: Settings, wordlists: StoredWordlists) -> Workshop:
        """Return the workshop of a server."""
        domains = {tenant: settings.domains_of(tenant) for tenant in settings.verified_domains}
        return cls(Elsewhere.of(wordlists), directories_of(settings), domains, settings.domains_of(""))

    @contextmanager
    def opened(self, tell: Progress) -> Iterator[Work]:
        """Give what does the work."""
        with self.store.opened() as wordlists:
            yield Work(WordlistDesk(self.files, wordlists), tell)

    def policies_of(self, wordlists: StoredWordlists) -> Callable[[Template], Policy]:
        """Return what tells the policy that the server has for a template."""
        engine, ring, _ = wordlists.opened_by
        return policies_now(engine, ring, lambda tenant: self.domains.get(tenant, self.shared), self.domains)


def directories_of(settings: Settings) -> Directories:
    """Return where the files of a server's ruleset are."""
    return Directories(settings.wordlists, settings.dialects, settings.models, settings.profiles, settings.cache)


def upload(shop: Workshop, actor: Actor, files: Sequence[StagedFile], wanted: Upload, tell: Progress) -> Uploaded:
    """Take files up as one batch."""
    with shop.opened(tell) as work:
        return work.upload(actor, (file.read() for file in files), wanted)


def plan(shop: Workshop, batch: int, templates: int, tell: Progress) -> Planned:
    """Return what a batch would do to the lists in force, and to so many stored templates."""
    with shop.opened(tell) as work:
        versions = work.desk.versions
        return work.plan(batch, checked_templates(versions, templates), shop.policies_of(versions))


def unsound(
    shop: Workshop, actor: Actor, batch: int, expected: int, state: BatchState, tell: Progress
) -> Unsound | None:
    """Return why a batch may not be applied; None where it may."""
    with shop.opened(tell) as work:
        return work.unsound(actor, batch, expected, state)
