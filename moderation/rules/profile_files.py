"""Profile files: dated TOML files that may inherit from one another, and what is wrong in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from moderation.faults import DISORDER, explain, suggest
from moderation.rules.catalogue import BY_KEY
from moderation.rules.profiles import Profile, flat

BYTE_ORDER_MARK = "\ufeff"
Key = tuple[str | int, ...]


class ProfileError(ValueError):
    """One or more profile files are wrong; the message tells each `file:line: key: problem`."""


def load_profiles(*directories: Path) -> dict[str, Profile]:
    """Return every profile of some directories by id, what it inherits filled in; later directories win.

    Raises ProfileError with everything that is wrong in the files.
    """
    tables, problems = _read(directories)
    profiles: dict[str, Profile] = {}
    for name, file in tables.items():
        try:
            profiles[name] = file.profile(tables)
        except ProfileError as error:
            problems += str(error).splitlines()
    if problems:
        raise ProfileError("\n".join(dict.fromkeys(problems)))
    return profiles


def load_origins(*directories: Path) -> dict[str, dict[str, str]]:
    """Return for each profile which one sets each of its dotted keys: itself or one that it inherits.

    Keys that no file sets are left out. Raises ProfileError for files that cannot be read.
    """
    tables, problems = _read(directories)
    if problems:
        raise ProfileError("\n".join(problems))
    return {
        name: {key: one.path.stem for one in reversed(file.ancestry(tables)) for key, _ in flat(one.table)}
        for name, file in tables.items()
    }


def _read(directories: tuple[Path, ...]) -> tuple[dict[str, _File], list[str]]:
    """Return the profile files of some directories by id, and what is wrong with those that cannot be read."""
    paths = {path.stem: path for directory in directories for path in sorted(directory.glob("*.toml"))}
    tables: dict[str, _File] = {}
    problems: list[str] = []
    for name, path in paths.items():
        try:
            tables[name] = _File.read(path)
        except ProfileError as error:
            problems.append(str(error))
    return tables, problems


class _File:
    """One profile file: its table, with rules by their ids, and where its keys stand."""

    def __init__(self, path: Path, content: str, table: dict[str, Any]) -> None:
        self.path = path
        self.table = table
        self._lines = _lines_of_keys(content)
        severity = table.get("severity")
        if isinstance(severity, dict):
            self._check_rules(severity)
            table["severity"] = {BY_KEY[key].id: value for key, value in severity.items()}
            self._lines |= {f"severity.{BY_KEY[key].id}": self._lines.get(f"severity.{key}", 1) for key in severity}

    def _check_rules(self, severity: Mapping[str, Any]) -> None:
        """Raise ProfileError for the first key that names no rule, or the same rule as a key before it."""
        seen: dict[str, str] = {}
        for key in severity:
            if key not in BY_KEY:
                mend = suggest(key, BY_KEY).strip() or "see moderation rule list"
                raise self._error(("severity", key), f"no such rule; {mend}")
            if (twin := seen.setdefault(BY_KEY[key].id, key)) != key:
                raise self._error(("severity", key), f"is the same rule as {twin!r}; delete one of the two lines")

    @classmethod
    def read(cls, path: Path) -> _File:
        try:
            content = path.read_bytes().decode("utf-8")
            if content.startswith(BYTE_ORDER_MARK):
                raise ProfileError(f"{path.name}:1: byte order mark; save the file as UTF-8 without BOM")
            return cls(path, content, tomllib.loads(content.replace("\r\n", "\n")))
        except OSError as error:
            raise ProfileError(f"{path.name}:1: cannot be read: {error.strerror}; check the file's rights") from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            found = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
            raise ProfileError(f"{path.name}:{line}: cannot be read: {found}; save the file as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            raise ProfileError(f"{path.name}:{place[1] if place else 1}: {error}; write valid TOML") from error

    def profile(self, files: Mapping[str, _File]) -> Profile:
        """Return the profile with what it inherits; raise ProfileError that names file, line and key."""
        if self.table.get("id") != self.path.stem:
            raise self._error(("id",), f'is not the file\'s name; write id = "{self.path.stem}"')
        merged: dict[str, Any] = {}
        chain = self.ancestry(files)
        for file in reversed(chain):
            merged = _merge(merged, file.table)
        try:
            return Profile.model_validate(merged)
        except ValidationError as error:
            found = {_dotted(one["loc"]): self._told(chain, one) for one in error.errors()}
            raise ProfileError("\n".join(found.values())) from None

    def ancestry(self, files: Mapping[str, _File]) -> list[_File]:
        """Return this file and those that it inherits, nearest first; raise ProfileError for a gap or a circle."""
        chain: list[_File] = [self]
        while inherits := chain[-1].table.get("inherits"):
            parent = files.get(inherits) if isinstance(inherits, str) else None
            if parent is None:
                known = ", ".join(sorted(files))
                raise self._error(("inherits",), f"{inherits!r} is no profile; use one of {known}")
            if parent in chain:
                raise self._error(("inherits",), f"{inherits!r} inherits from this one; break the circle")
            chain.append(parent)
        return chain

    def _told(self, chain: list[_File], error: ErrorDetails) -> str:
        """Return what is wrong, in the nearest file of a chain that says it; in this one where none does."""
        keys: list[Key] = [error["loc"]]
        problem = explain(error, _known_keys(error["loc"]))
        if error["type"] == DISORDER:
            keys = [(*error["loc"], key) for key in error["ctx"]["keys"]]
        places = ((file, key) for file in chain for key in keys if _dotted(key) in file._lines)
        file, key = next(places, (self, keys[0]))
        return str(file._error(key, problem))

    def _error(self, key: Key, problem: str) -> ProfileError:
        path = _dotted(key)
        return ProfileError(f"{self.path.name}:{self._lines.get(path, 1)}: {path}: {problem}")


def _dotted(key: Key) -> str:
    return ".".join(part for part in key if isinstance(part, str))


def _known_keys(key: Key) -> list[str]:
    section = Profile.model_fields.get(str(key[0])) if len(key) > 1 else None
    model = section.annotation if section is not None else Profile
    return sorted(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []


def _merge(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parent's table with the child's keys over it, table by table."""
    merged = dict(parent)
    for key, value in child.items():
        inherited = merged.get(key)
        merged[key] = _merge(inherited, value) if isinstance(inherited, dict) and isinstance(value, dict) else value
    return merged


def _lines_of_keys(content: str) -> dict[str, int]:
    """Return the line that each dotted key stands in."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(content.splitlines(), 1):
        if found := re.match(r"\s*\[([^\]]+)\]", line):
            table = found[1].strip() + "."
            lines.setdefault(found[1].strip(), number)
        elif found := re.match(r"\s*\"?([\w.-]+)\"?\s*=", line):
            lines.setdefault(table + found[1], number)
    return lines
