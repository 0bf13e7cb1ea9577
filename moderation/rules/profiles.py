"""Profiles: what one operator or vendor demands, as dated data files that may inherit from one another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule import Severity
from moderation.text.parts import PLACEHOLDER_SYNTAX
from moderation.text.template import Industry, TemplateType

GENERIC = "generic"
"""The profile of demands that all operators share; a template that names no profile is judged by it."""

OFF = "OFF"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
Length = Annotated[int, Field(ge=0, le=2000)]


class ProfileError(ValueError):
    """One or more profile files are wrong; the message tells each `file:line: key: problem`."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(_Section):
    """Demands on the whole text, signature included."""

    most_characters: Length = 1000
    refused_symbols: str = ""


class Signature(_Section):
    """Demands on the signature; `place` says whether the sender writes it into the text or the vendor adds it."""

    least: Length = 2
    most: Length = 20
    place: Literal["text", "beside", "either"] = "either"
    symbols: bool = True


class Placeholder(_Section):
    """Demands on placeholders: accepted syntaxes (none: any), how many at most by type, how long their values."""

    syntaxes: tuple[str, ...] = Field(default=(), strict=False)
    most: Length = 2000
    most_otp: Length = 2000
    most_marketing: Length = 2000
    value_length: Length = 35
    value_length_otp: Length = 35
    numbered: bool = False
    once: bool = False

    @field_validator("syntaxes")
    @classmethod
    def _known_syntaxes(cls, syntaxes: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [syntax for syntax in syntaxes if syntax not in PLACEHOLDER_SYNTAX]:
            raise ValueError(f"{unknown[0]!r} is no placeholder syntax; use {', '.join(PLACEHOLDER_SYNTAX)}")
        return syntaxes

    def most_of(self, kind: TemplateType) -> int:
        """Return how many placeholders a template of a type may have."""
        own = {TemplateType.OTP: self.most_otp, TemplateType.MARKETING: self.most_marketing}
        return min(self.most, own.get(kind, self.most))


class OptOut(_Section):
    """Accepted forms of the opt-out (none: any that is known); the first one is what a repair writes."""

    forms: tuple[str, ...] = Field(default=(), strict=False)
    at_end: bool = False


class Contact(_Section):
    """How many contacts a template may carry."""

    most: Length = 2000


class SendWindow(_Section):
    """When marketing may be sent, on the clock of a time zone; `exempt` industries may send at any time.

    A window that closes before it opens spans midnight; one that closes when it opens is never shut.
    """

    opens: time = time(8)
    closes: time = time(21)
    zone: str = "Asia/Shanghai"
    exempt: tuple[Annotated[Industry, Field(strict=False)], ...] = Field(
        default=(Industry.GOVERNMENT, Industry.UTILITIES), strict=False
    )

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is no time zone; write for instance Asia/Shanghai")
        return zone

    @cached_property
    def clock(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)

    def is_open(self, moment: time) -> bool:
        """Return whether marketing may be sent at a time of day."""
        if self.opens < self.closes:
            return self.opens <= moment < self.closes
        return moment >= self.opens or moment < self.closes


class Profile(_Section):
    """What one operator or vendor demands since a day; `severity` makes rules stricter, milder or OFF by id or name."""

    id: Name
    title: str
    inherits: str = ""
    valid_from: date
    sources: tuple[str, ...] = Field(default=(), strict=False)
    text: Text = Text()
    signature: Signature = Signature()
    placeholder: Placeholder = Placeholder()
    opt_out: OptOut = OptOut()
    contact: Contact = Contact()
    send_window: SendWindow = SendWindow()
    severity: Mapping[str, Literal["REJECT", "REVIEW", "ADVICE", "SHADOW", "OFF"]] = Field(default_factory=dict)

    @cached_property
    def severities(self) -> Mapping[str, Severity | None]:
        """The severity that a rule has under this profile, by id or name; None where it is OFF."""
        return {key: None if value == OFF else Severity(value) for key, value in self.severity.items()}

    @property
    def values(self) -> dict[str, Any]:
        """Every demand by its dotted key, as plain values that JSON can hold."""
        return dict(_flat(self.model_dump(mode="json", exclude={"id", "title", "inherits", "valid_from", "sources"})))


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
        name: {key: one.path.stem for one in reversed(file.ancestry(tables)) for key, _ in _flat(one.table)}
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


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a table and the tables in it by their dotted keys."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


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
                near = get_close_matches(key, BY_KEY, n=3, cutoff=0.5)
                mend = f"did you mean {', '.join(near)}?" if near else "see moderation rule list"
                raise self._error(("severity", key), f"no such rule; {mend}")
            if (twin := seen.setdefault(BY_KEY[key].id, key)) != key:
                raise self._error(("severity", key), f"is the same rule as {twin!r}; delete one of the two lines")

    @classmethod
    def read(cls, path: Path) -> _File:
        try:
            content = path.read_text(encoding="utf-8")
            return cls(path, content, tomllib.loads(content))
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path.name}:1: cannot be read: {error}; save it as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            raise ProfileError(f"{path.name}:{found[1] if found else 1}: {error}; write valid TOML") from error

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
            keys = {".".join(map(str, one["loc"])): (one["loc"], one["msg"]) for one in error.errors()}
            found = [str(self._owner(chain, loc)._error(loc, message)) for loc, message in keys.values()]
            raise ProfileError("\n".join(found)) from None

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

    def _owner(self, chain: list[_File], key: tuple[str | int, ...]) -> _File:
        """Return the nearest file of a chain in which a key stands; this one where it stands in none."""
        return next((file for file in chain if _dotted(key) in file._lines), self)

    def _error(self, key: tuple[str | int, ...], problem: str) -> ProfileError:
        path = _dotted(key)
        known = ", ".join(_known_keys(key))
        mend = f"; known keys: {known}" if "not permitted" in problem else ""
        return ProfileError(f"{self.path.name}:{self._lines.get(path, 1)}: {path}: {problem}{mend}")


def _dotted(key: tuple[str | int, ...]) -> str:
    return ".".join(part for part in key if isinstance(part, str))


def _known_keys(key: tuple[str | int, ...]) -> list[str]:
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
