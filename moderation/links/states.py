"""The states of a link and the one table that says what each event makes of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class LinkState(StrEnum):
    """Where a link stands; only a verified one counts as the tenant's own."""

    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


class LinkEvent(StrEnum):
    """What may happen to a link: VERIFY is done by policy staff, PROVE by a challenge, EXPIRE by the clock."""

    VERIFY = "VERIFY"
    PROVE = "PROVE"
    EXPIRE = "EXPIRE"
    REVOKE = "REVOKE"


_OPEN = (LinkState.PENDING, LinkState.VERIFIED, LinkState.EXPIRED)

_ALLOWED: Mapping[tuple[LinkState, LinkEvent], LinkState] = {
    **{(state, LinkEvent.VERIFY): LinkState.VERIFIED for state in LinkState},
    **{(state, LinkEvent.PROVE): LinkState.VERIFIED for state in _OPEN},
    **{(state, LinkEvent.REVOKE): LinkState.REVOKED for state in _OPEN},
    (LinkState.VERIFIED, LinkEvent.EXPIRE): LinkState.EXPIRED,
}

TABLE: Mapping[tuple[LinkState, LinkEvent], LinkState | None] = MappingProxyType(
    {(state, event): _ALLOWED.get((state, event)) for state in LinkState for event in LinkEvent}
)
"""Every pair of state and event; None where the event cannot happen to a link in that state.

What was revoked comes back by the hand of policy staff only: who still controls the host could prove it again at once.
"""


class LinkTransitionError(ValueError):
    """An event cannot happen to a link in its state."""

    def __init__(self, state: LinkState, event: LinkEvent) -> None:
        super().__init__(f"a link that is {state} does not take {event}")
        self.state = state
        self.event = event


def after(state: LinkState, event: LinkEvent) -> LinkState:
    """Return the state that an event leads to; raise LinkTransitionError where it leads nowhere."""
    following = TABLE[state, event]
    if following is None:
        raise LinkTransitionError(state, event)
    return following


def state_at(kept: LinkState, valid_until: datetime | None, now: datetime) -> LinkState:
    """Return the state at a moment of a link that is kept in a state: what is verified expires by the clock."""
    if kept is LinkState.VERIFIED and valid_until is not None and valid_until <= now:
        return after(kept, LinkEvent.EXPIRE)
    return kept
