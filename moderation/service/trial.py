"""TrialService: what is on trial with its hits, and what holds for rules; the store does the work."""

from __future__ import annotations

from datetime import UTC, date, datetime

from moderation.match.wordlist_file import day_of
from moderation.review.desk import PAGE_SIZE
from moderation.review.people import Actor
from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule import Severity
from moderation.rules.rule_trials import RuleTrial, TrialState
from moderation.service.choices import SEVERITIES, TRIAL_STATES
from moderation.service.errors import Reason, RequestError
from moderation.service.trial_translate import entry_to_proto, hits_to_proto, rule_to_proto
from moderation.store.trial_desk import TrialDesk, TrialFilter, UndecidedError
from moderation.store.wordlist_desk import page_of
from moderation.v1 import trial_service_pb2 as messages

DECISIVE = (Severity.REJECT, Severity.REVIEW, Severity.ADVICE)
WITH_SEVERITY = frozenset((TrialState.SHADOW, TrialState.LIVE))


class TrialHandlers:
    """The methods of TrialService."""

    def __init__(self, desk: TrialDesk) -> None:
        self._desk = desk

    def list_entry_trials(self, message: messages.ListEntryTrialsRequest, _: Actor) -> messages.ListEntryTrialsResponse:
        """Return a page of the entries on trial."""
        batch = message.batch if message.HasField("batch") else None
        entries = (message.entry,) if message.entry else ()
        found = self._desk.entries(TrialFilter(message.wordlist, entries, batch, message.due))
        of_list = f"trials/{message.wordlist}/{message.entry}/{batch}/{message.due}/{found.version}"
        page = page_of(found.trials, message.page_size or PAGE_SIZE, message.page_token, of_list)
        return messages.ListEntryTrialsResponse(
            trials=map(entry_to_proto, page.items), next_page_token=page.next_token, version=found.version
        )

    def list_rule_trials(self, message: messages.ListRuleTrialsRequest, _: Actor) -> messages.ListRuleTrialsResponse:
        """Return a page of what holds for rules."""
        page = page_of(self._desk.rules(), message.page_size or PAGE_SIZE, message.page_token, "rule trials")
        return messages.ListRuleTrialsResponse(trials=map(rule_to_proto, page.items), next_page_token=page.next_token)

    def get_trial_hits(self, message: messages.GetTrialHitsRequest, _: Actor) -> messages.GetTrialHitsResponse:
        """Return what an entry or a rule hit on trial."""
        if message.HasField("entry"):
            place = message.entry.wordlist, message.entry.entry
        elif message.HasField("rule"):
            place = "", _rule_id(message.rule, "rule")
        else:
            raise RequestError(Reason.FIELD_REQUIRED, "name an entry or a rule", "subject")
        return hits_to_proto(self._desk.hits_of(*place, is_masked=not message.unmasked))

    def set_rule_trials(self, message: messages.SetRuleTrialsRequest, actor: Actor) -> messages.SetRuleTrialsResponse:
        """Let something hold for rules."""
        ids = dict.fromkeys(_rule_id(rule, f"rules[{number}]") for number, rule in enumerate(message.rules))
        trial = _trial(message)
        try:
            said = self._desk.say(actor, ids, trial, message.reason, message.request_id)
        except UndecidedError as error:
            told = f"{error} is SHADOW by itself; say what it does from now on"
            raise RequestError(Reason.FIELD_REQUIRED, told, "severity", rule=str(error)) from None
        return messages.SetRuleTrialsResponse(trials=map(rule_to_proto, said))


def _rule_id(key: str, field: str) -> str:
    rule = BY_KEY.get(key)
    if rule is None:
        raise RequestError(Reason.RULE_UNKNOWN, "no rule has this id or name", field)
    return rule.id


def _trial(message: messages.SetRuleTrialsRequest) -> RuleTrial:
    """Return what a request lets hold for rules; raise a RequestError for what does not go together."""
    state = TRIAL_STATES.required(message.state, "state")
    severity = SEVERITIES.required(message.severity, "severity", DECISIVE) if message.severity else None
    _require_absent(severity is not None and state not in WITH_SEVERITY, "severity", state)
    _require_absent(bool(message.until) and state is not TrialState.SHADOW, "until", state)
    return RuleTrial(state, severity, _until(message.until) if state is TrialState.SHADOW else None)


def _require_absent(is_given: bool, field: str, state: TrialState) -> None:
    if is_given:
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, f"must be left out of {state}", field)


def _until(told: str) -> date:
    if not told:
        raise RequestError(Reason.FIELD_REQUIRED, "name the last day of the trial, such as 2026-12-31", "until")
    try:
        named = day_of(told)
    except ValueError:
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, "must be a day such as 2026-12-31", "until") from None
    if named < datetime.now(UTC).date():
        raise RequestError(Reason.FIELD_OUT_OF_RANGE, "must be today or a later day", "until")
    return named
