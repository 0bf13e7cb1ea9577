"""Batches, versions, differences and lines of wordlists, as JSON records and as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from moderation.cli.rendering.listing import Record, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.wordlists.change import Batch, Difference, Version
from moderation.wordlists.standing import Standing

BATCH_COLUMNS = (
    "batch",
    "state",
    "base",
    "added",
    "removed",
    "replaced",
    "author",
    "approved by",
    "uploaded",
    "reason",
)
VERSION_COLUMNS = ("version", "at", "batch", "added", "removed", "replaced", "author", "approved by", "reason")


def batch_record(batch: Batch) -> Record:
    """Return the record of a batch."""
    return asdict(batch) | {"state": batch.state.value, "uploaded_at": rfc3339(batch.uploaded_at)}


def version_record(version: Version) -> Record:
    """Return the record of a version."""
    return asdict(version) | {"at": rfc3339(version.at)}


def difference_record(difference: Difference) -> Record:
    """Return the record of a difference."""
    return difference._asdict() | {"operation": difference.operation.value}


def standing_record(standing: Standing) -> Record:
    """Return the record of a line; how it matches only where something was searched for."""
    record = standing._asdict()
    if standing.match is None:
        del record["match"]
    return record


def print_batches(batches: Iterable[Batch], locale: str) -> None:
    """Write batches as a table, one a row."""
    words = WORDS[locale]
    rows = (
        (
            str(one.number),
            words[one.state] if one.version is None else f"{words[one.state]} ({one.version})",
            str(one.base),
            *map(str, (one.added, one.removed, one.replaced)),
            one.author,
            one.approved_by or "-",
            local(one.uploaded_at),
            one.reason or "-",
        )
        for one in batches
    )
    print_table([words[name] for name in BATCH_COLUMNS], rows)


def print_versions(versions: Iterable[Version], locale: str) -> None:
    """Write versions as a table, one a row."""
    words = WORDS[locale]
    rows = (
        (
            str(one.number),
            local(one.at),
            words["rolled back"].format(restores=one.restores) if one.batch is None else str(one.batch),
            *map(str, (one.added, one.removed, one.replaced)),
            one.author,
            one.approved_by or "-",
            one.reason or "-",
        )
        for one in versions
    )
    print_table([words[name] for name in VERSION_COLUMNS], rows)


def print_differences(differences: Iterable[Difference], locale: str) -> None:
    """Write differences as a table, one a row."""
    words = WORDS[locale]
    rows = (
        (words[one.operation], one.wordlist, one.entry, spaced(one.before), spaced(one.after)) for one in differences
    )
    print_table([words[name] for name in ("operation", "wordlist", "entry", "before", "after")], rows)


def print_standing(lines: Iterable[Standing], locale: str) -> None:
    """Write lines as a table, one a row."""
    words, listed = WORDS[locale], list(lines)
    matched = any(one.match for one in listed)
    rows = (
        (
            one.wordlist,
            spaced(one.line),
            str(one.since or words["shipped"]),
            *([words[one.match]] if one.match else []),
        )
        for one in listed
    )
    names = ("wordlist", "lines", "since", *(["match"] if matched else []))
    print_table([words[name] for name in names], rows)


def spaced(line: str | None) -> str:
    """Return a line with blanks for its tabs, which a table would show as signs."""
    return "-" if line is None else line.replace("\t", "  ")
