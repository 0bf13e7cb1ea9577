r"""Batches as tables: a row of headers, then a row for each change.

The columns, in any order, are `operation` (ADD, REMOVE or REPLACE; empty is what is given, ADD otherwise), `wordlist`
and `source` (empty is what is given), `entry`, and `options`: what a wordlist has in its further columns, key=value,
joined by semicolons (`edges=word;except=最好提前|最好不要`); a semicolon inside a value is written `\;`. The headers
and the operations may be Chinese.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from moderation.text.csv_rows import read_rows as read_csv_rows
from moderation.wordlists.batch_lines import NOT_UTF8, is_utf8, text_lines
from moderation.wordlists.change import Change, Given, Operation
from moderation.wordlists.problems import Problems, shortened

COLUMNS: Mapping[str, str] = {
    "operation": "operation",
    "wordlist": "wordlist",
    "entry": "entry",
    "source": "source",
    "options": "options",
    "操作": "operation",
    "词表": "wordlist",
    "词条": "entry",
    "来源": "source",
    "选项": "options",
}
OPERATIONS: Mapping[str, Operation] = {
    **{operation.value: operation for operation in Operation},
    "添加": Operation.ADD,
    "删除": Operation.REMOVE,
    "替换": Operation.REPLACE,
}
_OPTION_END = re.compile(r"(?<!\\);")


class Row(NamedTuple):
    """The cells of a row of a table, and the number of the line that it begins on."""

    number: int
    cells: list[str]


def read_csv(content: bytes, given: Given, problems: Problems) -> Iterator[Change]:
    """Yield the changes of a CSV file."""
    return read_rows(_csv_rows(content, problems), given, problems)


def read_rows(rows: Iterable[Row], given: Given, problems: Problems) -> Iterator[Change]:
    """Yield the changes of the rows of a table, the first of which names the columns."""
    remaining = iter(rows)
    header = next(remaining, None)
    if header is None:
        if not problems.lines:
            problems.report(1, 1, "the table is empty", "begin it with a row of headers: " + ", ".join(_known()))
        return
    places = _places(header, given, problems)
    if places is None:
        return
    for row in remaining:
        cells = {name: row.cells[place].strip() for name, place in places.items() if place < len(row.cells)}
        if any(cells.values()) and (change := _change(cells, places, row.number, given, problems)) is not None:
            yield change


def _places(header: Row, given: Given, problems: Problems) -> dict[str, int] | None:
    """Return which column has which name; None where they are not those that are needed."""
    places: dict[str, int] = {}
    is_wrong = False
    for place, cell in enumerate(header.cells):
        name = COLUMNS.get(cell.strip().lower())
        if name is None and not cell.strip():
            continue
        if name is None or name in places:
            problem = f"{'unknown' if name is None else 'second'} column {shortened(cell)!r}"
            problems.report(header.number, place + 1, problem, f"use {', '.join(_known())}, each once")
            is_wrong = True
        else:
            places[name] = place
    for name in ("entry",) if given.wordlist else ("entry", "wordlist"):
        if name not in places:
            problems.report(header.number, 1, f"no column {name!r}", f"name the columns {', '.join(_known())}")
            is_wrong = True
    return None if is_wrong else places


def _change(
    cells: Mapping[str, str], places: Mapping[str, int], number: int, given: Given, problems: Problems
) -> Change | None:
    """Return the change of a row, or None with a report of what is wrong with it."""

    def report(name: str, problem: str, mend: str) -> None:
        problems.report(number, places.get(name, 0) + 1, problem, mend)

    told = cells.get("operation", "")
    operation = OPERATIONS.get(told.upper()) if told else given.operation
    wordlist, entry = cells.get("wordlist") or given.wordlist, cells.get("entry", "")
    source = cells.get("source") or given.source
    if operation is None:
        report("operation", f"unknown operation {shortened(told)!r}", f"use {', '.join(Operation)} or leave it empty")
    elif not wordlist:
        report("wordlist", "no wordlist", "name the wordlist in the row, or one for all")
    elif not entry:
        report("entry", "no entry", "write the entry, or delete the row")
    elif operation is Operation.REMOVE:
        return Change(operation, wordlist, entry, "", number)
    elif not source:
        report("source", "no source", "write a key of [sources] of the wordlist, or name one for all")
    else:
        options = [one.strip() for one in _OPTION_END.split(cells.get("options", ""))]
        columns = (entry, source, *filter(None, options))
        if any("\t" in column for column in columns):
            report("entry", "a tab in a cell", "delete it; each column has a cell of its own")
        else:
            return Change(operation, wordlist, entry, "\t".join(columns), number)
    return None


def _csv_rows(content: bytes, problems: Problems) -> Iterator[Row]:
    for number, cells in read_csv_rows(text_lines(content, newline="")):
        if isinstance(cells, csv.Error):
            problems.report(number, 1, f"broken row: {cells}", "close every quote, and double those inside a cell")
        elif not all(map(is_utf8, cells)):
            problems.report(number, 1, *NOT_UTF8)
        else:
            yield Row(number, cells)


def _known() -> list[str]:
    return list(dict.fromkeys(COLUMNS.values()))
