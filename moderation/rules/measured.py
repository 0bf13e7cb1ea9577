"""How often each rule was found in real and in lawful texts, as `moderation eval --measured` wrote it down."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

FILE = "measured.json"


def measured_hits() -> dict[str, Any]:
    """Return, by collection of texts, how many `texts` it has and in how many each of `rules` was found."""
    content: dict[str, Any] = json.loads(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return content
