"""Verified domains: what may be one, and the remedy for what may not."""

from __future__ import annotations

import pytest

from moderation.match.domains import verified_domain


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("example.cn", "example.cn"),
        ("Shop.Example.COM.cn", "shop.example.com.cn"),
        ("商城.cn", "商城.cn"),
        ("xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s"),
        ("a.github.io", "a.github.io"),
        ("203.0.113.7", "203.0.113.7"),
    ],
)
def test_a_host_is_kept_in_lower_case(given: str, kept: str) -> None:
    assert verified_domain(given) == kept


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ("https://a.cn", "; write a.cn"),
        ("https://A.cn:443/x?y", "; write a.cn"),
        ("A.CN.", "; write a.cn"),
        (".a.cn", "; write a.cn"),
        ("*.a.cn", "; write a.cn"),
        (" a.cn", "; write a.cn"),
        ("a.cn/path", "; write a.cn"),
        ("https://", "; write a host such as example.cn"),
        ("", "is no domain; write one such as example.cn"),
        ("a..cn", "is no domain; write one such as example.cn"),
        ("-a.cn", "is no domain; write one such as example.cn"),
        ("a b.cn", "is no domain; write one such as example.cn"),
        ("a." * 130 + "cn", "is no domain; write one such as example.cn"),
        ("cn", "a public suffix or a made-up one; write your own below it"),
        ("com.cn", "a public suffix or a made-up one; write your own below it"),
        ("github.io", "a public suffix or a made-up one; write your own below it"),
        ("shop.internal", "a public suffix or a made-up one; write your own below it"),
        ("999.1.1.1", "a public suffix or a made-up one; write your own below it"),
    ],
)
def test_what_is_no_host_of_ones_own_is_refused_with_the_remedy(given: str, remedy: str) -> None:
    with pytest.raises(ValueError) as caught:
        verified_domain(given)
    assert remedy in str(caught.value)
