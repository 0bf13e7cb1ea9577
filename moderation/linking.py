"""Links as signals: what kind each is, and whether the policy knows it as the sender's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from moderation.match.links import Link, LinkFinder, is_within
from moderation.match.own_links import OwnLink
from moderation.preparation import Prepared
from moderation.text.normal import fold
from moderation.text.signal import Signal
from moderation.verdict import Policy

_ASCII_BEFORE, _ASCII_AFTER = re.compile(r"[!-~]+\Z"), re.compile(r"[!-~]+")
MOST_AROUND = 500
"""Characters on either side of a value that may belong to the same link."""


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


def leads_out(text: str, start: int, end: int, policy: Policy, finder: LinkFinder) -> str:
    """Return the host of an own link that a value at a range of a text leads out of, as `..` does; empty for none."""
    if not policy.own_links:
        return ""
    before = _ASCII_BEFORE.search(text[max(start - MOST_AROUND, 0) : start])
    after = _ASCII_AFTER.match(text[end : end + MOST_AROUND])
    led = before[0] if before else ""
    if "/" not in led:
        return ""
    rest = after[0] if after else ""
    host = _own_host(f"{led}0{rest}", policy, finder)
    return host if host and not _own_host(f"{led}{text[start:end]}{rest}", policy, finder) else ""


def _own_host(text: str, policy: Policy, finder: LinkFinder) -> str:
    normal = fold(text)
    for link in finder.find(normal.text):
        if own_link(link.host, text, *normal.source_range(link.start, link.end), policy) is not None:
            return link.host
    return ""


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
