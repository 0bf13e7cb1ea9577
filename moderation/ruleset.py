"""Building a ruleset from rules, wordlists, dialects and model."""

from __future__ import annotations

import gc
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from moderation import shipped
from moderation.automata import (
    BLOCKED_HOSTS,
    DOWNLOADS,
    PROTECTED_HOSTS,
    SEGMENTATION,
    SHORTENERS,
    Unsaved,
    automaton_of,
    default_cache,
    in_order,
    texts_of,
    told_of,
    words_on_trial,
)
from moderation.detection import Detectors
from moderation.engine import Ruleset
from moderation.match.classifier import Classifier
from moderation.match.dialect import Dialect, load_dialects
from moderation.match.dialect_scorer import DialectScorer
from moderation.match.links import LinkFinder
from moderation.match.on_trial import without_trials
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.profile_files import load_origins, load_profiles
from moderation.rules.profiles import GENERIC, Profile
from moderation.rules.rule import Rule
from moderation.rules.rule_trials import NO_TRIALS, RuleTrials
from moderation.ruleset_digest import digest_of, trials_mark, without_trials_mark
from moderation.text.segment import Segmenter

COLLECTED_AFTER = 500_000
"""Objects that come to be between two runs of the garbage collector once the ruleset is settled."""


class RulesetError(ValueError):
    """A directory that is told does not exist, or a rule reads a wordlist that does not."""


def load_ruleset(
    wordlists: Path | None = None,
    models: Path | None = None,
    profiles: Path | None = None,
    dialects: Path | None = None,
    *,
    lists: Sequence[Wordlist] | None = None,
    wordlists_version: int = 0,
    records_shadow: bool = False,
    rule_trials: RuleTrials = NO_TRIALS,
    cache: Path | None = None,
    unsaved: Unsaved | None = None,
) -> Ruleset:
    """Return the ruleset of these directories, or of the shipped ones; own profiles are added to the shipped ones.

    `lists` stand for the directory of wordlists where they are given, as they are in a version. `cache` is the
    directory that keeps compiled automata; the user's own one unless given. `unsaved` is called where it cannot be
    written, which costs nothing but time.

    Raises WordlistError for wrong wordlists, DialectError for wrong dialect files, ModelError for a wrong model,
    ProfileError for wrong profiles, RulesetError for a missing directory, wordlist or rule.
    """
    loaded, spoken = (lists, load_spoken(dialects)) if lists is not None else load_lists(wordlists, dialects)
    classifier = Classifier.load(models or shipped.directory("models"))
    known = load_all_profiles(profiles)
    return build_ruleset(
        loaded,
        classifier,
        profiles=known,
        dialects=spoken,
        records_shadow=records_shadow,
        rule_trials=rule_trials,
        cache=cache or default_cache(),
        unsaved=unsaved,
        wordlists_version=wordlists_version,
    )


def load_lists(
    wordlists: Path | None = None, dialects: Path | None = None
) -> tuple[tuple[Wordlist, ...], tuple[Dialect, ...]]:
    """Return the wordlists and the dialects of these directories, or the shipped ones; raise as `load_ruleset` does."""
    _require_directory("wordlists", wordlists)
    return load_directory(wordlists or shipped.directory("wordlists")), load_spoken(dialects)


def load_spoken(own: Path | None = None) -> tuple[Dialect, ...]:
    """Return the dialects of a directory, or the shipped ones; raise as `load_ruleset` does."""
    _require_directory("dialects", own)
    directory = own or shipped.directory("dialects")
    return _read_dialects(directory, told_of(directory.rglob("*")))


