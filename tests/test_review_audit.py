"""The audit chain finds what was done to it: edits, gaps, moves, recomputed digests, cut ends, forged checkpoints."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.review.audit import (
    GENESIS,
    PURGE,
    AuditEntry,
    AuditError,
    Checkpoint,
    Head,
    Record,
    UnreadableEntry,
    decode_checkpoints,
    encode_checkpoint,
    encode_details,
    extend,
    make_checkpoint,
)
from moderation.review.audit_proof import Fault, FaultKind, Verified, purged, verify

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EMPTY = Head()
KEYS = {"root": b"k" * 32}


def chain(size: int, head: Head = EMPTY) -> list[AuditEntry]:
    records = [
        Record(START + timedelta(minutes=number), "zhang", "reviewer", "case.rule", f"case/{number}", {"epoch": number})
        for number in range(size)
    ]
    return extend(head, records)


def head_at(entries: list[AuditEntry], count: int) -> Head:
    return Head(count, entries[count - 1].digest)


def checkpoint_at(entries: list[AuditEntry], count: int, key_id: str = "root", key: bytes = KEYS["root"]) -> Checkpoint:
    return make_checkpoint(head_at(entries, count), START, key_id, key)


def restamped(entries: list[AuditEntry], index: int) -> list[AuditEntry]:
    """Edit one entry and recompute every digest from it on, as one can who has the database but not the key."""
    records = [Record(e.at, e.actor, e.role, e.action, e.subject, e.details) for e in entries]
    records[index] = replace(records[index], actor="li")
    return extend(EMPTY, records)


def test_a_chain_continues_from_its_head() -> None:
    entries = chain(3)
    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert entries[0].previous == GENESIS
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:2]]
    more = chain(2, head_at(entries, 3))
    assert verify([*entries, *more], [], KEYS) == Verified(Head(5, more[-1].digest), 0)
    assert verify([*entries, *more], [checkpoint_at(entries, 3)], KEYS) == Verified(Head(5, more[-1].digest), 3)


def test_the_canonical_form_does_not_change() -> None:
    """A stored chain must stay verifiable by later versions."""
    [entry] = extend(EMPTY, [Record(START, "张", "lead", "policy.set", "policy/1", {"b": [1, 2.5, None], "a": True})])
    assert encode_details(entry.details) == '{"a":true,"b":[1,2.5,null]}'
    canonical = (
        '{"action":"policy.set","actor":"张","at":"2026-11-23T08:00:00.000000Z","details":{"a":true,"b":[1,2.5,null]},'
        '"role":"lead","sequence":1,"subject":"policy/1"}'
    )
    assert entry.digest == hashlib.sha256(GENESIS + canonical.encode()).digest()


@pytest.mark.parametrize(
    ("harm", "kind", "sequence"),
    [
        (lambda chain: [*chain[:4], replace(chain[4], actor="li"), *chain[5:]], FaultKind.EDITED, 5),
        (lambda chain: [*chain[:4], replace(chain[4], details={"epoch": 9}), *chain[5:]], FaultKind.EDITED, 5),
        (lambda chain: [*chain[:4], replace(chain[4], at=chain[4].at.replace(tzinfo=None))], FaultKind.EDITED, 5),
        (lambda chain: [*chain[:4], replace(chain[4], digest=b""), *chain[5:]], FaultKind.EDITED, 5),
        (lambda chain: [*chain[:4], *chain[5:]], FaultKind.MISSING, 5),
        (lambda chain: chain[2:], FaultKind.MISSING, 1),
        (lambda chain: [*chain[:5], chain[4], *chain[5:]], FaultKind.OUT_OF_ORDER, 6),
        (lambda chain: [*chain[:4], chain[5], chain[4], *chain[6:]], FaultKind.MISSING, 5),
        (
            lambda chain: [*chain[:4], replace(chain[5], sequence=5), replace(chain[4], sequence=6), *chain[6:]],
            FaultKind.EDITED,
            5,
        ),
        (lambda chain: [*restamped(chain, 4)[:5], *chain[5:]], FaultKind.UNLINKED, 6),
        (lambda chain: restamped(chain, 4), FaultKind.RESTAMPED, 8),
        (lambda chain: chain[:7], FaultKind.TRUNCATED, 8),
        (lambda chain: [], FaultKind.TRUNCATED, 1),
    ],
)
def test_harm_to_entries_is_found(
    harm: Callable[[list[AuditEntry]], list[AuditEntry]], kind: FaultKind, sequence: int
) -> None:
    entries = chain(10)
    marks = [checkpoint_at(entries, 8), checkpoint_at(entries, 3)]
    fault = verify(harm(entries), marks, KEYS)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.sequence, fault.proved) == (kind, sequence, 3 if sequence > 3 else 0)


@pytest.mark.parametrize(
    ("sequence", "kind"), [(5, FaultKind.EDITED), (None, FaultKind.EDITED), (6, FaultKind.MISSING)]
)
def test_what_cannot_be_read_was_edited(sequence: int | None, kind: FaultKind) -> None:
    entries = chain(10)
    fault = verify([*entries[:4], UnreadableEntry(sequence), *entries[5:]], [checkpoint_at(entries, 3)], KEYS)
    assert fault == Fault(kind, 5, 3)


def test_after_the_last_checkpoint_restamping_and_truncation_are_not_found() -> None:
    entries = chain(10)
    marks = [checkpoint_at(entries, 8)]
    assert verify(restamped(entries, 8), marks, KEYS) == Verified(head_at(restamped(entries, 8), 10), 8)
    assert verify(entries[:8], marks, KEYS) == Verified(head_at(entries, 8), 8)


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (lambda mark: replace(mark, mac=bytes(32)), FaultKind.CHECKPOINT_FORGED),
        (lambda mark: replace(mark, count=9), FaultKind.CHECKPOINT_FORGED),
        (lambda mark: replace(mark, count=99), FaultKind.CHECKPOINT_FORGED),
        (lambda mark: replace(mark, digest=bytes(32)), FaultKind.CHECKPOINT_FORGED),
        (lambda mark: replace(mark, at=START + timedelta(microseconds=1)), FaultKind.CHECKPOINT_FORGED),
        (lambda mark: replace(mark, key_id="elsewhere"), FaultKind.CHECKPOINT_KEY_UNKNOWN),
        (lambda mark: make_checkpoint(Head(8, mark.digest), START, "root", b"x" * 32), FaultKind.CHECKPOINT_FORGED),
    ],
)
def test_harm_to_checkpoints_is_found(harm: Callable[[Checkpoint], Checkpoint], kind: FaultKind) -> None:
    entries = chain(10)
    mark = harm(checkpoint_at(entries, 8))
    assert verify(entries, [checkpoint_at(entries, 3), mark], KEYS) == Fault(kind, mark.count, 3)


def test_what_is_purged_is_held_by_its_anchor() -> None:
    entries = chain(10)
    anchor = head_at(entries, 6)
    marks = [checkpoint_at(entries, count) for count in (4, 6, 8)]
    subject, digest = purged(anchor)
    tells = Record(START, "moderation", "system", PURGE, subject, {"digest": digest})
    kept = [*entries[6:], *extend(head_at(entries, 10), [tells])]
    whole = Verified(Head(11, kept[-1].digest), 8)
    assert verify(kept, marks, KEYS, anchor) == whole
    assert verify(kept, marks, KEYS, anchor, START) == whole
    before = START - timedelta(seconds=1)
    assert verify(kept, marks, KEYS, anchor, before) == Fault(FaultKind.PURGED_EARLY, 4, 0)
    assert verify(entries[6:], marks, KEYS, anchor) == Fault(FaultKind.PURGE_UNTOLD, 6, 0)
    assert verify([], marks[:2], KEYS, anchor) == Fault(FaultKind.PURGE_UNTOLD, 6, 0)
    assert verify(entries[7:], marks, KEYS, anchor) == Fault(FaultKind.MISSING, 7, 6)
    assert verify(entries[6:], marks, KEYS, Head(6, bytes(32))) == Fault(FaultKind.RESTAMPED, 6, 0)
    assert verify(entries[6:], [], KEYS, Head(6, bytes(32))) == Fault(FaultKind.UNLINKED, 7, 0)
    forged = replace(marks[0], mac=bytes(32))
    assert verify(entries[6:], [forged], KEYS, anchor) == Fault(FaultKind.CHECKPOINT_FORGED, 4, 0)


@pytest.mark.parametrize("kind", FaultKind)
def test_a_fault_is_told_in_both_languages(kind: FaultKind) -> None:
    fault = Fault(kind, 12, 7)
    for locale in ("zh", "en-GB"):
        assert "12" in fault.message(locale)
        assert "7" in fault.message(locale)
    assert fault.message("en").isascii()
    assert not fault.message("zh-CN").isascii()


@pytest.mark.parametrize(
    "record",
    [
        Record(START.replace(tzinfo=None), "zhang", "reviewer", "case.rule", "case/1", {}),
        Record(
            datetime.min.replace(tzinfo=timezone(timedelta(hours=8))), "zhang", "reviewer", "case.rule", "case/1", {}
        ),
        Record(START, "zhang", "reviewer", "case.rule", "case/1", {"score": float("nan")}),
        Record(START, "\ud800", "reviewer", "case.rule", "case/1", {}),
        Record(START, "zhang", "reviewer", "case.rule", "case/1", {"digest": [b""]}),  # type: ignore[list-item]
    ],
)
def test_what_has_no_canonical_form_is_refused(record: Record) -> None:
    with pytest.raises(AuditError):
        extend(EMPTY, [record])


def test_the_zone_of_a_time_is_no_matter() -> None:
    record = Record(START, "zhang", "reviewer", "case.rule", "case/1", {})
    elsewhere = replace(record, at=START.astimezone(timezone(timedelta(hours=8))))
    assert extend(EMPTY, [record]) == extend(EMPTY, [elsewhere])


heads = st.builds(Head, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
moments = st.datetimes(timezones=st.just(UTC))


@given(st.lists(st.builds(make_checkpoint, heads, moments, st.text("abc-", max_size=5), st.binary(max_size=40))))
def test_checkpoints_survive_their_file(checkpoints: list[Checkpoint]) -> None:
    assert decode_checkpoints(b"".join(map(encode_checkpoint, checkpoints))) == checkpoints


LINE = encode_checkpoint(make_checkpoint(Head(8, b"h" * 32), START, "root", KEYS["root"]))


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\x00",
        b"null",
        b"[" * 100_000,
        LINE.replace(b":8,", b":8.0,"),
        LINE.replace(b":8,", b":-8,"),
        LINE.replace(b":8,", b":true,"),
        LINE.replace(b":8,", b":" + b"9" * 5000 + b","),
        LINE.replace(b"Z", b""),
        LINE.replace(b"2026", b"26"),
        LINE.replace(b'"root"', b"7"),
        LINE.replace(b"68", b"", 1),
        LINE.replace(b"count", b"number"),
    ],
)
def test_a_broken_line_is_named(line: bytes) -> None:
    with pytest.raises(AuditError, match="line 3: ") as raised:
        decode_checkpoints(LINE + b"\r\n" + line)
    assert raised.value.line == 3


@pytest.mark.parametrize("length", range(1, len(LINE) - 2, 7))
def test_a_line_that_was_cut_short_is_passed_over(length: int) -> None:
    assert decode_checkpoints(LINE + LINE[:length]) == decode_checkpoints(LINE)


@given(st.binary() | st.binary().map(lambda junk: LINE[:60] + junk))
def test_any_bytes_are_survived(content: bytes) -> None:
    try:
        checkpoints = decode_checkpoints(content)
    except AuditError:
        return
    assert all(isinstance(verify([], [checkpoint], KEYS), Fault | Verified) for checkpoint in checkpoints)


@given(st.integers(1, 8), st.data())
def test_no_change_before_the_last_checkpoint_goes_unseen(size: int, data: st.DataObject) -> None:
    entries = chain(size)
    mark = checkpoint_at(entries, size)
    assert verify(entries, [mark], KEYS) == Verified(head_at(entries, size), size)
    others = [*entries, *restamped(entries, data.draw(st.integers(0, size - 1)))]
    mixed = data.draw(st.lists(st.sampled_from(others), max_size=size + 1))
    if mixed[:size] != entries:
        assert isinstance(verify(mixed, [mark], KEYS), Fault)
