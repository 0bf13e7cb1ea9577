"""The audit chain: entries that hash those before them, and keyed checkpoints that tell how long the chain was.

Every entry holds the digest of the one before, so that none can be edited, dropped, moved or put in without all later
digests changing. Who can write to the database can also recompute those, or drop the newest entries. Checkpoints, kept
outside the database and authenticated by a key, find both: each tells how many entries there were and the digest of the
last.

What this proves: if `moderation.review.audit_proof.verify` returns Verified, the entries up to `proved` are those that
were there when a checkpoint was made. What it cannot: entries after the last checkpoint may have been rewritten or
dropped, so checkpoints should be made often; who can also delete checkpoints can cut the chain back to one that
remains, so they belong where only appending is possible; who has the key can forge everything; and nothing tells
whether what an entry says was true, or whether the entries that the anchor counts were due to be purged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

DIGEST_SIZE = 32
GENESIS = bytes(DIGEST_SIZE)
"""What the first entry has for the digest of the one before."""

MOST_ENTRIES = 2**63 - 1
PURGE = "audit.purge"
"""The action of the entry that tells of a purge."""

Scalar = str | int | float | bool | None
Details = Mapping[str, Scalar | Sequence[Scalar]]
"""What an entry tells beside who, what and when; never a text of a template."""


class AuditError(ValueError):
    """A record cannot be part of a chain, or a line is no checkpoint; `line` is 0 where no line is meant."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody did: `action` such as `case.rule`, `subject` such as `case/12`."""

    at: datetime
    actor: str
    role: str
    action: str
    subject: str
    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Record):
    """A record in its place in the chain; `sequence` counts from 1 without gaps."""

    sequence: int
    previous: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class UnreadableEntry:
    """What stands in the place of an entry and is none; `sequence` is None where not even its place can be read."""

    sequence: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries a chain has, purged ones included, and the digest of the last."""

    count: int = 0
    digest: bytes = GENESIS


NOTHING = Head()
"""The head of a chain that has no entry yet."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head at a moment, authenticated by the key that `key_id` names."""

    count: int
    digest: bytes
    at: datetime
    key_id: str
    mac: bytes


def extend(head: Head, records: Iterable[Record]) -> list[AuditEntry]:
    """Return the entries that continue a chain; raise AuditError for a record that has no canonical form."""
    entries: list[AuditEntry] = []
    for sequence, record in enumerate(records, head.count + 1):
        previous = entries[-1].digest if entries else head.digest
        entries.append(
            AuditEntry(
                _in_utc(record.at),
                record.actor,
                record.role,
                record.action,
                record.subject,
                record.details,
                sequence=sequence,
                previous=previous,
                digest=entry_digest(sequence, record, previous),
            )
        )
    return entries


def encode_details(details: Details) -> str:
    """Return the canonical JSON of details: keep this text, for a database's own JSON type may change numbers."""
    return _json(dict(details)).decode()


def entry_digest(sequence: int, said: Record, previous: bytes) -> bytes:
    """Return the digest of a record in its place; raise AuditError where it has no canonical form."""
    canonical = {
        "sequence": sequence,
        "at": _moment(said.at),
        "actor": said.actor,
        "role": said.role,
        "action": said.action,
        "subject": said.subject,
        "details": dict(said.details),
    }
    return hashlib.sha256(previous + _json(canonical)).digest()


def _json(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError):
        raise AuditError(
            "an entry holds what JSON cannot; use Unicode text, finite numbers, true, false, null and lists of these"
        ) from None


def _moment(at: datetime) -> str:
    return _in_utc(at).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _in_utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise AuditError("a time has no zone; use an aware datetime")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise AuditError("a time lies outside the years 1 to 9999 in UTC") from None


def make_checkpoint(head: Head, at: datetime, key_id: str, key: bytes) -> Checkpoint:
    """Return an authenticated checkpoint of a head."""
    return Checkpoint(head.count, head.digest, _in_utc(at), key_id, checkpoint_mac(key, head, at))


def checkpoint_mac(key: bytes, head: Head, at: datetime) -> bytes:
    """Return what authenticates a head at a moment."""
    return hmac.digest(key, head.count.to_bytes(8, "big") + head.digest + _moment(at).encode(), "sha256")


def encode_checkpoint(checkpoint: Checkpoint) -> bytes:
    """Return a checkpoint as one line of JSON, its end included."""
    line = {
        "at": _moment(checkpoint.at),
        "count": checkpoint.count,
        "head": checkpoint.digest.hex(),
        "key_id": checkpoint.key_id,
        "mac": checkpoint.mac.hex(),
    }
    return _json(line) + b"\n"


def decode_checkpoints(content: bytes) -> list[Checkpoint]:
    """Return the checkpoints of a file; raise AuditError naming the first line that is none.

    A line that was cut short while it was written is passed over: what is proved without it is proved all the same.
    """
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
    return [_decoded(line, number) for number, line in lines if not _is_cut_short(line)]


def _is_cut_short(line: bytes) -> bool:
    return line.startswith(b'{"at":"'[: len(line)]) and not line.rstrip().endswith(b"}")


def _decoded(line: bytes, number: int) -> Checkpoint:
    try:
        value = json.loads(line)
        count, at, key_id = value["count"], value["at"], value["key_id"]
        head, mac = bytes.fromhex(value["head"]), bytes.fromhex(value["mac"])
        moment = datetime.fromisoformat(at)
        is_count = type(count) is int and 0 <= count <= MOST_ENTRIES
        if is_count and isinstance(key_id, str) and len(head) == len(mac) == DIGEST_SIZE and _moment(moment) == at:
            return Checkpoint(count, head, moment, key_id, mac)
    except (KeyError, TypeError, ValueError, RecursionError):
        pass
    raise AuditError(
        "this is no checkpoint; if it is the last line, writing it was cut short: remove it;"
        " otherwise the file was edited: restore a copy of it",
        number,
    )
