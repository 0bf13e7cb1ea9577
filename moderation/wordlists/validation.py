"""Whether changes can be made to the wordlists that stand: all that is wrong with a batch at once, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moderation.automata import OTHER_USE
from moderation.faults import suggest
from moderation.match.domains import verified_domain
from moderation.match.listing import Diagnostic
from moderation.match.wordlist import Entry
from moderation.match.wordlist_file import COMMENT, parse_lines
from moderation.wordlists.change import Change, Operation, Overlay
from moderation.wordlists.overlay import Shipped, line_of
from moderation.wordlists.problems import BatchError, Problems, shortened

MAX_LINE = 4096
"""Characters of a line; the longest shipped one has some 800."""

OF_HOSTS = "link/"
"""What the ids of wordlists begin with whose entries are hosts."""

PARSED_AT_ONCE = 10_000
"""Lines whose entries are in memory at a time."""

MOST_NEAREST = 50
"""Unknown names of wordlists for which the nearest known ones are told."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Validated:
    """The changes of a batch that change something, those that would not, and what is wrong with the others.

    `problems` counts what is wrong, also what is not told.
    """

    changes: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    problems: int = 0

    def require_valid(self, read: Sequence[Diagnostic] = ()) -> None:
        """Raise BatchError where anything is wrong, here or in what was found when the file was `read`."""
        if self.diagnostics or read:
            raise BatchError([*read, *self.diagnostics])


def validate(shipped: Shipped, overlay: Overlay, changes: Iterable[Change], file: str) -> Validated:
    """Return which changes can be made; diagnostics name the number of the change as the line of the file."""
    problems = Problems(file)
    sound, unchanged = _compared(shipped, overlay, changes, problems)
    by_list: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for change in sound:
        if change.operation is not Operation.REMOVE:
            by_list[change.wordlist].append((change.number, change.line))
    for wordlist, lines in by_list.items():
        sources = shipped[wordlist].wordlist.sources
        for start in range(0, len(lines), PARSED_AT_ONCE):
            entries, wrong = parse_lines(lines[start : start + PARSED_AT_ONCE], sources, file)
            problems.add(wrong)
            if wordlist in OTHER_USE:
                _refuse_trials(wordlist, entries, problems)
    kept = [change for change in sound if change.number not in problems.lines] if problems.lines else sound
    return Validated(tuple(kept), tuple(unchanged), problems.told(), problems.total)


def _refuse_trials(wordlist: str, entries: Iterable[Entry], problems: Problems) -> None:
    for entry in entries:
        if entry.shadow is not None:
            problem = f"{shortened(entry.text)!r} is on trial, which {wordlist} cannot have: no rule reads its words"
            problems.report(entry.line, 1, problem, "leave out shadow")


def _compared(
    shipped: Shipped, overlay: Overlay, changes: Iterable[Change], problems: Problems
) -> tuple[list[Change], list[Change]]:
    """Return the changes that fit what stands, and those that stand already."""
    sound: list[Change] = []
    unchanged: list[Change] = []
    seen: dict[tuple[str, str], int] = {}
    unknown: dict[str, str] = {}
    for change in changes:
        if change.wordlist not in shipped:
            problems.report(change.number, 1, *_unknown_wordlist(change.wordlist, shipped, unknown))
            continue
        if (wrong := _misfit(change)) is not None:
            problems.report(change.number, 1, *wrong)
            continue
        place = change.wordlist, change.entry
        if place in seen:
            problem = f"{shortened(change.entry)!r} is in line {seen[place]} too"
            problems.report(change.number, 1, problem, "keep one of the two lines")
            continue
        seen[place] = change.number
        standing = line_of(shipped, overlay, *place)
        if (wrong := _contradiction(change, standing)) is not None:
            problems.report(change.number, 1, *wrong)
        elif standing == change.line and change.operation is not Operation.REMOVE:
            unchanged.append(change)
        else:
            sound.append(change)
    return sound, unchanged


def _unknown_wordlist(wordlist: str, shipped: Shipped, near: dict[str, str]) -> tuple[str, str]:
    """Return what is wrong and how to mend it; `near` keeps the nearest known names, which are slow to find."""
    if wordlist not in near and len(near) < MOST_NEAREST:
        near[wordlist] = suggest(wordlist[:100], shipped)
    return f"unknown wordlist {shortened(wordlist)!r}", f"{near.get(wordlist, '')}see moderation wordlist list"


def _misfit(change: Change) -> tuple[str, str] | None:
    """Return what is wrong with a change whatever stands, and how to mend it."""
    line = change.line or change.entry
    if len(line) > MAX_LINE:
        return "the line is too long", f"keep it within {MAX_LINE} characters"
    if _UNWRITABLE.search(line):
        return "a control character or line end", "write the entry on one line of visible characters"
    if line.startswith(COMMENT):
        return f"an entry that begins with {COMMENT}", f"write \\{COMMENT}, or delete the line if it is a comment"
    if not change.entry.strip():
        return "an empty entry", "write the entry, or delete the line"
    if change.operation is not Operation.REMOVE and change.line.partition("\t")[0] != change.entry:
        return f"the line does not begin with {shortened(change.entry)!r}", "begin the line with its entry and a tab"
    if change.operation is not Operation.REMOVE and change.wordlist.startswith(OF_HOSTS):
        return _misfit_host(change.entry)
    return None


def _misfit_host(entry: str) -> tuple[str, str] | None:
    """Return why links are never compared with an entry of a list of hosts, and how to mend it."""
    try:
        meant = verified_domain(entry)
    except ValueError as error:
        problem, _, mend = str(error).partition("; ")
        return problem, mend
    if meant != entry:
        return f"{shortened(entry)!r} is not in lower case", f"write {meant}"
    return None


def _contradiction(change: Change, standing: str | None) -> tuple[str, str] | None:
    """Return how a change contradicts what stands, and how to mend it."""
    quoted = repr(shortened(change.entry))
    if change.operation is Operation.ADD and standing is not None and standing != change.line:
        told = repr(shortened(standing.replace("\t", " ")))
        return f"{quoted} stands already as {told}", "use REPLACE to give it another line"
    if change.operation is Operation.REMOVE and standing is None:
        return f"{quoted} is not in {change.wordlist}", "see moderation wordlist search, or delete the line"
    if change.operation is Operation.REPLACE and standing is None:
        return f"{quoted} is not in {change.wordlist}", "use ADD"
    return None
