"""Several files as one batch: read, and checked against the lists of a version, all that is wrong at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from moderation.match.listing import Diagnostic
from moderation.wordlists.batch_file import BatchFormat, BatchRead, read_batch
from moderation.wordlists.change import Change, Given, Operation, Overlay
from moderation.wordlists.overlay import Shipped
from moderation.wordlists.problems import Problems, shortened
from moderation.wordlists.trials import on_trial
from moderation.wordlists.validation import Validated, validate


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file of changes; without a format its content are changes that were told one by one (`changes_as_content`)."""

    name: str
    content: bytes
    format: BatchFormat | None
    given: Given = field(default_factory=Given)


@dataclass(slots=True)
class _Found:
    changes: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: int = 0
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of each entry the file and line that it is in, where there are several files."""


def read_files(files: Iterable[BatchFile], shipped: Shipped, overlay: Overlay) -> Validated:
    """Return the changes of files, which may come one by one, and all that is wrong in them."""
    found = _Found()
    for file in files:
        _read(file, shipped, overlay, found)
    return Validated(tuple(found.changes), tuple(found.unchanged), tuple(found.diagnostics), found.problems)


def changes_as_content(changes: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Return changes as the content of a file without a format: operation, wordlist, entry and line of each."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in changes)


def changes_in(content: bytes) -> Iterator[Change]:
    """Yield the changes that are the content of a file without a format."""
    for number, told in enumerate(content.splitlines(), 1):
        operation, wordlist, entry, line = json.loads(told)
        chosen = Operation(operation)
        yield Change(chosen, wordlist, entry, "" if chosen is Operation.REMOVE else line, number)


def _read(file: BatchFile, shipped: Shipped, overlay: Overlay, found: _Found) -> None:
    read = _content(file)
    repeated = Problems(file.name)
    for change in read.changes:
        if (place := found.places.get((change.wordlist, change.entry))) is not None:
            problem = f"{shortened(change.entry)!r} is in {place} too"
            repeated.report(change.number, 1, problem, "keep one of the two lines")
    changes = [one for one in read.changes if (one.wordlist, one.entry) not in found.places]
    found.places.update({(one.wordlist, one.entry): f"{file.name}:{one.number}" for one in changes})
    if file.given.shadow is not None:
        changes = [on_trial(change, file.given.shadow) for change in changes]
    validated = validate(shipped, overlay, changes, file.name)
    found.changes += validated.changes
    found.unchanged += validated.unchanged
    diagnostics = [*read.diagnostics, *repeated.told(), *validated.diagnostics]
    found.diagnostics += sorted(diagnostics, key=lambda one: (one.line, one.column))
    found.problems += read.problems + repeated.total + validated.problems


def _content(file: BatchFile) -> BatchRead:
    if file.format is not None:
        return read_batch(file.content, file.format, file.name, file.given)
    return BatchRead(tuple(changes_in(file.content)), ())
