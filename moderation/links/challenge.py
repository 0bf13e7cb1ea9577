"""Challenges: what a tenant publishes to prove that a host is its own, and who looks whether it did."""

from __future__ import annotations

import hmac
import secrets
from enum import StrEnum
from typing import Protocol

from moderation.links.link import Proof

LABEL = "_moderation-challenge"
PATH = "/.well-known/moderation-challenge.txt"
PREFIX = "moderation-challenge="

CHALLENGES = (Proof.DNS, Proof.FILE)
"""What can be proved by a challenge."""


class ChallengeFault(StrEnum):
    """Why a challenge does not prove anything."""

    NAME_UNKNOWN = "NAME_UNKNOWN"
    NOT_PUBLISHED = "NOT_PUBLISHED"
    WRONG_TOKEN = "WRONG_TOKEN"  # noqa: S105 - a fault, not a secret
    ADDRESS_REFUSED = "ADDRESS_REFUSED"
    UNREACHABLE = "UNREACHABLE"
    TLS_FAILED = "TLS_FAILED"
    TIMED_OUT = "TIMED_OUT"
    BAD_ANSWER = "BAD_ANSWER"
    NOT_OFFERED = "NOT_OFFERED"


class ChallengeError(Exception):
    """A challenge proves nothing; `detail` is a status or the like, never what was found."""

    def __init__(self, fault: ChallengeFault, detail: str = "") -> None:
        super().__init__(f"{fault.value} {detail}".rstrip())
        self.fault = fault
        self.detail = detail


class Challenger(Protocol):
    """Whatever looks at what is published."""

    def look(self, method: Proof, host: str) -> list[str]:
        """Return what is published for a host, each record or line; raise ChallengeError where nothing is found."""
        ...


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def record_name(host: str) -> str:
    """Return the name of the TXT record that proves a host."""
    return f"{LABEL}.{host}"


def file_url(host: str) -> str:
    """Return where the file that proves a host is looked for."""
    return f"https://{host}{PATH}"


def content_of(token: str) -> str:
    """Return what the record, or a line of the file, has to say."""
    return PREFIX + token


def require_proof(challenger: Challenger, method: Proof, host: str, token: str) -> None:
    """Raise ChallengeError unless a host publishes a token."""
    expected = content_of(token).encode()
    found = challenger.look(method, host)
    if not any(hmac.compare_digest(expected, one.strip().encode("utf-8", "replace")) for one in found):
        raise ChallengeError(ChallengeFault.WRONG_TOKEN)
