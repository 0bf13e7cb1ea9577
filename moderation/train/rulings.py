"""Reviewers' rulings as training texts: what people decided teaches more than what a collection says.

A file holds one JSON object a line, as rulings are exported: `text`, `ruling` (PASS or REJECT) and, optional, `risk`
(the kind of prohibited content), `type` and `industry`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from moderation.match.classifier import LAWFUL
from moderation.text.template import MAX_TEXT_LENGTH, Industry, TemplateType
from moderation.train.corpus import Example

SOURCE = "rulings"
PASS, REJECT = "PASS", "REJECT"
LABELS = {"type": TemplateType, "industry": Industry}


class RulingsError(ValueError):
    """A file of rulings is wrong; `problems` lists every line that is, with what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load_rulings(path: Path, kinds: frozenset[str]) -> list[Example]:
    """Return the rulings of a file as examples; raise RulingsError with all that is wrong in it.

    `kinds` are the kinds of prohibited content that a model can learn. Where a text was rejected without a kind, for a
    missing opt-out perhaps, it is no example of prohibited content, and teaches type and industry only.
    """
    problems: list[str] = []
    found: list[Example] = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise RulingsError([f"cannot read {path.name}: {error.strerror}; export the rulings first"]) from error
    for number, line in enumerate(lines, 1):
        wrong = len(problems)
        row = _row(line, problems, f"{path.name}:{number}")
        if row is not None:
            problems.extend(f"{path.name}:{number}: {problem}" for problem in _problems(row, kinds))
        if row is not None and len(problems) == wrong:
            found.append(_example(row))
    if problems:
        raise RulingsError(problems)
    return found


def _row(line: bytes, problems: list[str], place: str) -> dict[str, object] | None:
    try:
        row = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        problems.append(f"{place}: {error}; write one JSON object a line, in UTF-8")
        return None
    if not isinstance(row, dict):
        problems.append(f"{place}: not a JSON object; write one JSON object a line")
        return None
    return row


def _problems(row: dict[str, object], kinds: frozenset[str]) -> Iterator[str]:
    text = row.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT_LENGTH:
        yield f"'text' is no text of 1 to {MAX_TEXT_LENGTH} characters; write the template as it was ruled on"
    if row.get("ruling") not in (PASS, REJECT):
        yield f"'ruling' is {row.get('ruling')!r}; write {PASS} or {REJECT}"
    if row.get("risk") is not None and row["risk"] not in kinds:
        yield f"'risk' is {row['risk']!r}; leave it out, or write one of {', '.join(sorted(kinds))}"
    if row.get("risk") is not None and row.get("ruling") == PASS:
        yield f"a text of 'risk' {row['risk']!r} was let pass; write {REJECT}, or leave the risk out"
    for name, known in LABELS.items():
        if row.get(name) is not None and row[name] not in list(known):
            yield f"{name!r} is {row[name]!r}; leave it out, or write one of {', '.join(known)}"


def _example(row: dict[str, object]) -> Example:
    risk = LAWFUL if row["ruling"] == PASS else str(row.get("risk") or "")
    return Example(
        str(row["text"]),
        SOURCE,
        str(row["ruling"]),
        type=str(row.get("type") or ""),
        industry=str(row.get("industry") or ""),
        risk=risk,
    )
