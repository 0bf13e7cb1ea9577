"""Reading templates: arguments, JSONL, CSV and plain text, line by line, with what is wrong in each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from moderation.text.csv_rows import read_rows
from moderation.text.template import Industry, Template, TemplateType

FIELDS = ("id", "text", "signature", "type", "industry", "tenant", "profile", "region", "send_at")
STANDARD_INPUT = Path("-")
FORMATS = (".jsonl", ".csv", ".txt")
UNDECODED = range(0xDC80, 0xDD00)
"""Surrogates that stand for bytes that are not UTF-8."""

MAX_LINE = 1_000_000
"""Characters of one input line; a longer one is reported instead of parsed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input: its template, or what is wrong with it (`field` names the field at fault)."""

    source: str
    number: int
    template: Template
    problem: str = ""
    field: str = ""

    @property
    def place(self) -> str:
        """Where the line stands, for messages."""
        return f"{self.source}:{self.number}" if self.source else f"TEXT {self.number}"


class LineError(ValueError):
    """A line that is no template; the message says what is wrong and how to mend it."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class InputError(ValueError):
    """A file that cannot be read at all."""


def read_arguments(texts: Iterable[str], defaults: Template) -> Iterator[Line]:
    """Yield a line per text given as an argument; ids count from 1."""
    for number, text in enumerate(texts, 1):
        yield _line("", number, defaults, text, is_json=False)


def require_file(path: Path) -> None:
    """Raise InputError unless the path is standard input or a file of a known kind."""
    if path == STANDARD_INPUT:
        return
    if path.suffix.lower() not in FORMATS:
        known = ", ".join("*" + suffix for suffix in FORMATS)
        raise InputError(f"{path}: unknown kind of file; name it {known}, or pipe it into --file -")
    if not path.exists():
        raise InputError(f"{path}: no such file; check the path")


def read_file(
    path: Path,
    standard_input: IO[bytes],
    defaults: Template,
    suffix: str = "",
    *,
    ignored: frozenset[str] = frozenset(),
) -> Iterator[Line]:
    """Yield the lines of a file (`-`: standard input); what a line lacks is taken from the defaults.

    The suffix of a path, or the one given for standard input, tells how it is read. `ignored` fields of JSON say
    something else than a template does.
    Raises InputError where the file cannot be read or its kind is unknown.
    """
    if path == STANDARD_INPUT:
        yield from _read(standard_input, "-", suffix, defaults, ignored)
        return
    require_file(path)
    try:
        with path.open("rb") as stream:
            yield from _read(stream, str(path), path.suffix.lower(), defaults, ignored)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def records_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the JSON objects of a file with the numbers of their lines, whatever their fields are.

    Raises InputError for a file that cannot be read, and for the first line that holds no JSON object.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _record(line.rstrip("\r\n"), is_json=True)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except LineError as error:
        raise InputError(f"{path}:{number}: {error}") from error


def _read(stream: IO[bytes], source: str, suffix: str, defaults: Template, ignored: frozenset[str]) -> Iterator[Line]:
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        if suffix == ".csv":
            yield from _read_csv(lines, source, defaults)
        else:
            yield from _read_lines(lines, source, suffix, defaults, ignored)
    finally:
        lines.detach()


def _read_lines(
    lines: Iterable[str], source: str, suffix: str, defaults: Template, ignored: frozenset[str]
) -> Iterator[Line]:
    is_json = suffix == ".jsonl" if suffix else None
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        if is_json is None:
            is_json = line.lstrip().startswith("{")
        yield _line(source, number, defaults, line, is_json=is_json, ignored=ignored)


def _line(
    source: str,
    number: int,
    defaults: Template,
    content: str,
    *,
    is_json: bool,
    ignored: frozenset[str] = frozenset(),
) -> Line:
    own = replace(defaults, id=str(number))
    try:
        record = _record(content, is_json=is_json)
        kept = {key: value for key, value in record.items() if key not in ignored}
        return Line(source, number, template_of(kept, own))
    except LineError as error:
        return Line(source, number, _named(own, content if is_json else ""), str(error), error.field)


