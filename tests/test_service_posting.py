"""Whatever a receiver answers, and however slowly, it is heard for a short time only, and by its own certificate."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from stores import START
from webhook_receiver import LOOPBACK, PATIENCE, SECRET, Receiver, Request

from moderation.review.webhook import CONTENT_TYPE, SIGNATURE_HEADER, Failure, parse_url, sign
from moderation.service.posting import Poster, PostError

HEADERS = {"Content-Type": CONTENT_TYPE, SIGNATURE_HEADER: sign(SECRET, b"{}", START)}
A_DAY = timedelta(days=1)


def post(url: str, seconds: float = PATIENCE) -> int | Failure:
    """Return the status of an answer to a signed body, or why there is none."""
    try:
        return Poster(LOOPBACK, seconds).post(parse_url(url), b"{}", HEADERS).status
    except PostError as error:
        return error.failure


def endless(start: bytes, step: bytes, pause: float) -> Callable[[Request], None]:
    """Return an answer that begins so and never ends."""

    def answer(request: Request) -> None:
        request.wfile.write(start)
        with suppress(OSError):
            while True:
                request.wfile.write(step)
                time.sleep(pause)

    return answer


@pytest.mark.parametrize(
    ("answer", "seconds", "told"),
    [
        (endless(b"", b"H", 0.01), 0.3, Failure.TIMED_OUT),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1), 0.3, Failure.TIMED_OUT),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0), PATIENCE, Failure.NOT_HTTP),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 4096, 0), PATIENCE, 200),
        (lambda request: request.wfile.write(b"\0\xff\r\n\r\n"), PATIENCE, Failure.NOT_HTTP),
        (lambda request: request.wfile.write(b"HTTP/1.1 999999 A\r\n\r\n"), PATIENCE, Failure.NOT_HTTP),
        (lambda request: None, PATIENCE, Failure.UNREACHABLE),
    ],
)
def test_no_answer_holds_the_sender(answer: Callable[[Request], None], seconds: float, told: int | Failure) -> None:
    with closing(Receiver(answer)) as receiver:
        assert post(receiver.url, seconds) == told


def certificate(directory: Path, host: str) -> Path:
    """Return a file of a key and a certificate of a host, which it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - A_DAY, now + A_DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = directory / f"{host}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


def test_certificates_are_those_of_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, other = certificate(tmp_path, "localhost"), certificate(tmp_path, "hooks.example.cn")
    with closing(Receiver(certificate=own)) as receiver, closing(Receiver(certificate=other)) as impostor:
        assert post(receiver.url) is Failure.TLS_FAILED
        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        assert post(receiver.url) == 204
        assert post(receiver.url.replace("localhost", "127.0.0.1")) is Failure.TLS_FAILED
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        assert post(impostor.url) is Failure.TLS_FAILED


class Drip(socketserver.BaseRequestHandler):
    """Begins a long record of TLS and sends it byte by byte."""

    def handle(self) -> None:
        with suppress(OSError):
            self.request.sendall(b"\x16\x03\x03\x40\x00")
            while True:
                self.request.sendall(b"\0")
                time.sleep(0.05)


def test_a_handshake_that_never_ends_is_broken_off() -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        assert post(f"https://127.0.0.1:{server.server_address[1]}/", 0.3) is Failure.TIMED_OUT
        server.shutdown()


def test_nothing_is_posted_after_the_close() -> None:
    poster = Poster(LOOPBACK)
    poster.close()
    with closing(Receiver()) as receiver, pytest.raises(PostError) as raised:
        poster.post(parse_url(receiver.url), b"{}", HEADERS)
    assert raised.value.failure is Failure.BROKEN_OFF
    assert not receiver.bodies


def test_a_host_with_one_address_that_may_not_be_reached_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 443)) for address in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert post("https://hooks.example.cn/") is Failure.ADDRESS_REFUSED
