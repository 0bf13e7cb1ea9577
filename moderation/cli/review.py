"""`moderation review`: the reviewers' work, on the full screen or command by command."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import (
    DESK,
    LARGEST_NUMBER,
    Access,
    CaseNumber,
    Epoch,
    RequestId,
    accessing,
    chosen,
    moment,
    refuse,
    repeatable,
    within,
    written,
)
from moderation.cli.answering import answer, words
from moderation.cli.one_case import lease_held, print_whole, say_nothing_waits, show_case
from moderation.cli.opening import opened_desk
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.review.case import Queue, ReasonCode
    from moderation.verdict import Decision

EXAMPLE = "Example: moderation review · moderation review --actor zhang --skill dialect:sichuan --locale en"
NEXT_EXAMPLE = "Example: moderation review next --queue review --tag industry:finance --format json"
CLAIM_EXAMPLE = "Example: moderation review claim 12 --actor zhang"
SHOW_EXAMPLE = "Example: moderation review show 12 --format json"
RULE_EXAMPLE = "Example: moderation review rule 12 reject --code misleading --note 缺少活动期限 --also 13 --also 15"
SKIP_EXAMPLE = "Example: moderation review skip 12 --reason 看不懂四川话"
RELEASE_EXAMPLE = "Example: moderation review release 12"
RENEW_EXAMPLE = "Example: moderation review renew 12 --format json"
STATS_EXAMPLE = "Example: moderation review stats --since 2026-11-23 --format json"

UNRECORDED = 1
"""Exit code of the full screen where the desk could not be told a decision."""

app = typer.Typer(
    help="Review cases: on the full screen without a command, or by these.",
    invoke_without_command=True,
    rich_markup_mode=None,
)

Queues = Annotated[
    list[str] | None, typer.Option("--queue", metavar="QUEUE", help="Only review, quality or appeal; repeatable.")
]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="Only cases with this tag; repeatable.")]
Skills = Annotated[
    list[str] | None, typer.Option("--skill", metavar="TAG", help="A skill you have, as dialect:sichuan; repeatable.")
]


class Ruled(StrEnum):
    """What a reviewer may decide."""

    PASS = "PASS"  # noqa: S105 - a decision, not a secret
    REJECT = "REJECT"


@app.callback(epilog=EXAMPLE)
@accessing(*(name for name in DESK if name != "format"))
def review(
    access: Access,
    context: typer.Context,
    queue: Queues = None,
    tag: Tags = None,
    skill: Skills = None,
    plain: Annotated[bool, typer.Option("--plain", help="Without colours, as with NO_COLOR.")] = False,
) -> None:
    """Review cases: on the full screen without a command, or by these. 1: a decision could not be recorded."""
    if context.invoked_subcommand is not None:
        _require_none_given(access, context)
        return
    if not is_terminal():
        typer.echo(context.get_help(), err=True)
        refuse(access, "no terminal")
    lines = _on_screen(access, _queues(access, queue), frozenset(tag or ()), frozenset(skill or ()), plain=plain)
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(UNRECORDED if lines else 0)


@app.command("next", epilog=NEXT_EXAMPLE)
@accessing(*DESK)
def claim_next(
    access: Access, queue: Queues = None, tag: Tags = None, skill: Skills = None, request_id: RequestId = ""
) -> None:
    """Claim the first case and print it.

    0: you hold it, in the epoch that is printed · 1: nothing waits.
    """
    within(access, "--request-id", request_id, "ClaimNextRequest.request_id")
    for one in tag or ():
        within(access, "--tag", one, "ClaimNextRequest.tags[]")
    for one in skill or ():
        within(access, "--skill", one, "ClaimNextRequest.skills[]")
    with opened_desk(access) as (desk, actor):
        case = desk.claim_next(
            actor,
            queues=_queues(access, queue),
            tags=frozenset(tag or ()),
            skills=frozenset(skill or ()),
            request_id=request_id,
        )
    if case is None:
        say_nothing_waits(access)
    print_whole(access, case, actor)


@app.command("claim", epilog=CLAIM_EXAMPLE)
@accessing(*DESK)
def claim(access: Access, case: CaseNumber, request_id: RequestId = "") -> None:
    """Claim one waiting case, and print it."""
    within(access, "--request-id", request_id, "ClaimCaseRequest.request_id")
    with opened_desk(access) as (desk, actor):
        claimed = desk.claim(actor, case, request_id=request_id)
    print_whole(access, claimed, actor)


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*DESK)
def show(access: Access, case: CaseNumber) -> None:
    """Print a whole case, personal data included."""
    show_case(access, case)


@app.command("rule", epilog=RULE_EXAMPLE)
@accessing(*DESK)
def rule(
    access: Access,
    case: CaseNumber,
    decision: Annotated[str, typer.Argument(metavar="pass|reject", help="What becomes of the template.")],
    code: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="Why: to pass it lawful, rule-mistaken or evidence-provided; to reject it confirmed, unlawful, "
            "misleading, incomplete or unclear; or other.",
        ),
    ],
    note: Annotated[str, typer.Option(metavar="TEXT", help="What else should be known.")] = "",
    also: Annotated[
        list[int] | None,
        typer.Option(metavar="CASE", min=1, max=LARGEST_NUMBER, help="A waiting case that is ruled alike; repeatable."),
    ] = None,
    epoch: Epoch = None,
    request_id: RequestId = "",
) -> None:
    """Decide a case that you hold.

    It is printed as it is then; with --also, either all cases are ruled or none.
    """
    from moderation.verdict import Decision

    decided = Decision(chosen(access, "decision", decision, Ruled))
    why = _code(access, code, decided)
    within(access, "--note", note, "RuleCaseRequest.note")
    repeatable(access, request_id, epoch)
    with opened_desk(access) as (desk, actor):
        lease = epoch or lease_held(desk, actor, case)
        ruled = desk.rule(actor, case, lease, decided, why, note, also=also or (), request_id=request_id)
    print_whole(access, ruled, actor, also or ())


@app.command("skip", epilog=SKIP_EXAMPLE)
@accessing(*DESK)
def skip(
    access: Access,
    case: CaseNumber,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the lead.")],
    epoch: Epoch = None,
    request_id: RequestId = "",
) -> None:
    """Give a case back, and never get it again by `next`."""
    within(access, "--reason", reason, "SkipCaseRequest.reason")
    repeatable(access, request_id, epoch)
    with opened_desk(access) as (desk, actor):
        desk.skip(actor, case, epoch or lease_held(desk, actor, case), reason, request_id=request_id)
    _say(access, "skipped", case)


@app.command("release", epilog=RELEASE_EXAMPLE)
@accessing(*DESK)
def release(access: Access, case: CaseNumber, epoch: Epoch = None, request_id: RequestId = "") -> None:
    """Give a case back undecided."""
    repeatable(access, request_id, epoch)
    with opened_desk(access) as (desk, actor):
        desk.release(actor, case, epoch or lease_held(desk, actor, case), request_id=request_id)
    _say(access, "released", case)


@app.command("renew", epilog=RENEW_EXAMPLE)
@accessing(*DESK)
def renew(access: Access, case: CaseNumber, epoch: Epoch = None, request_id: RequestId = "") -> None:
    """Hold a case for longer, and print it."""
    repeatable(access, request_id, epoch)
    with opened_desk(access) as (desk, actor):
        renewed = desk.renew(actor, case, epoch or lease_held(desk, actor, case), request_id=request_id)
    print_whole(access, renewed, actor)


@app.command("stats", epilog=STATS_EXAMPLE)
@accessing(*DESK, role=Role.LEAD)
def stats(
    access: Access,
    since: Annotated[str, typer.Option(metavar="TIME", help="Count what was done from this day or time on.")] = "",
) -> None:
    """Print figures by queue, rule and reviewer."""
    start = moment(access, "--since", since) if since else None
    with opened_desk(access) as (desk, actor):
        found = desk.statistics(actor, since=start)
    from moderation.cli.rendering.cases import print_statistics, statistics_record

    answer(access, lambda: statistics_record(found), lambda: print_statistics(found, access.locale))


def is_terminal() -> bool:
    """Return whether somebody can see and answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _say(access: Access, done: str, case: int) -> None:
    told = {"case": case, "done": done}
    answer(access, lambda: told, lambda: typer.echo(words(access)[done].format(case=case)))


