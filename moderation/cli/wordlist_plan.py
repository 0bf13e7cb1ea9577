"""`moderation wordlist lint|plan`: files of changes checked, and what they would do told, before anything changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from moderation.cli.access import RULESET, WORDLISTS, Access, RequestId, accessing, day
from moderation.cli.answering import answer, words
from moderation.cli.failure import BAD_INPUT, fail
from moderation.cli.rule import Format
from moderation.cli.wordlist_access import Opened, Reason, in_force, lists_of, opened_wordlists, require_writable
from moderation.cli.wordlist_files import Files, ForWordlist, OfInput, OfOperation, Reading, Source, read_files
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.text.template import Template

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
@accessing(*WORDLISTS)
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
    from moderation.wordlists.plan import counts_of

    with lists_of(access) as (lists, _):
        validated = read_files(access, Reading(files, wordlist, source, operation, input_format), lists)
    told = {"changes": len(validated.changes), "unchanged": len(validated.unchanged)}
    if validated.diagnostics and access.format is not Format.JSON:
        fail("\n".join(map(str, validated.diagnostics)))

    def record() -> dict[str, Any]:
        counts = list(map(asdict, counts_of(validated.changes)))
        return {**told, "counts": counts, "diagnostics": list(map(asdict, validated.diagnostics))}

    answer(access, record, lambda: typer.echo(words(access)["linted"].format(**told)))
    if validated.diagnostics:
        raise typer.Exit(BAD_INPUT)


@app.command("plan", epilog=PLAN_EXAMPLE)
@accessing(*RULESET, "actor", "role", role=Role.POLICY)
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
    from moderation.cli.rendering.wordlists import batch_record
    from moderation.cli.wordlist_engines import compared

    require_writable(access, request_id, reason or None)
    until = day(access, "--shadow", shadow) if shadow else None
    with opened_wordlists(access) as opened:
        lists = in_force(access, opened.wordlists)
        validated = read_files(access, Reading(files, wordlist, source, operation, input_format, until), lists)
        if validated.diagnostics:
            fail("\n".join(map(str, validated.diagnostics)))
        changes, base = validated.changes, lists.version
        batch = opened.wordlists.upload(opened.actor, changes, reason, base, request_id=request_id)
        if access.format is not Format.JSON:
            told = {"batch": batch.number, "changes": len(changes), "unchanged": len(validated.unchanged)}
            typer.echo(words(access)["uploaded so"].format(**told, base=base))
        made = compared(access, lists, validated, _stored(opened, templates))
    is_touching = needs_a_look(made)

    def write() -> None:
        print_plan(made, access.locale)
        end = "not applicable" if not made.is_applicable else "look twice" if is_touching else "applicable"
        typer.echo("\n" + words(access)[end].format(batch=batch.number, base=base))

    answer(access, lambda: {"batch": batch_record(batch), "plan": plan_record(made)}, write)
    if is_touching or not made.is_applicable:
        raise typer.Exit(NOT_YET)


def _stored(opened: Opened, most: int) -> tuple[Template, ...]:
    """Return the templates that were checked last."""
    from moderation.store.checked import last_checked
    from moderation.store.content import Seals
    from moderation.store.database import reading

    with reading(opened.store.engine) as connection:
        return last_checked(connection, Seals(opened.store.ring), most)
