"""Dialect files: how a dialect says standard words, and which of its words tell that a text is in that dialect.

A line names the standard word, how the dialect says it, and the source, parted by tabs; then options: `register=insult`
or `register=coarse`, `ambiguous=yes` for what standard text says too in another sense, `use=marker` for what only shows
the dialect (its standard column is …). `common` in the header lists the ambiguous words that standard messages use so
often that they tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from moderation.match.listing import Diagnostic, ListingError, Reader, columns, line_of
from moderation.text.normal import fold

REGISTERS = ("insult", "coarse")
OPTIONS: Mapping[str, tuple[str, ...]] = {"register": REGISTERS, "ambiguous": ("yes",), "use": ("marker",)}
NO_STANDARD = "…"
"""Stands in the standard column of a marker."""

ID_PREFIX = "dialect/"
MAX_WORD_LENGTH = 32


class DialectError(ListingError):
    """One or more dialect files are wrong."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """How a dialect says a standard word; `standard` is empty for a marker. Both are folded."""

    standard: str
    word: str
    sources: tuple[str, ...]
    line: int
    register: str = ""
    is_ambiguous: bool = False

    @property
    def is_marker(self) -> bool:
        """Whether the word only shows the dialect and stands for no standard word."""
        return not self.standard


@dataclass(frozen=True, slots=True)
class Dialect:
    """A parsed dialect file; `id` is the name after `dialect/`, `common` the words that tell nothing, in order."""

    id: str
    title: str
    owner: str
    licence: str
    sources: Mapping[str, str]
    equivalents: tuple[Equivalent, ...]
    common: tuple[str, ...] = ()


def load_dialects(directory: Path) -> tuple[Dialect, ...]:
    """Return every dialect of a directory, by id; raise DialectError with the diagnostics of all files."""
    dialects: list[Dialect] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(directory.glob("*.txt")):
        try:
            dialect = parse(path.read_bytes(), path.name)
        except DialectError as error:
            diagnostics.extend(error.diagnostics)
            continue
        if dialect.id != path.stem:
            mend = f'write id = "{ID_PREFIX}{path.stem}" or rename the file'
            diagnostics.append(Diagnostic(path.name, 1, 1, f"id '{ID_PREFIX}{dialect.id}'", mend))
        dialects.append(dialect)
    if diagnostics:
        raise DialectError(diagnostics)
    return tuple(sorted(dialects, key=lambda dialect: dialect.id))


def parse(content: bytes, file: str) -> Dialect:
    """Return the dialect written in a file's bytes; raise DialectError with every diagnostic of the file."""
    return _Parser(file).parse(content)


class _Parser(Reader):
    __slots__ = ()
    known_keys: ClassVar[frozenset[str]] = Reader.known_keys | {"common"}
    error: ClassVar[type[ListingError]] = DialectError

    def parse(self, content: bytes) -> Dialect:
        lines = self.decode(content)
        header, first = self.read_header(lines)
        equivalents: list[Equivalent] = []
        seen: dict[tuple[str, str], int] = {}
        for number, line in enumerate(lines[first:], first + 1):
            if not line.strip() or line.startswith("#"):
                continue
            equivalent = self.read_line(line, number, header.get("sources", {}))
            if equivalent is None:
                continue
            pair = (equivalent.standard, equivalent.word)
            if (twin := seen.setdefault(pair, number)) != number:
                self.report(number, 1, f"the pair stands already in line {twin}", "delete one of the two lines")
            equivalents.append(equivalent)
        common = self.read_common(header, lines[1:first], equivalents)
        if self.diagnostics:
            raise DialectError(self.diagnostics)
        return Dialect(
            id=header["id"].removeprefix(ID_PREFIX),
            title=header["title"],
            owner=header["owner"],
            licence=header["licence"],
            sources=header["sources"],
            equivalents=tuple(equivalents),
            common=common,
        )

    def check_header(self, header: dict[str, Any], lines: list[str]) -> None:
        """Report what is wrong with the keys of a header, an id that names no dialect, and common words no texts."""
        if not str(header.get("id", ID_PREFIX)).startswith(ID_PREFIX):
            self.report(line_of("id", lines), 1, f"id {header['id']!r}", f'write id = "{ID_PREFIX}…"')
        common = header.get("common", [])
        if not isinstance(common, list) or not all(isinstance(word, str) for word in common):
            self.report(line_of("common", lines), 1, "'common' is not a list of texts", 'write common = ["…", "…"]')
            header["common"] = []
        super().check_header(header, lines)

    def read_common(
        self, header: Mapping[str, Any], lines: list[str], equivalents: Iterable[Equivalent]
    ) -> tuple[str, ...]:
        ambiguous = {equivalent.word for equivalent in equivalents if equivalent.is_ambiguous}
        common = {fold(word).text: word for word in header.get("common", ())}
        for folded, word in common.items():
            if folded not in ambiguous:
                mend = "mark its line ambiguous=yes, or delete it here"
                self.report(line_of("common", lines), 1, f"common: {word!r} is no ambiguous word of this file", mend)
        return tuple(sorted(common))

    def read_line(self, line: str, number: int, sources: Mapping[str, str]) -> Equivalent | None:
        before = len(self.diagnostics)
        cells = list(columns(line))
        if len(cells) < 3:
            self.report(number, len(line) + 1, "a column is missing", "write standard word, dialect word, source")
            return None
        standard, word = (self.fold_word(text, number, column) for column, text in cells[:2])
        keys = self.read_sources(cells[:3], number, sources)
        options = self.read_options(cells[3:], number)
        is_marker = options.get("use") == "marker"
        if is_marker != (cells[0][1] == NO_STANDARD):
            self.report(number, 1, "a marker without …, or … without use=marker", "write … and use=marker together")
        if not is_marker and standard == word:
            self.report(number, cells[1][0], "the dialect word equals the standard word", "delete the line")
        if len(self.diagnostics) > before:
            return None
        return Equivalent(
            standard="" if is_marker else standard,
            word=word,
            sources=keys,
            line=number,
            register=options.get("register", ""),
            is_ambiguous="ambiguous" in options,
        )

    def fold_word(self, text: str, number: int, column: int) -> str:
        folded = fold(text).text
        if not folded.strip() or text != text.strip():
            self.report(number, column, "an empty word, or blanks around it", "write the word alone between tabs")
        if len(folded) > MAX_WORD_LENGTH:
            self.report(number, column, "a word is too long", f"keep it within {MAX_WORD_LENGTH} characters")
        return folded

    def read_options(self, cells: Iterable[tuple[int, str]], number: int) -> dict[str, str]:
        options: dict[str, str] = {}
        for column, text in cells:
            key, _, value = text.partition("=")
            if value not in OPTIONS.get(key, ()):
                choices = ", ".join(f"{name}={one}" for name, values in OPTIONS.items() for one in values)
                self.report(number, column, f"unknown option {text!r}", f"use one of {choices}")
            elif key in options:
                self.report(number, column, f"the option {key!r} stands twice", "delete one of them")
            options[key] = value
        return options
