"""CheckService: bounds, policies and order; the engine does the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from moderation.rules.rule import LOCALES
from moderation.service import bounds
from moderation.service.answers import Answer, Answers, fill
from moderation.service.decode import Request
from moderation.service.errors import Reason, RequestError
from moderation.service.guard import Context, require_time
from moderation.service.settings import Settings
from moderation.service.translate import template_from_proto
from moderation.service.worker import CHUNK, Worker
from moderation.text.template import Template
from moderation.v1 import check_service_pb2, template_pb2
from moderation.verdict import Policy

READ_AHEAD = CHUNK
"""Requests of one stream that may wait for their answer before the next one is read."""

Answering = asyncio.Task[check_service_pb2.CheckStreamResponse]


@dataclass(frozen=True, slots=True)
class Checked:
    """A template of a request that is within its bounds, or why it is not."""

    id: str
    subject: Template | RequestError


class CheckHandlers:
    """The methods of CheckService; `policy_of` tells the policy that holds for a template."""

    def __init__(
        self, worker: Worker, answers: Answers, settings: Settings, policy_of: Callable[[Template], Policy]
    ) -> None:
        self._worker = worker
        self._answers = answers
        self._largest = settings.max_message_bytes
        self.policy_of = policy_of

    async def check(
        self, request: Request[check_service_pb2.CheckRequest], context: Context
    ) -> check_service_pb2.CheckResponse:
        """Return the verdict on one template."""
        message = request.checked()
        locale = locale_of(message.locale)
        require_time(context)
        template = template_of(message.template, "template", self._profiles)
        (answer,) = await self._answers.to(
            [template], [self.policy_of(template)], suggest=not message.without_suggestion, locale=locale
        )
        if isinstance(answer, RequestError):
            raise answer
        response = check_service_pb2.CheckResponse()
        fill(response.verdict, template.id, answer)
        return response

    async def check_batch(
        self, request: Request[check_service_pb2.CheckBatchRequest], context: Context
    ) -> check_service_pb2.CheckBatchResponse:
        """Return a result per item, in order; cancellation and the deadline are heeded between chunks."""
        message = request.checked()
        locale = locale_of(message.locale)
        response = check_service_pb2.CheckBatchResponse()
        for start in range(0, len(message.items), CHUNK):
            require_time(context)
            chunk = [
                _item(item, f"items[{index}]", request.item_errors.get(index), self._profiles)
                for index, item in enumerate(message.items[start : start + CHUNK], start)
            ]
            answers = await self._answered(chunk, locale, not message.without_suggestion)
            for checked, answer in zip(chunk, answers, strict=True):
                _write(response.results.add(), checked.id, answer)
            if response.ByteSize() > self._largest:
                raise RequestError(Reason.RESPONSE_TOO_LARGE, "send the batch in parts", limit=self._largest)
        return response

    async def check_stream(
        self, requests: AsyncIterator[Request[check_service_pb2.CheckStreamRequest]], context: Context
    ) -> None:
        """Write a result per request, in order; what arrives meanwhile is checked together."""
        answers: asyncio.Queue[Answering | None] = asyncio.Queue()
        room = asyncio.Semaphore(READ_AHEAD)
        reader = asyncio.create_task(self._read(requests, answers, room))
        try:
            while (answer := await answers.get()) is not None:
                await context.write(await answer)
                room.release()
            await reader
        finally:
            await _cancel([reader, *_rest(answers)])

    async def _read(
        self,
        requests: AsyncIterator[Request[check_service_pb2.CheckStreamRequest]],
        answers: asyncio.Queue[Answering | None],
        room: asyncio.Semaphore,
    ) -> None:
        try:
            async for request in requests:
                await room.acquire()
                answers.put_nowait(asyncio.create_task(self._answer(request)))
        finally:
            answers.put_nowait(None)

    async def _answer(
        self, request: Request[check_service_pb2.CheckStreamRequest]
    ) -> check_service_pb2.CheckStreamResponse:
        message = request.message
        try:
            request.checked()
            checked = Checked(message.template.id, template_of(message.template, "template", self._profiles))
            locale = locale_of(message.locale)
        except RequestError as error:
            checked, locale = Checked(_echoed(message.template.id), error), ""
        (answer,) = await self._answered([checked], locale, not message.without_suggestion)
        response = check_service_pb2.CheckStreamResponse(sequence=message.sequence)
        _write(response.result, checked.id, answer)
        return response

    async def _answered(self, chunk: Sequence[Checked], locale: str, suggest: bool) -> list[Answer]:
        templates = [checked.subject for checked in chunk if isinstance(checked.subject, Template)]
        policies = [self.policy_of(template) for template in templates]
        answers = iter(await self._answers.to(templates, policies, suggest=suggest, locale=locale))
        return [next(answers) if isinstance(checked.subject, Template) else checked.subject for checked in chunk]

    @property
    def _profiles(self) -> Collection[str]:
        return self._worker.engine.ruleset.detectors.profiles


def locale_of(tag: str) -> str:
    """Return the locale of a language tag; an empty one means Chinese."""
    language = tag.replace("_", "-").partition("-")[0].lower() or LOCALES[0]
    if language not in LOCALES:
        known = " ".join(sorted(LOCALES))
        raise RequestError(Reason.LOCALE_UNKNOWN, f"known locales are {known}", "locale", known=known)
    return language


def _item(item: template_pb2.Template, path: str, error: RequestError | None, profiles: Collection[str]) -> Checked:
    if error is not None:
        return Checked(_echoed(item.id), error)
    try:
        bounds.check(item)
        return Checked(item.id, template_of(item, "", profiles))
    except RequestError as problem:
        return Checked(_echoed(item.id), problem.below(path))


def template_of(message: template_pb2.Template, path: str, profiles: Collection[str]) -> Template:
    """Return the template of a message, whose path is told where it names a profile that there is not."""
    try:
        bounds.check_profile(message, profiles)
    except RequestError as error:
        raise error.below(path) from None
    return template_from_proto(message)


def _write(result: check_service_pb2.CheckResult, template_id: str, answer: Answer) -> None:
    """Write the answer to one template into an empty result."""
    result.id = template_id
    if isinstance(answer, RequestError):
        error = check_service_pb2.ItemError(
            reason=f"ERROR_REASON_{answer.reason.value}",
            field=answer.field,
            message=answer.message,
            metadata=answer.metadata,
        )
        result.error.MergeFrom(error)
    else:
        fill(result.verdict, template_id, answer)


def _echoed(template_id: str) -> str:
    """Return the id as an error's answer carries it: never longer than an id may be."""
    return template_id[: bounds.BOUNDS["moderation.v1.Template.id"].most]


def _rest(answers: asyncio.Queue[Answering | None]) -> Iterator[Answering]:
    while not answers.empty():
        if (answer := answers.get_nowait()) is not None:
            yield answer


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until they have ended, so that none outlives its call."""
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
