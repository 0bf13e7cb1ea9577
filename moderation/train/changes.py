"""What another model would change: the verdicts on a set of templates that differ between two engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moderation.engine import Engine
from moderation.evaluation.checked import checked
from moderation.text.template import Template
from moderation.verdict import Decision, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A template whose decision would differ, and the probabilities of prohibited content that both models give it."""

    template: Template
    origin: str
    before: Decision
    after: Decision
    probability_before: float
    probability_after: float

    @property
    def is_stricter(self) -> bool:
        """Whether the new model is the stricter one."""
        order = list(Decision)
        return order.index(self.after) > order.index(self.before)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that would change; `texts` counts what was checked, by origin."""

    texts: Counter[str]
    changes: tuple[Change, ...]

    def counts(self) -> dict[tuple[str, Decision, Decision], int]:
        """Return how many decisions would change, by origin, and from what to what."""
        counted = Counter((one.origin, one.before, one.after) for one in self.changes)
        return dict(sorted(counted.items()))

    def stricter(self) -> int:
        """Return how many templates the new model would be stricter on."""
        return sum(one.is_stricter for one in self.changes)


def compare(
    templates: Sequence[tuple[str, Template]], before: Engine, after: Engine, *, report: Callable[[int], None]
) -> Changes:
    """Return what changes on templates with their origins; `report` is told how many more have been checked."""
    only = [template for _, template in templates]
    verdicts = zip(templates, checked(before, only), checked(after, only, report=report), strict=True)
    changes = tuple(
        Change(template, origin, old.decision, new.decision, _risk(old), _risk(new))
        for (origin, template), old, new in verdicts
        if old.decision is not new.decision
    )
    return Changes(Counter(origin for origin, _ in templates), changes)


def _risk(verdict: Verdict) -> float:
    return verdict.classification.prohibited[1]
