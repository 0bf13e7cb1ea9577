"""What may be registered as a link, how it is told, its states, and files of many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from moderation.links.fields import MOST_VALID, icp_number_of, kind_of, moment_of, require_until, tenant_of
from moderation.links.file import MOST_LINES, MOST_TOLD, LinkLine, Problems, read_links
from moderation.links.link import LinkKind, own_link_of
from moderation.links.problems import LinkFault, UnfitLinkError, message_of
from moderation.links.states import TABLE, LinkEvent, LinkState, LinkTransitionError, after, state_at
from moderation.links.target import LONGEST_PATH, target_of
from moderation.match.own_links import OwnLink

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SHORTENERS = ("t.cn", "bit.ly")
DOMAIN, SHORT = LinkKind.OWN_DOMAIN, LinkKind.OWN_SHORT_DOMAIN

TAKEN = {
    "example.cn": ("example.cn", ""),
    " Example.CN ": ("example.cn", ""),
    "https://m.example.cn./": ("m.example.cn", ""),
    "ｅｘａｍｐｌｅ．ｃｎ": ("example.cn", ""),
    "example。cn": ("example.cn", ""),
    "例子.中国": ("xn--fsqu00a.xn--fiqs8s", ""),
    "xn--fsqu00a.cn": ("xn--fsqu00a.cn", ""),
    "shop.example.com.cn/Shop/vip/": ("shop.example.com.cn", "/Shop/vip"),
    "jia.github.io": ("jia.github.io", ""),
}

REFUSED = {
    "": LinkFault.HOST_EMPTY,
    "https://": LinkFault.HOST_EMPTY,
    "localhost": LinkFault.PUBLIC_SUFFIX,
    "cn": LinkFault.PUBLIC_SUFFIX,
    "com.cn": LinkFault.PUBLIC_SUFFIX,
    "github.io": LinkFault.PUBLIC_SUFFIX,
    "example.invalid": LinkFault.PUBLIC_SUFFIX,
    "192.0.2.7": LinkFault.IP_ADDRESS,
    "192.0.2.7/a": LinkFault.IP_ADDRESS,
    "[2001:db8::1]": LinkFault.IP_ADDRESS,
    "0x7f.1": LinkFault.IP_ADDRESS,
    "3221225991": LinkFault.IP_ADDRESS,
    "a@example.cn": LinkFault.USERINFO,
    "example.cn:443": LinkFault.PORT,
    "example.cn?a=1": LinkFault.QUERY,
    "example.cn/a#b": LinkFault.QUERY,
    "*.example.cn": LinkFault.WILDCARD,
    "a..cn": LinkFault.HOST_MALFORMED,
    "-a.example.cn": LinkFault.HOST_MALFORMED,
    "a b.cn": LinkFault.HOST_MALFORMED,
    "xn--a-ecp.ru.cn": LinkFault.HOST_MALFORMED,
    "a" * 64 + ".cn": LinkFault.HOST_MALFORMED,
    "a." * 130 + "cn": LinkFault.HOST_TOO_LONG,
    "exаmple.cn": LinkFault.MIXED_SCRIPTS,
    "example.cn/../a": LinkFault.PATH_MALFORMED,
    "example.cn/a//b": LinkFault.PATH_MALFORMED,
    "example.cn/a%2fb": LinkFault.PATH_MALFORMED,
    "example.cn/中文": LinkFault.PATH_MALFORMED,
    "example.cn/" + "a" * LONGEST_PATH: LinkFault.PATH_TOO_LONG,
    "t.cn": LinkFault.SHORTENER,
    "www.t.cn/a": LinkFault.SHORTENER,
}


@pytest.mark.parametrize("text", TAKEN)
def test_domains_and_hosts_are_taken_in_one_form(text: str) -> None:
    assert target_of(text, DOMAIN, SHORTENERS) == TAKEN[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_nobody_can_own_is_refused(text: str) -> None:
    with pytest.raises(UnfitLinkError) as raised:
        target_of(text, DOMAIN, SHORTENERS)
    assert raised.value.fault is REFUSED[text]
    assert raised.value.message("zh") != raised.value.message("en") == str(raised.value)


def test_public_shorteners_are_taken_as_short_domains_below_a_path_only() -> None:
    with pytest.raises(UnfitLinkError) as raised:
        target_of("t.cn", SHORT, SHORTENERS)
    assert raised.value.fault is LinkFault.SHORTENER_WHOLE
    assert target_of("t.cn/jia", SHORT, SHORTENERS) == ("t.cn", "/jia")
    assert target_of("s.example.cn", SHORT, SHORTENERS) == ("s.example.cn", "")


def test_a_path_may_come_beside_the_host() -> None:
    assert target_of("example.cn", path="shop/") == ("example.cn", "/shop")
    assert target_of("example.cn/shop", path="/shop") == ("example.cn", "/shop")
    with pytest.raises(UnfitLinkError):
        target_of("example.cn/shop", path="/other")


@pytest.mark.parametrize(
    ("host", "kind", "is_below"),
    [
        ("example.cn", DOMAIN, True),
        ("example.com.cn", DOMAIN, True),
        ("m.example.cn", DOMAIN, False),
        ("example.cn", SHORT, False),
    ],
)
def test_a_registrable_domain_has_all_below_it(host: str, kind: LinkKind, is_below: bool) -> None:
    assert own_link_of(host, "/a", kind) == OwnLink(host, "/a", is_below, kind is SHORT)


@pytest.mark.parametrize(
    "text", ["京ICP备00000000号-1", "沪icp备 2021000000号", "京ICP证030000号", "粤B2-20090000-11", ""]
)
def test_icp_numbers_are_taken_in_one_form(text: str) -> None:
    assert icp_number_of(text) == text.upper().replace(" ", "")


@pytest.mark.parametrize("text", ["ICP备00000000号", "京ICP00000000", "京ICP备号-1", "某ICP备00000000号", "x"])
def test_other_icp_numbers_are_refused(text: str) -> None:
    with pytest.raises(UnfitLinkError):
        icp_number_of(text)


def test_a_day_ends_at_midnight_in_beijing() -> None:
    assert moment_of("2027-12-31") == datetime(2027, 12, 31, 16, tzinfo=UTC)
    assert moment_of("2027-12-31T18:00:00+08:00") == datetime(2027, 12, 31, 10, tzinfo=UTC)
    for text, fault in (
        ("", LinkFault.UNTIL_MISSING),
        ("31.12.2027", LinkFault.UNTIL_MALFORMED),
        ("2027-13-01", LinkFault.UNTIL_MALFORMED),
        ("2027-12-31T18:00:00", LinkFault.UNTIL_MALFORMED),
        ("9999-12-31", LinkFault.UNTIL_MALFORMED),
    ):
        with pytest.raises(UnfitLinkError) as raised:
            moment_of(text)
        assert raised.value.fault is fault


def test_a_link_holds_in_the_future_and_not_for_ever() -> None:
    assert require_until(NOW + MOST_VALID, NOW) == NOW + MOST_VALID
    for until, fault in ((NOW, LinkFault.UNTIL_PAST), (NOW + MOST_VALID + timedelta(days=1), LinkFault.UNTIL_FAR)):
        with pytest.raises(UnfitLinkError) as raised:
            require_until(until, NOW)
        assert raised.value.fault is fault


def test_words_for_kinds_and_tenants() -> None:
    assert [kind_of(text) for text in ("", "domain", "Short", "自有短域名", "OWN_DOMAIN")] == [
        DOMAIN,
        DOMAIN,
        SHORT,
        SHORT,
        DOMAIN,
    ]
    assert tenant_of("甲 商城") == "甲 商城"
    for text in ("", " ", "a\nb", "x" * 65):
        with pytest.raises(UnfitLinkError):
            tenant_of(text)


STEPS = """
PENDING VERIFY VERIFIED · PENDING PROVE VERIFIED · PENDING REVOKE REVOKED
VERIFIED VERIFY VERIFIED · VERIFIED PROVE VERIFIED · VERIFIED EXPIRE EXPIRED · VERIFIED REVOKE REVOKED
EXPIRED VERIFY VERIFIED · EXPIRED PROVE VERIFIED · EXPIRED REVOKE REVOKED
REVOKED VERIFY VERIFIED
"""


def test_the_table_of_states_is_total() -> None:
    steps = {tuple(step.split()) for line in STEPS.strip().splitlines() for step in line.split("·")}
    assert {(state, event, to) for (state, event), to in TABLE.items() if to is not None} == steps
    assert set(TABLE) == {(state, event) for state in LinkState for event in LinkEvent}
    for (state, event), to in TABLE.items():
        if to is None:
            with pytest.raises(LinkTransitionError):
                after(state, event)


def test_a_verified_link_expires_by_the_clock() -> None:
    assert state_at(LinkState.VERIFIED, NOW, NOW) is LinkState.EXPIRED
    assert state_at(LinkState.VERIFIED, NOW + timedelta(microseconds=1), NOW) is LinkState.VERIFIED
    assert state_at(LinkState.REVOKED, NOW, NOW) is LinkState.REVOKED


def read(text: str) -> tuple[list[LinkLine], list[tuple[int, str, LinkFault]]]:
    problems = Problems()
    lines = read_links(text.encode("utf-8", "surrogateescape"), NOW, SHORTENERS, problems)
    return lines, [(one.line, one.column, one.fault) for one in problems.told]


HEADER = "tenant,domain,path,icp,evidence,until,kind\n"


def test_a_file_is_read_whatever_order_its_columns_have() -> None:
    text = "\ufeff有效期,域名,租户,证明\n2027-12-31,EXAMPLE.cn,jia,备案\n\n2027-12-31,m.example.cn/a,yi,合同\n"
    lines, problems = read(text)
    assert problems == []
    assert [(one.line, one.tenant, "".join(one.target), one.evidence) for one in lines] == [
        (2, "jia", "example.cn", "备案"),
        (4, "yi", "m.example.cn/a", "合同"),
    ]


def test_all_that_is_wrong_in_a_file_is_told_at_once() -> None:
    _, problems = read(
        HEADER + "jia,example.cn,,,备案,2027-12-31,\n"
        ",com.cn,,x,,2020-01-01,other\n"
        "jia,EXAMPLE.CN,/,,备案,2027-12-31,domain\n"
        'jia,"t.cn,,,备案,2027-12-31,\n'
        "jia,t.cn,,,备案,2027-12-31,\n"
        "jia,example.cn,/../a,,备案,2027-12-31,\n"
        "jia,a.example.cn,,,备案,2027-12-31,,x\n"
        "jia,\udcff.cn,,,备案,2027-12-31,\n"
    )
    assert problems == [
        (3, "kind", LinkFault.KIND_UNKNOWN),
        (3, "tenant", LinkFault.TENANT_UNFIT),
        (3, "domain", LinkFault.PUBLIC_SUFFIX),
        (3, "icp", LinkFault.ICP_MALFORMED),
        (3, "evidence", LinkFault.EVIDENCE_MISSING),
        (3, "until", LinkFault.UNTIL_PAST),
        (4, "domain", LinkFault.REPEATED),
        (5, "", LinkFault.ROW_BROKEN),
        (6, "domain", LinkFault.SHORTENER),
        (7, "path", LinkFault.PATH_MALFORMED),
        (8, "", LinkFault.ROW_TOO_LONG),
        (9, "", LinkFault.NOT_UTF8),
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [LinkFault.FILE_EMPTY]),
        (HEADER, [LinkFault.FILE_EMPTY]),
        ("tenant,domain,evidence\njia,example.cn,x\n", [LinkFault.COLUMN_MISSING]),
        ("tenant,domain,evidence,until,until,colour\n", [LinkFault.COLUMN_UNKNOWN, LinkFault.COLUMN_UNKNOWN]),
    ],
    ids=["nothing", "no lines", "a column lacks", "columns too many"],
)
def test_a_file_without_its_columns_is_refused(text: str, faults: list[LinkFault]) -> None:
    assert [fault for *_, fault in read(text)[1]] == faults


def test_a_file_has_a_most_and_so_have_its_problems() -> None:
    problems = Problems()
    rows = "x\n" * (MOST_LINES + 1)
    assert read_links((HEADER + rows).encode(), NOW, SHORTENERS, problems) == []
    assert len(problems.told) == MOST_TOLD
    assert problems.untold == 3 * MOST_LINES - MOST_TOLD + 1


def test_a_message_survives_what_it_is_not_told() -> None:
    assert "?" in message_of(LinkFault.PORT, {}, "zh")
