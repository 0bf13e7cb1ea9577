"""The wordlist file format: a TOML header between +++ lines, then one entry a line, columns separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from moderation.match.listing import Diagnostic, ListingError, Reader, columns, line_of
from moderation.match.wordlist import VARIANT_KINDS, Entry, Wordlist
from moderation.text.normal import fold

COMMENT = "#"
NO_VARIANTS = "none"
"""What a line says that is looked for only as it is written."""

SHADOW = "shadow"
"""The key of the last day of a trial."""

MAX_ENTRY_LENGTH = 64
MAX_WINDOW = 100
_BLOCK = 1000
"""Lines that are folded as one text; one that folding changes slows no more than its block."""

_ESCAPED = re.compile(r"\\(.)")
_PLAIN = re.compile(r"[^\s\\|+~]+")
"""A word without blanks and without signs that mean something in a line."""

_WINDOW = re.compile(r"(?<!\\)~([^~]*)$")


class WordlistError(ListingError):
    """One or more wordlist files are wrong."""


def load_directory(directory: Path) -> tuple[Wordlist, ...]:
    """Return every wordlist under a directory, by id; raise WordlistError with the diagnostics of all files."""
    return tuple(wordlist for wordlist, _ in read_directory(directory))


def read_directory(directory: Path) -> tuple[tuple[Wordlist, bytes], ...]:
    """Return every wordlist under a directory with the content of its file; as `load_directory`."""
    read: list[tuple[Wordlist, bytes]] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(directory.rglob("*.txt")):
        expected = path.relative_to(directory).with_suffix("").as_posix()
        content = path.read_bytes()
        try:
            wordlist = parse(content, str(path.relative_to(directory)))
        except WordlistError as error:
            diagnostics.extend(error.diagnostics)
            continue
        if wordlist.id != expected:
            mend = f'write id = "{expected}" or move the file'
            diagnostics.append(Diagnostic(str(path.relative_to(directory)), 1, 1, f"id {wordlist.id!r}", mend))
        read.append((wordlist, content))
    if diagnostics:
        raise WordlistError(diagnostics)
    return tuple(sorted(read, key=lambda one: one[0].id))


def parse(content: bytes, file: str) -> Wordlist:
    """Return the wordlist written in a file's bytes; raise WordlistError with every diagnostic of the file."""
    return _Parser(file).parse(content)


def day_of(text: str) -> date:
    """Return the day of YYYY-MM-DD; raise ValueError for anything else."""
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day


def parse_lines(
    lines: Sequence[tuple[int, str]], sources: Mapping[str, str], file: str
) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries of numbered lines of a wordlist that knows some sources, and what is wrong with the others."""
    parser = _Parser(file)
    return list(parser.read_entries(lines, sources)), parser.diagnostics


class _Parser(Reader):
    __slots__ = ("is_folded",)
    is_folded: bool
    """Whether folding changes nothing in the lines of a block; most need not be folded one by one then."""

    known_keys: ClassVar[frozenset[str]] = Reader.known_keys | {"variants"}
    error: ClassVar[type[ListingError]] = WordlistError

    def parse(self, content: bytes) -> Wordlist:
        lines = self.decode(content)
        header, first = self.read_header(lines)
        numbered = enumerate(lines[first:], first + 1)
        listed = [(number, line) for number, line in numbered if line.strip() and not line.startswith(COMMENT)]
        entries = list(self.read_entries(listed, header.get("sources", {})))
        seen: dict[str, int] = {}
        for entry in entries:
            if (twin := seen.setdefault(entry.text, entry.line)) != entry.line:
                mend = "delete one of the two lines"
                self.report(entry.line, 1, f"{entry.text!r} stands already in line {twin}", mend)
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

    def check_header(self, header: dict[str, Any], lines: list[str]) -> None:
        """Report what is wrong with the keys of a header, and variants that there are not."""
        variants = header.get("variants", [])
        if not isinstance(variants, list) or not VARIANT_KINDS.issuperset(map(str, variants)):
            known = ", ".join(sorted(VARIANT_KINDS))
            self.report(line_of("variants", lines), 1, "unknown variant kind", f"use {known}")
        super().check_header(header, lines)

    def read_entries(self, lines: Sequence[tuple[int, str]], sources: Mapping[str, str]) -> Iterator[Entry]:
        """Yield the entries of numbered lines; report what is wrong with the others."""
        for start in range(0, len(lines), _BLOCK):
            block = lines[start : start + _BLOCK]
            listed = "\n".join(line for _, line in block)
            self.is_folded = fold(listed).text == listed
            for number, line in block:
                entry = self.read_plain(line, number, sources) or self.read_entry(line, number, sources)
                if entry is not None:
                    yield entry

    def read_plain(self, line: str, number: int, sources: Mapping[str, str]) -> Entry | None:
        """Return the entry of a line that says a word and a source, as most do; None where it may say anything else."""
        text, tab, source = line.partition("\t")
        is_plain = (
            tab and source in sources and "," not in source and self.is_folded and _PLAIN.fullmatch(text) is not None
        )
        return Entry(text, ((text,),), (source,), number) if is_plain and len(text) <= MAX_ENTRY_LENGTH else None

    def read_entry(self, line: str, number: int, sources: Mapping[str, str]) -> Entry | None:
        before = len(self.diagnostics)
        cells = list(columns(line))
        text = cells[0][1]
        if text != text.strip():
            self.report(number, 1, "blanks around the entry", "delete them; columns are separated by tabs")
        parts, window = self.read_parts(text, number)
        if len(cells) < 2 or not cells[1][1]:
            self.report(number, len(line) + 1, "the source is missing", "write a tab and a key of [sources]")
            return None
        keys = self.read_sources(cells[:2], number, sources)
        options = self.read_options(cells[2:], number)
        if len(self.diagnostics) > before:
            return None
        return Entry(text=text, parts=parts, window=window, sources=keys, line=number, **options)

    def read_parts(self, text: str, number: int) -> tuple[tuple[tuple[str, ...], ...], int]:
        window, body = 0, text
        found = _WINDOW.search(text) if "~" in text else None
        if found is not None:
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
        spelling = _ESCAPED.sub(r"\1", spelling) if "\\" in spelling else spelling
        folded = spelling if self.is_folded else fold(spelling).text
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
            elif key == "variants":
                name = "not_variants" if value.startswith("-") else "variants"
                options[name] = self.read_variants(value.removeprefix("-"), number, column)
            elif key == SHADOW:
                options[SHADOW] = self.read_day(value, number, column)
            elif key in ("dialect", "since"):
                options[key] = value
            else:
                known = "weight, edges, except, dialect, near, since, shadow or variants"
                self.report(number, column, f"unknown key {key!r}", f"use {known}")
        return options

    def read_variants(self, value: str, number: int, column: int) -> frozenset[str]:
        kinds = frozenset() if value == NO_VARIANTS else frozenset(value.split("|"))
        if not VARIANT_KINDS.issuperset(kinds):
            known = ", ".join(sorted(VARIANT_KINDS))
            self.report(
                number,
                column,
                "unknown variant kind",
                f"use {known}, joined by |, or {NO_VARIANTS}; - before them leaves them out",
            )
        return kinds

    def read_day(self, value: str, number: int, column: int) -> date | None:
        try:
            return day_of(value)
        except ValueError:
            self.report(number, column, f"{value!r} is no day", "write the last day of the trial: shadow=2026-12-31")
            return None

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


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that no backslash escapes."""
    if separator not in text:
        return [text]
    return re.split(rf"(?<!\\){re.escape(separator)}", text)
