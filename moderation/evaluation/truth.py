"""What the labels of a row say of its text: the decision it deserves, what should be found in it, and what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from moderation.rules.model_risk import KINDS
from moderation.rules.rule import ReasonCategory
from moderation.verdict import Decision

LAWFUL = "normal"
LABELS = ("decision", "expect", "risk", "label")
"""Fields that hold labels; `label` is the class of the file's own and may be called otherwise."""

LAWFUL_WORDS = frozenset((LAWFUL, "lawful", "ham", "pass", "0", "false"))
UNLAWFUL_WORDS = frozenset(("unlawful", "spam", "1", "true"))
"""Classes of many collections that say what the project calls lawful and unlawful."""

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
    """How the labels of a file are read: the field of its own class, and the patterns of classes that are lawful.

    With patterns every other class is unlawful. `unlabelled_lawful` says that rows without a label may be sent.
    """

    label: str = "label"
    lawful: Sequence[str] = ()
    unlabelled_lawful: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The fields that hold labels."""
        return frozenset((*LABELS[:-1], self.label))

    def truth_of(self, row: Mapping[str, Any]) -> Truth:
        """Return what the labels of a row say; raise LabelError where there is none, or one of no meaning."""
        given = {name: row[name] for name in self.fields if row.get(name) is not None}
        if not given:
            if self.unlabelled_lawful:
                return LAWFUL_TRUTH
            raise LabelError(
                f"has no label; give {', '.join(sorted(self.fields))}, name its field by --label, or say "
                "--unlabelled-lawful"
            )
        parts = [_READERS[name](given[name]) for name in LABELS[:-1] if name in given]
        if self.label in given:
            parts.append(self._own(given[self.label]))
        return _joined(parts)

    def _own(self, value: object) -> Truth:
        if not isinstance(value, (str, int, bool)):
            raise LabelError(f"{self.label} is {value!r}; write a name or a number")
        name = str(value)
        if self.lawful:
            is_bad = not any(fnmatchcase(name, pattern) for pattern in self.lawful)
            return Truth(is_bad=is_bad, is_prohibited=is_bad, own=name)
        if name.upper() in Decision.__members__:
            return _decision(name)
        if name.upper() in ReasonCategory.__members__:
            return _expect([name])
        if name.lower() in KINDS or name.lower() in LAWFUL_WORDS | UNLAWFUL_WORDS:
            return _risk(name)
        return Truth(own=name)


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
    names = [one.get("category") if isinstance(one, Mapping) else one for one in value]
    try:
        categories = frozenset(ReasonCategory(str(name).upper()) for name in names)
    except ValueError as error:
        known = ", ".join(ReasonCategory.__members__)
        raise LabelError(f"expect: {error}; the categories are {known}") from None
    return Truth(
        decision=None if categories else Decision.PASS,
        is_bad=bool(categories),
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


def _joined(parts: Sequence[Truth]) -> Truth:
    """Return what the parts say together: of each question the first answer, in the order of LABELS."""
    return Truth(
        decision=next((one.decision for one in parts if one.decision), None),
        is_bad=next((one.is_bad for one in parts if one.is_bad is not None), None),
        is_prohibited=next((one.is_prohibited for one in parts if one.is_prohibited is not None), None),
        kind=next((one.kind for one in parts if one.kind), None),
        categories=next((one.categories for one in parts if one.categories is not None), None),
        own=next((one.own for one in parts if one.own), ""),
    )
