"""The page that shows which rule meets which demand of law, operators and vendors."""

from __future__ import annotations

from markdown import WRITTEN, cell

from moderation.rules.catalogue import RULES
from moderation.rules.demands import DEMANDS, GROUPS, NOT_RULES


def pages() -> dict[str, str]:
    """Return the page by its path."""
    rules_of: dict[str, list[str]] = {}
    for rule in RULES:
        for code in rule.covers:
            rules_of.setdefault(code, []).append(rule.id)
    met = sum(demand.code in rules_of for demand in DEMANDS)
    lines = [
        WRITTEN,
        "# Coverage",
        "",
        f"{len(DEMANDS)} demands of law, operators and vendors: {met} are met by rules, "
        f"{len(DEMANDS) - met} are not, each with its reason.",
    ]
    for group, title in GROUPS.items():
        lines += [
            "",
            f"## {group}. {title}",
            "",
            "| demand | what is checked | rules, or why there is none |",
            "|---|---|---|",
        ]
        for demand in DEMANDS:
            if demand.group == group:
                told = ", ".join(f"[{rule}]({rule}.md)" for rule in rules_of.get(demand.code, ()))
                reason = NOT_RULES.get(demand.code, "")
                lines.append(f"| {demand.code} | {cell(demand.subject)} | {told or reason} |")
    return {"rules/coverage.md": "\n".join(lines) + "\n"}
