"""The digest that names a ruleset, and those of its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from moderation.engine import Ruleset
from moderation.match.classifier import Classifier
from moderation.match.dialect import Dialect
from moderation.match.remembered import remembered
from moderation.match.wordlist import Wordlist
from moderation.rules.profiles import Profile
from moderation.rules.rule import Rule
from moderation.rules.rule_trials import NO_TRIALS, RuleTrials

_TRIALS_APART = "+rules:"


def digest_of(
    wordlists: Iterable[Wordlist],
    rules: Iterable[Rule],
    classifier: Classifier | None,
    profiles: Mapping[str, Profile],
    dialects: Iterable[Dialect],
    rule_trials: RuleTrials = NO_TRIALS,
) -> str:
    """Return `sha256:…` over everything that a verdict depends on, besides the code.

    Entries on trial are not among the wordlists, for no decision depends on them; rules on trial are told behind it.
    """
    digest = hashlib.sha256(b"".join(wordlist.digest for wordlist in wordlists))
    for part in (_of_rules(tuple(rules)), _of_profiles(profiles), _of_dialects(tuple(dialects))):
        digest.update(part)
    digest.update(classifier.digest.encode() if classifier else b"no model")
    return f"sha256:{digest.hexdigest()}" + trials_mark(rule_trials)


def trials_mark(rule_trials: RuleTrials) -> str:
    """Return what a digest ends with where rules are on trial, promoted or off."""
    told = sorted((rule_id, trial.state.value, trial.severity or "") for rule_id, trial in rule_trials.items())
    return f"{_TRIALS_APART}{hashlib.sha256(repr(told).encode()).hexdigest()[:16]}" if told else ""


def without_trials_mark(digest: str) -> str:
    """Return a digest as it is where no rule is on trial, promoted or off."""
    return digest.partition(_TRIALS_APART)[0]


def parts_of(ruleset: Ruleset) -> dict[str, str]:
    """Return the digests of those parts of a ruleset that are not wordlists or dialects, by their names."""
    detectors = ruleset.detectors
    return {
        "model": detectors.classifier.digest if detectors.classifier is not None else "",
        "profiles": f"sha256:{_of_profiles(detectors.profiles).hex()}",
        "rules": f"sha256:{_of_rules(ruleset.rules).hex()}",
    }


@remembered
def _of_rules(rules: tuple[Rule, ...]) -> bytes:
    return _of(sorted(map(repr, rules)))


@remembered
def _of_profiles(profiles: Mapping[str, Profile]) -> bytes:
    return _of(profiles[name].model_dump_json() for name in sorted(profiles))


@remembered
def _of_dialects(dialects: tuple[Dialect, ...]) -> bytes:
    told = sorted((one.id, one.common, sorted(map(repr, one.equivalents))) for one in dialects)
    return _of(map(repr, told))


def _of(told: Iterable[str]) -> bytes:
    return hashlib.sha256("\n".join(told).encode("utf-8", "backslashreplace")).digest()
