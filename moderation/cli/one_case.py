"""What commands on one case share: the lease that is meant, and the case as it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import typer

from moderation.cli.access import Access
from moderation.cli.answering import answer, words
from moderation.cli.opening import opened_desk
from moderation.review.people import Actor

if TYPE_CHECKING:
    from moderation.review.case import Case
    from moderation.review.desk import Desk

NOTHING_WAITS = 1
"""Exit code where no case waits."""


def show_case(access: Access, number: int) -> None:
    """Print a whole case."""
    with opened_desk(access) as (desk, actor):
        found = desk.case(actor, number)
    print_whole(access, found, actor)


def print_whole(access: Access, case: Case, actor: Actor, also: Sequence[int] = ()) -> None:
    """Write a whole case as it is asked for, and which ones were ruled together with it."""
    from moderation.cli.rendering.cases import case_record, print_case
    from moderation.store.reading_desk import now_in_utc

    def write() -> None:
        print_case(case, access.locale, now_in_utc(), actor.name)
        if also:
            typer.echo(words(access)["also"].format(cases=" ".join(map(str, also))))

    answer(access, lambda: case_record(case, access.locale) | ({"also": list(also)} if also else {}), write)


def lease_held(desk: Desk, actor: Actor, number: int) -> int:
    """Return the epoch of the lease that somebody holds on a case now; raise DeskError where there is none."""
    from moderation.review.desk import DeskError, DeskReason
    from moderation.review.states import HELD, WAITING

    line = desk.case(actor, number).line
    if line.lease is not None and line.lease.holder == actor.name:
        return line.lease.epoch
    if line.state not in HELD | WAITING:
        told = f"case {number} is {line.state}: nobody holds it"
        raise DeskError(DeskReason.WRONG_STATE, told, case=number, state=line.state)
    raise DeskError(DeskReason.LEASE_LOST, f"case {number} is not held by {actor.name}; claim it first", case=number)


def say_nothing_waits(access: Access) -> NoReturn:
    """Tell on standard error that no case waits, and end the command."""
    typer.echo(words(access)["nothing"], err=True)
    raise typer.Exit(NOTHING_WAITS)
