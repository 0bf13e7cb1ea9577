"""Conditions of rules as data: they print themselves, name the signals they need, and are evaluated over signals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from moderation.text.signal import Signal, Signals

ABSENCE = Signal("absence")
"""The evidence of a condition that holds because something is missing: it carries no span."""


class Expression(ABC):
    """A condition over signals; it holds where `evaluate` returns evidence."""

    __slots__ = ()

    @abstractmethod
    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        """Return the evidence, in text order; empty means that the condition does not hold."""

    @abstractmethod
    def names(self) -> frozenset[str]:
        """Return every signal name that the condition reads."""

    @abstractmethod
    def triggers(self) -> frozenset[str] | None:
        """Return signal names of which one must be present for the condition to hold; None: it can hold without any."""

    def outside(self, other: Expression) -> Expression:
        """Hold for evidence that overlaps no evidence of `other`."""
        return Placed(self, other, "outside")

    def inside(self, other: Expression) -> Expression:
        """Hold for evidence that lies within evidence of `other`."""
        return Placed(self, other, "inside")

    def filling(self, other: Expression) -> Expression:
        """Hold for evidence that is all of some evidence of `other` but brackets and a sign beside them."""
        return Placed(self, other, "filling")

    def near(self, other: Expression, within: int = 20) -> Expression:
        """Hold for evidence with evidence of `other` at most `within` characters away, on either side."""
        return Placed(self, other, "near", within)

    def apart(self, other: Expression, within: int) -> Expression:
        """Hold for evidence with no evidence of `other` within so many characters, on either side."""
        return Placed(self, other, "apart", within)

    def before(self, other: Expression, within: int) -> Expression:
        """Hold for evidence that is followed by evidence of `other` within so many characters."""
        return Placed(self, other, "before", within)

    def several(self, count: int) -> Expression:
        """Hold where the evidence names at least so many different things, apart from each other."""
        return Several(self, count)

    def __and__(self, other: Expression) -> Expression:
        """Hold where both hold; the evidence is this side's."""
        return Both(self, other)

    def __or__(self, other: Expression) -> Expression:
        """Hold where either holds; the evidence is both sides'."""
        return Either(self, other)

    def __invert__(self) -> Expression:
        """Hold where this condition does not; there is no span to point at."""
        return Missing(self)


@dataclass(frozen=True, slots=True)
class Present(Expression):
    """A signal of this name is present with at least this confidence."""

    name: str
    at_least: float = 0.0

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        found = signals.get(self.name, ())
        if self.at_least <= 0.0:
            return found
        return [signal for signal in found if signal.confidence >= self.at_least]

    def names(self) -> frozenset[str]:
        return frozenset((self.name,))

    def triggers(self) -> frozenset[str]:
        return self.names()

    def __str__(self) -> str:
        return f"{self.name} ≥ {self.at_least:g}" if self.at_least > 0.0 else self.name


@dataclass(frozen=True, slots=True)
class PresentAny(Expression):
    """A signal of one of several names is present; the names are read in one step, since rules name many wordlists."""

    any_of: tuple[str, ...]

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        present = [found for name in self.any_of if (found := signals.get(name))]
        if len(present) <= 1:
            return present[0] if present else ()
        return sorted((one for found in present for one in found), key=_place)

    def names(self) -> frozenset[str]:
        return frozenset(self.any_of)

    def triggers(self) -> frozenset[str]:
        return self.names()

    def __str__(self) -> str:
        return f"({' or '.join(self.any_of)})"


def _place(signal: Signal) -> tuple[int, int]:
    return signal.start, signal.end


@dataclass(frozen=True, slots=True)
class Missing(Expression):
    """The inner condition does not hold anywhere."""

    inner: Expression

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        return () if self.inner.evaluate(signals) else (ABSENCE,)

    def names(self) -> frozenset[str]:
        return self.inner.names()

    def triggers(self) -> None:
        return None

    def __str__(self) -> str:
        return f"no {self.inner}"


@dataclass(frozen=True, slots=True)
class Both(Expression):
    """Both conditions hold; the evidence is the left one's, or the right one's where the left has no span."""

    left: Expression
    right: Expression

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        left = self.left.evaluate(signals)
        right = self.right.evaluate(signals) if left else ()
        if not right:
            return ()
        return right if left[0] is ABSENCE else left

    def names(self) -> frozenset[str]:
        return self.left.names() | self.right.names()

    def triggers(self) -> frozenset[str] | None:
        left = self.left.triggers()
        return self.right.triggers() if left is None else left

    def __str__(self) -> str:
        return f"{self.left} and {self.right}"


@dataclass(frozen=True, slots=True)
class Either(Expression):
    """Either condition holds."""

    left: Expression
    right: Expression

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        left, right = self.left.evaluate(signals), self.right.evaluate(signals)
        return sorted((*left, *right), key=_place) if left and right else left or right

    def names(self) -> frozenset[str]:
        return self.left.names() | self.right.names()

    def triggers(self) -> frozenset[str] | None:
        left, right = self.left.triggers(), self.right.triggers()
        return None if left is None or right is None else left | right

    def __str__(self) -> str:
        return f"({self.left} or {self.right})"


FAR = 1 << 30
"""Beyond every place in a text."""

