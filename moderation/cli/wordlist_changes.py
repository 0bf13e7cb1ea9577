"""`moderation wordlist apply|approve|drop|batches`: what becomes of batches after they were planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import (
    REMOTE,
    RULESET,
    STORE,
    Access,
    PageSize,
    RequestId,
    Token,
    accessing,
    chosen,
    refuse,
)
from moderation.cli.answering import answer, answer_page, words
from moderation.cli.wordlist_access import BatchNumber, Expect, Reason, opened_lists, require_writable
from moderation.cli.wordlist_plan import NOT_YET, refuse_unfit
from moderation.review.people import Role
from moderation.wordlists.change import Batch, BatchState

if TYPE_CHECKING:
    from moderation.rule_examples import BrokenExample
    from moderation.wordlists.outcome import Applied

APPLY_EXAMPLE = "Example: moderation wordlist apply 12 --expect 7 --request-id 2026-12-01/12"
APPROVE_EXAMPLE = "Example: moderation wordlist approve 12 --expect 7 --actor li"
DROP_EXAMPLE = "Example: moderation wordlist drop 12 --reason 误传"
BATCHES_EXAMPLE = "Example: moderation wordlist batches --state awaiting-approval --format json"

app = typer.Typer(rich_markup_mode=None)


@app.command("apply", epilog=APPLY_EXAMPLE)
@accessing(*RULESET, *REMOTE, role=Role.POLICY)
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
    if access.server is not None and approval_above is not None:
        refuse(access, "approval of server")
    with opened_lists(access) as lists:
        done = lists.apply(batch, expect, approval_above=approval_above, request_id=request_id)
    tell_applied(access, done, expect)


@app.command("approve", epilog=APPROVE_EXAMPLE)
@accessing(*RULESET, *REMOTE, role=Role.POLICY)
def approve(access: Access, batch: BatchNumber, expect: Expect, request_id: RequestId = "") -> None:
    """Put a large batch of somebody else into force as the next version; it is checked as `apply` checks it."""
    require_writable(access, request_id)
    with opened_lists(access) as lists:
        done = lists.approve(batch, expect, request_id=request_id)
    tell_applied(access, done, expect)


@app.command("drop", epilog=DROP_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
def drop(access: Access, batch: BatchNumber, reason: Reason, request_id: RequestId = "") -> None:
    """Let a batch that is not in force never be."""
    from moderation.cli.rendering.wordlists import batch_record

    require_writable(access, request_id, reason)
    with opened_lists(access) as lists:
        dropped = lists.drop(batch, reason, request_id=request_id)
    answer(
        access,
        lambda: {"batch": batch_record(dropped)},
        lambda: typer.echo(words(access)["is dropped"].format(batch=batch)),
    )


@app.command("batches", epilog=BATCHES_EXAMPLE)
@accessing(*STORE, *REMOTE, role=Role.POLICY)
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
    with opened_lists(access) as lists:
        page = lists.batches(states=states, size=size, token=token)
    answer_page(access, "batches", page, batch_record, lambda batches: print_batches(batches, access.locale))


def _tell_broken(access: Access, batch: Batch, broken: tuple[BrokenExample, ...]) -> None:
    from dataclasses import asdict

    from moderation.cli.rendering.plans import print_broken
    from moderation.cli.rendering.wordlists import batch_record

    def write() -> None:
        print_broken(broken, access.locale)
        typer.echo("\n" + words(access)["not applicable"].format(batch=batch.number))

    answer(access, lambda: {"version": None, "batch": batch_record(batch), "broken": list(map(asdict, broken))}, write)


def tell_applied(access: Access, done: Applied, expect: int) -> None:
    """Tell as which version a batch is in force, or that it awaits approval; end the command where it is not sound."""
    from moderation.cli.rendering.wordlists import batch_record, version_record

    batch, version = done.batch, done.version
    if done.wrong is not None and done.wrong.problems:
        refuse_unfit(access, batch.number, expect, done.wrong.problems)
    if done.wrong is not None:
        _tell_broken(access, batch, done.wrong.broken)
        raise typer.Exit(NOT_YET)

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
