"""`moderation alert`: what the operators were told of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from moderation.cli.access import STORE, Access, PageSize, Token, accessing, chosen
from moderation.cli.answering import answer_page
from moderation.cli.opening import opened_store
from moderation.review.alerts import AlertKind


class Kind(StrEnum):
    """What an alert tells of, as the option names it."""

    REJECT_SPIKE = "REJECT_SPIKE"
    FIRST_HIT = "FIRST_HIT"


LIST_EXAMPLE = "Example: moderation alert list · moderation alert list --kind reject-spike --format json"

app = typer.Typer(
    help="Show alerts: spikes of rejects, first hits of new entries.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list", epilog=LIST_EXAMPLE)
@accessing(*STORE)
def list_alerts(
    access: Access,
    kind: Annotated[str, typer.Option(metavar="KIND", help="Only reject-spike or first-hit.")] = "",
    size: PageSize = 50,
    token: Token = "",
) -> None:
    """List the alerts, the latest first; webhook add-alerts lets them be sent."""
    from moderation.cli.rendering.trials import alert_record, print_alerts
    from moderation.store.alerts import alerts
    from moderation.store.database import reading

    wanted = AlertKind[chosen(access, "--kind", kind, Kind).name] if kind else None
    with opened_store(access) as opened, reading(opened.engine) as connection:
        page = alerts(connection, wanted, size, token)
    answer_page(access, "alerts", page, alert_record, lambda some: print_alerts(some, access.locale))
