"""What a store has in force, for checks in this process: its wordlists, what is said of rules, policies and links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from moderation.cli.access import Access
from moderation.cli.check import Locale
from moderation.cli.opening import opened_store, settings_of
from moderation.verdict import Policy

if TYPE_CHECKING:
    from moderation.match.wordlist import Wordlist
    from moderation.rules.rule_trials import RuleTrials
    from moderation.text.template import Template


@dataclass(frozen=True, slots=True)
class InForce:
    """What decides beside the files of a ruleset; `lists` are None where they are those of the files."""

    lists: Sequence[Wordlist] | None = None
    wordlists_version: int = 0
    rule_trials: RuleTrials = field(default_factory=dict)
    policy_of: Callable[[Template], Policy] = lambda _: Policy()


def in_force(
    store: str | None, keys: Path | None, wordlists: Path | None, locale: Locale, opened: ExitStack
) -> InForce:
    """Return what a store has in force that is named by the option or MODERATION_STORE; nothing where none is.

    One that cannot be used ends the command; it is closed with all that is `opened`.
    """
    from moderation.store.settings import NONE

    access = Access(store=store, keys=keys, wordlists=wordlists, locale=locale)
    settings = settings_of(access)
    if settings.store in (None, "", NONE):
        return InForce()
    from moderation import shipped
    from moderation.service.policies_now import policies_now
    from moderation.store.rule_trials import StoredRuleTrials
    from moderation.store.wordlists import StoredWordlists
    from moderation.wordlists.overlay import load_shipped, overlaid

    found = opened.enter_context(opened_store(access, settings, may_write=False))
    versions = StoredWordlists(found.engine, found.ring)
    version = versions.head()
    directory = wordlists or shipped.directory("wordlists")
    return InForce(
        overlaid(load_shipped(directory), versions.overlay(version)) if version else None,
        version,
        StoredRuleTrials(found.engine, found.ring).current(),
        policies_now(found.engine, found.ring),
    )
