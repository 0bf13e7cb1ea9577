"""What a batch would do, before it is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from moderation import shipped as shipped_files
from moderation.automata import Unsaved
from moderation.engine import Engine, Ruleset
from moderation.library import LibraryTemplate, load_library
from moderation.match.dialect import Dialect, load_dialects
from moderation.match.wordlist import Wordlist
from moderation.rule_examples import BrokenExample, broken_examples
from moderation.ruleset import build_ruleset, with_trials_of
from moderation.text.template import Template
from moderation.verdict import Policy
from moderation.wordlists.caution import Caution, cautions
from moderation.wordlists.change import Change, Operation
from moderation.wordlists.coverage import Conflict, Coverage, Redundant
from moderation.wordlists.flips import Flips, flips, is_stricter
from moderation.wordlists.lawful import LawfulHit, lawful_hits
from moderation.wordlists.told import Progress, Told, unheard
from moderation.wordlists.validation import Validated

ENTRIES, EXAMPLES_BEFORE, EXAMPLES = "entries", "examples before", "examples"
"""Stages of the work, beside those of `lawful` and `flips`."""


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many entries of a wordlist are added, removed, and given another line."""

    wordlist: str
    added: int
    removed: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The effect of a batch; `before` and `after` are the digests of the rulesets without and with it.

    `unchanged` counts its lines that stand already. `broken` are examples of rules that hold before and not after.
    """

    before: str
    after: str
    counts: tuple[ListCounts, ...] = ()
    unchanged: int = 0
    redundant: Told[Redundant] = field(default_factory=Told)
    conflicts: Told[Conflict] = field(default_factory=Told)
    cautions: Told[Caution] = field(default_factory=Told)
    lawful: Told[LawfulHit] = field(default_factory=Told)
    flips: Flips = field(default_factory=Flips)
    broken: tuple[BrokenExample, ...] = ()

    @property
    def is_applicable(self) -> bool:
        """Whether the batch may be applied: every rule keeps its examples."""
        return not self.broken


def make_plan(
    validated: Validated,
    wordlists: Sequence[Wordlist],
    before: Engine,
    after: Engine,
    templates: Sequence[Template] = (),
    policies: Sequence[Policy] = (),
    *,
    library: Sequence[LibraryTemplate] | None = None,
    progress: Progress = unheard,
) -> Plan:
    """Return the effect of valid changes that lead to these wordlists, which the engine `after` has.

    `templates`, each with its policy unless `policies` is empty, are judged by both engines; the library is the shipped
    one unless given. Neither is where nothing that decides is changed, but entries on trial.
    """
    validated.require_valid()
    changes = validated.changes
    written = [one for one in changes if one.operation is not Operation.REMOVE]
    texts, added = _by_list(written), _by_list(one for one in changes if one.operation is Operation.ADD)
    redundant: list[Redundant] = []
    conflicts: list[Conflict] = []
    warned: list[Caution] = []
    touched = [one for one in wordlists if one.id in texts]
    for done, wordlist in enumerate(touched, 1):
        coverage = Coverage(wordlist)
        redundant.extend(coverage.redundant(added.get(wordlist.id, frozenset())))
        conflicts.extend(coverage.conflicts(texts[wordlist.id]))
        warned.extend(cautions(wordlist, texts[wordlist.id], after.ruleset.detectors.segmenter))
        progress(ENTRIES, done, len(touched))
    offered = load_library(shipped_files.directory("library")) if library is None else library
    places = {(one.wordlist, one.entry) for one in written}
    is_other = before.ruleset.digest != after.ruleset.digest
    lawful = lawful_hits(offered, before, after, places, progress) if is_other else ()
    return Plan(
        before=before.ruleset.digest,
        after=after.ruleset.digest,
        counts=counts_of(changes),
        unchanged=len(validated.unchanged),
        redundant=Told.of(redundant),
        conflicts=Told.of(conflicts),
        cautions=Told.of(warned),
        broken=_newly_broken(before, after, progress) if is_other else (),
        lawful=Told.of(sorted(lawful, key=lambda one: not is_stricter(one.after, one.before))),
        flips=flips(templates, policies, before, after, progress) if is_other else Flips(),
    )


def counts_of(changes: Sequence[Change]) -> tuple[ListCounts, ...]:
    """Return how many changes of each kind there are, by wordlist."""
    counted = Counter((one.wordlist, one.operation) for one in changes)
    return tuple(
        ListCounts(
            wordlist,
            counted[wordlist, Operation.ADD],
            counted[wordlist, Operation.REMOVE],
            counted[wordlist, Operation.REPLACE],
        )
        for wordlist in sorted({wordlist for wordlist, _ in counted})
    )


def ruleset_with(
    wordlists: Sequence[Wordlist],
    like: Ruleset,
    dialects: Sequence[Dialect] | None = None,
    *,
    cache: Path | None = None,
    unsaved: Unsaved | None = None,
    wordlists_version: int = 0,
) -> Ruleset:
    """Return the ruleset of other wordlists, with all else as in another; dialects are the shipped ones unless given.

    Where nothing but entries on trial differs, nothing else is built. `cache` and `unsaved` are as `build_ruleset`
    takes them. Raises RulesetError where a rule reads a missing wordlist.
    """
    spoken = load_dialects(shipped_files.directory("dialects")) if dialects is None else dialects
    if (tried := with_trials_of(like, wordlists, spoken, cache, wordlists_version)) is not None:
        return tried
    return build_ruleset(
        wordlists,
        like.detectors.classifier,
        like.rules,
        like.detectors.profiles,
        spoken,
        records_shadow=like.records_shadow,
        rule_trials=like.rule_trials,
        cache=cache,
        unsaved=unsaved,
        wordlists_version=wordlists_version,
        like=like,
    )


def _newly_broken(before: Engine, after: Engine, progress: Progress) -> tuple[BrokenExample, ...]:
    """Return the examples that hold in the engine before, and not after."""
    broken = broken_examples(after, lambda done, total: progress(EXAMPLES, done, total))
    if not broken:
        return ()
    known = broken_examples(before, lambda done, total: progress(EXAMPLES_BEFORE, done, total))
    places = {(one.rule_id, one.text) for one in known}
    return tuple(one for one in broken if (one.rule_id, one.text) not in places)


def _by_list(changes: Sequence[Change] | Iterator[Change]) -> Mapping[str, frozenset[str]]:
    texts: dict[str, set[str]] = {}
    for change in changes:
        texts.setdefault(change.wordlist, set()).add(change.entry)
    return {wordlist: frozenset(entries) for wordlist, entries in texts.items()}
