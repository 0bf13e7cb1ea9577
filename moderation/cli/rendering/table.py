"""Verdicts for people at a terminal: each text with its words marked, and below it the reasons."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.text import Text

from moderation.cli.reading import Line
from moderation.cli.rendering.report import WORDS, Record, laws_of, marks, recorded, summary

STYLES = {"REJECT": "bold red", "REVIEW": "yellow", "PASS": "green", "ADVICE": "cyan"}
CONTROLS = dict.fromkeys(range(32), 65533) | {0x7F: 0xFFFD} | dict.fromkeys(range(128, 160), 65533)
"""Control characters of a text could command the terminal; each is shown as U+FFFD."""


class TableReport:
    """Writes each verdict as it comes, and the counts at the end."""

    def __init__(self, stream: TextIO, locale: str) -> None:
        self._console = Console(file=stream, highlight=False, soft_wrap=True, emoji=False)
        self._words = WORDS[locale]
        self._locale = locale
        self._counts: Counter[str] = Counter()

    def add_verdict(self, line: Line, record: Record) -> None:
        """Write one verdict with its reasons."""
        decision = record["decision"]
        self._counts[decision] += 1
        head = Text(f"{self._words[decision]:<4} {record['risk_score']:.2f}  ", STYLES[decision])
        head.append(f"{_shown(record['id'])}  ", "bold default")
        head.append(" ".join((record["type"] or "-", record["industry"] or "-", *record["tags"])), "dim")
        self._console.print(head)
        self._console.print(Text("  ").append_text(_marked(line.template.text, record)))
        for finding in record["findings"]:
            self._write_finding(finding)
        if record["suggested_text"]:
            told = f"{self._words['suggested']} ({self._words[record['suggested_decision']]}): "
            self._console.print(Text(f"  {told}", "green").append(_shown(record["suggested_text"]), "default"))
        if kept := recorded(record, self._locale):
            self._console.print(Text(f"  {_shown(kept)}", "dim"))
        if record["findings"]:
            self._console.print()

    def add_problem(self, line: Line, message: str, field: str, *, is_checked: bool = True) -> None:
        """Write that a line is no sound template, or was not checked."""
        kind = "bad" if is_checked else "unchecked"
        self._counts[kind] += 1
        where = self._words["line"].format(number=line.number)
        where = f"{line.source} {where}" if line.source else where
        told = f"{field}: {message}" if field else message
        self._console.print(Text(f"{self._words[kind]}  {_shown(where)}: {_shown(told)}", "magenta"))

    def close(self) -> None:
        """Write the counts."""
        self._console.print(Text(summary(self._counts, self._locale), "bold"))

    def _write_finding(self, finding: Record) -> None:
        span = finding["span"]
        where = f"{span['start']}-{span['end']}" if span else self._words["signature" if finding["quote"] else "whole"]
        line = Text("  ").append(f"{finding['rule_id']} {finding['rule_name']}", STYLES[finding["severity"]])
        self._console.print(line.append(f" [{where}] ", "dim").append(_shown(finding["message"])))
        if law := laws_of(finding):
            self._console.print(Text(f"    {self._words['law']}: {law}", "dim"))
        self._console.print(Text(f"    {self._words['advice']}: {_shown(finding['advice'])}"))


def _marked(text: str, record: Record) -> Text:
    shown = Text(_shown(text))
    for mark in marks(record["findings"]):
        shown.stylize(f"{STYLES[mark.severity]} underline", mark.start, mark.end)
    return shown


def _shown(text: str) -> str:
    """Return the text without what could command a terminal; its length stays."""
    return text.translate(CONTROLS)
