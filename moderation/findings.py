"""Signals to findings: the rules that hold for a text, each with the evidence that it quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple
from weakref import proxy

from moderation.rules.expression import Expression
from moderation.rules.profiles import Profile
from moderation.rules.reduction import ALWAYS, reduced
from moderation.rules.rule import Rule, Severity
from moderation.rules.rule_trials import NO_TRIALS, RuleTrials, on_trial, severity_of
from moderation.text.signal import Signal, Signals
from moderation.text.template import Industry, Span, TemplateType
from moderation.verdict import SEVERITY_WEIGHT, Finding, SeverityChange, noisy_or

KEPT_CHOICES, KEPT_CONDITIONS = 16_384, 1_024
"""Sets of signals for which the rules that can hold are remembered, and for each rule what they leave of it."""

MAX_FINDINGS_PER_RULE = 20
"""A text full of hits of one rule is reported by its first ones; more would tell its author nothing new."""


class Trial(NamedTuple):
    """A rule that may hold, with what the signals that are there leave of its condition.

    `number` is the rule's place in the order of ids, `weight` and `score` are what doubtful evidence is multiplied by
    and what sure evidence scores; `missing` is the finding where something is missing for sure.
    """

    number: int
    rule: Rule
    severity: Severity
    weight: float
    score: float
    condition: Expression
    missing: Finding | None


class _Listed(NamedTuple):
    """A rule that is tried for texts of one type under one profile; `read` names the signals that it reads."""

    read: frozenset[str]
    industries: tuple[Industry, ...]
    trial_of: Callable[[frozenset[str]], Trial | None]


class _Table(NamedTuple):
    """The rules for texts of one type under one profile by number, and which of them signals may make hold."""

    listed: Mapping[int, _Listed]
    by_signal: Mapping[str, frozenset[int]]
    always: frozenset[int]


class RuleIndex:
    """Rules by the signals that can make them hold, by type and by profile; safe to share between threads.

    Without `records_shadow`, rules that are SHADOW under a profile are not tried at all, but those of `rule_trials`,
    which stand above all profiles. `has_shadow` tells whether any SHADOW rule may be tried.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        profiles: Mapping[str, Profile],
        *,
        records_shadow: bool,
        rule_trials: RuleTrials = NO_TRIALS,
    ) -> None:
        self._rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self._numbers = {rule.id: number for number, rule in enumerate(self._rules)}
        self._profiles = profiles
        self._rule_trials = rule_trials
        self._on_trial = on_trial(rule_trials)
        self._records_shadow = records_shadow
        self.has_shadow = records_shadow or bool(self._on_trial)
        self._read: frozenset[str] = frozenset().union(*(rule.when.names() for rule in self._rules))
        own = proxy(self)  # what is remembered must not keep the index: no collector would find that in time
        self._table = lru_cache(maxsize=None)(partial(RuleIndex._listing, own))
        self._chosen = lru_cache(maxsize=KEPT_CHOICES)(partial(RuleIndex._choose, own))
        self._further = lru_cache(maxsize=KEPT_CHOICES)(partial(RuleIndex._try, own))

    def trials(
        self,
        signals: Signals,
        kind: TemplateType | None,
        industry: Industry | None,
        profile: Profile,
        *,
        is_whole: bool = True,
    ) -> tuple[Trial, ...]:
        """Return the rules that can hold where these signals are present, in order of ids.

        Where the signals are not those of a whole text, rules on what is missing are left out.
        """
        return self._chosen(self._read.intersection(signals), kind, industry, profile.id, is_whole)

    def changed(
        self,
        trials: tuple[Trial, ...],
        changes: Iterable[SeverityChange],
        signals: Signals,
        kind: TemplateType | None,
        industry: Industry | None,
        profile: Profile,
        *,
        is_whole: bool = True,
    ) -> tuple[Trial, ...]:
        """Return the rules that can hold, with severities changed for one tenant, in order of ids.

        A rule that is off or SHADOW under the profile is tried where a change says how strictly. What was said of a
        rule for all tenants stands above that.
        """
        by_number = {trial.number: trial for trial in trials}
        present = self._read.intersection(signals)
        for change in changes:
            number = self._numbers.get(change.rule_id)
            if number is None:
                continue
            rule = self._rules[number]
            severity = self._said(rule, _changed(self._given(rule, profile.id), change))
            by_number.pop(number, None)
            is_for = (not rule.types or kind in rule.types) and (not rule.industries or industry in rule.industries)
            if severity is None or not is_for or (severity is Severity.SHADOW and not self._is_recorded(rule)):
                continue
            if not is_whole and rule.when.triggers() is None:
                continue
            if (trial := self._further(number, severity, rule.when.names() & present)) is not None:
                by_number[number] = trial
        return tuple([by_number[number] for number in sorted(by_number)])

    def _try(self, number: int, severity: Severity, present: frozenset[str]) -> Trial | None:
        rule = self._rules[number]
        triggers = rule.when.triggers()
        return (
            None if triggers is not None and present.isdisjoint(triggers) else _trial(number, rule, severity, present)
        )

    def _severity(self, rule: Rule, profile_id: str) -> Severity | None:
        """Return how strict a rule is under a profile, with what was said of it for all; None where it is off."""
        return self._said(rule, self._given(rule, profile_id))

    def _given(self, rule: Rule, profile_id: str) -> Severity | None:
        severities = self._profiles[profile_id].severities
        return severities.get(rule.id, severities.get(rule.name, rule.severity))

    def _said(self, rule: Rule, given: Severity | None) -> Severity | None:
        return severity_of(self._rule_trials.get(rule.id), given, rule.severity)

    def _choose(
        self,
        present: frozenset[str],
        kind: TemplateType | None,
        industry: Industry | None,
        profile_id: str,
        is_whole: bool,
    ) -> tuple[Trial, ...]:
        listed, by_signal, always = self._table(kind, profile_id)
        numbers = always.union(*[by_signal[name] for name in present if name in by_signal])
        tried = [listed[number] for number in sorted(numbers if is_whole else numbers - always)]
        trials = [one.trial_of(one.read & present) for one in tried if not one.industries or industry in one.industries]
        return tuple([trial for trial in trials if trial is not None])

    def _listing(self, kind: TemplateType | None, profile_id: str) -> _Table:
        listed: dict[int, _Listed] = {}
        by_signal: dict[str, set[int]] = {}
        always: set[int] = set()
        for number, rule in enumerate(self._rules):
            severity = self._severity(rule, profile_id)
            if severity is None or (severity is Severity.SHADOW and not self._is_recorded(rule)):
                continue
            if rule.types and kind not in rule.types:
                continue
            trial_of = lru_cache(maxsize=KEPT_CONDITIONS)(partial(_trial, number, rule, severity))
            listed[number] = _Listed(rule.when.names(), rule.industries, trial_of)
            triggers = rule.when.triggers()
            if triggers is None:
                always.add(number)
            for name in triggers or ():
                by_signal.setdefault(name, set()).add(number)
        return _Table(listed, {name: frozenset(numbers) for name, numbers in by_signal.items()}, frozenset(always))

    def _is_recorded(self, rule: Rule) -> bool:
        return self._records_shadow or rule.id in self._on_trial


