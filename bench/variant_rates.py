"""What each kind of variant finds, and what it flags by mistake, on real SMS and on the lawful corpus.

A kind's findings are those of severity REJECT or REVIEW that disappear when it is taken out of every wordlist, in
memory. On service, marketing and personal SMS and on the lawful corpus most of them are mistakes, not all: those
messages were not checked by anyone. On the disguised messages they are what the kind is for. No text is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from moderation import shipped
from moderation.engine import DEFAULT_POLICY, Engine
from moderation.match.classifier import Classifier
from moderation.match.wordlist import VARIANT_KINDS, Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.rules.rule import Severity
from moderation.ruleset import build_ruleset
from moderation.text.template import MAX_TEXT_LENGTH, Industry, Template, TemplateType
from moderation.verdict import Finding, Policy, Verdict

BATCH = 256
LAWFUL = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "lawful"
COLLECTIONS = {
    "service_sms.jsonl": ("service", TemplateType.NOTIFICATION),
    "marketing_sms.jsonl": ("marketing", TemplateType.MARKETING),
    "personal_sms.jsonl": ("personal", None),
}
DISGUISED_FILE, DISGUISED = "variant_sms.jsonl", "disguised"
DECISIVE = frozenset((Severity.REJECT, Severity.REVIEW))
ALL_KINDS = "all kinds"

Sample = tuple[Template, Policy]
Key = tuple[str, str, int, int]
"""A finding: rule, term, start and end, -1 without a span."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What is no longer found in a collection without a kind: findings, texts that have some, decisions that change.

    `terms` counts the findings by rule and listed word.
    """

    findings: int
    texts: int
    decisions: int
    terms: Counter[str]


def samples_of(data: Path) -> dict[str, list[Sample]]:
    """Return the texts that are checked, by collection."""
    found: dict[str, list[Sample]] = {
        name: [(Template(text, type=kind), DEFAULT_POLICY) for text in _texts(data / file, "text")]
        for file, (name, kind) in COLLECTIONS.items()
    }
    found["lawful corpus"] = [_sample(row) for path in sorted(LAWFUL.glob("*.jsonl")) for row in _rows(path)]
    found[DISGUISED] = [
        (Template(text), DEFAULT_POLICY) for text in _texts(data / DISGUISED_FILE, "variant", only="has_variant")
    ]
    return found


def without(wordlists: Iterable[Wordlist], kinds: frozenset[str]) -> list[Wordlist]:
    """Return wordlists without some kinds, in their headers and in their lines."""
    return [
        replace(
            wordlist,
            variants=tuple(kind for kind in wordlist.variants if kind not in kinds),
            entries=tuple(
                entry if entry.variants is None else replace(entry, variants=entry.variants - kinds)
                for entry in wordlist.entries
            ),
        )
        for wordlist in wordlists
    ]


def verdicts_of(engine: Engine, samples: Sequence[Sample]) -> list[Verdict]:
    """Return the verdicts of samples."""
    found: list[Verdict] = []
    for at in range(0, len(samples), BATCH):
        batch = samples[at : at + BATCH]
        found += engine.check_many([template for template, _ in batch], [policy for _, policy in batch])
    return found


def lost(before: Sequence[Verdict], after: Sequence[Verdict]) -> Lost:
    """Compare the verdicts of the same texts with and without a kind."""
    pairs = list(zip(before, after, strict=True))
    gone = [_decisive(one) - _decisive(other) for one, other in pairs]
    changed = sum(one.decision is not other.decision for one, other in pairs)
    terms = Counter(f"{rule} {term}" for keys in gone for rule, term, *_ in keys)
    return Lost(sum(map(len, gone)), sum(map(bool, gone)), changed, terms)


def measure(data: Path) -> tuple[dict[str, int], dict[str, dict[str, Lost]]]:
    """Return the number of texts by collection, and what is lost without each kind by kind and collection."""
    wordlists = load_directory(shipped.directory("wordlists"))
    classifier = Classifier.load(shipped.directory("models"))
    samples = samples_of(data)

    def verdicts(kinds: frozenset[str]) -> dict[str, list[Verdict]]:
        print("…", "without", *sorted(kinds), file=sys.stderr, flush=True)
        engine = Engine(build_ruleset(without(wordlists, kinds), classifier, records_shadow=False))
        return {name: verdicts_of(engine, chosen) for name, chosen in samples.items()}

    before = verdicts(frozenset())
    taken = {kind: frozenset((kind,)) for kind in sorted(VARIANT_KINDS)} | {ALL_KINDS: VARIANT_KINDS}
    rows: dict[str, dict[str, Lost]] = {}
    for title, kinds in taken.items():
        after = verdicts(kinds)
        rows[title] = {name: lost(before[name], after[name]) for name in samples}
    return {name: len(chosen) for name, chosen in samples.items()}, rows


def table(sizes: Mapping[str, int], rows: Mapping[str, Mapping[str, Lost]]) -> str:
    """Return a Markdown table: findings, the share of the texts that have some, and decisions that change."""
    lines = ["| kind | " + " | ".join(f"{name} ({size:,})" for name, size in sizes.items()) + " |"]
    lines.append("|---|" + "---:|" * len(sizes))
    for kind, row in rows.items():
        cells = (_cell(one, sizes[name]) for name, one in row.items())
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(one: Lost, size: int) -> str:
    return f"{one.findings:,} · {one.texts / size:.2%} · {one.decisions:,}" if one.findings or one.decisions else "0"


def _decisive(verdict: Verdict) -> set[Key]:
    return {_key(finding) for finding in verdict.findings if finding.severity in DECISIVE}


def _key(finding: Finding) -> Key:
    span = finding.span
    return finding.rule.id, finding.term, span.start if span else -1, span.end if span else -1


def _sample(row: Mapping[str, Any]) -> Sample:
    template = Template(
        row["text"],
        signature=row.get("signature", ""),
        type=TemplateType(row["type"].upper()),
        industry=Industry(row["industry"].upper()) if row.get("industry") else None,
        send_at=datetime.fromisoformat(row["send_at"]) if row.get("send_at") else None,
    )
    return template, Policy(frozenset(row.get("verified_domains", ())))


def _texts(path: Path, key: str, only: str | None = None) -> Iterator[str]:
    for row in _rows(path):
        if (only is None or row[only]) and len(row[key]) <= MAX_TEXT_LENGTH:
            yield row[key]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the directory with the .jsonl collections")
    parser.add_argument("--terms", type=int, default=0, help="tell so many of the rules and words behind the findings")
    given = parser.parse_args()
    sizes, rows = measure(given.data)
    print(table(sizes, rows))
    for kind, row in rows.items() if given.terms else ():
        for name, one in row.items():
            told = ", ".join(f"{term} {count}" for term, count in one.terms.most_common(given.terms))
            print(f"{kind}, {name}: {told}" if told else f"{kind}, {name}: -")


if __name__ == "__main__":
    main()
