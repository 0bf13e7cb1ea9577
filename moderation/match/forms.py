"""Tables of how characters and words are written otherwise: `variants/characters.tsv` and `variants/words.tsv`.

A line is `kind<TAB>character<TAB>form:weight form:weight …`, forms parted by single blanks, the likeliest first; lines
that begin with # are comments. All spellings are folded, so that they compare with normal text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from moderation.match.listing import Diagnostic
from moderation.text.normal import fold

CHARACTER_FILE, WORD_FILE = "characters.tsv", "words.tsv"
CHARACTER_KINDS = frozenset(
    ("traditional", "homophone", "look-alike", "split", "letter", "digit", "pinyin", "emoji"),
)
WORD_KINDS = frozenset(("digit", "homophone", "letter", "pinyin", "emoji", "slang"))


class Form(NamedTuple):
    """Another spelling, and how surely it stands for what it is listed under: above 0, at most 1."""

    text: str
    weight: float


Table = Mapping[str, Mapping[str, tuple[Form, ...]]]
"""Kind, then character or word, then its forms, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What both files say; a kind without lines is an empty mapping."""

    characters: Table
    words: Table


class FormsInFiles:
    """The tables of a directory, read when they are first asked for; FormsError is raised then."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @property
    def characters(self) -> Table:
        """Forms of characters."""
        return self._read.characters

    @property
    def words(self) -> Table:
        """Forms of words."""
        return self._read.words

    def content(self) -> bytes:
        """Return what stands in the files, unread."""
        return self._content

    @cached_property
    def _content(self) -> bytes:
        return b"".join((self._directory / name).read_bytes() for name in (CHARACTER_FILE, WORD_FILE))

    @cached_property
    def _read(self) -> Forms:
        return load_forms(self._directory)


class FormsError(ValueError):
    """One or both files are wrong; `diagnostics` lists everything found."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = tuple(diagnostics)


def load_forms(directory: Path) -> Forms:
    """Return the tables of a directory; raise FormsError with what is wrong in both files."""
    characters = _Reader(CHARACTER_FILE, CHARACTER_KINDS, is_word=False)
    words = _Reader(WORD_FILE, WORD_KINDS, is_word=True)
    forms = Forms(characters.read(directory), words.read(directory))
    if diagnostics := characters.diagnostics + words.diagnostics:
        raise FormsError(diagnostics)
    return forms


@dataclass(slots=True)
class _Reader:
    file: str
    kinds: frozenset[str]
    is_word: bool
    is_folded: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, line: int, column: int, problem: str, mend: str) -> None:
        self.diagnostics.append(Diagnostic(self.file, line, column, problem, mend))

    def read(self, directory: Path) -> Table:
        table: dict[str, dict[str, tuple[Form, ...]]] = {kind: {} for kind in sorted(self.kinds)}
        try:
            content = (directory / self.file).read_text(encoding="utf-8")
        except FileNotFoundError:
            self.report(1, 1, "the file is missing", "write it with moderation train characters")
            return table
        except UnicodeDecodeError as error:
            self.report(
                _line_of(error), 1, f"byte 0x{error.object[error.start]:02x} is not UTF-8", "save the file as UTF-8"
            )
            return table
        self.is_folded = fold(content).text == content
        for number, line in enumerate(content.split("\n"), 1):
            if line and not line.startswith("#"):
                self.read_line(line, number, table)
        return table

    def read_line(self, line: str, number: int, table: dict[str, dict[str, tuple[Form, ...]]]) -> None:
        columns = line.split("\t")
        if len(columns) != 3:
            self.report(number, 1, f"{len(columns)} columns", "write kind, spelling and forms, parted by tabs")
            return
        kind, spelling, listed = columns
        at = len(kind) + 2
        if kind not in self.kinds:
            self.report(number, 1, f"unknown kind {kind!r}", f"use one of {', '.join(sorted(self.kinds))}")
            return
        if self.is_word != (len(spelling) > 1) or not spelling:
            wanted = "two or more characters" if self.is_word else "one character"
            self.report(number, at, f"{spelling!r} has {len(spelling)} characters", f"write {wanted}")
        elif not self.is_folded and fold(spelling).text != spelling:
            self.report(number, at, f"{spelling!r} is not folded", f"write {fold(spelling).text!r}")
        elif spelling in table[kind]:
            self.report(number, at, f"{kind} {spelling!r} stands already above", "join the two lines")
        else:
            table[kind][spelling] = self.read_forms(spelling, listed, number, at + len(spelling) + 1)

    def read_forms(self, spelling: str, listed: str, number: int, column: int) -> tuple[Form, ...]:
        forms: dict[str, Form] = {}
        for written in listed.split(" "):
            text, _, weight = written.rpartition(":")
            value = _weight(weight)
            if not text or value is None:
                self.report(number, column, f"{written!r} is not form:weight", "write for instance 徽:0.80")
            elif not self.is_folded and fold(text).text != text:
                self.report(number, column, f"{text!r} is not folded", f"write {fold(text).text!r}")
            elif text == spelling or text in forms:
                self.report(number, column, f"{text!r} says nothing new", "delete it")
            else:
                forms[text] = Form(text, value)
            column += len(written) + 1
        return tuple(forms.values())


def _weight(text: str) -> float | None:
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if 0.0 < weight <= 1.0 else None


def _line_of(error: UnicodeDecodeError) -> int:
    return error.object[: error.start].count(b"\n") + 1
