"""Texts at rest: sealed by a key of the ring, and fingerprints by which equal texts are found without unsealing any.

A sealed text is a version byte, the length and letters of the key's id, a nonce of 12 bytes, the ciphertext and a tag
of 16 bytes. The tag covers all of it and the context, which says where the text belongs (`verdict/<id>`), so that a
sealed text that was moved elsewhere does not open. Nonces are random: rotate before one key has sealed 2^32 texts (NIST
SP 800-38D, 8.3).
"""

from __future__ import annotations

import hmac
import secrets
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, algorithms, modes

from moderation.review.keys import Algorithm, Key, KeyRing

_VERSION = 1
_NONCE_SIZE = 12
_TAG_SIZE = 16


class SealFault(StrEnum):
    """Why a sealed text does not open."""

    MALFORMED = "MALFORMED"
    KEY_UNKNOWN = "KEY_UNKNOWN"
    NOT_AUTHENTIC = "NOT_AUTHENTIC"


class SealError(ValueError):
    """A sealed text does not open; nothing of it is told but its key's id, empty where it is malformed."""

    def __init__(self, fault: SealFault, message: str, key_id: str = "") -> None:
        super().__init__(message)
        self.fault = fault
        self.key_id = key_id


def seal(ring: KeyRing, plain: bytes, context: bytes) -> bytes:
    """Return bytes sealed by the ring's current key for one context."""
    key = ring.current
    header = sealed_by(key)
    nonce = secrets.token_bytes(_NONCE_SIZE)
    encryptor = Cipher(_cipher(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(header + context)
    ciphertext = encryptor.update(plain) + encryptor.finalize()
    return header + nonce + ciphertext + encryptor.tag


def unseal(ring: KeyRing, sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed; raise SealError for bytes that are broken, of an unknown key, or of another context."""
    key_id, end = _header(sealed)
    key = ring.find(key_id)
    if key is None:
        raise SealError(
            SealFault.KEY_UNKNOWN,
            f"sealed by the key {key_id}, which is not in the ring; put it back below the current one",
            key_id,
        )
    nonce, ciphertext, tag = (
        sealed[end : end + _NONCE_SIZE],
        sealed[end + _NONCE_SIZE : -_TAG_SIZE],
        sealed[-_TAG_SIZE:],
    )
    decryptor = Cipher(_cipher(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(sealed[:end] + context)
    try:
        return decryptor.update(ciphertext) + decryptor.finalize()
    except InvalidTag:
        raise SealError(
            SealFault.NOT_AUTHENTIC,
            f"does not open with the key {key_id}: it was changed, or moved from elsewhere; restore it from a backup",
            key_id,
        ) from None


LONGEST_HEADER = 2 + 255 + _NONCE_SIZE + _TAG_SIZE
"""Octets from which `key_id_of` tells the key of anything sealed."""


def sealed_by(key: Key) -> bytes:
    """Return what all that a key seals begins with."""
    key_id = key.id.encode("ascii")
    return bytes((_VERSION, len(key_id))) + key_id


def key_id_of(sealed: bytes) -> str:
    """Return the id of the key that sealed something; raise SealError for bytes that are broken."""
    return _header(sealed)[0]


def _header(sealed: bytes) -> tuple[str, int]:
    """Return the key's id and where the nonce begins."""
    if len(sealed) > 1 and sealed[0] == _VERSION:
        end = 2 + sealed[1]
        key_id = sealed[2:end]
        if len(sealed) >= end + _NONCE_SIZE + _TAG_SIZE and key_id.isascii() and key_id.decode("ascii").isprintable():
            return key_id.decode("ascii"), end
    raise SealError(SealFault.MALFORMED, "not a sealed text of a known version, or cut short; restore it from a backup")


def _cipher(key: Key) -> CipherAlgorithm:
    if key.algorithm is Algorithm.SM4_GCM:
        return algorithms.SM4(key.secret)
    return algorithms.AES256(key.secret)


def fingerprint(secret: bytes, *fields: str) -> bytes:
    """Return 32 bytes that are equal for equal fields; without the secret they tell nothing of them.

    The first field should name what the fingerprint is for, so that those of different ends are never equal.
    """
    encoded = [field.encode("utf-8", "surrogatepass") for field in fields]
    return hmac.digest(secret, b"".join(len(field).to_bytes(8, "big") + field for field in encoded), "sha256")
