"""Links in normal text, also without scheme, spaced or with a written-out dot, and what is wrong with their hosts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import re2

from moderation.match.disguise import is_odd
from moderation.match.disguised_hosts import HINT, HOST, SPELT, is_prose, plain_host, prose_before
from moderation.match.joined import Joined
from moderation.match.link_places import may_link

if TYPE_CHECKING:
    from tldextract import TLDExtract
    from tldextract.tldextract import ExtractResult

_LABEL = r"[a-z0-9\x{df}-\x{24f}\x{370}-\x{52f}\x{fffc}_-]+"
_DOT = r"(?: ?[.。·•] ?|[点點]|[(\[{](?:点|\.|dot)[)\]}])"
_HAN_SUFFIX = "中国|公司|网络|网址|商城|手机|集团|我爱你|在线|中文网"
_SCHEME = r"(?:h *(?:t *t|x *x|\* *\*) *p *s? *: *[/\\] *[/\\] *)"
_REST = r"(?::[0-9]{1,5})?(?:[/?#][a-z0-9\-._~/?#\[\]@!$&'()*+;=%:\x{fffc}]*)?"
_LINK = re2.compile(
    (
        rf"({_SCHEME})?([a-z0-9._%:-]+@)?"
        rf"([0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}|(?:{_LABEL}{_DOT})+(?:xn--[a-z0-9-]+|[a-z][a-z]+|{_HAN_SUFFIX}))"
        rf"({_REST})"
    ).encode()
)
_IDN = re2.compile(
    (
        rf"({_SCHEME}|www\.)((?:[a-z0-9\x{{3400}}-\x{{9fff}}-]+\.)+(?:[a-z][a-z]+|{_HAN_SUFFIX}))"
        rf"({_REST})"
    ).encode()
)
_SPELT = re2.compile(SPELT.encode())
_ODD_HINT = re2.compile(HINT)
_ODD_LINK = re2.compile(rf"({_SCHEME})?({HOST})({_REST})(?:[^a-z0-9]|$)".encode())
_NUMERIC_SCHEME = re2.compile(rf"{_SCHEME}(0x[0-9a-f]{{8}}|[0-9]{{8,10}}){_REST}".encode())
_DOWNLOAD = re.compile(r"\.(?:apk|ipa|exe|dmg|xapk|mobileconfig)(?:[?#]|$)")
_TRAILING = ".,;:!?)'"

MAX_HOST = 253
"""Characters of the longest host name (RFC 1035, section 2.3.4)."""

BRAND_SUFFIXES = frozenset(("cn", "com", "com.cn", "net"))
"""Suffixes under which a known brand usually holds its name itself; such a host is unverified, not an imitation."""

PLACEHOLDER = "\ufffc"
_LOOK_ALIKE = str.maketrans("015іаеорсхуѕԁіӏο", "olsiaeopcxysdilo")
"""Digits and Cyrillic or Greek letters to the Latin letters that they pass for (Unicode TR39 confusables, in small)."""


class Link(NamedTuple):
    """A link at a half-open range of the normal text.

    `host` has its dots restored and blanks removed; `domain` is the registrable domain, empty for an IP address.
    `kinds` names what is noteworthy: shortener, ip, userinfo, port, punycode, look-alike, disguised, placeholder-host,
    placeholder-path, plain-http, download, blocked, glued (no blank between the link and a Han character after it).
    """

    start: int
    end: int
    host: str
    domain: str
    kinds: tuple[str, ...]

    def as_written(self, source: str) -> Link:
        """Return the link, disguised too where the source text has it in wide, circled or otherwise odd characters."""
        if "disguised" in self.kinds or not is_odd(source):
            return self
        return self._replace(kinds=(*self.kinds, "disguised"))


class LinkFinder:
    """Finds links; `shorteners` are hosts of public short links, `protected` domains that others imitate.

    `downloads` are hosts that hand out apps, `blocked` those that nobody may link to.
    """

    def __init__(
        self,
        shorteners: Collection[str] = (),
        protected: Collection[str] = (),
        downloads: Collection[str] = (),
        blocked: Collection[str] = (),
    ) -> None:
        self.shorteners = frozenset(shorteners)
        self.downloads = frozenset(downloads)
        self.blocked = frozenset(blocked)
        self.protected = frozenset(protected)
        self._skeletons = frozenset(map(skeleton, self.protected))
        self._passes_for = lru_cache(maxsize=4096)(self._looks_protected)
        self._brands = {domain.split(".")[0]: domain for domain in self.protected if len(domain.split(".")[0]) >= 4}

    def find(self, text: str) -> list[Link]:
        """Return the links of a normal text in order."""
        return self.find_many([text])[0]

    def find_many(self, texts: Sequence[str]) -> list[list[Link]]:
        """Return the links of each normal text, in order."""
        found: list[list[Link]] = [[] for _ in texts]
        chosen = may_link(texts)
        if not chosen:
            return found
        searched = [texts[index] for index in chosen]
        joined = Joined(searched)
        placed = [*self._odd_links(searched, joined), *_placed(joined, self._candidates)]
        for place, link in sorted(placed, key=_place):
            of_text = found[chosen[place]]
            if not of_text or link.start >= of_text[-1].end:
                of_text.append(link)
        return found

    def imitates(self, host: str, domain: str, own: Collection[str]) -> bool:
        """Return whether a host passes for a protected domain or one of the sender's own without being it."""
        if own and is_within(host, own):
            return False
        if own and not is_within(host, self.protected) and skeleton(domain) in set(map(skeleton, own)):
            return True
        return self._passes_for(host, domain)

    def _looks_protected(self, host: str, domain: str) -> bool:
        """Return whether a host passes for a protected domain without being it."""
        if is_within(host, self.protected):
            return False
        if skeleton(domain) in self._skeletons:
            return True
        label, _, suffix = domain.partition(".")
        if label in self._brands and suffix in BRAND_SUFFIXES:
            return False
        labels = {part for label in host.split(".")[:-1] for part in label.split("-")}
        return any(brand in labels for brand in self._brands)

    def _odd_links(self, texts: Sequence[str], joined: Joined) -> list[tuple[int, Link]]:
        """Return the links in disguise, by the number of their text; what they take to find few texts need."""
        chosen = sorted({joined.locate(match.start())[0] for match in _ODD_HINT.finditer(joined.text)})
        if not chosen:
            return []
        placed = _placed(Joined([texts[index] for index in chosen]), self._odd_candidates)
        return [(chosen[index], link) for index, link in placed]

    def _odd_candidates(self, text: str) -> Iterator[Link]:
        for start, _, (scheme, host, rest) in _matches(_ODD_LINK, text):
            if plain_host(host) != host:
                link = self._read(text, start, scheme, "", host, rest)
                if link is not None:
                    yield link
        for start, end, _ in _matches(_SPELT, text):
            squeezed = text[start:end].replace(" ", "")
            host = plain_host(squeezed.split("//")[-1].split("/")[0].split(":")[0])
            if "." in host and (domain := registrable_domain(host)):
                yield Link(start, end, host, domain, self._kinds(host, domain, ["disguised"]))

    def _candidates(self, text: str) -> Iterator[Link]:
        reached: dict[int, int] = {}
        for start, _, groups in _matches(_LINK, text):
            link = self._read(text, start, *groups)
            if link is not None:
                reached[link.start] = link.end
                yield link
        has_scheme = ":" in text and ("/" in text or "\\" in text)
        if has_scheme or "www." in text:
            for start, end, (scheme, host, rest) in _matches(_IDN, text):
                link = self._read(text, start, scheme, "", host, rest) if reached.get(start, 0) < end else None
                if link is not None:
                    yield link
        if has_scheme:
            for start, end, (host,) in _matches(_NUMERIC_SCHEME, text):
                yield Link(start, end, host, "", ("ip",))

    def _read(self, text: str, start: int, scheme: str, userinfo: str, host: str, rest: str) -> Link | None:
        if userinfo and not scheme:
            return None
        if start and text[start - 1] == "@" and not scheme:
            return None
        end = start + len(scheme) + len(userinfo) + len(host) + len(rest)
        end -= len(text[start:end]) - len(text[start:end].rstrip(_TRAILING))
        if not scheme and not host.isascii() and (led := prose_before(host)):
            start, host = start + led, host[led:]
        plain = plain_host(host)
        kinds: list[str] = []
        if plain.replace(".", "").isdecimal():
            return self._read_address(text, start, end, plain, scheme, rest)
        if not scheme and not rest and is_prose(text, start, end, host, plain):
            return None
        if plain != host or " " in scheme or "x" in scheme or "*" in scheme:
            kinds.append("disguised")
        domain = registrable_domain(plain) if len(plain) <= MAX_HOST else ""
        if not domain:
            return None
        if userinfo:
            kinds.append("userinfo")
        if rest.startswith(":") and rest[1:].split("/")[0] not in ("80", "443"):
            kinds.append("port")
        if PLACEHOLDER in plain:
            kinds.append("placeholder-host")
        if PLACEHOLDER in rest:
            kinds.append("placeholder-path")
        if scheme.replace(" ", "") == "http://":
            kinds.append("plain-http")
        if _DOWNLOAD.search(rest) or is_within(plain, self.downloads):
            kinds.append("download")
        if end < len(text) and "\u3400" <= text[end] <= "\u9fff":
            kinds.append("glued")
        return Link(start, end, plain, domain, self._kinds(plain, domain, kinds))

    def _read_address(self, text: str, start: int, end: int, host: str, scheme: str, rest: str) -> Link | None:
        octets = host.split(".")
        if len(octets) != 4 or any(int(octet) > 255 for octet in octets):
            return None
        if not scheme and text[end : end + 1] == "." and text[end + 1 : end + 2].isdecimal():
            return None
        if not scheme and not rest and start and (text[start - 1] in "v." or text[start - 1].isalnum()):
            return None
        return Link(start, end, host, "", ("ip",))

    def _kinds(self, host: str, domain: str, kinds: list[str]) -> tuple[str, ...]:
        if host in self.shorteners or domain in self.shorteners:
            kinds.append("shortener")
        if self.blocked and is_within(host, self.blocked):
            kinds.append("blocked")
        if any(label.startswith("xn--") for label in host.split(".")):
            kinds.append("punycode")
        if not host.isascii() and PLACEHOLDER not in host and _is_mixed(host):
            kinds.append("look-alike")
        return tuple(kinds)


