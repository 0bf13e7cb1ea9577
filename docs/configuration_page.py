"""The page of the settings: the prose as it is, the table as the settings are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markdown import cell

from moderation.service.settings import Settings

TABLE_BEGIN = "<!-- settings, written by `make docs`; change moderation/service/settings.py instead -->"
TABLE_END = "<!-- end of settings -->"


def pages(docs: Path) -> dict[str, str]:
    """Return the page by its path."""
    page = (docs / "configuration.md").read_text(encoding="utf-8")
    before, begin, rest = page.partition(TABLE_BEGIN)
    _, end, after = rest.partition(TABLE_END)
    if not (begin and end):
        raise ValueError(f"docs/configuration.md lacks {TABLE_BEGIN} or {TABLE_END}")
    schema = Settings.model_json_schema()["properties"]
    rows = ["| variable | default | accepts | meaning |", "|---|---|---|---|"]
    rows += [_setting_row(name, schema[name]) for name in Settings.model_fields]
    return {"configuration.md": "\n".join([before + begin, *rows, end + after])}


def _setting_row(name: str, schema: dict[str, Any]) -> str:
    field = Settings.model_fields[name]
    default = field.get_default(call_default_factory=True, validated_data={})
    shown = "" if default in (None, ()) else json.dumps(default) if isinstance(default, dict) else str(default)
    return f"| `MODERATION_{name.upper()}` | {shown} | {_accepted(schema)} | {cell(field.description or '')} |"


def _accepted(schema: dict[str, Any]) -> str:
    """Return what values a setting accepts, from its JSON schema."""
    if "enum" in schema:
        return ", ".join(schema["enum"])
    chosen = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if "minimum" in chosen:
        return f"{chosen['minimum']:,} to {chosen['maximum']:,}"
    if chosen["type"] == "array":
        return "a list"
    return {"path": "a path", "file-path": "a file", "password": "text"}.get(
        chosen.get("format", ""),
        {"object": "a JSON object", "string": "text", "boolean": "true, false"}[chosen["type"]],
    )
