"""Files of changes as the command line names them: read, and checked against the lists in force, all at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import Access, chosen, refuse
from moderation.cli.wordlist_access import InForce, require_wordlist
from moderation.wordlists.change import Given, Operation

if TYPE_CHECKING:
    from moderation.match.listing import Diagnostic
    from moderation.wordlists.batch_file import BatchFormat
    from moderation.wordlists.change import Change
    from moderation.wordlists.validation import Validated

STANDARD_INPUT = "-"
WORKBOOK = b"PK\x03\x04"


class InputFormat(StrEnum):
    """How a batch is written."""

    WORDLIST = "wordlist"
    TXT = "txt"
    CSV = "csv"
    XLSX = "xlsx"


Files = Annotated[
    list[str], typer.Argument(metavar="FILE", help="A wordlist, TXT, CSV or XLSX; - reads standard input.")
]
ForWordlist = Annotated[
    str, typer.Option("--wordlist", metavar="ID", help="The wordlist of the lines that do not name one.")
]
Source = Annotated[str, typer.Option(metavar="KEY", help="The source of the lines that do not name one.")]
OfOperation = Annotated[
    str, typer.Option("--operation", metavar="OPERATION", help="Of the lines that do not say it: add, remove, replace.")
]
OfInput = Annotated[
    InputFormat | None, typer.Option("--input-format", help="How the files are written; else as their names end.")
]


@dataclass(frozen=True, slots=True)
class Reading:
    """The files to read, and what holds where they do not say it; `shadow` is the last day of a trial of all lines."""

    files: Sequence[str]
    wordlist: str
    source: str
    operation: str
    format: InputFormat | None
    shadow: date | None = None


@dataclass(slots=True)
class _Found:
    changes: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of each entry the file and line that it is in, where there are several files."""


def read_files(access: Access, reading: Reading, lists: InForce) -> Validated:
    """Return the changes of files, and all that is wrong in them; end the command where one cannot be read."""
    from moderation.wordlists.validation import Validated

    if reading.wordlist:
        require_wordlist(access, lists.shipped, reading.wordlist)
    given = Given(chosen(access, "--operation", reading.operation, Operation), reading.wordlist, reading.source)
    found = _Found()
    for file in reading.files:
        _read(access, file, reading, given, lists, found)
    return Validated(tuple(found.changes), tuple(found.unchanged), tuple(found.diagnostics))


def _read(access: Access, file: str, reading: Reading, given: Given, lists: InForce, found: _Found) -> None:
    from moderation.wordlists.batch_file import read_batch
    from moderation.wordlists.problems import Problems, shortened
    from moderation.wordlists.trials import on_trial
    from moderation.wordlists.validation import validate

    content = _content(access, file)
    read = read_batch(content, _format(file, content, reading.format), file, given)
    changes, repeated = list(read.changes), Problems(file)
    if len(reading.files) > 1:
        for change in read.changes:
            if (place := found.places.get((change.wordlist, change.entry))) is not None:
                problem = f"{shortened(change.entry)!r} is in {place} too"
                repeated.report(change.number, 1, problem, "keep one of the two lines")
        changes = [one for one in changes if (one.wordlist, one.entry) not in found.places]
        found.places.update({(one.wordlist, one.entry): f"{file}:{one.number}" for one in changes})
    if reading.shadow is not None:
        changes = [on_trial(change, reading.shadow) for change in changes]
    validated = validate(lists.shipped, lists.overlay, changes, file)
    found.changes += validated.changes
    found.unchanged += validated.unchanged
    found.diagnostics += [*read.diagnostics, *repeated.told(), *validated.diagnostics]


def _content(access: Access, file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    except OSError as error:
        refuse(access, "unread batch", path=file, why=error.strerror)


def _format(file: str, content: bytes, named: InputFormat | None) -> BatchFormat:
    from moderation.wordlists.batch_file import BatchFormat, format_of

    if named is not None:
        return BatchFormat[named.name]
    is_workbook = file == STANDARD_INPUT and content.startswith(WORKBOOK)
    return BatchFormat.XLSX if is_workbook else format_of(file, content)
