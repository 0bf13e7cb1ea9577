"""Rules on trial: what is said of single rules for every tenant, above all profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moderation.rules.rule import Severity


class TrialState(StrEnum):
    """SHADOW: recorded and decides nothing; LIVE: decides; OFF: not tried; ENDED: as it is without any trial."""

    SHADOW = "SHADOW"
    LIVE = "LIVE"
    OFF = "OFF"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What holds for a rule: `until` is the last day of its trial, `severity` that of a promoted one, None its own.

    `is_due` is a question of the day: no rule decides again by itself.
    """

    state: TrialState
    severity: Severity | None = None
    until: date | None = None


RuleTrials = Mapping[str, RuleTrial]
"""By the ids of rules; those that are not there are as their profiles have them."""

NO_TRIALS: RuleTrials = {}


def severity_of(trial: RuleTrial | None, given: Severity | None, own: Severity) -> Severity | None:
    """Return the severity of a rule to which a profile gives one; None where the rule is not tried.

    `own` is that of the rule itself. A rule that a profile leaves out stays out, whatever its trial.
    """
    if trial is None or given is None or trial.state is TrialState.ENDED:
        return given
    if trial.state is TrialState.LIVE:
        return trial.severity or (own if given is Severity.SHADOW else given)
    return Severity.SHADOW if trial.state is TrialState.SHADOW else None


def on_trial(trials: RuleTrials) -> frozenset[str]:
    """Return the ids of the rules on trial."""
    return frozenset(rule_id for rule_id, trial in trials.items() if trial.state is TrialState.SHADOW)


def as_promoted(trials: RuleTrials) -> RuleTrials:
    """Return what would hold if every rule on trial were in force."""
    return {
        rule_id: RuleTrial(TrialState.LIVE, trial.severity) if trial.state is TrialState.SHADOW else trial
        for rule_id, trial in trials.items()
    }
