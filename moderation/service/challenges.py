"""Looking at what hosts publish to prove whose they are: a TXT record, or a file over HTTPS."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import TYPE_CHECKING

from moderation.links.challenge import PATH, ChallengeError, ChallengeFault, record_name
from moderation.links.link import Proof
from moderation.review.webhook import Endpoint, Failure, Network
from moderation.service.posting import Poster, PostError

if TYPE_CHECKING:
    from dns.exception import DNSException
    from dns.resolver import Resolver

SECONDS = 10.0
"""How long a look may last in all."""

MOST_RECORDS = 50
MOST_BYTES = 4096
"""Of a file; what follows is not read."""

PORT, DNS_PORT = 443, 53
HEADERS = {"User-Agent": "moderation", "Accept": "text/plain", "Accept-Encoding": "identity"}

_FAULTS = {
    Failure.NAME_UNKNOWN: ChallengeFault.NAME_UNKNOWN,
    Failure.ADDRESS_REFUSED: ChallengeFault.ADDRESS_REFUSED,
    Failure.TLS_FAILED: ChallengeFault.TLS_FAILED,
    Failure.TIMED_OUT: ChallengeFault.TIMED_OUT,
    Failure.NOT_HTTP: ChallengeFault.BAD_ANSWER,
}


class PublicChallenger:
    """Implements `moderation.links.challenge.Challenger` over the network; safe to share between threads.

    Names are asked of `nameservers`, `ADDRESS` or `ADDRESS:PORT`, those of the system unless given, and files only of
    public addresses and of those in `networks`. A redirect is no answer: it could lead anywhere. Certificates are
    verified, by `tls` where it is given.
    """

    def __init__(
        self,
        nameservers: Sequence[str] = (),
        networks: Sequence[Network] = (),
        *,
        port: int = PORT,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._nameservers = nameservers
        self._port = port
        self._seconds = seconds
        resolve = self._addresses if nameservers else None
        self._poster = Poster(networks, seconds, tls=tls, resolve=resolve)

    def look(self, method: Proof, host: str) -> list[str]:
        """Return what is published for a host, each record or line; raise ChallengeError where nothing is found."""
        return self._records(host) if method is Proof.DNS else self._lines(host)

    def close(self) -> None:
        """Break off what is under way; no file is looked at any more."""
        self._poster.close()

    def _records(self, host: str) -> list[str]:
        from dns.exception import DNSException

        try:
            found = self._resolver().resolve(record_name(host), "TXT", search=False)
        except DNSException as error:
            raise _dns_error(error) from None
        records = [b"".join(record.strings) for record in found][:MOST_RECORDS]
        return [record.decode("utf-8", "replace") for record in records]

    def _lines(self, host: str) -> list[str]:
        endpoint = Endpoint("https", host, self._port, PATH)
        try:
            answer = self._poster.get(endpoint, HEADERS, MOST_BYTES)
        except PostError as error:
            raise ChallengeError(_FAULTS.get(error.failure, ChallengeFault.UNREACHABLE)) from None
        if answer.status != 200:
            absent = answer.status in (404, 410)
            fault = ChallengeFault.NOT_PUBLISHED if absent else ChallengeFault.BAD_ANSWER
            raise ChallengeError(fault, str(answer.status))
        return answer.body.decode("utf-8", "replace").splitlines()

    def _addresses(self, host: str) -> list[str]:
        """Return the addresses of a host, as the nameservers tell them; raise OSError where it has none."""
        from dns.exception import DNSException

        try:
            return [str(address) for address in self._resolver().resolve_name(host, lifetime=self._seconds).addresses()]
        except DNSException as error:
            raise OSError(str(error)) from None

    def _resolver(self) -> Resolver:
        from dns.nameserver import Do53Nameserver
        from dns.resolver import Resolver

        resolver = Resolver(configure=not self._nameservers)
        if self._nameservers:
            resolver.nameservers = [Do53Nameserver(*address_of(one)) for one in self._nameservers]
        resolver.lifetime, resolver.timeout = self._seconds, self._seconds / 3
        return resolver


def address_of(nameserver: str) -> tuple[str, int]:
    """Return the address and the port of a nameserver; raise ValueError where it has another form."""
    from ipaddress import ip_address

    has_port = nameserver.count(":") == 1 or (nameserver.startswith("[") and not nameserver.endswith("]"))
    address, _, port = nameserver.rpartition(":") if has_port else (nameserver, "", "")
    number = int(port) if port else DNS_PORT
    if not 0 < number < 1 << 16:
        raise ValueError(f"{port} is no port")
    return str(ip_address(address.strip("[]"))), number


def _dns_error(error: DNSException) -> ChallengeError:
    from dns.resolver import NXDOMAIN, LifetimeTimeout, NoAnswer

    if isinstance(error, (NXDOMAIN, NoAnswer)):
        return ChallengeError(ChallengeFault.NOT_PUBLISHED)
    if isinstance(error, LifetimeTimeout):
        return ChallengeError(ChallengeFault.TIMED_OUT)
    return ChallengeError(ChallengeFault.UNREACHABLE, type(error).__name__)
