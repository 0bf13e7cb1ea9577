"""A batch as it is uploaded: a file in one of four formats, read as changes.

WORDLIST is a wordlist file; its header names the list, and every line is an entry. TXT has an entry a line, the word
alone or in the columns of a wordlist; a line that begins with # is a comment. CSV and XLSX have a row for each change
below a row of headers (`batch_table`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from moderation.match.listing import Diagnostic
from moderation.wordlists.batch_lines import read_text, read_wordlist
from moderation.wordlists.batch_table import read_csv, read_rows
from moderation.wordlists.change import Change, Given
from moderation.wordlists.problems import Problems
from moderation.wordlists.workbook import read_workbook

MAX_CHANGES = 1_000_000
"""Changes that one batch may have."""


class BatchFormat(StrEnum):
    """How a batch is written."""

    WORDLIST = "WORDLIST"
    TXT = "TXT"
    CSV = "CSV"
    XLSX = "XLSX"


@dataclass(frozen=True, slots=True)
class BatchRead:
    """What a file says, and what is wrong with its other lines: where there is anything wrong, nothing may be applied.

    That it says so is no proof that it may be done; `validate` tells that.
    """

    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    problems: int = 0
    """How many there are, with those that are not told."""


def format_of(file: str, content: bytes) -> BatchFormat:
    """Return the format of a file by its name; a .txt file that begins with a header is a wordlist file."""
    match PurePath(file).suffix.lower():
        case ".csv":
            return BatchFormat.CSV
        case ".xlsx" | ".xlsm":
            return BatchFormat.XLSX
        case _:
            return BatchFormat.WORDLIST if content.startswith(b"+++") else BatchFormat.TXT


def read_batch(content: bytes, format: BatchFormat, file: str, given: Given | None = None) -> BatchRead:
    """Return the changes of a file; `given` is what holds where the file does not say it."""
    problems, given = Problems(file), given or Given()
    match format:
        case BatchFormat.WORDLIST:
            read = read_wordlist(content, given, problems)
        case BatchFormat.TXT:
            read = read_text(content, given, problems)
        case BatchFormat.CSV:
            read = read_csv(content, given, problems)
        case BatchFormat.XLSX:
            read = read_rows(read_workbook(content, problems), given, problems)
    changes: list[Change] = []
    for change in read:
        if len(changes) == MAX_CHANGES:
            problems.report(change.number, 1, f"more than {MAX_CHANGES} changes", "upload them as several batches")
            break
        changes.append(change)
    return BatchRead(tuple(changes), problems.told(), problems.total)
