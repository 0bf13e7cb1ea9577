"""WordlistService over one store: calls that answer soon in threads, long ones in a process of their own."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from google.protobuf.message import Message

from moderation.automata import default_cache
from moderation.review.people import Actor
from moderation.service import wordlist_jobs
from moderation.service.decode import Request
from moderation.service.desk_calls import DeskCalls, begun
from moderation.service.guard import Context, Guard, require_time
from moderation.service.labour import Labour
from moderation.service.methods import Service, answering, collecting, service, unary
from moderation.service.plan_translate import plan_parts
from moderation.service.roles import permitted
from moderation.service.settings import Settings
from moderation.service.wordlist import WordlistHandlers
from moderation.service.wordlist_jobs import Workshop
from moderation.service.wordlist_receiving import Receiving
from moderation.service.wordlist_translate import applied_to_proto, uploaded_to_proto
from moderation.store.wordlist_desk import WordlistDesk
from moderation.store.wordlist_work import needs_check
from moderation.store.wordlists import StoredWordlists
from moderation.v1 import wordlist_service_pb2 as messages
from moderation.wordlists.change import BatchState, Version
from moderation.wordlists.outcome import Applied

WORDLIST = messages.DESCRIPTOR.services_by_name["WordlistService"]

THREADS = 4
TEMPLATES = 1000
"""Stored templates that a plan tries unless another number is asked for."""

EXPORTED_AT_ONCE = 256 * 1024

Methods = Mapping[str, tuple[Callable[[Any, Actor], Message], type[Message]]]


class WordlistServices:
    """The service over one store; belongs to one event loop."""

    def __init__(self, settings: Settings, wordlists: StoredWordlists, guard: Guard) -> None:
        self._versions = wordlists
        self._approval_above = settings.approval_above
        self._shop = Workshop.of(settings, wordlists)
        self.desk = WordlistDesk(self._shop.files, wordlists)
        self._handlers = WordlistHandlers(self.desk)
        self._calls = DeskCalls(THREADS)
        self._labour = Labour(settings.cache or default_cache())
        methods = {
            name: unary(guard, name, self._calls.handler(f"WordlistService.{name}", handle), kind)
            for name, (handle, kind) in _short(self._handlers).items()
        }
        methods["ExportWordlist"] = answering(guard, "ExportWordlist", self._export, messages.ExportWordlistRequest)
        methods["UploadBatch"] = collecting(guard, "UploadBatch", self._upload, messages.UploadBatchRequest)
        methods["PlanBatch"] = answering(guard, "PlanBatch", self._plan, messages.PlanBatchRequest)
        methods["ApplyBatch"] = unary(guard, "ApplyBatch", self._apply, messages.ApplyBatchRequest)
        methods["ApproveBatch"] = unary(guard, "ApproveBatch", self._approve, messages.ApproveBatchRequest)
        self.service: Service = service(WORDLIST.full_name, methods)

    def end_long_calls(self) -> None:
        """End what is at work in a process of its own."""
        self._labour.close()

    async def close(self) -> None:
        """Wait for what is at work in threads; the store stays open."""
        await self._calls.close()

    async def _export(self, request: Request[messages.ExportWordlistRequest], context: Context) -> None:
        message, actor = begun("WordlistService.ExportWordlist", request, context)
        content = await self._calls.run(lambda: self._handlers.export(message, actor))
        for start in range(0, len(content), EXPORTED_AT_ONCE):
            part = content[start : start + EXPORTED_AT_ONCE]
            await context.write(messages.ExportWordlistResponse(content=part))

    async def _upload(
        self, requests: AsyncIterator[Request[messages.UploadBatchRequest]], context: Context
    ) -> messages.UploadBatchResponse:
        """Stage what comes in, then take it up as one batch; nothing is kept of what is cut short."""
        actor = permitted("WordlistService.UploadBatch", context.invocation_metadata())
        with tempfile.TemporaryDirectory(prefix="moderation-") as directory:
            receiving = Receiving(Path(directory))
            try:
                async for request in requests:
                    message = request.checked()
                    await asyncio.to_thread(receiving.take, message)
            finally:
                receiving.close()
            require_time(context)
            work = partial(wordlist_jobs.upload, self._shop, actor, receiving.files, receiving.wanted)
            return uploaded_to_proto(await self._labour.run(work))

    async def _plan(self, request: Request[messages.PlanBatchRequest], context: Context) -> None:
        message, _ = begun("WordlistService.PlanBatch", request, context)
        await self._calls.run(lambda: self._versions.batch(message.batch))
        templates = message.templates if message.HasField("templates") else TEMPLATES

        async def hear(stage: str, done: int, total: int) -> None:
            progress = messages.PlanProgress(stage=stage, done=done, total=total)
            await context.write(messages.PlanBatchResponse(progress=progress))

        planned = await self._labour.run(partial(wordlist_jobs.plan, self._shop, message.batch, templates), hear)
        for part in plan_parts(planned):
            await context.write(messages.PlanBatchResponse(plan=part))

    async def _apply(
        self, request: Request[messages.ApplyBatchRequest], context: Context
    ) -> messages.ApplyBatchResponse:
        message, actor = begun("WordlistService.ApplyBatch", request, context)

        def apply() -> Version | None:
            done = self._versions.apply(
                actor,
                message.batch,
                message.expected_version,
                approval_above=self._approval_above,
                request_id=message.request_id,
            )
            return done if isinstance(done, Version) else None

        applied = await self._applied(message, actor, BatchState.DRAFT, apply)
        return applied_to_proto(messages.ApplyBatchResponse, applied)

    async def _approve(
        self, request: Request[messages.ApproveBatchRequest], context: Context
    ) -> messages.ApproveBatchResponse:
        message, actor = begun("WordlistService.ApproveBatch", request, context)

        def approve() -> Version:
            return self._versions.approve(actor, message.batch, message.expected_version, request_id=message.request_id)

        applied = await self._applied(message, actor, BatchState.AWAITING_APPROVAL, approve)
        return applied_to_proto(messages.ApproveBatchResponse, applied)

    async def _applied(
        self,
        message: messages.ApplyBatchRequest | messages.ApproveBatchRequest,
        actor: Actor,
        state: BatchState,
        apply: Callable[[], Version | None],
    ) -> Applied:
        """Return what becomes of a batch: it is checked against what is in force, then put into force."""
        asked = actor, message.batch, message.expected_version, state
        wrong = None
        if await self._calls.run(lambda: needs_check(self._versions, *asked)):
            wrong = await self._labour.run(partial(wordlist_jobs.unsound, self._shop, *asked))
        version = await self._calls.run(apply) if wrong is None else None
        return Applied(await self._calls.run(lambda: self._versions.batch(message.batch)), version, wrong)


def _short(handlers: WordlistHandlers) -> Methods:
    return {
        "ListWordlists": (handlers.list_wordlists, messages.ListWordlistsRequest),
        "GetWordlist": (handlers.get_wordlist, messages.GetWordlistRequest),
        "ListEntries": (handlers.list_entries, messages.ListEntriesRequest),
        "SearchEntries": (handlers.search_entries, messages.SearchEntriesRequest),
        "DropBatch": (handlers.drop_batch, messages.DropBatchRequest),
        "Rollback": (handlers.rollback, messages.RollbackRequest),
        "GetBatch": (handlers.get_batch, messages.GetBatchRequest),
        "ListBatches": (handlers.list_batches, messages.ListBatchesRequest),
        "ListChanges": (handlers.list_changes, messages.ListChangesRequest),
        "ListVersions": (handlers.list_versions, messages.ListVersionsRequest),
        "DiffVersions": (handlers.diff_versions, messages.DiffVersionsRequest),
    }
