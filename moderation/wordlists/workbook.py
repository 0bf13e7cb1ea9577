"""The rows of an XLSX workbook.

python-calamine reads it. That gives a sheet room for all cells between its first and its last, and ends the process
where there is not so much memory, so a workbook is unpacked within a bound and its cells are looked at before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta

from moderation.wordlists.batch_table import Row
from moderation.wordlists.problems import Problems

MAX_UNPACKED = 512 * 1024 * 1024
"""Octets of all parts of a workbook; a million rows have some 200 MB."""

MAX_PARTS = 1000
LAST_COLUMN = "H"

_READ = (".xml", ".rels")
_BEGUN = re.compile(rb"<(?:[^\s<>/:]+:)?c(?=[\s/>])")
_TAG = re.compile(rb"<(?:[^\s<>/:]+:)?(c|row)(?=[\s/>])([^<>]*)>")
_PLACE = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']?([^"'\s/>]*)""")
_ROW = rb"(?:[1-9][0-9]{0,5}|10[0-3][0-9]{4}|104[0-7][0-9]{3})"
"""The number of a row; a sheet has 1,048,576 of them, and a batch may have a million."""

_CELL_PLACE = re.compile(rb"[A-%s]%s" % (LAST_COLUMN.encode(), _ROW))
_ROW_PLACE = re.compile(_ROW)
_TEXTS = re.compile(rb"""uniqueCount\s*=\s*["']?([^"'\s/>]*)""")
"""How many texts a part says that it has; room is made for so many."""

Cell = str | bool | int | float | date | time | timedelta


class _NotReadableError(Exception):
    """A workbook can't be read; the arguments are the problem and how to mend it."""


def read_workbook(content: bytes, problems: Problems) -> Iterator[Row]:
    """Yield the rows of the first sheet that are not empty; report cells that are not text or whole numbers."""
    try:
        left_out, rows = _rows(_checked(content))
    except _NotReadableError as error:
        problems.report(1, 1, *error.args)
        return
    for number, cells in enumerate(rows, 1):
        texts = [_text(cell, number, column, problems) for column, cell in enumerate(cells, left_out + 1)]
        if number not in problems.lines and any(texts):
            yield Row(number, [""] * left_out + texts)


def _text(cell: Cell, number: int, column: int, problems: Problems) -> str:
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, bool) and isinstance(cell, int | float) and float(cell).is_integer():
        return str(int(cell))
    kind = "a truth value" if isinstance(cell, bool) else "a number" if isinstance(cell, float) else "a date or time"
    mend = "format the column as text and write the cell again"
    problems.report(number, column, f"the cell holds {kind}", mend)
    return ""


def _checked(content: bytes) -> bytes:
    """Return a workbook with the same parts, not compressed, whose cells lie where they may."""
    unpacked = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(unpacked, "w") as stored:
            parts = {one.filename: one for one in packed.infolist() if one.filename.lower().endswith(_READ)}
            if len(parts) > MAX_PARTS or sum(one.file_size for one in parts.values()) > MAX_UNPACKED:
                raise _NotReadableError("the workbook is too large", "split it, or save it as CSV")
            for name, one in parts.items():
                part = packed.read(one)
                _check_places(part)
                stored.writestr(name, part)
    except _NotReadableError:
        raise
    except Exception:
        raise _NotReadableError("no XLSX workbook", "save it as .xlsx, without a password, or as CSV") from None
    return unpacked.getvalue()


def _check_places(part: bytes) -> None:
    """Raise where the cells of a part do not tell their place or lie outside the rows and columns that are read."""
    if any(not count.isdigit() or len(count) > 9 or int(count) > len(part) for count in _TEXTS.findall(part)):
        raise _NotReadableError("more texts are told of than there are", "save it by a spreadsheet program, or as CSV")
    placed = 0
    for kind, attributes in (found.groups() for found in _TAG.finditer(part)):
        places = _PLACE.findall(attributes)
        if not all(map((_CELL_PLACE if kind == b"c" else _ROW_PLACE).fullmatch, places)):
            mend = f"keep the table alone in the workbook, in columns A to {LAST_COLUMN}"
            raise _NotReadableError("a cell outside the columns of the table", mend)
        placed += kind == b"c" and bool(places)
    if placed != sum(1 for _ in _BEGUN.finditer(part)):
        raise _NotReadableError("cells without a place", "save it by a spreadsheet program, or as CSV")


def _rows(content: bytes) -> tuple[int, Iterator[list[Cell]]]:
    """Return how many columns are left out before the first that is not empty, and the rows from the first on."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise _NotReadableError("XLSX is not read here", "install moderation[xlsx], or save it as CSV") from None
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        return (sheet.start or (0, 0))[1], iter(sheet.iter_rows())
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        raise _NotReadableError("no XLSX workbook", "save it as .xlsx, without a password, or as CSV") from None
