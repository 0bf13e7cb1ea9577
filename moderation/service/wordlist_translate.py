"""Wordlists, batches and versions to messages of the contract and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from moderation.match.listing import Diagnostic
from moderation.rule_examples import BrokenExample
from moderation.service.choices import Choices
from moderation.service.review_translate import moment_of, timestamp
from moderation.v1 import wordlist_pb2, wordlist_service_pb2
from moderation.wordlists.batch_file import BatchFormat
from moderation.wordlists.change import Batch, BatchState, Change, Difference, Operation, Version
from moderation.wordlists.outcome import Applied, Unsound, Uploaded
from moderation.wordlists.plan import ListCounts
from moderation.wordlists.problems import MOST_TOLD
from moderation.wordlists.standing import Listed, Match, Standing
from moderation.wordlists.told import MOST_SHOWN

OPERATIONS = Choices(wordlist_pb2.WordlistOperation, "WORDLIST_OPERATION_", Operation)
BATCH_STATES = Choices(wordlist_pb2.WordlistBatchState, "WORDLIST_BATCH_STATE_", BatchState)
MATCHES = Choices(wordlist_pb2.EntryMatch, "ENTRY_MATCH_", Match)
FORMATS = Choices(wordlist_service_pb2.BatchFormat, "BATCH_FORMAT_", BatchFormat)

Answered = TypeVar("Answered", wordlist_service_pb2.ApplyBatchResponse, wordlist_service_pb2.ApproveBatchResponse)


def listed_to_proto(one: Listed) -> wordlist_pb2.Wordlist:
    """Return the message of a list."""
    return wordlist_pb2.Wordlist(id=one.id, title=one.title, entries=one.entries, kinds=one.kinds)


def listed_from_proto(message: wordlist_pb2.Wordlist) -> Listed:
    """Return the list of a message."""
    return Listed(message.id, message.title, message.entries, tuple(message.kinds))


def standing_to_proto(one: Standing) -> wordlist_pb2.WordlistEntry:
    """Return the message of a line."""
    match = MATCHES.number(one.match)
    return wordlist_pb2.WordlistEntry(
        wordlist=one.wordlist, entry=one.entry, line=one.line, since=one.since, match=match
    )


def standing_from_proto(message: wordlist_pb2.WordlistEntry) -> Standing:
    """Return the line of a message."""
    return Standing(message.wordlist, message.entry, message.line, message.since, MATCHES.member(message.match))


def change_to_proto(one: Change) -> wordlist_pb2.WordlistChange:
    """Return the message of a change."""
    operation = OPERATIONS.number(one.operation)
    return wordlist_pb2.WordlistChange(
        operation=operation, wordlist=one.wordlist, entry=one.entry, line=one.line, number=one.number
    )


def batch_to_proto(one: Batch) -> wordlist_pb2.WordlistBatch:
    """Return the message of a batch."""
    return wordlist_pb2.WordlistBatch(
        number=one.number,
        state=BATCH_STATES.number(one.state),
        base=one.base,
        author=one.author,
        reason=one.reason,
        uploaded_at=timestamp(one.uploaded_at),
        added=one.added,
        removed=one.removed,
        replaced=one.replaced,
        approved_by=one.approved_by,
        version=one.version,
    )


def batch_from_proto(message: wordlist_pb2.WordlistBatch) -> Batch:
    """Return the batch of a message."""
    return Batch(
        number=message.number,
        state=BATCH_STATES.sent(message.state),
        base=message.base,
        author=message.author,
        reason=message.reason,
        uploaded_at=moment_of(message.uploaded_at),
        added=message.added,
        removed=message.removed,
        replaced=message.replaced,
        approved_by=message.approved_by,
        version=message.version if message.HasField("version") else None,
    )


def version_to_proto(one: Version) -> wordlist_pb2.WordlistVersion:
    """Return the message of a version."""
    return wordlist_pb2.WordlistVersion(
        number=one.number,
        batch=one.batch,
        author=one.author,
        approved_by=one.approved_by,
        reason=one.reason,
        at=timestamp(one.at),
        added=one.added,
        removed=one.removed,
        replaced=one.replaced,
        restores=one.restores,
    )


def version_from_proto(message: wordlist_pb2.WordlistVersion) -> Version:
    """Return the version of a message."""
    return Version(
        number=message.number,
        batch=message.batch if message.HasField("batch") else None,
        author=message.author,
        approved_by=message.approved_by,
        reason=message.reason,
        at=moment_of(message.at),
        added=message.added,
        removed=message.removed,
        replaced=message.replaced,
        restores=message.restores if message.HasField("restores") else None,
    )


def difference_to_proto(one: Difference) -> wordlist_pb2.WordlistDifference:
    """Return the message of a difference."""
    operation = OPERATIONS.number(one.operation)
    return wordlist_pb2.WordlistDifference(
        operation=operation, wordlist=one.wordlist, entry=one.entry, before=one.before, after=one.after
    )


def difference_from_proto(message: wordlist_pb2.WordlistDifference) -> Difference:
    """Return the difference of a message."""
    before = message.before if message.HasField("before") else None
    after = message.after if message.HasField("after") else None
    return Difference(OPERATIONS.sent(message.operation), message.wordlist, message.entry, before, after)


def problems_to_proto(problems: Iterable[Diagnostic]) -> list[wordlist_pb2.LineProblem]:
    """Return the messages of problems."""
    return [
        wordlist_pb2.LineProblem(file=one.file, line=one.line, column=one.column, problem=one.problem, mend=one.mend)
        for one in problems
    ]


def problems_from_proto(messages: Iterable[wordlist_pb2.LineProblem]) -> tuple[Diagnostic, ...]:
    """Return the problems of messages."""
    return tuple(Diagnostic(one.file, one.line, one.column, one.problem, one.mend) for one in messages)


def counts_to_proto(counts: Iterable[ListCounts]) -> list[wordlist_pb2.WordlistCounts]:
    """Return the messages of counts."""
    return [
        wordlist_pb2.WordlistCounts(wordlist=one.wordlist, added=one.added, removed=one.removed, replaced=one.replaced)
        for one in counts
    ]


def counts_from_proto(messages: Iterable[wordlist_pb2.WordlistCounts]) -> tuple[ListCounts, ...]:
    """Return the counts of messages."""
    return tuple(ListCounts(one.wordlist, one.added, one.removed, one.replaced) for one in messages)


def broken_to_proto(broken: Iterable[BrokenExample]) -> list[wordlist_pb2.BrokenExample]:
    """Return the messages of examples."""
    return [
        wordlist_pb2.BrokenExample(
            rule_id=one.rule_id, rule_name=one.rule_name, text=one.text, quote=one.quote, found=one.found
        )
        for one in broken
    ]


def broken_from_proto(messages: Iterable[wordlist_pb2.BrokenExample]) -> tuple[BrokenExample, ...]:
    """Return the examples of messages."""
    return tuple(
        BrokenExample(
            one.rule_id, one.rule_name, one.text, one.quote if one.HasField("quote") else None, tuple(one.found)
        )
        for one in messages
    )


def uploaded_to_proto(one: Uploaded) -> wordlist_service_pb2.UploadBatchResponse:
    """Return the message of what was taken up."""
    return wordlist_service_pb2.UploadBatchResponse(
        batch=batch_to_proto(one.batch) if one.batch is not None else None,
        changes=one.changes,
        unchanged=one.unchanged,
        counts=counts_to_proto(one.counts),
        problems=problems_to_proto(one.problems[:MOST_TOLD]),
        problem_count=one.problem_count,
        version=one.version,
    )


def uploaded_from_proto(message: wordlist_service_pb2.UploadBatchResponse) -> Uploaded:
    """Return what was taken up, of a message."""
    return Uploaded(
        batch_from_proto(message.batch) if message.HasField("batch") else None,
        message.changes,
        message.unchanged,
        counts_from_proto(message.counts),
        problems_from_proto(message.problems),
        message.problem_count,
        message.version,
    )


def applied_to_proto(kind: type[Answered], one: Applied) -> Answered:
    """Return the message, of one of two kinds, of what became of a batch."""
    wrong = one.wrong or Unsound()
    return kind(
        version=version_to_proto(one.version) if one.version is not None else None,
        batch=batch_to_proto(one.batch),
        problems=problems_to_proto(wrong.problems[:MOST_TOLD]),
        broken=broken_to_proto(wrong.broken[:MOST_SHOWN]),
    )


def applied_from_proto(message: Answered) -> Applied:
    """Return what became of a batch, of a message."""
    version = version_from_proto(message.version) if message.HasField("version") else None
    wrong = Unsound(problems_from_proto(message.problems), broken_from_proto(message.broken))
    return Applied(batch_from_proto(message.batch), version, wrong if wrong != Unsound() else None)
