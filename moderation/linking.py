"""Links as signals: what kind each is, and whether the policy knows it as the sender's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moderation.match.links import Link, LinkFinder, is_within
from moderation.preparation import Prepared
from moderation.text.signal import Signal
from moderation.verdict import Policy


def link_signals(prepared: Prepared, policy: Policy, finder: LinkFinder, links: Sequence[Link]) -> list[Signal]:
    """Return the signals of the links that were found in a normal text."""
    signals: list[Signal] = []
    for found in links:
        start, end = prepared.normal.source_range(found.start, found.end)
        link = found.as_written(prepared.text[start:end])
        signals += [Signal(f"link:{kind}", start, end, link.host) for kind in _kinds(link, policy, finder)]
        if "disguised" in link.kinds:
            signals.append(Signal("evasion:link", start, end, link.host, via=("link",)))
    return signals


def _kinds(link: Link, policy: Policy, finder: LinkFinder) -> Iterator[str]:
    yield "any"
    if is_within(link.host, policy.verified_domains):
        yield "verified"
        yield from (kind for kind in link.kinds if kind != "shortener")
        return
    yield "unverified"
    yield from link.kinds
    if "look-alike" not in link.kinds and finder.imitates(link.host, link.domain, policy.verified_domains):
        yield "look-alike"
