"""The texts that are measured: real SMS of a directory, else invented ones from the project's own patterns.

They are the same in every run. No text of a directory is written anywhere.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from moderation.text.template import MAX_TEXT_LENGTH
from moderation.train.families.family import lawful_texts

TEXTS, QUICK_TEXTS = 4_096, 512
ALL, SERVICE_AND_MARKETING = ("*.jsonl",), ("service_sms.jsonl", "marketing_sms.jsonl")


def collected(data: Path | None, names: Sequence[str] = ALL) -> list[str]:
    """Return all texts of a directory's collections, or invented ones."""
    if data is None:
        found = lawful_texts()
        return (found * (TEXTS // len(found) + 1))[:TEXTS]
    paths = [path for name in names for path in sorted(data.glob(name))]
    rows = (json.loads(line) for path in paths for line in path.open(encoding="utf-8"))
    found = [text for row in rows if (text := row.get("text") or row.get("variant")) and len(text) <= MAX_TEXT_LENGTH]
    return found or sys.exit(f"{data}: no {' or '.join(names)} with a field text or variant")


def sampled(texts: Sequence[str], number: int) -> list[str]:
    """Return so many of the texts, or all where there are fewer."""
    return random.Random(1).sample(texts, min(number, len(texts)))  # noqa: S311


def texts_of(data: Path | None, *, quick: bool = False) -> list[str]:
    """Return a sample of all collections."""
    return sampled(collected(data), QUICK_TEXTS if quick else TEXTS)


def sms_of(data: Path | None, *, quick: bool = False) -> list[str]:
    """Return the service and marketing SMS, which are longer than what a sample of all collections holds."""
    found = collected(data, SERVICE_AND_MARKETING)
    return sampled(found, QUICK_TEXTS) if quick else found


def pieces(texts: Sequence[str], length: int, number: int) -> list[str]:
    """Return so many texts of one length: the given ones joined and cut."""
    joined = "".join(texts)
    joined *= length * number // len(joined) + 1
    return [joined[at : at + length] for at in range(0, length * number, length)]


def described(texts: Sequence[str], data: Path | None) -> dict[str, Any]:
    """Return what is told of texts."""
    return {
        "number": len(texts),
        "characters": round(statistics.mean(map(len, texts)), 1),
        "are": "real SMS" if data else "invented",
    }
