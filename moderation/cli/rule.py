"""`moderation rule`: what is checked, and why."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from moderation.cli.check import Locale
from moderation.cli.failure import fail
from moderation.rules.measured import measured_hits
from moderation.rules.rule import ReasonCategory, Rule, Severity

app = typer.Typer(help="Show the rules.", no_args_is_help=True, rich_markup_mode=None)

LIST_EXAMPLE = "Example: moderation rule list --category absolute_wording"
EXPLAIN_EXAMPLE = "Example: moderation rule explain AW102 · moderation rule explain ranking-claim"


class Format(StrEnum):
    """How rules are written."""

    TABLE = "table"
    JSON = "json"


@app.command("list", epilog=LIST_EXAMPLE)
def list_rules(
    category: Annotated[str, typer.Option(help="Only rules of this reason category.")] = "",
    severity: Annotated[str, typer.Option(help="Only rules of this severity.")] = "",
    format: Annotated[Format, typer.Option(help="How to write the rules.")] = Format.TABLE,
    locale: Annotated[Locale, typer.Option(help="The language of the messages.")] = Locale.ZH,
) -> None:
    """List the rules by id; a long table is paged on a terminal."""
    from moderation.rules.catalogue import RULES

    wanted_category = _choice("--category", category, ReasonCategory)
    wanted_severity = _choice("--severity", severity, Severity)
    chosen = [
        rule for rule in RULES if wanted_category in ("", rule.category) and wanted_severity in ("", rule.severity)
    ]
    if format is Format.JSON:
        typer.echo(json.dumps([record_of(rule, locale) for rule in chosen], ensure_ascii=False, indent=2))
        return
    _print_table(chosen, locale)


@app.command("explain", epilog=EXPLAIN_EXAMPLE)
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id or name.")],
    format: Annotated[Format, typer.Option(help="How to write the rule.")] = Format.TABLE,
    locale: Annotated[Locale, typer.Option(help="The language of message and advice.")] = Locale.ZH,
) -> None:
    """Explain one rule: when it holds, why, its law, what to do, when it errs, and its examples."""
    from moderation.rules.catalogue import BY_KEY

    found = BY_KEY.get(rule) or BY_KEY.get(rule.upper()) or BY_KEY.get(rule.lower())
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(rule, BY_KEY, n=3, cutoff=0.5)
        fail(f"no rule {rule!r}; " + (f"did you mean {', '.join(near)}?" if near else "see moderation rule list"))
    record = record_of(found, locale)
    if format is Format.JSON:
        typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    _print_rule(record)


def record_of(rule: Rule, locale: str) -> dict[str, Any]:
    """Return a rule as a JSON record."""
    return {
        "id": rule.id,
        "name": rule.name,
        "category": rule.category.value,
        "severity": rule.severity.value,
        "types": [kind.value for kind in rule.types],
        "industries": [industry.value for industry in rule.industries],
        "message": rule.message[locale],
        "advice": rule.advice[locale],
        "law": [
            {"name": law.name, "article": law.article, "valid_from": law.valid_from.isoformat()} for law in rule.laws
        ],
        "when": str(rule.when),
        "why": rule.why,
        "false_positives": rule.false_positives,
        "bad": [{"text": bad.text, "quote": bad.quote} for bad in rule.bad],
        "good": [good if isinstance(good, str) else good.text for good in rule.good],
        "since": rule.since,
        "covers": list(rule.covers),
        "repair": type(rule.repair).__name__ if rule.repair is not None else None,
        "measured": {
            name: {"found": collection["rules"].get(rule.id, 0), "texts": collection["texts"]}
            for name, collection in measured_hits().items()
        },
    }


def _choice(option: str, value: str, choices: type[StrEnum]) -> str:
    if not value:
        return ""
    try:
        return choices(value.upper().replace("-", "_"))
    except ValueError:
        fail(f"{option}: {value!r} is unknown; use {', '.join(choice.value for choice in choices)}")


def _print_table(rules: list[Rule], locale: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "name", "category", "severity", "message", box=None, pad_edge=False)
    for rule in rules:
        table.add_row(rule.id, rule.name, rule.category.value, rule.severity.value, rule.message[locale])
    console = Console(highlight=False)
    if sys.stdout.isatty() and len(rules) > console.height:
        with console.pager(styles=True):
            console.print(table)
    else:
        if not sys.stdout.isatty():
            console.width = 200
        console.print(table)
    typer.echo(f"{len(rules)} rules")


def _print_rule(record: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True, emoji=False)
    console.print(Text(f"{record['id']} {record['name']}", "bold"))
    console.print(Text(f"{record['category']} · {record['severity']} · {', '.join(record['types']) or 'all types'}"))
    laws = "; ".join(f"《{law['name']}》{law['article']} ({law['valid_from']})" for law in record["law"])
    rows = {
        "message": record["message"],
        "advice": record["advice"],
        "law": laws or "house rule",
        "when": record["when"],
        "why": record["why"],
        "errs": record["false_positives"],
        "measured": "; ".join(f"{one['found']}/{one['texts']} {name}" for name, one in record["measured"].items()),
        "meets": ", ".join(record["covers"]) or "-",
        "repair": record["repair"] or "-",
        "since": record["since"],
    }
    for name, value in rows.items():
        console.print(Text(f"{name:>8}  ", "cyan").append(value, "default"))
    for bad in record["bad"]:
        console.print(Text("     bad  ", "red").append(bad["text"], "default"))
    for good in record["good"]:
        console.print(Text("    good  ", "green").append(good, "default"))
