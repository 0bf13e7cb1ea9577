"""The wordlist file format: a TOML header between +++ lines, then one entry a line, columns separated by tabs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from moderation.text.normal import fold

FENCE = "+++"
HEADER_KEYS = frozenset(("id", "title", "variants", "owner", "licence", "reviewed", "sources"))
REQUIRED_KEYS = ("id", "title", "owner", "licence", "sources")
VARIANT_KINDS = frozenset(
    ("traditional", "digit", "homophone", "separator", "dialect", "look-alike", "split", "pinyin")
)
MAX_ENTRY_LENGTH = 64
MAX_WINDOW = 100
_ESCAPED = re.compile(r"\\(.)")
_WINDOW = re.compile(r"(?<!\\)~([^~]*)$")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong in a wordlist file, where (1-based line and column in code points) and how to mend it."""

    file: str
    line: int
    column: int
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.problem}; {self.mend}"


class WordlistError(ValueError):
    """One or more wordlist files are wrong; `diagnostics` lists everything found."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = tuple(diagnostics)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a wordlist; all spellings are folded.

    `parts` holds the alternatives of each part: a plain entry has one part with one spelling; a combination has two or
    more parts that stand at most `window` characters apart, in any order. `near` lists words of which one must stand at
    most `near_window` characters away.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]
    line: int
    window: int = 0
    weight: float = 1.0
    word_edges: bool = False
    exceptions: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_window: int = 0
    dialect: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Wordlist:
    """A parsed wordlist file."""

    id: str
    title: str
    variants: tuple[str, ...]
    owner: str
    licence: str
    reviewed: date | None
    sources: Mapping[str, str]
    entries: tuple[Entry, ...]


def load_directory(directory: Path) -> tuple[Wordlist, ...]:
    """Return every wordlist under a directory, by id; raise WordlistError with the diagnostics of all files."""
    wordlists: list[Wordlist] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(directory.rglob("*.txt")):
        expected = path.relative_to(directory).with_suffix("").as_posix()
        try:
            wordlist = parse(path.read_bytes(), str(path.relative_to(directory)))
        except WordlistError as error:
            diagnostics.extend(error.diagnostics)
            continue
        if wordlist.id != expected:
            mend = f'write id = "{expected}" or move the file'
            diagnostics.append(Diagnostic(str(path.relative_to(directory)), 1, 1, f"id {wordlist.id!r}", mend))
        wordlists.append(wordlist)
    if diagnostics:
        raise WordlistError(diagnostics)
    return tuple(sorted(wordlists, key=lambda wordlist: wordlist.id))


def parse(content: bytes, file: str) -> Wordlist:
    """Return the wordlist written in a file's bytes; raise WordlistError with every diagnostic of the file."""
    return _Parser(file).parse(content)


