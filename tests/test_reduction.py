"""A condition reduced to the signals that are there has the evidence of the whole one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.rules.catalogue import RULES
from moderation.rules.expression import Expression, signal, words
from moderation.rules.reduction import ALWAYS, reduced
from moderation.rules.rule import Rule
from moderation.text.signal import Signal

A, B, C = signal("a"), signal("b"), signal("c")


@pytest.mark.parametrize(
    ("condition", "present", "expected"),
    [
        (A, ("a",), A),
        (A, ("b",), None),
        (~A, (), ALWAYS),
        (~A, ("a",), None),
        (A & ~B, ("a",), A),
        (A & ~B, ("a", "b"), None),
        (A | (A & B), ("a", "b"), A),
        (A.outside(B) | C, ("a",), A),
        (A.near(B, 5), ("a",), None),
        (A.near(B, 5) & ~C, ("a", "b"), A.near(B, 5)),
        (~A & ~B, (), ALWAYS),
        (~A & B, ("b",), B),
        (words("one", "two", "three"), ("words:two",), signal("words:two")),
        (words("one", "two", "three"), ("words:one", "words:three"), words("one", "three")),
        (words("one", "two").several(2), ("words:two",), signal("words:two").several(2)),
        (~(A.outside(B)), ("a", "b"), ~(A.outside(B))),
    ],
)
def test_what_the_signals_leave(condition: Expression, present: Sequence[str], expected: Expression | None) -> None:
    assert reduced(condition, present) == expected


@st.composite
def rules_with_signals(draw: st.DrawFn) -> tuple[Rule, Mapping[str, Sequence[Signal]]]:
    rule = draw(st.sampled_from(RULES))
    names = draw(st.lists(st.sampled_from(sorted(rule.when.names())), unique=True, max_size=6))
    places = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), min_size=1, max_size=4)
    return rule, {
        name: [Signal(name, start, start + length, term=name) for start, length in sorted(draw(places))]
        for name in names
    }


@given(rules_with_signals())
def test_the_evidence_stays_the_same(drawn: tuple[Rule, Mapping[str, Sequence[Signal]]]) -> None:
    rule, signals = drawn
    left = reduced(rule.when, signals)
    assert set(left.evaluate(signals) if left is not None else ()) == set(rule.when.evaluate(signals))
