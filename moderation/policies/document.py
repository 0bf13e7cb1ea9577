"""What a policy says: the document of one tenant, or of `default`, from which all tenants inherit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from moderation.match.own_word import Listing, OwnWord
from moderation.rules.rule import Severity
from moderation.text.template import Industry

CHINA = timezone(timedelta(hours=8))
"""The clock by which people read and write moments in policies."""

DEFAULT = "default"
"""Stands for the tenant whose policy all others inherit."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A word that the tenant does not want sent, REJECT, or not before a person has looked, REVIEW."""

    word: str
    reason: str
    severity: Severity = Severity.REJECT
    word_edges: bool = False

    def own_word(self) -> OwnWord:
        """Return the word as it is searched for."""
        listing = Listing.FORBIDDEN if self.severity is Severity.REJECT else Listing.WATCHED
        return OwnWord(self.word, self.reason, listing, self.word_edges)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A word in which matches of shipped wordlists do not count, of one rule or wordlist where it names one.

    `tenants`, in the default policy only, are those that it is for; none are all.
    """

    word: str
    reason: str
    rule: str = ""
    wordlist: str = ""
    tenants: tuple[str, ...] = ()

    def own_word(self) -> OwnWord:
        """Return the word as it is searched for."""
        return OwnWord(self.word, self.reason, Listing.ALLOWED, rule=self.rule, wordlist=self.wordlist)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule, by id, that has another severity, until a moment where one is named."""

    rule: str
    severity: Severity
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule, by id, that is off until a moment."""

    rule: str
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """Everything that a policy says; what is None or empty is inherited."""

    deny: tuple[Denied, ...] = ()
    allow: tuple[Allowed, ...] = ()
    severities: tuple[Weighed, ...] = ()
    off: tuple[SwitchedOff, ...] = ()
    review_threshold: float | None = None
    reject_threshold: float | None = None
    profile: str = ""
    industry: Industry | None = None

    def own_words(self) -> list[OwnWord]:
        """Return the words that are searched for in templates of the tenant, or of every tenant that inherits them."""
        allowed = [one.own_word() for one in self.allow if not one.tenants]
        return [one.own_word() for one in self.deny] + allowed

    def words_for(self) -> dict[str, list[OwnWord]]:
        """Return the words that only some tenants inherit, by tenant."""
        words: dict[str, list[OwnWord]] = {}
        for one in self.allow:
            for tenant in one.tenants:
                words.setdefault(tenant, []).append(one.own_word())
        return words


EMPTY = PolicyDocument()


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """What a list tells of a policy version without its document; `restores` is what a rollback went back to."""

    tenant: str
    version: int
    sequence: int
    author: str
    reason: str
    at: datetime
    denied: int
    allowed: int
    rules: int
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of a tenant's policy; `sequence` counts the changes of all tenants' policies together."""

    line: PolicyLine
    document: PolicyDocument