@dataclass(slots=True)
class _Parser:
    file: str
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, line: int, column: int, problem: str, mend: str) -> None:
        self.diagnostics.append(Diagnostic(self.file, line, column, problem, mend))

    def parse(self, content: bytes) -> Wordlist:
        lines = self.decode(content)
        header, first = self.read_header(lines)
        entries: list[Entry] = []
        seen: dict[str, int] = {}
        for number, line in enumerate(lines[first:], first + 1):
            if not line.strip() or line.startswith("#"):
                continue
            entry = self.read_entry(line, number, header.get("sources", {}))
            if entry is None:
                continue
            if (twin := seen.setdefault(entry.text, number)) != number:
                self.report(number, 1, f"{entry.text!r} stands already in line {twin}", "delete one of the two lines")
            entries.append(entry)
        if self.diagnostics:
            raise WordlistError(self.diagnostics)
        return Wordlist(
            id=header["id"],
            title=header["title"],
            variants=tuple(header.get("variants", ())),
            owner=header["owner"],
            licence=header["licence"],
            reviewed=header.get("reviewed"),
            sources=header["sources"],
            entries=tuple(entries),
        )

    def decode(self, content: bytes) -> list[str]:
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
        if not lines or lines[0].strip() != FENCE:
            self.report(1, 1, "the header is missing", f"begin the file with a line {FENCE}")
            raise WordlistError(self.diagnostics)
        end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
        if end is None:
            self.report(1, 1, "the header has no end", f"close it with a line {FENCE}")
            raise WordlistError(self.diagnostics)
        try:
            header = tomllib.loads("\n".join(lines[1:end]))
        except tomllib.TOMLDecodeError as error:
            line, column = _toml_position(str(error))
            self.report(line + 1, column, f"header: {str(error).split(' (at ')[0]}", "write valid TOML")
            raise WordlistError(self.diagnostics) from None
        self.check_header(header, lines[1:end])
        return header, end + 1

    def check_header(self, header: dict[str, Any], lines: list[str]) -> None:
        def line_of(key: str) -> int:
            return next((n for n, line in enumerate(lines, 2) if line.lstrip(' ["').startswith(key)), 1)

        for key in header.keys() - HEADER_KEYS:
            self.report(line_of(key), 1, f"unknown header key {key!r}", f"use one of {', '.join(sorted(HEADER_KEYS))}")
        for key in REQUIRED_KEYS:
            if key not in header:
                self.report(1, 1, f"the header lacks {key!r}", f"add a line {key} = …")
        for key in ("id", "title", "owner", "licence"):
            if key in header and not (isinstance(header[key], str) and header[key]):
                self.report(line_of(key), 1, f"{key!r} is not a text", f'write {key} = "…"')
        variants = header.get("variants", [])
        if not isinstance(variants, list) or not VARIANT_KINDS.issuperset(map(str, variants)):
            self.report(line_of("variants"), 1, "unknown variant kind", f"use {', '.join(sorted(VARIANT_KINDS))}")
        if not isinstance(header.get("reviewed", date.min), date):
            self.report(line_of("reviewed"), 1, "'reviewed' is not a date", "write reviewed = 2026-11-23")
        sources = header.get("sources", {})
        if not isinstance(sources, dict) or not all(isinstance(source, str) for source in sources.values()):
            self.report(
                line_of("sources"), 1, "'sources' is not a table of texts", 'write law9 = "广告法 第九条" under it'
            )
            header["sources"] = {}
        if self.diagnostics and any(key not in header for key in REQUIRED_KEYS):
            raise WordlistError(self.diagnostics)

    def read_entry(self, line: str, number: int, sources: Mapping[str, str]) -> Entry | None:
        before = len(self.diagnostics)
        columns = list(_columns(line))
        text = columns[0][1]
        if text != text.strip():
            self.report(number, 1, "blanks around the entry", "delete them; columns are separated by tabs")
        parts, window = self.read_parts(text, number)
        if len(columns) < 2 or not columns[1][1]:
            self.report(number, len(line) + 1, "the source is missing", "write a tab and a key of [sources]")
            return None
        keys = tuple(columns[1][1].split(","))
        for key in keys:
            if key not in sources:
                known = ", ".join(sources) or "none yet"
                self.report(number, columns[1][0], f"unknown source {key!r}", f"add it to [sources] (known: {known})")
        options = self.read_options(columns[2:], number)
        if len(self.diagnostics) > before:
            return None
        return Entry(text=text, parts=parts, window=window, sources=keys, line=number, **options)

    def read_parts(self, text: str, number: int) -> tuple[tuple[tuple[str, ...], ...], int]:
        window, body = 0, text
        if (found := _WINDOW.search(text)) is not None:
            body = text[: found.start()]
            if not found[1].isdecimal() or not 0 < int(found[1]) <= MAX_WINDOW:
                self.report(number, found.start() + 1, "bad window", f"write ~N with N from 1 to {MAX_WINDOW}")
            else:
                window = int(found[1])
        parts = tuple(
            tuple(self.fold_spelling(spelling, number) for spelling in _split(part, "|")) for part in _split(body, "+")
        )
        if len(parts) > 1 and found is None:
            self.report(number, len(text) + 1, "a combination without window", "end it with ~N, such as ~12")
        if len(parts) == 1 and window:
            self.report(number, len(body) + 1, "a window without combination", "join two parts with + or drop it")
        return parts, window

    def fold_spelling(self, spelling: str, number: int) -> str:
        folded = fold(_ESCAPED.sub(r"\1", spelling)).text
        if not folded.strip():
            self.report(number, 1, "an empty entry or part", "write at least one visible character")
        if len(folded) > MAX_ENTRY_LENGTH:
            self.report(number, 1, "a spelling is too long", f"keep it within {MAX_ENTRY_LENGTH} characters")
        return folded

    def read_options(self, columns: list[tuple[int, str]], number: int) -> dict[str, Any]:
        options: dict[str, Any] = {}
        for column, text in columns:
            key, equals, value = text.partition("=")
            if not equals or not value:
                self.report(number, column, f"{text!r} is not key=value", "write for instance weight=0.8")
            elif key == "weight":
                options["weight"] = self.read_weight(value, number, column)
            elif key == "edges":
                if value != "word":
                    self.report(number, column, f"unknown edges {value!r}", "write edges=word or leave it out")
                options["word_edges"] = True
            elif key == "except":
                options["exceptions"] = tuple(self.fold_spelling(one, number) for one in _split(value, "|"))
            elif key == "near":
                near, window = self.read_parts_near(value, number, column)
                options |= {"near": near, "near_window": window}
            elif key in ("dialect", "since"):
                options[key] = value
            else:
                self.report(number, column, f"unknown key {key!r}", "use weight, edges, except, dialect, near or since")
        return options

    def read_weight(self, value: str, number: int, column: int) -> float:
        try:
            weight = float(value)
        except ValueError:
            weight = -1.0
        if not 0.0 < weight <= 1.0:
            self.report(
                number, column, f"weight {value!r} is not above 0 and at most 1", "write for instance weight=0.8"
            )
        return weight

    def read_parts_near(self, value: str, number: int, column: int) -> tuple[tuple[str, ...], int]:
        found = _WINDOW.search(value)
        if found is None or not found[1].isdecimal() or not 0 < int(found[1]) <= MAX_WINDOW:
            self.report(number, column, "near without a window", f"end it with ~N, N from 1 to {MAX_WINDOW}")
            return (), 0
        words = tuple(self.fold_spelling(one, number) for one in _split(value[: found.start()], "|"))
        return words, int(found[1])


def _columns(line: str) -> Iterator[tuple[int, str]]:
    """Yield each tab-separated column with its 1-based position."""
    position = 1
    for text in line.split("\t"):
        yield position, text
        position += len(text) + 1


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that no backslash escapes."""
    return re.split(rf"(?<!\\){re.escape(separator)}", text)


def _toml_position(message: str) -> tuple[int, int]:
    found = re.search(r"at line (\d+), column (\d+)", message)
    return (int(found[1]), int(found[2])) if found else (1, 1)
