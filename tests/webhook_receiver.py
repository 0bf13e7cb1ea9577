"""A receiver of webhooks on this machine, for tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

from stores import START

from moderation.review.webhook import SIGNATURE_HEADER, verify

SECRET = "whsec_0123456789abcdefghij"
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
PATIENCE = 30.0
"""Seconds after which something that should have happened will not."""


class Request(BaseHTTPRequestHandler):
    """Gives what was posted to the receiver that it belongs to."""

    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.receiver.take(self, body)

    def log_message(self, format: str, *values: object) -> None:
        pass


class Receiver:
    """A receiver on this machine, which verifies what comes and answers as it is told."""

    def __init__(self, answer: Callable[[Request], None] | None = None, certificate: Path | None = None) -> None:
        self.events: list[dict[str, object]] = []
        self.bodies: list[bytes] = []
        self.statuses: list[int] = []
        self.now: Callable[[], datetime] = lambda: START
        self.answer = answer or self.answer_status
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Request,), {"receiver": self}))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"{'https://localhost' if certificate else 'http://127.0.0.1'}:{self.port}/hook?from=sms"
        if certificate is not None:
            context = SSLContext(PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def take(self, request: Request, body: bytes) -> None:
        assert request.path == "/hook?from=sms"
        assert request.headers["Host"] == self.url.split("/")[2]
        assert request.headers["Content-Type"] == "application/cloudevents+json; charset=utf-8"
        verify(SECRET, request.headers[SIGNATURE_HEADER], body, self.now())
        self.bodies.append(body)
        self.events.append(json.loads(body))
        self.answer(request)

    def answer_status(self, request: Request) -> None:
        request.send_response(self.statuses.pop(0) if self.statuses else 204)
        request.end_headers()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
