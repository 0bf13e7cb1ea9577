"""Labelled texts of JSON Lines files: templates, the sender's domains, and what the labels say."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from moderation.cli.failure import fail
from moderation.cli.reading import FIELDS, InputError, LineError, records_of, template_of
from moderation.evaluation.truth import LabelError, Reading, Truth
from moderation.text.template import Template, TemplateType
from moderation.verdict import Policy

DOMAINS = "verified_domains"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text and where it stands; `origin` is the name of its file, `declared` the type that it says."""

    place: str
    origin: str
    template: Template
    declared: TemplateType | None
    policy: Policy
    truth: Truth


@dataclass(frozen=True, slots=True)
class Source:
    """How rows become labelled texts: the field of the text, the labels, what rows lack, and the known profiles."""

    reading: Reading
    text: str
    defaults: Template
    profiles: Collection[str]


@dataclass(frozen=True, slots=True)
class LabelledFiles:
    """The labelled texts of some files; `unread` counts the fields that say nothing to the evaluation."""

    rows: tuple[Labelled, ...]
    unread: Counter[str]


def read_labelled(paths: Sequence[Path], source: Source) -> LabelledFiles:
    """Return the rows of files and of directories of them; end with a message for the first that cannot be read."""
    unread: Counter[str] = Counter()
    rows: list[Labelled] = []
    try:
        for origin, path in _named(list(_files(paths))):
            for number, record in records_of(path):
                known, others = _parted(record, source)
                unread.update(others)
                rows.append(_labelled(f"{path}:{number}", origin, record, known, source, str(number)))
        if not rows:
            raise InputError(f"{', '.join(map(str, paths))}: no labelled text; write one JSON object a line")
        if idle := source.reading.idle(row.truth.own for row in rows):
            names = ", ".join(sorted({row.truth.own for row in rows if row.truth.own})[:20])
            raise InputError(f"no class matches {idle[0]!r}; the classes are {names or 'none: see --label'}")
    except InputError as error:
        fail(str(error))
    return LabelledFiles(tuple(rows), unread)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        for file in _files_of(path):
            if file.resolve() in seen:
                raise InputError(f"{file}: is given twice; give every file once")
            seen.add(file.resolve())
            yield file


def _files_of(path: Path) -> list[Path]:
    if not path.exists():
        raise InputError(f"{path}: no such file; check the path")
    if not path.is_dir():
        return [path]

    def refuse(error: OSError) -> None:
        raise InputError(f"{error.filename}: {error.strerror}; make it readable, or give single files")

    found = sorted(Path(top, name) for top, _, names in os.walk(path, onerror=refuse) for name in names)
    found = [one for one in found if one.suffix == ".jsonl"]
    if not found:
        raise InputError(f"{path}: holds no .jsonl file; give labelled JSON Lines")
    return found


def _named(files: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each file with its name, or with its path where another one has that name too."""
    times = Counter(file.name for file in files)
    yield from ((file.name if times[file.name] == 1 else str(file), file) for file in files)


def _parted(record: dict[str, Any], source: Source) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of the template, and the names of those that are neither template nor label."""
    labels = source.reading.fields
    own = {name: value for name, value in record.items() if name not in labels and name not in {source.text, "text"}}
    known = {name: value for name, value in own.items() if name in FIELDS}
    if source.text in record:
        known["text"] = record[source.text]
    return known, [name for name in own if name not in (*FIELDS, DOMAINS)]


def _labelled(
    place: str, origin: str, record: dict[str, Any], known: dict[str, Any], source: Source, number: str
) -> Labelled:
    try:
        if source.text not in record:
            raise LineError(f"has no field {source.text!r} but {', '.join(record)}; name that of the text by --text")
        domains = record.get(DOMAINS) or []
        if not isinstance(domains, list) or not all(isinstance(one, str) for one in domains):
            raise LineError('is no list; write ["example.cn"]', DOMAINS)
        own = template_of(known, replace(source.defaults, id=number, type=None))
        if own.profile and own.profile not in source.profiles:
            raise LineError(f"{own.profile[:40]!r} is unknown; use {', '.join(sorted(source.profiles))}", "profile")
        template = replace(own, type=own.type or source.defaults.type)
        truth = source.reading.truth_of(record)
        return Labelled(place, origin, template, own.type, Policy(frozenset(domains)), truth)
    except LineError as error:
        raise InputError(f"{place}: {f'{error.field} ' if error.field else ''}{error}") from error
    except LabelError as error:
        raise InputError(f"{place}: {error}") from error
