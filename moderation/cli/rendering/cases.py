"""Cases and figures of the review, as JSON records and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from rich.text import Text

from moderation.cli.rendering.appeals import appeal_record, print_appeal
from moderation.cli.rendering.listing import Record, console, local, print_table, rfc3339
from moderation.cli.rendering.report import SEVERITIES, marks
from moderation.cli.rendering.table import STYLES
from moderation.cli.rendering.words import WORDS
from moderation.evaluation.printable import shown
from moderation.review import reasons
from moderation.review.case import UNREADABLE, Case, CaseLine, Reason, Ruling, Similar, Statistics
from moderation.review.states import HELD, CaseState

DONE = frozenset((CaseState.RULED, CaseState.FINAL))
"""States in which nothing is due any more."""


def line_record(line: CaseLine) -> Record:
    """Return the record of a case in a list."""
    lease = line.lease
    return {
        "case": line.number,
        "verdict_id": line.verdict_id,
        "queue": line.queue.value,
        "state": line.state.value,
        "priority": line.priority.name,
        "tenant": line.tenant,
        "machine_decision": line.machine.value,
        "risk_score": line.risk_score,
        "rules": list(line.rules),
        "tags": list(line.tags),
        "excerpt": line.excerpt,
        "opened_at": rfc3339(line.opened_at),
        "due_at": rfc3339(line.due_at),
        "lease": {"holder": lease.holder, "epoch": lease.epoch, "expires_at": rfc3339(lease.expires_at)}
        if lease
        else None,
        "ruled": line.ruling.value if line.ruling else None,
    }


def case_record(case: Case, locale: str) -> Record:
    """Return the record of a whole case; its findings are as those of `moderation check`, with laws in words."""
    template = case.template
    return line_record(case.line) | {
        "template": asdict(template) | {"send_at": rfc3339(template.send_at)},
        "findings": [_finding_record(reason, locale) for reason in case.reasons],
        "suggested_text": case.suggested_text,
        "ruling": _ruling_record(case.ruling),
        "appeal": appeal_record(case.appeal) if case.appeal else None,
        "skips": [
            {"reviewer": skip.reviewer, "reason": skip.reason, "skipped_at": rfc3339(skip.skipped_at)}
            for skip in case.skips
        ],
        "purged": case.purged,
    }


def similar_record(similar: Similar) -> Record:
    """Return the record of a case that resembles another."""
    return {"similarity": similar.similarity} | line_record(similar.line) | {"ruling": _ruling_record(similar.ruling)}


def statistics_record(statistics: Statistics) -> Record:
    """Return the record of figures."""
    return asdict(statistics) | {
        "queues": [asdict(queue) | {"oldest_at": rfc3339(queue.oldest_at)} for queue in statistics.queues]
    }


def _finding_record(reason: Reason, locale: str) -> Record:
    message, advice = reasons.told(reason, locale)
    return _place_record(reason) | {"message": message, "advice": advice}


def _place_record(reason: Reason) -> Record:
    span = reason.span
    return asdict(reason) | {"span": {"start": span.start, "end": span.end} if span else None}


def _ruling_record(ruling: Ruling | None) -> Record | None:
    return asdict(ruling) | {"ruled_at": rfc3339(ruling.ruled_at)} if ruling else None


def print_lines(lines: Sequence[CaseLine], locale: str, now: datetime) -> None:
    """Write cases as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("case", "state", "priority", "due", "tenant", "rules", "text")]
    print_table(columns, (_cells(line, words, now) for line in lines))
    if any(line.excerpt == UNREADABLE for line in lines):
        console().print(words["unreadable text"], soft_wrap=True)


def print_similar(found: Sequence[Similar], locale: str, now: datetime) -> None:
    """Write the cases that resemble another as a table, one a row."""
    words = WORDS[locale]
    columns = [words[name] for name in ("similarity", "case", "state", "priority", "due", "ruling", "text")]
    rows = []
    for one in found:
        number, state, priority, due, _, _, text = _cells(one.line, words, now)
        ruling = one.ruling
        told = f"{words[ruling.decision]} {words[ruling.code]} {ruling.note}".strip() if ruling else "-"
        rows.append((f"{one.similarity:.2f}", number, state, priority, due, told, text))
    print_table(columns, rows)


def _cells(line: CaseLine, words: Mapping[str, str], now: datetime) -> tuple[str, ...]:
    state = f"{words[f'QUEUE {line.queue}']} {_state(line, words)}"
    due = f"{local(line.due_at)} {words['late'] if is_overdue(line, now) else ''}".strip()
    priority = words[line.priority.name]
    return (str(line.number), state, priority, due, line.tenant or "-", " ".join(line.rules) or "-", line.excerpt)


def _state(line: CaseLine, words: Mapping[str, str]) -> str:
    told = words[line.state]
    if line.lease is not None:
        return f"{told} {line.lease.holder}"
    return f"{told} {words[line.ruling]}" if line.ruling else told


def is_overdue(line: CaseLine, now: datetime) -> bool:
    """Return whether people should have decided a case before."""
    return line.due_at <= now and line.state not in DONE


