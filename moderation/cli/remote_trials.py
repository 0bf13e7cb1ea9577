"""A server's trials: the same verbs as over a store in this process, by gRPC."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.cli.remote_calls import RemoteCalls, named
from moderation.review.people import Actor
from moderation.rules.rule_trials import RuleTrial
from moderation.service.choices import SEVERITIES, TRIAL_STATES
from moderation.service.trial_translate import entry_from_proto, hits_from_proto, rule_from_proto
from moderation.store.trial_desk import EntryTrial, EntryTrials, RuleOnTrial, TrialFilter, TrialHits
from moderation.v1 import trial_service_pb2 as messages
from moderation.v1 import trial_service_pb2_grpc
from moderation.wordlists.refusal import WordlistsError, WordlistsReason

AT_ONCE = 500


class RemoteTrials:
    """Implements `moderation.cli.trial_access.Trials` over a server, read by one actor; raises as `RemoteLists`."""

    def __init__(self, address: str, actor: Actor) -> None:
        self._actor = actor
        self._calls = RemoteCalls(address, "TrialService", own=(WordlistsReason, WordlistsError))
        self._stub = trial_service_pb2_grpc.TrialServiceStub(self._calls.channel)

    def entries(self, wanted: TrialFilter) -> EntryTrials:
        """Return the entries on trial that are meant."""
        entry = wanted.entries[0] if len(wanted.entries) == 1 else ""
        found: list[EntryTrial] = []
        token = ""
        while True:
            request = messages.ListEntryTrialsRequest(
                wordlist=wanted.wordlist,
                entry=entry,
                batch=wanted.batch,
                due=wanted.is_due,
                page_size=AT_ONCE,
                page_token=token,
            )
            answer = self._calls.call(self._actor, self._stub.ListEntryTrials, request)
            page = map(entry_from_proto, answer.trials)
            found += (one for one in page if not wanted.entries or one.trial.entry in wanted.entries)
            token = answer.next_page_token
            if not token:
                return EntryTrials(answer.version, found)

    def rules(self) -> list[RuleOnTrial]:
        """Return what holds for rules of which something was said."""
        found: list[RuleOnTrial] = []
        token = ""
        while True:
            request = messages.ListRuleTrialsRequest(page_size=AT_ONCE, page_token=token)
            answer = self._calls.call(self._actor, self._stub.ListRuleTrials, request)
            found += map(rule_from_proto, answer.trials)
            token = answer.next_page_token
            if not token:
                return found

    def hits_of(self, wordlist: str, name: str, *, is_masked: bool = True) -> TrialHits:
        """Return what an entry hit on trial, or a rule by its id, whose wordlist is empty."""
        if wordlist:
            entry = messages.TrialEntry(wordlist=wordlist, entry=name)
            request = messages.GetTrialHitsRequest(entry=entry, unmasked=not is_masked)
        else:
            request = messages.GetTrialHitsRequest(rule=name, unmasked=not is_masked)
        return hits_from_proto(self._calls.call(self._actor, self._stub.GetTrialHits, request))

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
