"""Every pair of a case's state and an event, and what holds on any way through them."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from moderation.review.states import HELD, TABLE, WAITING, CaseEvent, CaseState, TransitionError, after

PAIRS = {
    ("OPEN", "CLAIM"): "CLAIMED",
    ("CLAIMED", "RENEW"): "CLAIMED",
    ("CLAIMED", "RELEASE"): "OPEN",
    ("CLAIMED", "SKIP"): "OPEN",
    ("CLAIMED", "EXPIRE"): "OPEN",
    ("CLAIMED", "RULE"): "RULED",
    ("RULED", "FILE"): "APPEALED",
    ("APPEALED", "CLAIM"): "APPEAL_CLAIMED",
    ("APPEAL_CLAIMED", "RENEW"): "APPEAL_CLAIMED",
    ("APPEAL_CLAIMED", "RELEASE"): "APPEALED",
    ("APPEAL_CLAIMED", "SKIP"): "APPEALED",
    ("APPEAL_CLAIMED", "EXPIRE"): "APPEALED",
    ("APPEAL_CLAIMED", "DECIDE"): "FINAL",
}


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("event", CaseEvent)
def test_every_pair_leads_somewhere_or_is_refused(state: CaseState, event: CaseEvent) -> None:
    expected = PAIRS.get((state.value, event.value))
    assert TABLE[state, event] == expected
    if expected is not None:
        assert after(state, event) == expected
        return
    with pytest.raises(TransitionError, match=f"a case that is {state} does not take {event}") as raised:
        after(state, event)
    assert (raised.value.state, raised.value.event) == (state, event)


def test_the_table_is_total_and_cannot_be_changed() -> None:
    assert len(TABLE) == len(CaseState) * len(CaseEvent)
    with pytest.raises(TypeError):
        TABLE[CaseState.OPEN, CaseEvent.RULE] = CaseState.RULED  # type: ignore[index]


class CaseWalk(RuleBasedStateMachine):
    """Any events on one case: it is ruled and decided at most once, each time by who holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.state = CaseState.OPEN
        self.taken: list[CaseEvent] = []

    @initialize(start=st.sampled_from(sorted(WAITING)))
    def open(self, start: CaseState) -> None:
        self.state = start

    @rule(event=st.sampled_from(CaseEvent))
    def happen(self, event: CaseEvent) -> None:
        before = self.state
        try:
            self.state = after(before, event)
        except TransitionError:
            return
        self.taken.append(event)
        if event in (CaseEvent.RULE, CaseEvent.DECIDE, CaseEvent.RENEW, CaseEvent.SKIP):
            assert before in HELD
        if before in HELD and self.state in WAITING:
            assert event in (CaseEvent.RELEASE, CaseEvent.SKIP, CaseEvent.EXPIRE)

    @precondition(lambda self: self.state in HELD)
    @rule()
    def expire(self) -> None:
        self.state = after(self.state, CaseEvent.EXPIRE)
        assert self.state in WAITING

    @invariant()
    def nothing_is_decided_twice(self) -> None:
        for event in (CaseEvent.RULE, CaseEvent.FILE, CaseEvent.DECIDE):
            assert self.taken.count(event) <= 1

    @invariant()
    def an_appeal_is_never_ruled_again(self) -> None:
        if (
            self.state in (CaseState.APPEALED, CaseState.APPEAL_CLAIMED, CaseState.FINAL)
            and CaseEvent.FILE in self.taken
        ):
            assert CaseEvent.RULE not in self.taken[self.taken.index(CaseEvent.FILE) :]

    @invariant()
    def only_a_final_case_takes_nothing(self) -> None:
        takes_nothing = all(TABLE[self.state, event] is None for event in CaseEvent)
        assert takes_nothing is (self.state is CaseState.FINAL)
        assert takes_nothing is (CaseEvent.DECIDE in self.taken)


TestCaseWalk = CaseWalk.TestCase
