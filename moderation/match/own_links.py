"""Links that a tenant has proved to be its own, and whether a link is one of them as it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

import idna

from moderation.match.links import is_within, registrable_domain, skeleton

_WRITTEN = re.compile(r"(https?://)?([^\s/?#:@\\]+)(:(?:80|443))?(/[^?#]*)?([?#].*)?", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[\w.．｡-]*")
_LATIN_RUN = re.compile(r"[a-z0-9-]*")
_AUTHORITY_GOES_ON = re.compile(r"[^\s/?#]*@|:[0-9\ufffc$#{%]")
_PATH_GOES_ON = re.compile(r"[!-/:-@\[-`{-~]*[A-Za-z0-9]")
MOST_LABELS = 3
"""Labels after a host that are looked at, to see whether it ends where it seems to."""


class OwnLink(NamedTuple):
    """A host in lower case, as xn-- where it is not ASCII, and a path that links must be under; empty for any.

    `is_below` lets hosts below it count too; `is_short` tells that it is the tenant's own domain of short links.
    """

    host: str
    path: str = ""
    is_below: bool = False
    is_short: bool = False


class OwnLinks:
    """The links of one tenant, by their hosts; two are equal where they hold the same.

    `lapsed` names the state of those that count no longer, so that what was decided before can be told from what is
    decided now.
    """

    __slots__ = ("_by_host", "_hash", "_skeletons", "lapsed", "links")

    def __init__(self, links: Iterable[OwnLink] = (), lapsed: str = "") -> None:
        self.links = frozenset(links)
        self.lapsed = lapsed
        self._hash = hash((self.links, lapsed))
        self._by_host: dict[str, list[OwnLink]] = {}
        for link in sorted(self.links, key=lambda link: not link.is_short):
            self._by_host.setdefault(link.host, []).append(link)
        self._skeletons = frozenset(skeleton(host) for host in self._by_host)

    def __bool__(self) -> bool:
        return bool(self.links)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, OwnLinks) and (self.links, self.lapsed) == (other.links, other.lapsed)
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"OwnLinks({sorted(self.links)!r}, {self.lapsed!r})"

    def covering(self, text: str, start: int, end: int) -> OwnLink | None:
        """Return the link of the tenant that a link at a range of a text is; None where it is none, or not for sure.

        It has to be written plainly, and to end where the range ends: no userinfo, no odd port, no signs that stand for
        others, no dots or escapes that lead out of the path.
        """
        if not self._by_host or (written := _written_at(text, start, end)) is None:
            return None
        host, is_itself = written.host, True
        while host:
            for own in self._by_host.get(host, ()):
                if (is_itself or own.is_below) and written.is_under(own.path):
                    return own
            host, is_itself = host.partition(".")[2], False
        return None

    def is_imitated_by(self, host: str, domain: str) -> bool:
        """Return whether a host passes for one of these without being it or below it."""
        return bool(self._skeletons) and skeleton(domain) in self._skeletons and not is_within(host, self._by_host)


NO_LINKS = OwnLinks()


class _Written(NamedTuple):
    """A link that is written plainly; `path_ends` tells that nothing after it could belong to its path."""

    host: str
    path: str
    path_ends: bool

    def is_under(self, path: str) -> bool:
        """Return whether the path is another one or begins with its segments, whatever a server makes of it."""
        if not path:
            return True
        if not self.path.startswith(path):
            return False
        rest = self.path[len(path) :]
        if not rest:
            return self.path_ends
        return rest.startswith("/") and not any(map(_leads_out, rest.split("/")))


def _written_at(text: str, start: int, end: int) -> _Written | None:
    found = _WRITTEN.fullmatch(text[start:end])
    if found is None:
        return None
    scheme, written, port, path, more = found.groups()
    host = _ascii(written.lower())
    before, tail = text[start - 1 : start], text[end:]
    if not host or (not scheme and before and _joins(before)):
        return None
    if path is None and more is None and (_AUTHORITY_GOES_ON.match(tail) or _is_filled(text, end)):
        return None
    if path is None and more is None and port is None and _host_goes_on(host, tail):
        return None
    path_ends = more is not None or not (_is_joined(tail[:1]) or _PATH_GOES_ON.match(tail) or _is_filled(text, end))
    return _Written(host, path or "", path_ends)


@lru_cache(maxsize=4096)
def _ascii(host: str) -> str:
    """Return a host in ASCII; empty where it is none, or written in signs that stand for others."""
    if not host.isascii():
        if unicodedata.normalize("NFKC", host) != host:
            return ""
        try:
            host = idna.encode(host, strict=True).decode()
        except idna.IDNAError:
            return ""
    labels = host.split(".")
    return host if len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) else ""


def _joins(before: str) -> bool:
    """Return whether a character before a host may belong to it, though no part of a link was seen in it."""
    return before in "-_.@．" or (before.isalnum() and not _HAN.match(before))


def _is_joined(after: str) -> bool:
    return bool(after) and (after.isalnum() or after in "%_-")


def _is_filled(text: str, end: int) -> bool:
    """Return whether a placeholder may follow at once, whose value would go on where the link ends."""
    return text[end : end + 1] in ("{", "$", "#", "%", "\ufffc", "@") and end < len(text)


def _host_goes_on(host: str, tail: str) -> bool:
    """Return whether letters of another script after a host make it a part of a longer one (example.cn的.com)."""
    run = _RUN.match(tail)
    labels = re.split("[.．｡]", run[0]) if run else []
    for count in range(1, min(len(labels), MOST_LABELS + 1)):
        begun = f"{host}{'.'.join(labels[:count])}."
        last = labels[count].lower()
        latin = _LATIN_RUN.match(last)
        if any(one and registrable_domain(begun + one) for one in (last, latin[0] if latin else "")):
            return True
    return False


def _leads_out(segment: str) -> bool:
    """Return whether a server may take a segment for the one above, or for several."""
    plain = unquote(segment)
    return any(sign in plain for sign in "/\\%") or plain.partition(";")[0].strip() in (".", "..")
