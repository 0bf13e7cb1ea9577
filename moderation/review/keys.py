"""The key ring: the keys that seal texts at rest, and the root keys that fingerprints and audit checkpoints use.

A ring is written as lines of `id algorithm key`, the key in base64; `#` begins a comment:

    # made 2026-11-23
    k7d1f00a2 aes-256-gcm …
    k90c3b1e4 sm4-gcm …
    r4e5b6c71 hkdf-sha256 …

The first sealing key is the current one; the others only unseal, and may go once nothing is sealed by them any more.
Fingerprints and checkpoints cannot be made anew when a sealing key changes: the texts may be purged, and a checkpoint
proves what was at its time. So they hang on keys of their own, the roots, which rotation leaves alone. To replace a
root, write a new one above it: the first makes new checkpoints and all fingerprints (older ones are no longer found),
the others still verify checkpoints.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


class Algorithm(StrEnum):
    """What a key is for: the first two seal, a root is expanded into keys for other ends."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"
    HKDF_SHA256 = "hkdf-sha256"


KEY_SIZES: Mapping[Algorithm, int] = {Algorithm.AES_256_GCM: 32, Algorithm.SM4_GCM: 16, Algorithm.HKDF_SHA256: 32}


class KeyRingError(ValueError):
    """A text is no key ring; `faults` tells everything that is wrong with it, and shows nothing of it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("key ring: " + "; ".join(self.faults))


@dataclass(frozen=True, slots=True)
class Key:
    """One key; its secret is not shown."""

    id: str
    algorithm: Algorithm
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Sealing keys and roots, at least one of each and the current one first."""

    sealing: tuple[Key, ...]
    roots: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that seals."""
        return self.sealing[0]

    def find(self, key_id: str) -> Key | None:
        """Return the sealing key of an id."""
        return next((key for key in self.sealing if key.id == key_id), None)

    @property
    def fingerprint_secret(self) -> bytes:
        """The secret of fingerprints; it stays the same when sealing keys change."""
        return _expanded(self.roots[0], b"moderation fingerprint")

    @property
    def sketch_secret(self) -> bytes:
        """The secret of sketches; it stays the same when sealing keys change."""
        return _expanded(self.roots[0], b"moderation sketch")

    @property
    def marks(self) -> tuple[bytes, ...]:
        """A mark of each root, the first one's first, by which a store knows its keys; it tells nothing of the root."""
        return tuple(_expanded(root, b"moderation mark") for root in self.roots)

    @property
    def checkpoint_key_id(self) -> str:
        """The id of the key that makes new checkpoints."""
        return self.roots[0].id

    @property
    def checkpoint_keys(self) -> dict[str, bytes]:
        """The keys that verify checkpoints, by id."""
        return {root.id: _expanded(root, b"moderation audit checkpoint") for root in self.roots}


def _expanded(root: Key, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(root.secret)


def new_key_ring(algorithm: Algorithm = Algorithm.AES_256_GCM) -> KeyRing:
    """Return a ring of a new sealing key and a new root."""
    return KeyRing((_new_key(algorithm),), (_new_key(Algorithm.HKDF_SHA256),))


def rotated(ring: KeyRing, algorithm: Algorithm = Algorithm.AES_256_GCM) -> KeyRing:
    """Return the ring with a new sealing key before the others."""
    return replace(ring, sealing=(_new_key(algorithm), *ring.sealing))


def _new_key(algorithm: Algorithm) -> Key:
    """Return a random key; its id is random too, so that the id of a key that is gone never comes back."""
    prefix = "r" if algorithm is Algorithm.HKDF_SHA256 else "k"
    return Key(prefix + secrets.token_hex(4), algorithm, secrets.token_bytes(KEY_SIZES[algorithm]))


def write_key_ring(ring: KeyRing) -> str:
    """Return the text of a ring, secrets included."""
    lines = [
        f"{key.id} {key.algorithm} {base64.b64encode(key.secret).decode()}" for key in (*ring.sealing, *ring.roots)
    ]
    return "\n".join(lines) + "\n"


def parse_key_ring(text: str) -> KeyRing:
    """Return the ring that a text writes; raise KeyRingError with everything that is wrong."""
    faults: list[str] = []
    keys: list[Key] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not (fields := line.partition("#")[0].split()):
            continue
        key, wrong = _parsed(fields)
        if key is not None and key.id in seen:
            wrong = [f"the id is that of line {seen[key.id]} already; give every key an id of its own"]
        elif key is not None:
            seen[key.id] = number
            keys.append(key)
        faults.extend(f"line {number}: {fault}" for fault in wrong)
    sealing = tuple(key for key in keys if key.algorithm is not Algorithm.HKDF_SHA256)
    roots = tuple(key for key in keys if key.algorithm is Algorithm.HKDF_SHA256)
    if not faults and not sealing:
        faults.append("there is no sealing key; add a line `id aes-256-gcm key`")
    if not faults and not roots:
        faults.append("there is no root; add a line `id hkdf-sha256 key`")
    if faults:
        raise KeyRingError(faults)
    return KeyRing(sealing, roots)


def _parsed(fields: list[str]) -> tuple[Key | None, list[str]]:
    """Return the key of a line, or what is wrong with it; no field is repeated, for a misplaced one may be the key."""
    if len(fields) != 3:
        return None, [f"has {len(fields)} fields; write `id algorithm key`, parted by spaces"]
    key_id, name, encoded = fields
    wrong: list[str] = []
    if not _ID.fullmatch(key_id):
        wrong.append("the id is not 1 to 32 of A-Z a-z 0-9 . _ -, beginning with a letter or digit")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = None
        wrong.append("the key is not base64")
    if name not in KEY_SIZES:
        wrong.append(f"the algorithm is unknown; use {', '.join(Algorithm)}")
    elif secret is not None and len(secret) != (size := KEY_SIZES[Algorithm(name)]):
        wrong.append(f"the key has {len(secret)} bytes; {name} needs {size}")
    if wrong or secret is None:
        return None, wrong
    return Key(key_id, Algorithm(name), secret), wrong


def read_key_ring(path: Path) -> KeyRing:
    """Return the ring in a file; raise KeyRingError where it holds none, OSError where it cannot be read."""
    try:
        return parse_key_ring(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise KeyRingError(["the file is not UTF-8"]) from None
