"""Entries and rules on trial, their hits, and alerts, as JSON records and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import typer

from moderation.cli.rendering.listing import Record, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.review.alerts import Alert
from moderation.review.hits import Day, KeptExample, Summary
from moderation.rules.rule_trials import TrialState
from moderation.store.rule_trials import SaidOfRule
from moderation.store.trial_desk import EntryTrial, RuleOnTrial, TrialHits


def trial_record(row: EntryTrial) -> Record:
    """Return the record of an entry on trial."""
    return {
        "wordlist": row.trial.wordlist,
        "entry": row.trial.entry,
        "line": row.trial.line,
        "until": row.trial.until.isoformat(),
        "is_due": row.is_due,
        "since": row.since,
        "batch": row.batch,
        **summary_record(row.summary),
    }


def rule_record(row: RuleOnTrial) -> Record:
    """Return the record of what holds for a rule."""
    trial = row.said.trial
    return {
        "rule_id": row.said.rule_id,
        "state": trial.state.value,
        "severity": trial.severity.value if trial.severity else None,
        "until": trial.until.isoformat() if trial.until else None,
        "is_due": row.is_due,
        "reason": row.said.reason,
        "author": row.said.author,
        "at": rfc3339(row.said.at),
        "version": row.said.number,
        **summary_record(row.summary),
    }


def summary_record(summary: Summary) -> Record:
    """Return the record of what was counted."""
    return {
        "hits": summary.hits,
        "changes": summary.changes,
        "tenants": summary.tenants,
        "first_day": summary.first_day.isoformat() if summary.first_day else None,
        "last_day": summary.last_day.isoformat() if summary.last_day else None,
    }


def hits_record(hits: TrialHits) -> Record:
    """Return the record of what was hit."""
    return {"days": list(map(day_record, hits.days)), "examples": list(map(example_record, hits.examples))}


def day_record(day: Day) -> Record:
    """Return the record of one day."""
    return {"day": day.day.isoformat(), "hits": day.hits, "changes": day.changes, "tenants": day.tenants}


def example_record(example: KeptExample) -> Record:
    """Return the record of a kept text."""
    return {
        "verdict_id": example.verdict_id,
        "tenant": example.tenant,
        "text": example.text,
        "at": rfc3339(example.at),
    }


def alert_record(alert: Alert) -> Record:
    """Return the record of an alert."""
    return {
        "alert": alert.sequence,
        "kind": alert.kind.value,
        "about": alert.about,
        "at": rfc3339(alert.at),
        "details": dict(alert.details),
    }


def print_trials(rows: Iterable[EntryTrial], locale: str) -> None:
    """Write entries on trial as a table."""
    words = WORDS[locale]
    cells = (
        (
            row.trial.wordlist,
            row.trial.entry,
            _until(row.trial.until, row.is_due, locale),
            str(row.since or words["shipped"]),
            str(row.batch or "-"),
            *_counts(row.summary),
        )
        for row in rows
    )
    names = ("wordlist", "entry", "trial until", "since version", "batch", "hits", "changes", "tenants", "last day")
    print_table([words[name] for name in names], cells)


def print_rules(rows: Iterable[RuleOnTrial], locale: str) -> None:
    """Write what holds for rules as a table."""
    words = WORDS[locale]
    cells = (
        (
            row.said.rule_id,
            state_of(row.said, locale),
            _until(row.said.trial.until, row.is_due, locale),
            *_counts(row.summary),
            row.said.author,
            row.said.reason or "-",
        )
        for row in rows
    )
    names = ("rule", "state", "trial until", "hits", "changes", "tenants", "last day", "said by", "reason")
    print_table([words[name] for name in names], cells)


def state_of(said: SaidOfRule, locale: str) -> str:
    """Return what holds for a rule, in words."""
    words, trial = WORDS[locale], said.trial
    state = words[f"TRIAL {trial.state}"]
    return f"{state} {trial.severity}" if trial.state is TrialState.LIVE and trial.severity else state


def print_days(days: Sequence[Day], examples: Sequence[KeptExample], locale: str, *, is_live: bool = False) -> None:
    """Write what was counted day by day, and the texts that are kept."""
    words = WORDS[locale]
    if not days:
        typer.echo(words["no hits"])
        return
    changes = "live changes" if is_live else "changes"
    rows = ((one.day.isoformat(), str(one.hits), str(one.changes), str(one.tenants)) for one in days)
    print_table([words[name] for name in ("day", "hits", changes, "tenants")], rows)
    if examples:
        typer.echo("")
        texts = ((one.tenant or "-", one.verdict_id or "-", one.text) for one in examples)
        print_table([words[name] for name in ("tenant", "verdict", "text")], texts)


def print_alerts(alerts: Iterable[Alert], locale: str) -> None:
    """Write alerts as a table."""
    words = WORDS[locale]
    rows = (
        (
            str(one.sequence),
            local(one.at),
            words[one.kind.value],
            one.about,
            " ".join(f"{name}={value}" for name, value in one.details.items()),
        )
        for one in alerts
    )
    print_table([words[name] for name in ("alert", "at", "kind", "about", "details")], rows)


def _counts(summary: Summary) -> tuple[str, str, str, str]:
    last = summary.last_day.isoformat() if summary.last_day else "-"
    return str(summary.hits), str(summary.changes), str(summary.tenants), last


def _until(until: date | None, is_due: bool, locale: str) -> str:
    if until is None:
        return "-"
    return until.isoformat() + (WORDS[locale]["is due"] if is_due else "")
