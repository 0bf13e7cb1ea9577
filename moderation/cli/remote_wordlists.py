"""A server's wordlists: the verbs of commands, by gRPC."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import grpc

from moderation.cli.checking import DEADLINE_SECONDS
from moderation.cli.remote_calls import Answer, Asked, RemoteCalls, all_pages, metadata_of, named
from moderation.cli.wordlist_access import Progressing
from moderation.review.desk import Page
from moderation.review.people import Actor
from moderation.service.plan_translate import plan_from_proto
from moderation.service.wordlist_translate import (
    BATCH_STATES,
    FORMATS,
    OPERATIONS,
    applied_from_proto,
    batch_from_proto,
    change_to_proto,
    difference_from_proto,
    listed_from_proto,
    standing_from_proto,
    uploaded_from_proto,
    version_from_proto,
)
from moderation.store.wordlist_work import Upload
from moderation.v1 import wordlist_pb2, wordlist_service_pb2_grpc
from moderation.v1 import wordlist_service_pb2 as messages
from moderation.wordlists.batch_files import BatchFile, changes_in
from moderation.wordlists.change import Batch, BatchState, Difference, Version
from moderation.wordlists.outcome import Applied, Planned, Uploaded
from moderation.wordlists.refusal import WordlistsError, WordlistsReason
from moderation.wordlists.standing import Listed, Standing
from moderation.wordlists.told import Progress

LONG_SECONDS = 3600.0
"""How long an upload, a plan or an application may take."""

SENT_AT_ONCE, CHANGES_AT_ONCE = 256 * 1024, 1000
UPLOADING = "uploading"


class RemoteLists:
    """Implements `moderation.cli.wordlist_access.Lists` over a server, by one actor; `progress` shows long work.

    Raises WordlistsError and DeskError as a store in this process does, and ServerError for what those do not say.
    """

    def __init__(self, address: str, actor: Actor, progress: Callable[[], Progressing]) -> None:
        self._actor = actor
        self._metadata = metadata_of(actor)
        self._progress = progress
        self._calls = RemoteCalls(address, "WordlistService", own=(WordlistsReason, WordlistsError))
        self._stub = wordlist_service_pb2_grpc.WordlistServiceStub(self._calls.channel)

    def wordlists(self) -> list[Listed]:
        """Return all lists in force."""
        pages = all_pages(lambda page: self._call(self._stub.ListWordlists, messages.ListWordlistsRequest(**page)))
        return [listed_from_proto(one) for page in pages for one in page.wordlists]

    def lines(self, wordlist: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the lines of a list in a version; see `Lists`."""
        request = messages.ListEntriesRequest(wordlist=wordlist, version=version, page_size=size, page_token=token)
        answer = self._call(self._stub.ListEntries, request)
        return Page(tuple(map(standing_from_proto, answer.entries)), answer.next_page_token)

    def search(self, text: str, version: int | None, *, size: int, token: str) -> Page[Standing]:
        """Return the entries that are related to a text."""
        request = messages.SearchEntriesRequest(text=text, version=version, page_size=size, page_token=token)
        answer = self._call(self._stub.SearchEntries, request)
        return Page(tuple(map(standing_from_proto, answer.entries)), answer.next_page_token)

    def export(self, wordlist: str, version: int | None) -> str:
        """Return a list as a file."""
        request = messages.ExportWordlistRequest(wordlist=wordlist, version=version)
        with self._calls.refusals():
            parts = self._stub.ExportWordlist(request, timeout=DEADLINE_SECONDS, metadata=self._metadata)
            return b"".join(part.content for part in parts).decode()

    def diff(self, from_version: int, to_version: int, *, size: int, token: str) -> Page[Difference]:
        """Return what leads from one version to another."""
        request = messages.DiffVersionsRequest(
            from_version=from_version, to_version=to_version, page_size=size, page_token=token
        )
        answer = self._call(self._stub.DiffVersions, request)
        return Page(tuple(map(difference_from_proto, answer.differences)), answer.next_page_token)

    def log(self, *, size: int, token: str) -> Page[Version]:
        """Return the versions, the latest first."""
        answer = self._call(self._stub.ListVersions, messages.ListVersionsRequest(page_size=size, page_token=token))
        return Page(tuple(map(version_from_proto, answer.versions)), answer.next_page_token)

    def batches(self, *, states: frozenset[BatchState], size: int, token: str) -> Page[Batch]:
        """Return the batches in some states."""
        request = messages.ListBatchesRequest(
            states=[BATCH_STATES.number(state) for state in sorted(states)], page_size=size, page_token=token
        )
        answer = self._call(self._stub.ListBatches, request)
        return Page(tuple(map(batch_from_proto, answer.batches)), answer.next_page_token)

    def upload(self, files: Sequence[BatchFile], wanted: Upload) -> Uploaded:
        """Send files, and show how much is sent."""
        with self._progress() as tell, self._calls.refusals():
            parts = _parts(files, wanted, tell)
            answer = self._stub.UploadBatch(parts, timeout=LONG_SECONDS, metadata=self._metadata)
            return uploaded_from_proto(answer)

    def plan(self, batch: int, templates: int) -> Planned:
        """Return what a batch would do, and show how far that is."""
        request = messages.PlanBatchRequest(batch=batch, templates=templates)
        whole = wordlist_pb2.WordlistPlan()
        with self._progress() as tell, self._calls.refusals():
            for answer in self._stub.PlanBatch(request, timeout=LONG_SECONDS, metadata=self._metadata):
                if answer.HasField("plan"):
                    whole.MergeFrom(answer.plan)
                else:
                    tell(answer.progress.stage, answer.progress.done, answer.progress.total)
        return plan_from_proto(whole)

    def apply(self, batch: int, expected: int, *, approval_above: int | None, request_id: str) -> Applied:
        """Put a batch into force, where it is sound; above how many changes it awaits approval, the server says."""
        request = messages.ApplyBatchRequest(batch=batch, expected_version=expected, request_id=named(request_id))
        return applied_from_proto(self._call(self._stub.ApplyBatch, request, LONG_SECONDS))

    def approve(self, batch: int, expected: int, *, request_id: str) -> Applied:
        """Put a batch that awaits it into force, where it is sound."""
        request = messages.ApproveBatchRequest(batch=batch, expected_version=expected, request_id=named(request_id))
        return applied_from_proto(self._call(self._stub.ApproveBatch, request, LONG_SECONDS))

    def drop(self, batch: int, reason: str, *, request_id: str) -> Batch:
        """Let a batch never be."""
        request = messages.DropBatchRequest(batch=batch, reason=reason, request_id=named(request_id))
        return batch_from_proto(self._call(self._stub.DropBatch, request).batch)

    def rollback(self, to_version: int, expected: int, reason: str, *, request_id: str) -> Version:
        """Restore an earlier version."""
        request = messages.RollbackRequest(
            to_version=to_version, expected_version=expected, reason=reason, request_id=named(request_id)
        )
        return version_from_proto(self._call(self._stub.Rollback, request, LONG_SECONDS).version)

    def close(self) -> None:
        """Close the channel."""
        self._calls.close()

    def _call(
        self,
        method: grpc.UnaryUnaryMultiCallable[Asked, Answer],
        request: Asked,
        seconds: float = DEADLINE_SECONDS,
    ) -> Answer:
        return self._calls.call(self._actor, method, request, seconds)


