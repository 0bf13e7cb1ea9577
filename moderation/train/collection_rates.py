"""Measured rates of the whole check on real SMS: which reason categories are found in which kind of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moderation.engine import Engine
from moderation.evaluation.checked import checked
from moderation.evaluation.truth import PROHIBITED
from moderation.match.classifier import LAWFUL
from moderation.rules.rule import ReasonCategory
from moderation.text.template import Template, TemplateType
from moderation.train.corpus import MIXED, OWN_SOURCES, Example, load
from moderation.train.second_readings import read_again
from moderation.verdict import Decision, Verdict

DECLARED = {"service": TemplateType.NOTIFICATION, "marketing": TemplateType.MARKETING}
"""The type as which a collection is checked; advertising of other collections is checked as marketing."""

MEASURED = {
    "service": "real service messages, as notification",
    "marketing": "real advertising, as marketing",
    "personal": "personal messages",
    "FR": "real fraud",
    "IL": "real illegal advertising",
    "variant: restored": "real illegal messages, plain",
    "variant: variant": "the same, disguised as sent",
}
"""Kinds of text whose hits by rule are published, and what they are called."""


@dataclass(slots=True)
class Tally:
    """What was found in one kind of text: texts per decision, reason category and rule, and with unlawful content."""

    texts: int = 0
    decisions: Counter[Decision] = field(default_factory=Counter)
    categories: Counter[ReasonCategory] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    unlawful: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one verdict; a category and a rule count once a text."""
        found = {finding.category for finding in verdict.findings}
        self.texts += 1
        self.decisions[verdict.decision] += 1
        self.categories.update(found)
        self.rules.update({finding.rule.id for finding in (*verdict.findings, *verdict.shadow)})
        self.unlawful += not PROHIBITED.isdisjoint(found)

    def share(self, category: ReasonCategory | None) -> float:
        """Return the share of texts with a category; None: with unlawful content."""
        return (self.unlawful if category is None else self.categories[category]) / max(self.texts, 1)


MIXED_LABELS = frozenset(("marketing", MIXED, "FR"))
"""Kinds of text among which there are many of the other side; which these are, readers have told."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A share that the project set itself; `at_least` says on which side of `bound` it should lie."""

    texts: str
    category: ReasonCategory | None
    bound: float
    at_least: bool
    held_out: bool

    def is_met(self, share: float) -> bool:
        """Return whether a measured share meets the goal."""
        return share >= self.bound if self.at_least else share <= self.bound

    def __str__(self) -> str:
        what = self.category.value if self.category else "PROHIBITED_CONTENT or GUARANTEED_RETURN"
        texts = f"{self.texts} (held out)" if self.held_out else self.texts
        return f"{texts}: {what} {'≥' if self.at_least else '≤'} {self.bound:.0%}"


GOALS = (
    Goal("service", ReasonCategory.PROHIBITED_CONTENT, 0.01, at_least=False, held_out=False),
    Goal("service", ReasonCategory.ABSOLUTE_WORDING, 0.01, at_least=False, held_out=False),
    Goal("marketing, lawful", ReasonCategory.PROHIBITED_CONTENT, 0.02, at_least=False, held_out=False),
    Goal("variant: restored", None, 0.90, at_least=True, held_out=True),
    Goal("variant: variant", None, 0.75, at_least=True, held_out=True),
    Goal("FR, unlawful", None, 0.90, at_least=True, held_out=True),
    Goal("IL", None, 0.90, at_least=True, held_out=True),
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The tallies by kind of text, of all texts and of those that the model did not train on."""

    everything: dict[str, Tally]
    held_out: dict[str, Tally]

    def goals(self) -> Iterator[tuple[Goal, float]]:
        """Yield each goal with the measured share."""
        for goal in GOALS:
            tally = (self.held_out if goal.held_out else self.everything).get(goal.texts, Tally())
            yield goal, tally.share(goal.category)

    def record(self) -> dict[str, Any]:
        """Return the rates as a JSON record."""
        return {
            "all": {name: _record(tally) for name, tally in sorted(self.everything.items())},
            "held_out": {name: _record(tally) for name, tally in sorted(self.held_out.items())},
            "goals": [
                {"goal": str(goal), "share": round(share, 4), "met": goal.is_met(share)} for goal, share in self.goals()
            ],
        }

    def measured(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Return the texts with each rule's findings, shadow ones too, by what the kinds of text are to be called."""
        return {
            title: {"texts": tally.texts, "rules": dict(sorted(tally.rules.items()))}
            for kind, title in names.items()
            if (tally := self.everything.get(kind)) is not None
        }

    def table(self) -> str:
        """Return the rates as a table for people."""
        lines = ["share of texts with a finding; U: PROHIBITED_CONTENT or GUARANTEED_RETURN", ""]
        for title, tallies in (("all texts", self.everything), ("held-out texts", self.held_out)):
            lines.append(f"{title:<44} {'texts':>6} {'PASS':>7} {'REVIEW':>7} {'REJECT':>7} {'U':>7}  most frequent")
            lines += [_row(name, tally) for name, tally in sorted(tallies.items())]
            lines.append("")
        lines += [
            f"{'met   ' if goal.is_met(share) else 'MISSED'} {goal}: measured {share:.2%}"
            for goal, share in self.goals()
        ]
        return "\n".join(lines)


def evaluate(engine: Engine, data: Path, *, report: Callable[[str], None]) -> Evaluation:
    """Check every text of a data directory; raise CorpusError for what cannot be read."""
    examples = read_again([example for example in load(data) if example.source not in OWN_SOURCES])
    report(f"{len(examples)} texts")
    everything: dict[str, Tally] = {}
    held_out: dict[str, Tally] = {}
    verdicts = checked(engine, [_template(example) for example in examples])
    for example, verdict in zip(examples, verdicts, strict=True):
        for name in _kinds(example):
            everything.setdefault(name, Tally()).add(verdict)
            if example.held_out:
                held_out.setdefault(name, Tally()).add(verdict)
    return Evaluation(everything, held_out)


def _template(example: Example) -> Template:
    is_advertising = example.label.startswith("AD:")
    return Template(example.text, type=TemplateType.MARKETING if is_advertising else DECLARED.get(example.source))


def _kinds(example: Example) -> Iterator[str]:
    """Yield the kinds of text that an example counts for, by its collection and by what readers saw in it."""
    family = example.label.partition(":")[0]
    if example.source == "variant":
        yield f"variant: {MIXED if example.label == MIXED else example.side}"
    elif example.source != "fake-base-station":
        yield example.source
    else:
        yield from dict.fromkeys((example.label, family))
    for mixed in MIXED_LABELS.intersection((example.source, example.label, family)):
        if example.risk and not example.disputed:
            yield f"{mixed}, {'lawful' if example.risk == LAWFUL else 'unlawful'}"


def _record(tally: Tally) -> dict[str, Any]:
    return {
        "texts": tally.texts,
        "decisions": {decision.value: tally.decisions[decision] for decision in Decision},
        "categories": {category.value: count for category, count in sorted(tally.categories.items())},
        "unlawful": tally.unlawful,
    }


def _row(name: str, tally: Tally) -> str:
    shares = [tally.decisions[decision] / tally.texts for decision in Decision]
    frequent = ", ".join(f"{category} {tally.share(category):.1%}" for category, _ in tally.categories.most_common(4))
    cells = " ".join(f"{share:7.1%}" for share in (*shares, tally.share(None)))
    return f"{name:<44} {tally.texts:6} {cells}  {frequent}"