def _code(access: Access, name: str, decision: Decision) -> ReasonCode:
    """Return the reason of this name; end the command where the decision cannot have it."""
    from moderation.review.case import CODES, ReasonCode

    code = chosen(access, "--code", name, ReasonCode)
    if code not in CODES[decision]:
        told = {"value": written([code]), "decision": words(access)[decision], "known": written(CODES[decision])}
        refuse(access, "unfit code", **told)
    return code


def _queues(access: Access, named: list[str] | None) -> frozenset[Queue]:
    from moderation.review.case import Queue

    return frozenset(chosen(access, "--queue", name, Queue) for name in named or ())


def _require_none_given(access: Access, context: typer.Context) -> None:
    """End the command where options stand before the subcommand, which would not heed them."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = f"--{name.replace('_', '-')}"
            refuse(access, "too early", option=option, command=context.invoked_subcommand)


def _on_screen(
    access: Access, queues: frozenset[Queue], tags: frozenset[str], skills: frozenset[str], *, plain: bool
) -> tuple[str, ...]:
    """Run the full screen; return a line for every decision that could not be recorded."""
    try:
        from moderation.cli.review_screen.app import ReviewApp
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "textual":
            raise
        refuse(access, "no textual")
    from moderation.store.reading_desk import now_in_utc

    with opened_desk(access) as (desk, actor):
        screen = ReviewApp(
            desk,
            actor,
            locale=access.locale.value,
            clock=now_in_utc,
            skills=skills,
            queues=queues,
            tags=tags,
            plain=plain,
        )
        return screen.run() or ()
