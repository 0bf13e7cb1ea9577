"""`moderation template`: lawful templates to start from."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from moderation.cli import reading
from moderation.cli.failure import fail
from moderation.cli.rule import Format

app = typer.Typer(help="Find ready-made lawful templates.", no_args_is_help=True, rich_markup_mode=None)

SEARCH_EXAMPLE = "Example: moderation template search 取件 --industry logistics · moderation template search --type otp"
SHOW_EXAMPLE = "Example: moderation template show retail-marketing-001"


@app.command("search", epilog=SEARCH_EXAMPLE)
def search_templates(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORD]...", help="Words to look for.")] = None,
    type: Annotated[str, typer.Option(help="Only otp, notification or marketing.")] = "",
    industry: Annotated[str, typer.Option(help="Only templates of this industry.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 10,
    format: Annotated[Format, typer.Option(help="How to write the templates.")] = Format.TABLE,
) -> None:
    """List templates, the best matches first."""
    from moderation.library import search

    try:
        kind = reading.parse_type(type) if type else None
        trade = reading.parse_industry(industry) if industry else None
    except reading.LineError as error:
        fail(f"--{error.field}: {error}")
    found = search(_library(), words or [], kind=kind, industry=trade)
    records = [_record(template) for template in found[:limit]]
    if format is Format.JSON:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for record in records:
        typer.echo(f"{record['id']}  {record['title']}  {record['type']} {record['industry']}\n  {record['text']}")
    typer.echo(f"{len(records)} of {len(found)} templates")


@app.command("show", epilog=SHOW_EXAMPLE)
def show_template(
    template_id: Annotated[str, typer.Argument(metavar="ID", help="A template's id.")],
) -> None:
    """Print one template as JSON, ready for `moderation check -f -`."""
    found = next((template for template in _library() if template.id == template_id), None)
    if found is None:
        fail(f"no template {template_id!r}; see moderation template search")
    record = _record(found)
    del record["title"], record["verified_domains"]
    typer.echo(json.dumps(record, ensure_ascii=False))


def _library() -> tuple[Any, ...]:
    from moderation import shipped
    from moderation.library import load_library

    return load_library(shipped.directory("library"))


def _record(template: Any) -> dict[str, Any]:  # noqa: ANN401 - a LibraryTemplate, imported when needed
    return {
        "id": template.id,
        "title": template.title,
        "industry": template.industry.value.lower(),
        "type": template.type.value.lower(),
        "text": template.text,
        "signature": template.signature,
        "verified_domains": list(template.verified_domains),
    }
