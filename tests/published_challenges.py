"""A nameserver and a web server on the loopback, which publish what a test says."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(slots=True)
class Nameserver:
    """Answers TXT and A questions over UDP; what it does not know does not exist."""

    port: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=dict)
    is_silent: bool = False

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, content: bytes) -> bytes:
        asked = dns.message.from_wire(content)
        question = asked.question[0]
        name = question.name.to_text(omit_final_dot=True)
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        known = {dns.rdatatype.TXT: self.texts, dns.rdatatype.A: self.addresses}.get(question.rdtype, {})
        values = known.get(name, [])
        if values:
            quoted = [f'"{value}"' if question.rdtype == dns.rdatatype.TXT else value for value in values]
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", question.rdtype, quoted))
        elif name not in self.texts and name not in self.addresses:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()


@contextmanager
def nameserver() -> Iterator[Nameserver]:
    """Run a nameserver until the block ends."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as opened:
        opened.bind(("127.0.0.1", 0))
        opened.settimeout(0.1)
        server = Nameserver(opened.getsockname()[1])
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    content, sender = opened.recvfrom(4096)
                except TimeoutError:
                    continue
                if not server.is_silent:
                    opened.sendto(server.answer(content), sender)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server
        finally:
            ended.set()
            thread.join()


@dataclass(slots=True)
class WebServer:
    """Answers every request by HTTPS with a status, headers and a body; `trust` is what its certificate is known by."""

    port: int
    trust: ssl.SSLContext
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)


@contextmanager
def web_server(directory: Path, *hosts: str) -> Iterator[WebServer]:
    """Run a web server with a certificate for some hosts until the block ends."""
    path = _certificate(directory, hosts)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.paths.append(f"{self.headers['Host']}{self.path}")
            self.send_response(server.status)
            for name, value in server.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(server.body)

        def log_message(self, format: str, *values: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as opened:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        opened.socket = context.wrap_socket(opened.socket, server_side=True)
        server = WebServer(opened.server_address[1], ssl.create_default_context(cafile=str(path)))
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            opened.shutdown()
            thread.join()


def _certificate(directory: Path, hosts: tuple[str, ...]) -> Path:
    """Write a key and a certificate that signs itself, for some hosts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now, day = datetime.now(UTC), timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = directory / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
