"""What is on trial, with what it hit: entries of the wordlists in force, and rules for every tenant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from moderation.review.hits import Day, HitKind, HitMode, KeptExample, Subject, Summary
from moderation.review.people import Actor
from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.store import hits
from moderation.store.content import Seals
from moderation.store.database import reading
from moderation.store.rule_trials import SaidOfRule, StoredRuleTrials
from moderation.store.wordlist_desk import WordlistDesk
from moderation.wordlists.trials import TrialLine, trials_in


@dataclass(frozen=True, slots=True)
class TrialFilter:
    """Which entries on trial are meant; all where nothing is said."""

    wordlist: str = ""
    entries: Sequence[str] = ()
    batch: int | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class EntryTrial:
    """An entry on trial: the version and the batch that brought its line, and its hits since then."""

    trial: TrialLine
    since: int
    batch: int | None
    summary: Summary
    is_due: bool


@dataclass(frozen=True, slots=True)
class EntryTrials:
    """Entries on trial in a version of the wordlists."""

    version: int
    trials: Sequence[EntryTrial]


@dataclass(frozen=True, slots=True)
class RuleOnTrial:
    """What holds for a rule, and its hits while it was on trial."""

    said: SaidOfRule
    summary: Summary
    is_due: bool


@dataclass(frozen=True, slots=True)
class TrialHits:
    """What was counted by day, and the texts that are kept."""

    days: Sequence[Day]
    examples: Sequence[KeptExample]


class UndecidedError(Exception):
    """A rule that is SHADOW by itself is promoted, and nobody said to what; its id is the argument."""


class TrialDesk:
    """Reads what is on trial, and says what holds for rules; safe to share between threads."""

    def __init__(self, desk: WordlistDesk) -> None:
        self._desk = desk
        self._engine, self._ring, policy = desk.versions.opened_by
        self._rules = StoredRuleTrials(self._engine, self._ring, policy)

    def entries(self, wanted: TrialFilter) -> EntryTrials:
        """Return the entries on trial that are meant; raise WordlistsError for an unknown wordlist."""
        desk, version = self._desk, self._desk.meant(None)
        if wanted.wordlist:
            desk.require(wanted.wordlist)
        today = _today()
        chosen = [
            one
            for one in trials_in(desk.shipped, desk.overlay(version))
            if (not wanted.entries or one.entry in wanted.entries)
            and wanted.wordlist in ("", one.wordlist)
            and (not wanted.is_due or one.is_due(today))
        ]
        since = self._since(version, chosen)
        batches = {number: desk.versions.version(number).batch for number in {*since.values()} - {0}}
        with reading(self._engine) as connection:
            counted = hits.summaries(connection, HitKind.ENTRY, HitMode.SHADOW)
        found: list[EntryTrial] = []
        for one in chosen:
            place = one.wordlist, one.entry
            number = since.get(place, 0)
            batch = batches.get(number)
            if wanted.batch in (None, batch):
                found.append(EntryTrial(one, number, batch, counted.get(place, Summary()), one.is_due(today)))
        return EntryTrials(version, found)

    def rules(self) -> list[RuleOnTrial]:
        """Return what holds for rules of which something was said."""
        said = self._rules.said()
        with reading(self._engine) as connection:
            counted = hits.summaries(connection, HitKind.RULE, HitMode.SHADOW)
        return [RuleOnTrial(one, counted.get(("", one.rule_id), Summary()), _is_due(one)) for one in said]

    def hits_of(self, wordlist: str, name: str, *, is_masked: bool = True) -> TrialHits:
        """Return what an entry hit on trial, or a rule by its id, whose wordlist is empty."""
        subject = Subject(HitKind.ENTRY if wordlist else HitKind.RULE, wordlist, name, HitMode.SHADOW)
        with reading(self._engine) as connection:
            days = hits.days(connection, subject)
            return TrialHits(days, hits.examples(connection, Seals(self._ring), subject, is_masked=is_masked))

    def say(
        self, actor: Actor, rule_ids: Iterable[str], trial: RuleTrial, reason: str, request_id: str = ""
    ) -> list[RuleOnTrial]:
        """Let this hold for rules from now on; return what holds for them, without hits.

        What is promoted without a severity gets that of its trial. Raises UndecidedError for a rule that has none.
        """
        trials = dict.fromkeys(rule_ids, trial)
        if trial.state is TrialState.LIVE and trial.severity is None:
            current = self._rules.current()
            trials = {
                one: RuleTrial(TrialState.LIVE, current[one].severity if one in current else None) for one in trials
            }
            for one, promoted in trials.items():
                if promoted.severity is None and BY_KEY[one].severity is Severity.SHADOW:
                    raise UndecidedError(one)
        said = self._rules.say(actor, trials, reason, request_id=request_id)
        return [RuleOnTrial(one, Summary(), _is_due(one)) for one in said]

    def _since(self, version: int, trials: Iterable[TrialLine]) -> Mapping[tuple[str, str], int]:
        """Return since which versions lines stand, by wordlist and entry."""
        by_list: dict[str, list[str]] = {}
        for one in trials:
            by_list.setdefault(one.wordlist, []).append(one.entry)
        return {
            (wordlist, entry): number
            for wordlist, entries in by_list.items()
            for entry, number in self._desk.versions.since(version, wordlist, entries).items()
        }


def _is_due(said: SaidOfRule) -> bool:
    return said.trial.until is not None and said.trial.until < _today()


def _today() -> date:
    return datetime.now(UTC).date()