def _changed(before: Severity | None, change: SeverityChange) -> Severity | None:
    """Return the severity that a rule has for a tenant, from what it has for everybody."""
    if change.may_soften or strictness(change.severity) > strictness(before):
        return change.severity
    return before


def _trial(number: int, rule: Rule, severity: Severity, present: frozenset[str]) -> Trial | None:
    condition = reduced(rule.when, present)
    if condition is None:
        return None
    weight = SEVERITY_WEIGHT[severity]
    score = round(weight, 4)
    missing = Finding(rule, severity, score, None, "", "") if condition is ALWAYS else None
    return Trial(number, rule, severity, weight, score, condition, missing)


_STRICTNESS = (None, Severity.SHADOW, Severity.ADVICE, Severity.REVIEW, Severity.REJECT)


def strictness(severity: Severity | None) -> int:
    """Return the place of a severity among all, the mildest first; None is off."""
    return _STRICTNESS.index(severity)


_new = tuple.__new__
"""Makes a named tuple of its fields in half the time that its own constructor takes."""

Placed = tuple[int, int, int, int, Finding]
"""A finding behind its place in reading order: its start, its negative end, the number of its rule, its own."""


def findings_of(
    trials: Iterable[Trial], signals: Signals, text: str, shift: int = 0
) -> tuple[tuple[Finding, ...], float]:
    """Return what rules find in the signals of `text`, in reading order, and the risk score of what counts.

    The first `shift` characters have no span.
    """
    unplaced: list[Finding] = []
    placed: list[Placed] = []
    scores: list[float] = []
    for number, rule, severity, weight, sure, condition, missing in trials:
        if missing is not None:
            unplaced.append(missing)
            scores.append(sure)
            continue
        strongest = 0.0
        evidence = condition.evaluate(signals)
        for _, start, end, term, confidence, via in evidence if len(evidence) <= 1 else _apart(evidence):
            score = sure if confidence == 1.0 else round(weight * confidence, 4)
            if score > strongest:
                strongest = score
            quote = text[start:end]
            span = _new(Span, (start - shift, end - shift)) if start >= shift else None
            finding = _new(Finding, (rule, severity, score, span, quote, term or quote, via, ""))
            if span is None:
                unplaced.append(finding)
            else:
                placed.append((start, -end, number, len(placed), finding))
        scores.append(strongest)
    if len(placed) > 1:
        placed.sort()
    return (*unplaced, *[one[4] for one in placed]), noisy_or(scores)


def _apart(evidence: Sequence[Signal]) -> list[Signal]:
    """Return pieces of evidence that do not overlap, of those that do the one that begins first and is longest.

    Of two at one place, the one that names a listed word tells more than a shape.
    """
    kept: list[Signal] = []
    reached = 0
    for signal in _in_order(evidence):
        _, start, end, *_ = signal
        if not kept or 0 <= start >= reached:
            reached = end
            kept.append(signal)
    return kept[:MAX_FINDINGS_PER_RULE]


def _in_order(evidence: Sequence[Signal]) -> list[Signal]:
    if len({signal[1] for signal in evidence}) == len(evidence):
        return sorted(evidence, key=_START)
    return sorted(evidence, key=_evidence_order)


_START = itemgetter(1)


def _evidence_order(signal: Signal) -> tuple[int, int, bool, float, str]:
    _, start, end, term, confidence, _ = signal
    return start, -end, not term, -confidence, term
