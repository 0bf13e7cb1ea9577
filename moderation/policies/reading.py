"""A policy as a TOML file that people write, and everything that is wrong in it with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from moderation.faults import suggest
from moderation.match.listing import Diagnostic, ListingError
from moderation.policies.document import CHINA, Allowed, Denied, PolicyDocument, SwitchedOff, Weighed
from moderation.policies.validation import problems_of
from moderation.rules.catalogue import BY_KEY
from moderation.rules.rule import Severity
from moderation.text.template import Industry

MOST_BYTES = 4_000_000
KEYS = ("tenant", "profile", "industry", "review_threshold", "reject_threshold", "deny", "allow", "severity", "off")
TABLES: Mapping[str, tuple[str, ...]] = {
    "deny": ("words", "reason", "severity", "edges"),
    "allow": ("words", "reason", "rule", "wordlist", "tenants"),
    "severity": ("rule", "severity", "reason", "until"),
    "off": ("rule", "reason", "until"),
}
FIELDS = {"severity": "severities"}
"""What a table of the file is called in a document, where it is called otherwise."""


class PolicyFileError(ListingError):
    """A policy file is wrong; `diagnostics` lists everything found."""


class PolicyFile(NamedTuple):
    """A policy file that is right: whose policy it is, and what it says."""

    tenant: str
    document: PolicyDocument


def read_policy(name: str, content: bytes, profiles: Collection[str] | None, now: datetime) -> PolicyFile:
    """Return the policy of a file; raise PolicyFileError with everything that is wrong in it.

    `profiles` are those that there are, None where that is not known here.
    """
    return _Reader(name, content).read(profiles, now)


class _Reader:
    """Reads one file, and collects what is wrong in it by line."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._found: list[Diagnostic] = []
        self._text = self._decoded(content)
        self._lines = _Places(self._text)
        self._places: dict[tuple[str, int], tuple[str, int, str]] = {}

    def read(self, profiles: Collection[str] | None, now: datetime) -> PolicyFile:
        """Return the policy."""
        table = self._table()
        self._known(table, KEYS, ())
        tenant = self._text_of(table, "tenant", (), needed=True)
        document = PolicyDocument(
            deny=tuple(self._denied(table)),
            allow=tuple(self._allowed(table)),
            severities=tuple(self._weighed(table)),
            off=tuple(self._off(table)),
            review_threshold=self._number(table, "review_threshold"),
            reject_threshold=self._number(table, "reject_threshold"),
            profile=self._text_of(table, "profile", ()),
            industry=self._industry(table),
        )
        told = {(one.line, one.problem.partition(":")[0]) for one in self._found}
        for problem in problems_of(document, tenant, profiles, now):
            line, key = self._line_of(problem.place), _key_of(problem.place)
            one = Diagnostic(self._name, line, 1, f"{key}: {problem.problem}", problem.mend)
            if (line, key) not in told and one not in self._found:
                self._found.append(one)
        if self._found:
            raise PolicyFileError(self._found)
        return PolicyFile(tenant, document)

    def _decoded(self, content: bytes) -> str:
        if len(content) > MOST_BYTES:
            raise PolicyFileError([self._at(1, f"{len(content)} bytes", f"a policy file has at most {MOST_BYTES}")])
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            told = f"byte 0x{content[error.start]:02x} is not UTF-8"
            raise PolicyFileError([self._at(line, told, "save the file as UTF-8")]) from None

    def _table(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            raise PolicyFileError([self._at(int(place[1]) if place else 1, str(error), "write valid TOML")]) from None
        except RecursionError:
            raise PolicyFileError([self._at(1, "tables in tables without end", "write valid TOML")]) from None

    def _denied(self, table: Mapping[str, Any]) -> list[Denied]:
        found: list[Denied] = []
        for number, entry in enumerate(self._entries(table, "deny")):
            place = ("deny", number)
            severity = self._severity(entry, place, Severity.REJECT)
            edges = self._text_of(entry, "edges", place)
            if edges not in ("", "word"):
                self._report(self._lines.of(place, "edges"), f"edges: found {edges[:40]!r}", 'write edges = "word"')
            reason = self._text_of(entry, "reason", place, needed=True)
            for word in self._words(entry, place):
                self._places["deny", len(found)] = ("deny", number, word)
                found.append(Denied(word, reason, severity, edges == "word"))
        return found

    def _allowed(self, table: Mapping[str, Any]) -> list[Allowed]:
        found: list[Allowed] = []
        for number, entry in enumerate(self._entries(table, "allow")):
            place = ("allow", number)
            rule, wordlist = (self._text_of(entry, key, place) for key in ("rule", "wordlist"))
            if rule and wordlist:
                self._report(self._lines.of(place, "rule"), "rule and wordlist", "name one of them")
            reason = self._text_of(entry, "reason", place, needed=True)
            tenants = tuple(self._texts(entry, "tenants", place))
            for word in self._words(entry, place):
                self._places["allow", len(found)] = ("allow", number, word)
                found.append(Allowed(word, reason, _id_of(rule), wordlist, tenants))
        return found

    def _weighed(self, table: Mapping[str, Any]) -> list[Weighed]:
        found: list[Weighed] = []
        for number, entry in enumerate(self._entries(table, "severity")):
            place = ("severity", number)
            self._places["severities", len(found)] = (*place, "")
            rule, reason = (self._text_of(entry, key, place, needed=True) for key in ("rule", "reason"))
            severity = self._severity(entry, place, None)
            found.append(Weighed(_id_of(rule), severity, reason, self._moment(entry, place)))
        return found

    def _off(self, table: Mapping[str, Any]) -> list[SwitchedOff]:
        found: list[SwitchedOff] = []
        for number, entry in enumerate(self._entries(table, "off")):
            place = ("off", number)
            rule, reason = (self._text_of(entry, key, place, needed=True) for key in ("rule", "reason"))
            until = self._moment(entry, place)
            if until is None and "until" not in entry:
                mend = "say until when, such as until = 2027-01-31"
                self._report(self._lines.of(place, "until"), "until: is missing", mend)
            self._places["off", len(found)] = (*place, "")
            found.append(SwitchedOff(_id_of(rule), reason, until or datetime.fromtimestamp(0, UTC)))
        return found

    def _entries(self, table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        entries = table.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            self._report(self._lines.of((), name), f"{name}: is no list of tables", f"begin each with [[{name}]]")
            return []
        for number, entry in enumerate(entries):
            self._known(entry, TABLES[name], (name, number))
        return entries

    def _known(self, table: Mapping[str, Any], keys: Collection[str], place: tuple[str, int] | tuple[()]) -> None:
        for key in table:
            if key not in keys:
                mend = f"{suggest(key, keys)}known keys: {', '.join(keys)}"
                self._report(self._lines.of(place, key), f"{key}: there is no such key", mend)

    def _words(self, entry: Mapping[str, Any], place: tuple[str, int]) -> list[str]:
        words = self._texts(entry, "words", place)
        if not words and not entry.get("words"):
            mend = 'write words = ["…", "…"]'
            self._report(self._lines.of(place, "words"), "words: there is none", mend)
        return words

    def _texts(self, entry: Mapping[str, Any], key: str, place: tuple[str, int]) -> list[str]:
        given = entry.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self._report(self._lines.of(place, key), f"{key}: is no list of texts", f'write {key} = ["…", "…"]')
            return []
        return given

    def _text_of(
        self, table: Mapping[str, Any], key: str, place: tuple[str, int] | tuple[()], *, needed: bool = False
    ) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self._report(self._lines.of(place, key), f"{key}: found {str(value)[:40]}", f'write {key} = "…"')
            return ""
        if needed and not value.strip():
            self._report(self._lines.of(place, key), f"{key}: is missing", f'write {key} = "…"')
        return value

    def _severity(self, entry: Mapping[str, Any], place: tuple[str, int], otherwise: Severity | None) -> Severity:
        text = self._text_of(entry, "severity", place, needed=otherwise is None)
        try:
            return Severity(text.upper()) if text else otherwise or Severity.REVIEW
        except ValueError:
            mend = "use reject, review" + (" or advice" if otherwise is None else "")
            self._report(self._lines.of(place, "severity"), f"severity: found {text[:40]!r}", mend)
            return otherwise or Severity.REVIEW

    def _industry(self, table: Mapping[str, Any]) -> Industry | None:
        text = self._text_of(table, "industry", ())
        try:
            return Industry(text.upper().replace("-", "_")) if text else None
        except ValueError:
            known = [one.value.lower() for one in Industry]
            mend = f"{suggest(text.lower(), known)}use one of {', '.join(known)}"
            self._report(self._lines.of((), "industry"), f"industry: found {text[:40]!r}", mend)
            return None

    def _number(self, table: Mapping[str, Any], key: str) -> float | None:
        value = table.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        self._report(self._lines.of((), key), f"{key}: found {str(value)[:40]!r}", "write a number such as 0.5")
        return None

    def _moment(self, entry: Mapping[str, Any], place: tuple[str, int]) -> datetime | None:
        value = entry.get("until")
        if value is None:
            return None
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime.combine(value, time(), CHINA).astimezone(UTC)
        mend = "write a day, 2027-01-31, or a moment with its zone, 2027-01-31T18:00:00+08:00"
        self._report(self._lines.of(place, "until"), f"until: found {str(value)[:40]}", mend)
        return None

    def _line_of(self, place: tuple[str | int, ...]) -> int:
        if len(place) < 2 or not isinstance(place[1], int):
            return self._lines.of((), str(place[0]))
        table, number, word = self._places.get((str(place[0]), place[1]), (str(place[0]), place[1], ""))
        key = str(place[2]) if len(place) > 2 else ""
        if key == "word":
            return self._lines.of_word((table, number), word)
        return self._lines.of((table, number), key)

    def _report(self, line: int, problem: str, mend: str) -> None:
        self._found.append(self._at(line, problem, mend))

    def _at(self, line: int, problem: str, mend: str) -> Diagnostic:
        return Diagnostic(self._name, line, 1, problem, mend)


class _Places:
    """Where keys stand in a TOML text: by its table, such as ("deny", 2), and their name."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._keys: dict[tuple[str | int, ...], int] = {}
        counts: dict[str, int] = {}
        table: tuple[str | int, ...] = ()
        for number, line in enumerate(self._lines, 1):
            if header := re.match(r"\s*\[\[\s*\"?([\w-]+)\"?\s*\]\]", line):
                table = (header[1], counts.get(header[1], 0))
                counts[header[1]] = counts.get(header[1], 0) + 1
                self._keys[table] = number
            elif key := re.match(r"\s*\"?([\w-]+)\"?\s*=", line):
                self._keys.setdefault((*table, key[1]), number)

    def of(self, table: tuple[str | int, ...], key: str) -> int:
        """Return the line of a key, else that of its table, else the first."""
        return self._keys.get((*table, key)) or self._keys.get((key, 0)) or self._keys.get(table) or 1

    def of_word(self, table: tuple[str, int], word: str) -> int:
        """Return the line of a word of a table."""
        first = self.of(table, "words")
        written = (f'"{word}"', f"'{word}'")
        for number, line in enumerate(self._lines[first - 1 :], first):
            if number > first and line.lstrip().startswith("[["):
                break
            if any(one in line for one in written):
                return number
        return first


def _id_of(rule: str) -> str:
    return BY_KEY[rule].id if rule in BY_KEY else rule


def _key_of(place: tuple[str | int, ...]) -> str:
    """Return what a person calls a place in a file."""
    last = str(place[-1])
    return "words" if last == "word" else last
