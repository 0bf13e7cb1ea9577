"""What wordlists and dialect files share: a TOML header between +++ lines, then lines with columns parted by tabs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

FENCE = "+++"
REQUIRED_KEYS = ("id", "title", "owner", "licence", "sources")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong in a file, where (1-based line and column in code points) and how to mend it."""

    file: str
    line: int
    column: int
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.problem}; {self.mend}"


class ListingError(ValueError):
    """One or more files are wrong; `diagnostics` lists everything found."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda one: (one.file, one.line, one.column)))
        super().__init__("\n".join(map(str, self.diagnostics)))

    def __reduce__(self) -> tuple[type[ListingError], tuple[list[Diagnostic]]]:
        """Return how another process makes the same error."""
        return type(self), (list(self.diagnostics),)


@dataclass(slots=True)
class Reader:
    """Reads one file and collects what is wrong in it; a kind of file adds its own keys, lines and error."""

    known_keys: ClassVar[frozenset[str]] = frozenset((*REQUIRED_KEYS, "reviewed"))
    error: ClassVar[type[ListingError]] = ListingError
    file: str
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, line: int, column: int, problem: str, mend: str) -> None:
        """Record what is wrong at a 1-based line and column."""
        self.diagnostics.append(Diagnostic(self.file, line, column, problem, mend))

    def decode(self, content: bytes) -> list[str]:
        """Return the lines of a file; report what is not UTF-8 without BOM and with LF."""
        lines: list[str] = []
        if content.startswith(b"\xef\xbb\xbf"):
            self.report(1, 1, "byte order mark", "save the file as UTF-8 without BOM")
            content = content[3:]
        for number, raw in enumerate(content.split(b"\n"), 1):
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                column = len(raw[: error.start].decode("utf-8", "replace")) + 1
                self.report(number, column, f"byte 0x{raw[error.start]:02x} is not UTF-8", "save the file as UTF-8")
                line = ""
            if line.endswith("\r"):
                self.report(number, len(line), "carriage return", "save the file with LF line ends")
                line = line.rstrip("\r")
            lines.append(line)
        return lines

    def read_header(self, lines: list[str]) -> tuple[dict[str, Any], int]:
        """Return the header and the index of the line after it; raise the error of the reader where there is none."""
        if not lines or lines[0].strip() != FENCE:
            self.report(1, 1, "the header is missing", f"begin the file with a line {FENCE}")
            raise self.error(self.diagnostics)
        end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
        if end is None:
            self.report(1, 1, "the header has no end", f"close it with a line {FENCE}")
            raise self.error(self.diagnostics)
        try:
            header = tomllib.loads("\n".join(lines[1:end]))
        except tomllib.TOMLDecodeError as error:
            line, column = _toml_position(str(error))
            self.report(line + 1, column, f"header: {str(error).split(' (at ')[0]}", "write valid TOML")
            raise self.error(self.diagnostics) from None
        self.check_header(header, lines[1:end])
        return header, end + 1

    def check_header(self, header: dict[str, Any], lines: list[str]) -> None:
        """Report what is wrong with the keys of a header; raise where one that files need is missing."""
        for key in header.keys() - self.known_keys:
            known = ", ".join(sorted(self.known_keys))
            self.report(line_of(key, lines), 1, f"unknown header key {key!r}", f"use one of {known}")
        for key in REQUIRED_KEYS:
            if key not in header:
                self.report(1, 1, f"the header lacks {key!r}", f"add a line {key} = …")
        for key in ("id", "title", "owner", "licence"):
            if key in header and not (isinstance(header[key], str) and header[key]):
                self.report(line_of(key, lines), 1, f"{key!r} is not a text", f'write {key} = "…"')
        if not isinstance(header.get("reviewed", date.min), date):
            self.report(line_of("reviewed", lines), 1, "'reviewed' is not a date", "write reviewed = 2026-11-23")
        sources = header.get("sources", {})
        if not isinstance(sources, dict) or not all(isinstance(source, str) for source in sources.values()):
            mend = 'write law9 = "广告法 第九条" under it'
            self.report(line_of("sources", lines), 1, "'sources' is not a table of texts", mend)
            header["sources"] = {}
        if self.diagnostics and any(key not in header for key in REQUIRED_KEYS):
            raise self.error(self.diagnostics)

    def read_sources(self, cells: list[tuple[int, str]], number: int, known: Mapping[str, str]) -> tuple[str, ...]:
        """Return the keys of sources in the last of some cells; report those that the header does not name."""
        column, text = cells[-1]
        keys = tuple(text.split(","))
        for key in keys:
            if key not in known:
                listed = ", ".join(known) or "none yet"
                self.report(number, column, f"unknown source {key!r}", f"add it to [sources] (known: {listed})")
        return keys


def line_of(key: str, lines: list[str]) -> int:
    """Return the 1-based line of the file where the header, without its fences, names a key; 1 where it does not."""
    return next((number for number, line in enumerate(lines, 2) if line.lstrip(' ["').startswith(key)), 1)


def columns(line: str) -> Iterator[tuple[int, str]]:
    """Yield each tab-separated column with its 1-based position."""
    position = 1
    for text in line.split("\t"):
        yield position, text
        position += len(text) + 1


def _toml_position(message: str) -> tuple[int, int]:
    found = re.search(r"at line (\d+), column (\d+)", message)
    return (int(found[1]), int(found[2])) if found else (1, 1)
