"""Trades: each list has a rule, rules find each their own examples, and lists need their exceptions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from moderation import shipped
from moderation.engine import Engine
from moderation.match.automaton import Automaton
from moderation.match.wordlist import Wordlist
from moderation.match.wordlist_file import load_directory
from moderation.preparation import prepare_many
from moderation.rules import (
    profanity,
    trades_agencies,
    trades_finance,
    trades_goods,
    trades_promotion,
    trades_services,
)
from moderation.rules.catalogue import RULES as ALL_RULES
from moderation.rules.rule import Bad, Good, Rule, Severity
from moderation.ruleset import load_all_profiles
from moderation.text.template import Template
from moderation.verdict import Finding

FAMILIES = (trades_agencies, trades_finance, trades_goods, trades_promotion, trades_services)
RULES = tuple(rule for family in FAMILIES for rule in family.RULES)
WORDLISTS = {one.id: one for one in load_directory(shipped.directory("wordlists"))}
OWN_LISTS = [one for name, one in sorted(WORDLISTS.items()) if name.startswith("trade/")]
NEAR_MISSES = Path(__file__).parent / "corpus" / "near_misses"
LIVE = {"trade-counterfeit": Severity.REVIEW}
"""Trades that are for people to look at under every profile."""


def found_in(engine: Engine, rule: Rule, example: Bad | Good) -> list[Finding]:
    declared = example.type or (rule.types[0] if len(rule.types) == 1 else None)
    template = Template(example.text, type=declared, industry=example.industry, signature=example.signature)
    verdict = engine.check(template)
    return [*verdict.findings, *verdict.shadow]


def good_texts(rule: Rule) -> list[str]:
    return [good if isinstance(good, str) else good.text for good in rule.good]


def folded(text: str) -> str:
    return prepare_many([Template(text)])[0].normal.text


def test_every_list_has_a_rule_and_every_rule_is_raised_by_a_profile() -> None:
    read = {name for rule in ALL_RULES for name in rule.when.names()}
    assert [one.id for one in OWN_LISTS if f"words:{one.id}" not in read] == []
    raised = {key for profile in load_all_profiles().values() for key in profile.severity}
    assert [rule.id for rule in RULES if rule.id not in raised] == []


def test_a_trade_is_silent_unless_a_profile_raises_it() -> None:
    assert {rule.name: rule.severity for rule in RULES if rule.severity is not Severity.SHADOW} == LIVE


@pytest.mark.parametrize("rule", [*RULES, *profanity.RULES], ids=lambda rule: rule.id)
def test_a_bad_example_is_found_by_one_rule_of_its_family(engine: Engine, rule: Rule) -> None:
    family = RULES if rule in RULES else profanity.RULES
    rivals = {one.id for one in family if one.category is rule.category and one is not rule}
    for bad in rule.bad:
        others = [finding.rule.id for finding in found_in(engine, rule, bad) if finding.rule.id in rivals]
        assert others == [], bad.text


@pytest.mark.parametrize("wordlist", OWN_LISTS, ids=lambda one: one.id)
def test_every_exception_is_needed_by_a_lawful_example(wordlist: Wordlist) -> None:
    readers = [rule for rule in ALL_RULES if f"words:{wordlist.id}" in rule.when.names()]
    texts = [folded(text) for rule in readers for text in good_texts(rule)]
    for entry in wordlist.entries:
        if entry.exceptions:
            bare = Automaton([replace(wordlist, entries=(replace(entry, exceptions=()),))])
            whole = Automaton([replace(wordlist, entries=(entry,))])
            needed = [text for text in texts if bare.scan(text) and not whole.scan(text)]
            assert needed, f"{wordlist.id}: {entry.text}: no lawful example needs its exceptions"


@pytest.mark.parametrize("wordlist", [*OWN_LISTS, WORDLISTS["profanity/discrimination"]], ids=lambda one: one.id)
def test_every_combination_has_a_hit_and_a_near_miss(wordlist: Wordlist) -> None:
    path = NEAR_MISSES / f"{wordlist.id.replace('/', '-')}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    by_entry = {row["entry"]: row for row in rows}
    combinations = [entry for entry in wordlist.entries if len(entry.parts) > 1]
    assert set(by_entry) == {entry.text for entry in combinations}
    automaton = Automaton([wordlist])
    for entry in combinations:
        row = by_entry[entry.text]
        assert entry.text in [match.listed.entry.text for match in automaton.scan(folded(row["hit"]))], row
        assert automaton.scan(folded(row["miss"])) == [], row
        assert any(spelling in folded(row["miss"]) for part in entry.parts for spelling in part), row
