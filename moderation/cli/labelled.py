"""Labelled texts of JSON Lines files: templates, the sender's domains, and what the labels say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from moderation.cli.failure import fail
from moderation.cli.reading import FIELDS, InputError, LineError, records_of, template_of
from moderation.evaluation.truth import LabelError, Reading, Truth
from moderation.text.template import Template
from moderation.verdict import Policy

DOMAINS = "verified_domains"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text and where it stands; `origin` is the name of its file."""

    place: str
    origin: str
    template: Template
    policy: Policy
    truth: Truth


@dataclass(frozen=True, slots=True)
class LabelledFiles:
    """The labelled texts of some files; `unread` counts the fields that say nothing to the evaluation."""

    rows: tuple[Labelled, ...]
    unread: Counter[str]


def read_labelled(paths: Sequence[Path], reading: Reading, text: str, defaults: Template) -> LabelledFiles:
    """Return the rows of files and of directories of them; end with a message for the first that cannot be read.

    `text` names the field of the text. What a row does not declare is taken from the defaults.
    """
    unread: Counter[str] = Counter()
    rows: list[Labelled] = []
    try:
        for path in _files(paths):
            for number, record in records_of(path):
                place = f"{path}:{number}"
                known, others = _parted(record, reading, text)
                unread.update(others)
                rows.append(_labelled(place, path.stem, record, known, reading, replace(defaults, id=str(number))))
    except InputError as error:
        fail(str(error))
    if not rows:
        fail(f"{', '.join(map(str, paths))}: no labelled text; write one JSON object a line, with text and a label")
    return LabelledFiles(tuple(rows), unread)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
        elif found := sorted(path.rglob("*.jsonl")):
            yield from found
        else:
            raise InputError(f"{path}: holds no .jsonl file; give labelled JSON Lines")


def _parted(record: dict[str, Any], reading: Reading, text: str) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of the template, and the names of those that are neither template nor label."""
    own = {name: value for name, value in record.items() if name not in reading.fields and name not in {text, "text"}}
    known = {name: value for name, value in own.items() if name in FIELDS}
    if text in record:
        known["text"] = record[text]
    return known, [name for name in own if name not in (*FIELDS, DOMAINS)]


def _labelled(
    place: str, origin: str, record: dict[str, Any], known: dict[str, Any], reading: Reading, defaults: Template
) -> Labelled:
    try:
        domains = record.get(DOMAINS) or []
        if not isinstance(domains, list) or not all(isinstance(one, str) for one in domains):
            raise LineError("is no list of domains", DOMAINS)
        policy = Policy(frozenset(domains))
        return Labelled(place, origin, template_of(known, defaults), policy, reading.truth_of(record))
    except LineError as error:
        raise InputError(f"{place}: {f'{error.field} ' if error.field else ''}{error}") from error
    except LabelError as error:
        raise InputError(f"{place}: {error}") from error
