"""Engines without and with changes, made from the files of some directories, and the plan that compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from moderation import shipped as shipped_files
from moderation.automata import Unsaved, default_cache
from moderation.engine import Engine
from moderation.library import LibraryTemplate
from moderation.match.classifier import Classifier
from moderation.match.uncollected import uncollected
from moderation.rules.rule_trials import RuleTrials
from moderation.ruleset import build_ruleset, load_all_profiles, load_spoken
from moderation.text.template import Template
from moderation.verdict import Policy
from moderation.wordlists.change import Overlay
from moderation.wordlists.overlay import Shipped, apply, load_shipped, overlaid
from moderation.wordlists.plan import Plan, make_plan, ruleset_with
from moderation.wordlists.told import Progress, unheard
from moderation.wordlists.validation import Validated

BEFORE, AFTER = "before", "after"
"""Stages of the work, beside those of a plan."""


@dataclass(frozen=True, slots=True)
class Directories:
    """Where the files of a ruleset are, the shipped ones where None; `cache` keeps compiled automata."""

    wordlists: Path | None = None
    dialects: Path | None = None
    models: Path | None = None
    profiles: Path | None = None
    cache: Path | None = None

    def load_shipped(self) -> Shipped:
        """Return the wordlists that versions are laid over; raise WordlistError for what is wrong in them."""
        return load_shipped(self.wordlists or shipped_files.directory("wordlists"))


@dataclass(frozen=True, slots=True)
class Tried:
    """Templates that both engines judge: stored ones, each by its policy, and the library, the shipped one if None.

    `rule_trials` is what was said of rules for all tenants.
    """

    templates: Sequence[Template] = ()
    policy_of: Callable[[Template], Policy] = lambda _: Policy()
    library: Sequence[LibraryTemplate] | None = None
    rule_trials: RuleTrials = field(default_factory=dict)


def compared(
    files: Directories,
    lists: tuple[Shipped, Overlay],
    validated: Validated,
    tried: Tried,
    *,
    progress: Progress = unheard,
    unsaved: Unsaved | None = None,
) -> Plan:
    """Return the plan of valid changes to lists in force; raise as `moderation.ruleset.load_ruleset` does."""
    with uncollected():
        return _compared(files, lists, validated, tried, progress, unsaved)


def _compared(
    files: Directories,
    lists: tuple[Shipped, Overlay],
    validated: Validated,
    tried: Tried,
    progress: Progress,
    unsaved: Unsaved | None,
) -> Plan:
    shipped, overlay = lists
    dialects, cache = load_spoken(files.dialects), files.cache or default_cache()
    progress(BEFORE, 0, 1)
    before = build_ruleset(
        overlaid(shipped, overlay),
        Classifier.load(files.models or shipped_files.directory("models")),
        profiles=load_all_profiles(files.profiles),
        dialects=dialects,
        records_shadow=False,
        rule_trials=tried.rule_trials,
        cache=cache,
        unsaved=unsaved,
    )
    progress(BEFORE, 1, 1)
    progress(AFTER, 0, 1)
    wordlists = overlaid(shipped, apply(shipped, overlay, validated.changes))
    after = ruleset_with(wordlists, before, dialects, cache=cache, unsaved=unsaved)
    progress(AFTER, 1, 1)
    known = before.detectors.profiles
    judged = [one for one in tried.templates if not one.profile or one.profile in known]
    policies = list(map(tried.policy_of, judged))
    engines = Engine(before), Engine(after)
    return make_plan(validated, wordlists, *engines, judged, policies, library=tried.library, progress=progress)
