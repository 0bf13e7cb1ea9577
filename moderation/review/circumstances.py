"""What a verdict was made with beside its template, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from moderation.match.own_links import OwnLink, OwnLinks
from moderation.rules.rule import Severity
from moderation.text.template import Industry
from moderation.verdict import Policy, SeverityChange

WORDS = "words"
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
    """Return circumstances as JSON can say them; of the policy, what differs from the default.

    Its words are left out: its versions tell them.
    """
    made, policy = circumstances.made, circumstances.policy
    told = {one.name: getattr(policy, one.name) for one in fields(Policy) if one.name != WORDS}
    return {
        "release": made.release,
        "wordlists_version": made.wordlists_version,
        "parts": dict(made.parts),
        "policy": {name: _told(value) for name, value in told.items() if value != getattr(_DEFAULT, name)},
    }


def of_fields(told: Mapping[str, Any]) -> Circumstances:
    """Return the circumstances that `as_fields` told, without words; what a policy no longer has is left out."""
    made = Made(told["release"], told["wordlists_version"], dict(told["parts"]))
    known = {one.name for one in fields(Policy)} - {WORDS}
    policy = {name: _read(name, value) for name, value in told["policy"].items() if name in known}
    return Circumstances(made, Policy(**policy))


def _told(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, OwnLinks):
        return {"links": sorted(value.links), "lapsed": value.lapsed}
    return value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 - of JSON
    if name == "own_links":
        return OwnLinks((OwnLink(*link) for link in value["links"]), value["lapsed"])
    if name == "severities":
        return tuple(
            SeverityChange(rule_id, severity and Severity(severity), may_soften)
            for rule_id, severity, may_soften in value
        )
    if name == "industry":
        return Industry(value)
    return type(getattr(_DEFAULT, name))(value)
