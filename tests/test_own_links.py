"""Which links count as a tenant's own: by host, by path, and by how they are written."""

from __future__ import annotations

import pytest

from moderation.linking import leads_out, link_signals
from moderation.match.links import LinkFinder
from moderation.match.own_links import NO_LINKS, OwnLink, OwnLinks
from moderation.preparation import prepare_many
from moderation.text.template import Template
from moderation.verdict import Policy

FINDER = LinkFinder(shorteners=("t.cn", "dwz.cn"), blocked=("bad.example.cn",))
OWN = OwnLinks(
    (
        OwnLink("example.cn", is_below=True),
        OwnLink("m.example.org"),
        OwnLink("shop.example.com", "/a/b"),
        OwnLink("s.example.net", "/Ab", is_short=True),
        OwnLink("t.cn", "/zz", is_short=True),
        OwnLink("dwz.cn"),
        OwnLink("xn--fsqu00a.cn", is_below=True),
    )
)


def kinds(text: str, policy: Policy | None = None) -> set[str]:
    """Return the kinds of the only link of a text."""
    (prepared,) = prepare_many([Template(text)])
    found = FINDER.find(prepared.normal.text)
    assert len(found) == 1, text
    signals = link_signals(prepared, policy or Policy(own_links=OWN), FINDER, found)
    return {signal.name.removeprefix("link:") for signal in signals if signal.name.startswith("link:")}


VERIFIED = (
    "example.cn",
    "www.example.cn/x",
    "https://EXAMPLE.cn/X?y=1",
    "http://example.cn:80/",
    "example.cn:443/x",
    "example.cn/${id}",
    "example.cn/../x",
    "m.example.org",
    "m.example.org/x/y",
    "shop.example.com/a/b",
    "shop.example.com/a/b/",
    "shop.example.com/a/b/c.html?d=../e",
    "shop.example.com/a/b#c",
    "shop.example.com/a/b/${id}",
    "s.example.net/Ab",
    "s.example.net/Ab/9",
    "t.cn/zz",
    "http://例子.cn/x",
    "xn--fsqu00a.cn",
)

ATTACKS = {
    "a longer name": "evil-example.cn",
    "the name below another": "example.cn.evil.com",
    "the name before an @": "https://example.cn@evil.com/",
    "an @ that no userinfo may have": "https://example.cn&x@evil.com/",
    "an @ behind a backslash": r"https://example.cn\@evil.com/",
    "a name that looks alike": "examp1e.cn",
    "a Cyrillic letter": "exаmple.cn",
    "a letter that joins in front": "ḕexample.cn",
    "letters of another script that go on": "example.cn的.com",
    "letters of another script after a scheme": "https://example.cn的.com/x",
    "full-width letters": "ｅｘａｍｐｌｅ．ｃｎ",
    "another sign for the dot": "example。cn",
    "a written-out dot": "example点cn",
    "an odd port": "example.cn:8443/x",
    "a placeholder that goes on": "example.cn${x}",
    "a placeholder before": "${x}example.cn",
    "a placeholder below": "${x}.example.cn",
    "a placeholder for the port": "example.cn:${x}",
    "a host below a host": "a.m.example.org",
    "the domain above a host": "example.org",
    "another path": "shop.example.com/c",
    "no path": "shop.example.com",
    "a longer segment": "shop.example.com/a/bc",
    "another case of the path": "shop.example.com/a/B",
    "dots that lead out": "shop.example.com/a/b/../c",
    "escaped dots": "shop.example.com/a/b/%2e%2e/c",
    "an escaped slash": "shop.example.com/a/b/..%2fc",
    "dots escaped twice": "shop.example.com/a/b/%252e%252e/c",
    "dots with a parameter": "shop.example.com/a/b/..;/c",
    "a placeholder in the segment": "shop.example.com/a/b${id}",
    "a full-width path": "shop.example.com/ａ/b",
    "an empty segment before": "shop.example.com//a/b",
    "a comma that goes on": "shop.example.com/a/b,c",
    "another case of a short link": "s.example.net/ab",
    "another tenant of a short domain": "s.example.net/Cd",
    "a host below a short domain": "www.s.example.net/Ab",
    "a public short link of others": "t.cn/yy",
    "a public short link that goes on": "t.cn/zzz",
}


