"""The trials that a command means: those of a store in this process, or of a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from moderation.cli.access import Access
from moderation.cli.failure import ruleset_errors
from moderation.cli.opening import actor_of, at_server, opened_store, settings_of
from moderation.cli.wordlist_access import directories_of
from moderation.review.people import Actor

if TYPE_CHECKING:
    from moderation.rules.rule_trials import RuleTrial
    from moderation.store.trial_desk import EntryTrials, RuleOnTrial, TrialFilter, TrialHits


class Trials(Protocol):
    """What is on trial, wherever that is kept."""

    def entries(self, wanted: TrialFilter) -> EntryTrials:
        """Return the entries on trial that are meant."""
        ...

    def rules(self) -> list[RuleOnTrial]:
        """Return what holds for rules of which something was said."""
        ...

    def hits_of(self, wordlist: str, name: str, *, is_masked: bool = True) -> TrialHits:
        """Return what an entry hit on trial, or a rule by its id, whose wordlist is empty."""
        ...

    def say(
        self, actor: Actor, rule_ids: Iterable[str], trial: RuleTrial, reason: str, request_id: str = ""
    ) -> list[RuleOnTrial]:
        """Let this hold for rules from now on; see `TrialDesk`."""
        ...


@contextmanager
def opened_trials(access: Access) -> Iterator[Trials]:
    """Give the trials that the options mean; what is refused ends the command."""
    if access.server is not None:
        from moderation.cli.remote_trials import RemoteTrials

        with at_server(access, lambda address: RemoteTrials(address, actor_of(access))) as remote:
            yield remote
        return
    from moderation.store.trial_desk import TrialDesk
    from moderation.store.wordlist_desk import WordlistDesk
    from moderation.store.wordlists import StoredWordlists

    settings, files = settings_of(access), directories_of(access)
    with opened_store(access, settings) as store, ruleset_errors(access.locale):
        yield TrialDesk(WordlistDesk(files, StoredWordlists(store.engine, store.ring, settings.review_policy)))
