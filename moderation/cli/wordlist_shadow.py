"""`moderation wordlist shadow`: entries on trial, what they hit, and how they end: in force, or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import LARGEST_NUMBER, RULESET, WORDLISTS, Access, PageSize, Token, accessing, refuse
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.failure import ruleset_errors
from moderation.cli.opening import actor_of, opened_store, settings_of
from moderation.cli.wordlist_access import Reason, directories_of, require_writable
from moderation.cli.wordlist_changes import tell_applied
from moderation.review.people import Role
from moderation.wordlists.change import Batch, BatchState, Change, Version

if TYPE_CHECKING:
    from moderation.cli.rendering.trials import TrialRow
    from moderation.store.opening import OpenedStore
    from moderation.store.wordlist_desk import WordlistDesk
    from moderation.wordlists.outcome import Unsound
    from moderation.wordlists.trials import TrialLine

LIST_EXAMPLE = (
    "Example: moderation wordlist shadow list --due · moderation wordlist shadow list --batch 12 --format json"
)
SHOW_EXAMPLE = "Example: moderation wordlist shadow show 宇宙桂冠 · moderation wordlist shadow show 宇宙桂冠 --texts"
PROMOTE_EXAMPLE = (
    "Example: moderation wordlist shadow promote 宇宙桂冠 --reason 无误伤 · "
    "moderation wordlist shadow promote --batch 12 --reason 试行期满"
)
DROP_EXAMPLE = "Example: moderation wordlist shadow drop --due --reason 误伤多"

app = typer.Typer(
    help="Entries on trial: what they hit, and whether they go into force.", no_args_is_help=True, rich_markup_mode=None
)

OfWordlist = Annotated[str, typer.Option("--wordlist", metavar="ID", help="Only entries of this wordlist.")]
OfBatch = Annotated[
    int | None,
    typer.Option("--batch", metavar="BATCH", min=1, max=LARGEST_NUMBER, help="Only those that this batch brought."),
]
Due = Annotated[bool, typer.Option("--due", help="Only those whose last day is over.")]
Entries = Annotated[list[str] | None, typer.Argument(metavar="[ENTRY]...", help="Entries, as their lines begin.")]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries on trial are meant; all where nothing is said."""

    entries: Sequence[str] = ()
    wordlist: str = ""
    batch: int | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class _Opened:
    store: OpenedStore
    desk: WordlistDesk
    version: int


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*WORDLISTS, "actor", "role", role=Role.POLICY)
def list_trials(
    access: Access,
    wordlist: OfWordlist = "",
    batch: OfBatch = None,
    due: Due = False,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the entries on trial with what they hit there; those that are due wait for a decision."""
    from moderation.cli.rendering.trials import print_trials, trial_record
    from moderation.store.wordlist_desk import page_of

    with _opened(access) as opened:
        rows = _rows(opened, Choice((), wordlist, batch, due))
        page = page_of(rows, size, token, f"shadow/{wordlist}/{batch}/{due}/{opened.version}")
    answer_page(access, "trials", page, trial_record, lambda some: print_trials(some, access.locale))
    if (count := sum(row.is_due for row in rows)) and access.format.value != "json":
        typer.echo(words(access)["due trials"].format(count=count))


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*WORDLISTS, "actor", "role", role=Role.POLICY)
def show(
    access: Access,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry, as its line begins.")],
    wordlist: OfWordlist = "",
    texts: Annotated[bool, typer.Option("--texts", help="Show the kept texts as they are, not masked.")] = False,
) -> None:
    """Show what an entry on trial hit, day by day, and a few of the texts, personal data masked."""
    from moderation.cli.rendering.trials import day_record, example_record, print_days, trial_record
    from moderation.review.hits import HitKind, HitMode, Subject
    from moderation.store import hits
    from moderation.store.content import Seals
    from moderation.store.database import reading

    with _opened(access) as opened:
        row = _one(access, _rows(opened, Choice((entry,), wordlist)), entry)
        subject = Subject(HitKind.ENTRY, row.trial.wordlist, row.trial.entry, HitMode.SHADOW)
        with reading(opened.store.engine) as connection:
            days = hits.days(connection, subject)
            examples = hits.examples(connection, Seals(opened.store.ring), subject, is_masked=not texts)

    def write() -> None:
        told = {"entry": row.trial.entry, "wordlist": row.trial.wordlist, "until": row.trial.until}
        typer.echo(words(access)["on trial so"].format(**told))
        print_days(days, examples, access.locale)

    record = {"days": list(map(day_record, days)), "examples": list(map(example_record, examples))}
    answer(access, lambda: trial_record(row) | record, write)


@app.command("promote", epilog=PROMOTE_EXAMPLE)
@accessing(*RULESET, "actor", "role", role=Role.POLICY)
def promote(
    access: Access,
    reason: Reason,
    entries: Entries = None,
    wordlist: OfWordlist = "",
    batch: OfBatch = None,
    due: Due = False,
) -> None:
    """Put entries on trial into force: those named, those of a batch, or all whose last day is over.

    They become a new version, checked as `apply` checks a batch; many await the approval of somebody else.
    """
    from moderation.wordlists.trials import promotions

    _end(access, Choice(tuple(entries or ()), wordlist, batch, due), reason, promotions, "promoted so", is_checked=True)


@app.command("drop", epilog=DROP_EXAMPLE)
@accessing(*RULESET, "actor", "role", role=Role.POLICY)
def drop(
    access: Access,
    reason: Reason,
    entries: Entries = None,
    wordlist: OfWordlist = "",
    batch: OfBatch = None,
    due: Due = False,
) -> None:
    """Remove entries on trial: those named, those of a batch, or all whose last day is over, as a new version."""
    from moderation.wordlists.trials import removals

    _end(access, Choice(tuple(entries or ()), wordlist, batch, due), reason, removals, "dropped so", is_checked=False)


def _end(
    access: Access,
    choice: Choice,
    reason: str,
    changes: Callable[[Iterable[TrialLine]], Iterator[Change]],
    done: str,
    *,
    is_checked: bool,
) -> None:
    """End the trials of the entries that are meant, by a batch that is applied at once.

    Unless it `is_checked`, it must change nothing that decides.
    """
    from moderation.cli.rendering.wordlists import batch_record, version_record
    from moderation.wordlists.outcome import Applied

    require_writable(access, "", reason)
    if not choice.entries and choice.batch is None and not choice.is_due:
        refuse(access, "which trials")
    actor, above = actor_of(access), settings_of(access).approval_above
    with _opened(access) as opened:
        rows = _rows(opened, choice)
        for entry in choice.entries:
            _one(access, [row for row in rows if row.trial.entry == entry], entry)
        if not rows:
            refuse(access, "no such trials")
        made, version, versions = list(changes(row.trial for row in rows)), opened.version, opened.desk.versions
        uploaded = versions.upload(actor, made, reason, version)
        if is_checked and (wrong := _unsound(access, opened, uploaded.number)) is not None:
            tell_applied(access, Applied(uploaded, None, wrong), version)
        applied = versions.apply(actor, uploaded.number, version, approval_above=above)
        batch: Batch = versions.batch(uploaded.number)
    if not isinstance(applied, Version):
        tell_applied(access, Applied(batch, None), version)
        return
    told = {"count": len(made), "version": applied.number, "previous": applied.number - 1}
    answer(
        access,
        lambda: {"version": version_record(applied), "batch": batch_record(batch)},
        lambda: typer.echo(words(access)[done].format(**told)),
    )


@contextmanager
def _opened(access: Access) -> Iterator[_Opened]:
    """Give the wordlists of the store that the options mean; what is refused ends the command."""
    from moderation.store.wordlist_desk import WordlistDesk
    from moderation.store.wordlists import StoredWordlists

    settings, files = settings_of(access), directories_of(access)
    with opened_store(access, settings) as store, ruleset_errors(access.locale):
        desk = WordlistDesk(files, StoredWordlists(store.engine, store.ring, settings.review_policy))
        yield _Opened(store, desk, desk.meant(None))


def _unsound(access: Access, opened: _Opened, batch: int) -> Unsound | None:
    """Return why a draft must not be applied; None where it may."""
    from moderation.cli.wordlist_progress import plan_progress, unsaved
    from moderation.store.wordlist_work import Work

    with plan_progress(access) as tell:
        work = Work(opened.desk, tell, unsaved(access))
        return work.unsound(actor_of(access), batch, opened.version, BatchState.DRAFT)


def _rows(opened: _Opened, choice: Choice) -> list[TrialRow]:
    """Return the entries on trial that are meant, with their hits."""
    from moderation.cli.rendering.trials import TrialRow
    from moderation.review.hits import HitKind, HitMode, Summary
    from moderation.store import hits
    from moderation.store.database import reading
    from moderation.wordlists.trials import trials_in

    desk, version = opened.desk, opened.version
    if choice.wordlist:
        desk.require(choice.wordlist)
    today = datetime.now(UTC).date()
    chosen = [
        one
        for one in trials_in(desk.shipped, desk.overlay(version))
        if (not choice.entries or one.entry in choice.entries)
        and choice.wordlist in ("", one.wordlist)
        and (not choice.is_due or one.is_due(today))
    ]
    since = _since(opened, chosen)
    versions = {number: desk.versions.version(number) for number in sorted({*since.values()} - {0})}
    with reading(opened.store.engine) as connection:
        counted = hits.summaries(connection, HitKind.ENTRY, HitMode.SHADOW)
    rows: list[TrialRow] = []
    for one in chosen:
        number = since.get((one.wordlist, one.entry), 0)
        batch = versions[number].batch if number else None
        if choice.batch in (None, batch):
            summary = counted.get((one.wordlist, one.entry), Summary())
            rows.append(TrialRow(one, number, batch, summary, one.is_due(today)))
    return rows


def _since(opened: _Opened, trials: Iterable[TrialLine]) -> dict[tuple[str, str], int]:
    by_list: dict[str, list[str]] = {}
    for one in trials:
        by_list.setdefault(one.wordlist, []).append(one.entry)
    return {
        (wordlist, entry): number
        for wordlist, entries in by_list.items()
        for entry, number in opened.desk.versions.since(opened.version, wordlist, entries).items()
    }


def _one(access: Access, rows: Sequence[TrialRow], entry: str) -> TrialRow:
    """Return the only entry on trial of a name; end the command where there is none, or one in several wordlists."""
    if not rows:
        refuse(access, "no trial", value=repr(entry[:64]))
    if len(rows) > 1:
        refuse(access, "several trials", value=repr(entry[:64]), known=", ".join(row.trial.wordlist for row in rows))
    return rows[0]
