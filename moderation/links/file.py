"""Files of many links: a CSV whose first line names its columns; all that is wrong is found at once, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from moderation.links.fields import evidence_of, icp_number_of, kind_of, moment_of, require_until, tenant_of
from moderation.links.link import LinkKind
from moderation.links.problems import LinkFault, UnfitLinkError
from moderation.links.target import Target, target_of
from moderation.text.csv_rows import read_rows

MOST_LINES = 100_000
MOST_BYTES = 64 << 20
"""Of a file; a line has some hundreds."""

MOST_TOLD = 1000
"""Problems of one file that are told one by one; of the others the number."""

COLUMNS: Mapping[str, str] = {
    "tenant": "tenant",
    "domain": "domain",
    "path": "path",
    "icp": "icp",
    "evidence": "evidence",
    "until": "until",
    "kind": "kind",
    "租户": "tenant",
    "域名": "domain",
    "路径": "path",
    "备案号": "icp",
    "证明": "evidence",
    "有效期": "until",
    "类别": "kind",
}
REQUIRED = ("tenant", "domain", "evidence", "until")
OF_PATH = (LinkFault.PATH_MALFORMED, LinkFault.PATH_TOO_LONG)
Made = TypeVar("Made")


class LinkLine(NamedTuple):
    """A link of a file, and the number of its line."""

    line: int
    tenant: str
    target: Target
    kind: LinkKind
    icp_number: str
    evidence: str
    valid_until: datetime


class LineProblem(NamedTuple):
    """What is wrong in a line of a file, in which of its columns; empty where it is the line itself."""

    line: int
    column: str
    fault: LinkFault
    told: Mapping[str, str]


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, up to a number."""

    told: list[LineProblem] = field(default_factory=list)
    untold: int = 0

    def __bool__(self) -> bool:
        return bool(self.told)

    def report(self, line: int, column: str, problem: UnfitLinkError) -> None:
        """Record what is wrong in a line."""
        if len(self.told) < MOST_TOLD:
            self.told.append(LineProblem(line, column, problem.fault, problem.told))
        else:
            self.untold += 1


def read_links(content: bytes, now: datetime, shorteners: Collection[str], problems: Problems) -> list[LinkLine]:
    """Return the links of a CSV file; of lines that are wrong, each with every fault, the problems are told."""
    if len(content) > MOST_BYTES:
        problems.report(1, "", UnfitLinkError(LinkFault.FILE_TOO_LARGE, most=MOST_LINES))
        return []
    rows = _rows(content, problems)
    header = next(rows, None)
    places = _places(header[1], problems) if header is not None else {}
    found: list[LinkLine] = []
    seen: dict[tuple[str, Target], int] = {}
    count = 0
    for number, cells in rows if places else ():
        count += 1
        if count > MOST_LINES:
            problems.report(number, "", UnfitLinkError(LinkFault.FILE_TOO_LARGE, most=MOST_LINES))
            break
        line = _line(number, cells, places, now, shorteners, problems)
        if line is None:
            continue
        first = seen.setdefault((line.tenant, line.target), number)
        if first != number:
            problems.report(number, "domain", UnfitLinkError(LinkFault.REPEATED, first=first))
        else:
            found.append(line)
    if not count and not problems:
        problems.report(1, "", UnfitLinkError(LinkFault.FILE_EMPTY, columns=_known()))
    return found


def _rows(content: bytes, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    lines = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", "surrogateescape", newline="")
    for number, cells in read_rows(lines):
        if isinstance(cells, csv.Error):
            problems.report(number, "", UnfitLinkError(LinkFault.ROW_BROKEN))
        elif any("\ud800" <= character <= "\udfff" for cell in cells for character in cell):
            problems.report(number, "", UnfitLinkError(LinkFault.NOT_UTF8))
        elif any(cell.strip() for cell in cells):
            yield number, cells


def _places(header: list[str], problems: Problems) -> dict[str, int]:
    """Return which column has which name; nothing where they are not those that are needed."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = COLUMNS.get(cell.strip().lower())
        if name is None or name in places:
            problems.report(1, "", UnfitLinkError(LinkFault.COLUMN_UNKNOWN, value=cell.strip(), columns=_known()))
        else:
            places[name] = place
    for name in REQUIRED:
        if name not in places:
            needed = UnfitLinkError(LinkFault.COLUMN_MISSING, value=name, columns=", ".join(REQUIRED))
            problems.report(1, "", needed)
    return {} if problems else places


def _line(
    number: int,
    cells: list[str],
    places: Mapping[str, int],
    now: datetime,
    shorteners: Collection[str],
    problems: Problems,
) -> LinkLine | None:
    """Return the link of a row; None where something is wrong with it."""
    before = len(problems.told) + problems.untold
    told = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    if any(cell.strip() for cell in cells[len(places) :]):
        problems.report(number, "", UnfitLinkError(LinkFault.ROW_TOO_LONG))
        return None

    def read(name: str, reader: Callable[[], Made]) -> Made | None:
        try:
            return reader()
        except UnfitLinkError as problem:
            is_path = problem.fault in OF_PATH and told.get("path")
            problems.report(number, "path" if is_path else name, problem)
            return None

    kind = read("kind", lambda: kind_of(told.get("kind", ""))) or LinkKind.OWN_DOMAIN
    tenant = read("tenant", lambda: tenant_of(told["tenant"]))
    target = read("domain", lambda: target_of(told["domain"], kind, shorteners, path=told.get("path", "")))
    icp_number = read("icp", lambda: icp_number_of(told.get("icp", "")))
    evidence = read("evidence", lambda: evidence_of(told["evidence"]))
    until = read("until", lambda: require_until(moment_of(told["until"]), now))
    is_wrong = len(problems.told) + problems.untold > before
    if is_wrong or tenant is None or target is None or icp_number is None or evidence is None or until is None:
        return None
    return LinkLine(number, tenant, target, kind, icp_number, evidence, until)


def _known() -> str:
    return ", ".join(dict.fromkeys(COLUMNS.values()))
