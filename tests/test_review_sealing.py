"""Key rings are read with every fault at once and no secret shown; what is sealed opens in its place only."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.review.keys import (
    Algorithm,
    Key,
    KeyRing,
    KeyRingError,
    new_key_ring,
    parse_key_ring,
    read_key_ring,
    rotated,
    write_key_ring,
)
from moderation.review.sealing import SealError, SealFault, fingerprint, key_id_of, seal, unseal

AES, SM4, ROOT = (base64.b64encode(bytes([letter]) * size).decode() for letter, size in ((1, 32), (2, 16), (3, 32)))
TEXT = f"\ufeff# keys\r\nnew aes-256-gcm {AES}  # current\r\n\r\nold sm4-gcm {SM4}\r\nroot hkdf-sha256 {ROOT}\r\n"
RING = parse_key_ring(TEXT)
SEALERS = (Algorithm.AES_256_GCM, Algorithm.SM4_GCM)


def test_a_ring_is_read_from_lines(tmp_path: Path) -> None:
    assert RING.current == Key("new", Algorithm.AES_256_GCM, b"\1" * 32)
    assert RING.find("old") == Key("old", Algorithm.SM4_GCM, b"\2" * 16)
    assert RING.find("root") is None
    assert parse_key_ring(write_key_ring(RING)) == RING
    (tmp_path / "keys").write_text(TEXT, "utf-8")
    assert read_key_ring(tmp_path / "keys") == RING
    (tmp_path / "keys").write_bytes(b"\xff")
    with pytest.raises(KeyRingError, match="not UTF-8"):
        read_key_ring(tmp_path / "keys")


def test_every_fault_is_told_at_once_and_no_key_is_shown() -> None:
    text = f"{AES} new aes-256-gcm\nnew aes-256-gcm {SM4}\na sm4-gcm {SM4}\na sm4-gcm {SM4}\n{AES}\nx sm4-gcm 密钥"
    with pytest.raises(KeyRingError) as raised:
        parse_key_ring(text)
    assert raised.value.faults == (
        "line 1: the id is not 1 to 32 of A-Z a-z 0-9 . _ -, beginning with a letter or digit",
        "line 1: the key is not base64",
        "line 1: the algorithm is unknown; use aes-256-gcm, sm4-gcm, hkdf-sha256",
        "line 2: the key has 16 bytes; aes-256-gcm needs 32",
        "line 4: the id is that of line 3 already; give every key an id of its own",
        "line 5: has 1 fields; write `id algorithm key`, parted by spaces",
        "line 6: the key is not base64",
    )
    assert AES not in str(raised.value)
    assert SM4 not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "missing"),
    [("", "sealing key"), (f"root hkdf-sha256 {ROOT}", "sealing key"), (f"new aes-256-gcm {AES}", "root")],
)
def test_a_ring_has_both_kinds_of_keys(text: str, missing: str) -> None:
    with pytest.raises(KeyRingError, match=f"there is no {missing}; add a line"):
        parse_key_ring(text)


@given(st.text() | st.text("ab 1=#\n-"))
def test_any_text_is_survived(text: str) -> None:
    with pytest.raises(KeyRingError):
        parse_key_ring(text)


def test_secrets_are_not_shown() -> None:
    assert "secret" not in repr(RING)
    assert repr(RING.current) == "Key(id='new', algorithm=<Algorithm.AES_256_GCM: 'aes-256-gcm'>)"


@pytest.mark.parametrize("algorithm", SEALERS)
def test_a_rotated_ring_opens_what_was_sealed_before(algorithm: Algorithm) -> None:
    ring = new_key_ring(algorithm)
    sealed = seal(ring, "【甲商城】验证码${code}".encode(), b"verdict/1")
    for following in SEALERS:
        newer = rotated(ring, following)
        assert newer.current.algorithm is following
        assert unseal(newer, sealed, b"verdict/1").decode() == "【甲商城】验证码${code}"
        assert key_id_of(sealed) == ring.current.id != key_id_of(seal(newer, b"", b"")) == newer.current.id
        assert newer.fingerprint_secret == ring.fingerprint_secret
        assert newer.checkpoint_keys == ring.checkpoint_keys


def test_a_new_root_leaves_old_checkpoints_provable() -> None:
    newer = parse_key_ring(f"new aes-256-gcm {AES}\nroot2 hkdf-sha256 {AES}\nroot hkdf-sha256 {ROOT}")
    assert newer.checkpoint_key_id == "root2"
    assert newer.checkpoint_keys["root"] == RING.checkpoint_keys["root"] != newer.checkpoint_keys["root2"]
    assert newer.fingerprint_secret not in (RING.fingerprint_secret, *newer.checkpoint_keys.values())


@given(st.sampled_from(SEALERS), st.binary(), st.binary(), st.data())
def test_what_is_sealed_opens_unchanged_and_in_its_place_only(
    algorithm: Algorithm, plain: bytes, context: bytes, data: st.DataObject
) -> None:
    ring = RING if algorithm is Algorithm.AES_256_GCM else KeyRing(RING.sealing[::-1], RING.roots)
    sealed = seal(ring, plain, context)
    assert unseal(ring, sealed, context) == plain
    assert seal(ring, plain, context) != sealed
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = bytes((*sealed[:place], sealed[place] ^ data.draw(st.integers(1, 255)), *sealed[place + 1 :]))
    for broken, where in (
        (changed, context),
        (sealed, context + b"0"),
        (sealed[:-1], context),
        (sealed + b"0", context),
    ):
        with pytest.raises(SealError):
            unseal(ring, broken, where)


SEALED = seal(RING, b"plain", b"verdict/1")


@pytest.mark.parametrize(
    ("sealed", "context", "fault", "message"),
    [
        (SEALED, b"verdict/2", SealFault.NOT_AUTHENTIC, "does not open with the key new"),
        (SEALED.replace(b"new", b"old"), b"verdict/1", SealFault.NOT_AUTHENTIC, "does not open with the key old"),
        (
            SEALED.replace(b"new", b"own"),
            b"verdict/1",
            SealFault.KEY_UNKNOWN,
            "by the key own, which is not in the ring",
        ),
        (SEALED.replace(b"new", b"\xffew"), b"verdict/1", SealFault.MALFORMED, "not a sealed text"),
        (SEALED[:20], b"verdict/1", SealFault.MALFORMED, "not a sealed text"),
        (b"\2" + SEALED[1:], b"verdict/1", SealFault.MALFORMED, "not a sealed text"),
        (b"", b"verdict/1", SealFault.MALFORMED, "not a sealed text"),
    ],
    ids=["context", "other key", "unknown key", "no name", "cut", "version", "empty"],
)
def test_what_does_not_open_says_why(sealed: bytes, context: bytes, fault: SealFault, message: str) -> None:
    with pytest.raises(SealError, match=message) as raised:
        unseal(RING, sealed, context)
    assert raised.value.fault is fault


@given(st.binary() | st.binary().map(lambda junk: b"\1\3new" + junk))
def test_any_bytes_are_survived(sealed: bytes) -> None:
    with pytest.raises(SealError):
        unseal(RING, sealed, b"")


fields = st.lists(st.text(st.characters(categories=["L", "Cs"]), max_size=3), max_size=3)


@given(fields, fields)
def test_fingerprints_are_equal_for_equal_fields_only(some: list[str], others: list[str]) -> None:
    secret = RING.fingerprint_secret
    assert (fingerprint(secret, *some) == fingerprint(secret, *others)) is (some == others)
    assert fingerprint(secret, *some) != fingerprint(new_key_ring().fingerprint_secret, *some)


def test_stored_fingerprints_and_sealed_texts_stay_readable() -> None:
    """What databases hold must be found and opened by later versions."""
    assert (
        fingerprint(RING.fingerprint_secret, "verdict", "甲").hex()
        == "d0d46a1967f79817f2e12503a5d7565e1a9eae58f92904947de4f2f98f936743"
    )
    sealed = bytes.fromhex("01036e6577001dda37c7470e49c5f18ee3f6071569aae63dd7754219441d5879eb72bcc5bdf7")
    assert unseal(RING, sealed, b"verdict/1") == b"plain"
