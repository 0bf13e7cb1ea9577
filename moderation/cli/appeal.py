"""`moderation appeal`: asking that a rejection be undone, and deciding on it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from moderation.cli.access import (
    DESK,
    LARGEST_NUMBER,
    Access,
    CaseNumber,
    Epoch,
    PageSize,
    RequestId,
    Token,
    accessing,
    chosen,
    repeatable,
    within,
)
from moderation.cli.answering import answer, answer_page
from moderation.cli.one_case import lease_held, print_whole, say_nothing_waits
from moderation.cli.opening import opened_desk
from moderation.review.people import Role

if TYPE_CHECKING:
    from moderation.review.case import Appeal

app = typer.Typer(help="File appeals and decide them.", no_args_is_help=True, rich_markup_mode=None)

FILE_EXAMPLE = (
    "Example: moderation appeal file 0f3c… --tenant jia --text 已附授权书,请复核 --evidence https://example.cn/a.pdf"
)
LIST_EXAMPLE = "Example: moderation appeal list --open · moderation appeal list --role sender --tenant jia"
SHOW_EXAMPLE = "Example: moderation appeal show 3 --format json"
CLAIM_EXAMPLE = "Example: moderation appeal claim --actor li --format json"
DECIDE_EXAMPLE = "Example: moderation appeal decide 12 reverse --reason 授权书有效"
PROPOSALS_EXAMPLE = "Example: moderation appeal proposals --format json"


class Decided(StrEnum):
    """What may be decided on an appeal."""

    UPHOLD = "UPHOLD"
    REVERSE = "REVERSE"


@app.command("file", epilog=FILE_EXAMPLE)
@accessing(*DESK, "tenant", role=Role.SENDER)
def file(
    access: Access,
    verdict: Annotated[str, typer.Argument(metavar="VERDICT_ID", help="The id of the verdict.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="Why the rejection should be undone.")],
    evidence: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Where evidence is found; repeatable.")
    ] = None,
    request_id: RequestId = "",
) -> None:
    """Appeal against a rejection: once a verdict, within the time that is set."""
    within(access, "VERDICT_ID", verdict, "FileAppealRequest.verdict_id")
    within(access, "--text", text, "FileAppealRequest.text")
    within(access, "--evidence", evidence or (), "FileAppealRequest.evidence")
    for one in evidence or ():
        within(access, "--evidence", one, "FileAppealRequest.evidence[]")
    within(access, "--request-id", request_id, "FileAppealRequest.request_id")
    with opened_desk(access) as (desk, actor):
        filed = desk.file_appeal(actor, verdict, text, evidence or (), request_id=request_id)
    _print(access, filed)


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*DESK, "tenant")
def list_appeals(
    access: Access,
    open_only: Annotated[bool, typer.Option("--open", help="Only those that nobody has decided.")] = False,
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List appeals, the oldest first, personal data masked.

    A sender sees those of its tenant.
    """
    from moderation.cli.rendering.appeals import appeal_line_record, print_appeals

    with opened_desk(access) as (desk, actor):
        page = desk.appeals(actor, open_only=open_only, size=size, token=token)
    answer_page(access, "appeals", page, appeal_line_record, lambda appeals: print_appeals(appeals, access.locale))


@app.command("show", epilog=SHOW_EXAMPLE)
@accessing(*DESK, "tenant")
def show(
    access: Access,
    appeal: Annotated[
        int, typer.Argument(metavar="APPEAL", min=1, max=LARGEST_NUMBER, help="The number of an appeal.")
    ],
) -> None:
    """Print a whole appeal."""
    with opened_desk(access) as (desk, actor):
        found = desk.appeal(actor, appeal)
    _print(access, found)


@app.command("claim", epilog=CLAIM_EXAMPLE)
@accessing(*DESK)
def claim(access: Access, request_id: RequestId = "") -> None:
    """Claim the first appeal that you may decide, and print its case. 1: none waits."""
    from moderation.review.case import Queue

    within(access, "--request-id", request_id, "ClaimNextRequest.request_id")
    with opened_desk(access) as (desk, actor):
        case = desk.claim_next(actor, queues=frozenset((Queue.APPEAL,)), request_id=request_id)
    if case is None:
        say_nothing_waits(access)
    print_whole(access, case, actor)


@app.command("decide", epilog=DECIDE_EXAMPLE)
@accessing(*DESK)
def decide(
    access: Access,
    case: CaseNumber,
    decision: Annotated[
        str, typer.Argument(metavar="uphold|reverse", help="Whether what was decided stands, or is undone.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the sender.")],
    epoch: Epoch = None,
    request_id: RequestId = "",
) -> None:
    """Decide the appeal on a case that you hold.

    Never by who ruled the case. A reversal lets the template pass, and proposes exceptions.
    """
    from moderation.review.case import Outcome

    outcomes = {Decided.UPHOLD: Outcome.UPHELD, Decided.REVERSE: Outcome.REVERSED}
    outcome = outcomes[chosen(access, "decision", decision, Decided)]
    within(access, "--reason", reason, "DecideAppealRequest.reason")
    repeatable(access, request_id, epoch)
    with opened_desk(access) as (desk, actor):
        held = epoch or lease_held(desk, actor, case)
        decided = desk.decide(actor, case, held, outcome, reason, request_id=request_id)
    _print(access, decided)


@app.command("proposals", epilog=PROPOSALS_EXAMPLE)
@accessing(*DESK, role=Role.POLICY)
def proposals(access: Access, size: PageSize = 50, token: Token = "") -> None:
    """List the exceptions that reversed decisions suggest."""
    from moderation.cli.rendering.appeals import print_proposals, proposal_record

    with opened_desk(access) as (desk, actor):
        page = desk.proposals(actor, size=size, token=token)
    answer_page(access, "proposals", page, proposal_record, lambda found: print_proposals(found, access.locale))


def _print(access: Access, appeal: Appeal) -> None:
    from moderation.cli.rendering.appeals import appeal_record, print_appeal

    answer(access, lambda: appeal_record(appeal), lambda: print_appeal(appeal, access.locale))