def settle() -> None:
    """Take what is loaded out of the sight of the garbage collector, which else walks it again and again under load.

    A check makes no cycles; the collector runs seldom from then on, for what libraries make.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, 20, 20)


def load_all_profiles(own: Path | None = None) -> dict[str, Profile]:
    """Return the shipped profiles by id, and those of a directory; raise ProfileError for what is wrong in them."""
    return load_profiles(*_profile_directories(own))


def load_profile_origins(own: Path | None = None) -> dict[str, dict[str, str]]:
    """Return for each of these profiles which one sets each of its keys; raise ProfileError for unreadable files."""
    return load_origins(*_profile_directories(own))


def _profile_directories(own: Path | None) -> tuple[Path, ...]:
    _require_directory("profiles", own)
    return (shipped.directory("profiles"), *([own] if own is not None else []))


def build_ruleset(
    wordlists: Sequence[Wordlist],
    classifier: Classifier | None,
    rules: Sequence[Rule] = RULES,
    profiles: Mapping[str, Profile] | None = None,
    dialects: Sequence[Dialect] | None = None,
    *,
    records_shadow: bool = True,
    rule_trials: RuleTrials = NO_TRIALS,
    cache: Path | None = None,
    unsaved: Unsaved | None = None,
    wordlists_version: int = 0,
    like: Ruleset | None = None,
) -> Ruleset:
    """Return the ruleset of parsed wordlists, a classifier, rules, profiles and dialects; no order matters.

    Profiles and dialects are the shipped ones unless given. `cache` is a directory that keeps compiled automata,
    and `unsaved` is called where it cannot be written. What `like` has of the same words is taken from it.
    """
    known = load_all_profiles() if profiles is None else profiles
    given = load_dialects(shipped.directory("dialects")) if dialects is None else dialects
    spoken, ordered = in_order(given), in_order(wordlists)
    _require_wordlists(rules, ordered)
    _require_rules(known)
    live = without_trials(ordered)
    words = texts_of(live, SEGMENTATION)
    segmenter = like.detectors.segmenter if like and like.detectors.segmenter.words == words else Segmenter(words)
    detectors = Detectors(
        automaton=automaton_of(live, spoken, segmenter, cache, unsaved, like.detectors.automaton if like else None),
        segmenter=segmenter,
        links=LinkFinder(*(texts_of(live, name) for name in (SHORTENERS, PROTECTED_HOSTS, DOWNLOADS, BLOCKED_HOSTS))),
        classifier=classifier,
        profiles=dict(sorted(known.items())),
        dialects=like.detectors.dialects
        if like and like.detectors.dialects.dialects == (*spoken,)
        else DialectScorer(spoken),
        on_trial=words_on_trial(ordered, spoken, segmenter, cache),
    )
    digest = digest_of(live, rules, classifier, known, spoken, rule_trials)
    return Ruleset(digest, tuple(rules), detectors, records_shadow, wordlists_version, rule_trials)


def with_trials_of(
    ruleset: Ruleset,
    wordlists: Sequence[Wordlist],
    dialects: Sequence[Dialect],
    cache: Path | None,
    wordlists_version: int,
) -> Ruleset | None:
    """Return a ruleset with the entries on trial of other wordlists; None where these differ in what decides too."""
    ordered, spoken = in_order(wordlists), in_order(dialects)
    detectors = ruleset.detectors
    if detectors.on_trial is None and not any(one.on_trial for one in ordered):
        return None
    live = without_trials(ordered)
    made_of = live, ruleset.rules, detectors.classifier, detectors.profiles, spoken, ruleset.rule_trials
    if digest_of(*made_of) != ruleset.digest:
        return None
    tried = words_on_trial(ordered, spoken, detectors.segmenter, cache)
    return replace(ruleset, detectors=replace(detectors, on_trial=tried), wordlists_version=wordlists_version)


def with_rule_trials(ruleset: Ruleset, rule_trials: RuleTrials) -> Ruleset:
    """Return a ruleset with other rules on trial or promoted, and all else as it is."""
    plain = without_trials_mark(ruleset.digest)
    return replace(ruleset, digest=plain + trials_mark(rule_trials), rule_trials=rule_trials)


@lru_cache(maxsize=1)
def _read_dialects(directory: Path, _told: Hashable) -> tuple[Dialect, ...]:
    return load_dialects(directory)


def _require_directory(name: str, path: Path | None) -> None:
    if path is not None and not path.is_dir():
        raise RulesetError(f"{name}: {path}: there is no such directory; check the path")


def _require_wordlists(rules: Iterable[Rule], wordlists: Iterable[Wordlist]) -> None:
    present = {f"words:{wordlist.id}" for wordlist in wordlists}
    for rule in rules:
        missing = sorted(name for name in rule.when.names() if name.startswith("words:") and name not in present)
        if missing:
            raise RulesetError(f"rule {rule.id} reads {', '.join(missing)}: no such wordlist; add it or mend the rule")


def _require_rules(profiles: Mapping[str, Profile]) -> None:
    if GENERIC not in profiles:
        raise RulesetError(f"there is no profile {GENERIC!r}; restore {GENERIC}.toml")
    for profile in profiles.values():
        if unknown := sorted(key for key in profile.severity if key not in BY_KEY):
            raise RulesetError(f"profile {profile.id}: severity.{unknown[0]}: no such rule; see moderation rule list")
