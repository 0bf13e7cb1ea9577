"""Entries on trial: taken out of the wordlists, so that what decides is built as if they were not there.

Each is then a wordlist of its own for a second automaton, so that one is found wherever it stands, whatever other
entries stand there; `number_of` tells from a signal which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from moderation.match.automaton import Automaton
from moderation.match.wordlist import Wordlist

_APART = "\t"
"""Stands between the id of a wordlist and the number of an entry; no id holds it."""

_WORDS = "words:"


@dataclass(frozen=True, slots=True)
class EntryOnTrial:
    """An entry, and the last day of its trial."""

    wordlist: str
    entry: str
    until: date


class WordsOnTrial:
    """The entries on trial and the automaton that finds them; immutable. `mark` names them all."""

    def __init__(self, entries: Iterable[EntryOnTrial], automaton: Automaton, mark: str) -> None:
        self.entries = tuple(entries)
        self.automaton = automaton
        self.mark = mark
        self._numbers: dict[str, list[int]] = {}
        for number, one in enumerate(self.entries):
            self._numbers.setdefault(one.entry, []).append(number)

    def of_text(self, entry: str) -> Sequence[int]:
        """Return the numbers of the entries that read so, in whichever wordlists."""
        return self._numbers.get(entry, ())


def without_trials(wordlists: Iterable[Wordlist]) -> tuple[Wordlist, ...]:
    """Return wordlists without their entries on trial."""
    return tuple(
        replace(one, entries=tuple(entry for entry in one.entries if entry.shadow is None)) if one.on_trial else one
        for one in wordlists
    )


def trials_of(wordlists: Iterable[Wordlist]) -> tuple[Wordlist, ...]:
    """Return the entries on trial, each as the only one of a wordlist, by their numbers."""
    trying = (one for one in wordlists if one.on_trial)
    tried = ((one, entry) for one in trying for entry in one.entries if entry.shadow is not None)
    return tuple(
        replace(one, id=f"{one.id}{_APART}{number}", entries=(entry,)) for number, (one, entry) in enumerate(tried)
    )


def entries_of(trials: Sequence[Wordlist]) -> tuple[EntryOnTrial, ...]:
    """Return the entries of what `trials_of` returns, in its order."""
    return tuple(
        EntryOnTrial(one.id.partition(_APART)[0], entry.text, entry.shadow)
        for one in trials
        for entry in one.entries
        if entry.shadow is not None
    )


def number_of(signal: str) -> tuple[str, int] | None:
    """Return the name that a signal would have in force, and the number of the entry; None for a signal of no entry."""
    name, apart, number = signal.partition(_APART)
    return (name, int(number)) if apart and name.startswith(_WORDS) else None
