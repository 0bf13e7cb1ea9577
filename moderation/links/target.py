"""What somebody wants to register, made comparable: a host in ASCII and lower case, a path without tricks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from ipaddress import ip_address
from typing import NamedTuple

import idna

from moderation.links.link import LinkKind
from moderation.links.problems import LinkFault, UnfitLinkError
from moderation.match.links import MAX_HOST, is_within, registrable_domain

LONGEST_PATH = 200
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_PATH = re.compile(r"(?:/[A-Za-z0-9\-._~]+)*/?")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+))*")
_LATIN, _LIKE_LATIN = re.compile(r"[a-z]"), re.compile("[\u0370-\u052f]")


class Target(NamedTuple):
    """A host as xn-- where it is not ASCII, and a path that is empty or ends without a slash."""

    host: str
    path: str


def target_of(
    text: str, kind: LinkKind = LinkKind.OWN_DOMAIN, shorteners: Collection[str] = (), *, path: str = ""
) -> Target:
    """Return what a text asks to register, `example.cn` or `https://m.example.cn/shop`; a path may come beside it.

    Raises UnfitLinkError for what is no host that somebody can own, and for a host of short links that is not
    registered as one; a public one (`shorteners`) only below a path.
    """
    rest = _SCHEME.sub("", unicodedata.normalize("NFKC", text.strip()).replace("。", "."), count=1)
    if any(sign in rest for sign in "?#"):
        raise UnfitLinkError(LinkFault.QUERY)
    authority, slash, own_path = rest.partition("/")
    made = _path_of(path.strip() or slash + own_path)
    if slash and path.strip() and _path_of(slash + own_path) != made:
        raise UnfitLinkError(LinkFault.PATH_MALFORMED, value=slash + own_path)
    return Target(_host_of(authority, kind, shorteners, has_path=bool(made)), made)


def _host_of(authority: str, kind: LinkKind, shorteners: Collection[str], *, has_path: bool) -> str:
    if "@" in authority:
        raise UnfitLinkError(LinkFault.USERINFO)
    if _is_address(authority):
        raise UnfitLinkError(LinkFault.IP_ADDRESS)
    written, colon, port = authority.lower().partition(":")
    if colon:
        raise UnfitLinkError(LinkFault.PORT, port=port)
    host = _ascii(written.removesuffix("."))
    if _is_address(host) or _NUMERIC.fullmatch(host):
        raise UnfitLinkError(LinkFault.IP_ADDRESS)
    if not registrable_domain(host):
        raise UnfitLinkError(LinkFault.PUBLIC_SUFFIX, value=host)
    is_public = is_within(host, shorteners)
    if is_public and kind is LinkKind.OWN_DOMAIN:
        raise UnfitLinkError(LinkFault.SHORTENER, value=host)
    if is_public and not has_path:
        raise UnfitLinkError(LinkFault.SHORTENER_WHOLE, value=host)
    return host


def _ascii(host: str) -> str:
    """Return a host as xn-- where it is not ASCII; raise UnfitLinkError where it is none."""
    if not host:
        raise UnfitLinkError(LinkFault.HOST_EMPTY)
    if host.startswith("*"):
        raise UnfitLinkError(LinkFault.WILDCARD, domain=host.lstrip("*.") or "example.cn")
    if len(host) > MAX_HOST:
        raise UnfitLinkError(LinkFault.HOST_TOO_LONG, most=MAX_HOST)
    if any(_LATIN.search(label) and _LIKE_LATIN.search(label) for label in host.split(".")):
        raise UnfitLinkError(LinkFault.MIXED_SCRIPTS, value=host)
    try:
        made = host if host.isascii() else idna.encode(host, uts46=True, strict=True).decode()
        if "xn--" in made:
            idna.decode(made, strict=True)
    except idna.IDNAError:
        raise UnfitLinkError(LinkFault.HOST_MALFORMED, value=host) from None
    if len(made) > MAX_HOST:
        raise UnfitLinkError(LinkFault.HOST_TOO_LONG, most=MAX_HOST)
    if not all(map(_LABEL.fullmatch, made.split("."))):
        raise UnfitLinkError(LinkFault.HOST_MALFORMED, value=host)
    return made


def _is_address(host: str) -> bool:
    if ":" not in host and not host[-1:].isdecimal():
        return False
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _path_of(path: str) -> str:
    """Return a path without the slash at its end, empty for any path; raise UnfitLinkError where it is none."""
    if not path or path == "/":
        return ""
    if len(path) > LONGEST_PATH:
        raise UnfitLinkError(LinkFault.PATH_TOO_LONG, most=LONGEST_PATH)
    if not path.startswith("/"):
        path = "/" + path
    if not _PATH.fullmatch(path) or any(segment in (".", "..") for segment in path.split("/")):
        raise UnfitLinkError(LinkFault.PATH_MALFORMED, value=path)
    return path.removesuffix("/")
