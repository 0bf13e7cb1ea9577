"""Logs as JSON lines; they carry ids, rule ids and durations, never texts."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import structlog

log = structlog.get_logger("moderation")


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
    """Return what a log may say of an exception: its type and the place that raised it, not its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = {"error_at": f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"} if frames else {}
    return {"error_type": type(error).__name__} | place


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
