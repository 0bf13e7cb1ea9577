"""Verdicts that new wordlists would flip, both ways, and the rules that make them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from moderation.engine import Engine
from moderation.text.template import Template
from moderation.verdict import Decision, Policy, Verdict
from moderation.wordlists.told import MOST_SHOWN, Progress, Told, unheard

STAGE = "templates"
CHECKED_AT_ONCE = 256
_STRICTNESS = {decision: strictness for strictness, decision in enumerate(Decision)}


@dataclass(frozen=True, slots=True)
class Flip:
    """A template that is decided otherwise; `gained` and `lost` are the rules that newly hold, and hold no more.

    `quotes` are what the gained rules find, then what the lost ones found.
    """

    template: Template
    before: Decision
    after: Decision
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """In how many flipped verdicts a rule newly holds, and holds no more."""

    rule_id: str
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Flips:
    """What becomes of the verdicts on `checked` templates; `otherwise` keep the decision for other reasons."""

    checked: int = 0
    stricter: Told[Flip] = field(default_factory=Told)
    milder: Told[Flip] = field(default_factory=Told)
    otherwise: int = 0
    rules: tuple[RuleCount, ...] = ()


class _Tally:
    """Counts flips as they are found, and keeps the first of each way."""

    def __init__(self) -> None:
        self.shown: dict[bool, list[Flip]] = {True: [], False: []}
        self.total: Counter[bool] = Counter()
        self.gained: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.otherwise = 0

    def add(self, template: Template, before: Verdict, after: Verdict) -> None:
        old, new = _quotes(before), _quotes(after)
        gained, lost = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
        if before.decision is after.decision:
            self.otherwise += bool(gained or lost)
            return
        stricter = is_stricter(after.decision, before.decision)
        self.total[stricter] += 1
        self.gained.update(gained)
        self.lost.update(lost)
        if len(self.shown[stricter]) < MOST_SHOWN:
            quotes = tuple(dict.fromkeys([*(new[rule] for rule in gained), *(old[rule] for rule in lost)]))
            flip = Flip(template, before.decision, after.decision, tuple(gained), tuple(lost), quotes)
            self.shown[stricter].append(flip)

    def told(self, stricter: bool) -> Told[Flip]:
        return Told(tuple(self.shown[stricter]), self.total[stricter])


def flips(
    templates: Sequence[Template],
    policies: Sequence[Policy],
    before: Engine,
    after: Engine,
    progress: Progress = unheard,
) -> Flips:
    """Return how two engines differ on templates; `policies` is empty or holds one for each."""
    tally = _Tally()
    for start in range(0, len(templates), CHECKED_AT_ONCE):
        chunk, own = templates[start : start + CHECKED_AT_ONCE], policies[start : start + CHECKED_AT_ONCE]
        verdicts = before.check_many(chunk, own), after.check_many(chunk, own)
        for template, old, new in zip(chunk, *verdicts, strict=True):
            tally.add(template, old, new)
        progress(STAGE, start + len(chunk), len(templates))
    changed = sorted(tally.gained.keys() | tally.lost.keys(), key=lambda rule: (-tally.gained[rule], rule))
    return Flips(
        checked=len(templates),
        stricter=tally.told(True),
        milder=tally.told(False),
        otherwise=tally.otherwise,
        rules=tuple(RuleCount(rule, tally.gained[rule], tally.lost[rule]) for rule in changed),
    )


def is_stricter(decision: Decision, other: Decision) -> bool:
    """Return whether a decision is stricter than another."""
    return _STRICTNESS[decision] > _STRICTNESS[other]


def _quotes(verdict: Verdict) -> dict[str, str]:
    """Return the rules that hold, each with the words of its first finding."""
    quotes: dict[str, str] = {}
    for finding in verdict.findings:
        quotes.setdefault(finding.rule.id, finding.quote)
    return quotes