@pytest.mark.parametrize("link", VERIFIED)
def test_links_that_are_a_tenants_own_count(link: str) -> None:
    assert "verified" in kinds(f"【甲】详见 {link} 谢谢")
    assert not {"unverified", "shortener", "punycode"} & kinds(f"【甲】详见 {link} 谢谢")


@pytest.mark.parametrize("name", ATTACKS)
def test_links_that_only_look_like_it_do_not(name: str) -> None:
    for text in (f"【甲】详见 {ATTACKS[name]} 谢谢", f"【甲】详见 {ATTACKS[name]}"):
        assert "verified" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("详见example.cn查看", True),
        ("详见example.cn。退订回T", True),
        ("详见example.cn.退订回T", True),
        ("详见https://example.cn/x，退订回T", True),
        ("详见shop.example.com/a/b，退订回T", True),
        ("详见shop.example.com/a/b,退订回T", True),
        ("详见shop.example.com/a/b查看", False),
        ("详见example.cn查看.com", False),
    ],
)
def test_what_stands_around_a_link_is_looked_at(text: str, is_own: bool) -> None:
    assert ("verified" in kinds(text)) == is_own


def test_a_short_domain_counts_only_where_it_is_registered_as_one() -> None:
    assert kinds("详见 dwz.cn/abc") == {"any", "verified", "shortener"}
    assert "shortener" in kinds("详见 t.cn/yy")


def test_a_blocked_host_stays_blocked_whoever_has_registered_it() -> None:
    assert kinds("详见 www.bad.example.cn/x") == {"any", "verified", "blocked"}
    declared = Policy(verified_domains=frozenset({"bad.example.cn"}))
    assert "blocked" in kinds("详见 bad.example.cn", declared)


def test_domains_that_come_with_the_policy_hold_as_before() -> None:
    declared = Policy(verified_domains=frozenset({"m.example.net", "t.cn"}))
    assert "verified" in kinds("详见 a.m.example.net:8080/x", declared)
    assert kinds("详见 t.cn/yy", declared) == {"any", "verified"}


def test_what_imitates_a_registered_domain_is_told() -> None:
    assert "look-alike" in kinds("详见 examp1e.cn/x")
    assert "look-alike" not in kinds("详见 shop.example.com/c")
    assert "look-alike" not in kinds("详见 examp1e.cn/x", Policy())


def test_links_are_equal_where_they_hold_the_same() -> None:
    assert OwnLinks(sorted(OWN.links, reverse=True)) == OWN
    assert hash(OwnLinks(OWN.links)) == hash(OWN)
    assert OwnLinks(OWN.links, "1") != OWN
    assert not NO_LINKS
    assert NO_LINKS.covering("example.cn", 0, 10) is None


@pytest.mark.parametrize(
    ("text", "value", "host"),
    [
        ("查看 shop.example.com/a/b/{} 谢谢", "12", ""),
        ("查看 shop.example.com/a/b/{} 谢谢", "../c", "shop.example.com"),
        ("查看 shop.example.com/a/b/{} 谢谢", "%2e%2e/c", "shop.example.com"),
        ("查看https://shop.example.com/a/b/x-{}/y", "1/../../..", "shop.example.com"),
        ("查看 www.example.cn/{} 谢谢", "../c", ""),
        ("查看 example.com/a/b/{} 谢谢", "../c", ""),
        ("您有{}个包裹", "../c", ""),
    ],
)
def test_a_value_that_leads_out_of_a_path_is_told(text: str, value: str, host: str) -> None:
    start = text.index("{}")
    filled = text.format(value)
    assert leads_out(filled, start, start + len(value), Policy(own_links=OWN), FINDER) == host
    assert leads_out(filled, start, start + len(value), Policy(), FINDER) == ""
