"""`moderation case`: which cases there are, and what one of them holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import DESK, Access, CaseNumber, PageSize, Token, accessing, chosen, refuse, within
from moderation.cli.answering import answer, answer_page, write_list
from moderation.cli.one_case import show_case
from moderation.cli.opening import opened_desk, opened_store
from moderation.review.states import CaseState

if TYPE_CHECKING:
    from moderation.review.case import Priority
    from moderation.review.desk import CaseFilter

app = typer.Typer(help="List and show cases.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation case list --state open --tag industry:finance --rule AW102 --size 20"
SHOW_EXAMPLE = "Example: moderation case show 12 --format json"
SIMILAR_EXAMPLE = "Example: moderation case similar 12 --size 5"
OVERDUE_EXAMPLE = "Example: moderation case overdue --queue appeal --format json"
EXPORT_EXAMPLE = "Example: moderation case export -o rulings.jsonl"

QueueName = Annotated[str, typer.Option(metavar="QUEUE", help="Only this queue: review, quality or appeal.")]
Tenant = Annotated[str, typer.Option(metavar="NAME", help="Only cases of this tenant.")]


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*DESK)
def list_cases(
    access: Access,
    queue: QueueName = "",
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="Only open, claimed, ruled, appealed, appeal-claimed or final; repeatable."),
    ] = None,
    tenant: Tenant = "",
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="Only cases with this tag; repeatable.")] = None,
    priority: Annotated[str, typer.Option(metavar="PRIORITY", help="Only complaint, government, normal or low.")] = "",
    rule: Annotated[str, typer.Option(metavar="ID", help="Only cases in which this rule held.")] = "",
    holder: Annotated[str, typer.Option(metavar="NAME", help="Only cases that somebody holds.")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only cases that should have been decided.")] = False,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List cases in the order in which they are claimed, personal data masked."""
    from moderation.review.case import Queue
    from moderation.review.desk import CaseFilter

    wanted = CaseFilter(
        queue=chosen(access, "--queue", queue, Queue) if queue else None,
        states=frozenset(chosen(access, "--state", name, CaseState) for name in state or ()),
        tenant=tenant,
        tags=frozenset(tag or ()),
        priority=_priority(access, priority),
        rule_id=rule.upper(),
        holder=holder,
        overdue_only=overdue,
    )
    _print_page(access, wanted, size, token)


@app.command("overdue", epilog=OVERDUE_EXAMPLE)
@accessing(*DESK)
def list_overdue(
    access: Access, queue: QueueName = "", tenant: Tenant = "", size: PageSize = 50, token: Token = ""
) -> None:
    """List the cases that should have been decided by now."""
    from moderation.review.case import Queue
    from moderation.review.desk import CaseFilter

    only = chosen(access, "--queue", queue, Queue) if queue else None
    _print_page(access, CaseFilter(queue=only, tenant=tenant, overdue_only=True), size, token)


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*DESK)
def show(access: Access, case: CaseNumber) -> None:
    """Print a whole case, personal data included."""
    show_case(access, case)


@app.command("similar", epilog=SIMILAR_EXAMPLE)
@accessing(*DESK)
def similar(
    access: Access,
    case: CaseNumber,
    size: Annotated[int, typer.Option(min=1, max=50, help="At most so many.")] = 10,
) -> None:
    """List the cases whose templates resemble that of a case, with their rulings, the most similar first."""
    from moderation.cli.rendering.cases import print_similar, similar_record
    from moderation.store.reading_desk import now_in_utc

    with opened_desk(access) as (desk, actor):
        found = desk.similar(actor, case, size=size)
    answer(
        access,
        lambda: {"case": case, "similar": [similar_record(one) for one in found]},
        lambda: write_list(access, "cases", found, lambda cases: print_similar(cases, access.locale, now_in_utc())),
    )


def _print_page(access: Access, wanted: CaseFilter, size: int, token: str) -> None:
    from moderation.cli.rendering.cases import line_record, print_lines
    from moderation.store.reading_desk import now_in_utc

    texts = {"--tenant": wanted.tenant, "--rule": wanted.rule_id, "--holder": wanted.holder}
    for option, value in texts.items():
        within(access, option, value, "ListCasesRequest.tenant")
    for tag in wanted.tags:
        within(access, "--tag", tag, "ListCasesRequest.tags[]")
    with opened_desk(access) as (desk, actor):
        page = desk.cases(actor, wanted, size=size, token=token)
    answer_page(access, "cases", page, line_record, lambda lines: print_lines(lines, access.locale, now_in_utc()))


@app.command("export", epilog=EXPORT_EXAMPLE)
@accessing("store", "keys", "locale")
def export(
    access: Access,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Write what people decided as JSON Lines, whole texts included, for `moderation train … --rulings`."""
    from moderation.cli.output_file import output_file
    from moderation.store.content import Seals
    from moderation.store.database import reading
    from moderation.store.taught import rulings

    with opened_store(access) as opened, reading(opened.engine) as connection, output_file(output) as stream:
        for row in rulings(connection, Seals(opened.ring)):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _priority(access: Access, name: str) -> Priority | None:
    from moderation.review.case import Priority

    if not name:
        return None
    try:
        return Priority[name.upper()]
    except KeyError:
        known = ", ".join(one.name.lower() for one in Priority)
        refuse(access, "unknown", option="--priority", value=repr(name), known=known)