def print_case(case: Case, locale: str, now: datetime, reviewer: str) -> None:
    """Write a whole case, and to who holds it how it is decided."""
    words, line = WORDS[locale], case.line
    number, state, priority, due, *_ = _cells(line, words, now)
    held = ""
    if line.lease:
        held = f"{words['epoch'].format(epoch=line.lease.epoch)} {words['until']} {local(line.lease.expires_at)}"
    _write(Text(f"{words['case']} {number} · {shown(state)} {held}".rstrip(), "bold"))
    _write(Text(shown(f"{priority} · {words['due']} {due} · {words['tenant']} {line.tenant or '-'}")))
    _write(Text(f"{words['verdict']} {line.verdict_id} · {words['machine']} ").append(
        f"{words[line.machine]} {line.risk_score:.2f}", STYLES[line.machine]
    ))  # fmt: skip
    _write(Text(shown(_about(case, words)), "dim"))
    _write(_marked(case) if not case.purged else Text(f"  {words['purged']}", "magenta"))
    for reason in case.reasons:
        _write_reason(reason, locale)
    if case.suggested_text:
        _write(Text(f"  {words['suggested']}: ", "green").append(shown(case.suggested_text), "default"))
    _write_people(case, words)
    if case.appeal:
        print_appeal(case.appeal, locale)
    if line.state in HELD and line.lease and line.lease.holder == reviewer:
        _write(Text(_next_step(line), "cyan"))


def _about(case: Case, words: Mapping[str, str]) -> str:
    """Return what is declared about a template, and the tags of its case."""
    template = case.template
    said = {"type": template.type, "industry": template.industry, "profile": template.profile}
    told = [f"{words[name]} {value or '-'}" for name, value in (said | {"region": template.region}).items()]
    told += [f"{words['send at']} {local(template.send_at)}"] if template.send_at else []
    told += [f"{words['tags']} {' '.join(case.line.tags)}"] if case.line.tags else []
    return " · ".join(told)


def _next_step(line: CaseLine) -> str:
    if line.state is CaseState.APPEAL_CLAIMED:
        return f"→ moderation appeal decide {line.number} uphold|reverse --reason …"
    return f"→ moderation review rule {line.number} pass|reject --code …"


def _marked(case: Case) -> Text:
    """Return the template with its findings marked; escapes may make it longer, so it is joined from pieces."""
    text = case.template.text
    told = Text("  ")
    if case.template.signature:
        told.append(f"【{shown(case.template.signature)}】", "dim")
    place = 0
    findings = [_place_record(reason) for reason in case.reasons if reason.severity in SEVERITIES]
    for mark in marks(findings):
        told.append(shown(text[place : mark.start]))
        told.append(shown(text[mark.start : mark.end]), f"{STYLES[mark.severity]} underline")
        place = mark.end
    return told.append(shown(text[place:]))


def _write_reason(reason: Reason, locale: str) -> None:
    words, span = WORDS[locale], reason.span
    message, advice = reasons.told(reason, locale)
    where = f"{span.start}-{span.end}" if span else words["whole"]
    head = Text("  ").append(f"{reason.rule_id} {reason.rule_name}", STYLES.get(reason.severity, "dim"))
    _write(head.append(f" [{words.get(reason.severity, reason.severity)} {where}] ", "dim").append(shown(message)))
    if reason.laws:
        _write(Text(f"    {words['law']}: {shown(' '.join(reason.laws))}", "dim"))
    _write(Text(f"    {words['advice']}: {shown(advice)}"))


def _write_people(case: Case, words: Mapping[str, str]) -> None:
    if ruling := case.ruling:
        told = f"{words['ruling']}: {words[ruling.decision]} · {words[ruling.code]} · {ruling.reviewer} · "
        _write(Text(shown(f"{told}{local(ruling.ruled_at)} {ruling.note}".rstrip())))
    for skip in case.skips:
        _write(Text(shown(f"{words['skip']}: {skip.reviewer} · {local(skip.skipped_at)} {skip.reason}")))


def _write(line: Text) -> None:
    console().print(line, soft_wrap=True)


def print_statistics(statistics: Statistics, locale: str) -> None:
    """Write the figures as three tables."""
    words = WORDS[locale]
    _print_columns(
        words,
        ("queue", "waiting", "held", "overdue", "oldest"),
        (
            (
                words[f"QUEUE {one.queue}"],
                one.waiting,
                one.held,
                one.overdue,
                local(one.oldest_at) if one.oldest_at else "-",
            )
            for one in statistics.queues
        ),
    )
    _print_columns(
        words,
        ("rule", "cases", "passed", "rejected", "appeals", "overturned"),
        ((one.rule_id, one.cases, one.passed, one.rejected, one.appeals, one.overturned) for one in statistics.rules),
    )
    _print_columns(
        words,
        ("reviewer", "passed", "rejected", "decided", "overturned", "median"),
        (
            (one.reviewer, one.passed, one.rejected, one.decided_appeals, one.overturned, _seconds(one.median_seconds))
            for one in statistics.reviewers
        ),
    )
    _write(Text(f"{words['unseen']} {statistics.passed_unseen}"))


def _seconds(taken: float | None) -> str:
    return "-" if taken is None else f"{taken:.0f}"


def _print_columns(words: Mapping[str, str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print_table([words[name] for name in columns], ([str(cell) for cell in row] for row in rows))
    _write(Text())
