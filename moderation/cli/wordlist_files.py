"""Files of changes as the command line names them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import Access, chosen, refuse
from moderation.wordlists.change import Given, Operation

if TYPE_CHECKING:
    from moderation.wordlists.batch_file import BatchFormat
    from moderation.wordlists.batch_files import BatchFile

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


def read_files(access: Access, reading: Reading) -> list[BatchFile]:
    """Return the files, read; end the command where one cannot be."""
    from moderation.wordlists.batch_files import BatchFile

    operation = chosen(access, "--operation", reading.operation, Operation)
    given = Given(operation, reading.wordlist, reading.source, reading.shadow)
    files = []
    for name in reading.files:
        content = _content(access, name)
        files.append(BatchFile(name, content, _format(name, content, reading.format), given))
    return files


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
