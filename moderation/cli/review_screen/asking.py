"""Calls of the desk in a thread, so that a slow or remote one never holds up the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from moderation.review.desk import DeskError, DeskReason

Answer = TypeVar("Answer")


async def ask(call: Callable[[], Answer]) -> Answer:
    """Return what a call of the desk returns; raise DeskError whatever goes wrong in it.

    A desk that fails in a way of its own (a broken connection) counts as one that is not available: what was asked may
    be asked again. Its message is dropped, since it may hold a text.
    """
    try:
        return await asyncio.to_thread(call)
    except DeskError:
        raise
    except Exception as error:
        raise DeskError(DeskReason.STORE_UNAVAILABLE, type(error).__name__) from None