def _named(template: Template, content: str) -> Template:
    """Return a template with the id that a bad line gives, so that the line is known by it."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return template
    return _with_id(template, record.get("id")) if isinstance(record, dict) else template


def _with_id(template: Template, given: object) -> Template:
    if given == "" or not (isinstance(given, str) or type(given) is int):
        return template
    try:
        return replace(template, id=_encodable(str(given), "id"))
    except LineError:
        return template


def _record(content: str, *, is_json: bool) -> dict[str, Any]:
    if len(content) > MAX_LINE:
        raise LineError(f"the line has {len(content)} characters; keep it within {MAX_LINE}")
    return _json_object(content) if is_json else {"text": content}


def _read_csv(lines: Iterable[str], source: str, defaults: Template) -> Iterator[Line]:
    rows = read_rows(lines)
    _, header = next(rows, (1, []))
    if not isinstance(header, csv.Error) and not all(map(_is_text, header)):
        raise InputError(f"{source}:1: is not text in UTF-8; save the table as CSV UTF-8, with a header id,text,type")
    if isinstance(header, csv.Error) or "text" not in header:
        raise InputError(f"{source}:1: no column text; begin with a header line such as id,text,type")
    if wrong := [name for name in header if name not in FIELDS or header.count(name) > 1]:
        raise InputError(f"{source}:1: unknown or repeated column {wrong[0][:40]!r}; use {', '.join(FIELDS)}")
    for number, row in rows:
        yield _csv_line(source, number, defaults, header, row)


def _csv_line(source: str, number: int, defaults: Template, header: list[str], row: list[str] | csv.Error) -> Line:
    own = replace(defaults, id=str(number))
    try:
        if isinstance(row, csv.Error):
            raise LineError(f"{row}; close quotes, and double those inside a quoted cell")
        if len(row) != len(header):
            raise LineError(f"{len(row)} cells, the header has {len(header)}; quote cells that hold commas")
        record = {k: v for k, v in zip(header, row, strict=True) if v}
        own = _with_id(own, record.get("id"))
        return Line(source, number, template_of(record, own))
    except LineError as error:
        return Line(source, number, own, str(error), error.field)


def _json_object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line, object_pairs_hook=_unique)
    except LineError:
        raise
    except json.JSONDecodeError as error:
        reason = f"{error.msg} in column {error.colno}"
    except (ValueError, RecursionError):
        reason = "too long a number or nested too deep"
    else:
        if isinstance(value, dict):
            return value
        raise LineError('not a JSON object; write {"id": "1", "text": "…"}')
    raise LineError(f'not JSON: {reason}; write one object a line, such as {{"id": "1", "text": "…"}}')


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise LineError(f"the key {key[:40]!r} stands twice; delete one of them", _shown(key[:40]))
        record[key] = value
    return record


def template_of(record: dict[str, Any], defaults: Template) -> Template:
    """Return the template of a record; raise LineError that names the field at fault."""
    for key, value in record.items():
        if key not in FIELDS:
            raise LineError(f"unknown field {key[:40]!r}; use {', '.join(FIELDS)}", _shown(key[:40]))
        if value is not None and not isinstance(value, str) and not (key == "id" and type(value) is int):
            raise LineError("is not a string; put it into quotes", key)
    given = {key: _encodable(str(value), key) for key, value in record.items() if value not in (None, "")}
    if "text" not in given:
        raise LineError("is missing; every template needs one", "text")
    changes: dict[str, Any] = {key: given[key] for key in FIELDS if key in given}
    if "type" in given:
        changes["type"] = parse_type(given["type"])
    if "industry" in given:
        changes["industry"] = parse_industry(given["industry"])
    if "send_at" in given:
        changes["send_at"] = parse_time(given["send_at"])
    return replace(defaults, **changes)


def parse_type(name: str) -> TemplateType:
    """Return the template type of this name in any case; raise LineError for an unknown one."""
    try:
        return TemplateType(name.upper())
    except ValueError:
        known = ", ".join(kind.value.lower() for kind in TemplateType)
        raise LineError(f"{name[:40]!r} is no template type; use {known}", "type") from None


def parse_industry(name: str) -> Industry:
    """Return the industry of this name in any case, with - or _; raise LineError for an unknown one."""
    try:
        return Industry(name.upper().replace("-", "_"))
    except ValueError:
        known = ", ".join(industry.value.lower() for industry in Industry)
        raise LineError(f"{name[:40]!r} is no industry; use {known}", "industry") from None


def parse_time(value: str) -> datetime:
    """Return the moment of an RFC 3339 time; raise LineError where it is none or has no offset."""
    try:
        moment = datetime.fromisoformat(value)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise LineError(f"{value[:40]!r} is no RFC 3339 time; write 2026-11-23T09:30:00+08:00", "send_at") from None
    if moment.tzinfo is None:
        raise LineError(f"{value[:40]!r} has no offset; write 2026-11-23T09:30:00+08:00", "send_at")
    return moment


def _encodable(text: str, field: str = "text") -> str:
    """Return the text; raise LineError where its bytes were not UTF-8, or an escape of JSON names half a character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code, position = ord(text[error.start]), error.start + 1
        if code in UNDECODED:
            raise LineError(f"not UTF-8 at character {position}; save the file as UTF-8", field) from None
        told = f"lone surrogate \\u{code:04x} at character {position}; write the whole character"
        raise LineError(told, field) from None
    return text


def _is_text(cell: str) -> bool:
    """Return whether a cell of a header holds neither control characters nor bytes that are not UTF-8."""
    return all(character >= " " and not "\ud800" <= character <= "\udfff" for character in cell)


def _shown(text: str) -> str:
    """Return the text with an escape for each surrogate, so that it can be written."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
