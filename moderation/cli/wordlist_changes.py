"""`moderation wordlist apply|approve|drop|batches`: what becomes of batches after they were planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import RULESET, STORE, Access, PageSize, RequestId, Token, accessing, chosen, refuse
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.wordlist_access import (
    BatchNumber,
    Expect,
    Opened,
    Reason,
    in_force,
    opened_wordlists,
    require_writable,
)
from moderation.cli.wordlist_plan import NOT_YET
from moderation.review.people import Role
from moderation.wordlists.change import Batch, BatchState, Change, Version

if TYPE_CHECKING:
    from moderation.rule_examples import BrokenExample
    from moderation.store.wordlists import StoredWordlists

APPLY_EXAMPLE = "Example: moderation wordlist apply 12 --expect 7 --request-id 2026-12-01/12"
APPROVE_EXAMPLE = "Example: moderation wordlist approve 12 --expect 7 --actor li"
DROP_EXAMPLE = "Example: moderation wordlist drop 12 --reason 误传"
BATCHES_EXAMPLE = "Example: moderation wordlist batches --state awaiting-approval --format json"

AT_ONCE = 10_000
"""Changes of a batch that are read at a time."""

app = typer.Typer(rich_markup_mode=None)


@app.command("apply", epilog=APPLY_EXAMPLE)
@accessing(*RULESET, "actor", "role", role=Role.POLICY)
def apply(
    access: Access,
    batch: BatchNumber,
    expect: Expect,
    approval_above: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=1_000_000,
            help="A batch of more changes awaits approval; else MODERATION_APPROVAL_ABOVE, or 1000.",
        ),
    ] = None,
    request_id: RequestId = "",
) -> None:
    """Put a batch into force as the next version, where the current one is as expected.

    Exit code 1 where it breaks examples of rules, 2 where it does not fit the lists in force; nothing is applied then.
    A large batch awaits the approval of somebody else.
    """
    require_writable(access, request_id)
    with opened_wordlists(access) as opened:
        require_sound(access, opened, batch, expect, BatchState.DRAFT)
        above = opened.settings.approval_above if approval_above is None else approval_above
        done = opened.wordlists.apply(opened.actor, batch, expect, approval_above=above, request_id=request_id)
        found = opened.wordlists.batch(batch)
    tell_applied(access, found, done if isinstance(done, Version) else None, expect)


@app.command("approve", epilog=APPROVE_EXAMPLE)
@accessing(*RULESET, "actor", "role", role=Role.POLICY)
def approve(access: Access, batch: BatchNumber, expect: Expect, request_id: RequestId = "") -> None:
    """Put a large batch of somebody else into force as the next version; it is checked as `apply` checks it."""
    require_writable(access, request_id)
    with opened_wordlists(access) as opened:
        require_sound(access, opened, batch, expect, BatchState.AWAITING_APPROVAL)
        version = opened.wordlists.approve(opened.actor, batch, expect, request_id=request_id)
        found = opened.wordlists.batch(batch)
    tell_applied(access, found, version, expect)


@app.command("drop", epilog=DROP_EXAMPLE)
@accessing(*STORE, "actor", "role", role=Role.POLICY)
def drop(access: Access, batch: BatchNumber, reason: Reason, request_id: RequestId = "") -> None:
    """Let a batch that is not in force never be."""
    from moderation.cli.rendering.wordlists import batch_record

    require_writable(access, request_id, reason)
    with opened_wordlists(access) as opened:
        dropped = opened.wordlists.drop(opened.actor, batch, reason, request_id=request_id)
    answer(
        access,
        lambda: {"batch": batch_record(dropped)},
        lambda: typer.echo(words(access)["is dropped"].format(batch=batch)),
    )


@app.command("batches", epilog=BATCHES_EXAMPLE)
@accessing(*STORE, "actor", "role", role=Role.POLICY)
def list_batches(
    access: Access,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only draft, awaiting-approval, applied or dropped; repeatable."),
    ] = None,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the batches, the latest first."""
    from moderation.cli.rendering.wordlists import batch_record, print_batches

    states = frozenset(chosen(access, "--state", name, BatchState) for name in state or ())
    with opened_wordlists(access) as opened:
        page = opened.wordlists.batches(states=states, size=size, token=token)
    answer_page(access, "batches", page, batch_record, lambda batches: print_batches(batches, access.locale))


def require_sound(access: Access, opened: Opened, number: int, expect: int, state: BatchState) -> None:
    """End the command where a batch does not fit the lists in force or breaks examples of rules.

    What the store refuses anyway, or answers again, is left to it.
    """
    from moderation.cli.wordlist_engines import compared
    from moderation.wordlists.validation import validate

    batch = opened.wordlists.batch(number)
    is_own = state is BatchState.AWAITING_APPROVAL and batch.author == opened.actor.name
    if is_own or batch.state is not state or opened.wordlists.head() != expect:
        return
    lists = in_force(access, opened.wordlists, expect)
    changes = _changes(opened.wordlists, number)
    validated = validate(lists.shipped, lists.overlay, changes, words(access)["file of batch"].format(batch=number))
    if validated.diagnostics:
        faults = "\n".join(map(str, validated.diagnostics))
        refuse(access, "unfit batch", batch=number, version=expect, faults=faults)
    made = compared(access, lists, validated, library=())
    if not made.is_applicable:
        _tell_broken(access, batch, made.broken)
        raise typer.Exit(NOT_YET)


def _changes(wordlists: StoredWordlists, batch: int) -> Iterator[Change]:
    token = ""
    while True:
        page = wordlists.changes(batch, size=AT_ONCE, token=token)
        yield from page.items
        token = page.next_token
        if not token:
            return


def _tell_broken(access: Access, batch: Batch, broken: tuple[BrokenExample, ...]) -> None:
    from dataclasses import asdict

    from moderation.cli.rendering.plans import print_broken
    from moderation.cli.rendering.wordlists import batch_record

    def write() -> None:
        print_broken(broken, access.locale)
        typer.echo("\n" + words(access)["not applicable"].format(batch=batch.number))

    answer(access, lambda: {"version": None, "batch": batch_record(batch), "broken": list(map(asdict, broken))}, write)


def tell_applied(access: Access, batch: Batch, version: Version | None, expect: int) -> None:
    """Tell as which version a batch is in force, or that it awaits approval."""
    from moderation.cli.rendering.wordlists import batch_record, version_record

    def write() -> None:
        said, changes = words(access), batch.added + batch.removed + batch.replaced
        if version is None:
            typer.echo(said["awaits"].format(batch=batch.number, changes=changes, expect=expect))
        else:
            told = {"batch": batch.number, "version": version.number, "previous": version.number - 1}
            typer.echo(said["is applied"].format(**told))

    answer(
        access,
        lambda: {"version": version and version_record(version), "batch": batch_record(batch)},
        write,
    )
