"""What holds for a tenant: its own policy over the default one over what is built in, each value with its origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from moderation.policies.document import EMPTY, PolicyDocument, PolicyVersion, SwitchedOff, Weighed
from moderation.rules.catalogue import BY_KEY
from moderation.rules.latitude import Latitude, latitude_of
from moderation.rules.rule import Severity
from moderation.verdict import Policy, SeverityChange

BUILT_IN = Policy()
OFF = "OFF"


class Origin(StrEnum):
    """Where a value comes from, the nearest first."""

    TENANT = "TENANT"
    DEFAULT = "DEFAULT"
    BUILT_IN = "BUILT_IN"


class Value(NamedTuple):
    """One value that holds, or no longer: `until` has passed where it `is_over`, and it is overridden where it says so.

    `key` is such as `threshold.review`, `profile`, `severity.AW102`, `deny` or `allow`; `subject` is the word of the
    last two. `version`, `author` and `at` tell who said it when.
    """

    key: str
    subject: str
    value: str
    origin: Origin
    reason: str = ""
    version: int = 0
    author: str = ""
    at: datetime | None = None
    until: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Inheritance:
    """The policy of a tenant, and that of all tenants, where there are any."""

    tenant: str
    own: PolicyVersion | None
    default: PolicyVersion | None

    @property
    def states(self) -> str:
        """What tells these policies from others, and from themselves at other versions."""
        return "/".join(
            [self.tenant, *(str(one.line.version if one is not None else 0) for one in (self.own, self.default))]
        )

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The moments at which something ends, in order."""
        documents = _document(self.own), _document(self.default)
        ends = {one.until for document in documents for one in _rules_in(document)}
        return tuple(sorted(end for end in ends if end is not None))

    def policy(self, now: datetime) -> Policy:
        """Return what holds at a moment, as the engine takes it, without words and domains."""
        own, default = _document(self.own), _document(self.default)
        merged = {one.rule_id: one for one in _changes(default, now, is_default=True)}
        merged |= {one.rule_id: one for one in _changes(own, now, is_default=False)}
        review = _first(own.review_threshold, default.review_threshold, BUILT_IN.review_threshold)
        reject = _first(own.reject_threshold, default.reject_threshold, BUILT_IN.reject_threshold)
        return Policy(
            review_threshold=review,
            reject_threshold=reject,
            severities=tuple(merged[rule_id] for rule_id in sorted(merged)),
            profile=own.profile or default.profile,
            industry=own.industry or default.industry,
            version=self.own.line.version if self.own is not None else 0,
            default_version=self.default.line.version if self.default is not None else 0,
        )

    def values(self, now: datetime) -> list[Value]:
        """Return every value with its origin, those that ended after those that hold."""
        scalars: tuple[tuple[str, Callable[[PolicyDocument], object], object], ...] = (
            ("threshold.review", lambda one: one.review_threshold, BUILT_IN.review_threshold),
            ("threshold.reject", lambda one: one.reject_threshold, BUILT_IN.reject_threshold),
            ("profile", lambda one: one.profile or None, ""),
            ("industry", lambda one: one.industry, ""),
        )
        found = [self._scalar(*scalar) for scalar in scalars]
        found += sorted(self._rules(now), key=lambda one: (one.is_over, one.key))
        found += [value for source, origin in self._sources() for value in self._words(source, origin)]
        return found

    def _sources(self) -> Iterator[tuple[PolicyVersion, Origin]]:
        if self.own is not None:
            yield self.own, Origin.TENANT
        if self.default is not None:
            yield self.default, Origin.DEFAULT

    def _scalar(self, key: str, read: Callable[[PolicyDocument], object], built_in: object) -> Value:
        for source, origin in self._sources():
            if (value := read(source.document)) is not None:
                return Value(key, "", str(value), origin, source.line.reason, *_signed(source))
        return Value(key, "", str(built_in), Origin.BUILT_IN)

    def _rules(self, now: datetime) -> Iterator[Value]:
        known: set[str] = set()
        for source, origin in self._sources():
            for one in _rules_in(source.document):
                if one.rule in known:
                    continue
                is_over = one.until is not None and one.until <= now
                if not is_over:
                    known.add(one.rule)
                severity = one.severity.value if isinstance(one, Weighed) else OFF
                said = severity, origin, one.reason, *_signed(source), one.until, is_over
                yield Value(f"severity.{one.rule}", "", *said)

    def _words(self, source: PolicyVersion, origin: Origin) -> Iterator[Value]:
        for denied in source.document.deny:
            yield Value("deny", denied.word, denied.severity.value, origin, denied.reason, *_signed(source))
        for allowed in source.document.allow:
            if origin is Origin.DEFAULT and allowed.tenants and self.tenant not in allowed.tenants:
                continue
            limit = allowed.rule or allowed.wordlist
            yield Value("allow", allowed.word, limit, origin, allowed.reason, *_signed(source))


def _document(version: PolicyVersion | None) -> PolicyDocument:
    return version.document if version is not None else EMPTY


def _rules_in(document: PolicyDocument) -> tuple[Weighed | SwitchedOff, ...]:
    return (*document.severities, *document.off)


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def _signed(source: PolicyVersion) -> tuple[int, str, datetime]:
    return source.line.version, source.line.author, source.line.at


def _changes(document: PolicyDocument, now: datetime, *, is_default: bool) -> Iterator[SeverityChange]:
    for one in _rules_in(document):
        rule = BY_KEY.get(one.rule)
        if rule is None or (one.until is not None and one.until <= now):
            continue
        severity: Severity | None = one.severity if isinstance(one, Weighed) else None
        yield SeverityChange(rule.id, severity, is_default or latitude_of(rule) is not Latitude.FIXED)
