"""Building a ruleset from rules, wordlists and model, and the digest that names it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from moderation import shipped
from moderation.detection import Detectors
from moderation.engine import Ruleset
from moderation.match.automaton import Automaton
from moderation.match.classifier import Classifier
from moderation.match.links import LinkFinder
from moderation.match.wordlist import Wordlist, load_directory
from moderation.rules.catalogue import RULES
from moderation.rules.rule import Rule
from moderation.text.segment import Segmenter

SHORTENERS, PROTECTED_HOSTS, SEGMENTATION = "link/shortener", "link/protected", "segmentation/words"
OTHER_USE = frozenset((SHORTENERS, PROTECTED_HOSTS, SEGMENTATION))
"""Wordlists that feed the link finder and the segmenter instead of the automaton."""


class RulesetError(ValueError):
    """A rule reads a wordlist that does not exist."""


def load_ruleset(wordlists: Path | None = None, models: Path | None = None) -> Ruleset:
    """Return the ruleset of these directories, or of the shipped ones.

    Raises WordlistError for wrong wordlists, ModelError for a wrong model, RulesetError for a missing wordlist.
    """
    loaded = load_directory(wordlists or shipped.directory("wordlists"))
    classifier = Classifier.load(models or shipped.directory("models"))
    return build_ruleset(loaded, classifier)


def build_ruleset(
    wordlists: Sequence[Wordlist], classifier: Classifier | None, rules: Sequence[Rule] = RULES
) -> Ruleset:
    """Return the ruleset of parsed wordlists, a classifier and rules; the order of either does not matter."""
    ordered = sorted(wordlists, key=lambda wordlist: wordlist.id)
    _require_wordlists(rules, ordered)
    detectors = Detectors(
        automaton=Automaton(wordlist for wordlist in ordered if wordlist.id not in OTHER_USE),
        segmenter=Segmenter(_texts(ordered, SEGMENTATION)),
        links=LinkFinder(_texts(ordered, SHORTENERS), _texts(ordered, PROTECTED_HOSTS)),
        classifier=classifier,
    )
    return Ruleset(digest_of(ordered, rules, classifier), tuple(rules), detectors)


def digest_of(wordlists: Iterable[Wordlist], rules: Iterable[Rule], classifier: Classifier | None) -> str:
    """Return `sha256:…` over everything that a verdict depends on, besides the code."""
    digest = hashlib.sha256()
    for wordlist in wordlists:
        digest.update(f"{wordlist.id}\n{wordlist.variants}\n".encode())
        digest.update("\n".join(sorted(map(repr, wordlist.entries))).encode("utf-8", "backslashreplace"))
    for rule in sorted(rules, key=lambda rule: rule.id):
        digest.update(repr(rule).encode("utf-8", "backslashreplace"))
    digest.update(classifier.digest.encode() if classifier else b"no model")
    return f"sha256:{digest.hexdigest()}"


def _require_wordlists(rules: Iterable[Rule], wordlists: Iterable[Wordlist]) -> None:
    present = {f"words:{wordlist.id}" for wordlist in wordlists}
    for rule in rules:
        missing = sorted(name for name in rule.when.names() if name.startswith("words:") and name not in present)
        if missing:
            raise RulesetError(f"rule {rule.id} reads {', '.join(missing)}: no such wordlist; add it or mend the rule")


def _texts(wordlists: Iterable[Wordlist], wordlist_id: str) -> tuple[str, ...]:
    return tuple(entry.text for wordlist in wordlists if wordlist.id == wordlist_id for entry in wordlist.entries)
