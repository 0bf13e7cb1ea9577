"""What is wrong in a policy: every problem with its place, how to mend it, and what a tenant may not do to rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from moderation.faults import suggest
from moderation.findings import strictness
from moderation.policies.document import DEFAULT, Allowed, Denied, PolicyDocument
from moderation.rules.catalogue import BY_KEY, RULES
from moderation.rules.latitude import Latitude, latitude_of
from moderation.rules.listed import takes_words
from moderation.rules.rule import ReasonCategory, Rule, Severity
from moderation.text.normal import fold

MOST_WORDS, MOST_RULES, MOST_TENANTS = 10_000, 500, 100
LONGEST_WORD, LONGEST_REASON = 64, 200
LONGEST_OFF = timedelta(days=366)
"""How far ahead a rule may be off: whoever wants it longer has to want it again."""

SEVERITIES = (Severity.REJECT, Severity.REVIEW, Severity.ADVICE)
DENIED_SEVERITIES = (Severity.REJECT, Severity.REVIEW)


class Problem(NamedTuple):
    """What is wrong at a place of a document, such as ("deny", 3, "word"), and how to mend it."""

    place: tuple[str | int, ...]
    problem: str
    mend: str

    @property
    def path(self) -> str:
        """The place as a path of fields: deny[3].word."""
        return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in self.place).lstrip(".")

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.mend}"


def _readers() -> dict[str, tuple[Rule, ...]]:
    """Return the rules that find fault with words, by the wordlist that they read."""
    read: dict[str, list[Rule]] = {}
    for rule in RULES:
        for name in rule.when.names():
            if name.startswith("words:"):
                read.setdefault(name.removeprefix("words:"), []).append(rule)
    return {name: tuple(rule for rule in rules if takes_words(rule)) for name, rules in read.items()}


READERS = _readers()


def problems_of(
    document: PolicyDocument, tenant: str, profiles: Collection[str] | None, now: datetime
) -> list[Problem]:
    """Return everything that is wrong in the policy of a tenant.

    `profiles` are those that there are, None where that is not known here.
    """
    is_default = tenant == DEFAULT
    found = [
        *_words(document),
        *(one for number, entry in enumerate(document.allow) for one in _allowed(number, entry, is_default)),
        *_rules(document, now, is_default),
        *_thresholds(document),
    ]
    if document.profile and profiles is not None and document.profile not in profiles:
        near = suggest(document.profile, profiles)
        found.append(Problem(("profile",), "no such profile", f"{near}use one of {', '.join(sorted(profiles))}"))
    return found


def _words(document: PolicyDocument) -> Iterator[Problem]:
    count = len(document.deny) + len(document.allow)
    if count > MOST_WORDS:
        yield Problem(("deny",), f"{count} words", f"a policy has at most {MOST_WORDS}, denied and allowed together")
    denied: dict[str, int] = {}
    for number, entry in enumerate(document.deny):
        yield from _word("deny", number, entry)
        if entry.severity not in DENIED_SEVERITIES:
            yield Problem(("deny", number, "severity"), f"{entry.severity} is none of a word", "use REJECT or REVIEW")
        first = denied.setdefault(fold(entry.word).text, number)
        if first != number:
            yield Problem(("deny", number, "word"), f"{entry.word!r} is denied before", "delete one of them")
    seen: Counter[tuple[str, str, str, tuple[str, ...]]] = Counter()
    for number, allowed in enumerate(document.allow):
        yield from _word("allow", number, allowed)
        folded = fold(allowed.word).text
        key = (folded, allowed.rule, allowed.wordlist, allowed.tenants)
        seen[key] += 1
        if seen[key] > 1:
            yield Problem(("allow", number, "word"), f"{allowed.word!r} is allowed before", "delete one of them")
        if folded in denied:
            yield Problem(("allow", number, "word"), f"{allowed.word!r} is denied too", "delete one of them")


def _word(kind: str, number: int, entry: Denied | Allowed) -> Iterator[Problem]:
    word = entry.word
    if not word.isprintable() or not fold(word).text.strip():
        yield Problem((kind, number, "word"), f"{word[:40]!r} is no word", "write visible characters on one line")
    elif len(word) > LONGEST_WORD:
        told = f"a word of {len(word)} characters"
        yield Problem((kind, number, "word"), told, f"write at most {LONGEST_WORD}")
    yield from _reason(kind, number, entry.reason)


def _reason(kind: str, number: int, reason: str) -> Iterator[Problem]:
    if not reason.strip() or not reason.isprintable():
        yield Problem((kind, number, "reason"), "there is no reason", "say why, on one line; people are told")
    elif len(reason) > LONGEST_REASON:
        told = f"a reason of {len(reason)} characters"
        yield Problem((kind, number, "reason"), told, f"write at most {LONGEST_REASON}")


def _allowed(number: int, entry: Allowed, is_default: bool) -> Iterator[Problem]:
    if entry.tenants and not is_default:
        mend = "leave it out; only the default policy names tenants"
        yield Problem(("allow", number, "tenants"), "this policy is of one tenant", mend)
    if len(entry.tenants) > MOST_TENANTS:
        yield Problem(("allow", number, "tenants"), f"{len(entry.tenants)} tenants", f"name at most {MOST_TENANTS}")
    rule = BY_KEY.get(entry.rule)
    if entry.rule and rule is None:
        yield _no_rule("allow", number, entry.rule)
    elif rule is not None and not takes_words(rule):
        mend = "name a rule over wordlists, see moderation rule list"
        yield Problem(("allow", number, "rule"), f"{rule.id} finds no listed words", mend)
    readers = READERS.get(entry.wordlist, ())
    if entry.wordlist and entry.wordlist not in READERS:
        near = suggest(entry.wordlist, READERS)
        mend = f"{near}see moderation wordlist list"
        yield Problem(("allow", number, "wordlist"), f"no rule reads a wordlist {entry.wordlist[:40]!r}", mend)
    meant = (rule,) if rule is not None else readers
    if meant and not is_default and all(latitude_of(one) is Latitude.FIXED for one in meant):
        yield Problem(
            ("allow", number, "rule" if rule is not None else "wordlist"),
            f"{'/'.join(sorted({one.category for one in meant}))} is fixed for tenants",
            f"the default policy may allow it, with tenants = [{'…'!r}]",
        )


def _rules(document: PolicyDocument, now: datetime, is_default: bool) -> Iterator[Problem]:
    count = len(document.severities) + len(document.off)
    if count > MOST_RULES:
        yield Problem(("severities",), f"{count} rules", f"a policy changes at most {MOST_RULES}")
    seen: set[str] = set()
    for number, entry in enumerate(document.severities):
        yield from _rule("severities", number, entry.rule, entry.severity, seen, is_default)
        yield from _reason("severities", number, entry.reason)
        if entry.severity not in SEVERITIES:
            mend = f"use {', '.join(SEVERITIES)}, or switch the rule off"
            yield Problem(("severities", number, "severity"), f"{entry.severity} is none of a policy", mend)
    for number, off in enumerate(document.off):
        yield from _rule("off", number, off.rule, None, seen, is_default)
        yield from _reason("off", number, off.reason)
        if off.until > now + LONGEST_OFF:
            latest = (now + LONGEST_OFF).date().isoformat()
            mend = f"name a moment before {latest}; it can be prolonged then"
            yield Problem(("off", number, "until"), "too far ahead", mend)


def _rule(
    kind: str, number: int, key: str, severity: Severity | None, seen: set[str], is_default: bool
) -> Iterator[Problem]:
    rule = BY_KEY.get(key)
    if rule is None:
        yield _no_rule(kind, number, key)
        return
    if rule.id in seen:
        yield Problem((kind, number, "rule"), f"{rule.id} is changed before", "delete one of them")
    seen.add(rule.id)
    latitude = Latitude.FIXED if rule.category is ReasonCategory.DEGRADED else latitude_of(rule)
    if is_default and rule.category is not ReasonCategory.DEGRADED:
        return
    if latitude is Latitude.FIXED and strictness(severity) < strictness(rule.severity):
        mend = f"leave {rule.id} as it is or make it stricter; only the default policy may do more"
        yield Problem((kind, number, "rule"), f"{rule.category} is fixed for tenants", mend)
    if latitude is Latitude.REVIEWED and strictness(severity) < min(
        strictness(Severity.REVIEW), strictness(rule.severity)
    ):
        mend = f"set {rule.id} to REVIEW; only the default policy may do more"
        yield Problem((kind, number, "rule"), f"{rule.category} is REVIEW at least for tenants", mend)


def _no_rule(kind: str, number: int, key: str) -> Problem:
    near = next((one for one in (key.upper(), key.lower()) if one in BY_KEY), None)
    mend = f"did you mean {near}?" if near else suggest(key, BY_KEY).strip() or "see moderation rule list"
    return Problem((kind, number, "rule"), f"{key[:40]!r} is no rule", mend)


def _thresholds(document: PolicyDocument) -> Iterator[Problem]:
    review, reject = document.review_threshold, document.reject_threshold
    for name, value in (("review_threshold", review), ("reject_threshold", reject)):
        if value is not None and not 0.0 < value <= 1.0:
            yield Problem((name,), f"found {value!r}", "write a number above 0 and at most 1")
    if review is not None and reject is not None and review > reject:
        yield Problem(("review_threshold",), f"{review:g} is above reject_threshold", "review before you reject")


def told(problems: Iterable[Problem], most: int = 20) -> str:
    """Return problems on one line, at most so many."""
    listed = list(problems)
    more = f" (and {len(listed) - most} more)" if len(listed) > most else ""
    return " · ".join(map(str, listed[:most])) + more
