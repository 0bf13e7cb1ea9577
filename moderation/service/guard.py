"""What stands around every handler: admission, the status that a call ends with, and its line in the log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any, TypeVar

import grpc
from grpc_status import rpc_status

from moderation.links.registry import LinkError
from moderation.match.listing import ListingError
from moderation.policies.refusal import PoliciesError
from moderation.review.desk import DeskError, DeskReason
from moderation.review.sealing import SealError, SealFault
from moderation.service.errors import (
    STATUS_CODES,
    Reason,
    RequestError,
    from_desk,
    from_links,
    from_policies,
    from_wordlists,
)
from moderation.service.labour import InterruptedLabourError
from moderation.service.logs import describe, log
from moderation.service.metrics import Metrics
from moderation.wordlists.problems import shortened
from moderation.wordlists.refusal import WordlistsError

Response = TypeVar("Response")
Context = grpc.aio.ServicerContext[Any, Any]
Handler = Callable[[Any, Context], Awaitable[Response]]


LONGEST_REASON = 2000
"""Characters of what is wrong with wordlists that a caller is told."""

BY_THE_STORE = frozenset((Reason.STORE_UNAVAILABLE, Reason.STORE_DAMAGED, Reason.KEY_MISSING))
"""Failures that who keeps the server has to mend."""


class Guard:
    """Wraps handlers; all that it wrapped share one limit of calls at the same time."""

    def __init__(self, max_concurrent_rpcs: int, metrics: Metrics) -> None:
        self._limit = max_concurrent_rpcs
        self._metrics = metrics
        self._active = 0

    def around(self, method: str, handler: Handler[Response]) -> Handler[Response]:
        """Return the handler with every way that it may end turned into a status."""

        async def call(request: Any, context: Context) -> Response:  # noqa: ANN401 - a message or a stream of them
            started = perf_counter()
            self._active += 1
            try:
                self._admit()
                response = await handler(request, context)
            except (Exception, asyncio.CancelledError) as error:
                failure = _failure(error, context)
                seconds = perf_counter() - started
                _log_failure(method, failure, error, seconds)
                self._metrics.call(method, STATUS_CODES[failure.reason], seconds)
                status = rpc_status.to_status(failure.status())
                await context.abort(status.code, status.details or "", status.trailing_metadata or ())
            finally:
                self._active -= 1
            seconds = perf_counter() - started
            log.debug("call", method=method, code="OK", seconds=round(seconds, 6))
            self._metrics.call(method, "OK", seconds)
            return response

        return call

    def _admit(self) -> None:
        if self._active > self._limit:
            raise RequestError(Reason.OVERLOADED, "too many calls at the same time", limit=self._limit)


def require_time(context: Context) -> None:
    """Raise a RequestError where the call's deadline has passed."""
    remaining: float | None = context.time_remaining()
    if remaining is not None and remaining <= 0:
        raise RequestError(Reason.DEADLINE_EXCEEDED, "the deadline has passed")


def _failure(error: BaseException, context: Context) -> RequestError:
    if isinstance(error, RequestError):
        return error
    if isinstance(error, SealError):
        return from_desk(_sealed(error))
    if isinstance(error, DeskError):
        return from_desk(error)
    if isinstance(error, LinkError):
        return from_links(error)
    if isinstance(error, PoliciesError):
        return from_policies(error)
    if isinstance(error, WordlistsError):
        return from_wordlists(error)
    if isinstance(error, InterruptedLabourError):
        return RequestError(Reason.WORK_INTERRUPTED, f"{error}; nothing was changed")
    if isinstance(error, ListingError):
        return RequestError(Reason.RULESET_NOT_BUILT, shortened(str(error), LONGEST_REASON))
    if isinstance(error, asyncio.CancelledError):
        try:
            require_time(context)
        except RequestError as late:
            return late
        return RequestError(Reason.CANCELLED, "the call was cancelled")
    return RequestError(Reason.INTERNAL, "internal error")


def _sealed(error: SealError) -> DeskError:
    """Return what a caller is told of a text that does not open."""
    if error.fault is SealFault.KEY_UNKNOWN:
        told = f"a text is sealed by the key {error.key_id}, which this server lacks; restart it with the store's keys"
        return DeskError(DeskReason.KEY_MISSING, told, key=error.key_id)
    told = "a text was changed, or moved from elsewhere; restore a copy of the store"
    return DeskError(DeskReason.STORE_DAMAGED, told)


def _log_failure(method: str, failure: RequestError, error: BaseException, seconds: float) -> None:
    code = STATUS_CODES[failure.reason]
    line = {"method": method, "code": code, "reason": failure.reason.value, "seconds": round(seconds, 6)}
    if failure.field:
        line["field"] = failure.field
    if isinstance(error, SealError) and error.key_id:
        line["key"] = error.key_id
    if failure.reason is Reason.INTERNAL:
        log.error("call", **line, **describe(error))
    elif failure.reason in BY_THE_STORE:
        log.warning("call", **line, **describe(error))
    else:
        log.info("call", **line)
