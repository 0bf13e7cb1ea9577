"""Policies, their versions, values and differences, as JSON records and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

import typer

from moderation.cli.rendering.listing import Record, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.policies.difference import Difference
from moderation.policies.document import CHINA, PolicyLine, PolicyVersion
from moderation.policies.effective import Value
from moderation.policies.record import to_record
from moderation.policies.writing import write_policy

LINE_COLUMNS = ("tenant", "version", "at", "denied words", "allowed words", "changed rules", "author", "reason")
VALUE_COLUMNS = ("policy key", "policy value", "origin", "policy version", "policy until", "reason")


def line_record(line: PolicyLine) -> Record:
    """Return the record of a version without its document."""
    return asdict(line) | {"at": rfc3339(line.at) if line.version else None}


def version_record(version: PolicyVersion) -> Record:
    """Return the record of a version."""
    return line_record(version.line) | {"document": to_record(version.document)}


def value_record(value: Value) -> Record:
    """Return the record of a value with its origin."""
    moments = {"at": rfc3339(value.at), "until": rfc3339(value.until)}
    return value._asdict() | moments | {"origin": value.origin.value}


def difference_record(difference: Difference) -> Record:
    """Return the record of a difference."""
    return difference._asdict()


def print_lines(lines: Iterable[PolicyLine], locale: str) -> None:
    """Write versions as a table, one a row."""
    words = WORDS[locale]
    rows = (
        (
            one.tenant,
            str(one.version),
            local(one.at),
            *map(str, (one.denied, one.allowed, one.rules)),
            one.author or "-",
            one.reason
            if one.restores is None
            else f"{one.reason} ({words['rolled back'].format(restores=one.restores)})",
        )
        for one in lines
    )
    print_table([words[name] for name in LINE_COLUMNS], rows)


def print_policy(version: PolicyVersion, locale: str) -> None:
    """Write a policy as its file, with what made it in front."""
    words, line = WORDS[locale], version.line
    if not line.version:
        typer.echo(words["no policy"].format(tenant=line.tenant))
        return
    told = {"version": line.version, "author": line.author or "-", "at": local(line.at), "reason": line.reason}
    typer.echo(f"# {words['policy made'].format(**told)}")
    typer.echo(write_policy(line.tenant, version.document), nl=False)


def print_values(values: Iterable[Value], locale: str) -> None:
    """Write values with their origins as a table, one a row."""
    words = WORDS[locale]
    rows = (
        (
            f"{one.key} {one.subject}".rstrip(),
            _told(one, words["is over"]),
            words[f"ORIGIN {one.origin}"],
            f"{one.version} ({one.author or '-'}, {local(one.at)})" if one.at is not None else "-",
            china(one.until) if one.until is not None else "-",
            one.reason or "-",
        )
        for one in values
    )
    print_table([words[name] for name in VALUE_COLUMNS], rows)


def print_plan(tenant: str, version: int, found: Sequence[Difference], locale: str) -> None:
    """Write what a file would change, and how it is applied."""
    words = WORDS[locale]
    if not found:
        typer.echo(words["policy unchanged"].format(tenant=tenant, version=version))
        return
    rows = ((_sign(one), one.key, one.before or "-", one.after or "-") for one in found)
    print_table(("", words["policy key"], words["before"], words["after"]), rows)
    typer.echo("\n" + words["policy planned"].format(tenant=tenant, version=version, count=len(found)))


def china(moment: datetime) -> str:
    """Return a moment as policy files tell it."""
    return moment.astimezone(CHINA).isoformat(timespec="minutes")


def _sign(difference: Difference) -> str:
    if difference.before is None:
        return "+"
    return "-" if difference.after is None else "~"


def _told(value: Value, over: str) -> str:
    return f"{value.value or '-'} ({over})" if value.is_over else value.value or "-"
