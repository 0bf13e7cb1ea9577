"""What is on trial, and its hits, to messages of the contract and back."""

from __future__ import annotations

from datetime import date

from moderation.review.hits import Day, KeptExample, Summary
from moderation.rules.rule_trials import RuleTrial
from moderation.service.choices import SEVERITIES, TRIAL_STATES
from moderation.service.review_translate import moment_of, timestamp
from moderation.store.rule_trials import SaidOfRule
from moderation.store.trial_desk import EntryTrial, RuleOnTrial, TrialHits
from moderation.v1 import trial_service_pb2 as messages
from moderation.wordlists.trials import TrialLine


def entry_to_proto(one: EntryTrial) -> messages.EntryTrial:
    """Return the message of an entry on trial."""
    return messages.EntryTrial(
        wordlist=one.trial.wordlist,
        entry=one.trial.entry,
        line=one.trial.line,
        until=one.trial.until.isoformat(),
        due=one.is_due,
        since=one.since,
        batch=one.batch or 0,
        hits=_summary_to_proto(one.summary),
    )


def entry_from_proto(message: messages.EntryTrial) -> EntryTrial:
    """Return the entry of a message."""
    line = TrialLine(message.wordlist, message.entry, message.line, date.fromisoformat(message.until))
    return EntryTrial(line, message.since, message.batch or None, _summary_from_proto(message.hits), message.due)


def rule_to_proto(one: RuleOnTrial) -> messages.RuleTrial:
    """Return the message of what holds for a rule."""
    said, trial = one.said, one.said.trial
    return messages.RuleTrial(
        rule_id=said.rule_id,
        state=TRIAL_STATES.number(trial.state),
        severity=SEVERITIES.number(trial.severity),
        until=_told(trial.until),
        due=one.is_due,
        reason=said.reason,
        author=said.author,
        said_at=timestamp(said.at),
        number=said.number,
        hits=_summary_to_proto(one.summary),
    )


def rule_from_proto(message: messages.RuleTrial) -> RuleOnTrial:
    """Return what holds for the rule of a message."""
    trial = RuleTrial(TRIAL_STATES.sent(message.state), SEVERITIES.member(message.severity), _day(message.until))
    at = moment_of(message.said_at)
    said = SaidOfRule(message.number, message.rule_id, trial, message.reason, message.author, at)
    return RuleOnTrial(said, _summary_from_proto(message.hits), message.due)


def hits_to_proto(hits: TrialHits) -> messages.GetTrialHitsResponse:
    """Return the message of what was hit."""
    return messages.GetTrialHitsResponse(
        days=[
            messages.TrialDay(day=one.day.isoformat(), hits=one.hits, changes=one.changes, tenants=one.tenants)
            for one in hits.days
        ],
        examples=[
            messages.TrialExample(verdict_id=one.verdict_id, tenant=one.tenant, text=one.text, hit_at=timestamp(one.at))
            for one in hits.examples
        ],
    )


def hits_from_proto(message: messages.GetTrialHitsResponse) -> TrialHits:
    """Return what the message says was hit."""
    days = [Day(date.fromisoformat(one.day), one.hits, one.changes, one.tenants) for one in message.days]
    examples = [KeptExample(one.verdict_id, one.tenant, one.text, moment_of(one.hit_at)) for one in message.examples]
    return TrialHits(days, examples)


def _summary_to_proto(summary: Summary) -> messages.TrialHits:
    return messages.TrialHits(
        hits=summary.hits,
        changes=summary.changes,
        tenants=summary.tenants,
        first_day=_told(summary.first_day),
        last_day=_told(summary.last_day),
    )


def _summary_from_proto(message: messages.TrialHits) -> Summary:
    return Summary(message.hits, message.changes, message.tenants, _day(message.first_day), _day(message.last_day))


def _told(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
