"""`moderation wordlist lint|plan`: files of changes checked, and what they would do told, before anything changes."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from moderation.cli.access import REMOTE, RULESET, WORDLISTS, Access, RequestId, accessing, day, refuse
from moderation.cli.answering import answer, words
from moderation.cli.failure import BAD_INPUT, fail
from moderation.cli.rule import Format
from moderation.cli.wordlist_access import Reason, opened_lists, require_writable
from moderation.cli.wordlist_files import Files, ForWordlist, OfInput, OfOperation, Reading, Source, read_files
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.match.listing import Diagnostic

LINT_EXAMPLE = "Example: moderation wordlist lint words.txt --wordlist advertising/absolute --source law9"
PLAN_EXAMPLE = (
    "Example: moderation wordlist plan words.csv --reason 十二月巡查 · "
    "moderation wordlist plan gone.txt --wordlist advertising/absolute --operation remove"
)

NOT_YET = 1
"""Exit code where a batch may not be applied, or not before somebody looks at what it touches."""

MOST_TEMPLATES = 100_000

app = typer.Typer(rich_markup_mode=None)


@app.command("lint", epilog=LINT_EXAMPLE)
@accessing(*WORDLISTS, *REMOTE, role=Role.POLICY)
def lint(
    access: Access,
    files: Files,
    wordlist: ForWordlist = "",
    source: Source = "",
    operation: OfOperation = "add",
    input_format: OfInput = None,
) -> None:
    """Check files of changes against the lists in force, or the shipped ones without a store; nothing is stored.

    Exit code 2 where anything is wrong.
    """
    from moderation.cli.rendering.wordlist_problems import wordlist_problems
    from moderation.store.wordlist_work import Upload

    read = read_files(access, Reading(files, wordlist, source, operation, input_format))
    with opened_lists(access, needs_store=False) as lists:
        checked = lists.upload(read, Upload(validate_only=True))
    told = {"changes": checked.changes, "unchanged": checked.unchanged}
    if checked.problems and access.format is not Format.JSON:
        fail(wordlist_problems(checked.problems, access.locale))

    def record() -> dict[str, Any]:
        counts = list(map(asdict, checked.counts))
        return {**told, "counts": counts, "diagnostics": list(map(asdict, checked.problems))}

    answer(access, record, lambda: typer.echo(words(access)["linted"].format(**told)))
    if checked.problems:
        raise typer.Exit(BAD_INPUT)


@app.command("plan", epilog=PLAN_EXAMPLE)
@accessing(*RULESET, *REMOTE, role=Role.POLICY)
def plan(
    access: Access,
    files: Files,
    wordlist: ForWordlist = "",
    source: Source = "",
    operation: OfOperation = "add",
    input_format: OfInput = None,
    reason: Reason = "",
    templates: Annotated[
        int, typer.Option(min=0, max=MOST_TEMPLATES, help="So many stored templates are tried, the latest ones.")
    ] = 1000,
    shadow: Annotated[
        str,
        typer.Option(
            metavar="DAY", help="Put all lines on trial until this day: they are counted, and decide nothing."
        ),
    ] = "",
    request_id: RequestId = "",
) -> None:
    """Upload files of changes as one batch, and tell what it would do; nothing is in force before it is applied.

    Exit code 1 where the batch breaks examples of rules, touches lawful templates or would reject stored ones; 2 where
    anything is wrong in the files, and nothing was uploaded then.
    """
    from moderation.cli.rendering.plans import needs_a_look, plan_record, print_plan
    from moderation.cli.rendering.wordlist_problems import wordlist_problems
    from moderation.cli.rendering.wordlists import batch_record
    from moderation.store.wordlist_work import Upload

    require_writable(access, request_id, reason or None)
    until = day(access, "--shadow", shadow) if shadow else None
    read = read_files(access, Reading(files, wordlist, source, operation, input_format, until))
    with opened_lists(access) as lists:
        uploaded = lists.upload(read, Upload(reason, request_id=request_id))
        if (batch := uploaded.batch) is None:
            fail(wordlist_problems(uploaded.problems, access.locale))
        if access.format is not Format.JSON:
            told = {"batch": batch.number, "changes": uploaded.changes, "unchanged": uploaded.unchanged}
            typer.echo(words(access)["uploaded so"].format(**told, base=uploaded.version))
        planned = lists.plan(batch.number, templates)
    if planned.plan is None:
        refuse_unfit(access, batch.number, planned.version, planned.problems)
    made, base = replace(planned.plan, unchanged=uploaded.unchanged), planned.version
    is_touching = needs_a_look(made)

    def write() -> None:
        print_plan(made, access.locale)
        end = "not applicable" if not made.is_applicable else "look twice" if is_touching else "applicable"
        typer.echo("\n" + words(access)[end].format(batch=batch.number, base=base))

    answer(access, lambda: {"batch": batch_record(batch), "plan": plan_record(made)}, write)
    if is_touching or not made.is_applicable:
        raise typer.Exit(NOT_YET)


def refuse_unfit(access: Access, batch: int, version: int, problems: tuple[Diagnostic, ...]) -> NoReturn:
    """End the command because lines of a batch do not fit the lists in force."""
    from moderation.cli.rendering.wordlist_problems import wordlist_problems

    file = words(access)["file of batch"].format(batch=batch)
    faults = wordlist_problems((replace(one, file=file) for one in problems), access.locale)
    refuse(access, "unfit batch", batch=batch, version=version, faults=faults)
