"""Shipped wordlists, and what a version lays over them.

An overlay holds the lines that differ, whole or not at all. A wordlist with its overlay is what the parser of wordlist
files reads of it when it is written out, so that an exported list is the list that is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from moderation.match.listing import Diagnostic
from moderation.match.wordlist import Entry, Wordlist
from moderation.match.wordlist_file import WordlistError, parse_lines, read_directory
from moderation.wordlists.change import Change, Difference, Operation, Overlay


@dataclass(frozen=True, slots=True)
class ShippedList:
    """A wordlist as its file has it: read, line by line, and its lines by the entries that they hold."""

    wordlist: Wordlist
    lines: tuple[str, ...]
    by_entry: Mapping[str, str]


Shipped = Mapping[str, ShippedList]
"""The shipped wordlists by id."""


def load_shipped(directory: Path) -> Shipped:
    """Return the wordlists under a directory; raise WordlistError with the diagnostics of all files."""
    return {wordlist.id: _shipped(wordlist, content) for wordlist, content in read_directory(directory)}


def _shipped(wordlist: Wordlist, content: bytes) -> ShippedList:
    lines = tuple(content.decode().removesuffix("\n").split("\n"))
    return ShippedList(wordlist, lines, {entry.text: lines[entry.line - 1] for entry in wordlist.entries})


def line_of(shipped: Shipped, overlay: Overlay, wordlist: str, entry: str) -> str | None:
    """Return the line that stands for an entry of a known wordlist, None where there is none."""
    changed = overlay.get(wordlist, {})
    return changed[entry] if entry in changed else shipped[wordlist].by_entry.get(entry)


def lines_of(shipped: Shipped, overlay: Overlay, wordlist: str) -> Mapping[str, str]:
    """Return the lines that stand in a known wordlist by their entries: as shipped, then what was added, in order."""
    by_entry, changed = shipped[wordlist].by_entry, overlay.get(wordlist, {})
    if not changed:
        return by_entry
    kept = ((entry, changed.get(entry, line)) for entry, line in by_entry.items())
    added = ((entry, changed[entry]) for entry in sorted(changed.keys() - by_entry.keys()))
    return {entry: line for entries in (kept, added) for entry, line in entries if line is not None}


def content_of(shipped: Shipped, overlay: Overlay, wordlist: str) -> str:
    """Return a known wordlist as a file: its header and comments as shipped, and the lines that stand."""
    return "".join(f"{line.text}\n" for line in _lines(shipped[wordlist], overlay.get(wordlist, {})))


def overlaid(shipped: Shipped, overlay: Overlay) -> tuple[Wordlist, ...]:
    """Return the wordlists by id with what is laid over them.

    Raises WordlistError for an overlay that does not fit: of a wordlist or of sources that are shipped no more.
    """
    diagnostics = [_gone(wordlist) for wordlist in sorted(overlay.keys() - shipped.keys())]
    wordlists: list[Wordlist] = []
    for wordlist in sorted(shipped):
        if not overlay.get(wordlist):
            wordlists.append(shipped[wordlist].wordlist)
            continue
        entries, wrong = _entries_of(shipped[wordlist], overlay[wordlist])
        wordlists.append(replace(shipped[wordlist].wordlist, entries=entries))
        diagnostics.extend(wrong)
    if diagnostics:
        raise WordlistError(diagnostics)
    return tuple(wordlists)


def _entries_of(own: ShippedList, changed: Mapping[str, str | None]) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """Return the entries of a list with what is laid over it, as its file would be read, and what is wrong with them.

    Lines that stand as they are shipped are not read again.
    """
    entries: list[Entry] = []
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(_lines(own, changed), 1):
        if line.is_changed:
            lines.append((number, line.text))
        elif line.entry is not None:
            entries.append(line.entry if line.entry.line == number else replace(line.entry, line=number))
    read, diagnostics = parse_lines(lines, own.wordlist.sources, own.wordlist.id)
    return tuple(sorted((*entries, *read), key=lambda entry: entry.line)), diagnostics


class _Line(NamedTuple):
    """A line of a list with what is laid over it, and the entry that is shipped there; `is_changed` tells another."""

    text: str
    entry: Entry | None = None
    is_changed: bool = False


def _lines(own: ShippedList, changed: Mapping[str, str | None]) -> Iterator[_Line]:
    """Yield the lines that stand in the file of a list: as shipped, then what was added, in order."""
    numbers = {entry.line - 1: entry for entry in own.wordlist.entries}
    for at, text in enumerate(own.lines):
        entry = numbers.get(at)
        is_changed = entry is not None and entry.text in changed
        line = changed[entry.text] if entry is not None and is_changed else text
        if line is not None:
            yield _Line(line, entry, is_changed)
    for added in sorted(changed.keys() - own.by_entry.keys()):
        if (line := changed[added]) is not None:
            yield _Line(line, is_changed=True)


def _gone(wordlist: str) -> Diagnostic:
    return Diagnostic(wordlist, 1, 1, "the wordlist is shipped no more", "remove the entries that were added to it")


def apply(shipped: Shipped, overlay: Overlay, changes: Iterable[Change]) -> Overlay:
    """Return the overlay after changes that are valid; an entry that is as shipped again is in it no more."""
    after: dict[str, dict[str, str | None]] = {}
    for change in changes:
        own = after.get(change.wordlist)
        if own is None:
            own = after[change.wordlist] = dict(overlay.get(change.wordlist, {}))
        line = None if change.operation is Operation.REMOVE else change.line
        if shipped[change.wordlist].by_entry.get(change.entry) == line:
            own.pop(change.entry, None)
        else:
            own[change.entry] = line
    merged: dict[str, Mapping[str, str | None]] = {**overlay, **after}
    return {wordlist: own for wordlist, own in merged.items() if own}


def changes_between(shipped: Shipped, before: Overlay, after: Overlay) -> tuple[Change, ...]:
    """Return what leads from one overlay to another, in order, numbered from 1: a difference, or a way back."""
    found: list[Change] = []
    for wordlist in sorted(before.keys() | after.keys()):
        old, new = before.get(wordlist, {}), after.get(wordlist, {})
        if old is not new:
            found.extend(_changes(shipped, before, after, wordlist, sorted(old.keys() | new.keys())))
    return tuple(change._replace(number=number) for number, change in enumerate(found, 1))


def with_shipped(shipped: Shipped, difference: Difference) -> Difference:
    """Return a difference with the shipped lines in place of those that the versions do not hold."""
    own = shipped.get(difference.wordlist)
    line = own.by_entry.get(difference.entry) if own is not None else None
    before, after = difference.before, difference.after
    if before is None and difference.operation is not Operation.ADD:
        before = line
    if after is None and difference.operation is not Operation.REMOVE:
        after = line
    return difference._replace(before=before, after=after)


def _changes(
    shipped: Shipped, before: Overlay, after: Overlay, wordlist: str, entries: Sequence[str]
) -> Iterator[Change]:
    for entry in entries:
        old, new = line_of(shipped, before, wordlist, entry), line_of(shipped, after, wordlist, entry)
        if old == new:
            continue
        operation = Operation.ADD if old is None else Operation.REMOVE if new is None else Operation.REPLACE
        yield Change(operation, wordlist, entry, new or "", 0)
