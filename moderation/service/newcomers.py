"""Entries that are new or on trial, and which of them the reasons of a verdict name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from moderation.engine import Engine
from moderation.match.wordlist import Entry
from moderation.review.hits import Hit, HitKind, HitMode, Subject
from moderation.store.wordlists import StoredWordlists
from moderation.verdict import Decision, Verdict
from moderation.wordlists.change import SHIPPED


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new entry: the signal that it gives, and since when and which version of the wordlists it stands."""

    wordlist: str
    entry: Entry
    since: int
    at: datetime

    @property
    def signal(self) -> str:
        """The name of the signal."""
        return f"words:{self.wordlist}"


@dataclass(frozen=True, slots=True)
class Newcomers:
    """The new entries of a ruleset and those on trial; immutable.

    `tried` has the version that brought the line of each entry on trial; `plain` are new entries by what they look for,
    `combined` those of several parts by their signals. An entry is new for so long as `young` says.
    """

    tried: Mapping[tuple[str, str], int] = field(default_factory=dict)
    plain: Mapping[str, Sequence[Newcomer]] = field(default_factory=dict)
    combined: Mapping[str, Sequence[Newcomer]] = field(default_factory=dict)
    young: timedelta = timedelta(0)

    def hits_of(self, verdict: Verdict, now: datetime) -> tuple[Hit, ...]:
        """Return what of these, and which rules on trial, a verdict names, each once."""
        if not verdict.trials and not self.plain and not self.combined:
            return ()
        return tuple(dict.fromkeys((*self._on_trial(verdict), *self._live(verdict, now))))

    def _on_trial(self, verdict: Verdict) -> Iterator[Hit]:
        for hit in verdict.trials:
            is_change = hit.decision is not verdict.decision
            if not hit.wordlist:
                yield Hit(Subject(HitKind.RULE, "", hit.name, HitMode.SHADOW), is_change)
            elif (since := self.tried.get((hit.wordlist, hit.name))) is not None:
                yield Hit(Subject(HitKind.ENTRY, hit.wordlist, hit.name, HitMode.SHADOW, since), is_change)

    def _live(self, verdict: Verdict, now: datetime) -> Iterator[Hit]:
        is_change = verdict.decision is Decision.REJECT
        for finding in verdict.findings:
            plain = self.plain.get(finding.term, ())
            if not plain and not self.combined:
                continue
            read = finding.rule.when.names()
            named = [one for one in plain if one.signal in read]
            for signal in read & self.combined.keys():
                named += [one for one in self.combined[signal] if says(one.entry.parts, finding.term)]
            for one in named:
                if now - one.at < self.young:
                    subject = Subject(HitKind.ENTRY, one.wordlist, one.entry.text, HitMode.LIVE, one.since)
                    yield Hit(subject, is_change)


NO_NEWCOMERS = Newcomers()


def newcomers_of(engine: Engine, versions: StoredWordlists, young: timedelta, now: datetime) -> Newcomers:
    """Return the new entries of an engine's version of the wordlists, and those on trial."""
    version, detectors = engine.ruleset.wordlists_version, engine.ruleset.detectors
    tried: dict[tuple[str, str], int] = {}
    if detectors.on_trial is not None:
        tried = {(one.wordlist, one.entry): SHIPPED for one in detectors.on_trial.entries}
        for wordlist in sorted({name for name, _ in tried}):
            entries = [entry for name, entry in tried if name == wordlist]
            since = versions.since(version, wordlist, entries)
            tried.update({(wordlist, entry): number for entry, number in since.items()})
    brought = {(one.wordlist, one.entry): one for one in versions.recent(version, now - young)}
    plain: dict[str, list[Newcomer]] = {}
    combined: dict[str, list[Newcomer]] = {}
    for listed in detectors.automaton.spellings.entries_of({name for name, _ in brought}):
        if (line := brought.get((listed.wordlist, listed.entry.text))) is not None:
            one = Newcomer(listed.wordlist, listed.entry, line.since, line.at)
            if len(listed.entry.parts) == 1:
                plain.setdefault(listed.entry.text, []).append(one)
            else:
                combined.setdefault(one.signal, []).append(one)
    return Newcomers(tried, plain, combined, young)


def says(parts: Sequence[Sequence[str]], term: str) -> bool:
    """Return whether a term is that of a combination: spellings of its parts joined by +, or unbroken in any order."""
    pieces = term.split("+")
    if len(pieces) == len(parts) > 1 and all(piece in part for piece, part in zip(pieces, parts, strict=True)):
        return True
    if not parts:
        return not term
    return any(
        says([*parts[:place], *parts[place + 1 :]], term[len(spelling) :])
        for place, part in enumerate(parts)
        for spelling in part
        if spelling and term.startswith(spelling)
    )
