"""The audit as JSON Lines: written with all digests, and read back so that it can be proved without the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from moderation.cli.output_file import output_file
from moderation.cli.rendering.audit import entry_record
from moderation.review.audit import DIGEST_SIZE, AuditEntry

FIELDS = frozenset(("sequence", "at", "actor", "role", "action", "subject", "details", "previous", "digest"))


class ExportError(ValueError):
    """A line is no entry of an audit."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is no entry of an audit")
        self.line = line


def write_export(entries: Iterable[AuditEntry], output: Path | None) -> None:
    """Write entries, one a line, to a file that appears whole or not at all, or to standard output."""
    with output_file(output) as stream:
        for entry in entries:
            stream.write(json.dumps(entry_record(entry), ensure_ascii=False) + "\n")


def read_export(path: Path) -> Iterator[AuditEntry]:
    """Yield the entries of an export; raise ExportError for the first line that is none, OSError for a bad file."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _entry(json.loads(line))
            except (ValueError, TypeError, AttributeError, RecursionError):
                raise ExportError(number) from None


def _entry(value: dict[str, object]) -> AuditEntry:
    """Return the entry of a line; raise ValueError where its fields are not those of one."""
    if value.keys() != FIELDS:
        raise ValueError
    sequence, at, details = value["sequence"], value["at"], value["details"]
    actor, role, action, subject = (_text(value[name]) for name in ("actor", "role", "action", "subject"))
    previous, digest = (bytes.fromhex(_text(value[name])) for name in ("previous", "digest"))
    if type(sequence) is not int or not isinstance(details, dict) or not len(previous) == len(digest) == DIGEST_SIZE:
        raise ValueError
    moment = datetime.fromisoformat(_text(at))
    return AuditEntry(
        moment, actor, role, action, subject, details, sequence=sequence, previous=previous, digest=digest
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value
