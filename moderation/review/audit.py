"""The audit chain: entries that hash those before them, and keyed checkpoints that tell how long the chain was.

Every entry holds the digest of the one before, so that none can be edited, dropped, moved or put in without all later
digests changing. Who can write to the database can also recompute those, or drop the newest entries. Checkpoints, kept
outside the database and authenticated by a key, find both: each tells how many entries there were and the digest of the
last.

What this proves: if `verify` returns Verified, the entries up to `proved` are those that were there when a checkpoint
was made. What it cannot: entries after the last checkpoint may have been rewritten or dropped, so checkpoints should be
made often; who can also delete checkpoints can cut the chain back to one that remains, so they belong where only
appending is possible; who has the key can forge everything; and nothing tells whether what an entry says was true, or
whether the entries that the anchor counts were due to be purged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

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
class Head:
    """How many entries a chain has, purged ones included, and the digest of the last."""

    count: int = 0
    digest: bytes = GENESIS


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
                digest=_digest(sequence, record, previous),
            )
        )
    return entries


def encode_details(details: Details) -> str:
    """Return the canonical JSON of details: keep this text, for a database's own JSON type may change numbers."""
    return _json(dict(details)).decode()


def _digest(sequence: int, said: Record, previous: bytes) -> bytes:
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
    return Checkpoint(head.count, head.digest, _in_utc(at), key_id, _mac(key, head, at))


def _mac(key: bytes, head: Head, at: datetime) -> bytes:
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

    A line that was cut short while it was written is passed over: a checkpoint that is missing proves less, not wrongly.
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


class FaultKind(StrEnum):
    """What is wrong with a chain or its checkpoints."""

    EDITED = "EDITED"
    MISSING = "MISSING"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    UNLINKED = "UNLINKED"
    RESTAMPED = "RESTAMPED"
    TRUNCATED = "TRUNCATED"
    PURGE_UNTOLD = "PURGE_UNTOLD"
    PURGED_EARLY = "PURGED_EARLY"
    CHECKPOINT_FORGED = "CHECKPOINT_FORGED"
    CHECKPOINT_KEY_UNKNOWN = "CHECKPOINT_KEY_UNKNOWN"


