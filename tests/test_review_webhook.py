"""What webhooks send, how it is signed, when it is sent again, and where it may be sent."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stores import RING, START

from moderation.review.case import CaseEventRecord
from moderation.review.keys import new_key_ring
from moderation.review.webhook import (
    DELAYS,
    SignatureError,
    WebhookError,
    WebhookFault,
    cloud_event,
    delay_after,
    instance_of,
    is_final,
    may_reach,
    parse_url,
    sign,
    verify,
)

SECRET = "whsec_0123456789abcdefghij"
A_DAY = timedelta(days=1)


def test_an_event_is_a_cloud_event() -> None:
    at = datetime(2026, 11, 23, 16, 0, 0, 5, tzinfo=UTC)
    record = CaseEventRecord(7, "case.ruled", 12, "ab12", "jia", at, {"decision": "PASS", "code": "LAWFUL"})
    assert json.loads(cloud_event(record, "1a2b")) == {
        "specversion": "1.0",
        "id": "1a2b/7",
        "source": "/moderation/1a2b",
        "type": "cn.moderation.case.ruled.v1",
        "subject": "case/12",
        "time": "2026-11-23T16:00:00.000005Z",
        "datacontenttype": "application/json",
        "data": {
            "case": 12,
            "verdict_id": "ab12",
            "tenant": "jia",
            "details": {"decision": "PASS", "code": "LAWFUL"},
        },
    }


def test_the_instance_is_that_of_the_keys() -> None:
    assert instance_of(RING) == instance_of(RING) != instance_of(new_key_ring())


def test_the_signature_is_the_hmac_of_time_and_body() -> None:
    at = datetime.fromtimestamp(1_800_000_000.9, UTC)
    expected = hmac.new(SECRET.encode(), b"1800000000.{}", hashlib.sha256).hexdigest()
    assert sign(SECRET, b"{}", at) == f"t=1800000000,v1={expected}"


@given(st.text(min_size=1), st.binary(), st.timedeltas(timedelta(minutes=-4), timedelta(minutes=4)))
def test_what_was_signed_is_verified(secret: str, body: bytes, later: timedelta) -> None:
    secret = secret.encode("utf-8", "replace").decode()
    verify(secret, sign(secret, body, START), body, START + later)


SIGNED = sign(SECRET, b"{}", START)


@pytest.mark.parametrize(
    ("header", "body", "later"),
    [
        (SIGNED, b"{ }", 0),
        (sign("whsec_another0123456789abc", b"{}", START), b"{}", 0),
        (SIGNED.replace("t=1", "t=2"), b"{}", 0),
        (SIGNED, b"{}", 6),
        (SIGNED, b"{}", -6),
        (SIGNED.replace("v1=", "v0="), b"{}", 0),
        (SIGNED + ",t=1", b"{}", 0),
        (SIGNED.partition(",")[0], b"{}", 0),
        ("", b"{}", 0),
    ],
)
def test_what_was_not_is_refused(header: str, body: bytes, later: int) -> None:
    with pytest.raises(SignatureError):
        verify(SECRET, header, body, START + timedelta(minutes=later))


def test_one_of_several_signatures_is_enough() -> None:
    verify(SECRET, f"{SIGNED}, v1=00, v2=future", b"{}", START)


@given(st.one_of(st.text(), st.text("t=v1,0²é").map(lambda text: f"t={text},v1={text}")))
def test_no_header_breaks_the_receiver(header: str) -> None:
    with pytest.raises(SignatureError):
        verify(SECRET, header, b"{}", START)


# When it is sent again


def test_eight_attempts_are_made_in_more_than_a_day() -> None:
    delays = [delay_after(attempts, 0.0) for attempts in range(1, 8)]
    assert delays == list(DELAYS)
    assert A_DAY < sum(DELAYS, timedelta()) < 2 * A_DAY
    assert delay_after(8, 0.0) is None


@given(st.integers(1, 7), st.floats(0, 1))
def test_jitter_makes_a_delay_longer_by_a_tenth_at_most(attempts: int, jitter: float) -> None:
    delay = delay_after(attempts, jitter)
    assert delay is not None
    assert DELAYS[attempts - 1] <= delay <= DELAYS[attempts - 1] * 1.1


def test_gone_alone_is_final() -> None:
    assert [status for status in range(300, 600) if is_final(status)] == [410]


# Where it is sent


@pytest.mark.parametrize(
    ("url", "authority", "target"),
    [
        ("https://hooks.example.cn", "hooks.example.cn", "/"),
        ("HTTPS://Hooks.Example.CN/a/b?c=%20d", "hooks.example.cn", "/a/b?c=%20d"),
        ("https://hooks.example.cn?c=d", "hooks.example.cn", "/?c=d"),
        ("https://hooks.example.cn:443/", "hooks.example.cn", "/"),
        ("https://xn--fiq228c.example.cn:8443/", "xn--fiq228c.example.cn:8443", "/"),
        ("https://[2001:db8::1]/a", "[2001:db8::1]", "/a"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080", "/a"),
        ("http://[::1]:8080/a", "[::1]:8080", "/a"),
        ("http://localhost/a", "localhost", "/a"),
    ],
)
def test_a_url_is_taken_apart(url: str, authority: str, target: str) -> None:
    endpoint = parse_url(url)
    assert (endpoint.authority, endpoint.target) == (authority, target)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://hooks.example.cn/", WebhookFault.URL_NOT_HTTPS),
        ("http://10.0.0.1/", WebhookFault.URL_NOT_HTTPS),
        ("http://127.1/", WebhookFault.URL_NOT_HTTPS),
        ("http://localhost.example.cn/", WebhookFault.URL_NOT_HTTPS),
        ("https://user:secret@hooks.example.cn/", WebhookFault.URL_WITH_CREDENTIALS),
        ("https://127.0.0.1@hooks.example.cn/", WebhookFault.URL_WITH_CREDENTIALS),
        ("", WebhookFault.URL_MALFORMED),
        ("hooks.example.cn", WebhookFault.URL_MALFORMED),
        ("ftp://hooks.example.cn/", WebhookFault.URL_MALFORMED),
        ("https:///a", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn:0/", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn:65536/", WebhookFault.URL_MALFORMED),
        ("https://hooks..example.cn/", WebhookFault.URL_MALFORMED),
        ("https://[::1/", WebhookFault.URL_MALFORMED),
        ("https://[1:2]/", WebhookFault.URL_MALFORMED),
        ("https://商城.example.cn/", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn/a#b", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn/a b", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn/\r\nX-Header: 1", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn/\n", WebhookFault.URL_MALFORMED),
        ("https://hooks.example.cn\\@127.0.0.1/", WebhookFault.URL_WITH_CREDENTIALS),
        ("https://hooks.example.cn/" + "a" * 2048, WebhookFault.URL_MALFORMED),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url: str, fault: WebhookFault) -> None:
    with pytest.raises(WebhookError) as raised:
        parse_url(url)
    assert raised.value.fault is fault
    assert raised.value.message("zh") != raised.value.message("en") == str(raised.value)


@given(st.one_of(st.text(), st.text("ht ps:/@[]#?.a1\r\n").map("https://".__add__)))
def test_every_url_is_used_or_refused(url: str) -> None:
    try:
        endpoint = parse_url(url)
    except WebhookError:
        return
    assert endpoint.host
    assert endpoint.target.startswith("/")
    assert (endpoint.authority + endpoint.target).isprintable()


PRIVATE_V4 = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
)
PRIVATE_V6 = (
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::7f00:1",
    "2001:db8::1",
    "2001::1",
)


@pytest.mark.parametrize("address", PRIVATE_V4 + PRIVATE_V6)
def test_a_private_address_is_not_sent_to(address: str) -> None:
    assert not may_reach(parse_url("https://hooks.example.cn/"), address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])
def test_a_public_address_is(address: str) -> None:
    assert may_reach(parse_url("https://hooks.example.cn/"), address)


def test_networks_that_are_allowed_are_and_no_others() -> None:
    endpoint, networks = parse_url("https://hooks.example.cn/"), [ip_network("10.1.0.0/16"), ip_network("fc00::/64")]
    reached = ("10.1.2.3", "10.2.0.1", "fc00::1", "127.0.0.1", "::ffff:10.1.0.1")
    assert [one for one in reached if may_reach(endpoint, one, networks)] == ["10.1.2.3", "fc00::1", "::ffff:10.1.0.1"]


def test_plain_http_stays_on_the_machine() -> None:
    endpoint, everywhere = parse_url("http://localhost/"), [ip_network("0.0.0.0/0")]
    assert may_reach(endpoint, "127.0.0.1", everywhere)
    assert not may_reach(endpoint, "10.1.2.3", everywhere)
    assert not may_reach(endpoint, "8.8.8.8", everywhere)
    assert not may_reach(endpoint, "127.0.0.1")
