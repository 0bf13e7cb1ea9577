"""What a batch would do, as a JSON record and as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

import typer

from moderation.cli.rendering.listing import Record, console, print_table
from moderation.cli.rendering.words import WORDS
from moderation.rule_examples import BrokenExample
from moderation.verdict import Decision
from moderation.wordlists.flips import Flip
from moderation.wordlists.plan import Plan
from moderation.wordlists.told import Told

MOST_PRINTED = 20
"""Of a kind, in a table."""

Item = TypeVar("Item")


def needs_a_look(plan: Plan) -> bool:
    """Return whether a plan finds lawful templates, or stored ones that would be rejected, as far as it tells them."""
    stricter = plan.flips.stricter
    is_rejected = any(one.after is Decision.REJECT for one in stricter.shown) or stricter.total > len(stricter.shown)
    return plan.lawful.total > 0 or is_rejected


def plan_record(plan: Plan) -> Record:
    """Return the record of a plan; of each kind of finding the first ones, and how many there are."""
    flips = plan.flips
    return {
        "before": plan.before,
        "after": plan.after,
        "is_applicable": plan.is_applicable,
        "counts": list(map(asdict, plan.counts)),
        "unchanged": plan.unchanged,
        "redundant": _told(plan.redundant, asdict),
        "conflicts": _told(plan.conflicts, asdict),
        "cautions": _told(plan.cautions, asdict),
        "lawful": _told(plan.lawful, asdict),
        "flips": {
            "checked": flips.checked,
            "otherwise": flips.otherwise,
            "rules": list(map(asdict, flips.rules)),
            "stricter": _told(flips.stricter, _flip_record),
            "milder": _told(flips.milder, _flip_record),
        },
        "broken": list(map(asdict, plan.broken)),
    }


def print_plan(plan: Plan, locale: str) -> None:
    """Write a plan as tables; what there is nothing of is left out."""
    _print_counts(plan, locale)
    print_entries(plan, locale)
    decision = _decisions(locale)
    _print(
        locale, "lawful", plan.lawful, ("decision", "wordlist", "entry", "quote", "rules", "text"),
        lambda one: (
            decision(one.before, one.after),
            " ".join(dict.fromkeys(hit.wordlist for hit in one.hits)) or "-",
            " ".join(dict.fromkeys(hit.entry for hit in one.hits)) or "-",
            " ".join(dict.fromkeys(hit.quote for hit in one.hits)) or "-",
            " ".join(one.rules) or "-",
            one.text,
        ),
    )  # fmt: skip
    _print_flips(plan, locale)
    print_broken(plan.broken, locale)


def print_entries(plan: Plan, locale: str) -> None:
    """Write what is told of the entries of a plan beside the others of their wordlists."""
    words = WORDS[locale]
    _print(
        locale, "redundant", plan.redundant, ("wordlist", "entry", "covered by"),
        lambda one: (one.wordlist, one.entry, one.covered_by),
    )  # fmt: skip
    _print(
        locale, "conflicts", plan.conflicts, ("wordlist", "entry", "exception", "holder"),
        lambda one: (one.wordlist, one.entry, one.exception, one.holder),
    )  # fmt: skip
    _print(
        locale, "cautions", plan.cautions, ("wordlist", "entry", "spelling", "caution", "frequency"),
        lambda one: (one.wordlist, one.entry, one.spelling, words[one.kind], f"{one.frequency:,}"),
    )  # fmt: skip


def print_broken(broken: Sequence[BrokenExample], locale: str) -> None:
    """Write the examples that hold no more."""
    _print(
        locale, "broken", Told.of(broken), ("rule", "expected", "found", "text"),
        lambda one: (f"{one.rule_id} {one.rule_name}", one.quote or "-", " ".join(one.found) or "-", one.text),
    )  # fmt: skip


def _print_counts(plan: Plan, locale: str) -> None:
    words = WORDS[locale]
    rows = [(one.wordlist, str(one.added), str(one.removed), str(one.replaced)) for one in plan.counts]
    print_table([words[name] for name in ("wordlist", "added", "removed", "replaced")], rows)


def _print_flips(plan: Plan, locale: str) -> None:
    flips, decision = plan.flips, _decisions(locale)
    if flips.checked:
        told = {"stricter": flips.stricter.total, "milder": flips.milder.total, "otherwise": flips.otherwise}
        typer.echo("\n" + WORDS[locale]["checked templates"].format(checked=flips.checked, **told))
    for name, some in (("stricter", flips.stricter), ("milder", flips.milder)):
        _print(
            locale, name, some, ("decision", "gained", "lost", "quote", "text"),
            lambda one: (
                decision(one.before, one.after),
                " ".join(one.gained) or "-",
                " ".join(one.lost) or "-",
                " ".join(one.quotes) or "-",
                one.template.text,
            ),
        )  # fmt: skip
    _print(
        locale, "flipped rules", Told.of(flips.rules), ("rule", "gained", "lost"),
        lambda one: (one.rule_id, str(one.gained), str(one.lost)),
    )  # fmt: skip


def _print(
    locale: str, title: str, told: Told[Item], columns: Sequence[str], row: Callable[[Item], Sequence[str]]
) -> None:
    """Write the first of some findings below their title, and how many there are."""
    if not told.total:
        return
    words = WORDS[locale]
    typer.echo("")
    console().print(f"{words[title]}: {told.total}", style="bold")
    print_table([words[name] for name in columns], map(row, told.shown[:MOST_PRINTED]))
    if told.total > MOST_PRINTED:
        typer.echo(words["rest"].format(rest=told.total - MOST_PRINTED))


def _told(told: Told[Item], record: Callable[[Any], Record]) -> Record:
    return {"total": told.total, "shown": list(map(record, told.shown))}


def _flip_record(flip: Flip) -> Record:
    template = flip.template
    return {
        "id": template.id,
        "tenant": template.tenant,
        "text": template.text,
        "before": flip.before.value,
        "after": flip.after.value,
        "gained": list(flip.gained),
        "lost": list(flip.lost),
        "quotes": list(flip.quotes),
    }


def _decisions(locale: str) -> Callable[[Decision, Decision], str]:
    words = WORDS[locale]
    return lambda before, after: f"{words[before]} → {words[after]}" if before is not after else words[after]
