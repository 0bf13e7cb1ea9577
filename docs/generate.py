"""Pages written from the product itself: a page for every rule, their index, the settings and the profiles."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from moderation.rules.catalogue import RULES
from moderation.rules.laws import Law
from moderation.rules.profiles import GENERIC, Profile
from moderation.rules.rule import Bad, Good, ReasonCategory, Rule, Severity
from moderation.ruleset import load_all_profiles
from moderation.service.settings import Settings

DOCS = Path(__file__).resolve().parent
WRITTEN = "<!-- Written by `make docs`; change the rule instead. -->"
TABLE_BEGIN = "<!-- settings, written by `make docs`; change moderation/service/settings.py instead -->"
TABLE_END = "<!-- end of settings -->"
PROFILES = ("<!-- profiles, written by `make docs`; change profiles/*.toml instead -->", "<!-- end of profiles -->")
TRADES = ("<!-- trades, written by `make docs`; change profiles/*.toml instead -->", "<!-- end of trades -->")
TRADE = "trade-"
"""What the names of rules on trades begin with."""

SEVERITIES = {
    Severity.REJECT: "The template is rejected.",
    Severity.REVIEW: "A person looks at the template.",
    Severity.ADVICE: "The decision stays as it is; the sender is told.",
    Severity.SHADOW: "Recorded for operators only; the decision stays as it is.",
}
INDEX_HEAD = ("| rule | name | severity | reason | law |", "|---|---|---|---|---|")
UNBOUNDED = 2000
"""A bound that no template reaches."""

ALSO = {
    "signature": "signature",
    "industry": "industry",
    "verified_domains": "verified domains",
    "forbidden_words": "forbidden words",
    "send_at": "sent at",
    "broken_detectors": "failed detectors",
    "profile": "profile",
}
"""Fields of an example, besides its text and type, and what the page calls them."""


def pages() -> dict[str, str]:
    """Return every page by its path below docs/."""
    rules = {f"rules/{rule.id}.md": rule_page(rule) for rule in RULES}
    return rules | {
        "rules/README.md": index_page(),
        "configuration.md": configuration_page(),
        "profiles.md": profiles_page(),
    }


def write(target: Path = DOCS) -> None:
    """Write the pages, and remove those of rules that are gone."""
    written = pages()
    (target / "rules").mkdir(parents=True, exist_ok=True)
    for stale in set((target / "rules").glob("*.md")) - {target / path for path in written}:
        stale.unlink()
    for path, content in written.items():
        (target / path).write_text(content, encoding="utf-8")


def index_page() -> str:
    """Return the list of all rules by category."""
    lines = [
        WRITTEN,
        "# Rules",
        "",
        f"{len(RULES)} rules. `moderation rule explain ID` shows the same on a terminal. What each severity does:",
        "",
        *(f"- **{severity.value}** {meaning}" for severity, meaning in SEVERITIES.items()),
    ]
    for category in ReasonCategory:
        chosen = [rule for rule in RULES if rule.category is category]
        if chosen:
            lines += ["", f"## {category.value}", "", *INDEX_HEAD, *map(_index_row, chosen)]
    return "\n".join(lines) + "\n"


def _index_row(rule: Rule) -> str:
    laws = "、".join(map(str, rule.laws)) or "–"
    return f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity.value} | {_cell(rule.message['zh'])} | {laws} |"


def rule_page(rule: Rule) -> str:
    """Return the page of one rule."""
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
        *(f"| {locale} | {_cell(rule.message[locale])} | {_cell(rule.advice[locale])} |" for locale in ("zh", "en")),
        "",
        "## Law",
        "",
        *([_law_line(law) for law in rule.laws] or ["No law: a demand of operators and vendors, or of the product."]),
        "",
        "## When it errs",
        "",
        rule.false_positives,
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


def _law_line(law: Law) -> str:
    until = f" until {law.valid_until}" if law.valid_until else ""
    return f"- {law}, in force from {law.valid_from}{until}"


def _bad_line(bad: Bad) -> str:
    told = f"quotes {_code(bad.quote)}" if bad.quote else "quotes nothing"
    return f"- {_code(bad.text)}\n  {'; '.join([told, *_declared(bad)])}"


def _good_line(good: Good | str) -> str:
    if isinstance(good, str):
        return f"- {_code(good)}"
    declared = "; ".join(_declared(good))
    return f"- {_code(good.text)}" + (f"\n  {declared}" if declared else "")


def _declared(example: Bad | Good) -> list[str]:
    told = [f"as {example.type.value}"] if example.type else []
    for field, name in ALSO.items():
        value = getattr(example, field, None)
        if value:
            told.append(f"{name}: {', '.join(value) if isinstance(value, tuple) else value}")
    return told


def _code(text: str) -> str:
    """Return a text as inline code, with what cannot be seen in it written out."""
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    fence = "``" if "`" in seen else "`"
    return f"{fence}{seen}{fence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def configuration_page() -> str:
    """Return the page of the settings: the prose as it is, the table as the settings are."""
    schema = Settings.model_json_schema()["properties"]
    rows = ["| variable | default | accepts | meaning |", "|---|---|---|---|"]
    rows += [_setting_row(name, schema[name]) for name in Settings.model_fields]
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    return _filled(page, (TABLE_BEGIN, TABLE_END), rows)


def _filled(page: str, marks: tuple[str, str], rows: list[str]) -> str:
    """Return a page with what stands between two marks replaced; raise ValueError where it lacks them."""
    before, begin, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise ValueError(f"a page of docs/ lacks {marks[0]} or {marks[1]}")
    return "\n".join([before + begin, *rows, end + after])


def profiles_page() -> str:
    """Return the page of the profiles: the prose as it is, the tables as the shipped profiles are."""
    profiles = load_all_profiles()
    page = (DOCS / "profiles.md").read_text(encoding="utf-8")
    page = _filled(page, PROFILES, _profile_rows([profiles[name] for name in sorted(profiles)]))
    return _filled(page, TRADES, _trade_rows([profiles[name] for name in sorted(profiles) if name != GENERIC]))


def _profile_rows(profiles: list[Profile]) -> list[str]:
    head = ("profile", "title", "since", "text", "signature", "placeholders", "opt-out", "contacts", "marketing sent")
    rows = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for one in profiles:
        signature, window = one.signature, one.send_window
        cells = (
            one.id,
            one.title,
            one.valid_from.isoformat(),
            f"≤ {one.text.most_characters}",
            f"{signature.least}–{signature.most}, {signature.place}",
            _placeholders(one),
            ("、".join(one.opt_out.forms) or "any form") + (" at the end" if one.opt_out.at_end else ""),
            str(one.contact.most) if one.contact.most < UNBOUNDED else "any number",
            f"{window.opens:%H:%M}–{window.closes:%H:%M}",
        )
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def _placeholders(profile: Profile) -> str:
    demands = profile.placeholder
    told = [", ".join(demands.syntaxes) or "any syntax"]
    for name, most in (("", demands.most), (" in codes", demands.most_otp), (" in marketing", demands.most_marketing)):
        if most < UNBOUNDED:
            told.append((f"≤ {most}" if most else "none") + name)
    told.append(f"values ≤ {demands.value_length}, in codes {demands.value_length_otp}")
    told += [word for word, held in (("numbered", demands.numbered), ("each once", demands.once)) if held]
    return "; ".join(told)


def _trade_rows(profiles: list[Profile]) -> list[str]:
    head = ("rule", "trade", "itself", *(one.id for one in profiles))
    rows = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for rule in RULES:
        if rule.name.startswith(TRADE):
            cells = (one.severity.get(rule.id, one.severity.get(rule.name, "–")) for one in profiles)
            link, trade = f"[{rule.id}](rules/{rule.id}.md)", rule.name.removeprefix(TRADE)
            rows.append(f"| {link} | {trade} | {rule.severity.value} | " + " | ".join(cells) + " |")
    return rows


def _setting_row(name: str, schema: dict[str, Any]) -> str:
    field = Settings.model_fields[name]
    default = field.get_default(call_default_factory=True, validated_data={})
    shown = "" if default is None else json.dumps(default) if isinstance(default, dict) else str(default)
    return f"| `MODERATION_{name.upper()}` | {shown} | {_accepted(schema)} | {_cell(field.description or '')} |"


def _accepted(schema: dict[str, Any]) -> str:
    """Return what values a setting accepts, from its JSON schema."""
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']:,} to {schema['maximum']:,}"
    chosen = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    return {"path": "a directory", "file-path": "a file"}.get(
        chosen.get("format", ""), {"object": "a JSON object", "string": "text"}[chosen["type"]]
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
