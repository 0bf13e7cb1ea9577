"""`moderation wordlist shadow`: entries on trial, what they hit, and how they end: in force, or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import (
    LARGEST_NUMBER,
    REMOTE,
    RULESET,
    WORDLISTS,
    Access,
    PageSize,
    Token,
    accessing,
    refuse,
)
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.failure import fail
from moderation.cli.trial_access import opened_trials
from moderation.cli.wordlist_access import Reason, opened_lists, require_writable
from moderation.cli.wordlist_changes import tell_applied
from moderation.review.people import Role
from moderation.wordlists.change import Change

if TYPE_CHECKING:
    from moderation.store.trial_desk import EntryTrial, TrialFilter
    from moderation.wordlists.outcome import Applied
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


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
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
    from moderation.store.trial_desk import TrialFilter
    from moderation.store.wordlist_desk import page_of

    with opened_trials(access) as trials:
        found = trials.entries(TrialFilter(wordlist, (), batch, due))
        page = page_of(found.trials, size, token, f"shadow/{wordlist}/{batch}/{due}/{found.version}")
    answer_page(access, "trials", page, trial_record, lambda some: print_trials(some, access.locale))
    if (count := sum(one.is_due for one in found.trials)) and access.format.value != "json":
        typer.echo(words(access)["due trials"].format(count=count))


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
def show(
    access: Access,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry, as its line begins.")],
    wordlist: OfWordlist = "",
    texts: Annotated[bool, typer.Option("--texts", help="Show the kept texts as they are, not masked.")] = False,
) -> None:
    """Show what an entry on trial hit, day by day, and a few of the texts, personal data masked."""
    from moderation.cli.rendering.trials import hits_record, print_days, trial_record
    from moderation.store.trial_desk import TrialFilter

    with opened_trials(access) as trials:
        one = _one(access, trials.entries(TrialFilter(wordlist, (entry,))).trials, entry)
        hits = trials.hits_of(one.trial.wordlist, one.trial.entry, is_masked=not texts)

    def write() -> None:
        told = {"entry": one.trial.entry, "wordlist": one.trial.wordlist, "until": one.trial.until}
        typer.echo(words(access)["on trial so"].format(**told))
        print_days(hits.days, hits.examples, access.locale)

    answer(access, lambda: trial_record(one) | hits_record(hits), write)


@app.command("promote", epilog=PROMOTE_EXAMPLE)
@accessing(*RULESET, *REMOTE, role=Role.POLICY)
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
    from moderation.store.trial_desk import TrialFilter
    from moderation.wordlists.trials import promotions

    _end(access, TrialFilter(wordlist, tuple(entries or ()), batch, due), reason, promotions, "promoted so")


@app.command("drop", epilog=DROP_EXAMPLE)
@accessing(*RULESET, *REMOTE, role=Role.POLICY)
def drop(
    access: Access,
    reason: Reason,
    entries: Entries = None,
    wordlist: OfWordlist = "",
    batch: OfBatch = None,
    due: Due = False,
) -> None:
    """Remove entries on trial: those named, those of a batch, or all whose last day is over, as a new version."""
    from moderation.store.trial_desk import TrialFilter
    from moderation.wordlists.trials import removals

    _end(access, TrialFilter(wordlist, tuple(entries or ()), batch, due), reason, removals, "dropped so")


def _end(
    access: Access,
    wanted: TrialFilter,
    reason: str,
    changes: Callable[[Iterable[TrialLine]], Iterator[Change]],
    done: str,
) -> None:
    """End the trials of the entries that are meant, by a batch that is applied at once."""
    from moderation.cli.rendering.wordlists import batch_record, version_record

    require_writable(access, "", reason)
    if not wanted.entries and wanted.batch is None and not wanted.is_due:
        refuse(access, "which trials")
    with opened_trials(access) as trials:
        found = trials.entries(wanted)
    for entry in wanted.entries:
        _one(access, [one for one in found.trials if one.trial.entry == entry], entry)
    if not found.trials:
        refuse(access, "no such trials")
    made = list(changes(one.trial for one in found.trials))
    applied = _applied(access, made, reason, found.version)
    if (version := applied.version) is None:
        tell_applied(access, applied, found.version)
        return
    told = {"count": len(made), "version": version.number, "previous": version.number - 1}
    answer(
        access,
        lambda: {"version": version_record(version), "batch": batch_record(applied.batch)},
        lambda: typer.echo(words(access)[done].format(**told)),
    )


def _applied(access: Access, changes: Iterable[Change], reason: str, version: int) -> Applied:
    """Return what becomes of changes to a version; end the command where they are no batch."""
    from moderation.cli.rendering.wordlist_problems import wordlist_problems
    from moderation.store.wordlist_work import Upload
    from moderation.wordlists.batch_files import BatchFile, changes_as_content

    told = ((one.operation.value, one.wordlist, one.entry, one.line) for one in changes)
    file = BatchFile("shadow", changes_as_content(told), None)
    with opened_lists(access) as lists:
        uploaded = lists.upload([file], Upload(reason, version))
        if (batch := uploaded.batch) is None:
            fail(wordlist_problems(uploaded.problems, access.locale))
        return lists.apply(batch.number, version, approval_above=None, request_id="")


def _one(access: Access, found: Sequence[EntryTrial], entry: str) -> EntryTrial:
    """Return the only entry on trial of a name; end the command where there is none, or one in several wordlists."""
    if not found:
        refuse(access, "no trial", value=repr(entry[:64]))
    if len(found) > 1:
        known = ", ".join(one.trial.wordlist for one in found)
        refuse(access, "several trials", value=repr(entry[:64]), known=known)
    return found[0]
