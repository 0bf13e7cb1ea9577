"""Logs as JSON lines; they carry ids, rule ids and durations, never texts."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import structlog

log = structlog.get_logger("moderation")

_CONNECTING = "OperationalError"
"""The driver's error that, where it has no SQLSTATE, is about the connection and so about no data."""

_NAMED = re.compile(r'\b(user|role) "[^"]*"')


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send the logs of this process, those of its libraries too, to a stream (standard error) as JSON lines."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(target),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(LibraryFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("alembic").setLevel(logging.WARNING)
    root.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.upper()]))


def describe(error: BaseException) -> dict[str, str]:
    """Return what a log may say of an exception: its type, the place that raised it and its cause, not its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = {"error_at": f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"} if frames else {}
    return {"error_type": type(error).__name__} | place | _cause(error.__cause__)


def _cause(error: BaseException | None) -> dict[str, str]:
    """Return what a log may say of a cause; of a database, what it calls the error and why no connection is made."""
    if error is None:
        return {}
    cause = getattr(error, "orig", None) or error
    known = {"sqlstate": getattr(cause, "sqlstate", None), "sqlite_error": getattr(cause, "sqlite_errorname", None)}
    told = {name: value for name, value in known.items() if isinstance(value, str)}
    if not told and hasattr(cause, "sqlstate") and any(one.__name__ == _CONNECTING for one in type(cause).__mro__):
        told = {"cause": _NAMED.sub(r"\1", str(cause).strip().partition("\n")[0])}
    return {"cause_type": type(cause).__name__} | told


def log_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an error that no task handled, without its text: an exception handler for event loops."""
    error = context.get("exception")
    log.error("loop_error", **(describe(error) if isinstance(error, BaseException) else {}))


class LibraryFormatter(logging.Formatter):
    """Formats a library's record without its arguments and without the text of its exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON line."""
        line: dict[str, str] = {"event": str(record.msg).partition("\n")[0], "logger": record.name}
        if record.exc_info and record.exc_info[1]:
            line |= describe(record.exc_info[1])
        moment = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return json.dumps(line | {"level": record.levelname.lower(), "timestamp": moment}, ensure_ascii=False)
