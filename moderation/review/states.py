"""The states of a case and the one table that says what each event makes of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "OPEN"
    CLAIMED = "CLAIMED"
    RULED = "RULED"
    APPEALED = "APPEALED"
    APPEAL_CLAIMED = "APPEAL_CLAIMED"
    FINAL = "FINAL"


class CaseEvent(StrEnum):
    """What may happen to a case; EXPIRE is a lease that ran out."""

    CLAIM = "CLAIM"
    RENEW = "RENEW"
    RELEASE = "RELEASE"
    SKIP = "SKIP"
    EXPIRE = "EXPIRE"
    RULE = "RULE"
    FILE = "FILE"
    DECIDE = "DECIDE"


WAITING = frozenset((CaseState.OPEN, CaseState.APPEALED))
"""States in which a case waits for somebody to claim it."""

HELD = frozenset((CaseState.CLAIMED, CaseState.APPEAL_CLAIMED))
"""States in which somebody holds a lease."""

_HOLDING = {CaseState.CLAIMED: CaseState.OPEN, CaseState.APPEAL_CLAIMED: CaseState.APPEALED}
_GIVEN_BACK = (CaseEvent.RELEASE, CaseEvent.SKIP, CaseEvent.EXPIRE)

_ALLOWED: Mapping[tuple[CaseState, CaseEvent], CaseState] = {
    (CaseState.OPEN, CaseEvent.CLAIM): CaseState.CLAIMED,
    (CaseState.APPEALED, CaseEvent.CLAIM): CaseState.APPEAL_CLAIMED,
    (CaseState.CLAIMED, CaseEvent.RULE): CaseState.RULED,
    (CaseState.RULED, CaseEvent.FILE): CaseState.APPEALED,
    (CaseState.APPEAL_CLAIMED, CaseEvent.DECIDE): CaseState.FINAL,
    **{(held, CaseEvent.RENEW): held for held in _HOLDING},
    **{(held, event): waiting for held, waiting in _HOLDING.items() for event in _GIVEN_BACK},
}

TABLE: Mapping[tuple[CaseState, CaseEvent], CaseState | None] = MappingProxyType(
    {(state, event): _ALLOWED.get((state, event)) for state in CaseState for event in CaseEvent}
)
"""Every pair of state and event; None where the event cannot happen to a case in that state."""


class TransitionError(ValueError):
    """An event cannot happen to a case in its state."""

    def __init__(self, state: CaseState, event: CaseEvent) -> None:
        super().__init__(f"a case that is {state} does not take {event}")
        self.state = state
        self.event = event


def after(state: CaseState, event: CaseEvent) -> CaseState:
    """Return the state that an event leads to; raise TransitionError where it leads nowhere."""
    following = TABLE[state, event]
    if following is None:
        raise TransitionError(state, event)
    return following
