"""Webhooks: what a receiver is told and how it is signed, where that may be sent, and when it is sent again.

Events are CloudEvents 1.0 in JSON, structured mode. They may arrive more than once and in another order: the id is the
same each time, and its number tells the order. The body is signed as Stripe does it, so that a receiver knows who sent
it and that it is not an old one sent anew.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from moderation.review.alerts import Alert
from moderation.review.case import CaseEventRecord
from moderation.review.keys import KeyRing
from moderation.review.sealing import fingerprint

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
SIGNATURE_HEADER = "Moderation-Signature"
TOLERANCE = timedelta(minutes=5)

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
"""How long to wait after each failed attempt but the last: 28 hours in all, so that a receiver that is down over night
misses nothing. The schedule is Svix's."""

JITTER = 0.1
GONE = 410
SECRET_LENGTHS = range(24, 257)
LONGEST_URL = 2048

Network = IPv4Network | IPv6Network

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_URL = re.compile(
    r"(?P<scheme>(?i:https?))://"
    r"(?P<host>[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>(?:[/?][\w\-.~:/?\[\]@!$&'()*+,;=%]*)?)",
    re.ASCII | re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


class WebhookFault(StrEnum):
    """Why a webhook cannot be had as it is asked for."""

    URL_MALFORMED = "URL_MALFORMED"
    URL_NOT_HTTPS = "URL_NOT_HTTPS"
    URL_WITH_CREDENTIALS = "URL_WITH_CREDENTIALS"
    TENANT_UNFIT = "TENANT_UNFIT"
    SECRET_UNFIT = "SECRET_UNFIT"  # noqa: S105 - a fault, not a secret
    ALREADY_THERE = "ALREADY_THERE"
    UNKNOWN = "UNKNOWN"
    NOT_DEAD = "NOT_DEAD"
    STILL_TRIED = "STILL_TRIED"
    DELIVERED = "DELIVERED"


_MESSAGES = {
    WebhookFault.URL_MALFORMED: (
        f"网址无法使用；请写成 https://主机/路径，只用 ASCII 字符（中文域名写成 xn-- 形式），不带 #，"
        f"不超过 {LONGEST_URL} 个字符",
        f"the URL cannot be used; write https://HOST/PATH in ASCII (a Chinese host as xn--…), without #, of at most"
        f" {LONGEST_URL} characters",
    ),
    WebhookFault.URL_NOT_HTTPS: (
        "只有本机地址（127.0.0.1、[::1]、localhost）可以用 http；请改用 https",
        "only this machine (127.0.0.1, [::1], localhost) may be reached by http; write https",
    ),
    WebhookFault.URL_WITH_CREDENTIALS: (
        "网址里不能有用户名或密码；接收方应核对签名",
        "the URL holds a user name or password; leave it out: receivers verify the signature",
    ),
    WebhookFault.TENANT_UNFIT: (
        "租户名太长或含有不可见字符；请与送审时的写法一致",
        "the tenant is too long or holds invisible characters; write it as in the templates",
    ),
    WebhookFault.SECRET_UNFIT: (
        f"密钥须为 {SECRET_LENGTHS[0]} 至 {SECRET_LENGTHS[-1]} 个可见 ASCII 字符，且不含空格",
        f"the secret must be {SECRET_LENGTHS[0]} to {SECRET_LENGTHS[-1]} visible ASCII characters without spaces",
    ),
    WebhookFault.ALREADY_THERE: (
        "该租户已有此网址；如需更换密钥，请先移除再添加",
        "this tenant has a webhook of this URL; to change the secret, remove it and add it again",
    ),
    WebhookFault.UNKNOWN: (
        "没有这个回调；请用 moderation webhook list 查看",
        "there is no such webhook; see moderation webhook list",
    ),
    WebhookFault.NOT_DEAD: (
        "该回调没有这条投递失败的事件；请用 moderation webhook dead 查看",
        "this webhook has no such dead letter; see moderation webhook dead",
    ),
    WebhookFault.STILL_TRIED: (
        "这条事件仍在自动重试，不必重新发送；进度请用 moderation webhook list 查看",
        "this event is still being tried by itself, and need not be sent again; see moderation webhook list",
    ),
    WebhookFault.DELIVERED: (
        "这条事件已经送达，不会重新发送",
        "this event has arrived, and is not sent again",
    ),
}


class WebhookError(ValueError):
    """A webhook cannot be had as it is asked for; the message repeats nothing of the URL or the secret."""

    def __init__(self, fault: WebhookFault) -> None:
        super().__init__(_MESSAGES[fault][1])
        self.fault = fault

    def message(self, locale: str) -> str:
        """Return what is wrong, in Chinese unless the locale is English."""
        return _MESSAGES[self.fault][int(locale.lower().startswith("en"))]


class Failure(StrEnum):
    """Why an attempt failed that no HTTP status tells of."""

    NAME_UNKNOWN = "NAME_UNKNOWN"
    ADDRESS_REFUSED = "ADDRESS_REFUSED"
    UNREACHABLE = "UNREACHABLE"
    TLS_FAILED = "TLS_FAILED"
    TIMED_OUT = "TIMED_OUT"
    BROKEN_OFF = "BROKEN_OFF"
    NOT_HTTP = "NOT_HTTP"
    URL_UNFIT = "URL_UNFIT"
    SECRET_SEALED = "SECRET_SEALED"  # noqa: S105 - a failure, not a secret
    INTERNAL = "INTERNAL"


class SignatureError(ValueError):
    """A body was not signed by the secret, or not now; the message tells which."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL in its parts; `host` has no brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """What the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def own_address(self) -> str | None:
        """The address that the host is known to be without asking for it; None for names but `localhost`."""
        if self.host == "localhost":
            return "127.0.0.1"
        try:
            return str(ip_address(self.host))
        except ValueError:
            return None


def parse_url(url: str) -> Endpoint:
    """Return the parts of a webhook's URL; raise WebhookError for one that cannot be used."""
    found = _URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if found is None:
        authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
        raise WebhookError(WebhookFault.URL_WITH_CREDENTIALS if "@" in authority else WebhookFault.URL_MALFORMED)
    scheme, host = found["scheme"].lower(), found["host"].lower()
    port = int(found["port"] or _PORTS[scheme])
    target = found["target"] if found["target"].startswith("/") else "/" + found["target"]
    endpoint = Endpoint(scheme, host.strip("[]"), port, target)
    is_broken = host.startswith("[") and endpoint.own_address is None
    if is_broken or not 0 < port < 1 << 16:
        raise WebhookError(WebhookFault.URL_MALFORMED)
    address = endpoint.own_address
    if scheme == "http" and not (address and ip_address(address).is_loopback):
        raise WebhookError(WebhookFault.URL_NOT_HTTPS)
    return endpoint


def may_reach(endpoint: Endpoint, address: str, networks: Sequence[Network] = ()) -> bool:
    """Tell whether an address that the host has may be sent to: public ones, and those in the networks allowed.

    Plain HTTP never leaves the machine, whatever `localhost` is made to be.
    """
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if endpoint.scheme == "http" and not found.is_loopback:
        return False
    return _is_public(found) or any(found in network for network in networks)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one machine's in the internet; addresses that carry one of IPv4 within are not."""
    if isinstance(address, IPv6Address) and (address not in _GLOBAL_UNICAST or address in _SIX_TO_FOUR):
        return False
    return address.is_global and not address.is_multicast


def check_secret(secret: str) -> None:
    """Raise WebhookError for a secret that is too short to be safe, or that a file or shell could change."""
    if len(secret) not in SECRET_LENGTHS or not re.fullmatch(r"[!-~]+", secret):
        raise WebhookError(WebhookFault.SECRET_UNFIT)


def instance_of(ring: KeyRing) -> str:
    """Return what tells the events of one store from those of another; it changes with the ring's root only."""
    return fingerprint(ring.fingerprint_secret, "webhook source").hex()[:16]


def cloud_event(record: CaseEventRecord | Alert, instance: str) -> bytes:
    """Return the body that tells of an event of a case, or of an alert; it is the same bytes each time."""
    if isinstance(record, Alert):
        told = {"about": record.about, "details": dict(record.details)}
        return _body(f"{instance}/alert/{record.sequence}", instance, record.kind, record.about, record.at, told)
    data = {
        "case": record.case,
        "verdict_id": record.verdict_id,
        "tenant": record.tenant,
        "details": dict(record.details),
    }
    return _body(f"{instance}/{record.sequence}", instance, record.kind, f"case/{record.case}", record.at, data)


def _body(event_id: str, instance: str, kind: str, subject: str, at: datetime, data: Mapping[str, object]) -> bytes:
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/moderation/{instance}",
        "type": f"cn.moderation.{kind}.v1",
        "subject": subject,
        "time": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(event, separators=(",", ":")).encode()


def sign(secret: str, body: bytes, at: datetime) -> str:
    """Return the header that signs a body: `t=<unix seconds>,v1=<hex>`, an HMAC-SHA256 of `t.body`."""
    moment = int(at.timestamp())
    return f"t={moment},v1={_mac(secret, moment, body)}"


def verify(secret: str, header: str, body: bytes, now: datetime, tolerance: timedelta = TOLERANCE) -> None:
    """Raise SignatureError unless the secret signed this body, and not longer ago than the tolerance.

    For receivers: `body` is what came, byte by byte. Of several `v1` one must fit, and other versions are passed over.
    """
    fields = [field.strip().partition("=") for field in header.split(",")]
    moments = [value for name, _, value in fields if name == "t"]
    signatures = [value for name, _, value in fields if name == "v1"]
    if len(moments) != 1 or not re.fullmatch(r"[0-9]{1,12}", moments[0]) or not signatures:
        raise SignatureError(f"{SIGNATURE_HEADER} is not t=SECONDS,v1=HEX; was it cut on its way?")
    moment = int(moments[0])
    expected = _mac(secret, moment, body).encode()
    if not any(hmac.compare_digest(expected, given.encode("utf-8", "surrogatepass")) for given in signatures):
        raise SignatureError("another secret signed this, or the body is not byte by byte what was sent")
    if abs(now.timestamp() - moment) > tolerance.total_seconds():
        raise SignatureError("signed too long ago or in the future: it is sent anew, or a clock is wrong")


def _mac(secret: str, moment: int, body: bytes) -> str:
    return hmac.digest(secret.encode(), f"{moment}.".encode() + body, "sha256").hex()


def delay_after(attempts: int, jitter: float) -> timedelta | None:
    """Return how long to wait after so many failed attempts, None after the last one: the delivery is dead.

    `jitter`, 0 to 1, makes it up to a tenth longer, so that what failed together does not come back together.
    """
    return DELAYS[attempts - 1] * (1 + JITTER * jitter) if attempts <= len(DELAYS) else None


def is_delivered(status: int) -> bool:
    """Tell whether an HTTP status says that the receiver has the event; a redirect says that it has not."""
    return 200 <= status < 300


def is_final(status: int) -> bool:
    """Tell whether an HTTP status says that no further attempt is wanted: 410 Gone alone, as CloudEvents has it.

    Other client errors are tried again, as Stripe and Svix do: 401, 403, 404 or 422 come from receivers that are being
    deployed or set up wrongly as well, and a ruling that its sender never hears of costs more than seven requests.
    """
    return status == GONE
