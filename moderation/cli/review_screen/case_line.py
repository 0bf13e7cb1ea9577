"""A case as a line of a list: what it is, when it is due, whose it is, and how it begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from textual.content import Content

from moderation.cli.review_screen.shown import shown_on_one_line
from moderation.review.case import CaseLine, Queue, Similar
from moderation.review.states import HELD, CaseState

MANY = 10
"""Of so many days or hours, the smaller unit tells nothing."""


def waiting_line(line: CaseLine, now: datetime, words: Mapping[str, str]) -> Content:
    """Return the two lines of a waiting case."""
    # The time before the marks: where a narrow pane cuts the line, it cuts these.
    marks = (words[line.priority.name], words[f"QUEUE {line.queue}"])
    is_late = line.due_at < now
    time = words["overdue" if is_late else "due"].format(time=duration(abs(line.due_at - now), words))
    head = Content.assemble(
        (f"#{line.number} ", "bold"),
        (time, "bold $error" if is_late else ""),
        ("".join(f" {mark}" for mark in marks if mark), "bold $warning"),
    )
    return Content("\n").join((head, Content(f"{shown_on_one_line(line.tenant)} {shown_on_one_line(line.excerpt)}")))


def similar_line(similar: Similar, is_marked: bool, words: Mapping[str, str]) -> Content:
    """Return the one line of a similar case, with a box where it can be ruled together with the held one."""
    line = similar.line
    box = f"[{'x' if is_marked else ' '}]" if can_be_marked(similar) else "   "
    return Content(
        f"{box} {similar.similarity:4.0%} #{line.number} {_standing(similar, words)} "
        f"{shown_on_one_line(line.tenant)} {shown_on_one_line(line.excerpt)}"
    )


def can_be_marked(similar: Similar) -> bool:
    """Return whether the case waits for its first ruling."""
    return similar.line.state is CaseState.OPEN and similar.line.queue is not Queue.APPEAL


def duration(time: timedelta, words: Mapping[str, str]) -> str:
    """Return a time as its two largest units, or as the largest alone where there are ten of it."""
    minutes = int(time.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return words["days" if days < MANY else "many days"].format(days=days, hours=hours)
    key = "minutes" if not hours else "hours" if hours < MANY else "many hours"
    return words[key].format(hours=hours, minutes=minutes)


def _standing(similar: Similar, words: Mapping[str, str]) -> str:
    ruling = similar.ruling
    if ruling is not None:
        return f"{words[ruling.decision]}·{words[ruling.code]} {shown_on_one_line(ruling.reviewer)}"
    if similar.line.ruling is not None:
        return words[similar.line.ruling]
    return words["held" if similar.line.state in HELD else "waiting"]
