"""Links as signals: what kind each is, and whether the policy knows it as the sender's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moderation.match.links import Link, LinkFinder, is_within
from moderation.match.own_links import OwnLink
from moderation.preparation import Prepared
from moderation.text.signal import Signal
from moderation.verdict import Policy


def link_signals(prepared: Prepared, policy: Policy, finder: LinkFinder, links: Sequence[Link]) -> list[Signal]:
    """Return the signals of the links that were found in a normal text."""
    signals: list[Signal] = []
    for found in links:
        start, end = prepared.normal.source_range(found.start, found.end)
        link = found.as_written(prepared.text[start:end])
        own = own_link(link.host, prepared.text, start, end, policy)
        signals += [Signal(f"link:{kind}", start, end, link.host) for kind in _kinds(link, policy, finder, own)]
        if "disguised" in link.kinds:
            signals.append(Signal("evasion:link", start, end, link.host, via=("link",)))
    return signals


def own_link(host: str, text: str, start: int, end: int, policy: Policy) -> OwnLink | None:
    """Return what makes a link at a range of a text the sender's own; None where nothing does.

    The domains that come with the policy hold however the link is written, and for short links too.
    """
    if is_within(host, policy.verified_domains):
        return OwnLink(host, is_below=True, is_short=True)
    return policy.own_links.covering(text, start, end)


def _kinds(link: Link, policy: Policy, finder: LinkFinder, own: OwnLink | None) -> Iterator[str]:
    yield "any"
    if own is not None:
        yield "verified"
        is_registered = own in policy.own_links.links
        passed = {"shortener": own.is_short, "punycode": is_registered}
        yield from (kind for kind in link.kinds if not passed.get(kind))
        return
    yield "unverified"
    yield from link.kinds
    if "look-alike" not in link.kinds and (
        finder.imitates(link.host, link.domain, policy.verified_domains)
        or policy.own_links.is_imitated_by(link.host, link.domain)
    ):
        yield "look-alike"
