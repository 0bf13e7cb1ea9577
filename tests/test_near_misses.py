"""Every combination entry catches a hit made from it, and lets a lawful message with the same words pass.

A near miss is a row of tests/corpus/near_misses/<id of the wordlist, - for />.jsonl.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from moderation import shipped
from moderation.engine import Engine
from moderation.match.automaton import Automaton
from moderation.match.wordlist import Entry, Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.preparation import prepare_many
from moderation.rules.rule import ReasonCategory
from moderation.text.template import Template
from moderation.verdict import Finding

CORPUS = Path(__file__).resolve().parent / "corpus" / "near_misses"
LEAST_ROWS = 260
UNLAWFUL = {
    ReasonCategory.PROHIBITED_CONTENT,
    ReasonCategory.PRIVACY,
    ReasonCategory.UNVERIFIED_CONTACT,
    ReasonCategory.PROFANITY,
}
WORDLISTS = {wordlist.id: wordlist for wordlist in load_directory(shipped.directory("wordlists"))}


@dataclass(frozen=True, slots=True)
class Row:
    """A near miss, and where it is written."""

    wordlist: str
    entry: str
    miss: str
    place: str

    @classmethod
    def read(cls, path: Path) -> list[Row]:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [(f"{path.name}:{number}", json.loads(line)) for number, line in enumerate(lines, 1)]
        return [cls(wordlist_of(path), row["entry"], row["miss"], place) for place, row in rows]


def file_of(wordlist_id: str) -> Path:
    return CORPUS / f"{wordlist_id.replace('/', '-')}.jsonl"


def wordlist_of(path: Path) -> str:
    return next((wordlist_id for wordlist_id in WORDLISTS if file_of(wordlist_id) == path), path.stem)


def combinations(wordlist: Wordlist) -> dict[str, Entry]:
    return {entry.text: entry for entry in wordlist.entries if len(entry.parts) > 1}


def place_of(wordlist_id: str, entry: Entry) -> str:
    return f"wordlists/{wordlist_id}.txt:{entry.line}"


ROWS = [row for path in sorted(CORPUS.glob("*.jsonl")) for row in Row.read(path)]
COMBINATIONS = {
    (wordlist.id, text): entry for wordlist in WORDLISTS.values() for text, entry in combinations(wordlist).items()
}
KNOWN = [row for row in ROWS if (row.wordlist, row.entry) in COMBINATIONS]


def normal(text: str) -> str:
    return prepare_many([Template(text)])[0].normal.text


def only(wordlist_id: str, entry: Entry) -> Automaton:
    return Automaton([replace(WORDLISTS[wordlist_id], entries=(entry,))])


def hits_of(entry: Entry) -> list[str]:
    """Return texts with the first spelling of each part, in two orders, and with a near word where one is asked for."""
    spellings = [part[0] for part in entry.parts]
    near = f"，{entry.near[0]}" if entry.near else ""
    middle = [spellings[1], spellings[0], *spellings[2:]]
    return [f"{gap.join(order)}{near}" for order in (spellings, middle) for gap in ("，", "")]


def test_every_combination_has_a_near_miss() -> None:
    written = {(row.wordlist, row.entry) for row in ROWS}
    lacking = [place_of(key[0], entry) for key, entry in COMBINATIONS.items() if key not in written]
    assert not lacking, f"write a lawful near miss in tests/corpus/near_misses for {', '.join(lacking)}"


def test_every_near_miss_names_an_entry() -> None:
    stale = [row.place for row in ROWS if (row.wordlist, row.entry) not in COMBINATIONS]
    assert not stale, f"their entry no longer exists: {', '.join(stale)}"


def test_near_misses_do_not_dwindle() -> None:
    assert len(ROWS) >= LEAST_ROWS
    assert len({row.miss for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("wordlist_id", "entry"),
    [pytest.param(key[0], entry, id=place_of(key[0], entry)) for key, entry in COMBINATIONS.items()],
)
def test_a_hit_made_from_an_entry_is_found(wordlist_id: str, entry: Entry) -> None:
    automaton = only(wordlist_id, entry)
    found = [match.listed.entry.text for text in hits_of(entry) for match in automaton.scan(normal(text))]
    assert entry.text in found, f"{place_of(wordlist_id, entry)} finds none of {hits_of(entry)}"


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row.place)
def test_a_near_miss_holds_a_word_of_its_entry(row: Row) -> None:
    text = normal(row.miss)
    entry = COMBINATIONS[row.wordlist, row.entry]
    assert any(spelling in text for part in entry.parts for spelling in part), row.miss


@pytest.mark.parametrize("wordlist_id", sorted({row.wordlist for row in KNOWN}))
def test_a_near_miss_is_not_found(wordlist_id: str) -> None:
    """Word edges are resolved after the automaton, so entries that ask for them are left to the engine."""
    whole = Automaton([WORDLISTS[wordlist_id]])
    for row in KNOWN:
        if row.wordlist == wordlist_id:
            text = normal(row.miss)
            own = only(wordlist_id, COMBINATIONS[wordlist_id, row.entry])
            assert own.scan(text) == [], f"{row.place}: {row.miss}"
            found = [
                (match.listed.entry.line, text[match.start : match.end])
                for match in whole.scan(text)
                if not match.listed.entry.word_edges
            ]
            assert found == [], f"{row.place}: {row.miss}"


def test_near_misses_are_lawful_to_every_list(engine: Engine) -> None:
    """A message that one list rightly lets pass must not be taken for fraud by another; the model is measured apart."""
    verdicts = engine.check_many([Template(row.miss) for row in ROWS])
    flagged: list[tuple[str, Finding]] = [
        (row.place, finding)
        for row, verdict in zip(ROWS, verdicts, strict=True)
        for finding in verdict.findings
        if finding.rule.category in UNLAWFUL and "model" not in finding.via
    ]
    assert not flagged, [(place, finding.rule.id, finding.quote, finding.term) for place, finding in flagged]
