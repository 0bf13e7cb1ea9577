"""The long work on batches: reading files into one, telling what one would do, and whether it may be applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from moderation.automata import Unsaved
from moderation.review.people import Actor
from moderation.rules.rule_trials import RuleTrials
from moderation.store.rule_trials import StoredRuleTrials
from moderation.store.wordlist_desk import WordlistDesk
from moderation.store.wordlists import StoredWordlists
from moderation.text.template import Template
from moderation.verdict import Policy
from moderation.wordlists.batch_files import BatchFile, read_files
from moderation.wordlists.change import BatchState, Change
from moderation.wordlists.comparing import Comparison, Tried
from moderation.wordlists.outcome import Planned, Unsound, Uploaded
from moderation.wordlists.plan import counts_of
from moderation.wordlists.told import Progress, unheard
from moderation.wordlists.validation import Validated, validate

READING = "reading"
"""The stage in which files are read and checked."""

AT_ONCE = 10_000
"""Changes of a batch that are read at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be taken up: why, for which version, the current one unless named, or only whether it could be."""

    reason: str = ""
    base: int | None = None
    request_id: str = ""
    validate_only: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Works at a desk with wordlists; `tell` hears how far it is, `unsaved` where an automaton cannot be kept."""

    desk: WordlistDesk
    tell: Progress = unheard
    unsaved: Unsaved | None = None

    def upload(self, actor: Actor, files: Iterable[BatchFile], wanted: Upload) -> Uploaded:
        """Take files up as one batch, where nothing in them is wrong."""
        base = self.desk.meant(wanted.base)
        self.tell(READING, 0, 1)
        validated = read_files(self._known(files), self.desk.shipped, self.desk.overlay(base))
        self.tell(READING, 1, 1)
        batch = None
        if not validated.diagnostics and not wanted.validate_only:
            batch = self.desk.versions.upload(
                actor, validated.changes, wanted.reason, base, request_id=wanted.request_id
            )
        return Uploaded(
            batch,
            len(validated.changes),
            len(validated.unchanged),
            counts_of(validated.changes),
            validated.diagnostics,
            validated.problems,
            base,
        )

    def plan(
        self, batch: int, templates: Iterable[Template], policy_of: Callable[[Template], Policy] = lambda _: Policy()
    ) -> Planned:
        """Return what a batch would do to the lists in force; `templates` are judged without and with it."""
        version = self.desk.meant(None)
        validated = self._validated(batch, version)
        if validated.diagnostics:
            return Planned(version, None, validated.diagnostics, validated.problems)
        tried = Tried(tuple(templates), policy_of, rule_trials=self._rule_trials())
        return Planned(version, self._comparison(version, validated, tried).plan(self.tell))

    def unsound(self, actor: Actor, batch: int, expected: int, state: BatchState) -> Unsound | None:
        """Return why a batch in a state may not be applied to the version that is expected; None where it may.

        What the store refuses anyway, or answers again, is left to it.
        """
        if not needs_check(self.desk.versions, actor, batch, expected, state):
            return None
        validated = self._validated(batch, expected)
        if validated.diagnostics:
            return Unsound(problems=validated.diagnostics)
        comparison = self._comparison(expected, validated, Tried(library=(), rule_trials=self._rule_trials()))
        if comparison.is_known_to_be_sound():
            return None
        made = comparison.plan(self.tell)
        return None if made.is_applicable else Unsound(broken=made.broken)

    def _comparison(self, version: int, validated: Validated, tried: Tried) -> Comparison:
        desk = self.desk
        return Comparison(desk.files, desk.shipped, desk.overlay(version), validated, tried, self.unsaved)

    def _rule_trials(self) -> RuleTrials:
        engine, ring, _ = self.desk.versions.opened_by
        return StoredRuleTrials(engine, ring).current()

    def _known(self, files: Iterable[BatchFile]) -> Iterator[BatchFile]:
        """Yield files, none of which is for an unknown list as a whole."""
        for file in files:
            if file.given.wordlist:
                self.desk.require(file.given.wordlist)
            yield file

    def _validated(self, batch: int, version: int) -> Validated:
        changes = changes_of(self.desk.versions, batch)
        return validate(self.desk.shipped, self.desk.overlay(version), changes, f"batch {batch}")


def needs_check(wordlists: StoredWordlists, actor: Actor, batch: int, expected: int, state: BatchState) -> bool:
    """Return whether a batch could be applied by somebody, if it is sound; raise WordlistsError where there is none."""
    found = wordlists.batch(batch)
    is_own = state is BatchState.AWAITING_APPROVAL and found.author == actor.name
    return not is_own and found.state is state and wordlists.head() == expected


def changes_of(wordlists: StoredWordlists, batch: int) -> Iterator[Change]:
    """Yield the changes of a batch, a page at a time."""
    token = ""
    while True:
        page = wordlists.changes(batch, size=AT_ONCE, token=token)
        yield from page.items
        token = page.next_token
        if not token:
            return
