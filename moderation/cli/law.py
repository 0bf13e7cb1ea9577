"""`moderation law`: what the rules cite, and from when to when it holds."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from moderation.cli.failure import fail
from moderation.cli.rule import Format

app = typer.Typer(help="Show the laws that the rules rest on.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation law list --valid-at 2022-06-01"


@app.command("list", epilog=LIST_EXAMPLE)
def list_laws(
    valid_at: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="Only citations that hold on this day.")] = "",
    format: Annotated[Format, typer.Option(help="How to write them.")] = Format.TABLE,
) -> None:
    """List every citation with the rules that rest on it; rules without one are house rules."""
    from moderation.rules.catalogue import RULES

    day = _day(valid_at) if valid_at else None
    cited = sorted(
        {law for rule in RULES for law in rule.laws if day is None or law.valid_at(day)},
        key=lambda law: (law.name, law.valid_from, law.order, law.article),
    )
    records = [
        {
            "name": law.name,
            "article": law.article,
            "valid_from": law.valid_from.isoformat(),
            "valid_until": law.valid_until.isoformat() if law.valid_until else None,
            "rules": [rule.id for rule in RULES if law in rule.laws],
        }
        for law in cited
    ]
    if format is Format.JSON:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for law, record in zip(cited, records, strict=True):
        until = f" – {law.valid_until}" if law.valid_until else ""
        typer.echo(f"{law}  {law.valid_from}{until}  {' '.join(record['rules'] or ())}")
    typer.echo(f"{len(cited)} citations; {sum(not rule.laws for rule in RULES)} house rules")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--valid-at: {text[:40]!r} is no date; write 2026-11-24")