def _parts(files: Sequence[BatchFile], wanted: Upload, tell: Progress) -> Iterator[messages.UploadBatchRequest]:
    """Yield an upload, and tell how much of it is sent."""
    header = messages.UploadHeader(
        request_id=named(wanted.request_id),
        base_version=wanted.base,
        reason=wanted.reason,
        validate_only=wanted.validate_only,
    )
    yield messages.UploadBatchRequest(header=header)
    total, sent = sum(len(file.content) for file in files), 0
    for file in files:
        if file.format is None:
            yield from _changes(file)
            continue
        begun = messages.UploadFile(
            name=file.name[-256:],
            format=FORMATS.number(file.format),
            operation=OPERATIONS.number(file.given.operation),
            wordlist=file.given.wordlist,
            source=file.given.source,
            shadow_until=file.given.shadow.isoformat() if file.given.shadow is not None else "",
        )
        yield messages.UploadBatchRequest(file=begun)
        for start in range(0, len(file.content), SENT_AT_ONCE):
            part = file.content[start : start + SENT_AT_ONCE]
            yield messages.UploadBatchRequest(content=part)
            sent += len(part)
            tell(UPLOADING, sent, total)


def _changes(file: BatchFile) -> Iterator[messages.UploadBatchRequest]:
    """Yield the changes of a file without a format."""
    told = list(map(change_to_proto, changes_in(file.content)))
    for start in range(0, len(told), CHANGES_AT_ONCE):
        some = messages.UploadChanges(changes=told[start : start + CHANGES_AT_ONCE])
        yield messages.UploadBatchRequest(changes=some)
