"""A page for every rule, and the rules listed by category, law and profile."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from markdown import WRITTEN, cell, code

from moderation.rules.catalogue import RULES
from moderation.rules.laws import Law
from moderation.rules.measured import measured_hits
from moderation.rules.profiles import GENERIC
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.ruleset import load_all_profiles

HOUSE_RULE = "House rule: a demand of operators and vendors, or of the product."
SEVERITIES = {
    Severity.REJECT: "The template is rejected.",
    Severity.REVIEW: "A person looks at the template.",
    Severity.ADVICE: "The decision stays as it is; the sender is told.",
    Severity.SHADOW: "Recorded for operators only, unless a profile demands more.",
}
INDEX_HEAD = ("| rule | name | severity | reason | law |", "|---|---|---|---|---|")
ALSO = {
    "signature": "signature",
    "industry": "industry",
    "profile": "profile",
    "region": "region",
    "verified_domains": "verified domains",
    "forbidden_words": "forbidden words",
    "send_at": "sent at",
    "broken_detectors": "failed detectors",
    "message": "filled message",
}
"""Fields of an example, besides its text and type, and what the page calls them."""


def pages() -> dict[str, str]:
    """Return every page by its path."""
    measured = measured_hits()
    rules = {f"rules/{rule.id}.md": rule_page(rule, measured) for rule in RULES}
    indexes = {
        "rules/README.md": index_page(),
        "rules/by-law.md": by_law_page(),
        "rules/by-profile.md": by_profile_page(),
    }
    return rules | indexes


def index_page() -> str:
    """Return the list of all rules by category."""
    lines = [
        WRITTEN,
        "# Rules",
        "",
        f"{len(RULES)} rules, here by category, also [by law](by-law.md) and [by profile](by-profile.md). "
        "[coverage](coverage.md) shows which demand each one meets. `moderation rule explain ID` shows the same on a "
        "terminal. What each severity does:",
        "",
        *(f"- **{severity.value}** {meaning}" for severity, meaning in SEVERITIES.items()),
    ]
    for category in ReasonCategory:
        chosen = [rule for rule in RULES if rule.category is category]
        if chosen:
            lines += ["", f"## {category.value}", "", *INDEX_HEAD, *map(_index_row, chosen)]
    return "\n".join(lines) + "\n"


def by_law_page() -> str:
    """Return the list of all rules by the law that they rest on; those without one are house rules."""
    by_law: dict[Law, list[Rule]] = defaultdict(list)
    for rule in RULES:
        for law in rule.laws:
            by_law[law].append(rule)
    lines = [WRITTEN, "# Rules by law"]
    names = sorted({law.name for law in by_law})
    for name in names:
        lines += ["", f"## 《{name}》", "", "| article | in force from | rules |", "|---|---|---|"]
        for law in (law for law in by_law if law.name == name):
            until = f" until {law.valid_until}" if law.valid_until else ""
            lines.append(f"| {law.article} | {law.valid_from}{until} | {_links(by_law[law])} |")
    lines += ["", "## House rules", "", HOUSE_RULE, "", _links([rule for rule in RULES if not rule.laws])]
    return "\n".join(lines) + "\n"


def by_profile_page() -> str:
    """Return what each profile makes of the rules whose severity it changes."""
    profiles = load_all_profiles()
    names = [name for name in profiles if name != GENERIC]
    lines = [
        WRITTEN,
        "# Rules by profile",
        "",
        "Rules whose severity a profile changes. SHADOW under `generic` means that only some vendors demand it.",
        "",
        f"| rule | name | generic | {' | '.join(names)} |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for rule in RULES:
        own = [profiles[name].severity.get(rule.id, profiles[name].severity.get(rule.name, "")) for name in names]
        if any(own) or rule.severity is Severity.SHADOW:
            lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity.value} | {' | '.join(own)} |")
    return "\n".join(lines) + "\n"


def _links(rules: list[Rule]) -> str:
    return ", ".join(f"[{rule.id}]({rule.id}.md)" for rule in rules)


def _index_row(rule: Rule) -> str:
    laws = "、".join(map(str, rule.laws)) or "house rule"
    return f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity.value} | {cell(rule.message['zh'])} | {laws} |"


def rule_page(rule: Rule, measured: dict[str, Any] | None = None) -> str:
    """Return the page of one rule; `measured` holds its hits by collection of texts."""
    types = ", ".join(kind.value for kind in rule.types) or "all types"
    industries = ", ".join(industry.value for industry in rule.industries) or "all industries"
    lines = [
        WRITTEN,
        f"# {rule.id} {rule.name}",
        "",
        f"{rule.category.value} · {rule.severity.value} · {types} · {industries} · since {rule.since}",
        "",
        f"{SEVERITIES[rule.severity]} {rule.why}",
        "",
        "## It holds when",
        "",
        "```",
        str(rule.when),
        "```",
        "",
        "## What people are told",
        "",
        "| | reason | advice |",
        "|---|---|---|",
        *(f"| {locale} | {cell(rule.message[locale])} | {cell(rule.advice[locale])} |" for locale in ("zh", "en")),
        "",
        "## Law",
        "",
        *([_law_line(law) for law in rule.laws] or [HOUSE_RULE]),
        "",
        "## When it errs",
        "",
        rule.false_positives,
        *_measured_lines(rule, measured or {}),
        "",
        "## Examples",
        "",
        "It finds:",
        "",
        *(_bad_line(bad) for bad in rule.bad),
        "",
        "It stays silent on:",
        "",
        *(_good_line(good) for good in rule.good),
    ]
    return "\n".join(lines) + "\n"


def _measured_lines(rule: Rule, measured: dict[str, Any]) -> list[str]:
    """Return the table of how many texts of each collection the rule was found in."""
    if not measured:
        return []
    rows = [
        f"| {name} | {collection['rules'].get(rule.id, 0):,} | {collection['texts']:,} |"
        for name, collection in measured.items()
    ]
    return ["", "Measured:", "", "| texts | with this finding | of |", "|---|---|---|", *rows]


def _law_line(law: Law) -> str:
    until = f" until {law.valid_until}" if law.valid_until else ""
    return f"- {law}, in force from {law.valid_from}{until}"


def _bad_line(bad: Bad) -> str:
    told = f"quotes {code(bad.quote)}" if bad.quote else "quotes nothing"
    return f"- {code(bad.text)}\n  {'; '.join([told, *_declared(bad)])}"


def _good_line(good: Good | str) -> str:
    if isinstance(good, str):
        return f"- {code(good)}"
    declared = "; ".join(_declared(good))
    return f"- {code(good.text)}" + (f"\n  {declared}" if declared else "")


def _declared(example: Bad | Good) -> list[str]:
    told = [f"as {example.type.value}"] if example.type else []
    for field, name in ALSO.items():
        value = getattr(example, field, None)
        if value:
            told.append(f"{name}: {', '.join(value) if isinstance(value, tuple) else value}")
    return told
