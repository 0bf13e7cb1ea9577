"""Links are found however they are written, with what is wrong with their hosts."""

from __future__ import annotations

import pytest

from moderation.match.links import LinkFinder, is_within, registrable_domain
from moderation.text.normal import fold

FINDER = LinkFinder(shorteners=("t.cn", "bit.ly"), protected=("bank.example.com.cn",))


@pytest.mark.parametrize(
    ("text", "host", "kinds"),
    [
        ("见 example.com/a", "example.com", ()),
        ("点example.com领取", "example.com", ("glued",)),
        ("见https://m.example.cn/a?b=1。", "m.example.cn", ()),
        ("见http://m.example.cn", "m.example.cn", ("plain-http",)),
        ("见ｅｘａｍｐｌｅ．ｃｏｍ", "example.com", ()),
        ("t.cn/Abc", "t.cn", ("shortener",)),
        ("https://bit.ly/x", "bit.ly", ("shortener",)),
        ("http://192.0.2.1/a", "192.0.2.1", ("ip",)),
        ("https://2130706433/", "2130706433", ("ip",)),
        ("https://a@b.example.com/", "b.example.com", ("userinfo",)),
        ("https://example.com:8443/", "example.com", ("port",)),
        ("xn--fiq228c.com", "xn--fiq228c.com", ("punycode",)),
        ("ехаmple.com", "ехаmple.com", ("look-alike",)),
        ("yxshop点vip", "yxshop.vip", ("disguised",)),
        ("abc。com", "abc.com", ("disguised",)),
        ("abc . com", "abc.com", ("disguised",)),
        ("w w w . a b c . c o m", "www.abc.com", ("disguised",)),
        ("hxxps://abc.com", "abc.com", ("disguised",)),
        ("hxxps://m[.]abc[.]com/a", "m.abc.com", ("disguised",)),
        ("abc(dot)com", "abc.com", ("disguised",)),
        ("www.\ufffc.com", "www.\ufffc.com", ("placeholder-host",)),
        ("example.com/\ufffc", "example.com", ("placeholder-path",)),
        ("www.优选.com", "优选.com", ()),
    ],
)
def test_a_link_is_found(text: str, host: str, kinds: tuple[str, ...]) -> None:
    normal = text if "\ufffc" in text else fold(text).text
    (link,) = FINDER.find(normal)
    assert (link.host, link.kinds) == (host, kinds)
    assert normal[link.start : link.end]


@pytest.mark.parametrize(
    "text",
    [
        "8点vip专场",
        "原价1.5折",
        "满9.9元减3.0",
        "V1.2.3.4版",
        "a@example.com",
        "见example.invalidtld",
        "比例1:1.5",
        "",
        "...。。。",
    ],
)
def test_no_link(text: str) -> None:
    assert FINDER.find(fold(text).text) == []


@pytest.mark.parametrize(
    ("host", "imitates"),
    [
        ("bank.example.com.cn", False),
        ("www.bank.example.com.cn", False),
        ("examp1e.cn", True),
        ("exarnple.cn", True),
        ("bank.vip", True),
        ("bank-login.top", True),
        ("example.cn", False),
        ("sample.cn", False),
    ],
)
def test_imitation_of_a_protected_or_own_domain(host: str, imitates: bool) -> None:
    assert FINDER.imitates(host, registrable_domain(host), ("example.cn",)) is imitates


def test_within_is_by_whole_labels() -> None:
    assert is_within("m.example.cn", ["example.cn"])
    assert not is_within("myexample.cn", ["example.cn"])
    assert not is_within("example.cn.evil.com", ["example.cn"])


def test_links_of_a_text_do_not_depend_on_the_others_of_its_batch() -> None:
    texts = ["见http:/ /t贷款.cn/abc", "见http:\\\\3232235777/", "见www.example.cn", "见https://例子.中国/"]
    assert FINDER.find_many(texts) == [FINDER.find(text) for text in texts]
    assert all(map(FINDER.find, texts))