def _matches(expression: re.Pattern[bytes], text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the ranges of the matches in a text, and their groups; RE2 tells least slowly what it finds in octets."""
    content = text.encode("utf-8", "replace")
    octets = start = 0
    for match in expression.finditer(content):
        first, last = match.span()
        start += len(content[octets:first].decode())
        octets = first
        yield start, start + len(content[first:last].decode()), [group.decode() for group in match.groups(b"")]


def is_within(host: str, domains: Collection[str]) -> bool:
    """Return whether a host is one of the domains or below one."""
    while host:
        if host in domains:
            return True
        host = host.partition(".")[2]
    return False


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """Return the registrable domain of a host by the public suffix list; empty where there is none."""
    found: ExtractResult = _extractor()(host.replace(PLACEHOLDER, "x").replace("_", "x"))
    return str(found.top_domain_under_public_suffix) if found.suffix and found.domain else ""


@lru_cache(maxsize=1)
def _extractor() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def skeleton(domain: str) -> str:
    """Return what a domain looks like: confusable characters to the letters they pass for."""
    return domain.translate(_LOOK_ALIKE).replace("rn", "m").replace("vv", "w").replace("i", "l").replace("-", "")


def _is_mixed(host: str) -> bool:
    """Return whether a host mixes Latin with Greek or Cyrillic letters."""
    return any("\u0370" <= character <= "\u052f" for character in host)


def _place(placed: tuple[int, Link]) -> tuple[int, int, int]:
    index, link = placed
    return index, link.start, -link.end


def _placed(joined: Joined, candidates: Callable[[str], Iterator[Link]]) -> Iterator[tuple[int, Link]]:
    """Yield the candidates of joined texts, each with the number of its text and its place there."""
    for link in candidates(joined.text):
        index, offset = joined.locate(link.start)
        yield index, Link(link.start - offset, link.end - offset, link.host, link.domain, link.kinds)
