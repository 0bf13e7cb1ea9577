"""`moderation profile`: what each operator or vendor demands, and how two of them differ."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from moderation.cli.failure import fail, ruleset_errors

if TYPE_CHECKING:
    from moderation.rules.profiles import Profile

app = typer.Typer(help="Show the profiles of operators and vendors.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation profile list · moderation profile list --profiles ./profiles --format json"
SHOW_EXAMPLE = "Example: moderation profile show aliyun · moderation profile show huawei --format json"
DIFF_EXAMPLE = "Example: moderation profile diff aliyun tencent"
DEFAULT = "default"
"""Where a value comes from that no file sets."""

UNSET = "-"
"""What stands in the place of a severity that a profile does not set: the rule's own."""

Own = Annotated[Path | None, typer.Option(help="A directory of your own profiles, beside the shipped.")]


class Format(StrEnum):
    """How profiles are written."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option(help="How to write it.")]


@app.command("list", epilog=LIST_EXAMPLE)
def list_profiles(profiles: Own = None, format: FormatOption = Format.TABLE) -> None:
    """List the profiles: whom they stand for, what they inherit, since when they hold."""
    found = _load(profiles)
    records = [
        {
            "id": one.id,
            "title": one.title,
            "inherits": one.inherits,
            "valid_from": one.valid_from.isoformat(),
            "severities": len(one.severity),
            "sources": list(one.sources),
        }
        for one in sorted(found.values(), key=lambda one: one.id)
    ]
    if format is Format.JSON:
        _echo_json(records)
        return
    rows = [[str(record[key]) or UNSET for key in list(record)[:-1]] for record in records]
    _print_table(("id", "title", "inherits", "valid from", "severities"), rows)


@app.command("show", epilog=SHOW_EXAMPLE)
def show(
    profile: Annotated[str, typer.Argument(help="A profile's id.")],
    profiles: Own = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show every demand of one profile and where it comes from: its own file, one that it inherits, or the default."""
    from moderation.rules.catalogue import BY_KEY
    from moderation.ruleset import load_profile_origins

    found = _load(profiles)
    one = _choose(found, profile)
    with ruleset_errors():
        origins = load_profile_origins(profiles)[one.id]
    values = {key: {"value": value, "from": origins.get(key, DEFAULT)} for key, value in one.values.items()}
    if format is Format.JSON:
        head = {"id": one.id, "title": one.title, "inherits": one.inherits, "valid_from": one.valid_from.isoformat()}
        _echo_json(head | {"sources": list(one.sources), "values": values})
        return
    typer.echo(
        f"{one.id} {one.title} · since {one.valid_from}" + (f" · inherits {one.inherits}" if one.inherits else "")
    )
    for source in one.sources:
        typer.echo(f"  {source}")
    rows = [[_label(key, BY_KEY), _text(entry["value"]), str(entry["from"])] for key, entry in values.items()]
    _print_table(("key", "value", "from"), rows)


@app.command("diff", epilog=DIFF_EXAMPLE)
def diff(
    first: Annotated[str, typer.Argument(help="A profile's id.")],
    second: Annotated[str, typer.Argument(help="The id of the profile to compare it with.")],
    profiles: Own = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show the demands that differ between two profiles."""
    from moderation.rules.catalogue import BY_KEY

    found = _load(profiles)
    one, other = _choose(found, first), _choose(found, second)
    ours, theirs = one.values, other.values
    keys = [key for key in {**ours, **theirs} if ours.get(key, UNSET) != theirs.get(key, UNSET)]
    if format is Format.JSON:
        _echo_json({key: {one.id: ours.get(key), other.id: theirs.get(key)} for key in keys})
        return
    rows = [[_label(key, BY_KEY), _text(ours.get(key, UNSET)), _text(theirs.get(key, UNSET))] for key in keys]
    _print_table(("key", one.id, other.id), rows)
    typer.echo(f"{len(keys)} differences")


def _load(own: Path | None) -> Mapping[str, Profile]:
    """Return the shipped profiles and one's own; a wrong file or a missing directory ends the command."""
    from moderation.ruleset import load_all_profiles

    if own is not None and not own.is_dir():
        fail(f"--profiles: {own} is no directory")
    with ruleset_errors():
        return load_all_profiles(own)


def _choose(profiles: Mapping[str, Profile], wanted: str) -> Profile:
    if wanted not in profiles:
        fail(f"no profile {wanted!r}; use one of {', '.join(sorted(profiles))}")
    return profiles[wanted]


def _label(key: str, rules: Mapping[str, Any]) -> str:
    """Return a key for people, with the name of the rule whose severity it sets."""
    section, _, rule = key.partition(".")
    return f"{key} {rules[rule].name}" if section == "severity" and rule in rules else key


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "any"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value != "" else "none"


def _echo_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(highlight=False)
    if not sys.stdout.isatty():
        console.width = 200
    console.print(table)
