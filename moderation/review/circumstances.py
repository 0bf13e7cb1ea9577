"""What a verdict was made with beside its template, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from moderation.verdict import Policy

_DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class Made:
    """The release and the version of the wordlists that made a verdict, and digests of the other parts of its ruleset.

    The ruleset's own digest covers them all; `parts` tell which of them another ruleset has otherwise.
    """

    release: str
    wordlists_version: int
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a verdict was made with, by which policy."""

    made: Made
    policy: Policy


def as_fields(circumstances: Circumstances) -> dict[str, Any]:
    """Return circumstances as JSON can say them; of the policy, what differs from the default."""
    made, policy = circumstances.made, circumstances.policy
    told = {one.name: getattr(policy, one.name) for one in fields(Policy)}
    return {
        "release": made.release,
        "wordlists_version": made.wordlists_version,
        "parts": dict(made.parts),
        "policy": {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in told.items()
            if value != getattr(_DEFAULT, name)
        },
    }


def of_fields(told: Mapping[str, Any]) -> Circumstances:
    """Return the circumstances that `as_fields` told; what a policy no longer has is left out."""
    made = Made(told["release"], told["wordlists_version"], dict(told["parts"]))
    known = {one.name: type(getattr(_DEFAULT, one.name)) for one in fields(Policy)}
    policy = {name: known[name](value) for name, value in told["policy"].items() if name in known}
    return Circumstances(made, Policy(**policy))
