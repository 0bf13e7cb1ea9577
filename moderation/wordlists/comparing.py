"""Engines without and with changes, made from the files of some directories, and the plan that compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from moderation import shipped as shipped_files
from moderation.automata import Unsaved, default_cache, in_order
from moderation.engine import Engine
from moderation.library import LibraryTemplate
from moderation.match.classifier import Classifier
from moderation.match.dialect import Dialect
from moderation.match.on_trial import without_trials
from moderation.match.uncollected import uncollected
from moderation.match.wordlist import Wordlist
from moderation.rules.catalogue import RULES
from moderation.rules.rule_trials import RuleTrials
from moderation.ruleset import build_ruleset, load_all_profiles, load_spoken
from moderation.ruleset_digest import digest_of
from moderation.text.template import Template
from moderation.verdict import Policy
from moderation.wordlists.change import Overlay
from moderation.wordlists.directories import Directories
from moderation.wordlists.overlay import Shipped, apply, overlaid
from moderation.wordlists.plan import Plan, make_plan, ruleset_with
from moderation.wordlists.soundness import Soundness
from moderation.wordlists.told import Progress, unheard
from moderation.wordlists.validation import Validated

BEFORE, AFTER = "before", "after"
"""Stages of the work, beside those of a plan."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Templates that both engines judge: stored ones, each by its policy, and the library, the shipped one if None.

    `rule_trials` is what was said of rules for all tenants.
    """

    templates: Sequence[Template] = ()
    policy_of: Callable[[Template], Policy] = lambda _: Policy()
    library: Sequence[LibraryTemplate] | None = None
    rule_trials: RuleTrials = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Valid changes to lists in force, and the files and templates that tell what they do.

    Raises as `moderation.ruleset.load_ruleset` does. `unsaved` is told where an automaton cannot be kept.
    """

    files: Directories
    shipped: Shipped
    overlay: Overlay
    validated: Validated
    tried: Tried = field(default_factory=Tried)
    unsaved: Unsaved | None = None

    def plan(self, progress: Progress = unheard) -> Plan:
        """Return the plan; that every rule keeps its examples is noted."""
        with uncollected():
            plan = self._plan(progress)
        if plan.is_applicable:
            self._soundness.note(plan.before, plan.after)
        return plan

    def is_known_to_be_sound(self) -> bool:
        """Return whether nothing that decides is changed, or a plan of the same changes to the same lists is noted.

        That takes less time than another plan.
        """
        classifier, profiles, dialects = self._classifier(), load_all_profiles(self.files.profiles), self._dialects()
        before, after = (
            digest_of(without_trials(in_order(lists)), RULES, classifier, profiles, dialects, self.tried.rule_trials)
            for lists in (overlaid(self.shipped, self.overlay), self._lists_after())
        )
        return before == after or self._soundness.is_noted(before, after)

    def _plan(self, progress: Progress) -> Plan:
        dialects, cache = self._dialects(), self._cache
        progress(BEFORE, 0, 1)
        before = build_ruleset(
            overlaid(self.shipped, self.overlay),
            self._classifier(),
            profiles=load_all_profiles(self.files.profiles),
            dialects=dialects,
            records_shadow=False,
            rule_trials=self.tried.rule_trials,
            cache=cache,
            unsaved=self.unsaved,
        )
        progress(BEFORE, 1, 1)
        progress(AFTER, 0, 1)
        wordlists = self._lists_after()
        after = ruleset_with(wordlists, before, dialects, cache=cache, unsaved=self.unsaved)
        progress(AFTER, 1, 1)
        tried, known = self.tried, before.detectors.profiles
        judged = [one for one in tried.templates if not one.profile or one.profile in known]
        policies = list(map(tried.policy_of, judged))
        engines = Engine(before), Engine(after)
        return make_plan(
            self.validated, wordlists, *engines, judged, policies, library=tried.library, progress=progress
        )

    def _lists_after(self) -> Sequence[Wordlist]:
        return overlaid(self.shipped, apply(self.shipped, self.overlay, self.validated.changes))

    def _classifier(self) -> Classifier:
        return Classifier.load(self.files.models or shipped_files.directory("models"))

    def _dialects(self) -> Sequence[Dialect]:
        return in_order(load_spoken(self.files.dialects))

    @property
    def _cache(self) -> Path:
        return self.files.cache or default_cache()

    @property
    def _soundness(self) -> Soundness:
        return Soundness(self._cache)
