"""A policy document as the TOML file that people read and change; what is read again is the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from moderation.policies.document import CHINA, PolicyDocument

ON_A_LINE = 100
"""Characters of words on one line, about."""


def write_policy(tenant: str, document: PolicyDocument) -> str:
    """Return the file of a tenant's policy."""
    return "\n".join(_lines(tenant, document)) + "\n"


def _lines(tenant: str, document: PolicyDocument) -> Iterator[str]:
    yield f"tenant = {_quoted(tenant)}"
    if document.profile:
        yield f"profile = {_quoted(document.profile)}"
    if document.industry is not None:
        yield f"industry = {_quoted(document.industry.value.lower())}"
    for name in ("review_threshold", "reject_threshold"):
        if (value := getattr(document, name)) is not None:
            yield f"{name} = {value!r}"
    for (reason, severity, edges), denied in groupby(
        document.deny, lambda one: (one.reason, one.severity, one.word_edges)
    ):
        yield from _table("deny", (one.word for one in denied), reason)
        yield f"severity = {_quoted(severity.value.lower())}"
        if edges:
            yield 'edges = "word"'
    for (reason, rule, wordlist, tenants), allowed in groupby(
        document.allow, lambda one: (one.reason, one.rule, one.wordlist, one.tenants)
    ):
        yield from _table("allow", (one.word for one in allowed), reason)
        yield from (f"{key} = {_quoted(value)}" for key, value in (("rule", rule), ("wordlist", wordlist)) if value)
        if tenants:
            yield f"tenants = [{', '.join(map(_quoted, tenants))}]"
    for weighed in document.severities:
        yield from ("", "[[severity]]", f"rule = {_quoted(weighed.rule)}")
        yield f"severity = {_quoted(weighed.severity.value.lower())}"
        yield f"reason = {_quoted(weighed.reason)}"
        if weighed.until is not None:
            yield f"until = {_moment(weighed.until)}"
    for off in document.off:
        yield from ("", "[[off]]", f"rule = {_quoted(off.rule)}", f"reason = {_quoted(off.reason)}")
        yield f"until = {_moment(off.until)}"


def _table(name: str, words: Iterable[str], reason: str) -> Iterator[str]:
    yield from ("", f"[[{name}]]")
    quoted = list(map(_quoted, words))
    line = ", ".join(quoted)
    if len(line) <= ON_A_LINE:
        yield f"words = [{line}]"
    else:
        yield from ("words = [", *(f"  {one}," for one in quoted), "]")
    yield f"reason = {_quoted(reason)}"


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, which JSON's are with one exception."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _moment(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat()
