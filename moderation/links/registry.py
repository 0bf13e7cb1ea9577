"""The registry of links: what people do to them, whether the store is in this process or behind a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from moderation.links.file import LineProblem
from moderation.links.link import ALL, Link, LinkFilter, LinkKind, Proof
from moderation.review.desk import PAGE_SIZE, Page
from moderation.review.people import Actor

MOST_PER_TENANT = 10_000
"""Links of one tenant that can be added one by one."""


class LinkReason(StrEnum):
    """Why the registry refuses something; the gRPC error reasons of the same names mirror these."""

    LINK_UNKNOWN = "LINK_UNKNOWN"
    LINK_EXISTS = "LINK_EXISTS"
    LINK_INVALID = "LINK_INVALID"
    LINK_STATE = "LINK_STATE"
    LINK_CHANGED = "LINK_CHANGED"
    LINK_LIMIT = "LINK_LIMIT"
    TENANT_DENIED = "TENANT_DENIED"
    CHALLENGE_FAILED = "CHALLENGE_FAILED"


class LinkError(Exception):
    """The registry refuses something, and nothing has changed."""

    def __init__(self, reason: LinkReason, message: str, **metadata: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata: Mapping[str, str] = {key: str(value) for key, value in metadata.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: how many links are new and how many were verified again; nothing where it has problems.

    `untold` counts problems beyond those that are told.
    """

    added: int = 0
    renewed: int = 0
    problems: tuple[LineProblem, ...] = ()
    untold: int = 0


class LinkRegistry(Protocol):
    """What can be done to links.

    Writes take a `request_id` as `moderation.review.desk.Desk` does. All raise LinkError where something is refused,
    and DeskError for what the store cannot do. Senders see and add what is their tenant's; what else a role permits is
    not asked here. An `epoch` that is not 0 has to be the one at which the link stands.
    """

    def add(
        self,
        actor: Actor,
        tenant: str,
        target: str,
        *,
        kind: LinkKind = LinkKind.OWN_DOMAIN,
        icp_number: str = "",
        evidence: str = "",
        request_id: str = "",
    ) -> Link:
        """Register a link that waits to be verified."""
        ...

    def verify(
        self,
        actor: Actor,
        number: int,
        evidence: str,
        valid_until: datetime,
        *,
        icp_number: str = "",
        epoch: int = 0,
        request_id: str = "",
    ) -> Link:
        """Verify a link by hand until a moment, in whatever state it is."""
        ...

    def prove(self, actor: Actor, number: int, method: Proof, *, epoch: int = 0, request_id: str = "") -> Link:
        """Verify a link for a year by what its host publishes."""
        ...

    def revoke(self, actor: Actor, number: int, reason: str, *, epoch: int = 0, request_id: str = "") -> Link:
        """Let a link count no longer."""
        ...

    def link(self, actor: Actor, number: int) -> Link:
        """Return one link."""
        ...

    def links(self, actor: Actor, wanted: LinkFilter = ALL, *, size: int = PAGE_SIZE, token: str = "") -> Page[Link]:
        """Return links, the oldest first, a page at a time."""
        ...

    def import_links(self, actor: Actor, content: bytes, *, request_id: str = "") -> Imported:
        """Add or verify again all links of a CSV file, or none."""
        ...

    def close(self) -> None:
        """Let go of what the registry holds open."""
        ...
