"""Templates of files and of directories of files, for commands that only read them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from moderation.cli.failure import fail
from moderation.cli.reading import FORMATS, InputError, read_file, require_file
from moderation.text.template import Template

DEFAULTS = Template("")
CORPUS_FIELDS = frozenset(("title", "expect", "verified_domains"))
"""What the files of a corpus say of a template besides: its purpose, what should be found, and its sender's domains."""


def read_templates(paths: Sequence[Path]) -> list[tuple[str, Template]]:
    """Return the templates with the names of their files; end with a message for the first that cannot be read."""
    return [(path.stem, template) for path in _files(paths) for template in _templates(path)]


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        found = sorted(one for one in path.rglob("*") if one.suffix in FORMATS) if path.is_dir() else [path]
        if not found:
            fail(f"{path}: no templates; give a directory with {', '.join('*' + suffix for suffix in FORMATS)}")
        files.extend(found)
    return files


def _templates(path: Path) -> list[Template]:
    try:
        require_file(path)
        lines = list(read_file(path, io.BytesIO(), DEFAULTS, ignored=CORPUS_FIELDS))
    except InputError as error:
        fail(str(error))
    for line in lines:
        if line.problem:
            fail(f"{line.place}: {line.problem}")
    return [line.template for line in lines]