_MESSAGES = {
    FaultKind.EDITED: ("第{0}条记录被改动", "entry {0} was edited"),
    FaultKind.MISSING: ("缺少第{0}条记录", "entry {0} is missing"),
    FaultKind.OUT_OF_ORDER: (
        "第{0}条记录的位置上是另一条：有记录被插入、重复或换位",
        "another entry stands in the place of entry {0}: entries were put in, repeated or moved",
    ),
    FaultKind.UNLINKED: (
        "第{0}条记录与前一条不衔接：前面有记录被改动并重算",
        "entry {0} does not continue the one before: an earlier one was edited and its digest recomputed",
    ),
    FaultKind.RESTAMPED: (
        "第{0}条记录与检查点不符：此前的记录被改动，其后的摘要被重算",
        "entry {0} is not the one of its checkpoint: entries up to it were edited and their digests recomputed",
    ),
    FaultKind.TRUNCATED: (
        "检查点证明有第{0}条记录，但链在此之前结束：末尾的记录被删除",
        "a checkpoint proves that there was an entry {0}, but the chain ends before: the newest entries were removed",
    ),
    FaultKind.PURGE_UNTOLD: (
        "前{0}条记录已不在，却没有记录说明它们被清理",
        "the first {0} entries are gone, and no entry tells that they were purged",
    ),
    FaultKind.PURGED_EARLY: (
        "检查点证明第{0}条记录之后的记录还不到保存期限就被清理",
        "a checkpoint proves that entries after {0} were purged before their time",
    ),
    FaultKind.CHECKPOINT_FORGED: (
        "第{0}条记录处的检查点是伪造的或被改动",
        "the checkpoint at entry {0} was forged or edited",
    ),
    FaultKind.CHECKPOINT_KEY_UNKNOWN: (
        "第{0}条记录处的检查点用未知密钥签署；请把该密钥加回密钥文件",
        "the checkpoint at entry {0} was made with an unknown key; put that key back into the key ring",
    ),
}
_PROVED = ("；检查点只证明了前{0}条记录", "; checkpoints prove no more than the first {0} entries")


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong: it shows at `sequence`, and nothing after entry `proved` can be trusted."""

    kind: FaultKind
    sequence: int
    proved: int

    def message(self, locale: str) -> str:
        """Return what is wrong, in Chinese unless the locale is English."""
        language = int(locale.lower().startswith("en"))
        return _MESSAGES[self.kind][language].format(self.sequence) + _PROVED[language].format(self.proved)


@dataclass(frozen=True, slots=True)
class Verified:
    """Nothing is wrong: the chain ends at `head`, and a checkpoint proves its first `proved` entries."""

    head: Head
    proved: int


def verify(
    entries: Iterable[AuditEntry],
    checkpoints: Iterable[Checkpoint],
    keys: Mapping[str, bytes],
    anchor: Head = Head(),
    kept_since: datetime | None = None,
) -> Fault | Verified:
    """Return the first fault of a chain, or what is proved of it; entries are read once and not kept.

    `anchor` is what remains of purged entries: their number and the digest of the last. An entry that is kept must tell
    of the purge, as `purged` writes it. A checkpoint at the anchor must agree with it; one before it must be no younger
    than `kept_since`, from when on nothing may be purged yet. Purging should leave a checkpoint at its anchor, of the
    time of the last entry that is purged.
    """
    waiting = deque(sorted(checkpoints, key=lambda checkpoint: checkpoint.count))
    following = iter(entries)
    head, proved = anchor, 0
    is_told = anchor.count == 0
    while True:
        while waiting and waiting[0].count <= head.count:
            checkpoint = waiting.popleft()
            if kind := _checkpoint_fault(checkpoint, keys) or _disagreement(checkpoint, head, anchor, kept_since):
                return Fault(kind, checkpoint.count, proved)
            proved = checkpoint.count if checkpoint.count == head.count else proved
        entry = next(following, None)
        if entry is None:
            break
        if kind := _entry_fault(entry, head):
            return Fault(kind, head.count + 1, proved)
        head = Head(entry.sequence, entry.digest)
        is_told = is_told or _tells(entry, anchor)
    if not waiting:
        return Verified(head, proved) if is_told else Fault(FaultKind.PURGE_UNTOLD, anchor.count, 0)
    if kind := _checkpoint_fault(waiting[0], keys):
        return Fault(kind, waiting[0].count, proved)
    return Fault(FaultKind.TRUNCATED, head.count + 1, proved)


def _checkpoint_fault(checkpoint: Checkpoint, keys: Mapping[str, bytes]) -> FaultKind | None:
    key = keys.get(checkpoint.key_id)
    if key is None:
        return FaultKind.CHECKPOINT_KEY_UNKNOWN
    expected = _mac(key, Head(checkpoint.count, checkpoint.digest), checkpoint.at)
    return None if hmac.compare_digest(expected, checkpoint.mac) else FaultKind.CHECKPOINT_FORGED


def _disagreement(checkpoint: Checkpoint, head: Head, anchor: Head, kept_since: datetime | None) -> FaultKind | None:
    if checkpoint.count == head.count and checkpoint.digest != head.digest:
        return FaultKind.RESTAMPED
    is_gone = checkpoint.count < anchor.count
    return FaultKind.PURGED_EARLY if is_gone and kept_since is not None and checkpoint.at > kept_since else None


def _tells(entry: AuditEntry, anchor: Head) -> bool:
    """Return whether an entry tells that those up to an anchor were purged."""
    told = purged(anchor)
    return entry.action == PURGE and entry.subject == told[0] and entry.details.get("digest") == told[1]


def purged(anchor: Head) -> tuple[str, str]:
    """Return the subject and the detail `digest` of the entry that tells of a purge up to an anchor."""
    return f"audit/{anchor.count}", anchor.digest.hex()


def _entry_fault(entry: AuditEntry, head: Head) -> FaultKind | None:
    """Return what is wrong with the entry that follows a head; one that has no canonical form was edited."""
    if entry.sequence != head.count + 1:
        return FaultKind.MISSING if entry.sequence > head.count else FaultKind.OUT_OF_ORDER
    try:
        digest = _digest(entry.sequence, entry, entry.previous)
    except AuditError:
        return FaultKind.EDITED
    if digest != entry.digest:
        return FaultKind.EDITED
    return None if entry.previous == head.digest else FaultKind.UNLINKED
