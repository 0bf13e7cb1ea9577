"""What every report is: it takes checked lines one by one and is closed at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from moderation.cli.reading import Line

Record = dict[str, Any]
"""The JSON record of a verdict, with the keys that scripts rely on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open range of a text and the rule ids that point at it; marks do not overlap."""

    start: int
    end: int
    rules: tuple[str, ...]
    severity: str


class Report(Protocol):
    """A report that is being written."""

    def add_verdict(self, line: Line, record: Record) -> None:
        """Write one verdict."""
        ...

    def add_problem(self, line: Line, message: str, field: str, *, is_checked: bool = True) -> None:
        """Write that a line is no sound template, or that it was not checked though nothing is wrong with it."""
        ...

    def close(self) -> None:
        """Write what comes last."""
        ...


SEVERITIES = ("REJECT", "REVIEW", "ADVICE")
"""From the strictest on."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "PASS": "通过",
        "REVIEW": "人工审核",
        "REJECT": "拒绝",
        "bad": "无法读取",
        "unchecked": "未检查",
        "checked": "共检查 {total} 条",
        "law": "依据",
        "advice": "建议",
        "suggested": "建议文案",
        "whole": "全文",
        "signature": "签名",
        "recorded": "检查结果 {verdict_id}",
        "case of": "案件 {case}",
        "ruled so": "裁决：{decision}（机审：{machine}）",
        "appeal decided so": "申诉裁决：{decision}（机审：{machine}）",
        "all": "全部",
        "title": "短信模板合规检查报告",
        "ruleset": "规则集",
        "segments": "计费条数",
        "risk": "风险",
        "line": "第 {number} 行",
    },
    "en": {
        "PASS": "pass",
        "REVIEW": "review",
        "REJECT": "reject",
        "bad": "unreadable",
        "unchecked": "not checked",
        "checked": "{total} checked",
        "law": "law",
        "advice": "advice",
        "suggested": "suggested text",
        "whole": "whole text",
        "signature": "signature",
        "recorded": "verdict {verdict_id}",
        "case of": "case {case}",
        "ruled so": "ruling: {decision} (machine: {machine})",
        "appeal decided so": "decision on the appeal: {decision} (machine: {machine})",
        "all": "all",
        "title": "Compliance report on SMS templates",
        "ruleset": "ruleset",
        "segments": "segments",
        "risk": "risk",
        "line": "line {number}",
    },
}


def marks(findings: Sequence[Record]) -> list[Mark]:
    """Return the marked ranges of a text, cut where findings overlap, with the strictest severity of each."""
    spans = [(f["span"]["start"], f["span"]["end"], f["rule_id"], f["severity"]) for f in findings if f["span"]]
    edges = sorted({edge for start, end, _, _ in spans for edge in (start, end)})
    found: list[Mark] = []
    for start, end in pairwise(edges):
        covering = [(rule, severity) for first, last, rule, severity in spans if first <= start and end <= last]
        if covering:
            rules = tuple(sorted({rule for rule, _ in covering}))
            found.append(Mark(start, end, rules, min((severity for _, severity in covering), key=SEVERITIES.index)))
    return found


def laws_of(finding: Record) -> str:
    """Return the finding's citations as people write them."""
    return " ".join(f"《{law['name']}》{law['article']}" for law in finding["law"])


def recorded(record: Record, locale: str) -> str:
    """Return by which id a verdict is kept, its case, and what a person decided; empty where it is not kept."""
    if not record["verdict_id"]:
        return ""
    words, ruling = WORDS[locale], record["ruling"]
    parts = [words["recorded"].format(verdict_id=record["verdict_id"])]
    if record["case"]:
        parts.append(words["case of"].format(case=record["case"]))
    if ruling:
        decision, machine = (words[name] for name in (ruling["decision"], record["machine_decision"]))
        by = "appeal decided so" if ruling["is_appeal"] else "ruled so"
        parts.append(words[by].format(decision=decision, machine=machine))
    return " · ".join(parts)


def summary(counts: Counter[str], locale: str) -> str:
    """Return how many templates got which decision."""
    words = WORDS[locale]
    parts = [f"{words[key]} {counts[key]}" for key in ("PASS", "REVIEW", "REJECT")]
    parts += [f"{words[key]} {counts[key]}" for key in ("bad", "unchecked") if counts[key]]
    return f"{words['checked'].format(total=counts.total())}: " + " · ".join(parts)
