"""One request to a host of somebody else: only to addresses that may be reached, within a time, little of it read."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from moderation.review.webhook import Endpoint, Failure, Network, may_reach

CONNECT_SECONDS = 5.0
"""How long one address of a host has to accept a connection."""

SECONDS = 15.0
"""How long an attempt may last in all, however little at a time the receiver answers."""

MOST_SILENT = 21_600.0
"""The longest that a receiver's Retry-After is heeded, in seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, for how many seconds the receiver wants to be sent nothing, and what was read of it."""

    status: int
    silent_seconds: float = 0.0
    body: bytes = b""


class PostError(Exception):
    """There is no answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


Resolve = Callable[[str], list[str]]
"""Returns the addresses that a host has; raises OSError where it has none."""


class Poster:
    """Posts and gets; safe to share between threads, one of which may break all off.

    The host's name is asked once, and what it was found to be is what is connected to: a name cannot be another address
    when it is asked again. Proxies are not used and redirects not followed. Certificates are verified.
    """

    def __init__(
        self,
        networks: Sequence[Network] = (),
        seconds: float = SECONDS,
        *,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self._networks = networks
        self._seconds = seconds
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve or _resolve
        self._lock = threading.Lock()
        self._under_way: set[_Attempt] = set()
        self._is_closed = False

    def post(self, endpoint: Endpoint, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Return how a receiver answers; raise PostError where it does not."""
        with self._attempt(self._reachable(endpoint)) as attempt:
            return attempt.ask("POST", endpoint, body, headers)

    def get(self, endpoint: Endpoint, headers: Mapping[str, str], most: int) -> Answer:
        """Return how a host answers, with so many bytes of the body at most; raise PostError where it does not."""
        with self._attempt(self._reachable(endpoint)) as attempt:
            return attempt.ask("GET", endpoint, None, headers, most)

    def close(self) -> None:
        """Break off what is under way; nothing more is posted."""
        with self._lock:
            self._is_closed = True
            under_way = list(self._under_way)
        for attempt in under_way:
            attempt.break_off(Failure.BROKEN_OFF)

    def _reachable(self, endpoint: Endpoint) -> list[str]:
        """Return the addresses of a host; raise PostError where it has one that may not be reached."""
        try:
            addresses = self._resolve(endpoint.host)
        except (OSError, UnicodeError):
            raise PostError(Failure.NAME_UNKNOWN) from None
        if not all(may_reach(endpoint, address, self._networks) for address in addresses):
            raise PostError(Failure.ADDRESS_REFUSED)
        return addresses

    @contextmanager
    def _attempt(self, addresses: Sequence[str]) -> Iterator[_Attempt]:
        attempt = _Attempt(addresses, self._tls)
        with self._lock:
            if self._is_closed:
                raise PostError(Failure.BROKEN_OFF)
            self._under_way.add(attempt)
        timer = threading.Timer(self._seconds, attempt.break_off, (Failure.TIMED_OUT,))
        timer.daemon = True
        timer.start()
        try:
            yield attempt
        finally:
            timer.cancel()
            with self._lock:
                self._under_way.discard(attempt)


class _Attempt:
    """A request and its answer, which another thread may break off."""

    def __init__(self, addresses: Sequence[str], tls: ssl.SSLContext) -> None:
        self._addresses = addresses
        self._tls = tls
        self._socket: socket.socket | None = None
        self._broken_off: Failure | None = None

    def break_off(self, failure: Failure) -> None:
        """Let the thread that waits for the receiver wait no longer, and fail for this reason."""
        self._broken_off = self._broken_off or failure
        if (opened := self._socket) is not None:
            with suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def ask(
        self, method: str, endpoint: Endpoint, body: bytes | None, headers: Mapping[str, str], most: int = 0
    ) -> Answer:
        """Return the head of the answer, and so much of its body at most."""
        connection = http.client.HTTPConnection(endpoint.host, endpoint.port)
        try:
            connection.sock = self._connected(endpoint)
            connection.request(method, endpoint.target, body, {"Host": endpoint.authority, **headers})
            with connection.getresponse() as answer:
                read = answer.read(most) if most else b""
                self._go_on()
                return Answer(answer.status, _silent_seconds(answer.getheader("Retry-After", "")), read)
        except (OSError, http.client.HTTPException) as error:
            raise PostError(self._broken_off or _failure(error)) from None
        finally:
            connection.close()
            if self._socket is not None:
                self._socket.close()

    def _connected(self, endpoint: Endpoint) -> socket.socket:
        """Return a connection to the first address that accepts one."""
        opened = self._socket = self._accepted(endpoint.port)
        self._go_on()
        if endpoint.scheme == "https":
            opened = self._socket = self._tls.wrap_socket(
                opened, server_hostname=endpoint.host, do_handshake_on_connect=False
            )
            self._go_on()
            self._socket.do_handshake()
        opened.settimeout(SECONDS)
        return opened

    def _accepted(self, port: int) -> socket.socket:
        failure = Failure.NAME_UNKNOWN
        for address in self._addresses:
            self._go_on()
            try:
                return socket.create_connection((address, port), CONNECT_SECONDS)
            except OSError as error:
                failure = _failure(error)
        raise PostError(failure)

    def _go_on(self) -> None:
        if self._broken_off is not None:
            raise PostError(self._broken_off)


def _resolve(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def _failure(error: Exception) -> Failure:
    kinds = ((TimeoutError, Failure.TIMED_OUT), (ssl.SSLError, Failure.TLS_FAILED), (OSError, Failure.UNREACHABLE))
    return next((failure for kind, failure in kinds if isinstance(error, kind)), Failure.NOT_HTTP)


def _silent_seconds(retry_after: str) -> float:
    """Return what a Retry-After asks for, in seconds or as a date; one that cannot be read asks for nothing."""
    if re.fullmatch(r"[0-9]{1,12}", retry_after):
        return min(float(retry_after), MOST_SILENT)
    try:
        seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), MOST_SILENT)
