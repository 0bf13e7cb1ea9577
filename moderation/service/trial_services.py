"""TrialService over the wordlists of a store."""

from __future__ import annotations

from moderation.service.desk_calls import DeskCalls
from moderation.service.desk_services import Methods
from moderation.service.guard import Guard
from moderation.service.methods import Service, service, unary
from moderation.service.trial import TrialHandlers
from moderation.store.trial_desk import TrialDesk
from moderation.store.wordlist_desk import WordlistDesk
from moderation.v1 import trial_service_pb2 as messages

TRIAL = messages.DESCRIPTOR.services_by_name["TrialService"]
THREADS = 2
"""Calls that may wait for the store at the same time: few people look at trials."""


class TrialServices:
    """The service over the wordlists of one store; belongs to one event loop."""

    def __init__(self, desk: WordlistDesk, guard: Guard) -> None:
        self._calls = DeskCalls(THREADS)
        handlers = TrialHandlers(TrialDesk(desk))
        methods = {
            name: unary(guard, name, self._calls.handler(f"{TRIAL.name}.{name}", handle), kind)
            for name, (handle, kind) in _methods(handlers).items()
        }
        self.service: Service = service(TRIAL.full_name, methods)

    async def close(self) -> None:
        """Wait for what is at work; the store stays open."""
        await self._calls.close()


def _methods(handlers: TrialHandlers) -> Methods:
    return {
        "ListEntryTrials": (handlers.list_entry_trials, messages.ListEntryTrialsRequest),
        "ListRuleTrials": (handlers.list_rule_trials, messages.ListRuleTrialsRequest),
        "GetTrialHits": (handlers.get_trial_hits, messages.GetTrialHitsRequest),
        "SetRuleTrials": (handlers.set_rule_trials, messages.SetRuleTrialsRequest),
    }
