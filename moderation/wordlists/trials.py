"""Entries on trial, as their lines tell: put on trial, promoted or dropped by changes like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from moderation.match.wordlist_file import SHADOW, day_of
from moderation.wordlists.change import Change, Operation, Overlay
from moderation.wordlists.overlay import Shipped

_OPTION = f"{SHADOW}="


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A line on trial, and the last day of that."""

    wordlist: str
    entry: str
    line: str
    until: date

    def is_due(self, today: date) -> bool:
        """Return whether somebody has to decide on it, because its last day is over."""
        return self.until < today


def until_of(line: str) -> date | None:
    """Return the last day of the trial of a line; None for one that is in force."""
    for column in line.split("\t")[2:]:
        if column.startswith(_OPTION):
            try:
                return day_of(column.removeprefix(_OPTION))
            except ValueError:
                return None
    return None


def on_trial(change: Change, until: date) -> Change:
    """Return a change whose line is on trial; one that tells its own last day, or removes, stays as it is."""
    if change.operation is Operation.REMOVE or any(one.startswith(_OPTION) for one in change.line.split("\t")[2:]):
        return change
    return change._replace(line=f"{change.line}\t{_OPTION}{until.isoformat()}")


def promoted(line: str) -> str:
    """Return a line as it is in force."""
    return "\t".join(column for column in line.split("\t") if not column.startswith(_OPTION))


def trials_in(shipped: Shipped, overlay: Overlay) -> Iterator[TrialLine]:
    """Yield the lines on trial, by wordlist and entry."""
    for wordlist in sorted(shipped):
        changed = overlay.get(wordlist, {})
        entries = shipped[wordlist].wordlist.entries
        lines = {
            entry.text: shipped[wordlist].by_entry[entry.text]
            for entry in entries
            if entry.shadow is not None and entry.text not in changed
        }
        lines |= {entry: line for entry, line in changed.items() if line is not None}
        for entry, line in sorted(lines.items()):
            if (until := until_of(line)) is not None:
                yield TrialLine(wordlist, entry, line, until)


def promotions(trials: Iterable[TrialLine]) -> Iterator[Change]:
    """Yield the changes that put lines into force."""
    for number, one in enumerate(trials, 1):
        yield Change(Operation.REPLACE, one.wordlist, one.entry, promoted(one.line), number)


def removals(trials: Iterable[TrialLine]) -> Iterator[Change]:
    """Yield the changes that take lines out."""
    for number, one in enumerate(trials, 1):
        yield Change(Operation.REMOVE, one.wordlist, one.entry, "", number)
