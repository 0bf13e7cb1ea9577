"""Conditions reduced to what the signals that are there leave of them: most become the bare look-up of one signal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from moderation.rules.expression import (
    NEGATIVE_PLACES,
    Both,
    Either,
    Expression,
    Missing,
    Placed,
    Present,
    PresentAny,
    Several,
)

ALWAYS = Missing(PresentAny(()))
"""What is left of a condition that holds because something is missing."""


def reduced(condition: Expression, present: Collection[str]) -> Expression | None:
    """Return a condition that has the same evidence where only these signals are there; None where it cannot hold."""
    match condition:
        case Present(name):
            return condition if name in present else None
        case PresentAny(any_of):
            return _any_of([name for name in any_of if name in present])
        case Missing(inner):
            return _missing(reduced(inner, present))
        case Both(left, right):
            return _both(reduced(left, present), reduced(right, present))
        case Either(left, right):
            return _either(reduced(left, present), reduced(right, present))
        case Placed(subject, other, place):
            return _placed(condition, reduced(subject, present), reduced(other, present), place)
        case Several(subject):
            kept = reduced(subject, present)
            return kept and replace(condition, subject=kept)
    return condition


def _any_of(names: Sequence[str]) -> Expression | None:
    if len(names) > 1:
        return PresentAny(tuple(names))
    return Present(names[0]) if names else None


def _missing(inner: Expression | None) -> Expression | None:
    if inner is None:
        return ALWAYS
    return None if _is_certain(inner) else Missing(inner)


def _both(left: Expression | None, right: Expression | None) -> Expression | None:
    if left is None or right is None:
        return None
    if left is ALWAYS:
        return right
    return left if _is_certain(right) and _has_places(left) else Both(left, right)


def _either(left: Expression | None, right: Expression | None) -> Expression | None:
    if left is None or right is None:
        return left or right
    return left if left == right else Either(left, right)


def _placed(condition: Placed, subject: Expression | None, other: Expression | None, place: str) -> Expression | None:
    if subject is None:
        return None
    if other is None:
        return subject if place in NEGATIVE_PLACES else None
    return replace(condition, subject=subject, other=other)


def _is_certain(condition: Expression) -> bool:
    """Return whether a reduced condition holds wherever its signals are there."""
    match condition:
        case Present(_, at_least):
            return at_least <= 0.0
        case PresentAny():
            return True
        case Missing():
            return condition is ALWAYS
        case Both(left, right):
            return _is_certain(left) and _is_certain(right)
        case Either(left, right):
            return _is_certain(left) or _is_certain(right)
    return False


def _has_places(condition: Expression) -> bool:
    """Return whether no evidence of a condition is that something is missing."""
    match condition:
        case Present() | PresentAny():
            return True
        case Both(left, _) | Placed(left) | Several(left):
            return _has_places(left)
        case Either(left, right):
            return _has_places(left) and _has_places(right)
    return False
