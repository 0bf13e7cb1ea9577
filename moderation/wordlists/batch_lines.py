"""Batches of one entry a line: a wordlist file, and words alone."""

from __future__ import annotations

import io
from collections.abc import Iterator

from moderation.match.listing import ListingError, Reader
from moderation.match.wordlist_file import COMMENT
from moderation.wordlists.change import Change, Given, Operation
from moderation.wordlists.problems import Problems

NOT_UTF8 = "not UTF-8", "save the file as UTF-8"


def read_wordlist(content: bytes, given: Given, problems: Problems) -> Iterator[Change]:
    """Yield a change for each line of a wordlist file, whose header names the list."""
    reader = _HeaderReader(problems.file)
    try:
        lines = reader.decode(content)
        header, first = reader.read_header(lines)
    except ListingError as error:
        problems.add(error.diagnostics)
        return
    problems.add(reader.diagnostics)
    wordlist = header.get("id")
    if given.wordlist and given.wordlist != wordlist:
        problems.report(1, 1, f"the header names {wordlist!r}, not {given.wordlist!r}", "name the same wordlist")
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip() and not line.startswith(COMMENT) and number not in problems.lines:
            yield _change(line, number, str(wordlist), given.operation)


def read_text(content: bytes, given: Given, problems: Problems) -> Iterator[Change]:
    """Yield a change for each line of a text: the word alone, which gets the source that is given, or in columns."""
    if not given.wordlist:
        problems.report(1, 1, "no wordlist", "name the wordlist that the words are for")
        return
    is_source_told = bool(given.source) or given.operation is Operation.REMOVE
    for number, raw in enumerate(text_lines(content), 1):
        line = raw.removesuffix("\n")
        if not is_utf8(line):
            problems.report(number, 1, *NOT_UTF8)
            continue
        if not line.strip() or line.startswith(COMMENT):
            continue
        if "\t" not in line:
            if not is_source_told:
                problems.report(number, len(line) + 1, "no source", "write a tab and a source, or name one for all")
                continue
            line = f"{line.strip()}\t{given.source}"
        yield _change(line, number, given.wordlist, given.operation)


def text_lines(content: bytes, newline: str | None = None) -> Iterator[str]:
    """Yield the lines of a file with or without byte order mark; bytes that are not UTF-8 become surrogates."""
    yield from io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", "surrogateescape", newline)


def is_utf8(text: str) -> bool:
    """Return whether a line of `text_lines` has no surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _change(line: str, number: int, wordlist: str, operation: Operation) -> Change:
    entry = line.partition("\t")[0]
    return Change(operation, wordlist, entry, "" if operation is Operation.REMOVE else line, number)


class _HeaderReader(Reader):
    """Reads the header of a wordlist; its other keys are those of the list that is to be changed."""

    known_keys = Reader.known_keys | {"variants"}
