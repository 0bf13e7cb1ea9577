"""Proving an audit chain: the first thing that is wrong with it, or how much of it its checkpoints prove."""

from __future__ import annotations

import hmac
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderation.review.audit import (
    NOTHING,
    PURGE,
    AuditEntry,
    AuditError,
    Checkpoint,
    Head,
    UnreadableEntry,
    checkpoint_mac,
    entry_digest,
)


class FaultKind(StrEnum):
    """What is wrong with a chain or its checkpoints."""

    EDITED = "EDITED"
    MISSING = "MISSING"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    UNLINKED = "UNLINKED"
    RESTAMPED = "RESTAMPED"
    TRUNCATED = "TRUNCATED"
    HEAD_DIFFERS = "HEAD_DIFFERS"
    ROW_DIFFERS = "ROW_DIFFERS"
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
    FaultKind.HEAD_DIFFERS: (
        "存储另记的链尾与第{0}条记录处的链尾不符：末尾的记录被删除，或该行被改动、删除",
        "the chain ends at entry {0}, but the store's row of its end is gone or tells otherwise: the newest entries"
        " were removed, or that row was changed",
    ),
    FaultKind.ROW_DIFFERS: (
        "第{0}条记录的决定与存储中的裁决或申诉不符：该行被改动或删除",
        "the decision of entry {0} is not that of the ruling or appeal in the store: that row was changed or removed",
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
    entries: Iterable[AuditEntry | UnreadableEntry],
    checkpoints: Iterable[Checkpoint],
    keys: Mapping[str, bytes],
    anchor: Head = NOTHING,
    kept_since: datetime | None = None,
    *,
    is_whole: bool = True,
) -> Fault | Verified:
    """Return the first fault of a chain, or what is proved of it; entries are read once and not kept.

    `anchor` is what remains of purged entries: their number and the digest of the last. An entry that is kept must tell
    of the purge, as `purged` writes it, unless these are not all entries (`is_whole`). A checkpoint at the anchor must
    agree with it; one before it must be no younger than `kept_since`, from when on nothing may be purged yet. Purging
    should leave a checkpoint at its anchor, of the time of the last entry that is purged.
    """
    waiting = deque(sorted(checkpoints, key=lambda checkpoint: checkpoint.count))
    following = iter(entries)
    head, proved = anchor, 0
    is_told = anchor.count == 0 or not is_whole
    while True:
        while waiting and waiting[0].count <= head.count:
            checkpoint = waiting.popleft()
            if kind := _checkpoint_fault(checkpoint, keys) or _disagreement(checkpoint, head, anchor, kept_since):
                return Fault(kind, checkpoint.count, proved)
            proved = checkpoint.count if checkpoint.count == head.count else proved
        entry = next(following, None)
        if entry is None:
            break
        followed = _followed(head, entry)
        if isinstance(followed, FaultKind):
            return Fault(followed, head.count + 1, proved)
        head = followed
        is_told = is_told or (isinstance(entry, AuditEntry) and _tells(entry, anchor))
    if not waiting:
        return Verified(head, proved) if is_told else Fault(FaultKind.PURGE_UNTOLD, anchor.count, 0)
    if kind := _checkpoint_fault(waiting[0], keys):
        return Fault(kind, waiting[0].count, proved)
    return Fault(FaultKind.TRUNCATED, head.count + 1, proved)


def _checkpoint_fault(checkpoint: Checkpoint, keys: Mapping[str, bytes]) -> FaultKind | None:
    key = keys.get(checkpoint.key_id)
    if key is None:
        return FaultKind.CHECKPOINT_KEY_UNKNOWN
    expected = checkpoint_mac(key, Head(checkpoint.count, checkpoint.digest), checkpoint.at)
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


def anchor_before(entries: Sequence[AuditEntry | UnreadableEntry]) -> Head:
    """Return what the first of some entries says that it follows, where nothing else tells it."""
    first = entries[0] if entries else None
    return Head(first.sequence - 1, first.previous) if isinstance(first, AuditEntry) and first.sequence > 1 else NOTHING


def purged(anchor: Head) -> tuple[str, str]:
    """Return the subject and the detail `digest` of the entry that tells of a purge up to an anchor."""
    return f"audit/{anchor.count}", anchor.digest.hex()


def _followed(head: Head, entry: AuditEntry | UnreadableEntry) -> Head | FaultKind:
    """Return the head after one more entry, or what is wrong with it; one that has no canonical form was edited."""
    if entry.sequence is not None and entry.sequence != head.count + 1:
        return FaultKind.MISSING if entry.sequence > head.count else FaultKind.OUT_OF_ORDER
    if isinstance(entry, UnreadableEntry):
        return FaultKind.EDITED
    try:
        digest = entry_digest(entry.sequence, entry, entry.previous)
    except AuditError:
        return FaultKind.EDITED
    if digest != entry.digest:
        return FaultKind.EDITED
    return Head(entry.sequence, digest) if entry.previous == head.digest else FaultKind.UNLINKED
