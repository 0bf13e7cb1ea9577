"""The certificate and key of a server, tried before it listens."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

_CERTIFICATE = re.compile(rb"(?m)^-----BEGIN CERTIFICATE-----")
_KEY = re.compile(rb"(?m)^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")
_LOCKED = re.compile(rb"(?m)^(?:-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED)")


def check_certificate(path: Path) -> None:
    """Raise ValueError unless a file holds a certificate in PEM."""
    if not _CERTIFICATE.search(_content(path)):
        raise ValueError(f"{path} is no PEM certificate; name a file that begins with -----BEGIN CERTIFICATE-----")


def check_key(path: Path) -> None:
    """Raise ValueError unless a file holds a private key in PEM that no passphrase guards."""
    content = _content(path)
    if _LOCKED.search(content):
        raise ValueError(f"{path} is guarded by a passphrase; write the key without one: openssl pkey -in … -out …")
    if not _KEY.search(content):
        raise ValueError(f"{path} is no PEM private key; name a file that begins with -----BEGIN PRIVATE KEY-----")


def check_pair(certificate: Path, key: Path) -> None:
    """Raise ValueError unless the certificate and the key can be read and belong together."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            problem = f"{key} is not the key of {certificate}; name the two files that were made together"
        else:
            problem = f"{certificate} or {key} is damaged; write both again as PEM"
        raise ValueError(f"tls_certificate, tls_key: {problem}") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}; check its rights") from None
