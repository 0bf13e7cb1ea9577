"""Verified domains: what may be one, and how to mend what may not."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address

from moderation.match.links import registrable_domain

MAX_LENGTH = 253
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


def verified_domain(text: str) -> str:
    """Return a domain as links are compared with it, in lower case; raise ValueError with the remedy."""
    domain = text.lower()
    mended = _mended(domain)
    if mended != domain:
        remedy = f"; write {mended}" if _is_sound(mended) else "; write a host such as example.cn"
        raise ValueError(f"{text[:80]!r} is no bare host: no scheme, port, path, wildcard or dot at its ends{remedy}")
    if not _is_sound(domain):
        raise ValueError(f"{text[:80]!r} is no domain; write one such as example.cn")
    if not registrable_domain(domain) and not _is_address(domain):
        raise ValueError(
            f"{text[:80]!r} is no domain that one can own, but a public suffix or a made-up one; "
            "write your own below it, such as example.cn"
        )
    return domain


def _mended(domain: str) -> str:
    """Return the host in what looks like an address or a pattern of hosts."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://", "", domain.strip())
    return re.split(r"[/?#:]", bare, maxsplit=1)[0].removeprefix("*").strip(".")


def _is_sound(domain: str) -> bool:
    return len(domain) <= MAX_LENGTH and all(_LABEL.fullmatch(label) for label in domain.split("."))


def _is_address(domain: str) -> bool:
    try:
        IPv4Address(domain)
    except AddressValueError:
        return False
    return True
