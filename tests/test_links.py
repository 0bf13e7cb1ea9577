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
    ("text", "host"),
    [
        ("进 yxshop点vip 看", "yxshop.vip"),
        ("yxshop點com", "yxshop.com"),
        ("1678点cc", "1678.cc"),
        ("yxshop点 com", "yxshop.com"),
        ("yxshop 点 com", "yxshop.com"),
        ("www点yxshop点com", "www.yxshop.com"),
        ("yxshop(点)com", "yxshop.com"),
        ("yxshop【点】com", "yxshop.com"),
        ("yxshop[dot]com", "yxshop.com"),
        ("yxshop dot com", "yxshop.com"),
        ("yxshop｡com", "yxshop.com"),
        ("yxshop。com", "yxshop.com"),
        ("yxshop·com", "yxshop.com"),
        ("yxshop丶com", "yxshop.com"),
        ("yxshop、com", "yxshop.com"),
        ("yxshop，com", "yxshop.com"),
        ("www，yxshop，com", "www.yxshop.com"),
        ("yxshop.c0m", "yxshop.com"),
        ("yxshop.c○m", "yxshop.com"),
        ("yxshop.соm", "yxshop.com"),
        ("yxshop.v1p", "yxshop.vip"),
        ("yxshop.t0p", "yxshop.top"),
        ("yxshop点c0m", "yxshop.com"),
        ("m.yxshop.c0m/a1", "m.yxshop.com"),
        ("yxshop.c om", "yxshop.com"),
        ("y x s h o p . c o m", "yxshop.com"),
        ("y x s h o p 点 c o m", "yxshop.com"),
        ("w w w.yxshop.com", "www.yxshop.com"),
        ("3w.yxshop.com", "www.yxshop.com"),
        ("3w点yxshop点com", "www.yxshop.com"),
        ("hxxp://yxshop.com", "yxshop.com"),
        ("h t t p s : / / yxshop.com", "yxshop.com"),
        ("1️⃣2️⃣3️⃣4️⃣.com", "1234.com"),
        ("🆈🆇.🅲🅾🅼", "yx.com"),
        ("ｙｘｓｈｏｐ．ｃｏｍ", "yxshop.com"),
        ("ⓨⓧⓢⓗⓞⓟ.ⓒⓞⓜ", "yxshop.com"),
        ("𝐲𝐱𝐬𝐡𝐨𝐩.𝐜𝐨𝐦", "yxshop.com"),
    ],
)
def test_a_link_in_disguise_is_found_as_such(text: str, host: str) -> None:
    (link,) = FINDER.find(fold(text).text)
    assert (link.host, link.as_written(text).kinds) == (host, ("disguised",))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("满500点www.example.com领券", "www.example.com"),
        ("再送98 点 example.com/a", "example.com/a"),
        ("打开app点www.example.com", "www.example.com"),
    ],
)
def test_a_point_before_a_plain_link_is_no_dot(text: str, written: str) -> None:
    (link,) = FINDER.find(text)
    assert text[link.start : link.end] == written
    assert "disguised" not in link.kinds


@pytest.mark.parametrize(
    "text",
    [
        "8点vip专场",
        "8点vip场",
        "9点com展馆",
        "9点 com",
        "100点vip积分",
        "登录APP点VIP频道",
        "打开iOS点App Store",
        "共3点top",
        "开通WIFI。VIP客户",
        "请拨1008611。中国移动",
        "支付47.60。手机银行",
        "1. 手机输入",
        "下载app,vip专享",
        "支持VISA,com、cn",
        "com、cn、net域名",
        "java、net培训",
        "NBA·TOP10",
        "升级到V2。VIP用户",
        "第1.2条",
        "2026.11.24",
        "12:30开场",
        "This is ok.we go now",
        "you go.to the shop",
        "10 a.m. No.1",
        "Your code is 1234.Do not share it",
        "Mr.li到店",
        "ISO9001,cn认证",
        "版本v1.2.3。top功能",
        "工序1.2.3.4.5",
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
    texts += ["yxshop.c0m", "y x s h o p . c o m", "w w w.yxshop.com", "yxshop,com", "yxshop 点 com"]
    assert FINDER.find_many(texts) == [FINDER.find(text) for text in texts]
    assert all(map(FINDER.find, texts))
