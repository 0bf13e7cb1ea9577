"""Lawful templates of the library that new entries would be found in, or that would be judged more strictly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from moderation.engine import Engine
from moderation.library import LibraryTemplate
from moderation.preparation import Prepared, prepare_many
from moderation.text.signal import Signal
from moderation.text.template import Template
from moderation.verdict import Decision, Policy
from moderation.wording import word_signals
from moderation.wordlists.flips import CHECKED_AT_ONCE, is_stricter
from moderation.wordlists.told import Progress, unheard

STAGE = "library"


@dataclass(frozen=True, slots=True)
class EntryHit:
    """A new or changed entry, and the words of a template that it is found in."""

    wordlist: str
    entry: str
    quote: str


@dataclass(frozen=True, slots=True)
class LawfulHit:
    """A lawful template that a batch touches; `rules` are those that newly hold."""

    id: str
    title: str
    text: str
    hits: tuple[EntryHit, ...]
    before: Decision
    after: Decision
    rules: tuple[str, ...]


def lawful_hits(
    library: Sequence[LibraryTemplate],
    before: Engine,
    after: Engine,
    written: Set[tuple[str, str]],
    progress: Progress = unheard,
) -> Iterator[LawfulHit]:
    """Yield the templates that a batch touches; `written` are its new and changed entries: wordlist and text."""
    for start in range(0, len(library), CHECKED_AT_ONCE):
        chunk = library[start : start + CHECKED_AT_ONCE]
        templates = list(map(_template, chunk))
        policies = [Policy(frozenset(one.verified_domains)) for one in chunk]
        rows = zip(
            chunk,
            entry_hits(templates, after, written),
            before.check_many(templates, policies),
            after.check_many(templates, policies),
            strict=True,
        )
        for one, hits, old, new in rows:
            if hits or is_stricter(new.decision, old.decision):
                known = {finding.rule.id for finding in old.findings}
                rules = tuple(sorted({finding.rule.id for finding in new.findings} - known))
                yield LawfulHit(one.id, one.title, one.text, hits, old.decision, new.decision, rules)
        progress(STAGE, start + len(chunk), len(library))


def entry_hits(
    templates: Sequence[Template], engine: Engine, written: Set[tuple[str, str]]
) -> list[tuple[EntryHit, ...]]:
    """Return for each template which of some entries, wordlist and text, an engine finds in it, and where."""
    prepared = prepare_many(templates)
    detectors = engine.ruleset.detectors
    signals = word_signals([(one.normal, ()) for one in prepared], detectors.automaton, detectors.segmenter)
    matches = detectors.automaton.scan_many([one.normal.text for one in prepared])
    found: list[tuple[EntryHit, ...]] = []
    for one, own, seen in zip(prepared, signals, matches, strict=True):
        hits = [
            EntryHit(match.listed.wordlist, match.listed.entry.text, quote)
            for match in seen
            if (match.listed.wordlist, match.listed.entry.text) in written
            and (quote := _quote(one, match.start, match.end, match.listed.signal, own))
        ]
        found.append(tuple(dict.fromkeys(hits)))
    return found


def _quote(prepared: Prepared, start: int, end: int, name: str, signals: Sequence[Signal]) -> str:
    """Return the words at a place of the normal text; empty where no signal says that they count."""
    first, last = prepared.normal.source_range(start, end)
    counts = any(one.name == name and one.start < last and first < one.end for one in signals)
    return prepared.text[first:last] if counts else ""


def _template(one: LibraryTemplate) -> Template:
    return Template(one.text, id=one.id, signature=one.signature, type=one.type, industry=one.industry)