Bounds = tuple[int, int, int, int]
PLACES: dict[str, Callable[[Signal, int], Bounds]] = {
    "outside": lambda one, _: (-FAR, one.end - 1, one.start + 1, FAR),
    "inside": lambda one, _: (-FAR, one.start, one.end, FAR),
    "filling": lambda one, _: (one.start - 2, one.start, one.end, one.end + 2),
    "near": lambda one, within: (-FAR, one.end + within, one.start - within, FAR),
    "apart": lambda one, within: (-FAR, one.end + within, one.start - within, FAR),
    "before": lambda one, within: (one.end, one.end + within, -FAR, FAR),
}
"""The least and most start, and the least and most end, that other evidence has which stands so."""

MANY = 16
"""Pieces of other evidence from which on they are sorted first, so that a text full of both stays linear."""

NEGATIVE_PLACES = frozenset(("outside", "apart"))


@dataclass(frozen=True, slots=True)
class Placed(Expression):
    """Evidence of one condition, kept or dropped by where evidence of another stands."""

    subject: Expression
    other: Expression
    place: str
    within: int = 0

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        found = self.subject.evaluate(signals)
        if not found:
            return ()
        others = self.other.evaluate(signals)
        if not others:
            return found if self.place in NEGATIVE_PLACES else ()
        bounds, wanted, within = PLACES[self.place], self.place not in NEGATIVE_PLACES, self.within
        stands = _Sorted(others).any_within if len(others) >= MANY else partial(_any_within, others)
        return [one for one in found if stands(bounds(one, within)) is wanted]

    def names(self) -> frozenset[str]:
        return self.subject.names() | self.other.names()

    def triggers(self) -> frozenset[str] | None:
        return self.subject.triggers()

    def __str__(self) -> str:
        window = f" (within {self.within})" if self.within else ""
        return f"{self.subject} {self.place} {self.other}{window}"


def _any_within(others: Sequence[Signal], bounds: Bounds) -> bool:
    """Return whether any evidence starts and ends within bounds."""
    least_start, most_start, least_end, most_end = bounds
    return any(least_start <= other.start <= most_start and least_end <= other.end <= most_end for other in others)


class _Sorted:
    """Evidence by its starts, with the furthest end up to each."""

    def __init__(self, evidence: Sequence[Signal]) -> None:
        self._evidence = sorted(evidence, key=lambda signal: signal.start)
        self._starts = [signal.start for signal in self._evidence]
        self._reached = list(accumulate((signal.end for signal in self._evidence), max))

    def any_within(self, bounds: Bounds) -> bool:
        """Return whether any evidence starts and ends within bounds."""
        least_start, most_start, least_end, most_end = bounds
        last = bisect_right(self._starts, most_start)
        if least_start == -FAR and most_end == FAR:
            return last > 0 and self._reached[last - 1] >= least_end
        return _any_within(self._evidence[bisect_left(self._starts, least_start) : last], bounds)


@dataclass(frozen=True, slots=True)
class Several(Expression):
    """Evidence of one condition, where it is of at least so many different terms that do not overlap."""

    subject: Expression
    count: int

    def evaluate(self, signals: Signals) -> Sequence[Signal]:
        found = self.subject.evaluate(signals)
        if len(found) < self.count:
            return ()
        terms: set[object] = set()
        reached = -1
        for one in sorted(found, key=lambda signal: (signal.start, -signal.end)):
            if one.start >= reached:
                terms.add(one.term or (one.start, one.end))
                reached = one.end
        return found if len(terms) >= self.count else ()

    def names(self) -> frozenset[str]:
        return self.subject.names()

    def triggers(self) -> frozenset[str] | None:
        return self.subject.triggers()

    def __str__(self) -> str:
        return f"at least {self.count} of {self.subject}"


def signal(name: str) -> Expression:
    """Hold where a signal of this name is present."""
    return Present(name)


def words(*wordlists: str) -> Expression:
    """Hold where an entry of one of these wordlists is written."""
    return _any(f"words:{wordlist}" for wordlist in wordlists)


def link(*kinds: str) -> Expression:
    """Hold for links of one of these kinds."""
    return _any(f"link:{kind}" for kind in kinds)


def contact(*kinds: str) -> Expression:
    """Hold for contacts of one of these kinds."""
    return _any(f"contact:{kind}" for kind in kinds)


def template(*facts: str) -> Expression:
    """Hold for these facts about the template's form."""
    return _any(f"template:{fact}" for fact in facts)


def pattern(*kinds: str) -> Expression:
    """Hold for amounts, times and other patterned text of one of these kinds."""
    return _any(f"pattern:{kind}" for kind in kinds)


def industry(*names: str) -> Expression:
    """Hold for templates of one of these industries, declared or else classified; there is no span to point at."""
    return _any(f"industry:{name}" for name in names)


def model(label: str, at_least: float = 0.0) -> Expression:
    """Hold where the classifier gives a label (`risk.gambling`) at least this probability; 0: the model's threshold."""
    return Present(f"model:{label}", at_least)


def _any(names: Iterable[str]) -> Expression:
    listed = tuple(names)
    if not listed:
        raise ValueError("name at least one signal")
    return Present(listed[0]) if len(listed) == 1 else PresentAny(listed)
