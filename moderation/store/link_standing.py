"""What the links of one tenant come to at a moment, and until when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from moderation.links.link import own_link_of
from moderation.links.states import LinkState, state_at
from moderation.match.own_links import NO_LINKS, OwnLink, OwnLinks
from moderation.store.link_reading import Standing


def own_links_at(links: Iterable[Standing], now: datetime) -> tuple[OwnLinks, datetime | None]:
    """Return what counts as a tenant's own, and until when that holds; None where no clock ends it.

    Those that counted once, and do not now, are in the mark `lapsed`: a verdict of people from before is told by it.
    """
    verified: list[OwnLink] = []
    lapsed: list[str] = []
    ends: list[datetime] = []
    for link in links:
        state = state_at(link.state, link.valid_until, now)
        if state is LinkState.VERIFIED:
            verified.append(own_link_of(link.host, link.path, link.kind))
            if link.valid_until is not None:
                ends.append(link.valid_until)
        elif state in (LinkState.EXPIRED, LinkState.REVOKED):
            lapsed.append(f"{link.number}/{link.epoch}")
    if not verified and not lapsed:
        return NO_LINKS, None
    mark = hashlib.sha256(" ".join(sorted(lapsed)).encode()).hexdigest()[:16] if lapsed else ""
    return OwnLinks(verified, mark), min(ends, default=None)
