"""Verdicts as JSON: a line each, or one array."""

from __future__ import annotations

import json
from typing import TextIO

from moderation.cli.reading import Line
from moderation.cli.rendering.report import Record


class JsonReport:
    """Writes a record per line of the input, in order; a line without a verdict gives one with `error`.

    `is_checked` is false there where nothing is wrong with the template, and it should be sent again.
    """

    def __init__(self, stream: TextIO, *, is_array: bool) -> None:
        self._stream = stream
        self._is_array = is_array
        self._is_empty = True

    def add_verdict(self, line: Line, record: Record) -> None:
        """Write one verdict."""
        self._write(record)

    def add_problem(self, line: Line, message: str, field: str, *, is_checked: bool = True) -> None:
        """Write that a line is no sound template, or was not checked."""
        error = {"line": line.number, "field": field, "message": message, "is_checked": is_checked}
        self._write({"id": line.template.id, "error": error})

    def close(self) -> None:
        """Close the array, if it is one."""
        if self._is_array:
            self._stream.write("[]\n" if self._is_empty else "\n]\n")

    def _write(self, record: Record) -> None:
        text = json.dumps(record, ensure_ascii=False)
        if self._is_array:
            text = ("[\n" if self._is_empty else ",\n") + text
        else:
            text += "\n"
        self._is_empty = False
        self._stream.write(text)
