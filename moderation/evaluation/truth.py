"""What the labels of a row say of its text: the decision it deserves, what should be found in it, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from moderation.match.classifier import LAWFUL
from moderation.rules.model_risk import KINDS
from moderation.rules.rule import ReasonCategory
from moderation.verdict import Decision

LABELS = ("decision", "expect", "risk", "label")
"""Fields that hold labels; `label` is the class of the file's own and may be called otherwise."""

LAWFUL_WORDS = frozenset((LAWFUL, "lawful", "ham", "pass", "0", "false", "正常"))
UNLAWFUL_WORDS = frozenset(("unlawful", "spam", "1", "true", "违规"))
"""Classes of many collections that say what the project calls lawful and unlawful."""

QUESTIONS = ("decision", "is_bad", "is_prohibited", "kind", "categories")
"""What labels answer; two labels of a row may not answer one of them differently."""

PROHIBITED = frozenset((ReasonCategory.PROHIBITED_CONTENT, ReasonCategory.GUARANTEED_RETURN))
"""Categories of what may not be said at all, which is what the model tells."""


class LabelError(ValueError):
    """A label says nothing that is known; the message tells which, and what to write."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a text deserves; None is what its labels do not tell.

    `is_bad` says that it should not simply pass, `is_prohibited` that its content is prohibited, `kind` of what kind;
    `categories` are all that should be found, `own` is the file's class.
    """

    decision: Decision | None = None
    is_bad: bool | None = None
    is_prohibited: bool | None = None
    kind: str | None = None
    categories: frozenset[ReasonCategory] | None = None
    own: str = ""


LAWFUL_TRUTH = Truth(Decision.PASS, is_bad=False, is_prohibited=False, kind=LAWFUL, categories=frozenset())


@dataclass(frozen=True, slots=True)
class Reading:
    """How the labels of a file are read: the field of its own class, and patterns of classes.

    With patterns of `lawful` classes no other class may be sent; those of `prohibited` ones say that the content is
    what may not be said at all. `unlabelled_lawful` says that rows without a label may be sent.
    """

    label: str = "label"
    lawful: Sequence[str] = ()
    prohibited: Sequence[str] = ()
    unlabelled_lawful: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The fields that hold labels."""
        return frozenset((*LABELS[:-1], self.label))

    def truth_of(self, row: Mapping[str, Any]) -> Truth:
        """Return what the labels of a row say.

        Raises LabelError where there is no label, one of no meaning, or two that contradict each other.
        """
        given = {name: row[name] for name in self.fields if row.get(name) is not None}
        if not given:
            if self.unlabelled_lawful:
                return LAWFUL_TRUTH
            raise LabelError(
                f"has no label; give {', '.join(sorted(self.fields))}, name its field by --label, or say "
                "--unlabelled-lawful"
            )
        told = {name: _READERS[name](given[name]) for name in LABELS[:-1] if name in given}
        if self.label in given:
            told[self.label] = self._own(given[self.label])
        return _joined(told)

    def idle(self, names: Iterable[str]) -> list[str]:
        """Return the patterns that match no class of these names."""
        known = frozenset(names)
        return [one for one in (*self.lawful, *self.prohibited) if not any(fnmatchcase(name, one) for name in known)]

    def _own(self, value: object) -> Truth:
        if not isinstance(value, (str, int)):
            raise LabelError(f"{self.label} is {value!r}; write a name or a number")
        name = str(value).strip()
        if not name or not name.isprintable():
            raise LabelError(f"{self.label} is {value!r}; write the name of a class")
        if _matches(name, self.prohibited):
            return Truth(is_bad=True, is_prohibited=True, own=name)
        if self.lawful:
            is_bad = not _matches(name, self.lawful)
            return Truth(is_bad=is_bad, is_prohibited=None if is_bad else False, own=name)
        return replace(_meaning_of(name), own=name)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _meaning_of(name: str) -> Truth:
    """Return what the name of a class says by itself: a decision, a category, a kind, or one of some usual words."""
    if name.upper() in Decision.__members__:
        return _decision(name)
    if name.upper() in ReasonCategory.__members__:
        return _expect([name])
    if name.lower() in UNLAWFUL_WORDS:
        return Truth(is_bad=True)
    return _risk(name) if name.lower() in LAWFUL_WORDS or name.lower() in KINDS else Truth()


def _decision(value: object) -> Truth:
    try:
        decision = Decision(str(value).upper())
    except ValueError:
        raise LabelError(f"decision is {value!r}; write PASS, REVIEW or REJECT") from None
    if decision is Decision.PASS:
        return Truth(decision, is_bad=False, is_prohibited=False, kind=LAWFUL)
    return Truth(decision, is_bad=True)


def _expect(value: object) -> Truth:
    """Read a list of categories, each by its name or as an object with `category`."""
    if not isinstance(value, list):
        raise LabelError(f"expect is {value!r}; write a list of categories, which may be empty")
    names = [str(one.get("category") if isinstance(one, Mapping) else one).upper() for one in value]
    if unknown := [name for name in names if name not in ReasonCategory.__members__]:
        known = ", ".join(ReasonCategory.__members__)
        raise LabelError(f"expect names {unknown[0]!r}; the categories are {known}")
    categories = frozenset(map(ReasonCategory, names))
    return Truth(
        decision=None if categories else Decision.PASS,
        is_bad=None if categories else False,
        is_prohibited=not PROHIBITED.isdisjoint(categories),
        categories=categories,
    )


def _risk(value: object) -> Truth:
    name = str(value).lower()
    if name in LAWFUL_WORDS:
        return Truth(is_bad=False, is_prohibited=False, kind=LAWFUL)
    if name in KINDS:
        return Truth(is_bad=True, is_prohibited=True, kind=name)
    if name in UNLAWFUL_WORDS:
        return Truth(is_bad=True, is_prohibited=True)
    raise LabelError(f"risk is {value!r}; write {LAWFUL}, unlawful, or one of {', '.join(KINDS)}")


_READERS = {"decision": _decision, "expect": _expect, "risk": _risk}


def _joined(told: Mapping[str, Truth]) -> Truth:
    """Return what the labels say together; raise LabelError where two of them answer a question differently."""
    answers: dict[str, Any] = {}
    for question in QUESTIONS:
        by_field = {name: getattr(truth, question) for name, truth in told.items()}
        by_field = {name: answer for name, answer in by_field.items() if answer is not None}
        if len(set(by_field.values())) > 1:
            raise LabelError(f"{' and '.join(by_field)} contradict each other; mend one of them")
        answers[question] = next(iter(by_field.values()), None)
    if answers["is_bad"] is None and answers["categories"]:
        answers["is_bad"] = True
    return Truth(**answers, own=next((truth.own for truth in told.values() if truth.own), ""))
