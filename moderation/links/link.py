"""A link that a tenant registered: a domain or a host, perhaps with a path, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.links.states import LinkState
from moderation.match.links import registrable_domain
from moderation.match.own_links import OwnLink


class LinkKind(StrEnum):
    """What a link is to its tenant: a domain, or a domain of short links."""

    OWN_DOMAIN = "OWN_DOMAIN"
    OWN_SHORT_DOMAIN = "OWN_SHORT_DOMAIN"


class Proof(StrEnum):
    """By what a link was verified: by hand over evidence, or by a challenge."""

    MANUAL = "MANUAL"
    DNS = "DNS"
    FILE = "FILE"


@dataclass(frozen=True, slots=True)
class Link:
    """A registered link as it stands at the moment of reading.

    `host` is ASCII in lower case, `path` empty or without a slash at its end. `epoch` counts what happened to it.
    `token` is what a challenge has to show; `reason` why it was revoked.
    """

    number: int
    tenant: str
    host: str
    path: str
    kind: LinkKind
    state: LinkState
    epoch: int
    icp_number: str
    evidence: str
    token: str
    added_by: str
    added_at: datetime
    proof: Proof | None = None
    verified_by: str = ""
    verified_at: datetime | None = None
    valid_until: datetime | None = None
    revoked_by: str = ""
    revoked_at: datetime | None = None
    reason: str = ""

    @property
    def target(self) -> str:
        """What links have to begin with."""
        return self.host + self.path


def own_link_of(host: str, path: str, kind: LinkKind) -> OwnLink:
    """Return what a registered link covers: a registrable domain all hosts below it, a domain of short links itself."""
    is_short = kind is LinkKind.OWN_SHORT_DOMAIN
    return OwnLink(host, path, is_below=not is_short and registrable_domain(host) == host, is_short=is_short)


@dataclass(frozen=True, slots=True)
class LinkFilter:
    """Which links are meant; what is empty or None excludes nothing. `host` is one in full, as it is registered."""

    tenant: str = ""
    state: LinkState | None = None
    host: str = ""


ALL = LinkFilter()
