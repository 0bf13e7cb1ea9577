"""Taking the address of a server: what the system refuses is told by the setting at fault."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import grpc

from moderation.service.settings import Settings


class StartError(Exception):
    """A server cannot start with its settings; the message names the setting and the remedy."""


def bind(server: grpc.aio.Server, settings: Settings) -> int:
    """Return the port that a server listens on from now; raise StartError where it cannot."""
    _try(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"{host}:{settings.port}"
    try:
        if settings.tls_certificate is None or settings.tls_key is None:
            return server.add_insecure_port(address)
        pair = (settings.tls_key.read_bytes(), settings.tls_certificate.read_bytes())
        return server.add_secure_port(address, grpc.ssl_server_credentials([pair]))
    except RuntimeError:
        raise StartError(f"host, port: cannot listen on {address}; choose another --host or --port") from None


@contextmanager
def reserved(settings: Settings) -> Iterator[int]:
    """Hold a port for several processes that listen on it together; yield which it is."""
    _bound(settings, socket.SO_REUSEADDR).close()
    with _bound(settings, socket.SO_REUSEPORT) as held:
        yield held.getsockname()[1]


def require_free(host: str, port: int | None, setting: str) -> None:
    """Raise StartError where a port, which a setting names, is taken; None and 0 never are."""
    if not port:
        return
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise StartError(
            f"{setting}: cannot listen on {host}, port {port}: {error.strerror}; choose another by "
            f"--{setting.replace('_', '-')} (MODERATION_{setting.upper()})"
        ) from None


def _try(settings: Settings) -> None:
    """Bind and let go, since gRPC does not tell why it cannot; one address of the host is enough."""
    _bound(settings, socket.SO_REUSEADDR if settings.workers == 1 else socket.SO_REUSEPORT).close()


def _bound(settings: Settings, option: int) -> socket.socket:
    refused: OSError | None = None
    for family, kind, protocol, _, address in _addresses(settings):
        held = socket.socket(family, kind, protocol)
        try:
            held.setsockopt(socket.SOL_SOCKET, option, 1)
            held.bind(address)
        except OSError as error:
            held.close()
            refused = error
        else:
            return held
    raise StartError(_told(refused or OSError(errno.EADDRNOTAVAIL, ""), settings)) from None


def _addresses(settings: Settings) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    try:
        return socket.getaddrinfo(  # type: ignore[return-value]
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        raise StartError(
            f"host: {settings.host!r} is no address; set --host (MODERATION_HOST) to one of this machine, "
            "such as 127.0.0.1, or 0.0.0.0 for all"
        ) from None


def _told(error: OSError, settings: Settings) -> str:
    host, port = settings.host, settings.port
    if error.errno == errno.EADDRINUSE:
        return f"port: {port} is taken on {host}; choose another by --port (MODERATION_PORT), or stop what holds it"
    if error.errno == errno.EACCES:
        return f"port: this user may not listen on {port}; set --port (MODERATION_PORT) to one above 1023"
    if error.errno == errno.EADDRNOTAVAIL:
        return (
            f"host: {host!r} is no address of this machine; set --host (MODERATION_HOST) to 127.0.0.1, "
            "or to 0.0.0.0 for all"
        )
    return f"host, port: cannot listen on {host}, port {port}: {error.strerror}; choose another --host or --port"
