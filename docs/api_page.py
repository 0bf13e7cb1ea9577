"""The tables of the page on the API: who may call what, the reasons of errors, and bounds."""

from __future__ import annotations

import re
from pathlib import Path

from moderation.service.bounds import BOUNDS
from moderation.service.errors import STATUS_CODES, Reason
from moderation.service.roles import KNOWN_ROLES, ROLES

REASONS = Path(__file__).resolve().parent.parent / "proto" / "moderation" / "v1" / "error_reason.proto"
_REASON = re.compile(r"((?:  // [^\n]*\n)+)  ERROR_REASON_(\w+) = [1-9]")


def pages(docs: Path) -> dict[str, str]:
    """Return the page with its tables written anew."""
    text = (docs / "api.md").read_text(encoding="utf-8")
    for table in (roles(), reasons(), bounds()):
        header = re.escape(table[0])
        text, found = re.subn(
            rf"^{header}\n(?:\|[^\n]*\n)+", "\n".join([*table, ""]).replace("\\", r"\\"), text, flags=re.M
        )
        assert found == 1, table[0]
    return {"api.md": text}


def roles() -> list[str]:
    """Return the table of who may call what."""
    rows = [
        f"| `{method}` | {' | '.join('yes' if role in allowed else '' for role in KNOWN_ROLES)} |"
        for method, allowed in ROLES.items()
    ]
    return [f"| method | {' | '.join(KNOWN_ROLES)} |", "|---" * (len(KNOWN_ROLES) + 1) + "|", *rows]


def reasons() -> list[str]:
    """Return the table of the reasons of errors, as the contract explains them."""
    rows = []
    for comment, name in _REASON.findall(REASONS.read_text(encoding="utf-8")):
        told = " ".join(line.strip().removeprefix("// ") for line in comment.strip().split("\n"))
        meaning, _, metadata = told.partition(" Example metadata: ")
        meaning = meaning.removeprefix(f"ERROR_REASON_{name} means ").removeprefix("that ")
        rows.append(f"| `{name}` | {STATUS_CODES[Reason(name)]} | {meaning} | `{metadata}` |")
    return ["| reason | status | meaning | example metadata |", "|---|---|---|---|", *rows]


def bounds() -> list[str]:
    """Return the table of the bounds of fields."""
    named = ((name.removeprefix("moderation.v1."), bound) for name, bound in BOUNDS.items())
    rows = [f"| `{name}` | {bound.least:,} | {bound.most:,} |" for name, bound in named]
    return ["| field | least | most |", "|---|---|---|", *rows]
