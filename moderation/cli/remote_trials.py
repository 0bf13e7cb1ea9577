"""A server's trials: the same verbs as over a store in this process, by gRPC."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from moderation.cli.remote_calls import RemoteCalls, all_pages, named
from moderation.review.people import Actor
from moderation.rules.rule_trials import RuleTrial
from moderation.service.choices import SEVERITIES, TRIAL_STATES
from moderation.service.trial_translate import entry_from_proto, hits_from_proto, rule_from_proto
from moderation.store.trial_desk import EntryTrials, RuleOnTrial, TrialFilter, TrialHits
from moderation.v1 import trial_service_pb2 as messages
from moderation.v1 import trial_service_pb2_grpc
from moderation.wordlists.refusal import WordlistsError, WordlistsReason


class RemoteTrials:
    """Implements `moderation.cli.trial_access.Trials` over a server, read by one actor; raises as `RemoteLists`."""

    def __init__(self, address: str, actor: Actor) -> None:
        self._calls = RemoteCalls(address, "TrialService", own=(WordlistsReason, WordlistsError))
        self._call = partial(self._calls.call, actor)
        self._stub = trial_service_pb2_grpc.TrialServiceStub(self._calls.channel)

    def entries(self, wanted: TrialFilter) -> EntryTrials:
        """Return the entries on trial that are meant."""
        entry = wanted.entries[0] if len(wanted.entries) == 1 else ""

        def ask(page: dict[str, Any]) -> Any:  # noqa: ANN401 - as stubs answer
            asked = messages.ListEntryTrialsRequest(
                wordlist=wanted.wordlist, entry=entry, batch=wanted.batch, due=wanted.is_due, **page
            )
            return self._call(self._stub.ListEntryTrials, asked)

        pages = list(all_pages(ask))
        trials = [entry_from_proto(one) for page in pages for one in page.trials]
        return EntryTrials(
            pages[-1].version, [one for one in trials if not wanted.entries or one.trial.entry in wanted.entries]
        )

    def rules(self) -> list[RuleOnTrial]:
        """Return what holds for rules of which something was said."""
        pages = all_pages(lambda page: self._call(self._stub.ListRuleTrials, messages.ListRuleTrialsRequest(**page)))
        return [rule_from_proto(one) for page in pages for one in page.trials]

    def hits_of(self, wordlist: str, name: str, *, is_masked: bool = True) -> TrialHits:
        """Return what an entry hit on trial, or a rule by its id, whose wordlist is empty."""
        if wordlist:
            entry = messages.TrialEntry(wordlist=wordlist, entry=name)
            request = messages.GetTrialHitsRequest(entry=entry, unmasked=not is_masked)
        else:
            request = messages.GetTrialHitsRequest(rule=name, unmasked=not is_masked)
        return hits_from_proto(self._call(self._stub.GetTrialHits, request))

    def say(
        self, actor: Actor, rule_ids: Iterable[str], trial: RuleTrial, reason: str, request_id: str = ""
    ) -> list[RuleOnTrial]:
        """Let this hold for rules from now on."""
        request = messages.SetRuleTrialsRequest(
            rules=rule_ids,
            state=TRIAL_STATES.number(trial.state),
            severity=SEVERITIES.number(trial.severity),
            until=trial.until.isoformat() if trial.until is not None else "",
            reason=reason,
            request_id=named(request_id),
        )
        return list(map(rule_from_proto, self._calls.call(actor, self._stub.SetRuleTrials, request).trials))

    def close(self) -> None:
        """Close the channel."""
        self._calls.close()
