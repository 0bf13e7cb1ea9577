"""An upload as it comes in: parts in their order, staged in files until all are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from moderation.match.wordlist_file import day_of
from moderation.service.errors import Reason, RequestError
from moderation.service.wordlist_jobs import StagedFile
from moderation.service.wordlist_translate import FORMATS, OPERATIONS
from moderation.store.wordlist_upload import LARGEST_BATCH
from moderation.store.wordlist_work import Upload
from moderation.v1 import wordlist_service_pb2 as messages
from moderation.wordlists.batch_files import changes_as_content
from moderation.wordlists.change import Given, Operation

MOST_FILES = 100
MOST_BYTES = 256 * 1024 * 1024

CHANGES = "changes"
"""What changes that are in no file are called."""


class Receiving:
    """Takes the parts of one upload into a directory; one thread at a time may call it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._wanted: Upload | None = None
        self._files: list[StagedFile] = []
        self._writing: BinaryIO | None = None
        self._changes: StagedFile | None = None
        self._bytes = 0
        self._count = 0

    @property
    def wanted(self) -> Upload:
        """What the header says; raises RequestError where there was none."""
        if self._wanted is None:
            raise _malformed("header", "the upload has no header; send one first")
        return self._wanted

    @property
    def files(self) -> tuple[StagedFile, ...]:
        """What was received."""
        return tuple(self._files)

    def take(self, message: messages.UploadBatchRequest) -> None:
        """Take the next part; raise RequestError where it cannot be the next, or is too much."""
        part = message.WhichOneof("part")
        if part is None:
            raise _malformed("part", "a part is empty; send a header, a file, content or changes")
        if (part == "header") == (self._wanted is not None):
            raise _malformed(part, "send one header, first")
        match part:
            case "header":
                self._wanted = _wanted(message.header)
            case "file":
                self._begin(message.file)
            case "content":
                self._write(message.content)
            case _:
                self._add(message.changes)

    def close(self) -> None:
        """Close what is open."""
        if self._writing is not None:
            self._writing.close()
            self._writing = None

    def _begin(self, file: messages.UploadFile) -> None:
        self.close()
        operation = OPERATIONS.member(file.operation) or Operation.ADD
        given = Given(operation, file.wordlist, file.source, _day(file.shadow_until))
        self._stage(StagedFile(file.name, self._path(), FORMATS.member(file.format), given))
        self._writing = self._files[-1].path.open("wb")

    def _write(self, content: bytes) -> None:
        if self._writing is None:
            raise _malformed("content", "there is content before its file; send a file first")
        self._weigh(len(content))
        self._writing.write(content)

    def _add(self, told: messages.UploadChanges) -> None:
        """Write changes behind those that came before; they are of no file, whatever comes between."""
        self._count += len(told.changes)
        if self._count > LARGEST_BATCH:
            raise _too_large(f"more than {LARGEST_BATCH:,} changes", LARGEST_BATCH)
        rows = [
            (
                OPERATIONS.required(one.operation, f"changes.changes[{place}].operation").value,
                one.wordlist,
                one.entry,
                one.line,
            )
            for place, one in enumerate(told.changes)
        ]
        content = changes_as_content(rows)
        self._weigh(len(content))
        if self._changes is None:
            self._changes = StagedFile(CHANGES, self._path(), None, Given(), is_changes=True)
            self._stage(self._changes)
        with self._changes.path.open("ab") as stream:
            stream.write(content)

    def _stage(self, file: StagedFile) -> None:
        if len(self._files) == MOST_FILES:
            raise _too_large(f"more than {MOST_FILES} files", MOST_FILES)
        self._files.append(file)

    def _weigh(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MOST_BYTES:
            raise _too_large(f"more than {MOST_BYTES:,} bytes", MOST_BYTES)

    def _path(self) -> Path:
        return self._directory / f"{len(self._files)}"


def _wanted(header: messages.UploadHeader) -> Upload:
    base = header.base_version if header.HasField("base_version") else None
    return Upload(header.reason, base, header.request_id, header.validate_only)


def _malformed(part: str, told: str) -> RequestError:
    return RequestError(Reason.UPLOAD_MALFORMED, told, part=part)


def _too_large(told: str, most: int) -> RequestError:
    return RequestError(Reason.BATCH_TOO_LARGE, f"{told}; upload several batches", most=most)


def _day(told: str) -> date | None:
    """Return the last day of a trial, None where there is none; raise a RequestError for what is no day."""
    try:
        return day_of(told) if told else None
    except ValueError:
        problem = f"{told!r} is no day; write one such as 2026-12-31"
        raise RequestError(Reason.CHANGE_INVALID, problem, "file.shadow_until", value=told) from None
