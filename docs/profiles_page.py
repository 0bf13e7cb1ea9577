"""The page of the profiles: the prose as it is, the tables as the shipped profiles are."""

from __future__ import annotations

from pathlib import Path

from moderation.rules.catalogue import RULES
from moderation.rules.profiles import GENERIC, Profile
from moderation.rules.rule import Severity
from moderation.ruleset import load_all_profiles

PROFILES = ("<!-- profiles, written by `make docs`; change profiles/*.toml instead -->", "<!-- end of profiles -->")
RAISED = ("<!-- severities, written by `make docs`; change profiles/*.toml instead -->", "<!-- end of severities -->")
UNBOUNDED = 2000
"""A bound that no template reaches."""


def pages(docs: Path) -> dict[str, str]:
    """Return the page by its path."""
    profiles = load_all_profiles()
    page = (docs / "profiles.md").read_text(encoding="utf-8")
    page = _filled(page, PROFILES, _profile_rows([profiles[name] for name in sorted(profiles)]))
    page = _filled(page, RAISED, _severity_rows([profiles[name] for name in sorted(profiles) if name != GENERIC]))
    return {"profiles.md": page}


def _filled(page: str, marks: tuple[str, str], rows: list[str]) -> str:
    """Return a page with what stands between two marks replaced; raise ValueError where it lacks them."""
    before, begin, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise ValueError(f"a page of docs/ lacks {marks[0]} or {marks[1]}")
    return "\n".join([before + begin, *rows, end + after])


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


def _severity_rows(profiles: list[Profile]) -> list[str]:
    head = ("rule", "name", "itself", *(one.id for one in profiles))
    rows = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for rule in RULES:
        severities = [one.severity.get(rule.id, "–") for one in profiles]
        if rule.severity is Severity.SHADOW or set(severities) != {"–"}:
            link = f"[{rule.id}](rules/{rule.id}.md)"
            rows.append(f"| {link} | {rule.name} | {rule.severity.value} | " + " | ".join(severities) + " |")
    return rows
